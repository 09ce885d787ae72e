// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// How many own a struct of ours that holds this; any thread may change it. What C sees is an aws_ref_count:
/// <see cref="AwsRefCount"/>.
/// </summary>
internal struct ReferenceCount
{
    private int _count;

    /// <summary>The maker's own reference.</summary>
    internal static ReferenceCount One => new() { _count = 1 };

    /// <summary>Only for whoever has a reference already.</summary>
    internal void Acquire() => Interlocked.Increment(ref _count);

    /// <summary>For who has none, but knows that the memory stays meanwhile. False if the last one is gone.</summary>
    internal bool TryAcquire()
    {
        int count = Volatile.Read(ref _count);
        while (count != 0)
        {
            int seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
                return true;
            count = seen;
        }

        return false;
    }

    /// <summary>True for whoever gave up the last one, and has to free the struct.</summary>
    internal bool Release() => Interlocked.Decrement(ref _count) == 0;
}
