// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/lifo_cache.h&gt;.</summary>
public static unsafe class Exports_common_lifo_cache
{
    [UnmanagedCallersOnly(EntryPoint = "aws_cache_new_lifo", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_cache* aws_cache_new_lifo(aws_allocator* allocator, aws_hash_fn hash_fn, aws_hash_callback_eq_fn equals_fn, aws_hash_callback_destroy_fn destroy_key_fn, aws_hash_callback_destroy_fn destroy_value_fn, nuint max_items) => OrderedCache.NewLifo(allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, max_items);
}
