// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Machine;

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
    internal static nuint SystemInfoProcessorCount() => Platform.SystemInfo.ProcessorCount();

    /// <summary>The size of a page of memory in bytes.</summary>
    internal static nuint SystemInfoPageSize() => Platform.SystemInfo.PageSize();

    /// <summary>How many groups of processors with memory of their own there are; at least 1.</summary>
    internal static ushort GetCpuGroupCount() => (ushort)Platform.CpuTopology.GroupCount();

    /// <summary>How many processors a group has.</summary>
    internal static nuint GetCpuCountForGroup(ushort group_idx) =>
        (nuint)Platform.CpuTopology.ProcessorCount(group_idx);

    /// <summary>Fills an array with a group's processors; one thread of every core first.</summary>
    internal static void GetCpuIdsForGroup(ushort group_idx, aws_cpu_info* cpu_ids_array, nuint cpu_ids_array_length)
    {
        if (cpu_ids_array_length == 0)
            return;

        if (cpu_ids_array == null || cpu_ids_array_length > int.MaxValue)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            Platform.CpuTopology.ListProcessors(
                group_idx, new Span<aws_cpu_info>(cpu_ids_array, (int)cpu_ids_array_length));
    }

    /// <summary>Whether another process traces this one.</summary>
    internal static bool IsDebuggerPresent() => Platform.Debugger.IsPresent();

    /// <summary>Stops in the debugger, if there is one.</summary>
    internal static void DebugBreak()
    {
        if (IsDebuggerPresent())
            Platform.Debugger.Break();
    }

    /// <summary>Fills in how much memory the process has used since it started.</summary>
    internal static int ReadMemoryUsage(aws_memory_usage_stats* stats)
    {
        if (stats == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *stats = default;
        if (!Platform.MemoryUsage.TryRead(out nuint largestResidentSize, out nuint pageFaults))
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        stats->maxrss = largestResidentSize;
        stats->page_faults = pageFaults;
        return AWS_OP_SUCCESS;
    }

    private static aws_byte_cursor Constant(ReadOnlySpan<byte> text) =>
        new() { ptr = Literal.Of(text), len = (nuint)text.Length };
}
