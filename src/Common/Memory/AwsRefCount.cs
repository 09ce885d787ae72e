// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common.Memory;

/// <summary>Shared ownership: whoever gives up the last reference runs the destructor, on that thread.</summary>
internal static unsafe class AwsRefCount
{
    /// <summary>aws_ref_count_init: starts at one reference, the caller's.</summary>
    internal static void Init(aws_ref_count* ref_count, void* @object, aws_simple_completion_callback on_zero_fn)
    {
        if (ref_count == null)
            return;

        ref_count->@object = @object;
        ref_count->on_zero_fn = on_zero_fn;
        Volatile.Write(ref Count(ref_count), 1);
    }

    /// <summary>aws_ref_count_acquire: returns the object; only a holder of a reference may call it.</summary>
    internal static void* Acquire(aws_ref_count* ref_count)
    {
        if (ref_count == null)
            return null;

        Interlocked.Increment(ref Count(ref_count));
        return ref_count->@object;
    }

    /// <summary>
    /// aws_ref_count_release: returns how many references are left. After the last one the destructor has run and
    /// <paramref name="ref_count"/> may be gone.
    /// </summary>
    internal static nuint Release(aws_ref_count* ref_count)
    {
        if (ref_count == null)
            return 0;

        long left = Interlocked.Decrement(ref Count(ref_count));
        if (left < 0)
            Fatal.Stop("a reference was released more often than it was acquired"u8);
        if (left == 0 && ref_count->on_zero_fn != null)
            ref_count->on_zero_fn(ref_count->@object);

        return (nuint)left;
    }

    private static ref long Count(aws_ref_count* ref_count) => ref *(long*)&ref_count->ref_count.value;
}
