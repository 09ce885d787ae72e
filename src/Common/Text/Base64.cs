// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Buffers.Text;
using Codec = System.Buffers.Text.Base64;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Base64 of RFC 4648. What is encoded uses one alphabet, padded, or the one for URLs, unpadded; decoding takes both
/// alphabets, with or without padding, and nothing else. Fully padded text must be exactly what encoding makes.
/// </summary>
internal static unsafe class Base64
{
    // A multiple of three whose encoding a span can hold.
    private const int ChunkLength = 3 << 28;

    private const byte NotBase64 = 255;

    private static nint s_values;

    /// <summary>aws_base64_compute_encoded_len</summary>
    internal static int ComputeEncodedLen(nuint to_encode_len, nuint* encoded_len)
    {
        if (encoded_len == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryAdd(to_encode_len, 2, out nuint rounded) ||
            !CheckedMath.TryMultiply(rounded / 3, 4, out nuint length))
            return AWS_OP_ERR;

        *encoded_len = length;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_base64_url_compute_encoded_len</summary>
    internal static int UrlComputeEncodedLen(nuint to_encode_len, nuint* encoded_len)
    {
        if (encoded_len == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryMultiply(to_encode_len, 8, out nuint bits) || !CheckedMath.TryAdd(bits, 5, out bits))
            return AWS_OP_ERR;

        *encoded_len = bits / 6;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_base64_encode: appends; AWS_ERROR_SHORT_BUFFER if there is too little room.</summary>
    internal static int Encode(aws_byte_cursor* to_encode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteCursor.IsValid(to_encode) || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return ComputeEncodedLen(to_encode->len, &length) == AWS_OP_SUCCESS
            ? Append(to_encode, output, length, forUrl: false)
            : AWS_OP_ERR;
    }

    /// <summary>aws_base64_url_encode: the same with the alphabet for URLs and without padding.</summary>
    internal static int UrlEncode(aws_byte_cursor* to_encode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteCursor.IsValid(to_encode) || !ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return UrlComputeEncodedLen(to_encode->len, &length) == AWS_OP_SUCCESS
            ? Append(to_encode, output, length, forUrl: true)
            : AWS_OP_ERR;
    }

    /// <summary>aws_base64_compute_decoded_len: AWS_ERROR_INVALID_BASE64_STR for a length that no text has.</summary>
    internal static int ComputeDecodedLen(aws_byte_cursor* to_decode, nuint* decoded_len)
    {
        if (!ByteCursor.IsValid(to_decode) || decoded_len == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint digits = CountDigits(to_decode);
        if (digits % 4 == 1)
            return Errors.Raise(AWS_ERROR_INVALID_BASE64_STR);

        *decoded_len = digits / 4 * 3 + digits % 4 * 3 / 4;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_base64_decode: replaces what the buffer holds. AWS_ERROR_SHORT_BUFFER if its capacity is too small,
    /// AWS_ERROR_INVALID_BASE64_STR for other text; its length is then as before.
    /// </summary>
    internal static int Decode(aws_byte_cursor* to_decode, aws_byte_buf* output)
    {
        nuint length;
        if (!ByteBuf.IsValid(output))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ComputeDecodedLen(to_decode, &length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (output->capacity < length)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        // Padding fills up a group of four and never begins one.
        nuint digits = CountDigits(to_decode);
        nuint padding = to_decode->len - digits;
        if (padding > (4 - digits % 4) % 4)
            return Errors.Raise(AWS_ERROR_INVALID_BASE64_STR);
        if (padding > 0 && to_decode->len % 4 == 0 && HasBitsLeftOver(to_decode->ptr, digits))
            return Errors.Raise(AWS_ERROR_INVALID_BASE64_STR);

        if (!DecodeFast(to_decode, output->buffer, length) && !DecodeDigits(to_decode->ptr, digits, output->buffer))
            return Errors.Raise(AWS_ERROR_INVALID_BASE64_STR);

        output->len = length;
        return AWS_OP_SUCCESS;
    }

    private static int Append(aws_byte_cursor* bytes, aws_byte_buf* output, nuint length, bool forUrl)
    {
        if (output->capacity - output->len < length)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);

        byte* source = bytes->ptr;
        byte* target = output->buffer + output->len;
        nuint left = bytes->len;
        while (left > 0)
        {
            int chunk = (int)Math.Min(left, ChunkLength);
            ReadOnlySpan<byte> from = new(source, chunk);
            Span<byte> to = new(target, (int)Math.Min(length, int.MaxValue));
            int written;
            if (forUrl)
                Base64Url.EncodeToUtf8(from, to, out _, out written);
            else
                Codec.EncodeToUtf8(from, to, out _, out written);

            source += chunk;
            target += written;
            left -= (nuint)chunk;
            length -= (nuint)written;
        }

        output->len = (nuint)(target - output->buffer);
        return AWS_OP_SUCCESS;
    }

    private static nuint CountDigits(aws_byte_cursor* text)
    {
        nuint count = text->len;
        while (count > 0 && text->ptr[count - 1] == '=')
            count--;
        return count;
    }

    /// <summary>
    /// The last digit before padding holds fewer bits of data than digits have; the rest should be zero.
    /// </summary>
    private static bool HasBitsLeftOver(byte* digits, nuint count)
    {
        uint unused = count % 4 == 2 ? 0xFu : 0x3u;
        return (Values()[digits[count - 1]] & unused) != 0;
    }

    /// <summary>
    /// The runtime's vector code reads the padded form. It also skips white space, which then shows in the length.
    /// </summary>
    private static bool DecodeFast(aws_byte_cursor* text, byte* target, nuint length)
    {
        if (text->len % 4 != 0 || text->len > int.MaxValue)
            return false;

        OperationStatus status = Codec.DecodeFromUtf8(
            new ReadOnlySpan<byte>(text->ptr, (int)text->len),
            new Span<byte>(target, (int)length),
            out _,
            out int written);
        return status == OperationStatus.Done && (nuint)written == length;
    }

    private static bool DecodeDigits(byte* digits, nuint count, byte* target)
    {
        byte* values = Values();
        uint bits = 0;
        uint invalid = 0;
        for (nuint i = 0; i < count; i++)
        {
            uint value = values[digits[i]];
            invalid |= value;
            bits = bits << 6 | (value & 0x3F);
            if (i % 4 != 3)
                continue;

            *target++ = (byte)(bits >> 16);
            *target++ = (byte)(bits >> 8);
            *target++ = (byte)bits;
        }

        if (count % 4 == 2)
        {
            *target = (byte)(bits >> 4);
        }
        else if (count % 4 == 3)
        {
            *target++ = (byte)(bits >> 10);
            *target = (byte)(bits >> 2);
        }

        return (invalid & 0x80) == 0;
    }

    private static byte* Values()
    {
        nint values = s_values;
        if (values != 0)
            return (byte*)values;

        byte* table = (byte*)StaticMemory.Allocate(256);
        new Span<byte>(table, 256).Fill(NotBase64);
        ReadOnlySpan<byte> digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (int i = 0; i < digits.Length; i++)
            table[digits[i]] = (byte)i;
        table['-'] = table['+'];
        table['_'] = table['/'];
        return (byte*)StaticMemory.PublishBlock(ref s_values, table);
    }
}
