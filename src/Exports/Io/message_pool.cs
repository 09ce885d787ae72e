// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/message_pool.h&gt;.</summary>
public static unsafe class Exports_io_message_pool
{
    [UnmanagedCallersOnly(EntryPoint = "aws_memory_pool_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_memory_pool_init(aws_memory_pool* mempool, aws_allocator* alloc, ushort ideal_segment_count, nuint segment_size) => MemoryPool.Init(mempool, alloc, ideal_segment_count, segment_size);

    [UnmanagedCallersOnly(EntryPoint = "aws_memory_pool_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_memory_pool_clean_up(aws_memory_pool* mempool) => MemoryPool.CleanUp(mempool);

    [UnmanagedCallersOnly(EntryPoint = "aws_memory_pool_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_memory_pool_acquire(aws_memory_pool* mempool) => MemoryPool.Acquire(mempool);

    [UnmanagedCallersOnly(EntryPoint = "aws_memory_pool_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_memory_pool_release(aws_memory_pool* mempool, void* to_release) => MemoryPool.Release(mempool, to_release);

    [UnmanagedCallersOnly(EntryPoint = "aws_message_pool_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_message_pool_init(aws_message_pool* msg_pool, aws_allocator* alloc, aws_message_pool_creation_args* args) => MessagePool.Init(msg_pool, alloc, args);

    [UnmanagedCallersOnly(EntryPoint = "aws_message_pool_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_message_pool_clean_up(aws_message_pool* msg_pool) => MessagePool.CleanUp(msg_pool);

    [UnmanagedCallersOnly(EntryPoint = "aws_message_pool_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_io_message* aws_message_pool_acquire(aws_message_pool* msg_pool, aws_io_message_type message_type, nuint size_hint) => MessagePool.Acquire(msg_pool, message_type, size_hint);

    [UnmanagedCallersOnly(EntryPoint = "aws_message_pool_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_message_pool_release(aws_message_pool* msg_pool, aws_io_message* message) => MessagePool.Release(msg_pool, message);
}
