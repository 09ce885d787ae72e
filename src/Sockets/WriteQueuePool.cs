// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// The write queues and requests that no socket of an event loop uses at present: a socket that is silent costs nothing
/// for them, and those that talk share few that stay in the processor's cache. Loop thread only, but for the last
/// release. References: the loop's, and one of every open socket that has written, which may do so until the loop's
/// very end.
/// </summary>
internal unsafe struct WriteQueuePool
{
    // Enough for what is under way in one tick of a busy loop, too little to matter.
    private const int MaxUnusedQueues = 256;
    private const int MaxUnusedRequests = 1024;

    // First, so that the entry's address is the pool's.
    private aws_event_loop_local_object _entry;
    private aws_allocator* _allocator;
    private WriteQueue* _queues;
    private WriteRequest* _requests;
    private int _queueCount;
    private int _requestCount;
    private ReferenceCount _references;

    // Its address is the key, which no other literal shares.
    private static void* Key => Literal.Of("WriteQueuePool"u8);

    /// <summary>
    /// The loop's pool, made on first use, with a reference for the caller. NULL with the error raised.
    /// </summary>
    internal static WriteQueuePool* AcquireOf(aws_event_loop* loop)
    {
        WriteQueuePool* pool = Of(loop);
        if (pool != null)
            pool->_references.Acquire();
        return pool;
    }

    /// <summary>NULL is allowed. Any thread.</summary>
    internal static void Release(WriteQueuePool* pool)
    {
        if (pool != null && pool->_references.Release())
            Free(pool);
    }

    private static WriteQueuePool* Of(aws_event_loop* loop)
    {
        aws_event_loop_local_object* found = EventLoop.FindLocalObject(loop, Key);
        if (found != null)
            return (WriteQueuePool*)found;

        WriteQueuePool* pool = Allocator.New<WriteQueuePool>(loop->alloc);
        pool->_allocator = loop->alloc;
        pool->_references = ReferenceCount.One;
        pool->_entry.key = Key;
        pool->_entry.@object = pool;
        pool->_entry.on_object_removed = &OnLoopGone;
        if (EventLoop.PutLocalObject(loop, &pool->_entry) == AWS_OP_SUCCESS)
            return pool;

        Release(pool);
        return null;
    }

    /// <summary>An empty queue, which goes back by <see cref="Return(WriteQueue*)"/>.</summary>
    internal static WriteQueue* Take(WriteQueuePool* pool)
    {
        WriteQueue* queue = pool->_queues;
        if (queue == null)
        {
            queue = Allocator.New<WriteQueue>(pool->_allocator);
            queue->Pool = pool;
        }
        else
        {
            pool->_queues = queue->NextUnused;
            pool->_queueCount--;
        }

        return queue;
    }

    /// <summary>The queue is empty, and its task is not scheduled.</summary>
    internal static void Return(WriteQueue* queue)
    {
        WriteQueuePool* pool = queue->Pool;
        if (pool->_queueCount < MaxUnusedQueues)
        {
            queue->NextUnused = pool->_queues;
            pool->_queues = queue;
            pool->_queueCount++;
        }
        else
        {
            Free(pool, queue);
        }
    }

    /// <summary>The queue's own stage, which it keeps.</summary>
    internal static SendStage* StageOf(WriteQueue* queue)
    {
        if (queue->Stage == null)
            queue->Stage = (SendStage*)Allocator.Acquire(queue->Pool->_allocator, (nuint)sizeof(SendStage));
        return queue->Stage;
    }

    /// <summary>A request of any content.</summary>
    internal static WriteRequest* TakeRequest(WriteQueuePool* pool)
    {
        WriteRequest* request = pool->_requests;
        if (request == null)
            return (WriteRequest*)Allocator.Acquire(pool->_allocator, (nuint)sizeof(WriteRequest));

        pool->_requests = request->Next;
        pool->_requestCount--;
        return request;
    }

    internal static void Return(WriteQueuePool* pool, WriteRequest* request)
    {
        if (pool->_requestCount == MaxUnusedRequests)
        {
            Allocator.Release(pool->_allocator, request);
            return;
        }

        request->Next = pool->_requests;
        pool->_requests = request;
        pool->_requestCount++;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLoopGone(aws_event_loop_local_object* entry) => Release((WriteQueuePool*)entry);

    private static void Free(WriteQueuePool* pool, WriteQueue* queue)
    {
        if (queue->Stage != null)
            Allocator.Release(pool->_allocator, queue->Stage);
        Allocator.Release(pool->_allocator, queue);
    }

    private static void Free(WriteQueuePool* pool)
    {
        while (pool->_queues != null)
        {
            WriteQueue* queue = pool->_queues;
            pool->_queues = queue->NextUnused;
            Free(pool, queue);
        }

        while (pool->_requests != null)
        {
            WriteRequest* request = pool->_requests;
            pool->_requests = request->Next;
            Allocator.Release(pool->_allocator, request);
        }

        Allocator.Release(pool->_allocator, pool);
    }
}
