// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/log_writer.h>.
global using unsafe aws_log_writer_clean_up_fn = delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_log_writer*, void>;
global using unsafe aws_log_writer_write_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_log_writer*, Reseau.Native.Abi.aws_string*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_writer
{
    public aws_log_writer_vtable* vtable;
    public aws_allocator* allocator;
    public void* impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_writer_vtable
{
    public aws_log_writer_write_fn write;
    public aws_log_writer_clean_up_fn clean_up;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_log_writer_file_options
{
    public byte* filename;
    public void* file;
}
