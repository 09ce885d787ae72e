// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Buffers of bytes: <c>len</c> bytes are in use, <c>capacity</c> bytes are there. A buffer with an allocator owns its
/// memory; one without views the caller's. The functions that write return false, and the others that fail return
/// AWS_OP_ERR, without having changed anything. No function is safe against concurrent use of one buffer.
/// </summary>
internal static unsafe partial class ByteBuf
{
    private static nuint HalfOfAll => nuint.MaxValue >> 1;

    /// <summary>aws_byte_buf_init: empty, with its own memory if the capacity is not zero.</summary>
    internal static int Init(aws_byte_buf* buf, aws_allocator* allocator, nuint capacity)
    {
        if (buf == null || allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        buf->buffer = capacity == 0 ? null : (byte*)Allocator.Acquire(allocator, capacity);
        buf->len = 0;
        buf->capacity = capacity;
        buf->allocator = allocator;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_byte_buf_init_copy: the same capacity and bytes as <paramref name="src"/>, in memory of its own.
    /// </summary>
    internal static int InitCopy(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_buf* src)
    {
        if (dest == null || allocator == null || !IsValid(src))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf source = *src;
        Init(dest, allocator, source.capacity);
        NativeMemory.Copy(source.buffer, dest->buffer, source.len);
        dest->len = source.len;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_init_copy_from_cursor: just large enough for the cursor's bytes.</summary>
    internal static int InitCopyFromCursor(aws_byte_buf* dest, aws_allocator* allocator, aws_byte_cursor src)
    {
        if (dest == null || allocator == null || !ByteCursor.IsValid(&src))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        Init(dest, allocator, src.len);
        NativeMemory.Copy(src.ptr, dest->buffer, src.len);
        dest->len = src.len;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_is_valid</summary>
    internal static bool IsValid(aws_byte_buf* buf)
    {
        if (buf == null)
            return false;

        return buf->capacity == 0
            ? buf->len == 0 && buf->buffer == null
            : buf->len <= buf->capacity && buf->buffer != null;
    }

    /// <summary>aws_byte_buf_clean_up: releases memory that the buffer owns and leaves all zero.</summary>
    internal static void CleanUp(aws_byte_buf* buf)
    {
        if (buf == null)
            return;

        if (buf->allocator != null && buf->buffer != null)
            Allocator.Release(buf->allocator, buf->buffer);
        *buf = default;
    }

    /// <summary>aws_byte_buf_clean_up_secure: wipes the whole capacity first.</summary>
    internal static void CleanUpSecure(aws_byte_buf* buf)
    {
        SecureZero(buf);
        CleanUp(buf);
    }

    /// <summary>aws_byte_buf_reset: empties the buffer; the memory stays, wiped if asked.</summary>
    internal static void Reset(aws_byte_buf* buf, bool zero_contents)
    {
        if (buf == null)
            return;

        if (zero_contents)
            SecureZero(buf);
        buf->len = 0;
    }

    /// <summary>aws_byte_buf_secure_zero: wipes the whole capacity and empties the buffer.</summary>
    internal static void SecureZero(aws_byte_buf* buf)
    {
        if (buf == null)
            return;

        SecureMemory.Zero(buf->buffer, buf->capacity);
        buf->len = 0;
    }

    /// <summary>aws_byte_buf_eq: compares the bytes in use.</summary>
    internal static bool Eq(aws_byte_buf* a, aws_byte_buf* b) =>
        a != null && b != null && ByteArray.Eq(a->buffer, a->len, b->buffer, b->len);

    /// <summary>aws_byte_buf_eq_ignore_case</summary>
    internal static bool EqIgnoreCase(aws_byte_buf* a, aws_byte_buf* b) =>
        a != null && b != null && ByteArray.EqIgnoreCase(a->buffer, a->len, b->buffer, b->len);

    /// <summary>aws_byte_buf_eq_c_str</summary>
    internal static bool EqCStr(aws_byte_buf* buf, byte* c_str) =>
        buf != null && ByteArray.EqCStr(buf->buffer, buf->len, c_str);

    /// <summary>aws_byte_buf_eq_c_str_ignore_case</summary>
    internal static bool EqCStrIgnoreCase(aws_byte_buf* buf, byte* c_str) =>
        buf != null && ByteArray.EqCStrIgnoreCase(buf->buffer, buf->len, c_str);

    /// <summary>aws_byte_buf_append: AWS_ERROR_DEST_COPY_TOO_SMALL if the bytes do not fit.</summary>
    internal static int Append(aws_byte_buf* to, aws_byte_cursor* from)
    {
        if (!CanAppend(to, from))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (to->capacity - to->len < from->len)
            return Errors.Raise(AWS_ERROR_DEST_COPY_TOO_SMALL);

        NativeMemory.Copy(from->ptr, to->buffer + to->len, from->len);
        to->len += from->len;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_append_with_lookup: each byte goes through the table of 256 bytes.</summary>
    internal static int AppendWithLookup(aws_byte_buf* to, aws_byte_cursor* from, byte* lookup_table)
    {
        if (!CanAppend(to, from) || lookup_table == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (to->capacity - to->len < from->len)
            return Errors.Raise(AWS_ERROR_DEST_COPY_TOO_SMALL);

        byte* target = to->buffer + to->len;
        for (nuint i = 0; i < from->len; i++)
            target[i] = lookup_table[from->ptr[i]];

        to->len += from->len;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_append_dynamic: the buffer grows as needed, at least to twice its capacity.</summary>
    internal static int AppendDynamic(aws_byte_buf* to, aws_byte_cursor* from) => AppendDynamic(to, from, wipe: false);

    /// <summary>aws_byte_buf_append_auto: a buffer that owns its memory grows, another one does not.</summary>
    internal static int AppendAuto(aws_byte_buf* to, aws_byte_cursor* from) =>
        to != null && to->allocator != null ? AppendDynamic(to, from) : Append(to, from);

    /// <summary>aws_byte_buf_append_dynamic_secure: memory that growing leaves behind is wiped.</summary>
    internal static int AppendDynamicSecure(aws_byte_buf* to, aws_byte_cursor* from) =>
        AppendDynamic(to, from, wipe: true);

    /// <summary>aws_byte_buf_append_byte_dynamic</summary>
    internal static int AppendByteDynamic(aws_byte_buf* buffer, byte value)
    {
        aws_byte_cursor one = new() { ptr = &value, len = 1 };
        return AppendDynamic(buffer, &one, wipe: false);
    }

    /// <summary>aws_byte_buf_append_byte_dynamic_secure</summary>
    internal static int AppendByteDynamicSecure(aws_byte_buf* buffer, byte value)
    {
        aws_byte_cursor one = new() { ptr = &value, len = 1 };
        return AppendDynamic(buffer, &one, wipe: true);
    }

    /// <summary>aws_byte_buf_append_and_update: afterwards the cursor views the copy inside the buffer.</summary>
    internal static int AppendAndUpdate(aws_byte_buf* to, aws_byte_cursor* from_and_update)
    {
        if (Append(to, from_and_update) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        from_and_update->ptr = to->buffer == null ? null : to->buffer + to->len - from_and_update->len;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_append_null_terminator: one NUL, which counts as a byte of the buffer.</summary>
    internal static int AppendNullTerminator(aws_byte_buf* buf) => AppendByteDynamic(buf, 0);

    /// <summary>aws_byte_buf_reserve: makes the capacity at least this large; the bytes stay.</summary>
    internal static int Reserve(aws_byte_buf* buffer, nuint requested_capacity)
    {
        if (!IsValid(buffer) || buffer->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (requested_capacity <= buffer->capacity)
            return AWS_OP_SUCCESS;
        if (buffer->buffer == null)
            return Init(buffer, buffer->allocator, requested_capacity);

        void* grown = buffer->buffer;
        if (Allocator.Realloc(buffer->allocator, &grown, buffer->capacity, requested_capacity) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        buffer->buffer = (byte*)grown;
        buffer->capacity = requested_capacity;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_byte_buf_reserve_relative: makes room for this many bytes behind those in use.</summary>
    internal static int ReserveRelative(aws_byte_buf* buffer, nuint additional_length)
    {
        if (!IsValid(buffer) || buffer->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return CheckedMath.TryAdd(buffer->len, additional_length, out nuint capacity)
            ? Reserve(buffer, capacity)
            : AWS_OP_ERR;
    }

    /// <summary>aws_byte_buf_reserve_smart: if the buffer must grow, then at least to twice its capacity.</summary>
    internal static int ReserveSmart(aws_byte_buf* buffer, nuint requested_capacity)
    {
        if (buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (requested_capacity <= buffer->capacity)
            return AWS_OP_SUCCESS;

        return Reserve(buffer, Grown(buffer, requested_capacity));
    }

    /// <summary>aws_byte_buf_reserve_smart_relative</summary>
    internal static int ReserveSmartRelative(aws_byte_buf* buffer, nuint additional_length)
    {
        if (buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return CheckedMath.TryAdd(buffer->len, additional_length, out nuint capacity)
            ? ReserveSmart(buffer, capacity)
            : AWS_OP_ERR;
    }

    /// <summary>
    /// aws_byte_buf_from_c_str: a full buffer over the string, without its NUL; NULL counts as empty.
    /// </summary>
    internal static aws_byte_buf FromCStr(byte* c_str) => FromArray(c_str, c_str == null ? 0 : ByteArray.Length(c_str));

    /// <summary>aws_byte_buf_from_array: a full buffer over the caller's bytes.</summary>
    internal static aws_byte_buf FromArray(void* bytes, nuint len) => bytes == null || len == 0
        ? default
        : new aws_byte_buf { buffer = (byte*)bytes, len = len, capacity = len };

    /// <summary>aws_byte_buf_from_empty_array: an empty buffer over the caller's memory.</summary>
    internal static aws_byte_buf FromEmptyArray(void* bytes, nuint capacity) => bytes == null || capacity == 0
        ? default
        : new aws_byte_buf { buffer = (byte*)bytes, capacity = capacity };

    /// <summary>
    /// aws_byte_buf_advance: sets the next <paramref name="len"/> bytes aside as an empty buffer of their own, which
    /// must not outlive this one; if there is no room, <paramref name="output"/> becomes all zero.
    /// </summary>
    internal static bool Advance(aws_byte_buf* buffer, aws_byte_buf* output, nuint len)
    {
        if (output == null)
            return false;

        *output = default;
        if (!IsValid(buffer) || buffer->capacity - buffer->len < len)
            return false;

        if (buffer->buffer != null)
            *output = FromEmptyArray(buffer->buffer + buffer->len, len);
        buffer->len += len;
        return true;
    }

    /// <summary>aws_byte_buf_write</summary>
    internal static bool Write(aws_byte_buf* buf, byte* src, nuint len)
    {
        if (buf == null)
            return false;
        if (len == 0)
            return true;
        if (src == null || !HasRoom(buf, len))
            return false;

        NativeMemory.Copy(src, buf->buffer + buf->len, len);
        buf->len += len;
        return true;
    }

    /// <summary>aws_byte_buf_write_from_whole_buffer</summary>
    internal static bool WriteFromWholeBuffer(aws_byte_buf* buf, aws_byte_buf src) => Write(buf, src.buffer, src.len);

    /// <summary>aws_byte_buf_write_from_whole_cursor</summary>
    internal static bool WriteFromWholeCursor(aws_byte_buf* buf, aws_byte_cursor src) => Write(buf, src.ptr, src.len);

    /// <summary>
    /// aws_byte_buf_write_to_capacity: writes as much as fits, moves the cursor past it and returns what was written.
    /// </summary>
    internal static aws_byte_cursor WriteToCapacity(aws_byte_buf* buf, aws_byte_cursor* advancing_cursor)
    {
        if (!IsValid(buf) || !ByteCursor.IsValid(advancing_cursor))
            return default;

        nuint count = Math.Min(buf->capacity - buf->len, advancing_cursor->len);
        aws_byte_cursor written = ByteCursor.Advance(advancing_cursor, count);
        Write(buf, written.ptr, written.len);
        return written;
    }

    /// <summary>aws_byte_buf_write_u8</summary>
    internal static bool WriteU8(aws_byte_buf* buf, byte c) => Write(buf, &c, 1);

    /// <summary>aws_byte_buf_write_u8_n: the same byte <paramref name="count"/> times.</summary>
    internal static bool WriteU8N(aws_byte_buf* buf, byte c, nuint count)
    {
        if (buf == null)
            return false;
        if (count == 0)
            return true;
        if (!HasRoom(buf, count))
            return false;

        NativeMemory.Fill(buf->buffer + buf->len, count, c);
        buf->len += count;
        return true;
    }

    /// <summary>aws_byte_buf_write_be16: most significant byte first, as all that follow.</summary>
    internal static bool WriteBe16(aws_byte_buf* buf, ushort x)
    {
        ushort big = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(x) : x;
        return Write(buf, (byte*)&big, sizeof(ushort));
    }

    /// <summary>aws_byte_buf_write_be24: false also if the number needs more than three bytes.</summary>
    internal static bool WriteBe24(aws_byte_buf* buf, uint x)
    {
        byte* bytes = stackalloc byte[] { (byte)(x >> 16), (byte)(x >> 8), (byte)x };
        return x <= 0xFF_FFFF && Write(buf, bytes, 3);
    }

    /// <summary>aws_byte_buf_write_be32</summary>
    internal static bool WriteBe32(aws_byte_buf* buf, uint x)
    {
        uint big = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(x) : x;
        return Write(buf, (byte*)&big, sizeof(uint));
    }

    /// <summary>aws_byte_buf_write_float_be32</summary>
    internal static bool WriteFloatBe32(aws_byte_buf* buf, float x) => WriteBe32(buf, *(uint*)&x);

    /// <summary>aws_byte_buf_write_be64</summary>
    internal static bool WriteBe64(aws_byte_buf* buf, ulong x)
    {
        ulong big = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(x) : x;
        return Write(buf, (byte*)&big, sizeof(ulong));
    }

    /// <summary>aws_byte_buf_write_float_be64</summary>
    internal static bool WriteFloatBe64(aws_byte_buf* buf, double x) => WriteBe64(buf, *(ulong*)&x);

    private static bool CanAppend(aws_byte_buf* to, aws_byte_cursor* from) => IsValid(to) && ByteCursor.IsValid(from);

    private static bool HasRoom(aws_byte_buf* buf, nuint count) =>
        buf->buffer != null && buf->len <= HalfOfAll && count <= HalfOfAll && buf->len + count <= buf->capacity;

    private static nuint Grown(aws_byte_buf* buffer, nuint needed) =>
        Math.Max(CheckedMath.AddSaturating(buffer->capacity, buffer->capacity), needed);

    private static int AppendDynamic(aws_byte_buf* to, aws_byte_cursor* from, bool wipe)
    {
        if (!CanAppend(to, from) || to->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (to->capacity - to->len >= from->len)
            return Append(to, from);
        if (!CheckedMath.TryAdd(to->len, from->len, out nuint needed))
            return AWS_OP_ERR;

        // The old memory is released last: the bytes to append may be part of it.
        nuint capacity = Grown(to, needed);
        byte* grown = (byte*)Allocator.Acquire(to->allocator, capacity);
        NativeMemory.Copy(to->buffer, grown, to->len);
        NativeMemory.Copy(from->ptr, grown + to->len, from->len);
        if (wipe)
            SecureMemory.Zero(to->buffer, to->capacity);
        Allocator.Release(to->allocator, to->buffer);

        to->len += from->len;
        to->buffer = grown;
        to->capacity = capacity;
        return AWS_OP_SUCCESS;
    }
}
