// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/byte_buf.h&gt;.</summary>
public static unsafe class Exports_common_byte_buf
{
    [UnmanagedCallersOnly(EntryPoint = "aws_array_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_array_eq(void* array_a, nuint len_a, void* array_b, nuint len_b) => ByteArray.Eq(array_a, len_a, array_b, len_b);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_eq_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_array_eq_ignore_case(void* array_a, nuint len_a, void* array_b, nuint len_b) => ByteArray.EqIgnoreCase(array_a, len_a, array_b, len_b);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_eq_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_array_eq_c_str(void* array, nuint array_len, byte* c_str) => ByteArray.EqCStr(array, array_len, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_eq_c_str_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_array_eq_c_str_ignore_case(void* array, nuint array_len, byte* c_str) => ByteArray.EqCStrIgnoreCase(array, array_len, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_init(aws_byte_buf* buf, aws_allocator* allocator, nuint capacity) => ByteBuf.Init(buf, allocator, capacity);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_init_copy", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_init_copy(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_buf* src) => ByteBuf.InitCopy(dest, allocator, src);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_init_from_file", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_init_from_file(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename) => ByteBuf.InitFromFile(out_buf, alloc, filename);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_init_from_file_with_size_hint", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_init_from_file_with_size_hint(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename, nuint size_hint) => ByteBuf.InitFromFileWithSizeHint(out_buf, alloc, filename, size_hint);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_is_valid(aws_byte_buf* buf) => ByteBuf.IsValid(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_is_valid(aws_byte_cursor* cursor) => ByteCursor.IsValid(cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_init_copy_from_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_init_copy_from_cursor(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_cursor src) => ByteBuf.InitCopyFromCursor(dest, allocator, src);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_byte_buf_clean_up(aws_byte_buf* buf) => ByteBuf.CleanUp(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_clean_up_secure", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_byte_buf_clean_up_secure(aws_byte_buf* buf) => ByteBuf.CleanUpSecure(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_byte_buf_reset(aws_byte_buf* buf, bool zero_contents) => ByteBuf.Reset(buf, zero_contents);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_secure_zero", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_byte_buf_secure_zero(aws_byte_buf* buf) => ByteBuf.SecureZero(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_eq(aws_byte_buf* a, aws_byte_buf* b) => ByteBuf.Eq(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_eq_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_eq_ignore_case(aws_byte_buf* a, aws_byte_buf* b) => ByteBuf.EqIgnoreCase(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_eq_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_eq_c_str(aws_byte_buf* buf, byte* c_str) => ByteBuf.EqCStr(buf, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_eq_c_str_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_eq_c_str_ignore_case(aws_byte_buf* buf, byte* c_str) => ByteBuf.EqCStrIgnoreCase(buf, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_next_split", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_next_split(aws_byte_cursor* input_str, byte split_on, aws_byte_cursor* substr) => ByteCursor.NextSplit(input_str, split_on, substr);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_next_split_on_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_next_split_on_cursor(aws_byte_cursor* input_str, aws_byte_cursor split_on, aws_byte_cursor* substr) => ByteCursor.NextSplitOnCursor(input_str, split_on, substr);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_split_on_char", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_split_on_char(aws_byte_cursor* input_str, byte split_on, aws_array_list* output) => ByteCursor.SplitOnChar(input_str, split_on, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_split_on_char_n", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_split_on_char_n(aws_byte_cursor* input_str, byte split_on, nuint n, aws_array_list* output) => ByteCursor.SplitOnCharN(input_str, split_on, n, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_find_exact", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_find_exact(aws_byte_cursor* input_str, aws_byte_cursor* to_find, aws_byte_cursor* first_find) => ByteCursor.FindExact(input_str, to_find, first_find);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_right_trim_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_right_trim_pred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => ByteCursor.RightTrimPred(source, predicate);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_left_trim_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_left_trim_pred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => ByteCursor.LeftTrimPred(source, predicate);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_trim_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_trim_pred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => ByteCursor.TrimPred(source, predicate);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_satisfies_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_satisfies_pred(aws_byte_cursor* source, aws_byte_predicate_fn predicate) => ByteCursor.SatisfiesPred(source, predicate);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append(aws_byte_buf* to, aws_byte_cursor* from) => ByteBuf.Append(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_with_lookup", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_with_lookup(aws_byte_buf* to, aws_byte_cursor* from, byte* lookup_table) => ByteBuf.AppendWithLookup(to, from, lookup_table);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_dynamic", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_dynamic(aws_byte_buf* to, aws_byte_cursor* from) => ByteBuf.AppendDynamic(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_auto", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_auto(aws_byte_buf* to, aws_byte_cursor* from) => ByteBuf.AppendAuto(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_dynamic_secure", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_dynamic_secure(aws_byte_buf* to, aws_byte_cursor* from) => ByteBuf.AppendDynamicSecure(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_byte_dynamic", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_byte_dynamic(aws_byte_buf* buffer, byte value) => ByteBuf.AppendByteDynamic(buffer, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_byte_dynamic_secure", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_byte_dynamic_secure(aws_byte_buf* buffer, byte value) => ByteBuf.AppendByteDynamicSecure(buffer, value);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_and_update", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_and_update(aws_byte_buf* to, aws_byte_cursor* from_and_update) => ByteBuf.AppendAndUpdate(to, from_and_update);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_append_null_terminator", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_append_null_terminator(aws_byte_buf* buf) => ByteBuf.AppendNullTerminator(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_reserve", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_reserve(aws_byte_buf* buffer, nuint requested_capacity) => ByteBuf.Reserve(buffer, requested_capacity);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_reserve_relative", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_buf_reserve_relative(aws_byte_buf* buffer, nuint additional_length) => ByteBuf.ReserveRelative(buffer, additional_length);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq(aws_byte_cursor* a, aws_byte_cursor* b) => ByteCursor.Eq(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq_ignore_case(aws_byte_cursor* a, aws_byte_cursor* b) => ByteCursor.EqIgnoreCase(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq_byte_buf", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq_byte_buf(aws_byte_cursor* a, aws_byte_buf* b) => ByteCursor.EqByteBuf(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq_byte_buf_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq_byte_buf_ignore_case(aws_byte_cursor* a, aws_byte_buf* b) => ByteCursor.EqByteBufIgnoreCase(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq_c_str(aws_byte_cursor* cursor, byte* c_str) => ByteCursor.EqCStr(cursor, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_eq_c_str_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_eq_c_str_ignore_case(aws_byte_cursor* cursor, byte* c_str) => ByteCursor.EqCStrIgnoreCase(cursor, c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_starts_with", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_starts_with(aws_byte_cursor* input, aws_byte_cursor* prefix) => ByteCursor.StartsWith(input, prefix);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_starts_with_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_starts_with_ignore_case(aws_byte_cursor* input, aws_byte_cursor* prefix) => ByteCursor.StartsWithIgnoreCase(input, prefix);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_array_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_array_ignore_case(void* array, nuint len) => Hash.ArrayIgnoreCase(array, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_byte_cursor_ptr_ignore_case", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_byte_cursor_ptr_ignore_case(void* item) => Hash.ByteCursorPtrIgnoreCase(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_lookup_table_to_lower_get", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_lookup_table_to_lower_get() => LookupTable.ToLowerGet();

    [UnmanagedCallersOnly(EntryPoint = "aws_lookup_table_hex_to_num_get", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_lookup_table_hex_to_num_get() => LookupTable.HexToNumGet();

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_compare_lexical", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_compare_lexical(aws_byte_cursor* lhs, aws_byte_cursor* rhs) => ByteCursor.CompareLexical(lhs, rhs);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_compare_lookup", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_compare_lookup(aws_byte_cursor* lhs, aws_byte_cursor* rhs, byte* lookup_table) => ByteCursor.CompareLookup(lhs, rhs, lookup_table);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_from_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_buf aws_byte_buf_from_c_str(byte* c_str) => ByteBuf.FromCStr(c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_from_array", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_buf aws_byte_buf_from_array(void* bytes, nuint len) => ByteBuf.FromArray(bytes, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_from_empty_array", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_buf aws_byte_buf_from_empty_array(void* bytes, nuint capacity) => ByteBuf.FromEmptyArray(bytes, capacity);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_from_buf", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_from_buf(aws_byte_buf* buf) => ByteCursor.FromBuf(buf);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_from_c_str", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_from_c_str(byte* c_str) => ByteCursor.FromCStr(c_str);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_from_array", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_from_array(void* bytes, nuint len) => ByteCursor.FromArray(bytes, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_advance", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_advance(aws_byte_cursor* cursor, nuint len) => ByteCursor.Advance(cursor, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_advance_nospec", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_cursor_advance_nospec(aws_byte_cursor* cursor, nuint len) => ByteCursor.AdvanceNospec(cursor, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read(aws_byte_cursor* cur, void* dest, nuint len) => ByteCursor.Read(cur, dest, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_and_fill_buffer", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_and_fill_buffer(aws_byte_cursor* cur, aws_byte_buf* dest) => ByteCursor.ReadAndFillBuffer(cur, dest);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_u8", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_u8(aws_byte_cursor* cur, byte* var) => ByteCursor.ReadU8(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_be16", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_be16(aws_byte_cursor* cur, ushort* var) => ByteCursor.ReadBe16(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_le16", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_le16(aws_byte_cursor* cur, ushort* var) => ByteCursor.ReadLe16(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_be24", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_be24(aws_byte_cursor* cur, uint* var) => ByteCursor.ReadBe24(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_be32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_be32(aws_byte_cursor* cur, uint* var) => ByteCursor.ReadBe32(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_le32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_le32(aws_byte_cursor* cur, uint* var) => ByteCursor.ReadLe32(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_be_i32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_be_i32(aws_byte_cursor* cur, int* var) => ByteCursor.ReadBeI32(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_le_i32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_le_i32(aws_byte_cursor* cur, int* var) => ByteCursor.ReadLeI32(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_be64", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_be64(aws_byte_cursor* cur, ulong* var) => ByteCursor.ReadBe64(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_float_be32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_float_be32(aws_byte_cursor* cur, float* var) => ByteCursor.ReadFloatBe32(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_float_be64", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_float_be64(aws_byte_cursor* cur, double* var) => ByteCursor.ReadFloatBe64(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_read_hex_u8", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_cursor_read_hex_u8(aws_byte_cursor* cur, byte* var) => ByteCursor.ReadHexU8(cur, var);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_advance", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_advance(aws_byte_buf* buffer, aws_byte_buf* output, nuint len) => ByteBuf.Advance(buffer, output, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write(aws_byte_buf* buf, byte* src, nuint len) => ByteBuf.Write(buf, src, len);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_from_whole_buffer", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_from_whole_buffer(aws_byte_buf* buf, aws_byte_buf src) => ByteBuf.WriteFromWholeBuffer(buf, src);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_from_whole_cursor", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_from_whole_cursor(aws_byte_buf* buf, aws_byte_cursor src) => ByteBuf.WriteFromWholeCursor(buf, src);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_to_capacity", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_byte_cursor aws_byte_buf_write_to_capacity(aws_byte_buf* buf, aws_byte_cursor* advancing_cursor) => ByteBuf.WriteToCapacity(buf, advancing_cursor);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_u8", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_u8(aws_byte_buf* buf, byte c) => ByteBuf.WriteU8(buf, c);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_u8_n", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_u8_n(aws_byte_buf* buf, byte c, nuint count) => ByteBuf.WriteU8N(buf, c, count);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_be16", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_be16(aws_byte_buf* buf, ushort x) => ByteBuf.WriteBe16(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_be24", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_be24(aws_byte_buf* buf, uint x) => ByteBuf.WriteBe24(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_be32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_be32(aws_byte_buf* buf, uint x) => ByteBuf.WriteBe32(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_float_be32", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_float_be32(aws_byte_buf* buf, float x) => ByteBuf.WriteFloatBe32(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_be64", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_be64(aws_byte_buf* buf, ulong x) => ByteBuf.WriteBe64(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_buf_write_float_be64", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_byte_buf_write_float_be64(aws_byte_buf* buf, double x) => ByteBuf.WriteFloatBe64(buf, x);

    [UnmanagedCallersOnly(EntryPoint = "aws_isalnum", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_isalnum(byte ch) => Ascii.IsAlnum(ch);

    [UnmanagedCallersOnly(EntryPoint = "aws_isalpha", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_isalpha(byte ch) => Ascii.IsAlpha(ch);

    [UnmanagedCallersOnly(EntryPoint = "aws_isdigit", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_isdigit(byte ch) => Ascii.IsDigit(ch);

    [UnmanagedCallersOnly(EntryPoint = "aws_isxdigit", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_isxdigit(byte ch) => Ascii.IsXdigit(ch);

    [UnmanagedCallersOnly(EntryPoint = "aws_isspace", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_isspace(byte ch) => Ascii.IsSpace(ch);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_utf8_parse_u64", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_utf8_parse_u64(aws_byte_cursor cursor, ulong* dst) => ByteCursor.Utf8ParseU64(cursor, dst);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_utf8_parse_i64", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_utf8_parse_i64(aws_byte_cursor cursor, long* dst) => ByteCursor.Utf8ParseI64(cursor, dst);

    [UnmanagedCallersOnly(EntryPoint = "aws_byte_cursor_utf8_parse_u64_hex", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_byte_cursor_utf8_parse_u64_hex(aws_byte_cursor cursor, ulong* dst) => ByteCursor.Utf8ParseU64Hex(cursor, dst);
}
