// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Text;
using System.Globalization;

namespace Reseau.Native.Common;

/// <summary>From values to text. Arrays stay on one line, members of objects get lines of their own.</summary>
internal readonly unsafe struct JsonWriter
{
    private readonly aws_byte_buf* output;
    private readonly bool isFormatted;

    private JsonWriter(aws_byte_buf* output, bool isFormatted)
    {
        this.output = output;
        this.isFormatted = isFormatted;
    }

    /// <summary>aws_byte_buf_append_json_string</summary>
    internal static int Append(aws_json_value* value, aws_byte_buf* output) => Append(value, output, false);

    /// <summary>aws_byte_buf_append_json_string_formatted</summary>
    internal static int AppendFormatted(aws_json_value* value, aws_byte_buf* output) => Append(value, output, true);

    private static int Append(aws_json_value* value, aws_byte_buf* output, bool isFormatted)
    {
        if (value == null || output == null || output->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint length = output->len;
        if (new JsonWriter(output, isFormatted).TryWrite((JsonNode*)value, 0))
            return AWS_OP_SUCCESS;

        SecureMemory.Zero(output->buffer + length, output->len - length);
        output->len = length;
        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>False if it is too deep or the buffer cannot grow.</summary>
    private bool TryWrite(JsonNode* node, int level) => level <= Json.MostLevels && node->Type switch
    {
        JsonType.Null => TryPut("null"u8),
        JsonType.False => TryPut("false"u8),
        JsonType.True => TryPut("true"u8),
        JsonType.Number => TryWriteNumber(node->Number),
        JsonType.String => TryWriteText(node->Text),
        JsonType.Array => TryWriteArray(node, level),
        _ => TryWriteObject(node, level),
    };

    private bool TryWriteArray(JsonNode* array, int level)
    {
        if (!TryPut("["u8))
            return false;

        for (JsonNode* element = array->First; element != null; element = element->Next)
        {
            if (!TryWrite(element, level + 1))
                return false;
            if (element->Next != null && !TryPut(isFormatted ? ", "u8 : ","u8))
                return false;
        }

        return TryPut("]"u8);
    }

    private bool TryWriteObject(JsonNode* node, int level)
    {
        if (!TryPut(isFormatted ? "{\n"u8 : "{"u8))
            return false;

        for (JsonNode* member = node->First; member != null; member = member->Next)
        {
            if (!TryIndent(level + 1) || !TryWriteText(member->Key) || !TryPut(isFormatted ? ":\t"u8 : ":"u8))
                return false;
            if (!TryWrite(member, level + 1))
                return false;
            if (member->Next != null && !TryPut(","u8))
                return false;
            if (isFormatted && !TryPut("\n"u8))
                return false;
        }

        return TryIndent(level) && TryPut("}"u8);
    }

    private bool TryIndent(int level)
    {
        for (; isFormatted && level > 0; level--)
        {
            if (!TryPut("\t"u8))
                return false;
        }

        return true;
    }

    /// <summary>As short as it can be and still be read as the same number.</summary>
    private bool TryWriteNumber(double number)
    {
        if (!double.IsFinite(number))
            return TryPut("null"u8);

        Span<byte> digits = stackalloc byte[32];
        int length;
        if (number >= int.MinValue && number <= int.MaxValue && number == (int)number)
            return Utf8Formatter.TryFormat((int)number, digits, out length) && TryPut(digits[..length]);

        if (!TryFormat(number, "G15", digits, out length))
            return false;
        bool isExact = Utf8Parser.TryParse(digits[..length], out double read, out _) && Json.AreClose(number, read);
        if (!isExact && !TryFormat(number, "G17", digits, out length))
            return false;

        return TryPut(digits[..length]);
    }

    private static bool TryFormat(double number, ReadOnlySpan<char> format, Span<byte> digits, out int length)
    {
        if (!number.TryFormat(digits, out length, format, CultureInfo.InvariantCulture))
            return false;

        int exponent = digits[..length].IndexOf((byte)'E');
        if (exponent >= 0)
            digits[exponent] = (byte)'e';
        return true;
    }

    private bool TryWriteText(aws_byte_cursor text)
    {
        if (!TryPut("\""u8))
            return false;

        // What needs no escape goes in one piece.
        nuint start = 0;
        Span<byte> escape = stackalloc byte[6];
        for (nuint i = 0; i < text.len; i++)
        {
            if (text.ptr[i] >= ' ' && text.ptr[i] != '"' && text.ptr[i] != '\\')
                continue;
            if (!TryPut(text.ptr + start, i - start) || !TryPut(Escape(text.ptr[i], escape)))
                return false;
            start = i + 1;
        }

        return TryPut(text.ptr + start, text.len - start) && TryPut("\""u8);
    }

    private static ReadOnlySpan<byte> Escape(byte value, Span<byte> room)
    {
        switch (value)
        {
            case (byte)'"':
                return "\\\""u8;
            case (byte)'\\':
                return "\\\\"u8;
            case (byte)'\b':
                return "\\b"u8;
            case (byte)'\f':
                return "\\f"u8;
            case (byte)'\n':
                return "\\n"u8;
            case (byte)'\r':
                return "\\r"u8;
            case (byte)'\t':
                return "\\t"u8;
            default:
                "\\u00"u8.CopyTo(room);
                Utf8Formatter.TryFormat(value, room[4..], out _, new System.Buffers.StandardFormat('x', 2));
                return room;
        }
    }

    private bool TryPut(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return TryPut(start, (nuint)bytes.Length);
    }

    private bool TryPut(byte* bytes, nuint length)
    {
        aws_byte_cursor cursor = new() { ptr = bytes, len = length };
        return ByteBuf.AppendDynamicSecure(output, &cursor) == AWS_OP_SUCCESS;
    }
}
