// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>Addresses of virtual sockets: in <see cref="SocketAddress"/> is the endpoint as C has it.</summary>
internal static unsafe class VirtualAddress
{
    internal static int Parse(aws_socket_endpoint* endpoint, aws_socket_domain domain, SocketAddress* result)
    {
        ReadOnlySpan<byte> text = new(endpoint->address, EndpointText.MaxLength);
        int length = text.IndexOf((byte)0);
        if (length < 0)
            return AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED;

        bool isGood = domain switch
        {
            AWS_SOCKET_IPV4 => text[..length].Contains((byte)'.'),
            AWS_SOCKET_IPV6 => text[..length].Contains((byte)':'),
            AWS_SOCKET_LOCAL => length > 0,
            _ => false,
        };
        if (!isGood)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        *result = default;
        result->Domain = domain;
        result->Length = (uint)sizeof(aws_socket_endpoint);
        *EndpointOf(result) = *endpoint;
        if (domain == AWS_SOCKET_LOCAL)
            SetPort(result, 0);
        return AWS_ERROR_SUCCESS;
    }

    internal static int Format(SocketAddress* address, aws_socket_endpoint* endpoint)
    {
        *endpoint = *EndpointOf(address);
        return AWS_ERROR_SUCCESS;
    }

    internal static bool HasFreePort(SocketAddress* address) =>
        address->Domain != AWS_SOCKET_LOCAL && EndpointOf(address)->port == 0;

    internal static void SetPort(SocketAddress* address, uint port) => EndpointOf(address)->port = port;

    /// <summary>As the connecting end of a Unix socket is.</summary>
    internal static void SetNameless(SocketAddress* address) => *EndpointOf(address) = default;

    /// <summary>Whether a socket that is bound to the first gets what is sent to the second.</summary>
    internal static bool Covers(SocketAddress* bound, SocketAddress* address) =>
        bound->Domain == address->Domain &&
        EndpointOf(bound)->port == EndpointOf(address)->port &&
        (IsAny(bound) || IsSameHost(bound, address));

    internal static bool IsSameHost(SocketAddress* a, SocketAddress* b) =>
        a->Domain == b->Domain && TextOf(a).SequenceEqual(TextOf(b));

    private static bool IsAny(SocketAddress* address) => address->Domain switch
    {
        AWS_SOCKET_IPV4 => TextOf(address).SequenceEqual("0.0.0.0"u8),
        AWS_SOCKET_IPV6 => TextOf(address).SequenceEqual("::"u8),
        _ => false,
    };

    private static aws_socket_endpoint* EndpointOf(SocketAddress* address) =>
        (aws_socket_endpoint*)SocketAddress.BytesOf(address);

    private static ReadOnlySpan<byte> TextOf(SocketAddress* address)
    {
        ReadOnlySpan<byte> text = new(EndpointOf(address)->address, EndpointText.MaxLength);
        int length = text.IndexOf((byte)0);
        return length < 0 ? text : text[..length];
    }
}
