// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Binary;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Between an endpoint, which is text and a port, and the kernel's socket addresses.</summary>
internal static unsafe class PosixAddress
{
    // sockaddr_un::sun_path with its NUL: 108 bytes on Linux, 104 on Darwin and the BSDs.
    private static int UnixPathSize => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 108 : 104;

    /// <summary>AF_*, or -1 for a domain that does not exist.</summary>
    internal static int FamilyOf(aws_socket_domain domain) => domain switch
    {
        AWS_SOCKET_IPV4 => Libc.AF_INET,
        AWS_SOCKET_IPV6 => Libc.AF_INET6,
        AWS_SOCKET_LOCAL => Libc.AF_UNIX,
        AWS_SOCKET_VSOCK => Libc.AF_VSOCK,
        _ => -1,
    };

    /// <summary>The address is in no defined state if the endpoint names none.</summary>
    internal static int FromEndpoint(
        aws_socket_endpoint* endpoint,
        aws_socket_domain domain,
        SocketAddress* result)
    {
        int textLength = new ReadOnlySpan<byte>(endpoint->address, AddressText.MaxLength).IndexOf((byte)0);
        if (textLength < 0)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        *result = default;
        result->Domain = domain;
        void* address = SocketAddress.BytesOf(result);
        switch (domain)
        {
            case AWS_SOCKET_IPV4:
                result->Length = (uint)sizeof(sockaddr_in);
                return FromIPv4(endpoint, (sockaddr_in*)address);
            case AWS_SOCKET_IPV6:
                result->Length = (uint)sizeof(sockaddr_in6);
                return FromIPv6(endpoint, textLength, (sockaddr_in6*)address);
            case AWS_SOCKET_LOCAL:
                return FromPath(endpoint, textLength, (sockaddr_un*)address, &result->Length);
            case AWS_SOCKET_VSOCK:
                result->Length = (uint)sizeof(sockaddr_vm);
                return FromContextId(endpoint, textLength, (sockaddr_vm*)address);
            default:
                return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        }
    }

    /// <summary>The endpoint is left alone if the address cannot be written as text.</summary>
    internal static int ToEndpoint(SocketAddress* source, aws_socket_endpoint* endpoint)
    {
        aws_socket_endpoint text = default;
        sockaddr_storage* address = (sockaddr_storage*)SocketAddress.BytesOf(source);
        int error = address->ss_family switch
        {
            Libc.AF_INET => ToIPv4((sockaddr_in*)address, &text),
            Libc.AF_INET6 => ToIPv6((sockaddr_in6*)address, &text),
            Libc.AF_UNIX => ToPath((sockaddr_un*)address, &text),
            Libc.AF_VSOCK => ToContextId((sockaddr_vm*)address, &text),
            _ => AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
        };
        if (error == AWS_ERROR_SUCCESS)
            *endpoint = text;
        return error;
    }

    private static int FromIPv4(aws_socket_endpoint* endpoint, sockaddr_in* address)
    {
        address->sin_family = Libc.AF_INET;
        address->sin_port = NetworkOrder((ushort)endpoint->port);
        return CheckText(Libc.inet_pton(Libc.AF_INET, endpoint->address, &address->sin_addr));
    }

    // "fe80::1%eth0" or "fe80::1%2": the zone says on which link (RFC 4007).
    private static int FromIPv6(aws_socket_endpoint* endpoint, int textLength, sockaddr_in6* address)
    {
        address->sin6_family = Libc.AF_INET6;
        address->sin6_port = NetworkOrder((ushort)endpoint->port);
        byte* text = stackalloc byte[AddressText.MaxLength];
        Buffer.MemoryCopy(endpoint->address, text, AddressText.MaxLength, textLength + 1);
        int percent = new ReadOnlySpan<byte>(text, textLength).IndexOf((byte)'%');
        if (percent >= 0)
        {
            text[percent] = 0;
            ReadOnlySpan<byte> zone = new(text + percent + 1, textLength - percent - 1);
            uint index = zone.IsEmpty ? 0 : Libc.if_nametoindex(text + percent + 1);
            if (index == 0 && (!TryParseDecimal(zone, out index) || index == 0))
                return AWS_IO_SOCKET_INVALID_ADDRESS;
            address->sin6_scope_id = index;
        }

        return CheckText(Libc.inet_pton(Libc.AF_INET6, text, address->sin6_addr));
    }

