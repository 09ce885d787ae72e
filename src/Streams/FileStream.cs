// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Streams;

/// <summary>An input stream over the C library's FILE. Reading blocks.</summary>
internal unsafe struct FileStream
{
    private static nint s_vtable;

    // First, so that the stream's address is the block's.
    private aws_input_stream _stream;
    private aws_allocator* _allocator;
    private void* _file;
    private bool _ownsFile;

    /// <summary>Opens a file for reading. NULL with the error raised if that fails.</summary>
    internal static aws_input_stream* New(aws_allocator* allocator, byte* fileName)
    {
        if (allocator == null)
            return (aws_input_stream*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        void* file = Files.Fopen(fileName, Literal.Of("rb"u8));
        return file == null ? null : New(allocator, file, ownsFile: true);
    }

    /// <summary>A stream from where the FILE's position is. The FILE outlives the stream and stays open.</summary>
    internal static aws_input_stream* NewOfOpenFile(aws_allocator* allocator, void* file) =>
        allocator == null || file == null
            ? (aws_input_stream*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT)
            : New(allocator, file, ownsFile: false);

    private static aws_input_stream* New(aws_allocator* allocator, void* file, bool ownsFile)
    {
        FileStream* stream = Allocator.New<FileStream>(allocator);
        stream->_allocator = allocator;
        stream->_file = file;
        stream->_ownsFile = ownsFile;
        stream->_stream.impl = stream;
        stream->_stream.vtable = Vtable();
        AwsRefCount.Init(&stream->_stream.ref_count, stream, &OnLastReference);
        return &stream->_stream;
    }

    private static aws_input_stream_vtable* Vtable() =>
        StaticMemory.Get(ref s_vtable, &Entries);

    private static aws_input_stream_vtable Entries() => new()
    {
        seek = &Seek,
        read = &Read,
        get_status = &GetStatus,
        get_length = &GetLength,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Seek(aws_input_stream* self, long offset, aws_stream_seek_basis basis) => basis switch
    {
        AWS_SSB_BEGIN => Files.Fseek(((FileStream*)self)->_file, offset, Platform.Stdio.FromBegin),
        AWS_SSB_END => Files.Fseek(((FileStream*)self)->_file, offset, Platform.Stdio.FromEnd),
        _ => Errors.Raise(AWS_ERROR_INVALID_ARGUMENT),
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(aws_input_stream* self, aws_byte_buf* dest)
    {
        void* file = ((FileStream*)self)->_file;
        nuint count = Platform.Stdio.Read(file, dest->buffer + dest->len, dest->capacity - dest->len);

        // Bytes that came before an error are good; the error shows again with the next read.
        if (count == 0 && Platform.Stdio.HasFailed(file))
            return Errors.Raise(AWS_IO_STREAM_READ_FAILED);

        dest->len += count;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetStatus(aws_input_stream* self, aws_stream_status* status)
    {
        void* file = ((FileStream*)self)->_file;
        status->is_end_of_stream = Platform.Stdio.IsAtEnd(file);
        status->is_valid = !Platform.Stdio.HasFailed(file);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetLength(aws_input_stream* self, long* length) =>
        Files.GetLength(((FileStream*)self)->_file, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLastReference(void* self)
    {
        FileStream* stream = (FileStream*)self;
        if (stream->_ownsFile)
            Platform.Stdio.Close(stream->_file);
        Allocator.Release(stream->_allocator, stream);
    }
}
