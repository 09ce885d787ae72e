// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

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
/// callback, then those that still have bytes to send. Requests are reused; the first one needs no allocation.
/// </summary>
internal unsafe struct WriteQueue
{
    // Enough for the usual depth of a busy stream, little enough to forget about.
    private const int MostUnused = 32;

    /// <summary>The oldest request, or NULL.</summary>
    internal WriteRequest* First;

    /// <summary>The oldest request that is not finished, or NULL.</summary>
    internal WriteRequest* FirstPending;

    private WriteRequest* _last;
    private WriteRequest* _unused;
    private WriteRequest _embedded;
    private int _unusedCount;
    private bool _isEmbeddedTaken;

    internal int FinishedCount;
    internal int PendingCount;
    internal nuint PendingBytes;

    internal static void Append(
        PosixSocket* impl,
        aws_byte_cursor* data,
        WriteCallback onWritten,
        void* userData)
    {
        WriteQueue* queue = &impl->Writes;
        WriteRequest* request = Take(impl);
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
    internal static WriteRequest TakeFinished(PosixSocket* impl)
    {
        WriteQueue* queue = &impl->Writes;
        WriteRequest* request = queue->First;
        queue->First = request->Next;
        if (queue->First == null)
            queue->_last = null;
        queue->FinishedCount--;

        WriteRequest copy = *request;
        GiveBack(impl, request);
        return copy;
    }

    /// <summary>Gives the memory back that waits to be reused.</summary>
    internal static void FreeUnused(PosixSocket* impl)
    {
        while (impl->Writes._unused != null)
        {
            WriteRequest* request = impl->Writes._unused;
            impl->Writes._unused = request->Next;
            Allocator.Release(impl->Allocator, request);
        }
    }

    private static void FinishOldest(WriteQueue* queue)
    {
        queue->FirstPending = queue->FirstPending->Next;
        queue->PendingCount--;
        queue->FinishedCount++;
    }

    private static WriteRequest* Take(PosixSocket* impl)
    {
        WriteQueue* queue = &impl->Writes;
        if (!queue->_isEmbeddedTaken)
        {
            queue->_isEmbeddedTaken = true;
            return &queue->_embedded;
        }

        WriteRequest* request = queue->_unused;
        if (request == null)
            return (WriteRequest*)Allocator.Acquire(impl->Allocator, (nuint)sizeof(WriteRequest));

        queue->_unused = request->Next;
        queue->_unusedCount--;
        return request;
    }

    private static void GiveBack(PosixSocket* impl, WriteRequest* request)
    {
        WriteQueue* queue = &impl->Writes;
        if (request == &queue->_embedded)
        {
            queue->_isEmbeddedTaken = false;
        }
        else if (queue->_unusedCount < MostUnused)
        {
            request->Next = queue->_unused;
            queue->_unused = request;
            queue->_unusedCount++;
        }
        else
        {
            Allocator.Release(impl->Allocator, request);
        }
    }
}
