// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tests.DataPath;

/// <summary>
/// What the current thread has allocated on the managed heap. A thread takes room for small objects 8 KB at a time. When
/// another thread's allocations start a collection, the runtime counts what was left of that room as allocated, although
/// nobody has: so a measurement begins with a collection of its own, after which the thread has no room left.
/// </summary>
internal static class ManagedBytes
{
    /// <summary>The account at the beginning of a measurement, within which only what is measured may allocate.</summary>
    internal static long Begin()
    {
        GC.Collect(0);
        return GC.GetAllocatedBytesForCurrentThread();
    }

    internal static long Since(long beginning) => GC.GetAllocatedBytesForCurrentThread() - beginning;
}
