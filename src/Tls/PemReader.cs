// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Takes the objects of a PEM text one after the other: for pem.h, and for certificates, keys and trust stores. A line
/// counts without the white space around it; text between objects is skipped, and the label behind END is ignored.
/// What a line is depends on who reads. To pem.h only a line feed ends one, as in aws-c-io. TLS takes every layout of
/// RFC 7468, section 2: any line ends or none, boundaries anywhere in a line, headers before the data.
/// </summary>
internal unsafe struct PemReader
{
    private readonly bool _isLax;
    private aws_byte_cursor _rest;
    private aws_byte_cursor _body;
    private nuint _bodyLength;

    /// <summary>The present object's place among all, from 1.</summary>
    internal nuint Number;

    /// <summary>What stands behind BEGIN.</summary>
    internal aws_byte_cursor Label;

    /// <summary>Whether the present object has its END.</summary>
    internal bool IsWhole;

    /// <summary>Whether headers say that the present object is encrypted. Only TLS looks at headers.</summary>
    internal bool IsEncryptedByHeader;

    private PemReader(aws_byte_cursor text, bool isLax)
    {
        _rest = text;
        _isLax = isLax;
    }

    /// <summary>By the rules of pem.h.</summary>
    internal static PemReader OfLines(aws_byte_cursor text) => new(text, isLax: false);

    /// <summary>In any layout. A text that no span can hold counts as empty.</summary>
    internal static PemReader OfAnyLayout(aws_byte_cursor text) =>
        new(text.len > int.MaxValue ? default : text, isLax: true);

    /// <summary>Goes on to the next object, whole or not; false when there is none.</summary>
    internal bool TryNext()
    {
        while (TryTakeLine(ref _rest, out aws_byte_cursor line))
        {
            if (!StartsWith(line, Pem.Begin))
                continue;

            Number++;
            IsWhole = false;
            IsEncryptedByHeader = false;
            if (TryGetLabel(line))
            {
                FindEnd();
                return true;
            }

            // To pem.h the text ends here: what came before counts.
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PEM, $"static: a BEGIN line lacks its label or its end");
            return _isLax;
        }

