// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>
/// Descriptors and what they stand for. A number has the index of its entry and the entry's generation, so that one
/// that was closed means nothing, also when the entry is used again. Entries are never freed: a call finds its own
/// without a lock.
/// </summary>
internal unsafe struct DescriptorTable
{
    /// <summary>RESEAU_USOCKET_FIRST.</summary>
    internal const int First = 1 << 30;

    internal const uint Generations = 1 << 12;

    private const int IndexBits = 18;
    private const int ChunkBits = 10;
    private const int ChunkCount = 1 << (IndexBits - ChunkBits);
    private const int ChunkSize = 1 << ChunkBits;

    // So many entries rest before the first of them is used again: a number comes again after millions of sockets.
    private const int RestingMin = 1024;

    private const ulong IsOpenBit = 1UL << 31;
    private const int GenerationShift = 32;

    internal struct Entry
    {
        /// <summary>Calls under way; whether the descriptor is open; the generation.</summary>
        internal ulong State;
        internal Description* Description;
        internal Entry* NextFree;
        internal int Index;
        internal int Flags;
    }

    internal uint FirstGeneration;

    private aws_mutex _lock;
    private Entry* _firstFree;
    private Entry* _lastFree;
    private int _freeCount;
    private int _entryCount;
    private fixed ulong _chunks[ChunkCount];

    internal static void Init(DescriptorTable* table, uint firstGeneration)
    {
        Mutex.Init(&table->_lock);
        table->FirstGeneration = firstGeneration % Generations;
    }

    /// <summary>A descriptor for a description: its number, or -ENFILE.</summary>
    internal static int Add(Description* description, bool isClosedByExec) =>
        Add(description, isClosedByExec, calls: 0, out _);

    /// <summary>
    /// The same, and the caller has entered it: any number may be closed by another thread, also one that nobody has
    /// been given yet.
    /// </summary>
    internal static int AddEntered(Description* description, bool isClosedByExec, out Entry* entry) =>
        Add(description, isClosedByExec, calls: 1, out entry);

    private static int Add(Description* description, bool isClosedByExec, uint calls, out Entry* entry)
    {
        DescriptorTable* table = &SocketSpace.Current->Table;
        Mutex.Lock(&table->_lock);
        entry = table->_freeCount > RestingMin || table->_entryCount == 1 << IndexBits
            ? TakeFree(table)
            : TakeNew(table);
        Mutex.Unlock(&table->_lock);
        if (entry == null)
            return -SocketApi.ENFILE;

        Description.Open(description);
        entry->Description = description;
        entry->Flags = isClosedByExec ? SocketApi.FD_CLOEXEC : 0;
        ulong generation = entry->State >> GenerationShift;
        Volatile.Write(ref entry->State, entry->State | IsOpenBit | calls);
        return First | (int)(generation << IndexBits) | entry->Index;
    }

    /// <summary>A call on a descriptor begins, until <see cref="Leave"/>; null without such a descriptor.</summary>
    internal static Entry* Enter(int descriptor)
    {
        Entry* entry = Find(descriptor);
        if (entry == null)
            return null;

        ulong generation = ((uint)descriptor & (First - 1)) >> IndexBits;
        ulong state = Volatile.Read(ref entry->State);
        while (state >> GenerationShift == generation && (state & IsOpenBit) != 0)
        {
            ulong seen = Interlocked.CompareExchange(ref entry->State, state + 1, state);
            if (seen == state)
                return entry;
            state = seen;
        }

        return null;
    }

    internal static void Leave(Entry* entry)
    {
        ulong state = Interlocked.Decrement(ref entry->State);
        if ((uint)state == 0)
            Recycle(entry);
    }

    /// <summary>Closes a descriptor that the calling thread has entered; false if another thread was first.</summary>
    internal static bool Close(Entry* entry)
    {
        ulong before = Interlocked.And(ref entry->State, ~IsOpenBit);
        if ((before & IsOpenBit) == 0)
            return false;

        Description.DescriptorClosed(entry->Description);
        return true;
    }

    private static Entry* Find(int descriptor)
    {
        if (descriptor < First)
            return null;

        int index = descriptor & ((1 << IndexBits) - 1);
        DescriptorTable* table = &SocketSpace.Current->Table;
        Entry* chunk = (Entry*)Volatile.Read(ref table->_chunks[index >> ChunkBits]);
        return chunk == null ? null : chunk + (index & (ChunkSize - 1));
    }

    // Nobody is inside, and nobody comes in any more.
    private static void Recycle(Entry* entry)
    {
        Description* description = entry->Description;
        entry->Description = null;
        ulong generation = ((entry->State >> GenerationShift) + 1) % Generations;
        Volatile.Write(ref entry->State, generation << GenerationShift);
        DescriptorTable* table = &SocketSpace.Current->Table;
        Mutex.Lock(&table->_lock);
        entry->NextFree = null;
        if (table->_firstFree == null)
            table->_firstFree = entry;
        else
            table->_lastFree->NextFree = entry;
        table->_lastFree = entry;
        table->_freeCount++;
        Mutex.Unlock(&table->_lock);
        Description.EndUse(description);
    }

    private static Entry* TakeFree(DescriptorTable* table)
    {
        Entry* entry = table->_firstFree;
        if (entry == null)
            return null;

        table->_firstFree = entry->NextFree;
        table->_freeCount--;
        return entry;
    }

    private static Entry* TakeNew(DescriptorTable* table)
    {
        int index = table->_entryCount++;
        Entry* chunk = (Entry*)table->_chunks[index >> ChunkBits];
        if (chunk == null)
        {
            chunk = (Entry*)StaticMemory.Allocate((nuint)(ChunkSize * sizeof(Entry)));
            Volatile.Write(ref table->_chunks[index >> ChunkBits], (ulong)chunk);
        }

        Entry* entry = chunk + (index & (ChunkSize - 1));
        entry->Index = index;
        entry->State = (ulong)table->FirstGeneration << GenerationShift;
        return entry;
    }
}
