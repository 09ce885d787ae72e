// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Text;

namespace Reseau.Native.Common.Json;

/// <summary>
/// From text to values. As lenient as programs are used to: control characters are white space between values and pass
/// in strings, numbers may have leading zeros, a byte-order mark may stand first, and nobody looks at what follows the
/// value.
/// </summary>
internal unsafe struct JsonParser
{
    /// <summary>Texts with more containers within each other are refused.</summary>
    private const int MaxLevels = 1000;

    private readonly aws_allocator* allocator;
    private readonly byte* end;
    private byte* at;

    private JsonParser(aws_allocator* allocator, aws_byte_cursor text)
    {
        this.allocator = allocator;
        at = text.ptr;
        end = text.ptr + text.len;
    }

    /// <summary>aws_json_value_new_from_string</summary>
    internal static aws_json_value* Parse(aws_allocator* allocator, aws_byte_cursor text)
    {
        if (allocator == null || !ByteCursor.IsValid(&text))
            return JsonValue.Refuse();

        JsonParser parser = new(allocator, text);
        parser.SkipLiteral("\uFEFF"u8);
        JsonNode* root = parser.ParseTree();
        return root == null ? JsonValue.Refuse() : JsonValue.Public(root);
    }

    /// <summary>NULL if there is none. No recursion: the containers that are open are those above a value.</summary>
    private JsonNode* ParseTree()
    {
        JsonNode* root = ParseValue(0);
        JsonNode* value = root;
        int level = 0;
        while (value != null)
        {
            JsonNode* container = value;
            if (CloseOf(value) != 0 && !SkipTo(CloseOf(value)))
                level++;
            else if (!TryFindNext(ref container, ref level))
                break;
            else if (container == null)
                return root;

            value = container->Type == JsonType.Object ? ParseMember(level) : ParseValue(level);
            if (value != null)
                JsonNode.Append(container, value);
        }

        if (root != null)
            JsonNode.Destroy(root);
        return null;
    }

    /// <summary>
    /// From a value that is complete to the container of the next one, past the ends of those that are complete with
    /// it; to NULL if all are. False if something else stands there.
    /// </summary>
    private bool TryFindNext(ref JsonNode* node, ref int level)
    {
        for (node = node->Parent; node != null && !SkipTo((byte)','); node = node->Parent, level--)
        {
            if (!SkipTo(CloseOf(node)))
                return false;
        }

        return true;
    }

    /// <summary>Zero for a value that is no container.</summary>
    private static byte CloseOf(JsonNode* node) => node->Type switch
    {
        JsonType.Array => (byte)']',
        JsonType.Object => (byte)'}',
        _ => 0,
    };

    /// <summary>
    /// A value, or the beginning of a container. NULL if there is none, as from all that follows.
    /// </summary>
    private JsonNode* ParseValue(int level)
    {
        SkipSpace();
        if (at == end)
            return null;

        switch (*at)
        {
            case (byte)'"':
                return ParseString();
            case (byte)'[':
                return OpenContainer(JsonType.Array, level);
            case (byte)'{':
                return OpenContainer(JsonType.Object, level);
            case (byte)'n':
                return ParseLiteral("null"u8, JsonType.Null);
            case (byte)'t':
                return ParseLiteral("true"u8, JsonType.True);
            case (byte)'f':
                return ParseLiteral("false"u8, JsonType.False);
            default:
                return ParseNumber();
        }
    }

    private JsonNode* OpenContainer(JsonType type, int level)
    {
        if (level >= MaxLevels)
            return null;

        at++;
        return JsonNode.New(allocator, type);
    }

    private JsonNode* ParseMember(int level)
    {
        SkipSpace();
        if (at == end || *at != '"' || !TryTakeText(out aws_byte_cursor key))
            return null;

        JsonNode* value = SkipTo((byte)':') ? ParseValue(level) : null;
        if (value == null)
            Allocator.Release(allocator, key.ptr);
        else
            value->Key = key;
        return value;
    }

    private JsonNode* ParseLiteral(ReadOnlySpan<byte> literal, JsonType type) =>
        SkipLiteral(literal) ? JsonNode.New(allocator, type) : null;

    private JsonNode* ParseString()
    {
        if (!TryTakeText(out aws_byte_cursor text))
            return null;

        JsonNode* node = JsonNode.New(allocator, JsonType.String);
        node->Text = text;
        return node;
    }

