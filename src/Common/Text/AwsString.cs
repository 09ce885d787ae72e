// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Immutable strings with a known length and a NUL behind them, in one block of memory. A string without an allocator
/// is a constant of the program. Comparisons take NULL for a string: it equals only NULL and comes before all others.
/// </summary>
internal static unsafe class AwsString
{
    /// <summary>aws_string_eq</summary>
    internal static bool Eq(aws_string* a, aws_string* b) =>
        a == b || (a != null && b != null && ByteArray.Eq(a->bytes, a->len, b->bytes, b->len));

    /// <summary>aws_string_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_string* a, aws_string* b) =>
        a == b || (a != null && b != null && ByteArray.EqIgnoreCase(a->bytes, a->len, b->bytes, b->len));

    /// <summary>aws_string_eq_byte_cursor</summary>
    internal static bool EqByteCursor(aws_string* str, aws_byte_cursor* cur) =>
        str == null || cur == null
            ? str == null && cur == null
            : ByteArray.Eq(str->bytes, str->len, cur->ptr, cur->len);

    /// <summary>aws_string_eq_byte_cursor_ignore_case</summary>
    internal static bool EqByteCursorIgnoreCase(aws_string* str, aws_byte_cursor* cur) =>
        str == null || cur == null
            ? str == null && cur == null
            : ByteArray.EqIgnoreCase(str->bytes, str->len, cur->ptr, cur->len);

    /// <summary>aws_string_eq_byte_buf</summary>
    internal static bool EqByteBuf(aws_string* str, aws_byte_buf* buf) =>
        str == null || buf == null
            ? str == null && buf == null
            : ByteArray.Eq(str->bytes, str->len, buf->buffer, buf->len);

    /// <summary>aws_string_eq_byte_buf_ignore_case</summary>
    internal static bool EqByteBufIgnoreCase(aws_string* str, aws_byte_buf* buf) =>
        str == null || buf == null
            ? str == null && buf == null
            : ByteArray.EqIgnoreCase(str->bytes, str->len, buf->buffer, buf->len);

    /// <summary>aws_string_eq_c_str</summary>
    internal static bool EqCStr(aws_string* str, byte* c_str) =>
        str == null || c_str == null
            ? str == null && c_str == null
            : ByteArray.EqCStr(str->bytes, str->len, c_str);

    /// <summary>aws_string_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_string* str, byte* c_str) =>
        str == null || c_str == null
            ? str == null && c_str == null
            : ByteArray.EqCStrIgnoreCase(str->bytes, str->len, c_str);

    /// <summary>aws_string_new_from_c_str: the caller destroys the copy.</summary>
    internal static aws_string* NewFromCStr(aws_allocator* allocator, byte* c_str) =>
        NewFromArray(allocator, c_str, c_str == null ? 0 : ByteArray.Length(c_str), c_str != null);

    /// <summary>aws_string_new_from_array: the caller destroys the copy.</summary>
    internal static aws_string* NewFromArray(aws_allocator* allocator, byte* bytes, nuint len) =>
        NewFromArray(allocator, bytes, len, bytes != null || len == 0);

    /// <summary>aws_string_new_from_string: the caller destroys the copy.</summary>
    internal static aws_string* NewFromString(aws_allocator* allocator, aws_string* str) =>
        str == null ? NewFromArray(allocator, null, 0, false) : NewFromArray(allocator, str->bytes, str->len, true);

    /// <summary>aws_string_new_from_cursor: the caller destroys the copy.</summary>
    internal static aws_string* NewFromCursor(aws_allocator* allocator, aws_byte_cursor* cursor) =>
        NewFromArray(
            allocator,
            cursor == null ? null : cursor->ptr,
            cursor == null ? 0 : cursor->len,
            ByteCursor.IsValid(cursor));

    /// <summary>aws_string_new_from_buf: the caller destroys the copy.</summary>
    internal static aws_string* NewFromBuf(aws_allocator* allocator, aws_byte_buf* buf) =>
        NewFromArray(allocator, buf == null ? null : buf->buffer, buf == null ? 0 : buf->len, ByteBuf.IsValid(buf));

    /// <summary>aws_string_destroy: NULL is fine, and a constant is left alone.</summary>
    internal static void Destroy(aws_string* str)
    {
        if (str != null && str->allocator != null)
            Allocator.Release(str->allocator, str);
    }

    /// <summary>aws_string_destroy_secure: wipes the bytes first.</summary>
    internal static void DestroySecure(aws_string* str)
    {
        if (str == null)
            return;

        SecureMemory.Zero(str->bytes, str->len);
        Destroy(str);
    }

    /// <summary>aws_string_compare: less than, equal to or greater than zero, byte by byte.</summary>
    internal static int Compare(aws_string* a, aws_string* b)
    {
        if (a == b)
            return 0;
        if (a == null)
            return -1;
        if (b == null)
            return 1;

        return ByteArray.Compare(a->bytes, a->len, b->bytes, b->len);
    }

    /// <summary>aws_array_list_comparator_string: compares two items of a list of string pointers.</summary>
    internal static int Comparator(void* a, void* b)
    {
        if (a == b)
            return 0;
        if (a == null)
            return -1;
        if (b == null)
            return 1;

        return Compare(*(aws_string**)a, *(aws_string**)b);
    }

    /// <summary>aws_byte_buf_write_from_whole_string: false, and nothing written, if it does not fit.</summary>
    internal static bool WriteWhole(aws_byte_buf* buf, aws_string* src) =>
        buf != null && src != null && ByteBuf.Write(buf, src->bytes, src->len);

    /// <summary>aws_byte_cursor_from_string: a view of the string's bytes; an empty one for NULL.</summary>
    internal static aws_byte_cursor ToCursor(aws_string* src) =>
        src == null ? default : new aws_byte_cursor { ptr = src->bytes, len = src->len };

    /// <summary>aws_string_clone_or_reuse: a constant is returned as it is; of any other string a copy.</summary>
    internal static aws_string* CloneOrReuse(aws_allocator* allocator, aws_string* str) =>
        str != null && str->allocator == null ? str : NewFromString(allocator, str);

    /// <summary>
    /// aws_secure_strlen: the length of a C string that may lack its end; reads neither past the end nor past
    /// <paramref name="max_read_len"/> bytes.
    /// </summary>
    internal static int SecureLength(byte* str, nuint max_read_len, nuint* str_len)
    {
        if (str == null || str_len == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint length = ByteArray.Length(str, max_read_len);
        if (length == ByteArray.NotFound)
            return Errors.Raise(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED);

        *str_len = length;
        return AWS_OP_SUCCESS;
    }

    private static aws_string* NewFromArray(aws_allocator* allocator, byte* bytes, nuint len, bool isValid)
    {
        if (allocator == null || !isValid)
            return (aws_string*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        nuint header = (nuint)(sizeof(aws_allocator*) + sizeof(nuint));
        if (!CheckedMath.TryAdd(len, header + 1, out nuint size))
            return null;

        aws_string* str = (aws_string*)Allocator.Acquire(allocator, size);
        str->allocator = allocator;
        str->len = len;
        NativeMemory.Copy(bytes, str->bytes, len);
        str->bytes[len] = 0;
        return str;
    }
}
