// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Containers;

/// <summary>
/// Walks through a hash table in no particular order. While it walks, the table may change only through
/// <see cref="Delete"/>. The element in the iterator is a copy.
/// </summary>
internal static unsafe class HashIterator
{
    /// <summary>aws_hash_iter_begin: at the first element, or done.</summary>
    internal static aws_hash_iter Begin(aws_hash_table* map)
    {
        aws_hash_iter iter = new() { map = map, status = AWS_HASH_ITER_STATUS_DONE };
        if (!HashTable.IsValid(map))
            return iter;

        iter.limit = HashTable.StateOf(map)->Capacity;
        GoTo(&iter, 0);
        return iter;
    }

    /// <summary>aws_hash_iter_done: true when there are no further elements.</summary>
    internal static bool Done(aws_hash_iter* iter) => iter == null || iter->slot == iter->limit;

    /// <summary>aws_hash_iter_next: also the step that follows a deletion.</summary>
    internal static void Next(aws_hash_iter* iter)
    {
        if (!Done(iter))
            GoTo(iter, iter->slot + 1);
    }

    /// <summary>
    /// aws_hash_iter_delete: takes the current element out, and destroys it if asked. Nothing but
    /// <see cref="Next"/> may follow.
    /// </summary>
    internal static void Delete(aws_hash_iter* iter, bool destroy_contents)
    {
        if (!IsValid(iter) || iter->status != AWS_HASH_ITER_STATUS_READY_FOR_USE)
            return;

        HashTableState* state = HashTable.StateOf(iter->map);
        HashSlot* slot = &HashTableState.Slots(state)[iter->slot];
        aws_hash_element element = slot->Element;
        nuint emptied = HashTableState.Remove(state, slot);

        // The gap went round the end of the table: an element that was visited already has come into the last place.
        if (emptied < iter->slot || emptied >= iter->limit)
            iter->limit--;

        // Whatever moved into this place comes next. Before the first slot stands the largest number, which is not the
        // limit, so that this is not the end.
        iter->slot--;
        iter->status = AWS_HASH_ITER_STATUS_DELETE_CALLED;
        if (destroy_contents)
            HashTableState.Destroy(state, element);
    }

    /// <summary>aws_hash_iter_is_valid</summary>
    internal static bool IsValid(aws_hash_iter* iter)
    {
        if (iter == null || !HashTable.IsValid(iter->map) || iter->limit > HashTable.StateOf(iter->map)->Capacity)
            return false;

        return iter->status switch
        {
            AWS_HASH_ITER_STATUS_DONE => iter->slot == iter->limit,
            AWS_HASH_ITER_STATUS_DELETE_CALLED => iter->slot < iter->limit || iter->slot == nuint.MaxValue,
            AWS_HASH_ITER_STATUS_READY_FOR_USE =>
                iter->slot < iter->limit && HashTableState.Slots(HashTable.StateOf(iter->map))[iter->slot].IsLive,
            _ => false,
        };
    }

    private static void GoTo(aws_hash_iter* iter, nuint start)
    {
        HashSlot* slots = HashTableState.Slots(HashTable.StateOf(iter->map));
        for (nuint i = start; i < iter->limit; i++)
        {
            if (!slots[i].IsLive)
                continue;

            iter->element = slots[i].Element;
            iter->slot = i;
            iter->status = AWS_HASH_ITER_STATUS_READY_FOR_USE;
            return;
        }

        iter->element = default;
        iter->slot = iter->limit;
        iter->status = AWS_HASH_ITER_STATUS_DONE;
    }
}
