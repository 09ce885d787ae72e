// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// An allocator for many small blocks. Blocks of up to 512 bytes are cut from pages of one size class each; a page goes
/// back to the system when its last block does. Larger blocks come from the allocator underneath.
/// </summary>
internal static unsafe class SmallBlockAllocator
{
    private const int ClassCount = 5;
    private const int SmallestBlock = 32;
    private const int LargestBlock = 512;

    [InlineArray(ClassCount)]
    private struct Classes
    {
        private BlockClass _first;
    }

    private struct State
    {
        internal aws_allocator Table;
        internal aws_allocator* Parent;
        internal bool IsShared;
        internal Classes Classes;
    }

    /// <summary>
    /// aws_small_block_allocator_new: without <paramref name="multi_threaded"/> it may be used by one thread at a time
    /// only.
    /// </summary>
    internal static aws_allocator* New(aws_allocator* allocator, bool multi_threaded)
    {
        if (!Allocator.IsValid(allocator))
            return (aws_allocator*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        State* state = Allocator.New<State>(allocator);
        state->Parent = allocator;
        state->IsShared = multi_threaded;
        state->Table = new aws_allocator
        {
            mem_acquire = &AcquireEntry,
            mem_release = &ReleaseEntry,
            mem_realloc = &ReallocEntry,
            mem_calloc = &CallocEntry,
            impl = state,
        };
        for (int i = 0; i < ClassCount; i++)
            BlockClass.Init(ClassAt(state, i), (nuint)(SmallestBlock << i), multi_threaded);

        return &state->Table;
    }

    /// <summary>aws_small_block_allocator_destroy: all blocks must be back; NULL is fine.</summary>
    internal static void Destroy(aws_allocator* sba_allocator)
    {
        if (sba_allocator == null || sba_allocator->impl == null)
            return;

        State* state = (State*)sba_allocator->impl;
        for (int i = 0; i < ClassCount; i++)
            BlockClass.CleanUp(ClassAt(state, i));
        Allocator.Release(state->Parent, state);
    }

    /// <summary>
    /// aws_small_block_allocator_bytes_active: bytes of small blocks in use, each as large as its class.
    /// </summary>
    internal static nuint BytesActive(aws_allocator* sba_allocator)
    {
        State* state = StateOf(sba_allocator);
        nuint bytes = 0;
        for (int i = 0; i < ClassCount; i++)
            bytes += BlockClass.BytesActive(ClassAt(state, i));
        return bytes;
    }

    /// <summary>aws_small_block_allocator_bytes_reserved: bytes of all pages.</summary>
    internal static nuint BytesReserved(aws_allocator* sba_allocator)
    {
        State* state = StateOf(sba_allocator);
        nuint bytes = 0;
        for (int i = 0; i < ClassCount; i++)
            bytes += BlockClass.BytesReserved(ClassAt(state, i));
        return bytes;
    }

    /// <summary>aws_small_block_allocator_page_size</summary>
    internal static nuint PageSize(aws_allocator* sba_allocator) => BlockPage.Size;

    /// <summary>aws_small_block_allocator_page_size_available: what a page has for blocks.</summary>
    internal static nuint PageSizeAvailable(aws_allocator* sba_allocator) => BlockPage.Size - (nuint)sizeof(BlockPage);

    private static State* StateOf(aws_allocator* allocator)
    {
        if (allocator == null || allocator->impl == null)
            Fatal.Stop("a function of small block allocators was called with another allocator"u8);

        return (State*)allocator->impl;
    }

    private static BlockClass* ClassAt(State* state, int index) => (BlockClass*)&state->Classes + index;

    private static BlockClass* ClassFor(State* state, nuint size)
    {
        nuint rounded = BitOperations.RoundUpToPowerOf2(Math.Max(size, SmallestBlock));
        return ClassAt(state, BitOperations.Log2(rounded / SmallestBlock));
    }

    private static void* Acquire(State* state, nuint size) => size <= LargestBlock
        ? BlockClass.Acquire(ClassFor(state, size))
        : Allocator.Acquire(state->Parent, size);

    private static void Release(State* state, void* block)
    {
        if (block == null)
            return;

        BlockPage* page = BlockPage.Of(block);
        if (BlockPage.IsOurs(page))
            BlockClass.Release(page, block);
        else
            Allocator.Release(state->Parent, block);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* AcquireEntry(aws_allocator* allocator, nuint size) => Acquire((State*)allocator->impl, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseEntry(aws_allocator* allocator, void* block) =>
        Release((State*)allocator->impl, block);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* ReallocEntry(aws_allocator* allocator, void* block, nuint oldSize, nuint newSize)
    {
        State* state = (State*)allocator->impl;
        if (oldSize > LargestBlock && newSize > LargestBlock)
        {
            Allocator.Realloc(state->Parent, &block, oldSize, newSize);
            return block;
        }

        if (newSize == 0)
        {
            Release(state, block);
            return null;
        }

        if (oldSize >= newSize)
            return block;

        void* grown = Acquire(state, newSize);
        if (block != null)
        {
            NativeMemory.Copy(block, grown, oldSize);
            Release(state, block);
        }

        return grown;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* CallocEntry(aws_allocator* allocator, nuint count, nuint size)
    {
        void* block = Acquire((State*)allocator->impl, count * size);
        NativeMemory.Clear(block, count * size);
        return block;
    }
}
