// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// Maps from a pointer to a pointer, with the user's hash, equality and destroy functions; NULL is a key too. No
/// function is safe against concurrent use of one table, and the user's functions may not use the table they serve.
/// </summary>
internal static unsafe class HashTable
{
    /// <summary>
    /// aws_hash_table_init: an empty table of at least <paramref name="size"/> slots, which grows. The destroy
    /// functions may be NULL.
    /// </summary>
    internal static int Init(
        aws_hash_table* map,
        aws_allocator* alloc,
        nuint size,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn)
    {
        if (map == null || alloc == null || hash_fn == null || equals_fn == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState functions = new()
        {
            Allocator = alloc,
            HashFn = hash_fn,
            EqualsFn = equals_fn,
            DestroyKeyFn = destroy_key_fn,
            DestroyValueFn = destroy_value_fn,
        };
        HashTableState* state = HashTableState.New(functions, size);
        if (state == null)
            return AWS_OP_ERR;

        map->p_impl = (hash_table_state*)state;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_hash_table_clean_up: destroys all elements; a second call does nothing.</summary>
    internal static void CleanUp(aws_hash_table* map)
    {
        if (!IsValid(map))
            return;

        HashTableState* state = StateOf(map);
        Clear(map);
        map->p_impl = null;
        Allocator.Release(state->Allocator, state);
    }

    /// <summary>aws_hash_table_swap</summary>
    internal static void Swap(aws_hash_table* a, aws_hash_table* b)
    {
        if (a != null && b != null)
            (*a, *b) = (*b, *a);
    }

    /// <summary>aws_hash_table_move: <paramref name="from"/> is then as after its clean-up.</summary>
    internal static void Move(aws_hash_table* to, aws_hash_table* from)
    {
        if (to == null || from == null || to == from)
            return;

        *to = *from;
        *from = default;
    }

    /// <summary>aws_hash_table_get_entry_count</summary>
    internal static nuint GetEntryCount(aws_hash_table* map) => IsValid(map) ? StateOf(map)->Count : 0;

    /// <summary>
    /// aws_hash_table_find: succeeds also without a match, with NULL for the element, which else stays valid until the
    /// table changes.
    /// </summary>
    internal static int Find(aws_hash_table* map, void* key, aws_hash_element** p_elem)
    {
        if (p_elem == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *p_elem = null;
        if (!IsValid(map))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState* state = StateOf(map);
        *p_elem = (aws_hash_element*)HashTableState.Find(state, key, HashTableState.HashOf(state, key));
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_create: the key's element, a new one with a NULL value if there was none. Both out parameters may
    /// be NULL.
    /// </summary>
    internal static int Create(aws_hash_table* map, void* key, aws_hash_element** p_elem, int* was_created)
    {
        if (!IsValid(map))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState* state = StateOf(map);
        ulong hash = HashTableState.HashOf(state, key);
        HashSlot* slot = HashTableState.Find(state, key, hash);
        bool isNew = slot == null;
        if (isNew)
        {
            slot = Insert(map, key, hash);
            if (slot == null)
                return AWS_OP_ERR;
        }

        if (p_elem != null)
            *p_elem = &slot->Element;
        if (was_created != null)
            *was_created = isNew ? 1 : 0;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_put: sets key and value; those they replace are destroyed, the key only if it is another pointer.
    /// </summary>
    internal static int Put(aws_hash_table* map, void* key, void* value, int* was_created)
    {
        aws_hash_element* element;
        int isNew;
        if (Create(map, key, &element, &isNew) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_hash_element old = *element;
        element->key = key;
        element->value = value;
        if (was_created != null)
            *was_created = isNew;
        if (isNew != 0)
            return AWS_OP_SUCCESS;

        HashTableState* state = StateOf(map);
        if (old.key != key && state->DestroyKeyFn != null)
            state->DestroyKeyFn(old.key);
        if (state->DestroyValueFn != null)
            state->DestroyValueFn(old.value);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_remove: succeeds also if there is no such key. The element goes to the caller who asks for it,
    /// else it is destroyed.
    /// </summary>
    internal static int Remove(aws_hash_table* map, void* key, aws_hash_element* p_value, int* was_present)
    {
        if (!IsValid(map))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState* state = StateOf(map);
        HashSlot* slot = HashTableState.Find(state, key, HashTableState.HashOf(state, key));
        if (was_present != null)
            *was_present = slot != null ? 1 : 0;
        if (slot == null)
            return AWS_OP_SUCCESS;

        aws_hash_element element = slot->Element;
        HashTableState.Remove(state, slot);
        if (p_value != null)
            *p_value = element;
        else
            HashTableState.Destroy(state, element);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_remove_element: takes out an element that <see cref="Find"/> or <see cref="Create"/> returned; it
    /// is not destroyed.
    /// </summary>
    internal static int RemoveElement(aws_hash_table* map, aws_hash_element* p_value)
    {
        if (!IsValid(map) || p_value == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState* state = StateOf(map);
        HashSlot* slots = HashTableState.Slots(state);
        HashSlot* slot = (HashSlot*)p_value;
        if (slot < slots || slot >= slots + state->Capacity || !slot->IsLive)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HashTableState.Remove(state, slot);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_foreach: the callback's flags say whether to go on and whether to take the element out, without
    /// destroying it. The error flag ends the walk with the callback's error, AWS_ERROR_UNKNOWN if it raised none.
    /// </summary>
    internal static int Foreach(
        aws_hash_table* map,
        delegate* unmanaged[Cdecl]<void*, aws_hash_element*, int> callback,
        void* context)
    {
        if (!IsValid(map) || callback == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        for (aws_hash_iter iter = HashIterator.Begin(map); !HashIterator.Done(&iter); HashIterator.Next(&iter))
        {
            int flags = callback(context, &iter.element);
            if ((flags & AWS_COMMON_HASH_TABLE_ITER_ERROR) != 0)
            {
                if (Errors.LastError() == AWS_ERROR_SUCCESS)
                    Errors.Raise(AWS_ERROR_UNKNOWN);
                return AWS_OP_ERR;
            }

            if ((flags & AWS_COMMON_HASH_TABLE_ITER_DELETE) != 0)
                HashIterator.Delete(&iter, destroy_contents: false);
            if ((flags & AWS_COMMON_HASH_TABLE_ITER_CONTINUE) == 0)
                break;
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hash_table_eq: the same keys with equal values; both tables must agree on what equal keys are.
    /// </summary>
    internal static bool Eq(aws_hash_table* a, aws_hash_table* b, aws_hash_callback_eq_fn value_eq)
    {
        if (!IsValid(a) || !IsValid(b) || value_eq == null || GetEntryCount(a) != GetEntryCount(b))
            return false;

        for (aws_hash_iter iter = HashIterator.Begin(a); !HashIterator.Done(&iter); HashIterator.Next(&iter))
        {
            aws_hash_element* other;
            Find(b, iter.element.key, &other);
            if (other == null || !ValuesEqual(iter.element.value, other->value, value_eq))
                return false;
        }

        return true;
    }

    /// <summary>aws_hash_table_clear: destroys all elements; the memory stays.</summary>
    internal static void Clear(aws_hash_table* map)
    {
        if (!IsValid(map))
            return;

        HashTableState* state = StateOf(map);
        HashSlot* slots = HashTableState.Slots(state);
        if (state->DestroyKeyFn != null || state->DestroyValueFn != null)
        {
            for (nuint i = 0; i < state->Capacity; i++)
            {
                if (slots[i].IsLive)
                    HashTableState.Destroy(state, slots[i].Element);
            }
        }

        NativeMemory.Clear(slots, state->Capacity * (nuint)sizeof(HashSlot));
        state->Count = 0;
    }

    /// <summary>aws_hash_table_is_valid</summary>
    internal static bool IsValid(aws_hash_table* map) => map != null && map->p_impl != null;

    internal static HashTableState* StateOf(aws_hash_table* map) => (HashTableState*)map->p_impl;

    private static HashSlot* Insert(aws_hash_table* map, void* key, ulong hash)
    {
        HashTableState* state = StateOf(map);
        if (state->Count + 1 > state->MaxCount)
        {
            HashTableState* grown = HashTableState.Grown(state);
            if (grown == null)
                return null;

            map->p_impl = (hash_table_state*)grown;
            Allocator.Release(state->Allocator, state);
            state = grown;
        }

        return HashTableState.Insert(state, key, hash);
    }

    private static bool ValuesEqual(void* a, void* b, aws_hash_callback_eq_fn value_eq) =>
        a == b || (a != null && b != null && value_eq(a, b));
}
