// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/system_info.h&gt;.</summary>
public static unsafe class Exports_common_system_info
{
    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_load", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_system_environment* aws_system_environment_load(aws_allocator* allocator) => SystemEnvironment.Load(allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_system_environment* aws_system_environment_acquire(aws_system_environment* env) => SystemEnvironment.Acquire(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_system_environment_release(aws_system_environment* env) => SystemEnvironment.Release(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_get_virtualization_vendor", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_system_environment_get_virtualization_vendor(aws_system_environment* env) => SystemEnvironment.GetVirtualizationVendor(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_get_virtualization_product_name", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_system_environment_get_virtualization_product_name(aws_system_environment* env) => SystemEnvironment.GetVirtualizationProductName(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_get_processor_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_system_environment_get_processor_count(aws_system_environment* env) => SystemEnvironment.GetProcessorCount(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_system_environment_get_cpu_group_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_system_environment_get_cpu_group_count(aws_system_environment* env) => SystemEnvironment.GetCpuGroupCount(env);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_platform_build_os", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_platform_os aws_get_platform_build_os() => SystemInfo.GetPlatformBuildOs();

    [UnmanagedCallersOnly(EntryPoint = "aws_get_platform_build_os_string", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_get_platform_build_os_string() => SystemInfo.GetPlatformBuildOsString();

    [UnmanagedCallersOnly(EntryPoint = "aws_system_info_processor_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_system_info_processor_count() => SystemInfo.SystemInfoProcessorCount();

    [UnmanagedCallersOnly(EntryPoint = "aws_system_info_page_size", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_system_info_page_size() => SystemInfo.SystemInfoPageSize();

    [UnmanagedCallersOnly(EntryPoint = "aws_get_cpu_group_count", CallConvs = [typeof(CallConvCdecl)])]
    public static ushort aws_get_cpu_group_count() => SystemInfo.GetCpuGroupCount();

    [UnmanagedCallersOnly(EntryPoint = "aws_get_cpu_count_for_group", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_get_cpu_count_for_group(ushort group_idx) => SystemInfo.GetCpuCountForGroup(group_idx);

    [UnmanagedCallersOnly(EntryPoint = "aws_get_cpu_ids_for_group", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_get_cpu_ids_for_group(ushort group_idx, aws_cpu_info* cpu_ids_array, nuint cpu_ids_array_length) => SystemInfo.GetCpuIdsForGroup(group_idx, cpu_ids_array, cpu_ids_array_length);

    [UnmanagedCallersOnly(EntryPoint = "aws_is_debugger_present", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_is_debugger_present() => SystemInfo.IsDebuggerPresent();

    [UnmanagedCallersOnly(EntryPoint = "aws_debug_break", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_debug_break() => SystemInfo.DebugBreak();

    [UnmanagedCallersOnly(EntryPoint = "aws_backtrace", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_backtrace(void** stack_frames, nuint num_frames) => Backtrace.Capture(stack_frames, num_frames);

    [UnmanagedCallersOnly(EntryPoint = "aws_backtrace_print", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_backtrace_print(void* fp, void* call_site_data) => Backtrace.Print(fp, call_site_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_backtrace_log", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_backtrace_log(int log_level) => Backtrace.Log(log_level);
}
