// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Views of bytes that somebody else owns. Functions that read take from the front and move the cursor; when there are
/// too few bytes they return false and change nothing.
/// </summary>
internal static unsafe partial class ByteCursor
{
    private static nuint HalfOfAll => nuint.MaxValue >> 1;

    /// <summary>aws_byte_cursor_is_valid</summary>
    internal static bool IsValid(aws_byte_cursor* cursor) =>
        cursor != null && (cursor->len == 0 || cursor->ptr != null);

    /// <summary>aws_byte_cursor_from_buf: the bytes in use.</summary>
    internal static aws_byte_cursor FromBuf(aws_byte_buf* buf) =>
        buf == null ? default : new aws_byte_cursor { ptr = buf->buffer, len = buf->len };

    /// <summary>aws_byte_cursor_from_c_str: without the NUL; NULL counts as empty.</summary>
    internal static aws_byte_cursor FromCStr(byte* c_str) =>
        c_str == null ? default : new aws_byte_cursor { ptr = c_str, len = ByteArray.Length(c_str) };

    /// <summary>aws_byte_cursor_from_array</summary>
    internal static aws_byte_cursor FromArray(void* bytes, nuint len) =>
        new() { ptr = (byte*)bytes, len = bytes == null ? 0 : len };

    /// <summary>A view of a <c>u8</c> literal.</summary>
    internal static aws_byte_cursor FromLiteral(ReadOnlySpan<byte> literal) =>
        new() { ptr = Literal.Of(literal), len = (nuint)literal.Length };

    /// <summary>aws_byte_cursor_eq</summary>
    internal static bool Eq(aws_byte_cursor* a, aws_byte_cursor* b) =>
        a != null && b != null && ByteArray.Eq(a->ptr, a->len, b->ptr, b->len);

    /// <summary>aws_byte_cursor_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_byte_cursor* a, aws_byte_cursor* b) =>
        a != null && b != null && ByteArray.EqIgnoreCase(a->ptr, a->len, b->ptr, b->len);

    /// <summary>aws_byte_cursor_eq_byte_buf</summary>
    internal static bool EqByteBuf(aws_byte_cursor* a, aws_byte_buf* b) =>
        a != null && b != null && ByteArray.Eq(a->ptr, a->len, b->buffer, b->len);

    /// <summary>aws_byte_cursor_eq_byte_buf_ignore_case</summary>
    internal static bool EqByteBufIgnoreCase(aws_byte_cursor* a, aws_byte_buf* b) =>
        a != null && b != null && ByteArray.EqIgnoreCase(a->ptr, a->len, b->buffer, b->len);

    /// <summary>aws_byte_cursor_eq_c_str</summary>
    internal static bool EqCStr(aws_byte_cursor* cursor, byte* c_str) =>
        cursor != null && ByteArray.EqCStr(cursor->ptr, cursor->len, c_str);

    /// <summary>aws_byte_cursor_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_byte_cursor* cursor, byte* c_str) =>
        cursor != null && ByteArray.EqCStrIgnoreCase(cursor->ptr, cursor->len, c_str);

    /// <summary>aws_byte_cursor_starts_with: every cursor starts with an empty one.</summary>
    internal static bool StartsWith(aws_byte_cursor* input, aws_byte_cursor* prefix) =>
        input != null && prefix != null && input->len >= prefix->len &&
        ByteArray.Eq(input->ptr, prefix->len, prefix->ptr, prefix->len);

    /// <summary>aws_byte_cursor_starts_with_ignore_case</summary>
    internal static bool StartsWithIgnoreCase(aws_byte_cursor* input, aws_byte_cursor* prefix) =>
        input != null && prefix != null && input->len >= prefix->len &&
        ByteArray.EqIgnoreCase(input->ptr, prefix->len, prefix->ptr, prefix->len);

    /// <summary>aws_byte_cursor_compare_lexical: by bytes, then by length; NULL counts as empty.</summary>
    internal static int CompareLexical(aws_byte_cursor* lhs, aws_byte_cursor* rhs)
    {
        aws_byte_cursor left = IsValid(lhs) ? *lhs : default;
        aws_byte_cursor right = IsValid(rhs) ? *rhs : default;
        return ByteArray.Compare(left.ptr, left.len, right.ptr, right.len);
    }

