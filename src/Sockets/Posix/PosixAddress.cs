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
    private const int IPv6Size = 16;

    // sockaddr_un::sun_path with its NUL: 108 bytes on Linux, 104 on Darwin and the BSDs.
    private static int UnixPathSize => sizeof(sockaddr_un) - sizeof(ushort);

    /// <summary>AF_*, or -1 for a domain that does not exist.</summary>
    internal static int FamilyOf(aws_socket_domain domain) => domain switch
    {
        AWS_SOCKET_IPV4 => Libc.AF_INET,
        AWS_SOCKET_IPV6 => Libc.AF_INET6,
        AWS_SOCKET_LOCAL => Libc.AF_UNIX,
        AWS_SOCKET_VSOCK => Libc.AF_VSOCK,
        _ => -1,
    };

    /// <summary>The reverse; IPv4 for what has no domain here.</summary>
    internal static aws_socket_domain DomainOf(int family) => family switch
    {
        Libc.AF_INET6 => AWS_SOCKET_IPV6,
        Libc.AF_UNIX => AWS_SOCKET_LOCAL,
        Libc.AF_VSOCK => AWS_SOCKET_VSOCK,
        _ => AWS_SOCKET_IPV4,
    };

    /// <summary>The address is in no defined state if the endpoint names none.</summary>
    internal static int FromEndpoint(
        aws_socket_endpoint* endpoint,
        aws_socket_domain domain,
        SocketAddress* result)
    {
        int textLength = new ReadOnlySpan<byte>(endpoint->address, EndpointText.MaxLength).IndexOf((byte)0);
        if (textLength < 0)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        *result = default;
        result->Domain = domain;
        void* address = SocketAddress.BytesOf(result);
        switch (domain)
        {
            case AWS_SOCKET_IPV4:
                return FromIpText(endpoint, IpFamily.IPv4, result);
            case AWS_SOCKET_IPV6:
                return FromIpText(endpoint, IpFamily.IPv6, result);
            case AWS_SOCKET_LOCAL:
                return FromPath(endpoint, textLength, (sockaddr_un*)address, &result->Length);
            case AWS_SOCKET_VSOCK:
                result->Length = (uint)sizeof(sockaddr_vm);
                return FromContextId(endpoint, textLength, (sockaddr_vm*)address);
            default:
                return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        }
    }

    internal static void FromIp(IpAddress* ip, uint port, SocketAddress* result)
    {
        *result = default;
        result->Domain = ip->Family == IpFamily.IPv4 ? AWS_SOCKET_IPV4 : AWS_SOCKET_IPV6;
        result->Length = Write(ip, (ushort)port, (sockaddr_in6*)SocketAddress.BytesOf(result));
    }

    /// <summary>Writes the address of either family, in the room that the longer needs, and returns its size.</summary>
    internal static uint Write(IpAddress* ip, ushort port, sockaddr_in6* result)
    {
        *result = default;
        result->sin6_port = NetworkOrder(port);
        if (ip->Family == IpFamily.IPv4)
        {
            sockaddr_in* address = (sockaddr_in*)result;
            address->sin_family = Libc.AF_INET;
            address->sin_addr = *(uint*)IpAddress.BytesOf(ip);
            return (uint)sizeof(sockaddr_in);
        }

        result->sin6_family = Libc.AF_INET6;
        result->sin6_scope_id = ip->Scope;
        Buffer.MemoryCopy(IpAddress.BytesOf(ip), result->sin6_addr, IPv6Size, IPv6Size);
        return (uint)sizeof(sockaddr_in6);
    }

    /// <summary>The reverse; an address of another family is none.</summary>
    internal static IpAddress Read(sockaddr_in6* address, out ushort port)
    {
        port = NetworkOrder(address->sin6_port);
        return address->sin6_family switch
        {
            Libc.AF_INET => IpAddress.FromBytes(IpFamily.IPv4, (byte*)&((sockaddr_in*)address)->sin_addr, 0),
            Libc.AF_INET6 => IpAddress.FromBytes(IpFamily.IPv6, address->sin6_addr, address->sin6_scope_id),
            _ => default,
        };
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

    private static int FromIpText(aws_socket_endpoint* endpoint, IpFamily family, SocketAddress* result)
    {
        IpAddress ip;
        if (!IpAddress.TryParse(family, endpoint->address, &ip))
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        FromIp(&ip, endpoint->port, result);
        return AWS_ERROR_SUCCESS;
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

        int name = new ReadOnlySpan<byte>(address + 1, EndpointText.MaxLength - 1).IndexOf((byte)0);
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
        IpAddress ip = IpAddress.FromBytes(IpFamily.IPv4, (byte*)&address->sin_addr, 0);
        endpoint->port = NetworkOrder(address->sin_port);
        IpAddress.Format(&ip, endpoint->address);
        return AWS_ERROR_SUCCESS;
    }

    private static int ToIPv6(sockaddr_in6* address, aws_socket_endpoint* endpoint)
    {
        IpAddress ip = IpAddress.FromBytes(IpFamily.IPv6, address->sin6_addr, address->sin6_scope_id);
        endpoint->port = NetworkOrder(address->sin6_port);
        endpoint->address[IpAddress.Format(&ip, endpoint->address)] = 0;
        return AWS_ERROR_SUCCESS;
    }

    private static int ToPath(sockaddr_un* address, aws_socket_endpoint* endpoint)
    {
        // A path that fills sun_path comes without a NUL. An abstract name has one in front.
        ReadOnlySpan<byte> path = new(address->sun_path, UnixPathSize);
        int start = path[0] == 0 ? 1 : 0;
        int length = path[start..].IndexOf((byte)0) + start;
        if (length < start)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        Buffer.MemoryCopy(address->sun_path, endpoint->address, EndpointText.MaxLength, length);
        return AWS_ERROR_SUCCESS;
    }

    private static int ToContextId(sockaddr_vm* address, aws_socket_endpoint* endpoint)
    {
        endpoint->port = address->svm_port;
        address->svm_cid.TryFormat(new Span<byte>(endpoint->address, EndpointText.MaxLength - 1), out _);
        return AWS_ERROR_SUCCESS;
    }

    private static ushort NetworkOrder(ushort value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
