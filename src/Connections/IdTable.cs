// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// Ids, and the objects that they name. An id is a number above 0: a generation of 32 bits before the index, of 31
/// bits, of a slot. Slots are in native memory that never moves. A slot's word has its generation, whether its object
/// is gone, and how many references there are: an id is checked and its object held by one compare-exchange on it,
/// without a lock. A slot is used again when the last reference is gone and 1,024 others wait that were free before it;
/// when its generations are used up it never is. Rules 100 to 105 of docs/lifetimes.md.
/// </summary>
internal static unsafe class IdTable
{
    /// <summary>So many slots are free before the oldest of them is used.</summary>
    internal const int MinFree = 1024;

    // Close records last until at least 1,024 more have been kept.
    private const int RecordCount = 1024 + 256;

    private const int IndexBits = 31;
    private const ulong Gone = 1UL << IndexBits;
    private const int GenerationShift = 32;

    // The first chunk has so many slots, and each is twice as large as the one before it.
    private const int FirstChunkBits = 10;
    private const int ChunkCount = IndexBits - FirstChunkBits;

    private struct Slot
    {
        /// <summary>Generation, whether its object is gone, references: 32, 1 and 31 bits.</summary>
        internal ulong Word;
        internal IdObject* Object;

        /// <summary>What Fork.Count ended with when the id was given.</summary>
        internal ushort Forks;

        /// <summary>Where the record of the last object is, if it is there.</summary>
        internal ushort Record;

        /// <summary>The slot that was free next, while this one is free.</summary>
        internal uint NextFree;
    }

    private struct KeptRecord
    {
        /// <summary>Of its object; 0 while it is written.</summary>
        internal long Id;
        internal CloseRecord Record;
    }

    [InlineArray(ChunkCount)]
    private struct Chunks
    {
        private nint _first;
    }

    /// <summary>What is changed under the lock.</summary>
    private struct Shared
    {
        internal ForkLock Lock;
        internal aws_condition_variable Ended;

        /// <summary>Slots that have ever been used.</summary>
        internal uint Used;
        internal uint FreeCount;
        internal uint FirstFree;
        internal uint LastFree;

        /// <summary>Of the process that the free slots belong to.</summary>
        internal int Forks;

        /// <summary>Threads that wait for an end.</summary>
        internal int Waiters;

        /// <summary>Of the last connections that are gone; and where the next goes. NULL before the first.</summary>
        internal KeptRecord* Records;
        internal uint NextRecord;
    }

    private static nint s_shared;
    private static Chunks s_chunks;

    private static Shared* State
    {
        get
        {
            nint made = Volatile.Read(ref s_shared);
            return made != 0 ? (Shared*)made : MakeState();
        }
    }

    /// <summary>
    /// Gives an object its id and its first reference, which <see cref="End"/> takes back. The object's operations are
    /// set. False when there are no ids left.
    /// </summary>
    internal static bool Add(IdObject* item)
    {
        Shared* shared = State;
        ForkLock.Enter(&shared->Lock);
        bool isTaken = TryTakeIndex(shared, out uint index);
        ForkLock.Exit(&shared->Lock);
        if (!isTaken)
            return false;

        Slot* slot = SlotAt(index);
        ulong generation = (Volatile.Read(ref slot->Word) >> GenerationShift) + 1;

        // Whoever reads the old record finds that it is not there any more.
        Volatile.Write(ref slot->Word, (generation << GenerationShift) | Gone);
        Interlocked.MemoryBarrier();
        slot->Forks = (ushort)Fork.Count;
        slot->Object = item;
        item->Word = &slot->Word;
        item->Id = (long)((generation << IndexBits) | index);
        Volatile.Write(ref slot->Word, (generation << GenerationShift) | 1);
        return true;
    }

    /// <summary>Holds the object of an id. Returns 0, or what is wrong with the id.</summary>
    internal static int TryAcquire(long id, IdKind kind, IdObject** item)
    {
        *item = null;
        Slot* slot = Find(id);
        if (slot == null)
            return RESEAU_ERROR_BAD_ID;
        if (slot->Forks != (ushort)Fork.Count)
            return RESEAU_ERROR_FORKED;

        ulong word = Volatile.Read(ref slot->Word);
        while (true)
        {
            if (word >> GenerationShift != (ulong)id >> IndexBits || (word & Gone) != 0)
                return RESEAU_ERROR_BAD_ID;

            ulong seen = Interlocked.CompareExchange(ref slot->Word, word + 1, word);
            if (seen == word)
                break;
            word = seen;
        }

        IdObject* found = slot->Object;
        if (kind != IdKind.Any && found->Operations->Kind != kind)
        {
            Release(found);
            return RESEAU_ERROR_WRONG_KIND;
        }

        *item = found;
        return 0;
    }

