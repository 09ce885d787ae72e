// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Universally unique identifiers: 16 bytes, written as 36 characters with dashes or 32 without.</summary>
internal static unsafe class Uuid
{
    private const int ByteCount = 16;

    /// <summary>aws_uuid_init: random, of version 4.</summary>
    internal static int Init(aws_uuid* uuid)
    {
        if (uuid == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf bytes = ByteBuf.FromEmptyArray(uuid, ByteCount);
        if (DeviceRandom.Buffer(&bytes) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        uuid->uuid_data[6] = (byte)((uuid->uuid_data[6] & 0x0F) | 0x40);
        uuid->uuid_data[8] = (byte)((uuid->uuid_data[8] & 0x3F) | 0x80);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_uuid_init_from_str: reads the first 36 characters. AWS_ERROR_INVALID_BUFFER_SIZE if there are fewer,
    /// AWS_ERROR_MALFORMED_INPUT_STRING if they are no identifier; nothing is changed then.
    /// </summary>
    internal static int InitFromStr(aws_uuid* uuid, aws_byte_cursor* uuid_str)
    {
        if (uuid == null || !ByteCursor.IsValid(uuid_str))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (uuid_str->len < AWS_UUID_STR_LEN - 1)
            return Errors.Raise(AWS_ERROR_INVALID_BUFFER_SIZE);

        aws_uuid parsed;
        aws_byte_cursor rest = *uuid_str;
        for (int i = 0; i < ByteCount; i++)
        {
            byte dash;
            if (IsAfterDash(i) && !(ByteCursor.ReadU8(&rest, &dash) && dash == '-'))
                return Errors.Raise(AWS_ERROR_MALFORMED_INPUT_STRING);
            if (!ByteCursor.ReadHexU8(&rest, &parsed.uuid_data[i]))
                return Errors.Raise(AWS_ERROR_MALFORMED_INPUT_STRING);
        }

        *uuid = parsed;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_uuid_to_str: appends 36 characters and, uncounted, a NUL. AWS_ERROR_SHORT_BUFFER if the 37 do not fit.
    /// </summary>
    internal static int ToStr(aws_uuid* uuid, aws_byte_buf* output) => Write(uuid, output, withDashes: true);

    /// <summary>aws_uuid_to_str_compact: the same with 32 characters.</summary>
    internal static int ToStrCompact(aws_uuid* uuid, aws_byte_buf* output) => Write(uuid, output, withDashes: false);

    /// <summary>aws_uuid_equals</summary>
    internal static bool Equals(aws_uuid* a, aws_uuid* b) =>
        a != null && b != null && ByteArray.Eq(a->uuid_data, ByteCount, b->uuid_data, ByteCount);

    private static bool IsAfterDash(int index) => index is 4 or 6 or 8 or 10;

    private static int Write(aws_uuid* uuid, aws_byte_buf* output, bool withDashes)
    {
        if (uuid == null || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int needed = withDashes ? AWS_UUID_STR_LEN : AWS_UUID_STR_COMPACT_LEN;
        if (output->capacity - output->len < (nuint)needed)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        byte* text = output->buffer + output->len;
        for (int i = 0; i < ByteCount; i++)
        {
            if (withDashes && IsAfterDash(i))
                *text++ = (byte)'-';
            *text++ = digits[uuid->uuid_data[i] >> 4];
            *text++ = digits[uuid->uuid_data[i] & 0xF];
        }

        *text = 0;
        output->len += (nuint)needed - 1;
        return AWS_OP_SUCCESS;
    }
}
