// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Text;

/// <summary>Numbers written as text.</summary>
internal static unsafe partial class ByteCursor
{
    /// <summary>
    /// aws_byte_cursor_utf8_parse_u64: decimal digits and nothing else. AWS_ERROR_INVALID_ARGUMENT for other text,
    /// AWS_ERROR_OVERFLOW_DETECTED for a number that is too large; the result is then zero.
    /// </summary>
    internal static int Utf8ParseU64(aws_byte_cursor cursor, ulong* dst) => ParseUnsigned(cursor, dst, 10);

    /// <summary>aws_byte_cursor_utf8_parse_u64_hex: the same with hexadecimal digits, without a prefix.</summary>
    internal static int Utf8ParseU64Hex(aws_byte_cursor cursor, ulong* dst) => ParseUnsigned(cursor, dst, 16);

    /// <summary>aws_byte_cursor_utf8_parse_i64: a minus sign may come first.</summary>
    internal static int Utf8ParseI64(aws_byte_cursor cursor, long* dst)
    {
        if (dst == null || !IsValid(&cursor))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        bool isNegative = cursor.len > 0 && *cursor.ptr == '-';
        if (isNegative)
            Advance(&cursor, 1);

        ulong magnitude;
        if (ParseUnsigned(cursor, &magnitude, 10) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (magnitude > (ulong)long.MaxValue + (isNegative ? 1u : 0u))
            return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

        *dst = isNegative ? unchecked(-(long)magnitude) : (long)magnitude;
        return AWS_OP_SUCCESS;
    }

    private static int ParseUnsigned(aws_byte_cursor cursor, ulong* dst, uint radix)
    {
        if (dst == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *dst = 0;
        if (cursor.len == 0 || cursor.ptr == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* values = LookupTable.HexToNumGet();
        ulong number = 0;
        for (nuint i = 0; i < cursor.len; i++)
        {
            byte digit = values[cursor.ptr[i]];
            if (digit >= radix)
                return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            if (number > (ulong.MaxValue - digit) / radix)
                return Errors.Raise(AWS_ERROR_OVERFLOW_DETECTED);

            number = number * radix + digit;
        }

        *dst = number;
        return AWS_OP_SUCCESS;
    }
}
