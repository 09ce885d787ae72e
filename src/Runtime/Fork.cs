// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Interop;

namespace Reseau.Native.Runtime;

/// <summary>
/// Distinguishes a process that came out of fork from its parent. Only the thread that forked goes on in the child, so
/// whatever has a thread, and shares descriptors with its original, remembers the <see cref="Count"/> when it is made:
/// if that is another number now, the object is the parent's, and nobody may wait for it here.
/// </summary>
internal static unsafe class Fork
{
    private static int* s_count;

    /// <summary>How many forks lie between the loading of the library and this process.</summary>
    internal static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_count == null ? 0 : *s_count;
    }

    /// <summary>Once, before anything is made.</summary>
    internal static void Watch() => s_count = Shim.reseau_forks();
}
