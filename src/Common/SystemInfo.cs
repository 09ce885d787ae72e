// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class SystemInfo
{
    /// <summary>aws_get_platform_build_os</summary>
    internal static aws_platform_os GetPlatformBuildOs() => throw new System.NotImplementedException();

    /// <summary>aws_get_platform_build_os_string</summary>
    internal static aws_byte_cursor GetPlatformBuildOsString() => throw new System.NotImplementedException();

    /// <summary>aws_system_info_processor_count</summary>
    internal static nuint SystemInfoProcessorCount() => throw new System.NotImplementedException();

    /// <summary>aws_system_info_page_size</summary>
    internal static nuint SystemInfoPageSize() => throw new System.NotImplementedException();

    /// <summary>aws_get_cpu_group_count</summary>
    internal static ushort GetCpuGroupCount() => throw new System.NotImplementedException();

    /// <summary>aws_get_cpu_count_for_group</summary>
    internal static nuint GetCpuCountForGroup(ushort group_idx) => throw new System.NotImplementedException();

    /// <summary>aws_get_cpu_ids_for_group</summary>
    internal static void GetCpuIdsForGroup(ushort group_idx, aws_cpu_info* cpu_ids_array, nuint cpu_ids_array_length) => throw new System.NotImplementedException();

    /// <summary>aws_is_debugger_present</summary>
    internal static bool IsDebuggerPresent() => throw new System.NotImplementedException();

    /// <summary>aws_debug_break</summary>
    internal static void DebugBreak() => throw new System.NotImplementedException();
}
