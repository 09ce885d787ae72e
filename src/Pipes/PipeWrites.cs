// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Pipes;

/// <summary>One write: memory of the caller's, and the callback for when it is done.</summary>
internal unsafe struct PipeRequest
{
    /// <summary>First, so that a node of the list is its request.</summary>
    internal aws_linked_list_node Node;

    internal aws_byte_cursor Source;
    internal aws_byte_cursor Rest;
    internal aws_pipe_on_write_completed_fn OnCompleted;
    internal void* UserData;

    internal static void Advance(PipeRequest* request, nuint written)
    {
        request->Rest.ptr += written;
        request->Rest.len -= written;
    }
}

/// <summary>The writes of a pipe's end that are not done yet, in order. For the thread of the end's loop.</summary>
internal unsafe struct PipeWrites
{
    private aws_allocator* _allocator;
    private aws_linked_list _requests;

    // While the user is being called: where to note that the end was cleaned up meanwhile.
    private bool* _isCleanedUp;

    internal static void Init(PipeWrites* writes, aws_allocator* allocator)
    {
        *writes = new PipeWrites { _allocator = allocator };
        LinkedList.Init(&writes->_requests);
    }

    /// <summary>Whether the callback of a write is being called; what it adds is taken up when it returns.</summary>
    internal static bool IsInCallback(PipeWrites* writes) => writes->_isCleanedUp != null;

    internal static void Add(
        PipeWrites* writes, aws_byte_cursor source, aws_pipe_on_write_completed_fn onCompleted, void* userData)
    {
        PipeRequest* request = (PipeRequest*)Allocator.Acquire(writes->_allocator, (nuint)sizeof(PipeRequest));
        request->Source = source;
        request->Rest = source;
        request->OnCompleted = onCompleted;
        request->UserData = userData;
        LinkedList.PushBack(&writes->_requests, &request->Node);
    }

    /// <summary>The oldest; NULL if all is done.</summary>
    internal static PipeRequest* First(PipeWrites* writes) =>
        LinkedList.IsEmpty(&writes->_requests) ? null : (PipeRequest*)LinkedList.Front(&writes->_requests);

    /// <summary>
    /// Takes the oldest out and calls its callback. False if that has cleaned up the end, with the memory that this is
    /// in.
    /// </summary>
    internal static bool Finish(PipeWrites* writes, aws_pipe_write_end* end, int error)
    {
        aws_allocator* allocator = writes->_allocator;
        bool isCleanedUp = false;
        PipeRequest* request = (PipeRequest*)LinkedList.PopFront(&writes->_requests);
        writes->_isCleanedUp = &isCleanedUp;
        Complete(end, request, error);
        if (!isCleanedUp)
            writes->_isCleanedUp = null;
        Allocator.Release(allocator, request);
        return !isCleanedUp;
    }

    /// <summary>
    /// The end is cleaned up: completes what is left with AWS_IO_BROKEN_PIPE, and without an end, which is closed
    /// already if it is used from there.
    /// </summary>
    internal static void FailAll(PipeWrites* writes)
    {
        if (writes->_isCleanedUp != null)
            *writes->_isCleanedUp = true;
        while (!LinkedList.IsEmpty(&writes->_requests))
        {
            PipeRequest* request = (PipeRequest*)LinkedList.PopFront(&writes->_requests);
            Complete(null, request, AWS_IO_BROKEN_PIPE);
            Allocator.Release(writes->_allocator, request);
        }
    }

    private static void Complete(aws_pipe_write_end* end, PipeRequest* request, int error)
    {
        if (request->OnCompleted != null)
            request->OnCompleted(end, error, request->Source, request->UserData);
    }
}
