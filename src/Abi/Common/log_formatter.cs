// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/log_formatter.h>.
global using unsafe aws_log_formatter_clean_up_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_log_formatter*, void>;
global using unsafe aws_log_formatter_format_fn =
    delegate* unmanaged[Cdecl]<
        Reseau.Native.Abi.aws_log_formatter*,
        Reseau.Native.Abi.aws_string**,
        Reseau.Native.Abi.aws_log_level,
        uint,
        byte*,
        void*,
        int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_formatter
{
    public aws_log_formatter_vtable* vtable;
    public aws_allocator* allocator;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_formatter_vtable
{
    public aws_log_formatter_format_fn format;
    public aws_log_formatter_clean_up_fn clean_up;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_formatter_standard_options
{
    public aws_date_format date_format;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_logging_standard_formatting_data
{
    public byte* log_line_buffer;
    public nuint total_length;
    public aws_log_level level;
    public byte* subject_name;
    public byte* format;
    public aws_date_format date_format;
    public aws_allocator* allocator;
    public nuint amount_written;
}
