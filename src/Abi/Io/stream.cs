// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/stream.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_stream_seek_basis : uint
{
    AWS_SSB_BEGIN = 0,
    AWS_SSB_END = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_input_stream
{
    public void* impl;
    public aws_input_stream_vtable* vtable;
    public aws_ref_count ref_count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_stream_status
{
    public bool is_end_of_stream;
    public bool is_valid;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_input_stream_vtable
{
    public delegate* unmanaged[Cdecl]<aws_input_stream*, long, aws_stream_seek_basis, int> seek;
    public delegate* unmanaged[Cdecl]<aws_input_stream*, aws_byte_buf*, int> read;
    public delegate* unmanaged[Cdecl]<aws_input_stream*, aws_stream_status*, int> get_status;
    public delegate* unmanaged[Cdecl]<aws_input_stream*, long*, int> get_length;
    public delegate* unmanaged[Cdecl]<aws_input_stream*, void> acquire;
    public delegate* unmanaged[Cdecl]<aws_input_stream*, void> release;
}
