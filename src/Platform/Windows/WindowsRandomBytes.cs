// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The system's random number generator.</summary>
internal static unsafe class WindowsRandomBytes
{
    internal static nint Fill(byte* bytes, nuint count)
    {
        int status = Bcrypt.BCryptGenRandom(null, bytes, (uint)count, Bcrypt.UseSystemPreferredRng);
        return status == 0 ? (nint)count : -1;
    }
}
