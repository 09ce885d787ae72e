// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Text;
using System.Globalization;

namespace Reseau.Native.Common.Json;

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
        if (new JsonWriter(output, isFormatted).TryWriteTree((JsonNode*)value))
            return AWS_OP_SUCCESS;

        SecureMemory.Zero(output->buffer + length, output->len - length);
        output->len = length;
        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>
    /// False if the buffer cannot grow, as from all that follows. No recursion, for trees may be deep.
    /// </summary>
    private bool TryWriteTree(JsonNode* root)
    {
        JsonNode* node = root;
        int level = 0;
        while ((node == root || TryWriteName(node, level)) && TryOpen(node))
        {
            if (node->First != null)
            {
                node = node->First;
                level++;
                continue;
            }

            if (!TryComplete(ref node, root, ref level))
                return false;
            if (node == root)
                return true;
            node = node->Next;
        }

        return false;
    }

    /// <summary>Only members have one.</summary>
    private bool TryWriteName(JsonNode* node, int level) => node->Parent->Type != JsonType.Object ||
        (TryIndent(level) && TryWriteText(node->Key) && TryPut(isFormatted ? ":\t"u8 : ":"u8));

    private bool TryOpen(JsonNode* node) => node->Type switch
    {
        JsonType.Null => TryPut("null"u8),
        JsonType.False => TryPut("false"u8),
        JsonType.True => TryPut("true"u8),
        JsonType.Number => TryWriteNumber(node->Number),
        JsonType.String => TryWriteText(node->Text),
        JsonType.Array => TryPut("["u8),
        _ => TryPut(isFormatted ? "{\n"u8 : "{"u8),
    };

    private bool TryClose(JsonNode* node, int level) => node->Type switch
    {
        JsonType.Array => TryPut("]"u8),
        JsonType.Object => TryIndent(level) && TryPut("}"u8),
        _ => true,
    };

    /// <summary>Ends a node that is written but for its end, and those above it that are complete by that.</summary>
    private bool TryComplete(ref JsonNode* node, JsonNode* root, ref int level)
    {
        bool isWritten = TryClose(node, level);
        while (isWritten && node != root && node->Next == null)
        {
            isWritten = TrySeparate(node) && TryClose(node->Parent, level - 1);
            node = node->Parent;
            level--;
        }

        return isWritten && (node == root || TrySeparate(node));
    }

    /// <summary>What stands behind an element or member.</summary>
    private bool TrySeparate(JsonNode* node)
    {
        bool isMember = node->Parent->Type == JsonType.Object;
        if (node->Next != null && !TryPut(isFormatted && !isMember ? ", "u8 : ","u8))
            return false;

        return !isFormatted || !isMember || TryPut("\n"u8);
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
        bool isExact = Utf8Parser.TryParse(digits[..length], out double read, out _) &&
            JsonComparison.AreClose(number, read);
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
