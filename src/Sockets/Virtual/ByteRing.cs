// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>Bytes on their way, so many at most. Zero until <see cref="Init"/>.</summary>
internal unsafe struct ByteRing
{
    private byte* _data;
    private nuint _capacity;
    private nuint _start;

    internal nuint Count { get; private set; }

    internal readonly nuint Room => _capacity - Count;

    internal static void Init(ByteRing* ring, aws_allocator* allocator, nuint capacity)
    {
        ring->_data = (byte*)Allocator.Acquire(allocator, capacity);
        ring->_capacity = capacity;
    }

    internal static void CleanUp(ByteRing* ring, aws_allocator* allocator)
    {
        if (ring->_data != null)
            Allocator.Release(allocator, ring->_data);
        *ring = default;
    }

    internal static void Clear(ByteRing* ring) => ring->Count = 0;

    /// <summary>Adds as many of the bytes as there is room for; how many.</summary>
    internal static nuint Add(ByteRing* ring, byte* data, nuint length)
    {
        nuint added = nuint.Min(length, ring->Room);
        for (nuint left = added; left > 0;)
        {
            nuint end = (ring->_start + ring->Count) % ring->_capacity;
            nuint part = nuint.Min(left, ring->_capacity - end);
            NativeMemory.Copy(data, ring->_data + end, part);
            ring->Count += part;
            data += part;
            left -= part;
        }

        return added;
    }

    /// <summary>Takes the oldest bytes, so many at most; how many.</summary>
    internal static nuint Take(ByteRing* ring, byte* into, nuint length)
    {
        nuint taken = nuint.Min(length, ring->Count);
        for (nuint left = taken; left > 0;)
        {
            nuint part = nuint.Min(left, ring->_capacity - ring->_start);
            NativeMemory.Copy(ring->_data + ring->_start, into, part);
            Drop(ring, part);
            into += part;
            left -= part;
        }

        return taken;
    }

    /// <summary>Moves as many bytes from one to the other as there is room for; how many.</summary>
    internal static nuint Move(ByteRing* from, ByteRing* to)
    {
        nuint moved = 0;
        while (from->Count > 0 && to->Room > 0)
        {
            nuint part = nuint.Min(from->Count, from->_capacity - from->_start);
            nuint added = Add(to, from->_data + from->_start, part);
            Drop(from, added);
            moved += added;
        }

        return moved;
    }

    private static void Drop(ByteRing* ring, nuint length)
    {
        ring->_start = (ring->_start + length) % ring->_capacity;
        ring->Count -= length;
    }
}
