// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Hash
{
    /// <summary>aws_hash_array_ignore_case</summary>
    internal static ulong ArrayIgnoreCase(void* array, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_hash_byte_cursor_ptr_ignore_case</summary>
    internal static ulong ByteCursorPtrIgnoreCase(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_c_string</summary>
    internal static ulong CString(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_string</summary>
    internal static ulong String(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_byte_cursor_ptr</summary>
    internal static ulong ByteCursorPtr(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_ptr</summary>
    internal static ulong Ptr(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_combine</summary>
    internal static ulong Combine(ulong item1, ulong item2) => throw new System.NotImplementedException();

    /// <summary>aws_hash_callback_c_str_eq</summary>
    internal static bool CallbackCStrEq(void* a, void* b) => throw new System.NotImplementedException();

    /// <summary>aws_hash_callback_string_eq</summary>
    internal static bool CallbackStringEq(void* a, void* b) => throw new System.NotImplementedException();

    /// <summary>aws_hash_callback_string_destroy</summary>
    internal static void CallbackStringDestroy(void* a) => throw new System.NotImplementedException();

    /// <summary>aws_ptr_eq</summary>
    internal static bool PointerEquals(void* a, void* b) => throw new System.NotImplementedException();

    /// <summary>aws_hash_uint64_t_by_identity</summary>
    internal static ulong Uint64TByIdentity(void* item) => throw new System.NotImplementedException();

    /// <summary>aws_hash_compare_uint64_t_eq</summary>
    internal static bool CompareUint64TEq(void* a, void* b) => throw new System.NotImplementedException();
}
