// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/async_stream.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_async_input_stream
{
    public aws_async_input_stream_vtable* vtable;
    public aws_allocator* alloc;
    public aws_ref_count ref_count;
    public void* impl;
}

public struct aws_future_bool;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_async_input_stream_vtable
{
    public delegate* unmanaged[Cdecl]<aws_async_input_stream*, void> destroy;
    public delegate* unmanaged[Cdecl]<aws_async_input_stream*, aws_byte_buf*, aws_future_bool*> read;
}
