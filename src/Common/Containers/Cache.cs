// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Containers;

/// <summary>
/// Maps with a largest size: putting one element too many drops another one. Every function goes through the cache's
/// table of functions, and none is safe against concurrent use of one cache. <see cref="OrderedCache"/> makes them.
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
}
