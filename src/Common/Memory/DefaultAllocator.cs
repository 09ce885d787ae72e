// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// The allocator over the C heap. Its entry points are what C code sees; managed callers that hold this allocator skip
/// the way through the function pointer.
/// </summary>
internal static unsafe class DefaultAllocator
{
    private static nint s_instance;

    internal static aws_allocator* Instance
    {
        get
        {
            nint instance = s_instance;
            return instance != 0 ? (aws_allocator*)instance : Create();
        }
    }

    internal static bool Owns(delegate* unmanaged[Cdecl]<aws_allocator*, nuint, void*> acquire) =>
        (void*)acquire == (delegate* unmanaged[Cdecl]<aws_allocator*, nuint, void*>)&AcquireEntry;

    internal static bool Owns(delegate* unmanaged[Cdecl]<aws_allocator*, void*, void> release) =>
        (void*)release == (delegate* unmanaged[Cdecl]<aws_allocator*, void*, void>)&ReleaseEntry;

    internal static bool Owns(delegate* unmanaged[Cdecl]<aws_allocator*, nuint, nuint, void*> calloc) =>
        (void*)calloc == (delegate* unmanaged[Cdecl]<aws_allocator*, nuint, nuint, void*>)&CallocEntry;

    internal static void* Acquire(nuint size)
    {
        void* block = Platform.Heap.Allocate(size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    private static void* Realloc(void* block, nuint oldSize, nuint newSize)
    {
        if (newSize == 0)
            Fatal.Stop("a block cannot be resized to nothing"u8);
        if (newSize <= oldSize)
            return block;

        void* grown = Platform.Heap.Reallocate(block, newSize);
        if (grown == null)
            Fatal.OutOfMemory();

        return grown;
    }

    internal static void* Calloc(nuint count, nuint size)
    {
        void* block = Platform.Heap.AllocateZeroed(count, size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    private static aws_allocator* Create() => StaticMemory.Publish(ref s_instance, new aws_allocator
    {
        mem_acquire = &AcquireEntry,
        mem_release = &ReleaseEntry,
        mem_realloc = &ReallocEntry,
        mem_calloc = &CallocEntry,
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* AcquireEntry(aws_allocator* allocator, nuint size) => Acquire(size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseEntry(aws_allocator* allocator, void* block) => Platform.Heap.Free(block);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* ReallocEntry(aws_allocator* allocator, void* block, nuint oldSize, nuint newSize) =>
        Realloc(block, oldSize, newSize);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* CallocEntry(aws_allocator* allocator, nuint count, nuint size) => Calloc(count, size);
}
