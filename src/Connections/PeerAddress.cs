// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// The address of the other end, which the system may not know any more when somebody asks: in the backend's form if
/// that is short, as those of IP are; else its text, in memory of its own.
/// </summary>
internal unsafe struct PeerAddress
{
    // That of IPv6.
    private const int ShortSize = 28;

    private aws_socket_endpoint* _text;
    private fixed byte _short[ShortSize];
    private byte _length;
    private byte _domain;

    /// <summary>That of a connected socket.</summary>
    internal static void Set(PeerAddress* peer, aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketAddress address;
        bool isShort = SocketCore.IsTcp(core) &&
            core->Backend->ParseAddress(&socket->remote_endpoint, SocketCore.DomainOf(core), &address) ==
            AWS_ERROR_SUCCESS && address.Length <= ShortSize;
        if (isShort)
        {
            NativeMemory.Copy(SocketAddress.BytesOf(&address), peer->_short, address.Length);
            peer->_length = (byte)address.Length;
            peer->_domain = (byte)address.Domain;
            return;
        }

        peer->_text = Allocator.New<aws_socket_endpoint>(Allocator.Default());
        *peer->_text = socket->remote_endpoint;
    }

    /// <summary>Returns 0 or an error.</summary>
    internal static int Get(PeerAddress* peer, SocketCore* core, aws_socket_endpoint* endpoint)
    {
        if (peer->_text != null)
        {
            *endpoint = *peer->_text;
            return AWS_ERROR_SUCCESS;
        }

        SocketAddress address = new() { Length = peer->_length, Domain = (aws_socket_domain)peer->_domain };
        NativeMemory.Copy(peer->_short, SocketAddress.BytesOf(&address), peer->_length);
        return core->Backend->FormatAddress(&address, endpoint);
    }

    internal static void Free(PeerAddress* peer)
    {
        if (peer->_text != null)
            Allocator.Release(Allocator.Default(), peer->_text);
    }
}
