// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>What the machine and the operating system are.</summary>
internal static unsafe class SystemInfo
{
    /// <summary>The operating system that this library was built for.</summary>
    internal static aws_platform_os GetPlatformBuildOs()
    {
        if (OperatingSystem.IsWindows())
            return AWS_PLATFORM_OS_WINDOWS;

        if (OperatingSystem.IsMacOS())
            return AWS_PLATFORM_OS_MAC;

        return OperatingSystem.IsAndroid() ? AWS_PLATFORM_OS_ANDROID : AWS_PLATFORM_OS_UNIX;
    }

    /// <summary>Its name, a constant.</summary>
    internal static aws_byte_cursor GetPlatformBuildOsString() => GetPlatformBuildOs() switch
    {
        AWS_PLATFORM_OS_WINDOWS => Constant("Windows"u8),
        AWS_PLATFORM_OS_MAC => Constant("macOS"u8),
        AWS_PLATFORM_OS_IOS => Constant("iOS"u8),
        AWS_PLATFORM_OS_ANDROID => Constant("Android"u8),
        AWS_PLATFORM_OS_UNIX => Constant("Unix"u8),
        _ => Constant("Unknown"u8),
    };

    /// <summary>How many processors are online.</summary>
    internal static nuint SystemInfoProcessorCount()
    {
        nint count = Libc.sysconf(Libc._SC_NPROCESSORS_ONLN);
        return count > 0 ? (nuint)count : 1;
    }

    /// <summary>The size of a page of memory in bytes.</summary>
    internal static nuint SystemInfoPageSize() => (nuint)Environment.SystemPageSize;

    /// <summary>How many groups of processors with memory of their own there are; at least 1.</summary>
    internal static ushort GetCpuGroupCount() => (ushort)CpuTopology.GroupCount();

    /// <summary>How many processors a group has.</summary>
    internal static nuint GetCpuCountForGroup(ushort group_idx) => (nuint)CpuTopology.ProcessorCount(group_idx);

    /// <summary>Fills an array with a group's processors; see <see cref="CpuTopology.ListProcessors"/>.</summary>
    internal static void GetCpuIdsForGroup(ushort group_idx, aws_cpu_info* cpu_ids_array, nuint cpu_ids_array_length)
    {
        if (cpu_ids_array_length == 0)
            return;

        if (cpu_ids_array == null || cpu_ids_array_length > int.MaxValue)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            CpuTopology.ListProcessors(group_idx, new Span<aws_cpu_info>(cpu_ids_array, (int)cpu_ids_array_length));
    }

    /// <summary>Whether another process traces this one.</summary>
    internal static bool IsDebuggerPresent()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = SystemFile.Read(StaticMemory.Text("/proc/self/status"u8), buffer);
        ReadOnlySpan<byte> status = buffer[..Math.Max(0, length)];
        ReadOnlySpan<byte> field = "TracerPid:"u8;
        int position = status.IndexOf(field);
        if (position < 0)
            return false;

        status = status[(position + field.Length)..];
        while (!status.IsEmpty && Text.IsSpace(status[0]))
            status = status[1..];

        return Text.TryTakeNumber(ref status, out int tracer) && tracer != 0;
    }

    /// <summary>Stops in the debugger, if there is one.</summary>
    internal static void DebugBreak()
    {
        if (IsDebuggerPresent())
            Libc.raise(Libc.SIGTRAP);
    }

    private static aws_byte_cursor Constant(ReadOnlySpan<byte> text) =>
        new() { ptr = StaticMemory.Text(text), len = (nuint)text.Length };
}
