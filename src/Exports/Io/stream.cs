// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Streams;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/stream.h&gt;.</summary>
public static unsafe class Exports_io_stream
{
    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_input_stream* aws_input_stream_acquire(aws_input_stream* stream) => InputStream.Acquire(stream);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_release", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_input_stream* aws_input_stream_release(aws_input_stream* stream) => InputStream.Release(stream);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_seek", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_input_stream_seek(aws_input_stream* stream, long offset, aws_stream_seek_basis basis) => InputStream.Seek(stream, offset, basis);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_read", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_input_stream_read(aws_input_stream* stream, aws_byte_buf* dest) => InputStream.Read(stream, dest);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_get_status", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_input_stream_get_status(aws_input_stream* stream, aws_stream_status* status) => InputStream.GetStatus(stream, status);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_get_length", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_input_stream_get_length(aws_input_stream* stream, long* out_length) => InputStream.GetLength(stream, out_length);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_input_stream_destroy(aws_input_stream* stream) => InputStream.Destroy(stream);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_new_from_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_input_stream* aws_input_stream_new_from_cursor(aws_allocator* allocator, aws_byte_cursor* cursor) => InputStream.NewFromCursor(allocator, cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_new_from_file", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_input_stream* aws_input_stream_new_from_file(aws_allocator* allocator, byte* file_name) => InputStream.NewFromFile(allocator, file_name);

    [UnmanagedCallersOnly(EntryPoint = "aws_input_stream_new_from_open_file", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_input_stream* aws_input_stream_new_from_open_file(aws_allocator* allocator, void* file) => InputStream.NewFromOpenFile(allocator, file);
}
