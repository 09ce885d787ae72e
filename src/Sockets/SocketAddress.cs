// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets.Posix;

namespace Reseau.Native.Sockets;

/// <summary>Addresses written as text. The C library decides what is an address.</summary>
internal static unsafe class SocketAddress
{
    /// <summary>AWS_ADDRESS_MAX_LEN: the size of aws_socket_endpoint::address.</summary>
    internal const int MaxLength = 108;

    private const int IPv6Size = 16;

    /// <summary>Writes the four bytes of the address in network order.</summary>
    internal static int ParseIPv4Address(aws_string* src, uint* dst)
    {
        if (src == null || dst == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return Check(Libc.inet_pton(Libc.AF_INET, src->bytes, dst));
    }

    /// <summary>Appends the sixteen bytes of the address; <paramref name="dst"/> is not grown for them.</summary>
    internal static int ParseIPv6Address(aws_string* src, aws_byte_buf* dst)
    {
        if (src == null || dst == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (dst->len > dst->capacity || dst->capacity - dst->len < IPv6Size)
            return Errors.Raise(AWS_ERROR_SHORT_BUFFER);
        if (Check(Libc.inet_pton(Libc.AF_INET6, src->bytes, dst->buffer + dst->len)) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        dst->len += IPv6Size;
        return AWS_OP_SUCCESS;
    }

    private static int Check(int converted) => converted switch
    {
        1 => AWS_OP_SUCCESS,
        0 => Errors.Raise(AWS_IO_SOCKET_INVALID_ADDRESS),
        _ => Errors.Raise(PosixErrors.FromErrno(Libc.Errno)),
    };
}
