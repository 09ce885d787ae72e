// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>One place of a hash table. The element comes first: its address is the place's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HashSlot
{
    internal aws_hash_element Element;

    /// <summary>The key's hash; zero in an empty place, which no key's hash is.</summary>
    internal ulong Hash;

    internal readonly bool IsLive => Hash != 0;
}

/// <summary>
/// What a hash table points to: the functions of its user, then the slots in the same block of memory. Another
/// aws-c-common in the process may use a table of ours and we one of its, so the fields, the place of every element
/// and what each number means are ABI. An element is sought from its home, the slot that the low bits of its hash
/// name, onwards. On the way no slot holds an element nearer to its home than the sought one would be there, which
/// bounds the search; taking one out moves those behind it back by one, which keeps it so.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HashTableState
{
    private const nuint SmallestCapacity = 2;

    // The load factor of aws-c-common's tables.
    private const double UsualLoad = 0.95;

    // No hash is zero; what NULL and zero become is ABI too.
    private const ulong HashOfNull = 42;
    private const ulong HashForZero = 1;

    internal aws_hash_fn HashFn;
    internal aws_hash_callback_eq_fn EqualsFn;
    internal aws_hash_callback_destroy_fn DestroyKeyFn;
    internal aws_hash_callback_destroy_fn DestroyValueFn;
    internal aws_allocator* Allocator;

    /// <summary>A power of two.</summary>
    internal nuint Capacity;
    internal nuint Count;

    /// <summary>The table grows rather than hold more; always less than the capacity, so that searches end.</summary>
    internal nuint MaxCount;

    /// <summary>One less than the capacity.</summary>
    internal nuint Mask;

    /// <summary>What <see cref="MaxCount"/> is computed from when the table grows.</summary>
    internal double MaxLoad;

    internal static HashSlot* Slots(HashTableState* state) => (HashSlot*)(state + 1);

    /// <summary>
    /// An empty table of at least <paramref name="size"/> slots, or NULL with the error raised.
    /// </summary>
    internal static HashTableState* New(in HashTableState functions, nuint size)
    {
        nuint capacity = SmallestCapacity;
        while (capacity < size)
        {
            if (!CheckedMath.TryAdd(capacity, capacity, out capacity))
                return null;
        }

        if (!CheckedMath.TryMultiply(capacity, (nuint)sizeof(HashSlot), out nuint slotsSize) ||
            !CheckedMath.TryAdd(slotsSize, (nuint)sizeof(HashTableState), out nuint blockSize))
            return null;

        HashTableState* state = (HashTableState*)Common.Allocator.Calloc(functions.Allocator, 1, blockSize);
        if (state == null)
            return null;

        *state = functions;
        if (state->MaxLoad == 0)
            state->MaxLoad = UsualLoad;
        state->Count = 0;
        state->Capacity = capacity;
        state->Mask = capacity - 1;
        state->MaxCount = (nuint)(state->MaxLoad * capacity);
        if (state->MaxCount > state->Mask)
            state->MaxCount = state->Mask;
        return state;
    }

    internal static ulong HashOf(HashTableState* state, void* key)
    {
        // The user's function need not know NULL.
        if (key == null)
            return HashOfNull;

        ulong hash = state->HashFn(key);
        return hash != 0 ? hash : HashForZero;
    }

    /// <summary>The key's slot, or NULL.</summary>
    internal static HashSlot* Find(HashTableState* state, void* key, ulong hash)
    {
        HashSlot* slots = Slots(state);
        nuint index = (nuint)hash & state->Mask;
        for (nuint distance = 0; ; distance++, index = (index + 1) & state->Mask)
        {
            HashSlot* slot = &slots[index];
            if (slot->Hash == hash && KeysEqual(state, key, slot->Element.key))
                return slot;

            if (!slot->IsLive || Distance(state, index) < distance)
                return null;
        }
    }

    /// <summary>
    /// Puts in a key that is not there, with a NULL value; there must be room. Elements nearer to their home give way.
    /// </summary>
    internal static HashSlot* Insert(HashTableState* state, void* key, ulong hash)
    {
        HashSlot entry = new() { Element = new aws_hash_element { key = key }, Hash = hash };
        HashSlot* place = Place(state, entry);
        state->Count++;
        return place;
    }

    /// <summary>A table of twice the size with all elements, or NULL with the error raised.</summary>
    internal static HashTableState* Grown(HashTableState* state)
    {
        if (!CheckedMath.TryAdd(state->Capacity, state->Capacity, out nuint capacity))
            return null;

        HashTableState* grown = New(*state, capacity);
        if (grown == null)
            return null;

        for (nuint i = 0; i < state->Capacity; i++)
        {
            HashSlot* slot = &Slots(state)[i];
            if (slot->IsLive)
                Place(grown, *slot);
        }

        grown->Count = state->Count;
        return grown;
    }

    /// <summary>
    /// Takes the element out; the user's functions are not called. Returns the slot that has become empty: the same, or
    /// one further on, round the end of the table.
    /// </summary>
    internal static nuint Remove(HashTableState* state, HashSlot* slot)
    {
        HashSlot* slots = Slots(state);
        nuint index = (nuint)(slot - slots);
        while (true)
        {
            nuint next = (index + 1) & state->Mask;
            if (!slots[next].IsLive || Distance(state, next) == 0)
                break;

            slots[index] = slots[next];
            index = next;
        }

        slots[index] = default;
        state->Count--;
        return index;
    }

    internal static void Destroy(HashTableState* state, aws_hash_element element)
    {
        if (state->DestroyKeyFn != null)
            state->DestroyKeyFn(element.key);
        if (state->DestroyValueFn != null)
            state->DestroyValueFn(element.value);
    }

    private static HashSlot* Place(HashTableState* state, HashSlot entry)
    {
        HashSlot* slots = Slots(state);
        HashSlot* place = null;
        nuint index = (nuint)entry.Hash & state->Mask;
        for (nuint distance = 0; ; distance++, index = (index + 1) & state->Mask)
        {
            HashSlot* slot = &slots[index];
            nuint presentDistance = slot->IsLive ? Distance(state, index) : 0;
            if (slot->IsLive && presentDistance >= distance)
                continue;

            // What is new stays here; whatever was here is carried on to a place of its own.
            if (place == null)
                place = slot;
            HashSlot displaced = *slot;
            *slot = entry;
            if (!displaced.IsLive)
                return place;

            entry = displaced;
            distance = presentDistance;
        }
    }

    /// <summary>How far the element in a slot is from its home.</summary>
    private static nuint Distance(HashTableState* state, nuint index) =>
        (index - (nuint)Slots(state)[index].Hash) & state->Mask;

    private static bool KeysEqual(HashTableState* state, void* a, void* b) =>
        a == b || (a != null && b != null && state->EqualsFn(a, b));
}
