// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>A kind of owner of <see cref="LazySocket"/>: one static table, or how one begins.</summary>
internal unsafe struct LazySocketOwner
{
    /// <summary>
    /// Gets the owner, whose first field the LazySocket is, and a socket that C asks for: fills in options, and the
    /// addresses that the system would not say like that.
    /// </summary>
    internal delegate*<void*, aws_socket*, void> Describe;
}

/// <summary>
/// A connected socket of ours for which there is no struct aws_socket until C asks for it: that is three times as large
/// as what a connection needs, and most programs never look at it. A field of its owner, in zeroed memory, which lasts
/// until <see cref="CleanUp"/>. On the loop's thread, but for what comes before <see cref="Attach"/>.
/// </summary>
internal unsafe struct LazySocket
{
    // The part of an address of IPv4 that is not padding. One of IPv6 has a block of its own; longer ones, of paths,
    // are asked of the system when they are needed.
    private const int PeerCapacity = 8;
    private const int PeerBlockCapacity = 28;

    // A SocketCore, or an aws_socket once that is made; NULL before the first and after the end.
    private void* _socket;

    // NULL of a socket that somebody else has made.
    private LazySocketOwner* _owner;

    // The bytes, or a pointer to the block.
    private ulong _peer;
    private byte _peerLength;
    private bool _hasPeerBlock;
    private bool _isMade;

    /// <summary>The owner's, as it likes: here is room for it.</summary>
    internal bool OwnersMark;

    internal static bool IsMade(LazySocket* lazy) => lazy->_isMade;

    internal static LazySocketOwner* OwnerOf(LazySocket* lazy) => lazy->_owner;

    /// <summary>NULL if it is not made.</summary>
    internal static aws_socket* MadeOf(LazySocket* lazy) => lazy->_isMade ? (aws_socket*)lazy->_socket : null;

    /// <summary>NULL after the end; and of a socket that C has been given, and has cleaned up.</summary>
    internal static SocketCore* CoreOf(LazySocket* lazy) =>
        lazy == null ? null
        : lazy->_isMade ? AwsSocket.CoreOf((aws_socket*)lazy->_socket)
        : (SocketCore*)lazy->_socket;

    /// <summary>For a socket that somebody else has made, and whose end is his.</summary>
    internal static void Refer(LazySocket* lazy, aws_socket* socket)
    {
        lazy->_socket = socket;
        lazy->_isMade = true;
    }

    /// <summary>
    /// Takes a connected socket over, and frees what C would see of it. Nobody has subscribed to its events.
    /// </summary>
    internal static void Take(
        LazySocket* lazy,
        aws_socket* socket,
        SocketObserver* observer,
        LazySocketOwner* owner)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketAddress peer;
        if (SocketCore.IsTcp(core) &&
            core->Backend->ParseAddress(&socket->remote_endpoint, SocketCore.DomainOf(core), &peer) ==
            AWS_ERROR_SUCCESS)
        {
            KeepPeer(lazy, core->Allocator, &peer);
        }

