// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// Buffers that a ring's kernel takes for what comes in, so that a silent connection holds none. They are for small
/// messages, which are copied out soon; made when the first is needed. Owner only.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingBuffers
{
    /// <summary>Bytes of one buffer.</summary>
    internal const uint Size = 1024;

    /// <summary>The group by which operations name them.</summary>
    internal const ushort Group = 1;

    /// <summary>No buffer: the end of a list.</summary>
    internal const ushort None = ushort.MaxValue;

    private const uint Count = 1024;
    private const uint RingSize = Count * 16;
    private const uint LinksSize = Count * 4;

    /// <summary>Of a buffer that is taken and waits behind another: its bytes, and the one behind it.</summary>
    private struct Link
    {
        internal ushort Length;
        internal ushort Next;
    }

    private io_uring_buf* _ring;
    private byte* _memory;
    private Link* _links;
    private ushort _tail;
    private bool _isRefused;

    /// <summary>Buffers that have been taken and not returned.</summary>
    private uint _taken;

    /// <summary>Whether the kernel is likely to find one.</summary>
    internal static bool AreThere(RingBuffers* buffers, Ring* ring) =>
        (buffers->_ring != null || TryOpen(buffers, ring)) && buffers->_taken < Count;

    /// <summary>A completion names it. It is the caller's until it is returned.</summary>
    internal static byte* Take(RingBuffers* buffers, uint flags, out ushort id)
    {
        buffers->_taken++;
        id = (ushort)(flags >> IORING_CQE_BUFFER_SHIFT);
        return AddressOf(buffers, id);
    }

    internal static byte* AddressOf(RingBuffers* buffers, ushort id) => buffers->_memory + (nuint)id * Size;

    /// <summary>Puts a taken buffer with so many bytes at the end of a list, of which that is the last one.</summary>
    internal static void Append(RingBuffers* buffers, ushort last, ushort id, uint length)
    {
        buffers->_links[id] = new Link { Length = (ushort)length, Next = None };
        if (last != None)
            buffers->_links[last].Next = id;
    }

    /// <summary>Bytes of a buffer in a list, and the next one or None.</summary>
    internal static uint InList(RingBuffers* buffers, ushort id, out ushort next)
    {
        next = buffers->_links[id].Next;
        return buffers->_links[id].Length;
    }

    internal static void Return(RingBuffers* buffers, ushort id)
    {
        buffers->_taken--;
        Add(buffers, id);
        Publish(buffers);
    }

    /// <summary>No operation is under way. Buffers that are taken go, too.</summary>
    internal static void Close(RingBuffers* buffers)
    {
        Unmap(buffers->_ring, RingSize);
        Unmap(buffers->_memory, Count * Size);
        Unmap(buffers->_links, LinksSize);
        *buffers = default;
    }

    private static bool TryOpen(RingBuffers* buffers, Ring* ring)
    {
        if (buffers->_isRefused)
            return false;

        buffers->_ring = (io_uring_buf*)MapPages(RingSize);
        buffers->_memory = (byte*)MapPages(Count * Size);
        buffers->_links = (Link*)MapPages(LinksSize);
        io_uring_buf_reg registration = new()
        {
            ring_addr = (ulong)buffers->_ring,
            ring_entries = Count,
            bgid = Group,
        };
        if (buffers->_ring == null || buffers->_memory == null || buffers->_links == null ||
            Register(Ring.DescriptorOf(ring), IORING_REGISTER_PBUF_RING, &registration, 1) != 0)
        {
            Close(buffers);
            buffers->_isRefused = true;
            return false;
        }

        for (ushort id = 0; id < Count; id++)
            Add(buffers, id);
        Publish(buffers);
        return true;
    }

    private static void Add(RingBuffers* buffers, ushort id)
    {
        io_uring_buf* buffer = &buffers->_ring[buffers->_tail++ % Count];
        buffer->addr = (ulong)(buffers->_memory + (nuint)id * Size);
        buffer->len = Size;
        buffer->bid = id;
    }

    private static void Publish(RingBuffers* buffers) => Volatile.Write(ref buffers->_ring->resv, buffers->_tail);
}
