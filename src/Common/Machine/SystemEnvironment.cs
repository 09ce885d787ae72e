// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Machine;

/// <summary>
/// A description of the machine, loaded once and shared by reference counting. Any thread may read it.
/// </summary>
internal static unsafe class SystemEnvironment
{
    // What the firmware, or the hypervisor in its place, says of itself fits into this.
    private const nuint ExpectedTextSize = 32;

    [StructLayout(LayoutKind.Sequential)]
    private struct Description
    {
        internal aws_allocator* Allocator;
        internal ReferenceCount References;
        internal aws_byte_buf Vendor;
        internal aws_byte_buf Product;
        internal nuint ProcessorCount;
        internal nuint GroupCount;
    }

    /// <summary>Loads a description, with one reference for the caller. What cannot be read stays empty.</summary>
    internal static aws_system_environment* Load(aws_allocator* allocator)
    {
        if (allocator == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        Description* description = (Description*)Allocator.Calloc(allocator, 1, (nuint)sizeof(Description));
        if (description == null)
            return null;

        description->Allocator = allocator;
        description->References = ReferenceCount.One;
        ReadText(description, &description->Vendor, Platform.SystemInfo.VendorFile);
        ReadText(description, &description->Product, Platform.SystemInfo.ProductFile);
        description->ProcessorCount = SystemInfo.SystemInfoProcessorCount();
        description->GroupCount = SystemInfo.GetCpuGroupCount();

        aws_system_environment* env = (aws_system_environment*)description;
        Log.Write(
            AWS_LL_TRACE,
            AWS_LS_COMMON_GENERAL,
            $"id=0x{(nint)env:x}: made by {GetVirtualizationVendor(env)}, model {GetVirtualizationProductName(env)}");
        return env;
    }

    /// <summary>Adds a reference.</summary>
    internal static aws_system_environment* Acquire(aws_system_environment* env)
    {
        if (env != null)
            ((Description*)env)->References.Acquire();

        return env;
    }

    /// <summary>Gives a reference back; the last one frees the description. NULL is allowed.</summary>
    internal static void Release(aws_system_environment* env)
    {
        Description* description = (Description*)env;
        if (description == null || !description->References.Release())
            return;

        ByteBuf.CleanUp(&description->Vendor);
        ByteBuf.CleanUp(&description->Product);
        Allocator.Release(description->Allocator, description);
    }

    /// <summary>
    /// Who made the machine, such as a cloud's name; empty if unknown. It lives as long as the description.
    /// </summary>
    internal static aws_byte_cursor GetVirtualizationVendor(aws_system_environment* env) =>
        env == null ? default : TextOf(((Description*)env)->Vendor);

    /// <summary>
    /// The machine's model, such as an instance type; empty if unknown. It lives as long as the description.
    /// </summary>
    internal static aws_byte_cursor GetVirtualizationProductName(aws_system_environment* env) =>
        env == null ? default : TextOf(((Description*)env)->Product);

    internal static nuint GetProcessorCount(aws_system_environment* env) =>
        env == null ? 0 : ((Description*)env)->ProcessorCount;

    internal static nuint GetCpuGroupCount(aws_system_environment* env) =>
        env == null ? 0 : ((Description*)env)->GroupCount;

    private static void ReadText(Description* description, aws_byte_buf* text, byte* path)
    {
        if (path != null)
            ByteBuf.InitFromFileWithSizeHint(text, description->Allocator, path, ExpectedTextSize);
    }

    private static aws_byte_cursor TextOf(aws_byte_buf buffer) =>
        Ascii.Trim(new aws_byte_cursor { ptr = buffer.buffer, len = buffer.len });
}