        lazy->_socket = AwsSocket.TakeCore(socket, observer, null);
        lazy->_owner = owner;
    }

    /// <summary>The same of what a listener has accepted.</summary>
    internal static void Adopt(
        LazySocket* lazy,
        SocketCore* listener,
        nint handle,
        SocketAddress* peer,
        SocketObserver* observer,
        LazySocketOwner* owner)
    {
        if (peer->Domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6)
            KeepPeer(lazy, listener->Allocator, peer);
        lazy->_socket = AwsSocket.AdoptCore(listener, handle, peer, observer);
        lazy->_owner = owner;
    }

    /// <summary>Puts it on its loop; returns 0 or an error.</summary>
    internal static int Attach(LazySocket* lazy, aws_event_loop* loop) =>
        SocketEvents.Attach(CoreOf(lazy), loop, accepts: false);

    /// <summary>
    /// Fills in what C sees of a socket that is not made: for <see cref="Make"/>, or to be read only. Any thread that
    /// keeps the socket from ending meanwhile and, as the system is asked, from being closed; or knows that it is.
    /// </summary>
    internal static void Show(LazySocket* lazy, aws_socket* socket, bool isClosing)
    {
        SocketCore* core = (SocketCore*)lazy->_socket;
        socket->vtable = AwsSocketVtable.Pointer;
        socket->impl = core;
        SocketAddress address;
        bool isOpen = !isClosing && SocketCore.IsOpen(core);
        if (isOpen && core->Backend->GetLocalAddress(core, &address) == AWS_ERROR_SUCCESS)
            core->Backend->FormatAddress(&address, &socket->local_endpoint);
        if (TryGetPeer(lazy, core, isOpen, &address))
            core->Backend->FormatAddress(&address, &socket->remote_endpoint);
        lazy->_owner->Describe(lazy, socket);
        socket->options.domain = SocketCore.DomainOf(core);
        socket->event_loop = core->Loop;
        socket->io_handle.data.fd = -1;
        socket->state = SocketState.Closed;
        if (isOpen)
            AwsSocket.ShowState(core, socket);
    }

    /// <summary>
    /// The socket is this, which was shown, from now on and until the end. Its events go to the observer's consumer.
    /// </summary>
    internal static void Make(LazySocket* lazy, aws_socket* shown, SocketObserver* observer)
    {
        SocketCore* core = (SocketCore*)lazy->_socket;
        ForgetPeer(lazy, core);
        core->Owner = shown;
        core->Observer = observer;
        AwsSocket.OnChanged(core);
        lazy->_socket = shown;
        lazy->_isMade = true;
    }

    /// <summary>
    /// Closes it, if that has not been done; nobody is notified of anything any more. An aws_socket is somebody else's
    /// to free, and may have been cleaned up before.
    /// </summary>
    internal static void CleanUp(LazySocket* lazy)
    {
        void* socket = lazy->_socket;
        lazy->_socket = null;
        if (lazy->_isMade)
        {
            Socket.CleanUp((aws_socket*)socket);
            return;
        }

        ForgetPeer(lazy, (SocketCore*)socket);
        SocketClose.Destroy((SocketCore*)socket);
    }

    private static void KeepPeer(LazySocket* lazy, aws_allocator* allocator, SocketAddress* peer)
    {
        bool isShort = peer->Domain == AWS_SOCKET_IPV4;
        if (!isShort && peer->Length > PeerBlockCapacity)
            return;

        lazy->_hasPeerBlock = !isShort;
        if (!isShort)
            lazy->_peer = (ulong)Allocator.Acquire(allocator, PeerBlockCapacity);
        lazy->_peerLength = (byte)peer->Length;
        NativeMemory.Copy(SocketAddress.BytesOf(peer), PeerOf(lazy), KeptLength(lazy));
    }

    private static void ForgetPeer(LazySocket* lazy, SocketCore* core)
    {
        if (lazy->_hasPeerBlock)
            Allocator.Release(core->Allocator, (void*)lazy->_peer);
        lazy->_hasPeerBlock = false;
        lazy->_peerLength = 0;
    }

    private static bool TryGetPeer(LazySocket* lazy, SocketCore* core, bool isOpen, SocketAddress* peer)
    {
        if (lazy->_peerLength == 0)
            return isOpen && core->Backend->GetPeerAddress != null &&
                core->Backend->GetPeerAddress(core, peer) == AWS_ERROR_SUCCESS;

        *peer = new SocketAddress { Length = lazy->_peerLength, Domain = SocketCore.DomainOf(core) };
        NativeMemory.Copy(PeerOf(lazy), SocketAddress.BytesOf(peer), KeptLength(lazy));
        return true;
    }

    private static byte* PeerOf(LazySocket* lazy) => lazy->_hasPeerBlock ? (byte*)lazy->_peer : (byte*)&lazy->_peer;

    private static nuint KeptLength(LazySocket* lazy) =>
        lazy->_hasPeerBlock ? lazy->_peerLength : nuint.Min(lazy->_peerLength, PeerCapacity);
}
