// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Futures;

namespace Reseau.Native.Streams;

/// <summary>
/// Reads a stream again and again until a buffer is full or the stream has ended. Reads that end at once are taken in a
/// loop, so that many small ones do not pile up on the stack; only a read that really is under way gets a callback.
/// </summary>
internal unsafe struct FillJob
{
    private aws_allocator* _allocator;
    private aws_async_input_stream* _stream;
    private aws_byte_buf* _dest;

    /// <summary>The read that is under way.</summary>
    private aws_future_bool* _read;

    /// <summary>What the caller waits for.</summary>
    private aws_future_bool* _filled;

    /// <summary>Starts a job, which holds the stream till its end. The caller owns the future.</summary>
    internal static aws_future_bool* Start(aws_async_input_stream* stream, aws_byte_buf* dest)
    {
        aws_future_bool* filled = FutureBool.New(stream->alloc);
        FillJob* job = Allocator.New<FillJob>(stream->alloc);
        job->_allocator = stream->alloc;
        job->_stream = AsyncInputStream.Acquire(stream);
        job->_dest = dest;
        job->_filled = (aws_future_bool*)Future.Acquire((aws_future_impl*)filled);
        Run(job);
        return filled;
    }

    private static void Run(FillJob* job)
    {
        do
        {
            // Once the callback is registered, the job is that of whatever thread ends the read.
            job->_read = AsyncInputStream.Read(job->_stream, job->_dest);
            if (Future.RegisterCallbackIfNotDone((aws_future_impl*)job->_read, &OnReadDone, job))
                return;
        }
        while (!TakeRead(job));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnReadDone(void* arg)
    {
        FillJob* job = (FillJob*)arg;
        if (!TakeRead(job))
            Run(job);
    }

    /// <summary>Takes the outcome of the read that has ended; true if that was the last: the job is no more.</summary>
    private static bool TakeRead(FillJob* job)
    {
        aws_future_impl* read = (aws_future_impl*)job->_read;
        int error = Future.GetError(read);
        bool isEnd = error == AWS_ERROR_SUCCESS && FutureBool.GetResult(job->_read);
        Future.Release(read);
        if (error == AWS_ERROR_SUCCESS && !isEnd && job->_dest->len < job->_dest->capacity)
            return false;

        Finish(job, error, isEnd);
        return true;
    }

    private static void Finish(FillJob* job, int error, bool isEnd)
    {
        FillJob ended = *job;
        Allocator.Release(ended._allocator, job);
        if (error != AWS_ERROR_SUCCESS)
            Future.SetError((aws_future_impl*)ended._filled, error);
        else
            FutureBool.SetResult(ended._filled, isEnd);
        Future.Release((aws_future_impl*)ended._filled);
        AsyncInputStream.Release(ended._stream);
    }
}
