// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/ring_buffer.h&gt;.</summary>
public static unsafe class Exports_common_ring_buffer
{
    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_ring_buffer_init(aws_ring_buffer* ring_buf, aws_allocator* allocator, nuint size) => RingBuffer.Init(ring_buf, allocator, size);

    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_ring_buffer_clean_up(aws_ring_buffer* ring_buf) => RingBuffer.CleanUp(ring_buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_ring_buffer_acquire(aws_ring_buffer* ring_buf, nuint requested_size, aws_byte_buf* dest) => RingBuffer.Acquire(ring_buf, requested_size, dest);

    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_acquire_up_to", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_ring_buffer_acquire_up_to(aws_ring_buffer* ring_buf, nuint minimum_size, nuint requested_size, aws_byte_buf* dest) => RingBuffer.AcquireUpTo(ring_buf, minimum_size, requested_size, dest);

    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_ring_buffer_release(aws_ring_buffer* ring_buffer, aws_byte_buf* buf) => RingBuffer.Release(ring_buffer, buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_ring_buffer_buf_belongs_to_pool", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_ring_buffer_buf_belongs_to_pool(aws_ring_buffer* ring_buffer, aws_byte_buf* buf) => RingBuffer.BufBelongsToPool(ring_buffer, buf);
}
