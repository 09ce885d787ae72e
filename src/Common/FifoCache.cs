// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>A cache that drops the element that was put first.</summary>
internal static unsafe class FifoCache
{
    private static nint s_table;

    private static aws_cache_vtable* Table
    {
        get
        {
            nint table = s_table;
            if (table != 0)
                return (aws_cache_vtable*)table;

            aws_cache_vtable functions = Cache.BaseTable;
            functions.put = &PutEntry;
            return StaticMemory.Publish(ref s_table, functions);
        }
    }

    /// <summary>aws_cache_new_fifo: the destroy functions may be NULL; the caller destroys the cache.</summary>
    internal static aws_cache* New(
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint max_items) =>
        Cache.New(allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, max_items, Table);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PutEntry(aws_cache* cache, void* key, void* value) => Cache.PutDroppingFront(cache, key, value);
}
