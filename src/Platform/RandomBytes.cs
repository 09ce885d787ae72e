// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's random bytes, fit for keys.</summary>
internal static unsafe class RandomBytes
{
    /// <summary>Returns how many bytes were filled; less than 1 on failure.</summary>
    internal static nint Fill(byte* bytes, nuint count) => RandomBytesLeaf.Fill(bytes, count);
}