    /// <summary>One more reference, for whoever has one.</summary>
    internal static void Acquire(IdObject* item) => Interlocked.Increment(ref *item->Word);

    /// <summary>Drops a reference. The last one frees the object, on this thread.</summary>
    internal static void Release(IdObject* item)
    {
        ulong word = Interlocked.Decrement(ref *item->Word);
        if ((word & (Gone | (Gone - 1))) == Gone)
            Free(item, word);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Free(IdObject* item, ulong word)
    {
        uint index = IndexOf(item->Id);
        item->Operations->Free(item);
        if (word >> GenerationShift != uint.MaxValue)
            ReturnIndex(index);
    }

    /// <summary>
    /// The object is gone: its last callback has returned, and nobody finds it any more. Takes the reference of
    /// <see cref="Add"/>. Once.
    /// </summary>
    internal static void End(IdObject* item)
    {
        Interlocked.Or(ref *item->Word, Gone);
        Shared* shared = State;
        if (Volatile.Read(ref shared->Waiters) > 0)
        {
            ForkLock.Enter(&shared->Lock);
            LeaveParentsSlots(shared);
            ConditionVariable.NotifyAll(&shared->Ended);
            ForkLock.Exit(&shared->Lock);
        }

        Release(item);
    }

    /// <summary>
    /// Waits until the object of an id is gone, at most so many milliseconds; less than 0 is without limit. 0 also if
    /// it was gone before.
    /// </summary>
    internal static int AwaitEnd(long id, long milliseconds)
    {
        Slot* slot = Find(id);
        if (slot == null || (ulong)id >> IndexBits > Volatile.Read(ref slot->Word) >> GenerationShift)
            return RESEAU_ERROR_BAD_ID;
        if (slot->Forks != (ushort)Fork.Count)
            return RESEAU_ERROR_FORKED;

        if (!IsGone(slot, id) && (EventLoop.OfCallersThread != null || MustNotWaitFor(id)))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        Shared* shared = State;
        Deadline deadline = Deadline.After(milliseconds);
        int result = 0;
        ForkLock.Enter(&shared->Lock);
        LeaveParentsSlots(shared);
        Interlocked.Increment(ref shared->Waiters);
        while (!IsGone(slot, id) && result == 0)
        {
            if (deadline.IsOver)
                result = RESEAU_ERROR_TIMED_OUT;
            else if (deadline.IsNever)
                ForkLock.Wait(&shared->Lock, &shared->Ended);
            else
                ForkLock.WaitUntil(&shared->Lock, &shared->Ended, deadline.Time);
        }

        Interlocked.Decrement(ref shared->Waiters);
        ForkLock.Exit(&shared->Lock);
        return result;
    }

    // Its loop goes on only if the caller makes it.
    private static bool MustNotWaitFor(long id)
    {
        IdObject* item;
        if (TryAcquire(id, IdKind.Any, &item) != 0)
            return false;
        bool mustNot = item->Loop != null && EventLoop.MustNotWaitFor(item->Loop);
        Release(item);
        return mustNot;
    }

    /// <summary>Keeps the record of an object that will soon be gone. Once for each.</summary>
    internal static void KeepRecord(IdObject* item, CloseRecord* record)
    {
        Slot* slot = SlotOf(item);
        Shared* shared = State;
        ForkLock.Enter(&shared->Lock);
        LeaveParentsSlots(shared);
        if (shared->Records == null)
            Volatile.Write(
                ref *(nint*)&shared->Records, (nint)StaticMemory.Allocate(RecordCount * (nuint)sizeof(KeptRecord)));
        uint place = shared->NextRecord;
        shared->NextRecord = (place + 1) % RecordCount;

        // Whoever reads the one of before finds that it is not there any more.
        KeptRecord* kept = &shared->Records[place];
        Volatile.Write(ref kept->Id, 0);
        Interlocked.MemoryBarrier();
        kept->Record = *record;
        Volatile.Write(ref kept->Id, item->Id);
        Volatile.Write(ref slot->Record, (ushort)place);
        ForkLock.Exit(&shared->Lock);
    }

    /// <summary>Copies the record of an object that is gone. False if it has given way to later ones.</summary>
    internal static bool TryReadRecord(long id, CloseRecord* record)
    {
        Slot* slot = Find(id);
        KeptRecord* records = (KeptRecord*)Volatile.Read(ref *(nint*)&State->Records);
        if (slot == null || slot->Forks != (ushort)Fork.Count || records == null)
            return false;

        // Of a slot that has been used again it may be another's: slots come round sooner than records, since timers,
        // too, have them.
        KeptRecord* kept = &records[Volatile.Read(ref slot->Record)];
        if (Volatile.Read(ref kept->Id) != id)
            kept = SearchRecord(records, id);
        if (kept == null)
            return false;
        *record = kept->Record;
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref kept->Id) == id;
    }

