// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tls;

/// <summary>
/// Writes what stands in front of the content of an element of DER: a tag of one byte, and the length.
/// </summary>
internal static class DerHead
{
    /// <summary>Its length in front of so much content.</summary>
    internal static int LengthOf(int content) => content < 0x80 ? 2 : content < 0x100 ? 3 : content < 0x10000 ? 4 : 5;

    /// <summary>How many bytes it has.</summary>
    internal static int Write(Span<byte> into, byte tag, int content)
    {
        int length = LengthOf(content);
        into[0] = tag;
        if (length == 2)
        {
            into[1] = (byte)content;
            return length;
        }

        into[1] = (byte)(0x80 + length - 2);
        for (int i = length - 1; i >= 2; i--, content >>= 8)
            into[i] = (byte)content;
        return length;
    }
}
