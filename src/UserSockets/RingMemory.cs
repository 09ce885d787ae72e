// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets;

/// <summary>
/// The memory of a ring. Positions count from the beginning of time and are never taken back, so that the two ends need
/// no more than one number each; where a position lies is its remainder. The capacity is a power of two.
/// </summary>
internal unsafe struct RingMemory
{
    private byte* _data;
    private ulong _mask;

    internal readonly bool IsAllocated => _data != null;

    internal readonly ulong Capacity => _data == null ? 0 : _mask + 1;

    /// <summary>Room for at least so many bytes.</summary>
    internal static void Allocate(RingMemory* ring, ulong size)
    {
        ulong capacity = BitOperations.RoundUpToPowerOf2(ulong.Max(size, 64));
        ring->_data = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), (nuint)capacity);
        ring->_mask = capacity - 1;
    }

    /// <summary>Over memory of somebody else's, whose size is a power of two; it is not freed.</summary>
    internal static RingMemory Over(byte* data, ulong size) => new() { _data = data, _mask = size - 1 };

    internal static void Free(RingMemory* ring)
    {
        Common.Allocator.Release(Common.Allocator.Default(), ring->_data);
        *ring = default;
    }

    /// <summary>Where a position lies, for what never crosses the end.</summary>
    internal readonly byte* At(ulong position) => _data + (position & _mask);

    internal readonly void Put(ulong position, void* from, ulong length)
    {
        ulong part = ulong.Min(length, Capacity - (position & _mask));
        NativeMemory.Copy(from, At(position), (nuint)part);
        if (part < length)
            NativeMemory.Copy((byte*)from + part, _data, (nuint)(length - part));
    }

    internal readonly void Get(ulong position, void* into, ulong length)
    {
        ulong part = ulong.Min(length, Capacity - (position & _mask));
        NativeMemory.Copy(At(position), into, (nuint)part);
        if (part < length)
            NativeMemory.Copy(_data, (byte*)into + part, (nuint)(length - part));
    }

    /// <summary>Copies what lies at a range of positions to the same positions of another ring.</summary>
    internal static void Move(RingMemory* from, RingMemory* to, ulong position, ulong length)
    {
        while (length > 0)
        {
            ulong part = ulong.Min(length, from->Capacity - (position & from->_mask));
            to->Put(position, from->At(position), part);
            position += part;
            length -= part;
        }
    }
}
