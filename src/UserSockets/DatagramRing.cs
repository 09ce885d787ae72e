// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// The receive buffer of datagrams. A datagram gets its room with its first fragment; it is read when it is complete,
/// whole: in any order, or in that of the first fragments. One thread may write while another one reads: the writer
/// adds records at the tail and completes them, the reader takes them and moves the head.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal unsafe struct DatagramRing
{
    /// <summary>Datagrams that are not complete, at most.</summary>
    internal const int AssembliesMax = 64;

    /// <summary>The longest address: struct sockaddr_storage.</summary>
    internal const uint AddressMax = 128;

    // Records begin at multiples of their header's size, so that a header never crosses the end of the memory.
    private const ulong Alignment = 64;

    private enum RecordState
    {
        Filling,
        Complete,
        Done,
    }

    [StructLayout(LayoutKind.Sequential, Size = (int)Alignment)]
    private struct Record
    {
        internal int State;
        internal uint AddressLength;
        internal ulong Total;
        internal ulong Datagram;

        internal readonly ulong Size => SizeOf(Total, AddressLength);
    }

    /// <summary>A datagram that is not complete: the writer's.</summary>
    private struct Assembly
    {
        internal Assembly* Next;
        internal ulong Position;
        internal ulong Datagram;
        internal IntervalSet Arrived;
    }

    [FieldOffset(0)]
    private RingMemory _memory;

    [FieldOffset(16)]
    private ulong _limit;

    [FieldOffset(24)]
    private bool _isOrdered;

    // The writer's.
    [FieldOffset(64)]
    private ulong _tail;

    [FieldOffset(72)]
    private Assembly* _assemblies;

    [FieldOffset(80)]
    private int _assemblyCount;

    [FieldOffset(88)]
    private ulong _completed;

    // The reader's.
    [FieldOffset(128)]
    private ulong _head;

    [FieldOffset(136)]
    private ulong _taken;

    internal static void Init(DatagramRing* ring, ulong limit, bool isOrdered)
    {
        *ring = default;
        ring->_limit = limit;
        ring->_isOrdered = isOrdered;
    }

    internal static void CleanUp(DatagramRing* ring)
    {
        while (ring->_assemblies != null)
            RemoveAssembly(ring, &ring->_assemblies);
        RingMemory.Free(&ring->_memory);
    }

    internal readonly ulong Limit => Volatile.Read(in _limit);

    /// <summary>Bytes that all records have: those of datagrams, of addresses and our own.</summary>
    internal readonly ulong Used => Volatile.Read(in _tail) - Volatile.Read(in _head);

    /// <summary>Whether a datagram of that size would have room, or, if it is too large, any.</summary>
    internal readonly bool HasRoom(ulong length)
    {
        ulong size = ulong.Min(SizeOf(length, AddressMax), Limit);
        return Used + size <= Limit;
    }

    /// <summary>The writer: a fragment has arrived. It is taken whole or, for lack of room, not at all.</summary>
    internal static Arrival Write(DatagramRing* ring, reseau_fragment* fragment, out bool isTaken)
    {
        isTaken = false;
        ulong end = fragment->offset + fragment->length;
        if (end < fragment->offset || end > fragment->total || fragment->address_length > AddressMax)
            return Arrival.Invalid;
        if (fragment->length == 0 && fragment->total != 0)
            return Arrival.Invalid;
        if (fragment->total > ring->_limit || SizeOf(fragment->total, fragment->address_length) > ring->_limit)
            return Arrival.TooLarge;
        if (fragment->length == fragment->total)
            return WriteWhole(ring, fragment, out isTaken);

        Assembly* assembly = ring->_assemblies;
        while (assembly != null && assembly->Datagram != fragment->datagram)
            assembly = assembly->Next;
        return assembly == null
            ? WriteFirst(ring, fragment, out isTaken)
            : WriteNext(ring, assembly, fragment, out isTaken);
    }

    /// <summary>The writer: the rest of a datagram will not come.</summary>
    internal static bool Abandon(DatagramRing* ring, ulong datagram)
    {
        for (Assembly** link = &ring->_assemblies; *link != null; link = &(*link)->Next)
        {
            if ((*link)->Datagram != datagram)
                continue;
            Volatile.Write(ref At(ring, (*link)->Position)->State, (int)RecordState.Done);
            RemoveAssembly(ring, link);
            return true;
        }

        return false;
    }

    /// <summary>The reader: whether there is a datagram to take.</summary>
    internal static bool HasNext(DatagramRing* ring) => Find(ring, out _);

    /// <summary>The reader: its length; false if there is none.</summary>
    internal static bool NextLength(DatagramRing* ring, out ulong length)
    {
        bool isThere = Find(ring, out ulong position);
        length = isThere ? At(ring, position)->Total : 0;
        return isThere;
    }

    /// <summary>The reader: copies bytes of the next datagram, as many as it has; how many.</summary>
    internal static ulong Peek(DatagramRing* ring, ulong offset, void* into, ulong length)
    {
        if (!Find(ring, out ulong position))
            return 0;

        Record* record = At(ring, position);
        ulong count = offset >= record->Total ? 0 : ulong.Min(length, record->Total - offset);
        if (count > 0)
            ring->_memory.Get(Data(position, record->AddressLength) + offset, into, count);
        return count;
    }

    /// <summary>The reader: copies the address of the next datagram's sender; its whole length.</summary>
    internal static uint PeekAddress(DatagramRing* ring, void* into, uint length)
    {
        if (!Find(ring, out ulong position))
            return 0;

        uint whole = At(ring, position)->AddressLength;
        ring->_memory.Get(position + Alignment, into, uint.Min(length, whole));
        return whole;
    }

    /// <summary>The reader: drops the next datagram.</summary>
    internal static void Take(DatagramRing* ring)
    {
        if (!Find(ring, out ulong position))
            return;

        At(ring, position)->State = (int)RecordState.Done;
        ring->_taken++;
        Reclaim(ring);
    }

    /// <summary>The reader: room of what is done at the head is free again.</summary>
    internal static void Reclaim(DatagramRing* ring)
    {
        ulong head = ring->_head;
        ulong tail = Volatile.Read(in ring->_tail);
        while (head != tail && Volatile.Read(in At(ring, head)->State) == (int)RecordState.Done)
            head += At(ring, head)->Size;
        Volatile.Write(ref ring->_head, head);
    }

    /// <summary>Both ends at once: another limit. What is there stays, also if it is more than that.</summary>
    internal static void Resize(DatagramRing* ring, ulong limit)
    {
        if (ring->_memory.IsAllocated && limit > ring->_memory.Capacity)
        {
            RingMemory larger;
            RingMemory.Allocate(&larger, limit);
            RingMemory.Move(&ring->_memory, &larger, ring->_head, ring->Used);
            RingMemory.Free(&ring->_memory);
            ring->_memory = larger;
        }

        Volatile.Write(ref ring->_limit, limit);
    }

    private static Arrival WriteWhole(DatagramRing* ring, reseau_fragment* fragment, out bool isTaken)
    {
        isTaken = false;
        for (Assembly* assembly = ring->_assemblies; assembly != null; assembly = assembly->Next)
        {
            if (assembly->Datagram == fragment->datagram)
                return Arrival.Overlap;
        }

        if (!Reserve(ring, fragment, out ulong position))
            return Arrival.Taken;

        isTaken = true;
        ring->_memory.Put(Data(position, fragment->address_length), fragment->data, fragment->length);
        At(ring, position)->State = (int)RecordState.Complete;
        ring->_completed++;
        Volatile.Write(ref ring->_tail, position + At(ring, position)->Size);
        return Arrival.Taken;
    }

    private static Arrival WriteFirst(DatagramRing* ring, reseau_fragment* fragment, out bool isTaken)
    {
        isTaken = false;
        if (WasCompleted(ring, fragment->datagram))
            return Arrival.Duplicate;
        if (ring->_assemblyCount == AssembliesMax)
            return Arrival.TooMany;
        if (!Reserve(ring, fragment, out ulong position))
            return Arrival.Taken;

        Assembly* assembly = Common.Allocator.New<Assembly>(Common.Allocator.Default());
        assembly->Position = position;
        assembly->Datagram = fragment->datagram;
        assembly->Next = ring->_assemblies;
        ring->_assemblies = assembly;
        ring->_assemblyCount++;
        Volatile.Write(ref ring->_tail, position + At(ring, position)->Size);
        return WriteNext(ring, assembly, fragment, out isTaken);
    }

    private static Arrival WriteNext(
        DatagramRing* ring, Assembly* assembly, reseau_fragment* fragment, out bool isTaken)
    {
        isTaken = false;
        Record* record = At(ring, assembly->Position);
        if (record->Total != fragment->total || !HasAddressOf(ring, assembly->Position, fragment))
            return Arrival.Invalid;

        Arrival arrival = assembly->Arrived.Add(fragment->offset, fragment->offset + fragment->length);
        if (arrival != Arrival.Taken)
            return arrival;

        isTaken = true;
        ulong data = Data(assembly->Position, record->AddressLength);
        ring->_memory.Put(data + fragment->offset, fragment->data, fragment->length);
        if (assembly->Arrived.FirstStart == 0 && assembly->Arrived.FirstEnd == record->Total)
            Complete(ring, assembly, record);
        return Arrival.Taken;
    }

    private static void Complete(DatagramRing* ring, Assembly* assembly, Record* record)
    {
        Assembly** link = &ring->_assemblies;
        while (*link != assembly)
            link = &(*link)->Next;
        RemoveAssembly(ring, link);
        Volatile.Write(ref record->State, (int)RecordState.Complete);
        Volatile.Write(ref ring->_completed, ring->_completed + 1);
    }

    // A record at the tail, which the reader does not see before the tail is moved.
    private static bool Reserve(DatagramRing* ring, reseau_fragment* fragment, out ulong position)
    {
        position = ring->_tail;
        if (ring->Used + SizeOf(fragment->total, fragment->address_length) > ring->_limit)
            return false;

        if (!ring->_memory.IsAllocated)
            RingMemory.Allocate(&ring->_memory, ring->_limit);
        Record* record = At(ring, position);
        record->State = (int)RecordState.Filling;
        record->AddressLength = fragment->address_length;
        record->Total = fragment->total;
        record->Datagram = fragment->datagram;
        ring->_memory.Put(position + Alignment, fragment->address, fragment->address_length);
        return true;
    }

    // A fragment that comes again after its datagram was completed, for as long as the record is there.
    private static bool WasCompleted(DatagramRing* ring, ulong datagram)
    {
        ulong tail = ring->_tail;
        for (ulong at = Volatile.Read(in ring->_head); at != tail; at += At(ring, at)->Size)
        {
            Record* record = At(ring, at);
            if (record->Datagram == datagram && Volatile.Read(in record->State) == (int)RecordState.Complete)
                return true;
        }

        return false;
    }

    private static bool HasAddressOf(DatagramRing* ring, ulong position, reseau_fragment* fragment)
    {
        if (At(ring, position)->AddressLength != fragment->address_length)
            return false;

        byte* address = stackalloc byte[(int)AddressMax];
        ring->_memory.Get(position + Alignment, address, fragment->address_length);
        for (uint i = 0; i < fragment->address_length; i++)
        {
            if (address[i] != ((byte*)fragment->address)[i])
                return false;
        }

        return true;
    }

    private static bool Find(DatagramRing* ring, out ulong position)
    {
        position = ring->_head;
        if (Volatile.Read(in ring->_completed) == ring->_taken)
            return false;

        ulong tail = Volatile.Read(in ring->_tail);
        for (; position != tail; position += At(ring, position)->Size)
        {
            RecordState state = (RecordState)Volatile.Read(in At(ring, position)->State);
            if (state == RecordState.Complete)
                return true;
            if (state == RecordState.Filling && ring->_isOrdered)
                return false;
        }

        return false;
    }

    private static void RemoveAssembly(DatagramRing* ring, Assembly** link)
    {
        Assembly* assembly = *link;
        *link = assembly->Next;
        ring->_assemblyCount--;
        Common.Allocator.Release(Common.Allocator.Default(), assembly);
    }

    private static Record* At(DatagramRing* ring, ulong position) => (Record*)ring->_memory.At(position);

    private static ulong Data(ulong position, uint addressLength) => position + Alignment + addressLength;

    private static ulong SizeOf(ulong total, uint addressLength) =>
        (Alignment + addressLength + total + Alignment - 1) & ~(Alignment - 1);
}
