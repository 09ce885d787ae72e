// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// Memory with a fixed address that lives as long as the process: vtables, locks, tables. It is made on first use,
/// without a lock. A static initializer would take one of the runtime's: a fork at that moment leaves a child that
/// waits for it.
/// </summary>
internal static unsafe class StaticMemory
{
    /// <summary>Zeroed memory for a table that <see cref="PublishBlock"/> will make known.</summary>
    internal static void* Allocate(nuint size)
    {
        void* block = Platform.Heap.AllocateZeroed(1, size);
        if (block == null)
            Fatal.OutOfMemory();

        return block;
    }

    /// <summary>What <paramref name="slot"/> has; on first use what <paramref name="make"/> returns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T* Get<T>(ref nint slot, delegate*<T> make) where T : unmanaged
    {
        nint made = Volatile.Read(ref slot);
        return made != 0 ? (T*)made : Publish(ref slot, make());
    }

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

    /// <summary>The same for a block from <see cref="Allocate(nuint)"/>; the loser's block is freed.</summary>
    internal static void* PublishBlock(ref nint slot, void* block)
    {
        nint first = Interlocked.CompareExchange(ref slot, (nint)block, 0);
        if (first == 0)
            return block;

        Platform.Heap.Free(block);
        return (void*)first;
    }
}
