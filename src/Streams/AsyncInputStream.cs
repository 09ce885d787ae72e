// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Futures;

namespace Reseau.Native.Streams;

/// <summary>
/// The contract of a stream whose reads end later, in a future. Streams are always the program's own: here are their
/// base and their callers' side. One read at a time.
/// </summary>
internal static unsafe class AsyncInputStream
{
    /// <summary>Fills in the base of a stream, which has one reference then.</summary>
    internal static void InitBase(
        aws_async_input_stream* stream, aws_allocator* alloc, aws_async_input_stream_vtable* vtable, void* impl)
    {
        if (stream == null || alloc == null || vtable == null || vtable->read == null || vtable->destroy == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *stream = new aws_async_input_stream { alloc = alloc, vtable = vtable, impl = impl };
        AwsRefCount.Init(&stream->ref_count, stream, (aws_simple_completion_callback)vtable->destroy);
    }

    /// <summary>Adds a reference; returns its argument, which may be NULL. Any thread.</summary>
    internal static aws_async_input_stream* Acquire(aws_async_input_stream* stream)
    {
        if (stream != null)
            AwsRefCount.Acquire(&stream->ref_count);
        return stream;
    }

    /// <summary>Drops a reference; with the last one the stream ends. NULL is allowed. Any thread.</summary>
    internal static aws_async_input_stream* Release(aws_async_input_stream* stream)
    {
        if (stream != null)
            AwsRefCount.Release(&stream->ref_count);
        return null;
    }

    /// <summary>
    /// Starts a read into what is free of a buffer. The caller owns the future, whose result says whether that was the
    /// end of the stream. NULL only without a stream.
    /// </summary>
    internal static aws_future_bool* Read(aws_async_input_stream* stream, aws_byte_buf* dest)
    {
        if (stream == null || stream->vtable == null)
            return (aws_future_bool*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        int fault = FaultOf(dest);
        if (fault != AWS_ERROR_SUCCESS)
            return Failed(stream, fault);

        // A stream that breaks its word must not leave the reader without an answer.
        aws_future_bool* future = stream->vtable->read(stream, dest);
        return future != null ? future : Failed(stream, AWS_IO_STREAM_READ_FAILED);
    }

    /// <summary>As <see cref="Read"/>, but goes on until the buffer is full or the stream ends.</summary>
    internal static aws_future_bool* ReadToFill(aws_async_input_stream* stream, aws_byte_buf* dest)
    {
        if (stream == null || stream->vtable == null)
            return (aws_future_bool*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        int fault = FaultOf(dest);
        return fault == AWS_ERROR_SUCCESS ? FillJob.Start(stream, dest) : Failed(stream, fault);
    }

    private static int FaultOf(aws_byte_buf* dest)
    {
        if (!InputStream.IsUsable(dest))
            return AWS_ERROR_INVALID_ARGUMENT;
        return dest->len == dest->capacity ? AWS_ERROR_SHORT_BUFFER : AWS_ERROR_SUCCESS;
    }

    private static aws_future_bool* Failed(aws_async_input_stream* stream, int error)
    {
        aws_future_bool* future = FutureBool.New(stream->alloc);
        Future.SetError((aws_future_impl*)future, error);
        return future;
    }
}
