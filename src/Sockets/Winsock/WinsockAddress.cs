// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;
using Reseau.Native.Interop.Windows;
using Reseau.Native.Resolver;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// Between an endpoint and the system's socket addresses. A local endpoint that begins with \\.\pipe\ names a pipe, as
/// it does for aws-c-io; any other is the path of a Unix socket.
/// </summary>
internal static unsafe class WinsockAddress
{
    /// <summary>What stands for the family of an address that is the name of a pipe, in UTF-8 behind it.</summary>
    private const ushort FamilyOfPipes = ushort.MaxValue;

    private const int IPv6Size = 16;

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private static ReadOnlySpan<byte> PipePrefix => @"\\.\pipe\"u8;

    /// <summary>AF_*; -1 for domains that are not here, or not by sockets.</summary>
    internal static int FamilyOf(aws_socket_domain domain) => domain switch
    {
        AWS_SOCKET_IPV4 => AF_INET,
        AWS_SOCKET_IPV6 => AF_INET6,
        _ => -1,
    };

    internal static bool IsPipe(SocketAddress* address) => *FamilyIn(address) == FamilyOfPipes;

    /// <summary>Whether it is an address of IPv4 as one of IPv6: ::ffff:192.0.2.1 (RFC 4291, 2.5.5.2).</summary>
    internal static bool IsMapped(SocketAddress* address) => *FamilyIn(address) == AF_INET6 &&
        new ReadOnlySpan<byte>(((SOCKADDR_IN6*)SocketAddress.BytesOf(address))->sin6_addr, MappedPrefix.Length)
            .SequenceEqual(MappedPrefix);

    internal static int FromEndpoint(aws_socket_endpoint* endpoint, aws_socket_domain domain, SocketAddress* result)
    {
        int length = new ReadOnlySpan<byte>(endpoint->address, EndpointText.MaxLength).IndexOf((byte)0);
        if (length < 0)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        *result = default;
        result->Domain = domain;
        return domain switch
        {
            AWS_SOCKET_IPV4 => FromIpText(endpoint, IpFamily.IPv4, result),
            AWS_SOCKET_IPV6 => FromIpText(endpoint, IpFamily.IPv6, result),
            AWS_SOCKET_LOCAL => FromLocalText(new ReadOnlySpan<byte>(endpoint->address, length), result),
            _ => AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
        };
    }

    internal static void FromIp(IpAddress* ip, uint port, SocketAddress* result)
    {
        *result = default;
        if (ip->Family == IpFamily.IPv4)
        {
            SOCKADDR_IN* address = (SOCKADDR_IN*)SocketAddress.BytesOf(result);
            result->Domain = AWS_SOCKET_IPV4;
            result->Length = (uint)sizeof(SOCKADDR_IN);
            address->sin_family = AF_INET;
            address->sin_port = NetworkOrder((ushort)port);
            address->sin_addr = *(uint*)IpAddress.BytesOf(ip);
        }
        else
        {
            SOCKADDR_IN6* address = (SOCKADDR_IN6*)SocketAddress.BytesOf(result);
            result->Domain = AWS_SOCKET_IPV6;
            result->Length = (uint)sizeof(SOCKADDR_IN6);
            address->sin6_family = AF_INET6;
            address->sin6_port = NetworkOrder((ushort)port);
            address->sin6_scope_id = ip->Scope;
            Buffer.MemoryCopy(IpAddress.BytesOf(ip), address->sin6_addr, IPv6Size, IPv6Size);
        }
    }

    /// <summary>The reverse; without family if it is neither of IPv4 nor of IPv6.</summary>
    internal static IpAddress ToIp(SocketAddress* source, out ushort port)
    {
        port = 0;
        void* address = SocketAddress.BytesOf(source);
        if (*FamilyIn(source) == AF_INET)
        {
            SOCKADDR_IN* ipv4 = (SOCKADDR_IN*)address;
            port = NetworkOrder(ipv4->sin_port);
            return IpAddress.FromBytes(IpFamily.IPv4, (byte*)&ipv4->sin_addr, 0);
        }

        if (*FamilyIn(source) != AF_INET6)
            return default;
        SOCKADDR_IN6* ipv6 = (SOCKADDR_IN6*)address;
        port = NetworkOrder(ipv6->sin6_port);
        return IpAddress.FromBytes(IpFamily.IPv6, ipv6->sin6_addr, ipv6->sin6_scope_id);
    }

    /// <summary>Any address and any port, for a socket that is to connect to the other.</summary>
    internal static void AnyFor(SocketAddress* remote, SocketAddress* result)
    {
        *result = default;
        result->Domain = remote->Domain;
        result->Length = remote->Length;
        *FamilyIn(result) = *FamilyIn(remote);
    }

