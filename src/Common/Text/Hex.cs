// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Bytes as hexadecimal text: two small digits each.</summary>
internal static unsafe class Hex
{
    /// <summary>aws_hex_compute_encoded_len</summary>
    internal static int ComputeEncodedLen(nuint to_encode_len, nuint* encoded_length)
    {
        if (encoded_length == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryAdd(to_encode_len, to_encode_len, out nuint length))
            return AWS_OP_ERR;

        *encoded_length = length;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hex_encode: replaces what the buffer holds; AWS_ERROR_SHORT_BUFFER if its capacity is too small.
    /// </summary>
    internal static int Encode(aws_byte_cursor* to_encode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteCursor.IsValid(to_encode) || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ComputeEncodedLen(to_encode->len, &length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (output->capacity < length)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        Write(to_encode, output->buffer);
        output->len = length;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_hex_encode_append_dynamic: appends; the buffer grows.</summary>
    internal static int EncodeAppendDynamic(aws_byte_cursor* to_encode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteCursor.IsValid(to_encode) || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ComputeEncodedLen(to_encode->len, &length) != AWS_OP_SUCCESS ||
            ByteBuf.ReserveRelative(output, length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        Write(to_encode, output->buffer + output->len);
        output->len += length;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_hex_compute_decoded_len: an odd number of digits counts as if a zero stood in front.</summary>
    internal static int ComputeDecodedLen(nuint to_decode_len, nuint* decoded_len)
    {
        if (decoded_len == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryAdd(to_decode_len, 1, out nuint rounded))
            return AWS_OP_ERR;

        *decoded_len = rounded / 2;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_hex_decode: replaces what the buffer holds. AWS_ERROR_SHORT_BUFFER if its capacity is too small,
    /// AWS_ERROR_INVALID_HEX_STR for other characters than digits; its length is then as before.
    /// </summary>
    internal static int Decode(aws_byte_cursor* to_decode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteCursor.IsValid(to_decode) || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ComputeDecodedLen(to_decode->len, &length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (output->capacity < length)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        byte* values = LookupTable.HexToNumGet();
        byte* digits = to_decode->ptr;
        nuint written = 0;
        if (to_decode->len % 2 != 0)
        {
            byte first = values[*digits++];
            if (first == LookupTable.NotHex)
                return Errors.Raise(AWS_ERROR_INVALID_HEX_STR);

            output->buffer[written++] = first;
        }

        for (; written < length; digits += 2)
        {
            byte high = values[digits[0]];
            byte low = values[digits[1]];
            if (high == LookupTable.NotHex || low == LookupTable.NotHex)
                return Errors.Raise(AWS_ERROR_INVALID_HEX_STR);

            output->buffer[written++] = (byte)(high << 4 | low);
        }

        output->len = length;
        return AWS_OP_SUCCESS;
    }

    private static void Write(aws_byte_cursor* bytes, byte* target)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        for (nuint i = 0; i < bytes->len; i++)
        {
            *target++ = digits[bytes->ptr[i] >> 4];
            *target++ = digits[bytes->ptr[i] & 0xF];
        }
    }
}
