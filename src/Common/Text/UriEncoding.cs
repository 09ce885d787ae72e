// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>Percent-encoding.</summary>
internal static unsafe partial class Uri
{
    private const int EncodedLength = 3;

    /// <summary>
    /// aws_byte_buf_append_encoding_uri_path: everything but letters, digits, "-_.~" and "/" becomes "%" and two
    /// capital hexadecimal digits. The buffer grows.
    /// </summary>
    internal static int AppendEncodingPath(aws_byte_buf* buffer, aws_byte_cursor* cursor) =>
        AppendEncoding(buffer, cursor, keepSlashes: true);

    /// <summary>aws_byte_buf_append_encoding_uri_param: the same, and "/" too.</summary>
    internal static int AppendEncodingParam(aws_byte_buf* buffer, aws_byte_cursor* cursor) =>
        AppendEncoding(buffer, cursor, keepSlashes: false);

    /// <summary>
    /// aws_byte_buf_append_decoding_uri: AWS_ERROR_MALFORMED_INPUT_STRING, and nothing appended, if a "%" is not
    /// followed by two hexadecimal digits.
    /// </summary>
    internal static int AppendDecoding(aws_byte_buf* buffer, aws_byte_cursor* cursor)
    {
        if (!ByteCursor.IsValid(cursor))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ByteBuf.ReserveRelative(buffer, cursor->len) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_byte_cursor rest = *cursor;
        byte* start = buffer->buffer + buffer->len;
        byte* target = start;
        while (rest.len > 0)
        {
            byte value = *rest.ptr;
            rest.ptr++;
            rest.len--;
            if (value == '%' && !ByteCursor.ReadHexU8(&rest, &value))
                return Errors.Raise(AWS_ERROR_MALFORMED_INPUT_STRING);

            *target++ = value;
        }

        buffer->len += (nuint)(target - start);
        return AWS_OP_SUCCESS;
    }

    private static int AppendEncoding(aws_byte_buf* buffer, aws_byte_cursor* cursor, bool keepSlashes)
    {
        if (!ByteCursor.IsValid(cursor))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryMultiply(cursor->len, EncodedLength, out nuint most) ||
            ByteBuf.ReserveRelative(buffer, most) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        byte* target = buffer->buffer + buffer->len;
        for (nuint i = 0; i < cursor->len; i++)
        {
            byte value = cursor->ptr[i];
            if (UriGrammar.IsUnreserved(value) || (keepSlashes && value == '/'))
            {
                *target++ = value;
                continue;
            }

            *target++ = (byte)'%';
            *target++ = digits[value >> 4];
            *target++ = digits[value & 0xF];
        }

        buffer->len = (nuint)(target - buffer->buffer);
        return AWS_OP_SUCCESS;
    }
}
