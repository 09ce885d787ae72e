// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Streams;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/async_stream.h&gt;.</summary>
public static unsafe class Exports_io_async_stream
{
    [UnmanagedCallersOnly(EntryPoint = "aws_async_input_stream_init_base", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_async_input_stream_init_base(aws_async_input_stream* stream, aws_allocator* alloc, aws_async_input_stream_vtable* vtable, void* impl) => AsyncInputStream.InitBase(stream, alloc, vtable, impl);

    [UnmanagedCallersOnly(EntryPoint = "aws_async_input_stream_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_async_input_stream* aws_async_input_stream_acquire(aws_async_input_stream* stream) => AsyncInputStream.Acquire(stream);

    [UnmanagedCallersOnly(EntryPoint = "aws_async_input_stream_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_async_input_stream* aws_async_input_stream_release(aws_async_input_stream* stream) => AsyncInputStream.Release(stream);

    [UnmanagedCallersOnly(EntryPoint = "aws_async_input_stream_read", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_bool* aws_async_input_stream_read(aws_async_input_stream* stream, aws_byte_buf* dest) => AsyncInputStream.Read(stream, dest);

    [UnmanagedCallersOnly(EntryPoint = "aws_async_input_stream_read_to_fill", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_future_bool* aws_async_input_stream_read_to_fill(aws_async_input_stream* stream, aws_byte_buf* dest) => AsyncInputStream.ReadToFill(stream, dest);
}
