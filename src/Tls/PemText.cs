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

        ReadOnlySpan<byte> head = "-----BEGIN CERTIFICATE-----\n"u8;
        ReadOnlySpan<byte> foot = "-----END CERTIFICATE-----\n"u8;
        nuint digits;
        if (Base64.ComputeEncodedLen(der_cert.len, &digits) != AWS_OP_SUCCESS)
            return null;

        nuint lines = (der_cert.len / BytesPerLine) + 1;
        nuint length = CheckedMath.AddSaturating(digits, lines + (nuint)(head.Length + foot.Length));
        aws_byte_buf text;
        if (ByteBuf.Init(&text, alloc, length) != AWS_OP_SUCCESS)
            return null;

        ByteBuf.Write(&text, Literal.Of(head), (nuint)head.Length);
        AppendLines(&text, der_cert);
        ByteBuf.Write(&text, Literal.Of(foot), (nuint)foot.Length);
        aws_string* pem = AwsString.NewFromBuf(alloc, &text);
        ByteBuf.CleanUp(&text);
        return pem;
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
