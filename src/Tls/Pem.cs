// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>PEM text.</summary>
internal static unsafe class Pem
{
    /// <summary>
    /// Leaves only the blocks between BEGIN and END, each on lines of its own. AWS_ERROR_INVALID_ARGUMENT, with the text
    /// as it was, when there is no whole block.
    /// </summary>
    internal static int SanitizePem(aws_byte_buf* pem, aws_allocator* allocator)
    {
        if (pem == null || allocator == null || pem->len == 0 || pem->len > int.MaxValue)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf clean;
        if (ByteBuf.Init(&clean, allocator, pem->len) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        ReadOnlySpan<byte> rest = new(pem->buffer, (int)pem->len);
        bool isWhole = true;
        while (isWhole)
        {
            int begin = rest.IndexOf("-----BEGIN"u8);
            if (begin < 0)
                break;
            rest = rest[begin..];
            int length = BlockLength(rest);
            isWhole = length > 0;
            if (!isWhole)
                break;
            Append(&clean, rest[..length]);
            rest = rest[length..];
        }

        isWhole &= clean.len > 0;
        if (isWhole)
        {
            aws_byte_cursor cursor = ByteCursor.FromBuf(&clean);
            ByteBuf.Reset(pem, true);
            ByteBuf.AppendDynamicSecure(pem, &cursor);
        }

        ByteBuf.CleanUpSecure(&clean);
        return isWhole ? AWS_OP_SUCCESS : Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>From BEGIN to the dashes behind END; 0 when the block does not end.</summary>
    private static int BlockLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf("-----END"u8);
        if (end < 0)
            return 0;

        int label = end + "-----END"u8.Length;
        int dashes = text[label..].IndexOf("-----"u8);
        return dashes < 0 ? 0 : label + dashes + 5;
    }

    private static void Append(aws_byte_buf* to, ReadOnlySpan<byte> block)
    {
        fixed (byte* bytes = block)
        {
            aws_byte_cursor cursor = new() { ptr = bytes, len = (nuint)block.Length };
            ByteBuf.AppendDynamicSecure(to, &cursor);
        }

        ByteBuf.AppendByteDynamicSecure(to, (byte)'\n');
    }
}
