// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>
/// Maps with a largest size: putting one element too many drops another one. Every function goes through the cache's
/// table of functions, and none is safe against concurrent use of one cache.
/// </summary>
internal static unsafe class Cache
{
    /// <summary>aws_cache_destroy: destroys all elements; NULL is fine.</summary>
    internal static void Destroy(aws_cache* cache)
    {
        if (cache != null)
            cache->vtable->destroy(cache);
    }

    /// <summary>aws_cache_find: succeeds also without a match, with a NULL value.</summary>
    internal static int Find(aws_cache* cache, void* key, void** p_value) =>
        cache == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : cache->vtable->find(cache, key, p_value);

    /// <summary>aws_cache_put: what is replaced or dropped is destroyed.</summary>
    internal static int Put(aws_cache* cache, void* key, void* p_value) =>
        cache == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : cache->vtable->put(cache, key, p_value);

    /// <summary>aws_cache_remove: destroys the element; succeeds also if there is none.</summary>
    internal static int Remove(aws_cache* cache, void* key) =>
        cache == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : cache->vtable->remove(cache, key);

    /// <summary>aws_cache_clear: destroys all elements.</summary>
    internal static void Clear(aws_cache* cache)
    {
        if (cache != null)
            cache->vtable->clear(cache);
    }

    /// <summary>aws_cache_get_element_count</summary>
    internal static nuint GetElementCount(aws_cache* cache) =>
        cache == null ? 0 : cache->vtable->get_element_count(cache);

    /// <summary>A cache with the given functions, or NULL with the error raised.</summary>
    internal static aws_cache* New(
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

    /// <summary>What all kinds of caches have in common; each adds how it puts.</summary>
    internal static aws_cache_vtable BaseTable => new()
    {
        destroy = &DestroyEntry,
        find = &FindEntry,
        remove = &RemoveEntry,
        clear = &ClearEntry,
        get_element_count = &GetElementCountEntry,
    };

    /// <summary>Puts an element; true if there is one too many now.</summary>
    internal static bool PutMakesOverfull(aws_cache* cache, void* key, void* value, out int result)
    {
        result = LinkedHashTable.Put(&cache->table, key, value);
        return result == AWS_OP_SUCCESS && LinkedHashTable.GetElementCount(&cache->table) > cache->max_items;
    }

    internal static int Drop(aws_cache* cache, aws_linked_list_node* node) =>
        LinkedHashTable.Remove(&cache->table, ((aws_linked_hash_table_node*)node)->key);

    /// <summary>Puts an element and drops the one at the front of the order when there are too many.</summary>
    internal static int PutDroppingFront(aws_cache* cache, void* key, void* value) =>
        PutMakesOverfull(cache, key, value, out int result)
            ? Drop(cache, LinkedList.Front(&cache->table.list))
            : result;

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
    private static int RemoveEntry(aws_cache* cache, void* key) => LinkedHashTable.Remove(&cache->table, key);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ClearEntry(aws_cache* cache) => LinkedHashTable.Clear(&cache->table);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint GetElementCountEntry(aws_cache* cache) => LinkedHashTable.GetElementCount(&cache->table);
}
