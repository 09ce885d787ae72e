// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>Classes of ASCII characters, the same in every locale; bytes above 127 are in none.</summary>
internal static class Ascii
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
}
