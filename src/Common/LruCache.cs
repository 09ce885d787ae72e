// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>
/// A cache that drops the element that has not been used for the longest time. What only such a cache can do is found
/// through its impl, also by another aws-c-common in the process.
/// </summary>
internal static unsafe class LruCache
{
    [StructLayout(LayoutKind.Sequential)]
    private struct OwnFunctions
    {
        internal delegate* unmanaged[Cdecl]<aws_cache*, void*> UseLruElement;
        internal delegate* unmanaged[Cdecl]<aws_cache*, void*> GetMruElement;
    }

    private static nint s_table;
    private static nint s_ownFunctions;

    private static aws_cache_vtable* Table
    {
        get
        {
            nint table = s_table;
            if (table != 0)
                return (aws_cache_vtable*)table;

            aws_cache_vtable functions = Cache.BaseTable;
            functions.put = &PutEntry;
            functions.find = &FindEntry;
            return StaticMemory.Publish(ref s_table, functions);
        }
    }

    /// <summary>aws_cache_new_lru: the destroy functions may be NULL; the caller destroys the cache.</summary>
    internal static aws_cache* New(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items)
    {
        aws_cache* cache =
            Cache.New(allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, max_items, Table);
        if (cache != null)
            cache->impl = Own;

        return cache;
    }

    /// <summary>aws_lru_cache_use_lru_element: counts as a use; NULL if the cache is empty.</summary>
    internal static void* UseLruElement(aws_cache* cache) =>
        cache == null || cache->impl == null ? null : ((OwnFunctions*)cache->impl)->UseLruElement(cache);

    /// <summary>aws_lru_cache_get_mru_element: does not count as a use; NULL if the cache is empty.</summary>
    internal static void* GetMruElement(aws_cache* cache) =>
        cache == null || cache->impl == null ? null : ((OwnFunctions*)cache->impl)->GetMruElement(cache);

    private static OwnFunctions* Own => s_ownFunctions != 0
        ? (OwnFunctions*)s_ownFunctions
        : StaticMemory.Publish(
            ref s_ownFunctions,
            new OwnFunctions { UseLruElement = &UseLruElementEntry, GetMruElement = &GetMruElementEntry });

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
    private static int PutEntry(aws_cache* cache, void* key, void* value) => Cache.PutDroppingFront(cache, key, value);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FindEntry(aws_cache* cache, void* key, void** value) =>
        LinkedHashTable.FindAndMoveToBack(&cache->table, key, value);
}
