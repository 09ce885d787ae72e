// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// The address of the other end, which the system may not know any more when somebody asks: in the backend's form
/// without the zeros at its end, if what is left is short, as of IPv4; else in memory of its own, as its text, without
/// the zeros, too, if even that form is long.
/// </summary>
internal unsafe struct PeerAddress
{
    private enum Form : byte
    {
        None,
        Short,
        Block,
        Text,
    }

    // The part of a sockaddr_in that is not padding.
    private const int ShortSize = 8;

    // That of IPv6.
    private const int BlockSize = 28;

    // The bytes, or a pointer to a block or to an endpoint.
    private ulong _content;
    private ushort _length;
    private byte _domain;
    private Form _form;

    /// <summary>That of a connected socket.</summary>
    internal static void Set(PeerAddress* peer, aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketAddress address = default;
        bool isInForm = SocketCore.IsTcp(core) &&
            core->Backend->ParseAddress(&socket->remote_endpoint, SocketCore.DomainOf(core), &address) ==
            AWS_ERROR_SUCCESS && address.Length <= BlockSize;
        if (!isInForm)
        {
            SetText(peer, &socket->remote_endpoint);
            return;
        }

        byte* bytes = (byte*)SocketAddress.BytesOf(&address);
        int used = (int)address.Length;
        while (used > 0 && bytes[used - 1] == 0)
            used--;
        peer->_length = (ushort)address.Length;
        peer->_domain = (byte)address.Domain;
        peer->_form = used <= ShortSize ? Form.Short : Form.Block;
        if (used > ShortSize)
            peer->_content = (ulong)Allocator.Acquire(Allocator.Default(), address.Length);
        NativeMemory.Copy(bytes, BytesOf(peer), peer->_form == Form.Short ? (nuint)used : address.Length);
    }

    /// <summary>Returns 0 or an error.</summary>
    internal static int Get(PeerAddress* peer, SocketCore* core, aws_socket_endpoint* endpoint)
    {
        if (peer->_form == Form.Text)
        {
            *endpoint = default;
            NativeMemory.Copy((void*)peer->_content, endpoint, peer->_length);
            return AWS_ERROR_SUCCESS;
        }

        SocketAddress address = new() { Length = peer->_length, Domain = (aws_socket_domain)peer->_domain };
        nuint kept = peer->_form == Form.Short ? nuint.Min(peer->_length, ShortSize) : peer->_length;
        NativeMemory.Copy(BytesOf(peer), SocketAddress.BytesOf(&address), kept);
        return core->Backend->FormatAddress(&address, endpoint);
    }

    internal static void Free(PeerAddress* peer)
    {
        if (peer->_form >= Form.Block)
            Allocator.Release(Allocator.Default(), (void*)peer->_content);
    }

    // Clients of a path have no name: then nothing is kept.
    private static void SetText(PeerAddress* peer, aws_socket_endpoint* text)
    {
        byte* bytes = (byte*)text;
        int used = sizeof(aws_socket_endpoint);
        while (used > 0 && bytes[used - 1] == 0)
            used--;
        peer->_form = Form.Text;
        peer->_length = (ushort)used;
        if (used == 0)
            return;
        peer->_content = (ulong)Allocator.Acquire(Allocator.Default(), (nuint)used);
        NativeMemory.Copy(bytes, (void*)peer->_content, (nuint)used);
    }

    private static byte* BytesOf(PeerAddress* peer) =>
        peer->_form == Form.Short ? (byte*)&peer->_content : (byte*)peer->_content;
}