    /// <summary>aws_byte_cursor_compare_lookup: the same after each byte went through the table of 256 bytes.</summary>
    internal static int CompareLookup(aws_byte_cursor* lhs, aws_byte_cursor* rhs, byte* lookup_table)
    {
        if (lookup_table == null)
            return CompareLexical(lhs, rhs);

        aws_byte_cursor left = IsValid(lhs) ? *lhs : default;
        aws_byte_cursor right = IsValid(rhs) ? *rhs : default;
        nuint common = Math.Min(left.len, right.len);
        for (nuint i = 0; i < common; i++)
        {
            byte a = lookup_table[left.ptr[i]];
            byte b = lookup_table[right.ptr[i]];
            if (a != b)
                return a < b ? -1 : 1;
        }

        return left.len.CompareTo(right.len);
    }

    /// <summary>
    /// aws_byte_cursor_find_exact: views the input from the first match to its end. AWS_ERROR_STRING_MATCH_NOT_FOUND if
    /// there is none, AWS_ERROR_SHORT_BUFFER if there is nothing to look for.
    /// </summary>
    internal static int FindExact(aws_byte_cursor* input_str, aws_byte_cursor* to_find, aws_byte_cursor* first_find)
    {
        if (!IsValid(input_str) || !IsValid(to_find) || first_find == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (to_find->len > input_str->len)
            return Errors.Raise(AWS_ERROR_STRING_MATCH_NOT_FOUND);
        if (to_find->len == 0)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        nuint index = ByteArray.IndexOf(input_str->ptr, input_str->len, to_find->ptr, to_find->len);
        if (index == ByteArray.NotFound)
            return Errors.Raise(AWS_ERROR_STRING_MATCH_NOT_FOUND);

        *first_find = new aws_byte_cursor { ptr = input_str->ptr + index, len = input_str->len - index };
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_cursor_right_trim_pred: without the bytes at the end that the predicate accepts.</summary>
    internal static aws_byte_cursor RightTrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate)
    {
        if (!IsValid(source) || predicate == null)
            return default;

        aws_byte_cursor rest = *source;
        while (rest.len > 0 && predicate(rest.ptr[rest.len - 1]))
            rest.len--;
        return rest;
    }

    /// <summary>aws_byte_cursor_left_trim_pred: without the bytes in front that the predicate accepts.</summary>
    internal static aws_byte_cursor LeftTrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate)
    {
        if (!IsValid(source) || predicate == null)
            return default;

        aws_byte_cursor rest = *source;
        while (rest.len > 0 && predicate(*rest.ptr))
        {
            rest.ptr++;
            rest.len--;
        }

        return rest;
    }

