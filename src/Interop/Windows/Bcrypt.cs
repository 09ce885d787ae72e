// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>The random numbers of Windows.</summary>
internal static unsafe class Bcrypt
{
    internal const uint UseSystemPreferredRng = 2;

    [DllImport("bcrypt")]
    internal static extern int BCryptGenRandom(void* algorithm, byte* bytes, uint count, uint flags);
}
