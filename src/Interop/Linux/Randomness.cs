// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Linux;

/// <summary>The kernel's random numbers.</summary>
internal static unsafe class Randomness
{
    [DllImport("libc")]
    internal static extern nint getrandom(void* bytes, nuint count, uint flags);
}
