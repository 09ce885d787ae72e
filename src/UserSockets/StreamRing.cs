// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// The receive buffer of a stream. Fragments may arrive in any order within the window; what lies before the first hole
/// can be read. One thread may write while another one reads: each end has a position that only it moves, and the
/// writer alone knows of the holes.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal unsafe struct StreamRing
{
    private const ulong NoEnd = ulong.MaxValue;

    [FieldOffset(0)]
    private RingMemory _memory;

    // What may wait at most; not more than the memory has.
    [FieldOffset(16)]
    private ulong _limit;

    // The writer's, allocated with the first hole.
    [FieldOffset(24)]
    private IntervalSet* _islands;

    // The writer's: before it everything has arrived.
    [FieldOffset(64)]
    private ulong _published;

    // The writer's: where the stream ends.
    [FieldOffset(72)]
    private ulong _end;

    // The reader's, on a line of its own: before it everything has been read.
    [FieldOffset(128)]
    private ulong _consumed;

    internal static void Init(StreamRing* ring, ulong limit)
    {
        *ring = default;
        ring->_limit = limit;
        ring->_end = NoEnd;
    }

    internal static void CleanUp(StreamRing* ring)
    {
        RingMemory.Free(&ring->_memory);
        Common.Allocator.Release(Common.Allocator.Default(), ring->_islands);
        ring->_islands = null;
    }

    internal readonly ulong Limit => Volatile.Read(in _limit);

    /// <summary>How much can be read.</summary>
    internal readonly ulong Available => Volatile.Read(in _published) - Volatile.Read(in _consumed);

    /// <summary>How much the writer may add to what has arrived without a hole.</summary>
    internal readonly ulong Room => ulong.Max(Limit, Available) - Available;

    /// <summary>Whether everything up to the end has arrived.</summary>
    internal readonly bool HasEnd => Volatile.Read(in _published) == Volatile.Read(in _end);

    /// <summary>Whether everything up to the end has been read.</summary>
    internal readonly bool IsAtEnd => Volatile.Read(in _consumed) == Volatile.Read(in _end);

    /// <summary>
    /// The writer: a fragment has arrived. As much of it is taken, from its beginning, as lies in the window; the rest
    /// may be offered again.
    /// </summary>
    internal static Arrival Write(StreamRing* ring, ulong offset, void* data, ulong length, out ulong taken)
    {
        taken = 0;
        ulong end = offset + length;
        if (end < offset || end > ring->_end)
            return Arrival.Invalid;
        if (length == 0)
            return Arrival.Taken;
        if (offset < ring->_published)
            return end <= ring->_published ? Arrival.Duplicate : Arrival.Overlap;

        ulong window = Volatile.Read(in ring->_consumed) + ring->_limit;
        if (offset >= window)
            return Arrival.Taken;

        if (!ring->_memory.IsAllocated)
            RingMemory.Allocate(&ring->_memory, ring->_limit);
        end = ulong.Min(end, window);
        Arrival arrival = ring->_islands == null && offset == ring->_published
            ? Arrival.Taken
            : AddIsland(ring, offset, end);
        if (arrival != Arrival.Taken)
            return arrival;

        taken = end - offset;
        ring->_memory.Put(offset, data, taken);
        if (offset == ring->_published)
            Publish(ring, end);
        return Arrival.Taken;
    }

    /// <summary>The writer: the stream ends there. False if something has come from beyond, or another end.</summary>
    internal static bool SetEnd(StreamRing* ring, ulong end)
    {
        bool isBeyond = ring->_islands != null && ring->_islands->Count > 0 && ring->_islands->LastEnd > end;
        if (end < ring->_published || isBeyond || (ring->_end != NoEnd && ring->_end != end))
            return false;

        Volatile.Write(ref ring->_end, end);
        return true;
    }

    /// <summary>The reader: copies bytes that lie so far ahead, as many as there are; how many.</summary>
    internal static ulong Peek(StreamRing* ring, ulong ahead, void* into, ulong length)
    {
        ulong available = ring->Available;
        if (ahead >= available)
            return 0;

        ulong count = ulong.Min(length, available - ahead);
        ring->_memory.Get(ring->_consumed + ahead, into, count);
        return count;
    }

    /// <summary>The reader: takes bytes, as many as there are; how many.</summary>
    internal static ulong Read(StreamRing* ring, void* into, ulong length)
    {
        ulong count = Peek(ring, 0, into, length);
        Volatile.Write(ref ring->_consumed, ring->_consumed + count);
        return count;
    }

    /// <summary>Both ends at once: another limit. What is there stays, also if it is more than that.</summary>
    internal static void Resize(StreamRing* ring, ulong limit)
    {
        if (ring->_memory.IsAllocated && limit > ring->_memory.Capacity)
        {
            RingMemory larger;
            RingMemory.Allocate(&larger, limit);
            RingMemory.Move(&ring->_memory, &larger, ring->_consumed, ring->_memory.Capacity);
            RingMemory.Free(&ring->_memory);
            ring->_memory = larger;
        }

        Volatile.Write(ref ring->_limit, limit);
    }

    private static Arrival AddIsland(StreamRing* ring, ulong start, ulong end)
    {
        if (ring->_islands == null)
            ring->_islands = Common.Allocator.New<IntervalSet>(Common.Allocator.Default());

        // What closes the first hole is no island, and always has a place.
        return start == ring->_published
            ? ring->_islands->Find(start, end, out _)
            : ring->_islands->Add(start, end);
    }

    private static void Publish(StreamRing* ring, ulong end)
    {
        IntervalSet* islands = ring->_islands;
        if (islands != null && islands->Count > 0 && islands->FirstStart == end)
        {
            end = islands->FirstEnd;
            islands->RemoveFirst();
        }

        Volatile.Write(ref ring->_published, end);
    }
}
