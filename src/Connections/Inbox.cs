// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>
/// What has come and nobody has consumed, in one piece. Used under its connection's lock. Only the loop's thread adds;
/// between <see cref="BeginFill"/> and <see cref="EndFill"/> it writes behind the content without the lock, and the
/// memory stays where it is. A silent connection has none. The memory is the inbox's own, or, while a callback looks at
/// it, lent by the loop.
/// </summary>
internal unsafe struct Inbox
{
    internal static readonly nuint NotFound = nuint.MaxValue;

    private const nuint MinCapacity = 2 * 1024;

    private byte* _memory;
    // No memory is so large: the highest bits say whether it is lent, whether something is being put, whether a
    // callback looks at it, and whether something has been taken out.
    private const ulong Lent = 1UL << 63;
    private const ulong Filling = 1UL << 62;
    private const ulong Looked = 1UL << 61;
    private const ulong Taken = 1UL << 60;
    private const ulong States = Lent | Filling | Looked | Taken;

    private ulong _capacityAndState;
    private nuint _start;
    private nuint _length;

    private nuint Capacity
    {
        readonly get => (nuint)(_capacityAndState & ~States);
        set => _capacityAndState = (_capacityAndState & States) | value;
    }

    /// <summary>A callback looks at the content, in the loop's memory.</summary>
    internal bool IsLent
    {
        readonly get => (_capacityAndState & Lent) != 0;
        private set => _capacityAndState = value ? _capacityAndState | Lent : _capacityAndState & ~Lent;
    }

    /// <summary>Between the two calls that add.</summary>
    internal bool IsFilling
    {
        readonly get => (_capacityAndState & Filling) != 0;
        private set => _capacityAndState = value ? _capacityAndState | Filling : _capacityAndState & ~Filling;
    }

    /// <summary>
    /// Between the two calls of who looks: the memory stays, whoever consumes or throws away the content (rule 338).
    /// </summary>
    internal bool IsLookedAt
    {
        readonly get => (_capacityAndState & Looked) != 0;
        private set => _capacityAndState = value ? _capacityAndState | Looked : _capacityAndState & ~Looked;
    }

    /// <summary>Something has been taken out: positions of before are no more. Whoever keeps one resets it.</summary>
    internal bool HasTaken
    {
        readonly get => (_capacityAndState & Taken) != 0;
        set => _capacityAndState = value ? _capacityAndState | Taken : _capacityAndState & ~Taken;
    }

    internal readonly byte* Data => _memory + _start;

    internal readonly nuint Length => _length;

    /// <summary>
    /// Where at least so many bytes can be put, and how many there is room for. <paramref name="lent"/>, if not NULL,
    /// is used when there is no content; it must stay until <see cref="KeepOwn"/>.
    /// </summary>
    internal static byte* BeginFill(Inbox* inbox, nuint size, byte* lent, nuint lentSize, out nuint room)
    {
        if (inbox->_length == 0 && lent != null)
        {
            Free(inbox);
            inbox->_memory = lent;
            inbox->Capacity = lentSize;
            inbox->IsLent = true;
        }
        else
        {
            MakeRoom(inbox, size);
        }

        inbox->IsFilling = true;
        room = inbox->Capacity - inbox->_start - inbox->_length;
        return inbox->Data + inbox->_length;
    }

    /// <summary>
    /// Bytes to look at where they are: there is no content, and they stay until <see cref="KeepOwn"/>.
    /// </summary>
    internal static void Lend(Inbox* inbox, byte* data, nuint length)
    {
        BeginFill(inbox, length, data, length, out _);
        EndFill(inbox, length);
    }

    /// <summary>So many bytes have been put there.</summary>
    internal static void EndFill(Inbox* inbox, nuint added)
    {
        inbox->IsFilling = false;
        inbox->_length += added;
        FreeIfEmpty(inbox);
    }

    internal static void BeginLook(Inbox* inbox) => inbox->IsLookedAt = true;

    internal static void EndLook(Inbox* inbox)
    {
        inbox->IsLookedAt = false;
        FreeIfEmpty(inbox);
    }

