// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// Lends pieces of one block of memory, which must come back in the order in which they were lent. One thread may
/// acquire while another one releases.
/// </summary>
internal static unsafe class RingBuffer
{
    /// <summary>aws_ring_buffer_init</summary>
    internal static int Init(aws_ring_buffer* ring_buf, aws_allocator* allocator, nuint size)
    {
        if (ring_buf == null || allocator == null || size == 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* memory = (byte*)Allocator.Acquire(allocator, size);
        ring_buf->allocator = allocator;
        ring_buf->allocation = memory;
        ring_buf->allocation_end = memory + size;
        SetHead(ring_buf, memory);
        SetTail(ring_buf, memory);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_ring_buffer_clean_up: a second call does nothing.</summary>
    internal static void CleanUp(aws_ring_buffer* ring_buf)
    {
        if (ring_buf == null)
            return;

        if (ring_buf->allocation != null)
            Allocator.Release(ring_buf->allocator, ring_buf->allocation);
        *ring_buf = default;
    }

    /// <summary>aws_ring_buffer_acquire: lends this many bytes in one piece; AWS_ERROR_OOM if there is none.</summary>
    internal static int Acquire(aws_ring_buffer* ring_buf, nuint requested_size, aws_byte_buf* dest) =>
        AcquireUpTo(ring_buf, requested_size, requested_size, dest);

    /// <summary>
    /// aws_ring_buffer_acquire_up_to: lends as many bytes as wanted or, if there is no such piece, at least the
    /// minimum.
    /// </summary>
    internal static int AcquireUpTo(
        aws_ring_buffer* ring_buf,
        nuint minimum_size,
        nuint requested_size,
        aws_byte_buf* dest)
    {
        if (ring_buf == null || dest == null || minimum_size == 0 || requested_size < minimum_size)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* start = ring_buf->allocation;
        byte* end = ring_buf->allocation_end;
        byte* tail = (byte*)Volatile.Read(ref Tail(ring_buf));
        byte* head = (byte*)Volatile.Read(ref Head(ring_buf));

        if (head == tail)
        {
            // Nothing is lent, so nobody else moves the tail.
            nuint size = Math.Min((nuint)(end - start), requested_size);
            if (size < minimum_size)
                return Errors.Raise(AWS_ERROR_OOM);

            SetHead(ring_buf, start + size);
            SetTail(ring_buf, start);
            *dest = ByteBuf.FromEmptyArray(start, size);
            return AWS_OP_SUCCESS;
        }

        // A piece in front of the tail stays one byte short of it: head and tail in one place mean that nothing is
        // lent.
        nuint behindHead = tail > head ? (nuint)(tail - head - 1) : (nuint)(end - head);
        nuint atStart = tail > head ? 0 : (nuint)(tail - start - (tail > start ? 1 : 0));
        bool fitsBehindHead = behindHead >= requested_size;
        bool fitsAtStart = atStart >= requested_size;
        bool useHead = fitsBehindHead || (!fitsAtStart && behindHead >= minimum_size && behindHead > atStart);

        nuint available = Math.Min(useHead ? behindHead : atStart, requested_size);
        if (available < minimum_size)
            return Errors.Raise(AWS_ERROR_OOM);

        byte* piece = useHead ? head : start;
        SetHead(ring_buf, piece + available);
        *dest = ByteBuf.FromEmptyArray(piece, available);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_ring_buffer_release: takes the oldest piece back; another buffer is left alone.</summary>
    internal static void Release(aws_ring_buffer* ring_buffer, aws_byte_buf* buf)
    {
        if (!BufBelongsToPool(ring_buffer, buf))
            return;

        byte* end = buf->buffer + buf->capacity;
        *buf = default;
        SetTail(ring_buffer, end);
    }

    /// <summary>aws_ring_buffer_buf_belongs_to_pool</summary>
    internal static bool BufBelongsToPool(aws_ring_buffer* ring_buffer, aws_byte_buf* buf) =>
        ring_buffer != null && buf != null && buf->buffer != null && ring_buffer->allocation != null &&
        buf->buffer >= ring_buffer->allocation && buf->buffer + buf->capacity <= ring_buffer->allocation_end;

    private static ref nint Head(aws_ring_buffer* ring) => ref *(nint*)&ring->head.value;

    private static ref nint Tail(aws_ring_buffer* ring) => ref *(nint*)&ring->tail.value;

    private static void SetHead(aws_ring_buffer* ring, byte* position) =>
        Volatile.Write(ref Head(ring), (nint)position);

    private static void SetTail(aws_ring_buffer* ring, byte* position) =>
        Volatile.Write(ref Tail(ring), (nint)position);
}
