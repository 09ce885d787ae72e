// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/lru_cache.h&gt;.</summary>
public static unsafe class Exports_common_lru_cache
{
    [UnmanagedCallersOnly(EntryPoint = "aws_cache_new_lru", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_cache* aws_cache_new_lru(aws_allocator* allocator, aws_hash_fn hash_fn, aws_hash_callback_eq_fn equals_fn, aws_hash_callback_destroy_fn destroy_key_fn, aws_hash_callback_destroy_fn destroy_value_fn, nuint max_items) => OrderedCache.NewLru(allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, max_items);

    [UnmanagedCallersOnly(EntryPoint = "aws_lru_cache_use_lru_element", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_lru_cache_use_lru_element(aws_cache* cache) => OrderedCache.UseLruElement(cache);

    [UnmanagedCallersOnly(EntryPoint = "aws_lru_cache_get_mru_element", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_lru_cache_get_mru_element(aws_cache* cache) => OrderedCache.GetMruElement(cache);
}
