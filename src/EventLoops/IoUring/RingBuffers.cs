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

    private const uint Count = 1024;
    private const uint RingSize = Count * 16;

    private io_uring_buf* _ring;
    private byte* _memory;
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
        return buffers->_memory + (nuint)id * Size;
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
        *buffers = default;
    }

    private static bool TryOpen(RingBuffers* buffers, Ring* ring)
    {
        if (buffers->_isRefused)
            return false;

        buffers->_ring = (io_uring_buf*)MapPages(RingSize);
        buffers->_memory = (byte*)MapPages(Count * Size);
        io_uring_buf_reg registration = new()
        {
            ring_addr = (ulong)buffers->_ring,
            ring_entries = Count,
            bgid = Group,
        };
        if (buffers->_ring == null || buffers->_memory == null ||
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
