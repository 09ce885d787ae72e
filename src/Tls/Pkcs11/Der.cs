// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>As much of DER as signatures need. Nothing is written beyond a buffer's capacity.</summary>
internal static unsafe class Der
{
    private const byte IntegerTag = 0x02;
    private const byte SequenceTag = 0x30;
    private const nuint MaxShortLength = 0x7F;

    /// <summary>
    /// Appends an unsigned integer, given by its bytes, the highest first. AWS_ERROR_PKCS11_ENCODING_ERROR when it is
    /// longer than 127 bytes, or than the room in the buffer.
    /// </summary>
    internal static int WriteUnsigned(aws_byte_buf* buffer, aws_byte_cursor bigint)
    {
        if (buffer == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        while (bigint.len > 0 && *bigint.ptr == 0)
        {
            bigint.ptr++;
            bigint.len--;
        }

        // A set highest bit would make it negative; zero has one byte.
        bool isPadded = bigint.len == 0 || (*bigint.ptr & 0x80) != 0;
        nuint length = bigint.len + (isPadded ? 1u : 0u);
        bool isWritten = length <= MaxShortLength &&
            ByteBuf.WriteU8(buffer, IntegerTag) &&
            ByteBuf.WriteU8(buffer, (byte)length) &&
            (!isPadded || ByteBuf.WriteU8(buffer, 0)) &&
            ByteBuf.WriteFromWholeCursor(buffer, bigint);
        return isWritten ? AWS_OP_SUCCESS : RaiseTooLong(length);
    }

    /// <summary>Appends a sequence with this content, which is shorter than 256 bytes.</summary>
    internal static int WriteSequence(aws_byte_buf* buffer, aws_byte_cursor content)
    {
        bool isLong = content.len > MaxShortLength;
        bool isWritten = content.len <= byte.MaxValue &&
            ByteBuf.WriteU8(buffer, SequenceTag) &&
            (!isLong || ByteBuf.WriteU8(buffer, 0x81)) &&
            ByteBuf.WriteU8(buffer, (byte)content.len) &&
            ByteBuf.WriteFromWholeCursor(buffer, content);
        return isWritten ? AWS_OP_SUCCESS : RaiseTooLong(content.len);
    }

    private static int RaiseTooLong(nuint length)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_PKCS11,
            $"static: {length} bytes do not fit into the encoding of a signature");
        return Errors.Raise(AWS_ERROR_PKCS11_ENCODING_ERROR);
    }
}
