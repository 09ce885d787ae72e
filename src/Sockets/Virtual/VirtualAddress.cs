// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// An address of a virtual socket, as it is in a <see cref="SocketAddress"/>: an IP address and a port, or, of a local
/// socket, the endpoint's text.
/// </summary>
internal unsafe struct VirtualAddress
{
    private IpAddress _ip;
    private uint _port;
    private fixed byte _path[MaxPath];

    // A NUL is behind it.
    private const int MaxPath = 92;

    internal static int Parse(aws_socket_endpoint* endpoint, aws_socket_domain domain, SocketAddress* result) =>
        domain switch
        {
            AWS_SOCKET_IPV4 => ParseIp(endpoint, IpFamily.IPv4, result),
            AWS_SOCKET_IPV6 => ParseIp(endpoint, IpFamily.IPv6, result),
            AWS_SOCKET_LOCAL => ParsePath(endpoint, result),
            _ => AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
        };

    internal static void FromIp(IpAddress* ip, uint port, SocketAddress* result)
    {
        VirtualAddress* address =
            Begin(result, ip->Family == IpFamily.IPv4 ? AWS_SOCKET_IPV4 : AWS_SOCKET_IPV6);
        address->_ip = *ip;
        address->_port = port;
    }

    internal static int Format(SocketAddress* source, aws_socket_endpoint* endpoint)
    {
        VirtualAddress* address = Of(source);
        *endpoint = default;
        endpoint->port = address->_port;
        if (source->Domain != AWS_SOCKET_LOCAL)
            IpAddress.Format(&address->_ip, endpoint->address);
        else
            Buffer.MemoryCopy(address->_path, endpoint->address, EndpointText.MaxLength, MaxPath);
        return AWS_ERROR_SUCCESS;
    }

    internal static bool HasFreePort(SocketAddress* address) =>
        address->Domain != AWS_SOCKET_LOCAL && Of(address)->_port == 0;

    internal static uint PortOf(SocketAddress* address) => Of(address)->_port;

    /// <summary>Without a family, if it is a path or nothing at all.</summary>
    internal static IpAddress IpOf(SocketAddress* address) =>
        address->Length == 0 || address->Domain == AWS_SOCKET_LOCAL ? default : Of(address)->_ip;

    internal static void SetPort(SocketAddress* address, uint port) => Of(address)->_port = port;

    /// <summary>The address of the connecting end of a local connection.</summary>
    internal static void SetNameless(SocketAddress* address) => Begin(address, AWS_SOCKET_LOCAL);

    /// <summary>Whether a socket that is bound to the first gets what is sent to the second.</summary>
    internal static bool Covers(SocketAddress* bound, SocketAddress* address) =>
        bound->Domain == address->Domain && Of(bound)->_port == Of(address)->_port &&
        (IsAny(bound) || IsSameHost(bound, address));

    /// <summary>The same for a socket of a host that has both families, unless it leaves IPv4 out.</summary>
    internal static bool CoversBoth(SocketAddress* bound, SocketAddress* address, bool isIPv6Only) =>
        Covers(bound, address) ||
        (bound->Domain == AWS_SOCKET_IPV6 && address->Domain == AWS_SOCKET_IPV4 && !isIPv6Only &&
            IsAny(bound) && Of(bound)->_port == Of(address)->_port);

    internal static bool AreEqual(SocketAddress* a, SocketAddress* b) =>
        IsSameHost(a, b) && Of(a)->_port == Of(b)->_port;

    internal static bool IsSameHost(SocketAddress* a, SocketAddress* b)
    {
        VirtualAddress* first = Of(a);
        VirtualAddress* second = Of(b);
        return a->Domain == b->Domain && IpAddress.AreEqual(&first->_ip, &second->_ip) &&
            new ReadOnlySpan<byte>(first->_path, MaxPath).SequenceEqual(new ReadOnlySpan<byte>(second->_path, MaxPath));
    }

    private static VirtualAddress* Of(SocketAddress* address) => (VirtualAddress*)SocketAddress.BytesOf(address);

    private static VirtualAddress* Begin(SocketAddress* result, aws_socket_domain domain)
    {
        *result = default;
        result->Domain = domain;
        result->Length = (uint)sizeof(VirtualAddress);
        return Of(result);
    }

    private static int ParseIp(aws_socket_endpoint* endpoint, IpFamily family, SocketAddress* result)
    {
        IpAddress ip;
        if (!IpAddress.TryParse(family, endpoint->address, &ip))
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        FromIp(&ip, endpoint->port, result);
        return AWS_ERROR_SUCCESS;
    }

    private static int ParsePath(aws_socket_endpoint* endpoint, SocketAddress* result)
    {
        int length = new ReadOnlySpan<byte>(endpoint->address, EndpointText.MaxLength).IndexOf((byte)0);
        if (length is < 1 or >= MaxPath)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        VirtualAddress* address = Begin(result, AWS_SOCKET_LOCAL);
        Buffer.MemoryCopy(endpoint->address, address->_path, MaxPath, length);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>All addresses of the host.</summary>
    internal static bool IsAny(SocketAddress* address)
    {
        VirtualAddress* bound = Of(address);
        IpAddress any = new() { Family = bound->_ip.Family };
        return address->Domain != AWS_SOCKET_LOCAL && IpAddress.AreEqual(&bound->_ip, &any);
    }
}