    private static int FromPath(aws_socket_endpoint* endpoint, int textLength, sockaddr_un* address, uint* length)
    {
        // A NUL and a name behind it: an abstract one, whose length counts. All zeros are a name too, as in aws-c-io.
        bool isAbstract = textLength == 0 && endpoint->address[1] != 0;
        int error = isAbstract ? AbstractLength(endpoint->address, &textLength) : AWS_ERROR_SUCCESS;
        if (error != AWS_ERROR_SUCCESS)
            return error;
        if (textLength >= UnixPathSize)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        *length = (uint)(sizeof(ushort) + (isAbstract ? textLength : UnixPathSize));
        address->sun_family = Libc.AF_UNIX;
        Buffer.MemoryCopy(endpoint->address, address->sun_path, UnixPathSize, textLength);
        return AWS_ERROR_SUCCESS;
    }

    // With the NUL before the name, without the one behind it. Only Linux has such names.
    private static int AbstractLength(byte* address, int* length)
    {
        if (!OperatingSystem.IsLinux())
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        int name = new ReadOnlySpan<byte>(address + 1, AddressText.MaxLength - 1).IndexOf((byte)0);
        if (name < 0)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        *length = name + 1;
        return AWS_ERROR_SUCCESS;
    }

    private static int FromContextId(aws_socket_endpoint* endpoint, int textLength, sockaddr_vm* address)
    {
        ReadOnlySpan<byte> text = new(endpoint->address, textLength);
        uint id = Libc.VMADDR_ANY;
        if (!text.SequenceEqual("-1"u8) && !TryParseDecimal(text, out id))
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        address->svm_family = Libc.AF_VSOCK;
        address->svm_port = endpoint->port;
        address->svm_cid = id;
        return AWS_ERROR_SUCCESS;
    }

    private static bool TryParseDecimal(ReadOnlySpan<byte> text, out uint value)
    {
        ulong sum = 0;
        value = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            sum = sum * 10 + (ulong)(digit - '0');
            if (sum > uint.MaxValue)
                return false;
        }

        value = (uint)sum;
        return text.Length > 0;
    }

    private static int ToIPv4(sockaddr_in* address, aws_socket_endpoint* endpoint)
    {
        endpoint->port = NetworkOrder(address->sin_port);
        WriteDotted((byte*)&address->sin_addr, endpoint->address);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>"a.b.c.d", as inet_ntop(3) writes it by way of sprintf. The text has room and is zero.</summary>
    private static void WriteDotted(byte* parts, byte* text)
    {
        Span<byte> free = new(text, AddressText.MaxLength);
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                free[0] = (byte)'.';
                free = free[1..];
            }

            parts[i].TryFormat(free, out int written);
            free = free[written..];
        }
    }

    private static int ToIPv6(sockaddr_in6* address, aws_socket_endpoint* endpoint)
    {
        endpoint->port = NetworkOrder(address->sin6_port);
        return AddressText.TryWriteIPv6(address->sin6_addr, address->sin6_scope_id, endpoint->address)
            ? AWS_ERROR_SUCCESS
            : PosixErrors.FromErrno(Libc.Errno);
    }

    private static int ToPath(sockaddr_un* address, aws_socket_endpoint* endpoint)
    {
        // A path that fills sun_path comes without a NUL. An abstract name has one in front.
        ReadOnlySpan<byte> path = new(address->sun_path, UnixPathSize);
        int start = path[0] == 0 ? 1 : 0;
        int length = path[start..].IndexOf((byte)0) + start;
        if (length < start)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        Buffer.MemoryCopy(address->sun_path, endpoint->address, AddressText.MaxLength, length);
        return AWS_ERROR_SUCCESS;
    }

    private static int ToContextId(sockaddr_vm* address, aws_socket_endpoint* endpoint)
    {
        endpoint->port = address->svm_port;
        address->svm_cid.TryFormat(new Span<byte>(endpoint->address, AddressText.MaxLength - 1), out _);
        return AWS_ERROR_SUCCESS;
    }

    private static ushort NetworkOrder(ushort value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static int CheckText(int converted) => converted switch
    {
        1 => AWS_ERROR_SUCCESS,
        0 => AWS_IO_SOCKET_INVALID_ADDRESS,
        _ => PosixErrors.FromErrno(Libc.Errno),
    };
}
