// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Resolver;

/// <summary>Addresses written as text. The C library decides what is an address.</summary>
internal static unsafe class AddressText
{
    /// <summary>AWS_ADDRESS_MAX_LEN: the size of aws_socket_endpoint::address.</summary>
    internal const int MaxLength = 108;

    /// <summary>Room for an IPv6 address with its zone and its NUL.</summary>
    internal const int LongestIPv6 = Libc.LongestAddressText + 1 + Libc.InterfaceNameSize;

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

    /// <summary>
    /// Writes the address, and its zone unless that is 0, into <see cref="LongestIPv6"/> bytes. A zone is written by
    /// the name of its interface, or by number when that is gone.
    /// </summary>
    internal static bool TryWriteIPv6(byte* address, uint zone, byte* text)
    {
        if (Libc.inet_ntop(Libc.AF_INET6, address, text, Libc.LongestAddressText) == null)
            return false;
        if (zone == 0)
            return true;

        Span<byte> free = new(text, LongestIPv6);
        free = free[free.IndexOf((byte)0)..];
        free[0] = (byte)'%';
        fixed (byte* name = free[1..])
        {
            if (Libc.if_indextoname(zone, name) != null)
                return true;
        }

        zone.TryFormat(free[1..], out int written);
        free[1 + written] = 0;
        return true;
    }

    private static int Check(int converted) => converted switch
    {
        1 => AWS_OP_SUCCESS,
        0 => Errors.Raise(AWS_IO_SOCKET_INVALID_ADDRESS),
        _ => Errors.Raise(AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY),
    };
}
