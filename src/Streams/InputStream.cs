// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Streams;

/// <summary>
/// The contract of a stream that is read piece by piece: every operation goes through the stream's vtable, which may be
/// the program's own. A missing stream or argument is a bad argument and changes nothing. One thread at a time, but for
/// the counting of references.
/// </summary>
internal static unsafe class InputStream
{
    /// <summary>Adds a reference; returns its argument, which may be NULL. Any thread.</summary>
    internal static aws_input_stream* Acquire(aws_input_stream* stream)
    {
        if (stream == null)
            return null;

        if (stream->vtable != null && stream->vtable->acquire != null)
            stream->vtable->acquire(stream);
        else
            AwsRefCount.Acquire(&stream->ref_count);
        return stream;
    }

    /// <summary>Drops a reference; with the last one the stream ends. NULL is allowed. Any thread.</summary>
    internal static aws_input_stream* Release(aws_input_stream* stream)
    {
        if (stream == null)
            return null;

        if (stream->vtable != null && stream->vtable->release != null)
            stream->vtable->release(stream);
        else
            AwsRefCount.Release(&stream->ref_count);
        return null;
    }

    /// <summary>Moves the reading position, which may be the very end.</summary>
    internal static int Seek(aws_input_stream* stream, long offset, aws_stream_seek_basis basis)
    {
        if (!HasVtable(stream))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return stream->vtable->seek != null
            ? stream->vtable->seek(stream, offset, basis)
            : Errors.Raise(AWS_IO_STREAM_SEEK_UNSUPPORTED);
    }

    /// <summary>Reads into what is free of a buffer, without growing it. Failure leaves its length alone.</summary>
    internal static int Read(aws_input_stream* stream, aws_byte_buf* dest)
    {
        if (!HasVtable(stream) || !IsUsable(dest))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (stream->vtable->read == null)
            return Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
        if (dest->len == dest->capacity)
            return AWS_OP_SUCCESS;

        // The stream gets a buffer of the free part alone, and so cannot harm what is in the other.
        aws_byte_buf room = new() { buffer = dest->buffer + dest->len, capacity = dest->capacity - dest->len };
        aws_byte_buf given = room;
        int result = stream->vtable->read(stream, &given);
        if (given.buffer != room.buffer || given.capacity != room.capacity || given.len > room.capacity)
            Fatal.Stop("an input stream replaced the buffer that it was to read into"u8);

        if (result == AWS_OP_SUCCESS)
            dest->len += given.len;
        return result;
    }

    /// <summary>Whether the stream has come to its end, and whether it still works.</summary>
    internal static int GetStatus(aws_input_stream* stream, aws_stream_status* status)
    {
        if (!HasVtable(stream) || status == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return stream->vtable->get_status != null
            ? stream->vtable->get_status(stream, status)
            : Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    /// <summary>The length of the whole, wherever the reading position is.</summary>
    internal static int GetLength(aws_input_stream* stream, long* out_length)
    {
        if (!HasVtable(stream) || out_length == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return stream->vtable->get_length != null
            ? stream->vtable->get_length(stream, out_length)
            : Errors.Raise(AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED);
    }

    /// <summary><see cref="Release"/>, by its former name.</summary>
    internal static void Destroy(aws_input_stream* stream) => Release(stream);

    /// <summary>A stream over memory that outlives it.</summary>
    internal static aws_input_stream* NewFromCursor(aws_allocator* allocator, aws_byte_cursor* cursor) =>
        CursorStream.New(allocator, cursor);

    /// <summary>A stream over a file of that name, which is closed with it.</summary>
    internal static aws_input_stream* NewFromFile(aws_allocator* allocator, byte* file_name) =>
        FileStream.New(allocator, file_name);

    /// <summary>A stream over a FILE, which stays open and the caller's.</summary>
    internal static aws_input_stream* NewFromOpenFile(aws_allocator* allocator, void* file) =>
        FileStream.NewOfOpenFile(allocator, file);

    /// <summary>Whether a buffer can be read into. One without room may point anywhere.</summary>
    internal static bool IsUsable(aws_byte_buf* dest) =>
        dest != null && dest->len <= dest->capacity && (dest->buffer != null || dest->capacity == 0);

    private static bool HasVtable(aws_input_stream* stream) => stream != null && stream->vtable != null;
}
