// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary>Where the bytes of a write are.</summary>
internal enum WriteSource
{
    /// <summary>In memory that is the caller's again when the write completes.</summary>
    Borrowed,

    /// <summary>In memory that is freed when the write has completed.</summary>
    Owned,

    /// <summary>In a file, which stays open until the write completes.</summary>
    File,
}

/// <summary>
/// A write. Who queues it (<see cref="SocketWriter.TakeRequest"/>) fills in where its bytes are, how many, and the
/// callback; the rest is the queue's.
/// </summary>
internal unsafe struct WriteRequest
{
    internal WriteRequest* Next;

    /// <summary>What is left to send, in memory.</summary>
    internal byte* Data;

    /// <summary>What is left to send, in a file.</summary>
    internal ulong FileOffset;
    internal nuint Remaining;
    internal nuint Length;

    /// <summary>Called once, on the loop's thread. It may close the socket.</summary>
    internal delegate*<SocketCore*, WriteResult*, void> OnWritten;

    /// <summary>For OnWritten: a C function of the program, say.</summary>
    internal void* Function;
    internal void* UserData;

    /// <summary>Frees owned memory, after OnWritten.</summary>
    internal delegate*<void*, void> Free;
    internal void* OwnedMemory;
    internal int File;
    internal int Error;
    internal WriteSource Source;
}

/// <summary>How a write has ended.</summary>
internal unsafe struct WriteResult
{
    internal void* Function;
    internal void* UserData;
    internal nuint Written;
    internal int Error;
}

/// <summary>
/// The writes of one socket in the order in which they were made: first those that are finished and wait for their
/// callback, then those that still have bytes to send. A socket has a queue only while it writes; queues and requests
/// come from the loop's <see cref="WriteQueuePool"/>.
/// </summary>
internal unsafe struct WriteQueue
{
    /// <summary>The oldest request, or NULL.</summary>
    internal WriteRequest* First;

    /// <summary>The oldest request that is not finished, or NULL.</summary>
    internal WriteRequest* FirstPending;

    internal int FinishedCount;
    internal int PendingCount;
    internal nuint PendingBytes;

    /// <summary>Sends what is queued and reports what was sent.</summary>
    internal aws_task Task;
    internal bool IsTaskScheduled;

    /// <summary>Where small writes are copied together for a backend that keeps them; NULL before the first.</summary>
    internal SendStage* Stage;

    /// <summary>Where the queue goes when it is empty.</summary>
    internal WriteQueuePool* Pool;

    /// <summary>The next one of the pool's queues, while this is one of them.</summary>
    internal WriteQueue* NextUnused;

    private WriteRequest* _last;

    internal static bool HasPending(WriteQueue* queue) => queue != null && queue->FirstPending != null;

    internal static bool HasFinished(WriteQueue* queue) => queue != null && queue->FinishedCount > 0;

    /// <summary>The newest request, which is pending if any is; or NULL.</summary>
    internal static WriteRequest* Newest(WriteQueue* queue) => queue->_last;

    /// <summary>The newest request, which is pending, has so many bytes more behind its own.</summary>
    internal static void ExtendNewest(WriteQueue* queue, nuint more)
    {
        queue->_last->Remaining += more;
        queue->_last->Length += more;
        queue->PendingBytes += more;
    }

    /// <summary>The request is one of the queue's pool.</summary>
    internal static void Append(WriteQueue* queue, WriteRequest* request)
    {
        request->Next = null;
        request->Remaining = request->Length;
        request->Error = AWS_ERROR_SUCCESS;

        if (queue->First == null)
            queue->First = request;
        else
            queue->_last->Next = request;
        queue->_last = request;
        if (queue->FirstPending == null)
            queue->FirstPending = request;
        queue->PendingCount++;
        queue->PendingBytes += request->Length;
    }

    /// <summary>
    /// Counts <paramref name="sent"/> bytes off the pending requests and finishes those that are complete.
    /// </summary>
    internal static void Advance(WriteQueue* queue, nuint sent)
    {
        queue->PendingBytes -= sent;
        while (queue->FirstPending != null)
        {
            WriteRequest* request = queue->FirstPending;
            if (sent < request->Remaining)
            {
                request->Data += sent;
                request->FileOffset += sent;
                request->Remaining -= sent;
                return;
            }

            sent -= request->Remaining;
            request->Remaining = 0;
            FinishOldest(queue);
        }
    }

    /// <summary>Finishes the oldest pending request as sent.</summary>
    internal static void CompleteOldest(WriteQueue* queue)
    {
        queue->PendingBytes -= queue->FirstPending->Remaining;
        queue->FirstPending->Remaining = 0;
        FinishOldest(queue);
    }

    /// <summary>Finishes the oldest pending request unsent.</summary>
    internal static void FailOldest(WriteQueue* queue, int error)
    {
        queue->PendingBytes -= queue->FirstPending->Remaining;
        queue->FirstPending->Error = error;
        FinishOldest(queue);
    }

    /// <summary>Finishes every pending request unsent.</summary>
    internal static void FailAll(WriteQueue* queue, int error)
    {
        while (queue->FirstPending != null)
            FailOldest(queue, error);
    }

    /// <summary>
    /// Takes the oldest finished request, which goes back to the pool, out of the queue. The caller has checked that
    /// there is one.
    /// </summary>
    internal static WriteRequest* TakeFinished(WriteQueue* queue)
    {
        WriteRequest* request = queue->First;
        queue->First = request->Next;
        if (queue->First == null)
            queue->_last = null;
        queue->FinishedCount--;
        return request;
    }

    private static void FinishOldest(WriteQueue* queue)
    {
        queue->FirstPending = queue->FirstPending->Next;
        queue->PendingCount--;
        queue->FinishedCount++;
    }
}
