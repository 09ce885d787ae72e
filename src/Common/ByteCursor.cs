// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ByteCursor
{
    /// <summary>aws_byte_cursor_is_valid</summary>
    internal static bool IsValid(aws_byte_cursor* cursor) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_next_split</summary>
    internal static bool NextSplit(aws_byte_cursor* input_str, byte split_on, aws_byte_cursor* substr) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_next_split_on_cursor</summary>
    internal static bool NextSplitOnCursor(aws_byte_cursor* input_str, aws_byte_cursor split_on, aws_byte_cursor* substr) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_split_on_char</summary>
    internal static int SplitOnChar(aws_byte_cursor* input_str, byte split_on, aws_array_list* output) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_split_on_char_n</summary>
    internal static int SplitOnCharN(aws_byte_cursor* input_str, byte split_on, nuint n, aws_array_list* output) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_find_exact</summary>
    internal static int FindExact(aws_byte_cursor* input_str, aws_byte_cursor* to_find, aws_byte_cursor* first_find) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_right_trim_pred</summary>
    internal static aws_byte_cursor RightTrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_left_trim_pred</summary>
    internal static aws_byte_cursor LeftTrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_trim_pred</summary>
    internal static aws_byte_cursor TrimPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_satisfies_pred</summary>
    internal static bool SatisfiesPred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq</summary>
    internal static bool Eq(aws_byte_cursor* a, aws_byte_cursor* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_byte_cursor* a, aws_byte_cursor* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq_byte_buf</summary>
    internal static bool EqByteBuf(aws_byte_cursor* a, aws_byte_buf* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq_byte_buf_ignore_case</summary>
    internal static bool EqByteBufIgnoreCase(aws_byte_cursor* a, aws_byte_buf* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq_c_str</summary>
    internal static bool EqCStr(aws_byte_cursor* cursor, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_byte_cursor* cursor, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_starts_with</summary>
    internal static bool StartsWith(aws_byte_cursor* input, aws_byte_cursor* prefix) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_starts_with_ignore_case</summary>
    internal static bool StartsWithIgnoreCase(aws_byte_cursor* input, aws_byte_cursor* prefix) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_compare_lexical</summary>
    internal static int CompareLexical(aws_byte_cursor* lhs, aws_byte_cursor* rhs) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_compare_lookup</summary>
    internal static int CompareLookup(aws_byte_cursor* lhs, aws_byte_cursor* rhs, byte* lookup_table) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_from_buf</summary>
    internal static aws_byte_cursor FromBuf(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_from_c_str</summary>
    internal static aws_byte_cursor FromCStr(byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_from_array</summary>
    internal static aws_byte_cursor FromArray(void* bytes, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_advance</summary>
    internal static aws_byte_cursor Advance(aws_byte_cursor* cursor, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_advance_nospec</summary>
    internal static aws_byte_cursor AdvanceNospec(aws_byte_cursor* cursor, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read</summary>
    internal static bool Read(aws_byte_cursor* cur, void* dest, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_and_fill_buffer</summary>
    internal static bool ReadAndFillBuffer(aws_byte_cursor* cur, aws_byte_buf* dest) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_u8</summary>
    internal static bool ReadU8(aws_byte_cursor* cur, byte* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_be16</summary>
    internal static bool ReadBe16(aws_byte_cursor* cur, ushort* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_le16</summary>
    internal static bool ReadLe16(aws_byte_cursor* cur, ushort* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_be24</summary>
    internal static bool ReadBe24(aws_byte_cursor* cur, uint* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_be32</summary>
    internal static bool ReadBe32(aws_byte_cursor* cur, uint* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_le32</summary>
    internal static bool ReadLe32(aws_byte_cursor* cur, uint* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_be_i32</summary>
    internal static bool ReadBeI32(aws_byte_cursor* cur, int* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_le_i32</summary>
    internal static bool ReadLeI32(aws_byte_cursor* cur, int* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_be64</summary>
    internal static bool ReadBe64(aws_byte_cursor* cur, ulong* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_float_be32</summary>
    internal static bool ReadFloatBe32(aws_byte_cursor* cur, float* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_float_be64</summary>
    internal static bool ReadFloatBe64(aws_byte_cursor* cur, double* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_read_hex_u8</summary>
    internal static bool ReadHexU8(aws_byte_cursor* cur, byte* var) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_utf8_parse_u64</summary>
    internal static int Utf8ParseU64(aws_byte_cursor cursor, ulong* dst) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_utf8_parse_i64</summary>
    internal static int Utf8ParseI64(aws_byte_cursor cursor, long* dst) => throw new System.NotImplementedException();

    /// <summary>aws_byte_cursor_utf8_parse_u64_hex</summary>
    internal static int Utf8ParseU64Hex(aws_byte_cursor cursor, ulong* dst) => throw new System.NotImplementedException();

    /// <summary>aws_nospec_mask</summary>
    internal static nuint NospecMask(nuint index, nuint bound) => throw new System.NotImplementedException();
}
