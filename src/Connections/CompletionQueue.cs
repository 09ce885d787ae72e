// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// A loop that is run one tick at a time and answers with what has happened to descriptors of the program's: those of
/// which something is to be reported are in a list. Receiving is done when the list is gone through, into the queue's
/// memory, one descriptor after the other. Rules 241 to 243 of docs/lifetimes.md.
/// </summary>
internal unsafe struct CompletionQueue
{
    internal const nuint MinMemory = 256 * 1024;
    private const nuint DefaultMemory = 1024 * 1024;
    private const nuint MaxMemory = 1024 * 1024 * 1024;

    // A descriptor gets so much of the memory at a time, and waits for the next call if there is less than the other.
    private const nuint MaxReceive = 256 * 1024;
    private const nuint MinReceive = 64 * 1024;

    private LoopObject _home;
    private CompletionSource* _firstReady;
    private CompletionSource* _lastReady;

    // By their descriptors.
    private CompletionSource** _sources;
    private int _sourceCapacity;
    private void* _block;

    // In that block. The bytes of each descriptor begin at a line of the cache.
    private byte* _memory;
    private nuint _memorySize;
    private CompletionBatch _batch;

    private static nint s_operations;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>Returns the id, or an error of reseau_error.</summary>
    internal static long New(nuint memorySize)
    {
        if (memorySize == 0)
            memorySize = DefaultMemory;
        if (memorySize < MinMemory || memorySize > MaxMemory)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        aws_event_loop* loop = CallersLoop.New(Allocator.Default());
        if (loop == null)
            return ConnectionErrors.From(Errors.LastErrorOrUnknown());

        // A whole number of lines, so that what begins at the next one is never behind the end.
        memorySize = CacheLine.Whole(memorySize);
        CompletionQueue* queue = Allocator.New<CompletionQueue>(Allocator.Default());
        void* block = Allocator.Acquire(Allocator.Default(), memorySize + CacheLine.Slack);
        queue->_block = block;
        queue->_memory = CacheLine.From(block);
        queue->_memorySize = memorySize;
        long id = LoopObject.Register(&queue->_home, loop, Operations);
        if (id < 0)
        {
            Allocator.Release(Allocator.Default(), block);
            EventLoop.Destroy(loop);
        }

        return id;
    }

    internal static bool IsOne(LoopObject* item) => item->Object.Operations == Operations;

    /// <summary>Holds the queue of an id. Returns 0, or an error of reseau_error.</summary>
    internal static int TryAcquire(long id, CompletionQueue** queue)
    {
        int error = IdTable.TryAcquire(id, IdKind.Loop, (IdObject**)queue);
        if (error != 0 || IsOne(&(*queue)->_home))
            return error;
        Release(*queue);
        return RESEAU_ERROR_WRONG_KIND;
    }

    internal static void Release(CompletionQueue* queue) => LoopObject.Release(&queue->_home);

    internal static aws_event_loop* LoopOf(CompletionQueue* queue) => queue->_home.Object.Loop;

    internal static void* MemoryOf(CompletionQueue* queue, out nuint size)
    {
        size = queue->_memorySize;
        return queue->_memory;
    }

    /// <summary>Returns 0, or an error of reseau_error, as the next ones do.</summary>
    internal static int Add(CompletionQueue* queue, int descriptor, int events, ulong token)
    {
        int error = Enter(queue, out bool isNested);
        if (error != 0)
            return error;
        error = AddNow(queue, descriptor, events, token);
        Exit(queue, isNested);
        return error;
    }

    internal static int Change(CompletionQueue* queue, int descriptor, int events)
    {
        int error = Enter(queue, out bool isNested);
        if (error != 0)
            return error;
        CompletionSource* source = Find(queue, descriptor);
        if (source != null)
            CompletionSource.Change(source, events);
        Exit(queue, isNested);
        return source != null ? 0 : RESEAU_ERROR_INVALID_ARGUMENT;
    }

    internal static int Remove(CompletionQueue* queue, int descriptor)
    {
        int error = Enter(queue, out bool isNested);
        if (error != 0)
            return error;
        CompletionSource* source = Find(queue, descriptor);
        if (source != null)
        {
            queue->_sources[descriptor] = null;
            CompletionSource.Remove(source);
        }

        Exit(queue, isNested);
        return source != null ? 0 : RESEAU_ERROR_INVALID_ARGUMENT;
    }

