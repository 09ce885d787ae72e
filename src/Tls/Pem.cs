// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>PEM text: its cleaning here, writing and the objects of pem.h in files of their own. Any thread.</summary>
internal static unsafe partial class Pem
{
    internal static ReadOnlySpan<byte> Begin => "-----BEGIN"u8;

    internal static ReadOnlySpan<byte> End => "-----END"u8;

    internal static ReadOnlySpan<byte> Dashes => "-----"u8;

    /// <summary>
    /// Leaves only the blocks from BEGIN to END, each on lines of its own. AWS_ERROR_INVALID_ARGUMENT, with the text as
    /// it was, when there is no block or the last does not end.
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
            int begin = rest.IndexOf(Begin);
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

        // A last line without its end gets one, for which a buffer that cannot grow may lack the room.
        bool isUsed = isWhole && clean.len > 0 && (pem->allocator != null || clean.len <= pem->capacity);
        if (isUsed)
        {
            aws_byte_cursor cursor = ByteCursor.FromBuf(&clean);
            ByteBuf.Reset(pem, true);
            if (clean.len > pem->capacity)
                ByteBuf.AppendDynamicSecure(pem, &cursor);
            else
                ByteBuf.Append(pem, &cursor);
        }

        ByteBuf.CleanUpSecure(&clean);
        return isUsed ? AWS_OP_SUCCESS : Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>From BEGIN to the dashes behind END and its label; 0 when the block does not end.</summary>
    private static int BlockLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf(End);
        int label = end + End.Length + 1;
        if (end < 0 || label > text.Length)
            return 0;

        int dashes = text[label..].IndexOf(Dashes);
        return dashes < 0 ? 0 : label + dashes + Dashes.Length;
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
