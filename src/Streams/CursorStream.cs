// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Streams;

/// <summary>An input stream over memory that is somebody else's.</summary>
internal unsafe struct CursorStream
{
    private static nint s_vtable;

    // First, so that the stream's address is the block's.
    private aws_input_stream _stream;
    private aws_allocator* _allocator;
    private aws_byte_cursor _whole;
    private aws_byte_cursor _rest;

    /// <summary>A stream at the start of the bytes. The cursor is copied, what it points at is not.</summary>
    internal static aws_input_stream* New(aws_allocator* allocator, aws_byte_cursor* cursor)
    {
        if (allocator == null || !ByteCursor.IsValid(cursor))
            return (aws_input_stream*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        CursorStream* stream = Allocator.New<CursorStream>(allocator);
        stream->_allocator = allocator;
        stream->_whole = *cursor;
        stream->_rest = *cursor;
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
    private static int Seek(aws_input_stream* self, long offset, aws_stream_seek_basis basis)
    {
        CursorStream* stream = (CursorStream*)self;
        if (basis != AWS_SSB_BEGIN && basis != AWS_SSB_END)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // From the end one goes backwards, and the negative of the most negative offset is as unreachable as it is.
        ulong length = stream->_whole.len;
        long steps = basis == AWS_SSB_BEGIN ? offset : unchecked(-offset);
        if (steps < 0 || (ulong)steps > length)
            return Errors.Raise(AWS_IO_STREAM_INVALID_SEEK_POSITION);

        nuint position = (nuint)(basis == AWS_SSB_BEGIN ? (ulong)steps : length - (ulong)steps);
        stream->_rest = stream->_whole;
        ByteCursor.Advance(&stream->_rest, position);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(aws_input_stream* self, aws_byte_buf* dest)
    {
        CursorStream* stream = (CursorStream*)self;
        nuint count = Math.Min(dest->capacity - dest->len, stream->_rest.len);
        NativeMemory.Copy(stream->_rest.ptr, dest->buffer + dest->len, count);
        dest->len += count;
        stream->_rest.ptr += count;
        stream->_rest.len -= count;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetStatus(aws_input_stream* self, aws_stream_status* status)
    {
        status->is_end_of_stream = ((CursorStream*)self)->_rest.len == 0;
        status->is_valid = true;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetLength(aws_input_stream* self, long* length)
    {
        nuint bytes = ((CursorStream*)self)->_whole.len;
        if (bytes > long.MaxValue)
            return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

        *length = (long)bytes;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLastReference(void* stream) => Allocator.Release(((CursorStream*)stream)->_allocator, stream);
}
