// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>Writing.</summary>
internal static unsafe partial class Pem
{
    // As many bytes as make a line of 64 characters.
    private const nuint BytesPerLine = 48;

    /// <summary>
    /// A certificate as PEM, the caller's string; NULL with AWS_ERROR_INVALID_ARGUMENT for an empty one.
    /// </summary>
    internal static aws_string* DerCertToPem(aws_allocator* alloc, aws_byte_cursor der_cert)
    {
        if (alloc == null || der_cert.len == 0 || !ByteCursor.IsValid(&der_cert))
            return (aws_string*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf text;
        if (ByteBuf.Init(&text, alloc, 0) != AWS_OP_SUCCESS)
            return null;
        if (Append(&text, "CERTIFICATE"u8, der_cert) != AWS_OP_SUCCESS)
        {
            ByteBuf.CleanUp(&text);
            return null;
        }

        aws_string* pem = AwsString.NewFromBuf(alloc, &text);
        ByteBuf.CleanUp(&text);
        return pem;
    }

    /// <summary>Adds an object to a text, which grows in one step if it has to.</summary>
    internal static int Append(aws_byte_buf* text, ReadOnlySpan<byte> label, aws_byte_cursor der)
    {
        nuint digits;
        if (Base64.ComputeEncodedLen(der.len, &digits) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        ReadOnlySpan<byte> begin = "-----BEGIN "u8;
        ReadOnlySpan<byte> end = "-----END "u8;
        ReadOnlySpan<byte> dashes = "-----\n"u8;
        nuint labels = (nuint)(begin.Length + end.Length + (2 * (label.Length + dashes.Length)));
        nuint lines = (der.len / BytesPerLine) + 1;
        nuint needed = CheckedMath.AddSaturating(text->len, CheckedMath.AddSaturating(digits, lines + labels));
        if (needed > text->capacity && ByteBuf.Reserve(text, needed) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        AppendLine(text, begin, label, dashes);
        AppendLines(text, der);
        AppendLine(text, end, label, dashes);
        return AWS_OP_SUCCESS;
    }

    private static void AppendLine(
        aws_byte_buf* text, ReadOnlySpan<byte> boundary, ReadOnlySpan<byte> label, ReadOnlySpan<byte> dashes)
    {
        fixed (byte* first = boundary, second = label, third = dashes)
        {
            ByteBuf.Write(text, first, (nuint)boundary.Length);
            ByteBuf.Write(text, second, (nuint)label.Length);
            ByteBuf.Write(text, third, (nuint)dashes.Length);
        }
    }

    private static void AppendLines(aws_byte_buf* text, aws_byte_cursor bytes)
    {
        while (bytes.len > 0)
        {
            aws_byte_cursor line = new() { ptr = bytes.ptr, len = nuint.Min(bytes.len, BytesPerLine) };
            Base64.Encode(&line, text);
            ByteBuf.WriteU8(text, (byte)'\n');
            bytes = new aws_byte_cursor { ptr = bytes.ptr + line.len, len = bytes.len - line.len };
        }
    }
}