        return false;
    }

    /// <summary>
    /// The present object's bytes, in a buffer that this makes; false, without one, when it is not whole or no base 64.
    /// </summary>
    internal readonly bool TryDecode(aws_allocator* allocator, aws_byte_buf* data)
    {
        if (!IsWhole)
            return false;

        aws_byte_buf text;
        ByteBuf.Init(&text, allocator, _bodyLength);
        aws_byte_cursor body = _body;
        while (TryTakeLine(ref body, out aws_byte_cursor line) && !StartsWith(line, Pem.End))
        {
            if (!_isLax)
                ByteBuf.Append(&text, &line);
            else if (!IsHeader(line))
                AppendDigits(&text, line);
        }

        bool isDecoded = TryDecode(&text, allocator, data);
        ByteBuf.CleanUpSecure(&text);
        return isDecoded;
    }

    /// <summary>Whether the present object has this label.</summary>
    internal readonly bool Is(ReadOnlySpan<byte> label) =>
        Label.len == (nuint)label.Length && StartsWith(Label, label);

    // One character, whichever it is, parts the label from BEGIN.
    private bool TryGetLabel(aws_byte_cursor line)
    {
        Label = default;
        nuint around = (nuint)(Pem.Begin.Length + 1 + Pem.Dashes.Length);
        aws_byte_cursor tail = new() { ptr = line.ptr + line.len - Pem.Dashes.Length, len = (nuint)Pem.Dashes.Length };
        if (line.len < around || !StartsWith(tail, Pem.Dashes))
            return false;

        Label = new aws_byte_cursor { ptr = line.ptr + Pem.Begin.Length + 1, len = line.len - around };
        return true;
    }

    private void FindEnd()
    {
        _body = _rest;
        _bodyLength = 0;
        aws_byte_cursor before = _rest;
        while (TryTakeLine(ref _rest, out aws_byte_cursor line))
        {
            IsWhole = StartsWith(line, Pem.End);
            if (IsWhole)
                return;

            // An object that was cut off does not take the next with it.
            if (_isLax && StartsWith(line, Pem.Dashes))
            {
                _rest = before;
                return;
            }

            IsEncryptedByHeader |= _isLax && IsHeader(line) && SpanOf(line).IndexOf("ENCRYPTED"u8) >= 0;
            _bodyLength += line.len;
            before = _rest;
        }
    }

    private readonly bool TryTakeLine(ref aws_byte_cursor rest, out aws_byte_cursor line)
    {
        if (_isLax)
            return TryTakePart(ref rest, out line);

        line = default;
        if (rest.len == 0)
            return false;

        // What is longer than a span is looked through piece by piece.
        nuint length = 0;
        int found = -1;
        while (found < 0 && length < rest.len)
        {
            int piece = (int)nuint.Min(rest.len - length, int.MaxValue);
            found = new ReadOnlySpan<byte>(rest.ptr + length, piece).IndexOf((byte)'\n');
            length += (nuint)(found < 0 ? piece : found);
        }

        line = Take(ref rest, length);
        if (found >= 0)
            Take(ref rest, 1);
        return true;
    }

    // A boundary, or what stands before the next one on its line.
    private static bool TryTakePart(ref aws_byte_cursor rest, out aws_byte_cursor line)
    {
        rest = Ascii.Trim(rest);
        line = default;
        if (rest.len == 0)
            return false;

        ReadOnlySpan<byte> text = SpanOf(rest);
        if (!text.StartsWith(Pem.Dashes))
        {
            line = Take(ref rest, (nuint)LengthOfPart(text));
            return true;
        }

        int surplus = CountDashes(text) - Pem.Dashes.Length;
        Take(ref rest, (nuint)surplus);
        text = text[surplus..];
        int length = Pem.Dashes.Length + LengthOfPart(text[Pem.Dashes.Length..]);
        if (text[length..].StartsWith(Pem.Dashes))
            length += Pem.Dashes.Length;
        line = Take(ref rest, (nuint)length);
        DropDashes(ref rest);
        return true;
    }

    // Up to dashes or the end of the line.
    private static int LengthOfPart(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (true)
        {
            int found = text[length..].IndexOfAny((byte)'\n', (byte)'\r', (byte)'-');
            if (found < 0)
                return text.Length;
            length += found;
            if (text[length] != '-' || text[length..].StartsWith(Pem.Dashes))
                return length;
            length++;
        }
    }

    // More dashes than a boundary has, unless they begin the next.
    private static void DropDashes(ref aws_byte_cursor rest)
    {
        int count = CountDashes(SpanOf(rest));
        Take(ref rest, (nuint)(count % Pem.Dashes.Length));
    }

    private static int CountDashes(ReadOnlySpan<byte> text)
    {
        int count = text.IndexOfAnyExcept((byte)'-');
        return count < 0 ? text.Length : count;
    }

    private static aws_byte_cursor Take(ref aws_byte_cursor rest, nuint length)
    {
        aws_byte_cursor taken = new() { ptr = rest.ptr, len = length };
        rest = new aws_byte_cursor { ptr = rest.ptr + length, len = rest.len - length };
        return Ascii.Trim(taken);
    }

    // Headers such as "Proc-Type: 4,ENCRYPTED": there is no colon in base 64.
    private static bool IsHeader(aws_byte_cursor line) => SpanOf(line).IndexOf((byte)':') >= 0;

    // What is no digit is not looked at, as RFC 7468 recommends.
    private static void AppendDigits(aws_byte_buf* text, aws_byte_cursor line)
    {
        byte* end = text->buffer + text->len;
        for (nuint i = 0; i < line.len; i++)
        {
            *end = line.ptr[i];
            if (IsBase64(line.ptr[i]))
                end++;
        }

        text->len = (nuint)(end - text->buffer);
    }

    private static bool IsBase64(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) ||
        value is (byte)'+' or (byte)'/' or (byte)'=' or (byte)'-' or (byte)'_';

    private static bool TryDecode(aws_byte_buf* text, aws_allocator* allocator, aws_byte_buf* data)
    {
        aws_byte_cursor digits = ByteCursor.FromBuf(text);
        nuint length;
        if (Base64.ComputeDecodedLen(&digits, &length) != AWS_OP_SUCCESS)
            return false;

        ByteBuf.Init(data, allocator, length);
        if (Base64.Decode(&digits, data) == AWS_OP_SUCCESS)
            return true;

        ByteBuf.CleanUpSecure(data);
        return false;
    }

    private static ReadOnlySpan<byte> SpanOf(aws_byte_cursor text) => new(text.ptr, (int)text.len);

    private static bool StartsWith(aws_byte_cursor text, ReadOnlySpan<byte> prefix) =>
        text.len >= (nuint)prefix.Length && new ReadOnlySpan<byte>(text.ptr, prefix.Length).SequenceEqual(prefix);
}
