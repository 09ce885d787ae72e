// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Darwin;

/// <summary>The kernel's random numbers.</summary>
internal static unsafe class Randomness
{
    [DllImport("libc")]
    private static extern void arc4random_buf(void* bytes, nuint count);

    /// <summary>All of them, and never a failure: the flags are for other systems.</summary>
    internal static nint getrandom(void* bytes, nuint count, uint flags)
    {
        arc4random_buf(bytes, count);
        return (nint)count;
    }
}
