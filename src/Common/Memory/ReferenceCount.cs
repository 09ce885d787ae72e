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

    /// <summary>True for whoever gave up the last one, and has to free the struct.</summary>
    internal bool Release() => Interlocked.Decrement(ref _count) == 0;
}
