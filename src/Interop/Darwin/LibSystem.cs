// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Darwin;

/// <summary>What only the C library of Darwin and the BSDs has; found at run time.</summary>
internal static unsafe class LibSystem
{
    private const string Library = "libSystem";

    [DllImport(Library)]
    internal static extern void arc4random_buf(void* bytes, nuint count);
}