    /// <summary>A system's address; its domain by its family, or else the one that is given.</summary>
    internal static void FromSystem(void* address, int length, aws_socket_domain domain, SocketAddress* result)
    {
        *result = default;
        result->Length = (uint)int.Min(length, SocketAddress.Size);
        Buffer.MemoryCopy(address, SocketAddress.BytesOf(result), SocketAddress.Size, result->Length);
        result->Domain = *FamilyIn(result) switch
        {
            AF_INET => AWS_SOCKET_IPV4,
            AF_INET6 => AWS_SOCKET_IPV6,
            _ => domain,
        };
    }

    /// <summary>The local address of a pipe's client, which has no name.</summary>
    internal static void Nameless(SocketAddress* result)
    {
        *result = default;
        result->Domain = AWS_SOCKET_LOCAL;
        *FamilyIn(result) = FamilyOfPipes;
    }

    /// <summary>The endpoint is left alone if the address cannot be written as text.</summary>
    internal static int ToEndpoint(SocketAddress* source, aws_socket_endpoint* endpoint)
    {
        aws_socket_endpoint text = default;
        void* address = SocketAddress.BytesOf(source);
        switch (*FamilyIn(source))
        {
            case AF_INET:
                SOCKADDR_IN* ipv4 = (SOCKADDR_IN*)address;
                IpAddress ip = IpAddress.FromBytes(IpFamily.IPv4, (byte*)&ipv4->sin_addr, 0);
                text.port = NetworkOrder(ipv4->sin_port);
                IpAddress.Format(&ip, text.address);
                break;
            case AF_INET6:
                SOCKADDR_IN6* ipv6 = (SOCKADDR_IN6*)address;
                ip = IpAddress.FromBytes(IpFamily.IPv6, ipv6->sin6_addr, ipv6->sin6_scope_id);
                text.port = NetworkOrder(ipv6->sin6_port);
                IpAddress.Format(&ip, text.address);
                break;
            case AF_UNIX:
                CopyText(new ReadOnlySpan<byte>(((SOCKADDR_UN*)address)->sun_path, SOCKADDR_UN.PathSize), &text);
                break;
            case FamilyOfPipes:
                CopyText(NameIn(source), &text);
                break;
            default:
                return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        }

        *endpoint = text;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Writes the name of a pipe, with its NUL, into room for <see cref="SocketAddress.Size"/> characters.
    /// </summary>
    internal static bool TryWiden(SocketAddress* address, char* wide)
    {
        Span<char> room = new(wide, SocketAddress.Size - 1);
        if (Utf8.ToUtf16(NameIn(address), room, out _, out int written, replaceInvalidSequences: false)
            != OperationStatus.Done)
            return false;

        wide[written] = '\0';
        return true;
    }

    private static ushort* FamilyIn(SocketAddress* address) => (ushort*)SocketAddress.BytesOf(address);

    private static ReadOnlySpan<byte> NameIn(SocketAddress* address) =>
        new((byte*)SocketAddress.BytesOf(address) + sizeof(ushort), (int)address->Length);

    private static int FromIpText(aws_socket_endpoint* endpoint, IpFamily family, SocketAddress* result)
    {
        IpAddress ip;
        if (!IpAddress.TryParse(family, endpoint->address, &ip))
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        FromIp(&ip, endpoint->port, result);
        return AWS_ERROR_SUCCESS;
    }

    private static int FromLocalText(ReadOnlySpan<byte> text, SocketAddress* result)
    {
        byte* bytes = (byte*)SocketAddress.BytesOf(result) + sizeof(ushort);
        bool isPipe = text.Length > PipePrefix.Length &&
            System.Text.Ascii.EqualsIgnoreCase(text[..PipePrefix.Length], PipePrefix);
        int room = isPipe ? SocketAddress.Size - sizeof(ushort) : SOCKADDR_UN.PathSize;
        if (text.IsEmpty)
            return AWS_ERROR_FILE_INVALID_PATH;
        if (text.Length >= room)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        text.CopyTo(new Span<byte>(bytes, room));
        *FamilyIn(result) = isPipe ? FamilyOfPipes : (ushort)AF_UNIX;
        result->Length = isPipe ? (uint)text.Length : (uint)sizeof(SOCKADDR_UN);
        return AWS_ERROR_SUCCESS;
    }

    private static void CopyText(ReadOnlySpan<byte> source, aws_socket_endpoint* text)
    {
        int end = source.IndexOf((byte)0);
        ReadOnlySpan<byte> path = end < 0 ? source : source[..end];
        path[..int.Min(path.Length, EndpointText.MaxLength - 1)]
            .CopyTo(new Span<byte>(text->address, EndpointText.MaxLength));
    }

    private static ushort NetworkOrder(ushort value) => BinaryPrimitives.ReverseEndianness(value);
}
