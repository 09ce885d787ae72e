// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ByteBuf
{
    /// <summary>aws_byte_buf_init</summary>
    internal static int Init(aws_byte_buf* buf, aws_allocator* allocator, nuint capacity) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_init_copy</summary>
    internal static int InitCopy(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_buf* src) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_init_from_file</summary>
    internal static int InitFromFile(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_init_from_file_with_size_hint</summary>
    internal static int InitFromFileWithSizeHint(aws_byte_buf* out_buf, aws_allocator* alloc, byte* filename, nuint size_hint) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_is_valid</summary>
    internal static bool IsValid(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_init_copy_from_cursor</summary>
    internal static int InitCopyFromCursor(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_cursor src) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_clean_up</summary>
    internal static void CleanUp(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_clean_up_secure</summary>
    internal static void CleanUpSecure(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_reset</summary>
    internal static void Reset(aws_byte_buf* buf, bool zero_contents) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_secure_zero</summary>
    internal static void SecureZero(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_eq</summary>
    internal static bool Eq(aws_byte_buf* a, aws_byte_buf* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_byte_buf* a, aws_byte_buf* b) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_eq_c_str</summary>
    internal static bool EqCStr(aws_byte_buf* buf, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_byte_buf* buf, byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append</summary>
    internal static int Append(aws_byte_buf* to, aws_byte_cursor* from) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_with_lookup</summary>
    internal static int AppendWithLookup(aws_byte_buf* to, aws_byte_cursor* from, byte* lookup_table) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_dynamic</summary>
    internal static int AppendDynamic(aws_byte_buf* to, aws_byte_cursor* from) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_auto</summary>
    internal static int AppendAuto(aws_byte_buf* to, aws_byte_cursor* from) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_dynamic_secure</summary>
    internal static int AppendDynamicSecure(aws_byte_buf* to, aws_byte_cursor* from) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_byte_dynamic</summary>
    internal static int AppendByteDynamic(aws_byte_buf* buffer, byte value) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_byte_dynamic_secure</summary>
    internal static int AppendByteDynamicSecure(aws_byte_buf* buffer, byte value) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_and_update</summary>
    internal static int AppendAndUpdate(aws_byte_buf* to, aws_byte_cursor* from_and_update) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_append_null_terminator</summary>
    internal static int AppendNullTerminator(aws_byte_buf* buf) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_reserve</summary>
    internal static int Reserve(aws_byte_buf* buffer, nuint requested_capacity) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_reserve_relative</summary>
    internal static int ReserveRelative(aws_byte_buf* buffer, nuint additional_length) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_from_c_str</summary>
    internal static aws_byte_buf FromCStr(byte* c_str) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_from_array</summary>
    internal static aws_byte_buf FromArray(void* bytes, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_from_empty_array</summary>
    internal static aws_byte_buf FromEmptyArray(void* bytes, nuint capacity) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_advance</summary>
    internal static bool Advance(aws_byte_buf* buffer, aws_byte_buf* output, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write</summary>
    internal static bool Write(aws_byte_buf* buf, byte* src, nuint len) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_from_whole_buffer</summary>
    internal static bool WriteFromWholeBuffer(aws_byte_buf* buf, aws_byte_buf src) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_from_whole_cursor</summary>
    internal static bool WriteFromWholeCursor(aws_byte_buf* buf, aws_byte_cursor src) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_to_capacity</summary>
    internal static aws_byte_cursor WriteToCapacity(aws_byte_buf* buf, aws_byte_cursor* advancing_cursor) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_u8</summary>
    internal static bool WriteU8(aws_byte_buf* buf, byte c) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_u8_n</summary>
    internal static bool WriteU8N(aws_byte_buf* buf, byte c, nuint count) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_be16</summary>
    internal static bool WriteBe16(aws_byte_buf* buf, ushort x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_be24</summary>
    internal static bool WriteBe24(aws_byte_buf* buf, uint x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_be32</summary>
    internal static bool WriteBe32(aws_byte_buf* buf, uint x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_float_be32</summary>
    internal static bool WriteFloatBe32(aws_byte_buf* buf, float x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_be64</summary>
    internal static bool WriteBe64(aws_byte_buf* buf, ulong x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_write_float_be64</summary>
    internal static bool WriteFloatBe64(aws_byte_buf* buf, double x) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_reserve_smart</summary>
    internal static int ReserveSmart(aws_byte_buf* buffer, nuint requested_capacity) => throw new System.NotImplementedException();

    /// <summary>aws_byte_buf_reserve_smart_relative</summary>
    internal static int ReserveSmartRelative(aws_byte_buf* buffer, nuint additional_length) => throw new System.NotImplementedException();
}