    /// <summary>Returns how many completions there are. Polls before it sleeps only if there may be a reply.</summary>
    internal static int Wait(
        CompletionQueue* queue, reseau_completion* completions, nuint capacity, ulong nanoseconds, bool awaitsReply)
    {
        LoopCore* core = EventLoop.CoreOf(LoopOf(queue));
        if (!CallersLoop.TryEnter(core))
            return CallersLoop.IsEnding(core) ? RESEAU_ERROR_LOOP_ENDED : RESEAU_ERROR_BUSY;
        CallersLoop.RunTick(core, queue->_firstReady != null ? 0 : nanoseconds, awaitsReply);
        int count = CallersLoop.IsEnding(core)
            ? RESEAU_ERROR_LOOP_ENDED
            : Collect(queue, completions, (int)nuint.Min(capacity, int.MaxValue));
        Exit(queue, false);
        return count;
    }

    /// <summary>Sends what each socket has room for. Returns 0, or an error of reseau_error.</summary>
    internal static int Send(CompletionQueue* queue, reseau_completion_send* sends, nuint count)
    {
        int error = Enter(queue, out bool isNested);
        if (error != 0)
            return error;
        CompletionBatch.Send(&queue->_batch, sends, count);
        Exit(queue, isNested);
        return 0;
    }

    /// <summary>Something of it is to be reported.</summary>
    internal static void List(CompletionQueue* queue, CompletionSource* source)
    {
        if (source->IsListed)
            return;
        source->IsListed = true;
        source->NextReady = null;
        if (queue->_lastReady != null)
            queue->_lastReady->NextReady = source;
        else
            queue->_firstReady = source;
        queue->_lastReady = source;
    }

    // Functions that were posted may call, too: they are inside the wait.
    private static int Enter(CompletionQueue* queue, out bool isNested)
    {
        LoopCore* core = EventLoop.CoreOf(LoopOf(queue));
        isNested = LoopCore.IsOnCallersThread(core);
        if (CallersLoop.IsEnding(core))
            return RESEAU_ERROR_LOOP_ENDED;
        if (isNested)
            return 0;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_BUSY;
        return CallersLoop.TryEnter(core) ? 0 : RESEAU_ERROR_BUSY;
    }

    private static void Exit(CompletionQueue* queue, bool isNested)
    {
        if (!isNested && CallersLoop.Exit(EventLoop.CoreOf(LoopOf(queue))))
            IdTable.End(&queue->_home.Object);
    }

    private static int AddNow(CompletionQueue* queue, int descriptor, int events, ulong token)
    {
        if (Find(queue, descriptor) != null)
            return RESEAU_ERROR_BUSY;
        CompletionSource* source = CompletionSource.New(queue, descriptor, events, token);
        if (source == null)
            return ConnectionErrors.From(Errors.LastErrorOrUnknown());
        if (descriptor >= queue->_sourceCapacity)
            Grow(queue, descriptor);
        queue->_sources[descriptor] = source;
        return 0;
    }

    private static CompletionSource* Find(CompletionQueue* queue, int descriptor) =>
        descriptor < queue->_sourceCapacity ? queue->_sources[descriptor] : null;

    private static void Grow(CompletionQueue* queue, int descriptor)
    {
        int capacity = int.Max(descriptor + 1, int.Max(64, queue->_sourceCapacity * 2));
        CompletionSource** sources = (CompletionSource**)Allocator.Calloc(
            Allocator.Default(), (nuint)capacity, (nuint)sizeof(CompletionSource*));
        for (int i = 0; i < queue->_sourceCapacity; i++)
            sources[i] = queue->_sources[i];
        if (queue->_sources != null)
            Allocator.Release(Allocator.Default(), queue->_sources);
        queue->_sources = sources;
        queue->_sourceCapacity = capacity;
    }