    private static KeptRecord* SearchRecord(KeptRecord* records, long id)
    {
        for (int i = 0; i < RecordCount; i++)
        {
            if (Volatile.Read(ref records[i].Id) == id)
                return &records[i];
        }

        return null;
    }

    private static bool IsGone(Slot* slot, long id)
    {
        ulong word = Volatile.Read(ref slot->Word);
        return word >> GenerationShift != (ulong)id >> IndexBits || (word & Gone) != 0;
    }

    private static uint IndexOf(long id) => (uint)id & ((1U << IndexBits) - 1);

    private static Slot* SlotOf(IdObject* item) => SlotAt(IndexOf(item->Id));

    // NULL for what was never given.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Slot* Find(long id)
    {
        uint index = IndexOf(id);
        int chunk = ChunkOf(index);
        nint slots = id >> IndexBits > 0 && chunk < ChunkCount ? Volatile.Read(ref s_chunks[chunk]) : 0;
        return slots != 0 ? (Slot*)slots + PlaceOf(index, chunk) : null;
    }

    private static int ChunkOf(uint index) => BitOperations.Log2((index >> FirstChunkBits) + 1);

    private static Slot* SlotAt(uint index)
    {
        int chunk = ChunkOf(index);
        return (Slot*)s_chunks[chunk] + PlaceOf(index, chunk);
    }

    // In its chunk.
    private static uint PlaceOf(uint index, int chunk) => index - (((1U << chunk) - 1) << FirstChunkBits);

    private static Shared* MakeState()
    {
        Shared* made = (Shared*)StaticMemory.Allocate((nuint)sizeof(Shared));
        ForkLock.Init(&made->Lock);
        ConditionVariable.Init(&made->Ended);
        made->Forks = Fork.Count;
        return (Shared*)StaticMemory.PublishBlock(ref s_shared, made);
    }

    // Under the lock.
    private static bool TryTakeIndex(Shared* shared, out uint index)
    {
        LeaveParentsSlots(shared);
        if (shared->FreeCount > MinFree)
        {
            index = shared->FirstFree;
            shared->FirstFree = SlotAt(index)->NextFree;
            shared->FreeCount--;
            return true;
        }

        index = shared->Used;
        int chunk = ChunkOf(index);
        if (chunk >= ChunkCount)
            return false;
        if (s_chunks[chunk] == 0)
            Volatile.Write(
                ref s_chunks[chunk],
                (nint)StaticMemory.Allocate((1U << (chunk + FirstChunkBits)) * (nuint)sizeof(Slot)));
        shared->Used = index + 1;
        return true;
    }

    private static void ReturnIndex(uint index)
    {
        Shared* shared = State;
        ForkLock.Enter(&shared->Lock);
        LeaveParentsSlots(shared);
        if (shared->FreeCount == 0)
            shared->FirstFree = index;
        else
            SlotAt(shared->LastFree)->NextFree = index;
        shared->LastFree = index;
        shared->FreeCount++;
        ForkLock.Exit(&shared->Lock);
    }

    // A forked child uses none of its parent's slots again, so that ids made before are known as the parent's; and a
    // thread of the parent's may have left half a change of the list behind, and waits for nothing here.
    private static void LeaveParentsSlots(Shared* shared)
    {
        if (shared->Forks == Fork.Count)
            return;

        shared->Forks = Fork.Count;
        shared->FreeCount = 0;
        shared->Waiters = 0;
        ConditionVariable.Init(&shared->Ended);
    }
}
