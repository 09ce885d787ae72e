// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/cache.h&gt;.</summary>
public static unsafe class Exports_common_cache
{
    [UnmanagedCallersOnly(EntryPoint = "aws_cache_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_cache_destroy(aws_cache* cache) => Cache.Destroy(cache);

    [UnmanagedCallersOnly(EntryPoint = "aws_cache_find", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_cache_find(aws_cache* cache, void* key, void** p_value) => Cache.Find(cache, key, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_cache_put", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_cache_put(aws_cache* cache, void* key, void* p_value) => Cache.Put(cache, key, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_cache_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_cache_remove(aws_cache* cache, void* key) => Cache.Remove(cache, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_cache_clear", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_cache_clear(aws_cache* cache) => Cache.Clear(cache);

    [UnmanagedCallersOnly(EntryPoint = "aws_cache_get_element_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_cache_get_element_count(aws_cache* cache) => Cache.GetElementCount(cache);
}
