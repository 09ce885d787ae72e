// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Ascii
{
    /// <summary>aws_isalnum</summary>
    internal static bool IsAlnum(byte ch) => throw new System.NotImplementedException();

    /// <summary>aws_isalpha</summary>
    internal static bool IsAlpha(byte ch) => throw new System.NotImplementedException();

    /// <summary>aws_isdigit</summary>
    internal static bool IsDigit(byte ch) => throw new System.NotImplementedException();

    /// <summary>aws_isxdigit</summary>
    internal static bool IsXdigit(byte ch) => throw new System.NotImplementedException();

    /// <summary>aws_isspace</summary>
    internal static bool IsSpace(byte ch) => throw new System.NotImplementedException();
}
