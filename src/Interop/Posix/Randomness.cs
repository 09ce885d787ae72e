// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The kernel's random numbers.</summary>
internal static unsafe partial class Libc
{
    [DllImport(Library)]
    internal static extern nint getrandom(void* bytes, nuint count, uint flags);
}
