// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace Reseau.Native.Common;

/// <summary>One place of a hash table. The element comes first: its address is the place's.</summary>
internal struct HashSlot
{
    internal const ulong Empty = 0;
    internal const ulong Deleted = 1;

    internal aws_hash_element Element;

    /// <summary>The key's hash, or one of the two marks, which no key's hash is.</summary>
    internal ulong Hash;

    internal readonly bool IsLive => Hash > Deleted;
}

/// <summary>
/// What a hash table points to: the functions of its user, then the slots in the same block of memory. Elements are
/// found by linear probing and never move except when the table is rebuilt, so that an iterator can delete as it goes.
/// </summary>
internal unsafe struct HashTableState
{
    private const nuint SmallestCapacity = 4;

    internal aws_allocator* Allocator;
    internal aws_hash_fn HashFn;
    internal aws_hash_callback_eq_fn EqualsFn;
    internal aws_hash_callback_destroy_fn DestroyKeyFn;
    internal aws_hash_callback_destroy_fn DestroyValueFn;

    /// <summary>A power of two.</summary>
    internal nuint Capacity;
    internal nuint LiveCount;

    /// <summary>Slots that are not empty: what bounds the length of a search.</summary>
    internal nuint UsedCount;

    internal static HashSlot* Slots(HashTableState* state) => (HashSlot*)(state + 1);

    /// <summary>How many slots may be used: three quarters.</summary>
    private static nuint MostUsed(nuint capacity) => capacity - capacity / 4;

    /// <summary>
    /// An empty table with room for <paramref name="count"/> elements, or NULL with the error raised.
    /// </summary>
    internal static HashTableState* New(in HashTableState functions, nuint count)
    {
        if (!TryFindCapacity(count, out nuint capacity) ||
            !CheckedMath.TryMultiply(capacity, (nuint)sizeof(HashSlot), out nuint slotsSize) ||
            !CheckedMath.TryAdd(slotsSize, (nuint)sizeof(HashTableState), out nuint size))
            return null;

        HashTableState* state = (HashTableState*)Common.Allocator.Calloc(functions.Allocator, 1, size);
        *state = functions;
        state->Capacity = capacity;
        state->LiveCount = state->UsedCount = 0;
        return state;
    }

    internal static ulong HashOf(HashTableState* state, void* key)
    {
        // NULL is a key like any other, but the user's function need not know that.
        ulong hash = key == null ? 0 : state->HashFn(key);
        return hash > HashSlot.Deleted ? hash : hash + 2;
    }

    /// <summary>The key's slot, or NULL; then <paramref name="free"/> is where it would go.</summary>
    internal static HashSlot* Find(HashTableState* state, void* key, ulong hash, out HashSlot* free)
    {
        HashSlot* slots = Slots(state);
        nuint mask = state->Capacity - 1;
        free = null;
        for (nuint i = Home(hash, state->Capacity); ; i = (i + 1) & mask)
        {
            HashSlot* slot = &slots[i];
            if (slot->Hash == hash && KeysEqual(state, key, slot->Element.key))
                return slot;

            if (!slot->IsLive && free == null)
                free = slot;
            if (slot->Hash == HashSlot.Empty)
                return null;
        }
    }

    internal static bool MustGrow(HashTableState* state) => state->UsedCount + 1 > MostUsed(state->Capacity);

    /// <summary>A larger table with all elements, or one of the same size without the traces of deleted ones.</summary>
    internal static HashTableState* Rebuilt(HashTableState* state)
    {
        if (!CheckedMath.TryAdd(state->LiveCount, state->LiveCount, out nuint room))
            return null;

        HashTableState* rebuilt = New(*state, room + 1);
        if (rebuilt == null)
            return null;

        nuint mask = rebuilt->Capacity - 1;
        for (nuint i = 0; i < state->Capacity; i++)
        {
            HashSlot* slot = &Slots(state)[i];
            if (!slot->IsLive)
                continue;

            nuint target = Home(slot->Hash, rebuilt->Capacity);
            while (Slots(rebuilt)[target].Hash != HashSlot.Empty)
                target = (target + 1) & mask;
            Slots(rebuilt)[target] = *slot;
        }

        rebuilt->LiveCount = rebuilt->UsedCount = state->LiveCount;
        return rebuilt;
    }

    /// <summary>Takes the element out; the user's functions are not called.</summary>
    internal static void Remove(HashTableState* state, HashSlot* slot)
    {
        HashSlot* slots = Slots(state);
        nuint mask = state->Capacity - 1;
        nuint index = (nuint)(slot - slots);
        state->LiveCount--;
        slot->Element = default;
        slot->Hash = HashSlot.Deleted;

        // A mark is needed only where a search may have to go on; before an empty slot none does.
        if (slots[(index + 1) & mask].Hash != HashSlot.Empty)
            return;

        for (; slots[index].Hash == HashSlot.Deleted; index = (index - 1) & mask)
        {
            slots[index].Hash = HashSlot.Empty;
            state->UsedCount--;
        }
    }

    internal static void Destroy(HashTableState* state, aws_hash_element element)
    {
        if (state->DestroyKeyFn != null)
            state->DestroyKeyFn(element.key);
        if (state->DestroyValueFn != null)
            state->DestroyValueFn(element.value);
    }

    private static bool KeysEqual(HashTableState* state, void* a, void* b) =>
        a == b || (a != null && b != null && state->EqualsFn(a, b));

    private static nuint Home(ulong hash, nuint capacity)
    {
        // A user's hash may be the key itself: the multiplication spreads it, and its best bits are the top ones.
        ulong spread = hash * 0x9E37_79B9_7F4A_7C15;
        return (nuint)(spread >> (64 - BitOperations.Log2(capacity)));
    }

    private static bool TryFindCapacity(nuint count, out nuint capacity)
    {
        capacity = SmallestCapacity;
        while (MostUsed(capacity) < count)
        {
            if (!CheckedMath.TryAdd(capacity, capacity, out capacity))
                return false;
        }

        return true;
    }
}
