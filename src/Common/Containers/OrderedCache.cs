// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// The three kinds of caches. Each is a linked hash table, and what is dropped is found by its order: the element put
/// first, the one put last before the new one, or the one not used for the longest time.
/// </summary>
internal static unsafe class OrderedCache
{
    /// <summary>
    /// What only the last kind can do is found through its impl, also by another aws-c-common in the process.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct LruFunctions
    {
        internal delegate* unmanaged[Cdecl]<aws_cache*, void*> UseLruElement;
        internal delegate* unmanaged[Cdecl]<aws_cache*, void*> GetMruElement;
    }

    private static nint s_fifoTable;
    private static nint s_lifoTable;
    private static nint s_lruTable;
    private static nint s_lruFunctions;

    /// <summary>aws_cache_new_fifo: the destroy functions may be NULL; the caller destroys the cache.</summary>
    internal static aws_cache* NewFifo(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items) =>
        New(
            allocator,
            hash_fn,
            equals_fn,
            destroy_key_fn,
            destroy_value_fn,
            max_items,
            Table(ref s_fifoTable, &PutDroppingFirst, &FindEntry));

    /// <summary>aws_cache_new_lifo: as <see cref="NewFifo"/>.</summary>
    internal static aws_cache* NewLifo(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items) =>
        New(
            allocator,
            hash_fn,
            equals_fn,
            destroy_key_fn,
            destroy_value_fn,
            max_items,
            Table(ref s_lifoTable, &PutDroppingLast, &FindEntry));

    /// <summary>aws_cache_new_lru: as <see cref="NewFifo"/>.</summary>
    internal static aws_cache* NewLru(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items)
    {
        aws_cache* cache = New(
            allocator,
            hash_fn,
            equals_fn,
            destroy_key_fn,
            destroy_value_fn,
            max_items,
            Table(ref s_lruTable, &PutDroppingFirst, &FindAsUseEntry));
        if (cache != null)
            cache->impl = OfLru;

        return cache;
    }

    /// <summary>aws_lru_cache_use_lru_element: counts as a use; NULL if the cache is empty.</summary>
    internal static void* UseLruElement(aws_cache* cache) =>
        cache == null || cache->impl == null ? null : ((LruFunctions*)cache->impl)->UseLruElement(cache);

    /// <summary>aws_lru_cache_get_mru_element: does not count as a use; NULL if the cache is empty.</summary>
    internal static void* GetMruElement(aws_cache* cache) =>
        cache == null || cache->impl == null ? null : ((LruFunctions*)cache->impl)->GetMruElement(cache);

    private static LruFunctions* OfLru => s_lruFunctions != 0
        ? (LruFunctions*)s_lruFunctions
        : StaticMemory.Publish(
            ref s_lruFunctions,
            new LruFunctions { UseLruElement = &UseLruElementEntry, GetMruElement = &GetMruElementEntry });

    private static aws_cache_vtable* Table(
        ref nint slot,
        delegate* unmanaged[Cdecl]<aws_cache*, void*, void*, int> put,
        delegate* unmanaged[Cdecl]<aws_cache*, void*, void**, int> find)
    {
        nint table = slot;
        if (table != 0)
            return (aws_cache_vtable*)table;

        aws_cache_vtable functions = new()
        {
            destroy = &DestroyEntry,
            find = find,
            put = put,
            remove = &RemoveEntry,
            clear = &ClearEntry,
            get_element_count = &GetElementCountEntry,
        };
        return StaticMemory.Publish(ref slot, functions);
    }

    private static aws_cache* New(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items,
        aws_cache_vtable* vtable)
    {
        if (allocator == null || max_items == 0)
            return (aws_cache*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        aws_cache* cache = Allocator.New<aws_cache>(allocator);
        cache->allocator = allocator;
        cache->vtable = vtable;
        cache->max_items = max_items;
        if (LinkedHashTable.Init(
                &cache->table, allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, max_items) ==
            AWS_OP_SUCCESS)
            return cache;

        Allocator.Release(allocator, cache);
        return null;
    }

    /// <summary>Puts an element; true if there is one too many now.</summary>
    private static bool PutMakesOverfull(aws_cache* cache, void* key, void* value, out int result)
    {
        result = LinkedHashTable.Put(&cache->table, key, value);
        return result == AWS_OP_SUCCESS && LinkedHashTable.GetElementCount(&cache->table) > cache->max_items;
    }

    private static int Drop(aws_cache* cache, aws_linked_list_node* node) =>
        LinkedHashTable.Remove(&cache->table, ((aws_linked_hash_table_node*)node)->key);

    // A used element of the last kind moves to the back, so that the front is what has not been used for longest.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PutDroppingFirst(aws_cache* cache, void* key, void* value) =>
        PutMakesOverfull(cache, key, value, out int result)
            ? Drop(cache, LinkedList.Front(&cache->table.list))
            : result;

    // There are at least two: the new one and one more.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PutDroppingLast(aws_cache* cache, void* key, void* value) =>
        PutMakesOverfull(cache, key, value, out int result)
            ? Drop(cache, LinkedList.Back(&cache->table.list)->prev)
            : result;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* UseLruElementEntry(aws_cache* cache)
    {
        if (LinkedList.IsEmpty(&cache->table.list))
            return null;

        aws_linked_hash_table_node* node = (aws_linked_hash_table_node*)LinkedList.Front(&cache->table.list);
        LinkedHashTable.MoveNodeToEndOfList(&cache->table, node);
        return node->value;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* GetMruElementEntry(aws_cache* cache) =>
        LinkedList.IsEmpty(&cache->table.list)
            ? null
            : ((aws_linked_hash_table_node*)LinkedList.Back(&cache->table.list))->value;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DestroyEntry(aws_cache* cache)
    {
        LinkedHashTable.CleanUp(&cache->table);
        Allocator.Release(cache->allocator, cache);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FindEntry(aws_cache* cache, void* key, void** value) =>
        LinkedHashTable.Find(&cache->table, key, value);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FindAsUseEntry(aws_cache* cache, void* key, void** value) =>
        LinkedHashTable.FindAndMoveToBack(&cache->table, key, value);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RemoveEntry(aws_cache* cache, void* key) => LinkedHashTable.Remove(&cache->table, key);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ClearEntry(aws_cache* cache) => LinkedHashTable.Clear(&cache->table);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint GetElementCountEntry(aws_cache* cache) => LinkedHashTable.GetElementCount(&cache->table);
}
