// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/logging.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_log_level : uint
{
    AWS_LL_NONE = 0,
    AWS_LL_FATAL = 1,
    AWS_LL_ERROR = 2,
    AWS_LL_WARN = 3,
    AWS_LL_INFO = 4,
    AWS_LL_DEBUG = 5,
    AWS_LL_TRACE = 6,
    AWS_LL_COUNT = 7,
}

public static class logging_constants_aws_log_subject_stride_bits
{
    public const int AWS_LOG_SUBJECT_STRIDE_BITS = 10;
}

public static class aws_common_log_subject
{
    public const uint AWS_LS_COMMON_GENERAL = 0;
    public const uint AWS_LS_COMMON_TASK_SCHEDULER = 1;
    public const uint AWS_LS_COMMON_THREAD = 2;
    public const uint AWS_LS_COMMON_MEMTRACE = 3;
    public const uint AWS_LS_COMMON_XML_PARSER = 4;
    public const uint AWS_LS_COMMON_IO = 5;
    public const uint AWS_LS_COMMON_BUS = 6;
    public const uint AWS_LS_COMMON_TEST = 7;
    public const uint AWS_LS_COMMON_JSON_PARSER = 8;
    public const uint AWS_LS_COMMON_CBOR = 9;
    public const uint AWS_LS_COMMON_LAST = 1023;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_subject_info
{
    public uint subject_id;
    public byte* subject_name;
    public byte* subject_description;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_subject_info_list
{
    public aws_log_subject_info* subject_list;
    public nuint count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_logger
{
    public aws_logger_vtable* vtable;
    public aws_allocator* allocator;
    public void* p_impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_logger_vtable
{
    public delegate* unmanaged[Cdecl]<aws_logger*, aws_log_level, uint, byte*, void*, int> log;
    public delegate* unmanaged[Cdecl]<aws_logger*, uint, aws_log_level> get_log_level;
    public delegate* unmanaged[Cdecl]<aws_logger*, void> clean_up;
    public delegate* unmanaged[Cdecl]<aws_logger*, aws_log_level, int> set_log_level;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_logger_pipeline
{
    public aws_log_formatter* formatter;
    public aws_log_channel* channel;
    public aws_log_writer* writer;
    public aws_allocator* allocator;
    public aws_atomic_var level;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_logger_standard_options
{
    public aws_log_level level;
    public byte* filename;
    public void* file;
}
