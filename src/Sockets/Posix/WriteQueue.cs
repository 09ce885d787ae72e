// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets.Posix;

/// <summary>One call of aws_socket_write.</summary>
internal unsafe struct WriteRequest
{
    internal WriteRequest* Next;
    internal byte* Data;
    internal nuint Remaining;
    internal nuint Length;
    internal WriteCallback OnWritten;
    internal void* UserData;
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

    /// <summary>Where the queue goes when it is empty.</summary>
    internal WriteQueuePool* Pool;

    /// <summary>The next one of the pool's queues, while this is one of them.</summary>
    internal WriteQueue* NextUnused;

    private WriteRequest* _last;

    internal static bool HasPending(WriteQueue* queue) => queue != null && queue->FirstPending != null;

    internal static bool HasFinished(WriteQueue* queue) => queue != null && queue->FinishedCount > 0;

    internal static void Append(WriteQueue* queue, aws_byte_cursor* data, WriteCallback onWritten, void* userData)
    {
        WriteRequest* request = WriteQueuePool.TakeRequest(queue->Pool);
        request->Next = null;
        request->Data = data->ptr;
        request->Remaining = data->len;
        request->Length = data->len;
        request->OnWritten = onWritten;
        request->UserData = userData;
        request->Error = AWS_ERROR_SUCCESS;

        if (queue->First == null)
            queue->First = request;
        else
            queue->_last->Next = request;
        queue->_last = request;
        if (queue->FirstPending == null)
            queue->FirstPending = request;
        queue->PendingCount++;
        queue->PendingBytes += data->len;
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

    /// <summary>Takes the oldest finished request out of the queue. The caller has checked that there is one.</summary>
    internal static WriteRequest TakeFinished(WriteQueue* queue)
    {
        WriteRequest* request = queue->First;
        queue->First = request->Next;
        if (queue->First == null)
            queue->_last = null;
        queue->FinishedCount--;

        WriteRequest copy = *request;
        WriteQueuePool.GiveBack(queue->Pool, request);
        return copy;
    }

    private static void FinishOldest(WriteQueue* queue)
    {
        queue->FirstPending = queue->FirstPending->Next;
        queue->PendingCount--;
        queue->FinishedCount++;
    }
}