    // Each of those that are listed now once. What is left over, and what has more to report, is listed again.
    private static int Collect(CompletionQueue* queue, reseau_completion* completions, int capacity)
    {
        CompletionSource* source = queue->_firstReady;
        bool isBatch = HasManyReceives(source) && CompletionBatch.TryOpen(&queue->_batch);
        queue->_firstReady = null;
        queue->_lastReady = null;
        nuint used = 0;
        int count = 0;
        while (source != null)
        {
            CompletionSource* next = source->NextReady;
            source->IsListed = false;
            if (source->IsGone)
                CompletionSource.Free(source);
            else if (count == capacity)
                List(queue, source);
            else if (isBatch && CompletionSource.CanReceiveInBatch(source)
                ? TryPlan(queue, source, completions, count, &used)
                : TryReport(queue, source, &completions[count], &used))
                count++;
            source = next;
        }

        return isBatch ? FinishBatch(queue, completions, count) : count;
    }

    private static bool HasManyReceives(CompletionSource* source)
    {
        int count = 0;
        for (; source != null && count < CompletionBatch.MinReceives; source = source->NextReady)
            count += !source->IsGone && CompletionSource.CanReceiveInBatch(source) ? 1 : 0;
        return count == CompletionBatch.MinReceives;
    }

    private static bool TryReport(
        CompletionQueue* queue, CompletionSource* source, reseau_completion* completion, nuint* used)
    {
        *completion = new reseau_completion { token = source->Token, events = CompletionSource.Take(source) };
        nuint room = queue->_memorySize - *used;
        if (CompletionSource.CanReceive(source) && room >= MinReceive
            && CompletionSource.TryReceive(
                source, queue->_memory + *used, nuint.Min(room, MaxReceive), completion))
        {
            completion->offset = *used;
            *used += CacheLine.Whole((nuint)completion->length);
        }

        if (CompletionSource.IsWanted(source))
            List(queue, source);
        return completion->events != 0;
    }

    // The same, but for the receive, which joins the batch.
    private static bool TryPlan(
        CompletionQueue* queue, CompletionSource* source, reseau_completion* completions, int position, nuint* used)
    {
        reseau_completion* completion = &completions[position];
        *completion = new reseau_completion { token = source->Token, events = CompletionSource.Take(source) };
        nuint room = source->Room;
        if (queue->_memorySize - *used >= room && queue->_batch.HasRoom)
        {
            CompletionBatch.Receive receive = new() { Source = source, Position = position, Offset = *used };
            CompletionBatch.Add(&queue->_batch, receive, queue->_memory, room);
            *used += CacheLine.Whole(room);
            return true;
        }

        if (CompletionSource.IsWanted(source))
            List(queue, source);
        return completion->events != 0;
    }

    // A receive may have found nothing: then its completion goes, if there is nothing else in it.
    private static int FinishBatch(CompletionQueue* queue, reseau_completion* completions, int count)
    {
        CompletionBatch* batch = &queue->_batch;
        CompletionBatch.Run(batch);
        for (int i = 0; i < batch->Count; i++)
        {
            CompletionBatch.Receive receive = CompletionBatch.Finish(batch, i, completions);
            if (CompletionSource.IsWanted(receive.Source))
                List(queue, receive.Source);
        }

        CompletionBatch.Clear(batch);
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (completions[i].events != 0)
                completions[kept++] = completions[i];
        }

        return kept;
    }

    private static IdOperations NewOperations() =>
        new() { Kind = IdKind.Loop, Free = &Free, Close = &LoopObject.Close };

    private static void Free(IdObject* item)
    {
        CompletionQueue* queue = (CompletionQueue*)item;
        CompletionSource* source = queue->_firstReady;
        while (source != null)
        {
            CompletionSource* next = source->NextReady;
            if (source->IsGone)
                CompletionSource.Free(source);
            source = next;
        }

        for (int i = 0; i < queue->_sourceCapacity; i++)
        {
            if (queue->_sources[i] != null)
                CompletionSource.FreeWithQueue(queue->_sources[i]);
        }

        if (queue->_sources != null)
            Allocator.Release(Allocator.Default(), queue->_sources);
        CompletionBatch.Close(&queue->_batch);
        Allocator.Release(Allocator.Default(), queue->_block);
        EventLoop.Destroy(item->Loop);
        Allocator.Release(Allocator.Default(), queue);
    }
}
