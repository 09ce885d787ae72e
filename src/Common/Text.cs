// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common;

/// <summary>Small readings of ASCII text that the system hands out.</summary>
internal static unsafe class Text
{
    /// <summary>Without the white space at either end.</summary>
    internal static aws_byte_cursor Trim(aws_byte_cursor text)
    {
        while (text.len > 0 && IsSpace(text.ptr[0]))
        {
            text.ptr++;
            text.len--;
        }

        while (text.len > 0 && IsSpace(text.ptr[text.len - 1]))
            text.len--;

        return text;
    }

    internal static bool IsSpace(byte value) => value == ' ' || (value >= '\t' && value <= '\r');

    internal static bool IsDigit(byte value) => value >= '0' && value <= '9';

    /// <summary>
    /// Takes a decimal number off the front of a text; false if it does not begin with one that fits.
    /// </summary>
    internal static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        int length = 0;
        while (length < text.Length && length < 9 && IsDigit(text[length]))
            value = 10 * value + (text[length++] - '0');

        text = text[length..];
        return length > 0;
    }
}