    private JsonNode* ParseNumber()
    {
        byte* start = at;
        byte* p = *at == '-' ? at + 1 : at;
        if (p == end || !(Ascii.IsDigit(*p) || (p > start && *p == '.')))
            return null;

        p = PastDigits(p);
        if (p < end && *p == '.')
            p = PastDigits(p + 1);
        p = PastExponent(p);

        int length = (int)Math.Min(p - start, int.MaxValue);
        if (!Utf8Parser.TryParse(new ReadOnlySpan<byte>(start, length), out double number, out int used) || used == 0)
            return null;

        at = start + used;
        JsonNode* node = JsonNode.New(allocator, JsonType.Number);
        node->Number = number;
        return node;
    }

    private readonly byte* PastDigits(byte* p)
    {
        while (p < end && Ascii.IsDigit(*p))
            p++;
        return p;
    }

    /// <summary>An exponent without digits is none.</summary>
    private readonly byte* PastExponent(byte* p)
    {
        if (p == end || (*p | 0x20) != 'e')
            return p;

        byte* digits = p + 1;
        if (digits < end && *digits is (byte)'+' or (byte)'-')
            digits++;
        byte* past = PastDigits(digits);
        return past == digits ? p : past;
    }

    /// <summary>The bytes between two quotation marks without their escapes, in memory of their own.</summary>
    private bool TryTakeText(out aws_byte_cursor text)
    {
        text = default;
        byte* start = at + 1;
        byte* close = start;
        while (close < end && *close != '"')
            close += *close == '\\' ? 2 : 1;
        if (close >= end)
            return false;

        // What an escape stands for is never longer than the escape.
        byte* bytes = (byte*)Allocator.Acquire(allocator, (nuint)(close - start) + 1);
        byte* to = bytes;
        for (at = start; at < close;)
        {
            if (*at != '\\')
            {
                *to++ = *at++;
            }
            else if (!TryTakeEscape(close, ref to))
            {
                Allocator.Release(allocator, bytes);
                return false;
            }
        }

        *to = 0;
        at = close + 1;
        text = new aws_byte_cursor { ptr = bytes, len = (nuint)(to - bytes) };
        return true;
    }

    private bool TryTakeEscape(byte* close, ref byte* to)
    {
        byte letter = at[1];
        if (letter == 'u')
            return TryTakeCodePoint(close, ref to);

        int value = letter switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'"' or (byte)'\\' or (byte)'/' => letter,
            _ => -1,
        };
        if (value < 0)
            return false;

        *to++ = (byte)value;
        at += 2;
        return true;
    }

    /// <summary>One UTF-16 unit, or two that belong together; half a pair stands for nothing.</summary>
    private bool TryTakeCodePoint(byte* close, ref byte* to)
    {
        if (!TryTakeUnit(close, out int codePoint) || (codePoint & 0xFC00) == 0xDC00)
            return false;

        if ((codePoint & 0xFC00) == 0xD800)
        {
            if (!TryTakeUnit(close, out int low) || (low & 0xFC00) != 0xDC00)
                return false;
            codePoint = 0x10000 + ((codePoint & 0x3FF) << 10) + (low & 0x3FF);
        }

        to += new System.Text.Rune(codePoint).EncodeToUtf8(new Span<byte>(to, 4));
        return true;
    }

    private bool TryTakeUnit(byte* close, out int unit)
    {
        unit = 0;
        if (close - at < 6 || at[0] != '\\' || at[1] != 'u')
            return false;

        for (int i = 2; i < 6; i++)
        {
            int digit = at[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => at[i] - '0',
                >= (byte)'a' and <= (byte)'f' => at[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => at[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
                return false;
            unit = unit * 16 + digit;
        }

        at += 6;
        return true;
    }

    private void SkipSpace()
    {
        while (at < end && *at <= ' ')
            at++;
    }

    /// <summary>Whether that byte comes next; then it is taken.</summary>
    private bool SkipTo(byte wanted)
    {
        SkipSpace();
        if (at == end || *at != wanted)
            return false;

        at++;
        return true;
    }

    private bool SkipLiteral(ReadOnlySpan<byte> literal)
    {
        if (end - at < literal.Length || !literal.SequenceEqual(new ReadOnlySpan<byte>(at, literal.Length)))
            return false;

        at += literal.Length;
        return true;
    }
}
