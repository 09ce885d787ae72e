// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/allocator.h&gt;.</summary>
public static unsafe class Exports_common_allocator
{
    [UnmanagedCallersOnly(EntryPoint = "aws_allocator_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_allocator_is_valid(aws_allocator* alloc) => Allocator.IsValid(alloc);

    [UnmanagedCallersOnly(EntryPoint = "aws_default_allocator", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_default_allocator() => Allocator.Default();

    [UnmanagedCallersOnly(EntryPoint = "aws_aligned_allocator", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_aligned_allocator() => Allocator.Aligned();

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_mem_acquire(aws_allocator* allocator, nuint size) => Allocator.Acquire(allocator, size);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_calloc", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_mem_calloc(aws_allocator* allocator, nuint num, nuint size) => Allocator.Calloc(allocator, num, size);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_mem_release(aws_allocator* allocator, void* ptr) => Allocator.Release(allocator, ptr);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_realloc", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_mem_realloc(aws_allocator* allocator, void** ptr, nuint oldsize, nuint newsize) => Allocator.Realloc(allocator, ptr, oldsize, newsize);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_tracer_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_mem_tracer_new(aws_allocator* allocator, aws_allocator* deprecated, aws_mem_trace_level level, nuint frames_per_stack) => MemTracer.New(allocator, deprecated, level, frames_per_stack);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_tracer_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_mem_tracer_destroy(aws_allocator* trace_allocator) => MemTracer.Destroy(trace_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_tracer_dump", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_mem_tracer_dump(aws_allocator* trace_allocator) => MemTracer.Dump(trace_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_tracer_bytes", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_mem_tracer_bytes(aws_allocator* trace_allocator) => MemTracer.Bytes(trace_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_mem_tracer_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_mem_tracer_count(aws_allocator* trace_allocator) => MemTracer.Count(trace_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_small_block_allocator_new(aws_allocator* allocator, bool multi_threaded) => SmallBlockAllocator.New(allocator, multi_threaded);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_small_block_allocator_destroy(aws_allocator* sba_allocator) => SmallBlockAllocator.Destroy(sba_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_bytes_active", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_small_block_allocator_bytes_active(aws_allocator* sba_allocator) => SmallBlockAllocator.BytesActive(sba_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_bytes_reserved", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_small_block_allocator_bytes_reserved(aws_allocator* sba_allocator) => SmallBlockAllocator.BytesReserved(sba_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_page_size", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_small_block_allocator_page_size(aws_allocator* sba_allocator) => SmallBlockAllocator.PageSize(sba_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_small_block_allocator_page_size_available", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_small_block_allocator_page_size_available(aws_allocator* sba_allocator) => SmallBlockAllocator.PageSizeAvailable(sba_allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_explicit_aligned_allocator_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_allocator* aws_explicit_aligned_allocator_new(nuint alignment) => AlignedAllocator.New(alignment);

    [UnmanagedCallersOnly(EntryPoint = "aws_explicit_aligned_allocator_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_explicit_aligned_allocator_destroy(aws_allocator* aligned_alloc) => AlignedAllocator.Destroy(aligned_alloc);
}
