// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/statistics.h>.
global using unsafe aws_crt_statistics_handler_destroy_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_crt_statistics_handler*, void>;
global using unsafe aws_crt_statistics_handler_get_report_interval_ms_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_crt_statistics_handler*, ulong>;
global using unsafe aws_crt_statistics_handler_process_statistics_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_crt_statistics_handler*,
        Reseau.Native.Abi.aws_crt_statistics_sample_interval*,
        Reseau.Native.Abi.aws_array_list*,
        void*,
        void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class statistics_constants_aws_crt_statistics_category_stride_bits
{
    public const int AWS_CRT_STATISTICS_CATEGORY_STRIDE_BITS = 8;
}

public enum aws_crt_common_statistics_category : uint
{
    AWSCRT_STAT_CAT_INVALID = 0,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_base
{
    public uint category;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_sample_interval
{
    public ulong begin_time_ms;
    public ulong end_time_ms;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_handler
{
    public aws_crt_statistics_handler_vtable* vtable;
    public aws_allocator* allocator;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_crt_statistics_handler_vtable
{
    public aws_crt_statistics_handler_process_statistics_fn process_statistics;
    public aws_crt_statistics_handler_destroy_fn destroy;
    public aws_crt_statistics_handler_get_report_interval_ms_fn get_report_interval_ms;
}
