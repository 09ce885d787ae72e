// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Classes of ASCII characters, the same in every locale; bytes above 127 are in none.</summary>
internal static unsafe class Ascii
{
    /// <summary>aws_isalnum: a letter or a digit.</summary>
    internal static bool IsAlnum(byte ch) => IsAlpha(ch) || IsDigit(ch);

    /// <summary>aws_isalpha: a letter.</summary>
    internal static bool IsAlpha(byte ch) => (uint)((ch | 0x20) - 'a') < 26;

    /// <summary>aws_isdigit: a decimal digit.</summary>
    internal static bool IsDigit(byte ch) => (uint)(ch - '0') < 10;

    /// <summary>aws_isxdigit: a hexadecimal digit.</summary>
    internal static bool IsXdigit(byte ch) => IsDigit(ch) || (uint)((ch | 0x20) - 'a') < 6;

    /// <summary>aws_isspace: space, tabs, line feed, form feed, carriage return.</summary>
    internal static bool IsSpace(byte ch) => ch == ' ' || (uint)(ch - '\t') < 5;

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