    /// <summary>aws_byte_cursor_trim_pred: both.</summary>
    internal static aws_byte_cursor TrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate)
    {
        aws_byte_cursor rest = LeftTrimPred(source, predicate);
        return RightTrimPred(&rest, predicate);
    }

    /// <summary>aws_byte_cursor_satisfies_pred: true if the predicate accepts every byte.</summary>
    internal static bool SatisfiesPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) =>
        IsValid(source) && predicate != null && LeftTrimPred(source, predicate).len == 0;

    /// <summary>
    /// aws_byte_cursor_advance: takes the first <paramref name="len"/> bytes off and returns them; if there are too
    /// few, an empty cursor at NULL.
    /// </summary>
    internal static aws_byte_cursor Advance(aws_byte_cursor* cursor, nuint len)
    {
        if (cursor == null || len > cursor->len || cursor->len > HalfOfAll)
            return default;

        aws_byte_cursor taken = new() { ptr = cursor->ptr, len = len };
        if (cursor->ptr != null)
            cursor->ptr += len;
        cursor->len -= len;
        return taken;
    }

    /// <summary>
    /// aws_byte_cursor_advance_nospec: the same, for a length that comes from outside; also while the processor runs
    /// ahead of the check, no address past the end comes out.
    /// </summary>
    internal static aws_byte_cursor AdvanceNospec(aws_byte_cursor* cursor, nuint len)
    {
        if (cursor == null || len > cursor->len || cursor->len > HalfOfAll)
            return default;

        nuint mask = NospecMask(len, cursor->len + 1);
        len &= mask;
        cursor->ptr = (byte*)((nuint)cursor->ptr & mask);
        cursor->len &= mask;
        return Advance(cursor, len);
    }

    /// <summary>
    /// aws_nospec_mask: all ones if the index lies below the bound and neither is larger than half of all addresses,
    /// else zero; computed without a branch that a processor could guess.
    /// </summary>
    // Not inlined, so that the optimiser cannot replace the arithmetic by what the caller has already checked.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static nuint NospecMask(nuint index, nuint bound)
    {
        nuint signs = index | bound | unchecked(bound - index - 1);
        return (nuint)(~(nint)signs >> (nuint.Size * 8 - 1));
    }

    /// <summary>aws_byte_cursor_read</summary>
    internal static bool Read(aws_byte_cursor* cur, void* dest, nuint len)
    {
        if (cur == null)
            return false;
        if (len == 0)
            return true;
        if (dest == null)
            return false;

        aws_byte_cursor taken = AdvanceNospec(cur, len);
        if (taken.ptr == null)
            return false;

        NativeMemory.Copy(taken.ptr, dest, len);
        return true;
    }

    /// <summary>
    /// aws_byte_cursor_read_and_fill_buffer: overwrites the buffer with as many bytes as its capacity.
    /// </summary>
    internal static bool ReadAndFillBuffer(aws_byte_cursor* cur, aws_byte_buf* dest)
    {
        if (!ByteBuf.IsValid(dest) || !Read(cur, dest->buffer, dest->capacity))
            return false;

        dest->len = dest->capacity;
        return true;
    }

    /// <summary>aws_byte_cursor_read_u8</summary>
    internal static bool ReadU8(aws_byte_cursor* cur, byte* var) => Read(cur, var, 1);

    /// <summary>aws_byte_cursor_read_be16: "be" has its most significant byte first, "le" last.</summary>
    internal static bool ReadBe16(aws_byte_cursor* cur, ushort* var)
    {
        if (!Read(cur, var, sizeof(ushort)))
            return false;

        *var = FromBig(*var);
        return true;
    }

    /// <summary>aws_byte_cursor_read_le16</summary>
    internal static bool ReadLe16(aws_byte_cursor* cur, ushort* var)
    {
        if (!ReadBe16(cur, var))
            return false;

        *var = BinaryPrimitives.ReverseEndianness(*var);
        return true;
    }

    /// <summary>aws_byte_cursor_read_be24: three bytes.</summary>
    internal static bool ReadBe24(aws_byte_cursor* cur, uint* var)
    {
        byte* bytes = stackalloc byte[3];
        if (var == null || !Read(cur, bytes, 3))
            return false;

        *var = (uint)(bytes[0] << 16 | bytes[1] << 8 | bytes[2]);
        return true;
    }

    /// <summary>aws_byte_cursor_read_be32</summary>
    internal static bool ReadBe32(aws_byte_cursor* cur, uint* var)
    {
        if (!Read(cur, var, sizeof(uint)))
            return false;

        *var = FromBig(*var);
        return true;
    }

    /// <summary>aws_byte_cursor_read_le32</summary>
    internal static bool ReadLe32(aws_byte_cursor* cur, uint* var)
    {
        if (!ReadBe32(cur, var))
            return false;

        *var = BinaryPrimitives.ReverseEndianness(*var);
        return true;
    }

    /// <summary>aws_byte_cursor_read_be_i32</summary>
    internal static bool ReadBeI32(aws_byte_cursor* cur, int* var) => ReadBe32(cur, (uint*)var);

    /// <summary>aws_byte_cursor_read_le_i32</summary>
    internal static bool ReadLeI32(aws_byte_cursor* cur, int* var) => ReadLe32(cur, (uint*)var);

    /// <summary>aws_byte_cursor_read_be64</summary>
    internal static bool ReadBe64(aws_byte_cursor* cur, ulong* var)
    {
        if (!Read(cur, var, sizeof(ulong)))
            return false;

        *var = FromBig(*var);
        return true;
    }

    /// <summary>aws_byte_cursor_read_float_be32</summary>
    internal static bool ReadFloatBe32(aws_byte_cursor* cur, float* var) => ReadBe32(cur, (uint*)var);

    /// <summary>aws_byte_cursor_read_float_be64</summary>
    internal static bool ReadFloatBe64(aws_byte_cursor* cur, double* var) => ReadBe64(cur, (ulong*)var);

    /// <summary>aws_byte_cursor_read_hex_u8: two hexadecimal digits make one byte.</summary>
    internal static bool ReadHexU8(aws_byte_cursor* cur, byte* var)
    {
        if (!IsValid(cur) || var == null || cur->len < 2)
            return false;

        byte* values = LookupTable.HexToNumGet();
        byte high = values[cur->ptr[0]];
        byte low = values[cur->ptr[1]];
        if (high == LookupTable.NotHex || low == LookupTable.NotHex)
            return false;

        *var = (byte)(high << 4 | low);
        cur->ptr += 2;
        cur->len -= 2;
        return true;
    }

    private static ushort FromBig(ushort value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static uint FromBig(uint value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static ulong FromBig(ulong value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