    /// <summary>What is left in lent memory is copied: the lender takes it back.</summary>
    internal static void KeepOwn(Inbox* inbox)
    {
        if (!inbox->IsLent)
            return;

        byte* data = inbox->Data;
        nuint length = inbox->_length;
        bool hasTaken = inbox->HasTaken;
        *inbox = default;
        inbox->HasTaken = hasTaken;
        if (length == 0)
            return;

        MakeRoom(inbox, length);
        NativeMemory.Copy(data, inbox->_memory, length);
        inbox->_length = length;
    }

    internal static void Consume(Inbox* inbox, nuint size)
    {
        size = nuint.Min(size, inbox->_length);
        inbox->_start += size;
        inbox->_length -= size;
        inbox->HasTaken |= size > 0;
        FreeIfEmpty(inbox);
    }

    /// <summary>Bytes that come before all others. Nothing is being put, and the memory is the inbox's own.</summary>
    internal static void PutBack(Inbox* inbox, byte* data, nuint length)
    {
        nuint whole = length + inbox->_length;
        nuint capacity = nuint.Max(whole, MinCapacity);
        byte* memory = (byte*)Allocator.Acquire(Allocator.Default(), capacity);
        NativeMemory.Copy(data, memory, length);
        NativeMemory.Copy(inbox->Data, memory + length, inbox->_length);
        Free(inbox);
        inbox->_memory = memory;
        inbox->Capacity = capacity;
        inbox->_length = whole;
    }

    /// <summary>Where the bytes begin, from there on; NotFound if they do not. There are some.</summary>
    internal static nuint Find(Inbox* inbox, nuint from, ReadOnlySpan<byte> bytes)
    {
        nuint last = (nuint)bytes.Length - 1;
        while (inbox->_length - from > last)
        {
            nuint looked = nuint.Min(inbox->_length - from, int.MaxValue);
            int found = new ReadOnlySpan<byte>(inbox->Data + from, (int)looked).IndexOf(bytes);
            if (found >= 0)
                return from + (nuint)found;

            // They may have begun.
            from += looked - last;
        }

        return NotFound;
    }

    /// <summary>Throws everything away. Nothing is being put.</summary>
    internal static void Clear(Inbox* inbox)
    {
        // With the end of the look, or with the connection.
        inbox->HasTaken = true;
        if (inbox->IsLookedAt && !inbox->IsLent)
        {
            inbox->_length = 0;
            return;
        }

        Free(inbox);
        *inbox = default;
        inbox->HasTaken = true;
    }

    /// <summary>All of it, with its memory, is the caller's from now on. Nothing is being put.</summary>
    internal static Inbox TakeAll(Inbox* inbox)
    {
        Inbox all = *inbox;
        *inbox = default;
        inbox->HasTaken = true;
        return all;
    }

    private static void FreeIfEmpty(Inbox* inbox)
    {
        if (inbox->_length == 0 && !inbox->IsFilling && !inbox->IsLent && !inbox->IsLookedAt)
            Clear(inbox);
    }

    private static void Free(Inbox* inbox)
    {
        if (!inbox->IsLent && inbox->_memory != null)
            Allocator.Release(Allocator.Default(), inbox->_memory);
        inbox->_memory = null;
        inbox->Capacity = 0;
        inbox->_start = 0;
    }

    private static void MakeRoom(Inbox* inbox, nuint size)
    {
        nuint needed = inbox->_length + size;
        if (inbox->Capacity - inbox->_start >= needed)
            return;

        // Moving little content costs less than a larger block.
        if (inbox->Capacity >= needed && inbox->_length <= inbox->Capacity / 2 && !inbox->IsLent)
        {
            Buffer.MemoryCopy(inbox->Data, inbox->_memory, inbox->Capacity, inbox->_length);
            inbox->_start = 0;
            return;
        }

        nuint capacity = nuint.Max(nuint.Max(needed, inbox->IsLent ? 0 : inbox->Capacity * 2), MinCapacity);
        byte* grown = (byte*)Allocator.Acquire(Allocator.Default(), capacity);
        NativeMemory.Copy(inbox->Data, grown, inbox->_length);
        nuint length = inbox->_length;
        Free(inbox);
        inbox->_memory = grown;
        inbox->Capacity = capacity;
        inbox->_length = length;
        inbox->IsLent = false;
    }
}
