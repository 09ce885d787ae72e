// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Memory;

/// <summary>One live block of a traced allocator.</summary>
internal unsafe struct TracedAllocation
{
    internal void* Block;
    internal nuint Size;

    /// <summary>Grows with each allocation: the order of allocations.</summary>
    internal ulong Number;

    /// <summary>Where it was made, or NULL if stacks are not recorded.</summary>
    internal TracedStack* Stack;
}

/// <summary>
/// The live blocks of a traced allocator by address: an open hash table with linear probing, at most half full, in
/// memory of the C heap. The memory tracer's lock protects it.
/// </summary>
internal unsafe struct AllocationTable
{
    private const int FirstCapacity = 1024;

    private TracedAllocation* _entries;
    private nuint _capacity;

    internal nuint Count { get; private set; }

    internal void Init() => Rehash(FirstCapacity);

    internal void CleanUp()
    {
        Platform.Heap.Free(_entries);
        this = default;
    }

    /// <summary>A block that is known already is known by its new size from now on.</summary>
    internal void Add(in TracedAllocation allocation)
    {
        if ((Count + 1) * 2 > _capacity)
            Rehash(_capacity * 2);

        nuint index = Find(allocation.Block);
        if (_entries[index].Block == null)
            Count++;
        _entries[index] = allocation;
    }

    /// <summary>False if the block is not known: it may be older than the tracer.</summary>
    internal bool Remove(void* block, out nuint size)
    {
        nuint index = Find(block);
        size = _entries[index].Size;
        if (_entries[index].Block == null)
            return false;

        Count--;
        CloseGap(index);
        return true;
    }

    /// <summary>
    /// Copies all entries to <paramref name="target"/>, which has room for <see cref="Count"/> of them.
    /// </summary>
    internal readonly void CopyTo(TracedAllocation* target)
    {
        for (nuint i = 0; i < _capacity; i++)
        {
            if (_entries[i].Block != null)
                *target++ = _entries[i];
        }
    }

    /// <summary>The block's entry, or the free one where it belongs.</summary>
    private readonly nuint Find(void* block)
    {
        nuint index = Home(block);
        while (_entries[index].Block != null && _entries[index].Block != block)
            index = (index + 1) & (_capacity - 1);
        return index;
    }

    private readonly nuint Home(void* block)
    {
        // The low bits of addresses are all alike; multiplying brings the others to the top.
        ulong mixed = (ulong)block * 0x9E3779B97F4A7C15;
        return (nuint)(mixed >> 32) & (_capacity - 1);
    }

    /// <summary>
    /// Moves entries that were pushed past the gap back, so that every search still ends at a free entry.
    /// </summary>
    private void CloseGap(nuint gap)
    {
        nuint mask = _capacity - 1;
        for (nuint i = (gap + 1) & mask; _entries[i].Block != null; i = (i + 1) & mask)
        {
            nuint distanceFromHome = (i - Home(_entries[i].Block)) & mask;
            if (distanceFromHome < ((i - gap) & mask))
                continue;

            _entries[gap] = _entries[i];
            gap = i;
        }

        _entries[gap] = default;
    }

    private void Rehash(nuint capacity)
    {
        AllocationTable old = this;
        _entries = (TracedAllocation*)StaticMemory.Allocate(capacity * (nuint)sizeof(TracedAllocation));
        _capacity = capacity;
        for (nuint i = 0; i < old._capacity; i++)
        {
            if (old._entries[i].Block != null)
                _entries[Find(old._entries[i].Block)] = old._entries[i];
        }

        Platform.Heap.Free(old._entries);
    }
}
