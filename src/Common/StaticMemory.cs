// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Interop;

namespace Reseau.Native.Common;

/// <summary>
/// Native memory with the life of the process, for tables that C code keeps pointers to. It is made on first use, not
/// by a static constructor, and never given back.
/// </summary>
internal static unsafe class StaticMemory
{
    /// <summary>
    /// Puts a native copy of <paramref name="value"/> into <paramref name="slot"/> unless another thread was first, and
    /// returns the copy that is there now.
    /// </summary>
    internal static T* Publish<T>(ref nint slot, T value) where T : unmanaged
    {
        T* copy = (T*)Allocate((nuint)sizeof(T));
        *copy = value;
        return (T*)PublishBlock(ref slot, copy);
    }

    /// <summary>The same for a block from <see cref="Allocate"/>; the loser's block is freed.</summary>
    internal static void* PublishBlock(ref nint slot, void* block)
    {
        nint first = Interlocked.CompareExchange(ref slot, (nint)block, 0);
        if (first == 0)
            return block;

        Heap.Free(block);
        return (void*)first;
    }

    /// <summary>Cleared memory; the process stops when there is none.</summary>
    internal static void* Allocate(nuint size)
    {
        void* block = Heap.AllocateZeroed(1, size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }
}
