// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Tables of 256 bytes, indexed by a byte; they live as long as the process.</summary>
internal static unsafe class LookupTable
{
    /// <summary>What a byte that is no hexadecimal digit maps to.</summary>
    internal const byte NotHex = 255;

    private static nint s_toLower;
    private static nint s_hexToNum;

    /// <summary>aws_lookup_table_to_lower_get: ASCII capitals become small letters, all else stays.</summary>
    internal static byte* ToLowerGet()
    {
        nint table = s_toLower;
        return table != 0 ? (byte*)table : MakeToLower();
    }

    /// <summary>aws_lookup_table_hex_to_num_get: the value of a hexadecimal digit, 255 for any other byte.</summary>
    internal static byte* HexToNumGet()
    {
        nint table = s_hexToNum;
        return table != 0 ? (byte*)table : MakeHexToNum();
    }

    private static byte* MakeToLower()
    {
        byte* table = (byte*)StaticMemory.Allocate(256);
        for (int i = 0; i < 256; i++)
            table[i] = i is >= 'A' and <= 'Z' ? (byte)(i | 0x20) : (byte)i;

        return (byte*)StaticMemory.PublishBlock(ref s_toLower, table);
    }

    private static byte* MakeHexToNum()
    {
        byte* table = (byte*)StaticMemory.Allocate(256);
        new Span<byte>(table, 256).Fill(NotHex);
        for (int i = 0; i < 10; i++)
            table['0' + i] = (byte)i;
        for (int i = 0; i < 6; i++)
            table['a' + i] = table['A' + i] = (byte)(10 + i);

        return (byte*)StaticMemory.PublishBlock(ref s_hexToNum, table);
    }
}
