// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ByteArray
{
    /// <summary>aws_array_eq</summary>
    internal static bool Eq(void* array_a, nuint len_a, void* array_b, nuint len_b) => throw new System.NotImplementedException();

    /// <summary>aws_array_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(void* array_a, nuint len_a, void* array_b, nuint len_b) => throw new System.NotImplementedException();

    /// <summary>aws_array_eq_c_str</summary>
    internal static bool EqCStr(void* array, nuint array_len, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_array_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(void* array, nuint array_len, byte* c_str) => throw new System.NotImplementedException();
}
