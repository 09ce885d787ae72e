// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class AwsString
{
    /// <summary>aws_string_eq</summary>
    internal static bool Eq(aws_string* a, aws_string* b) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_string* a, aws_string* b) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_byte_cursor</summary>
    internal static bool EqByteCursor(aws_string* str, aws_byte_cursor* cur) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_byte_cursor_ignore_case</summary>
    internal static bool EqByteCursorIgnoreCase(aws_string* str, aws_byte_cursor* cur) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_byte_buf</summary>
    internal static bool EqByteBuf(aws_string* str, aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_byte_buf_ignore_case</summary>
    internal static bool EqByteBufIgnoreCase(aws_string* str, aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_c_str</summary>
    internal static bool EqCStr(aws_string* str, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_string_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_string* str, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_string_new_from_c_str</summary>
    internal static aws_string* NewFromCStr(aws_allocator* allocator, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_string_new_from_array</summary>
    internal static aws_string* NewFromArray(aws_allocator* allocator, byte* bytes, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_string_new_from_string</summary>
    internal static aws_string* NewFromString(aws_allocator* allocator, aws_string* str) => throw new System.NotImplementedException();

    /// <summary>aws_string_new_from_cursor</summary>
    internal static aws_string* NewFromCursor(aws_allocator* allocator, aws_byte_cursor* cursor) => throw new System.NotImplementedException();

    /// <summary>aws_string_new_from_buf</summary>
    internal static aws_string* NewFromBuf(aws_allocator* allocator, aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_string_destroy</summary>
    internal static void Destroy(aws_string* str) => throw new System.NotImplementedException();

    /// <summary>aws_string_destroy_secure</summary>
    internal static void DestroySecure(aws_string* str) => throw new System.NotImplementedException();

    /// <summary>aws_string_compare</summary>
    internal static int Compare(aws_string* a, aws_string* b) => throw new System.NotImplementedException();

    /// <summary>aws_array_list_comparator_string</summary>
    internal static int Comparator(void* a, void* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_from_whole_string</summary>
    internal static bool WriteWhole(aws_byte_buf* buf, aws_string* src) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_from_string</summary>
    internal static aws_byte_cursor ToCursor(aws_string* src) => throw new System.NotImplementedException();

    /// <summary>aws_string_clone_or_reuse</summary>
    internal static aws_string* CloneOrReuse(aws_allocator* allocator, aws_string* str) => throw new System.NotImplementedException();

    /// <summary>aws_secure_strlen</summary>
    internal static int SecureLength(byte* str, nuint max_read_len, nuint* str_len) => throw new System.NotImplementedException();
}
