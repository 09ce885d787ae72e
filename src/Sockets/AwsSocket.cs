// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>
/// What aws_socket::impl points to, whatever the backend: a <see cref="SocketCore"/> and what C needs of a socket
/// beside. The functions of aws_socket are in AwsSocketSetup, AwsSocketConnect, AwsSocketListener, AwsSocketTransfer
/// and AwsSocketClose; this is their state, and what the core reports. The public fields of aws_socket always show what
/// the core has.
/// </summary>
internal unsafe struct AwsSocket
{
    private struct Hooks
    {
        internal aws_socket_on_shutdown_complete_fn OnClosed;
        internal void* OnClosedUserData;
        internal aws_socket_on_shutdown_complete_fn OnCleanedUp;
        internal void* OnCleanedUpUserData;
    }

    /// <summary>Of sockets whose events go to C functions.</summary>
    internal static SocketObserver* Observer => StaticMemory.Get(ref s_observer, &NewObserver);

    private static nint s_observer;

    // First, so that a pointer to the core is one to this.
    private SocketCore _core;

    // NULL before the first is set: most sockets get them when they are about to be closed.
    private Hooks* _hooks;

    internal static SocketCore* CoreOf(aws_socket* socket) => (SocketCore*)socket->impl;

    internal static aws_socket* SocketOf(SocketCore* core) => (aws_socket*)core->Owner;

    /// <summary>
    /// The table of an aws_socket whose readable events go to our own code. Made once for each kind of consumer.
    /// </summary>
    internal static SocketObserver NewObserver(delegate*<SocketCore*, int, void> onReadable) =>
        NewObserver(onReadable, &OnConnected, &OnAccepted);

    /// <summary>The same for one whose connection attempt our own code has begun.</summary>
    internal static SocketObserver NewConnectingObserver(delegate*<SocketCore*, int, void> onConnected) =>
        NewObserver(&OnReadable, onConnected, &OnAccepted) with { OnEstablished = &OnAttemptEstablished };

    /// <summary>The same for a listener whose connections go to our own code: <see cref="Adopt"/>.</summary>
    internal static SocketObserver NewAcceptingObserver(
        delegate*<SocketCore*, nint, SocketAddress*, int, void> onAccepted) =>
        NewObserver(&OnReadable, &OnConnected, onAccepted);

    /// <summary>The same for an owner that has taken the core: <see cref="TakeCore"/>.</summary>
    internal static SocketObserver NewCoreObserver(delegate*<SocketCore*, int, void> onReadable) => new()
    {
        OnReadable = onReadable,
        OnFreed = &OnFreed,
    };

    private static SocketObserver NewObserver() => NewObserver(&OnReadable, &OnConnected, &OnAccepted);

    private static SocketObserver NewObserver(
        delegate*<SocketCore*, int, void> onReadable,
        delegate*<SocketCore*, int, void> onConnected,
        delegate*<SocketCore*, nint, SocketAddress*, int, void> onAccepted) => new()
        {
            OnChanged = &OnChanged,
            OnEstablished = &OnEstablished,
            OnConnected = onConnected,
            OnAccepted = onAccepted,
            OnReadable = onReadable,
            OnClosed = &OnClosed,
            OnFreed = &OnFreed,
        };

    /// <summary>Opens a new socket. On failure nothing is left open.</summary>
    internal static int Init(
        aws_socket* socket,
        aws_allocator* allocator,
        SocketBackend* backend,
        aws_socket_options* options)
    {
        SocketCore* core = New(socket, allocator, backend, options, SocketCore.NoHandle);
        int error = backend->Open(core);
        if (error == AWS_ERROR_SUCCESS)
        {
            error = backend->ApplyOptions(core, options);
            if (error != AWS_ERROR_SUCCESS)
                backend->CloseHandle(SocketCore.HandleOf(core));
        }

        if (error == AWS_ERROR_SUCCESS)
        {
            OnChanged(core);
            return AWS_OP_SUCCESS;
        }

        core->Owner = null;
        SocketCore.Release(core);
        Clear(socket);
        return Errors.Raise(error);
    }

    /// <summary>Makes the program forget the socket; what runs when that is done is returned.</summary>
    internal static void Forget(SocketCore* core)
    {
        aws_socket* socket = SocketOf(core);
        Hooks* hooks = ((AwsSocket*)core)->_hooks;
        Hooks last = hooks == null ? default : *hooks;
        core->Owner = null;
        Clear(socket);
        SocketCore.Release(core);
        if (last.OnCleanedUp != null)
            last.OnCleanedUp(last.OnCleanedUpUserData);
    }

    internal static bool IsOpen(aws_socket* socket) => SocketCore.IsOpen(CoreOf(socket));

    /// <summary>Takes the pending error off the socket and returns it without raising it.</summary>
    internal static int TakeError(aws_socket* socket) =>
        IsOpen(socket) ? CoreOf(socket)->Backend->TakeError(CoreOf(socket)) : AWS_IO_SOCKET_NOT_CONNECTED;

    internal static int SetOnClosed(aws_socket* socket, aws_socket_on_shutdown_complete_fn function, void* userData)
    {
        Hooks* hooks = HooksOf(CoreOf(socket), function != null);
        if (hooks != null)
        {
            hooks->OnClosed = function;
            hooks->OnClosedUserData = userData;
        }

        return AWS_OP_SUCCESS;
    }

    internal static int SetOnCleanedUp(
        aws_socket* socket, aws_socket_on_shutdown_complete_fn function, void* userData)
    {
        Hooks* hooks = HooksOf(CoreOf(socket), function != null);
        if (hooks != null)
        {
            hooks->OnCleanedUp = function;
            hooks->OnCleanedUpUserData = userData;
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>Reads the address that the system gave the socket into local_endpoint. Returns 0 or an error.</summary>
    internal static int UpdateLocalEndpoint(SocketCore* core)
    {
        SocketAddress address;
        int error = core->Backend->GetLocalAddress(core, &address);
        return error == AWS_ERROR_SUCCESS
            ? core->Backend->FormatAddress(&address, &SocketOf(core)->local_endpoint)
            : error;
    }

    // The port that the system has chosen for a socket may be the very one that it connects to, if nobody listens
    // there: TCP connects it to itself then, as two that open at the same time. Its close is a reset, after which the
    // port is free for whoever ought to listen.
    private static int OnEstablished(SocketCore* core)
    {
        int error = UpdateLocalEndpoint(core);
        if (error != AWS_ERROR_SUCCESS || !IsConnectedToItself(core))
            return error;

        core->ResetsOnClose = true;
        return AWS_IO_SOCKET_CONNECTION_REFUSED;
    }

    // Of an attempt of our own: who asks for the local address later gets it from the system.
    private static int OnAttemptEstablished(SocketCore* core) =>
        SocketCore.IsTcp(core) ? OnEstablished(core) : AWS_ERROR_SUCCESS;

    private static bool IsConnectedToItself(SocketCore* core)
    {
        SocketAddress own;
        SocketAddress peer;
        aws_socket* socket = SocketOf(core);
        return socket->local_endpoint.port == socket->remote_endpoint.port && SocketCore.IsTcp(core) &&
            core->Backend->GetPeerAddress != null &&
            core->Backend->GetLocalAddress(core, &own) == AWS_ERROR_SUCCESS &&
            core->Backend->GetPeerAddress(core, &peer) == AWS_ERROR_SUCCESS &&
            new ReadOnlySpan<byte>(SocketAddress.BytesOf(&own), (int)own.Length).SequenceEqual(
                new ReadOnlySpan<byte>(SocketAddress.BytesOf(&peer), (int)peer.Length));
    }

    /// <summary>
    /// Makes a socket of a connection that a listener has accepted. It is the caller's to destroy, and on no loop.
    /// </summary>
    internal static aws_socket* Adopt(SocketCore* core, nint handle, SocketAddress* peer)
    {
        // On Linux a connection inherits the options of its listener.
        aws_socket* listener = SocketOf(core);
        aws_socket* connection = Allocator.New<aws_socket>(listener->allocator);
        aws_socket_options options = listener->options;
        options.domain = peer->Domain;
        SocketCore* accepted = New(connection, listener->allocator, core->Backend, &options, handle);
        connection->local_endpoint = listener->local_endpoint;
        SetPeer(listener, connection, core, peer);
        SocketCore.SetPhase(
            accepted, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);

        aws_socket_endpoint* remote = &connection->remote_endpoint;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: connection from {new EndpointText(remote)} port {remote->port} as fd {handle}");
        return connection;
    }

    /// <summary>
    /// The same for an owner that needs no aws_socket, as <see cref="TakeCore"/> makes them; it has no owner yet.
    /// </summary>
    internal static SocketCore* AdoptCore(
        SocketCore* listener, nint handle, SocketAddress* peer, SocketObserver* observer)
    {
        aws_allocator* allocator = SocketOf(listener)->allocator;
        AwsSocket* state = Allocator.New<AwsSocket>(allocator);
        SocketCore* core = &state->_core;
        aws_socket_options options = new() { type = SocketOf(listener)->options.type, domain = peer->Domain };
        SocketCore.Init(core, allocator, listener->Backend, observer, null, &options);
        SocketCore.SetHandle(core, handle);
        SocketCore.SetPhase(core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(listener)}: connection as fd {handle}");
        return core;
    }

    /// <summary>The same of a handle that was made elsewhere.</summary>
    internal static aws_socket* NewConnected(
        aws_allocator* allocator,
        SocketBackend* backend,
        aws_socket_options* options,
        nint handle,
        SocketAddress* peer)
    {
        aws_socket* connection = Allocator.New<aws_socket>(allocator);
        aws_socket_options own = *options;
        own.domain = peer->Domain;
        SocketCore* core = New(connection, allocator, backend, &own, handle);
        if (backend->ApplyOptions(core, &own) != AWS_ERROR_SUCCESS)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: not all options could be set");
        UpdateLocalEndpoint(core);
        backend->FormatAddress(peer, &connection->remote_endpoint);
        SocketCore.SetPhase(core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
        return connection;
    }

    /// <summary>
    /// For an owner that needs no aws_socket, which is freed: the connection without it, whose end is
    /// <see cref="SocketClose.Destroy"/>. Nobody has subscribed to its events.
    /// </summary>
    internal static SocketCore* TakeCore(aws_socket* socket, SocketObserver* observer, void* owner)
    {
        SocketCore* core = CoreOf(socket);
        core->Observer = observer;
        core->Owner = owner;
        Allocator.Release(socket->allocator, socket);
        return core;
    }

    private static SocketCore* New(
        aws_socket* socket,
        aws_allocator* allocator,
        SocketBackend* backend,
        aws_socket_options* options,
        nint handle)
    {
        AwsSocket* state = Allocator.New<AwsSocket>(allocator);
        SocketCore* core = &state->_core;
        SocketCore.Init(core, allocator, backend, Observer, socket, options);
        SocketCore.SetHandle(core, handle);
        *socket = default;
        socket->allocator = allocator;
        socket->vtable = AwsSocketVtable.Pointer;
        socket->options = *options;
        socket->impl = state;
        return core;
    }

    private static void Clear(aws_socket* socket)
    {
        *socket = default;
        socket->io_handle.data.fd = -1;
    }

    private static Hooks* HooksOf(SocketCore* core, bool makesThem)
    {
        AwsSocket* state = (AwsSocket*)core;
        if (state->_hooks == null && makesThem)
            state->_hooks = Allocator.New<Hooks>(core->Allocator);
        return state->_hooks;
    }

    /// <summary>The public fields of the socket show what its core has.</summary>
    internal static void OnChanged(SocketCore* core) => ShowState(core, SocketOf(core));

    /// <summary>The same in any aws_socket.</summary>
    internal static void ShowState(SocketCore* core, aws_socket* socket)
    {
        socket->event_loop = core->Loop;
        socket->io_handle.data.handle = (void*)SocketCore.SystemHandleOf(core);
        socket->state = core->Phase switch
        {
            SocketPhase.Created => SocketState.Init,
            SocketPhase.Bound => SocketState.Bound,
            SocketPhase.Listening or SocketPhase.StartingToAccept or SocketPhase.Accepting => SocketState.Listening,
            SocketPhase.Connecting or SocketPhase.ConnectAnswered => SocketState.Connecting,
            SocketPhase.ConnectTimedOut => SocketState.TimedOut,
            SocketPhase.Connected =>
                (SocketCore.CanReceive(core) ? SocketState.ConnectedRead : 0) |
                (SocketCore.CanSend(core) ? SocketState.ConnectedWrite : 0),
            SocketPhase.Closed => SocketState.Closed,
            _ => SocketState.Error,
        };
    }

    private static void OnConnected(SocketCore* core, int error)
    {
        aws_socket* socket = SocketOf(core);
        if (error != AWS_ERROR_SUCCESS)
            Errors.Raise(error);
        if (socket->connection_result_fn != null)
            socket->connection_result_fn(socket, error, socket->connect_accept_user_data);
    }

    private static void OnAccepted(SocketCore* core, nint handle, SocketAddress* peer, int error)
    {
        aws_socket* listener = SocketOf(core);
        if (error != AWS_ERROR_SUCCESS)
            Errors.Raise(error);
        aws_socket* connection = error == AWS_ERROR_SUCCESS ? Adopt(core, handle, peer) : null;
        listener->accept_result_fn(listener, error, connection, listener->connect_accept_user_data);
    }

    private static void SetPeer(aws_socket* listener, aws_socket* connection, SocketCore* core, SocketAddress* peer)
    {
        if (listener->options.domain == AWS_SOCKET_LOCAL)
            NamePeerOfPath(connection);
        else if (core->Backend->FormatAddress(peer, &connection->remote_endpoint) != AWS_ERROR_SUCCESS)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: the peer's address is not known");
    }

    /// <summary>
    /// The client's end of a Unix socket has no name: an accepted connection has the listener's, which is its own.
    /// </summary>
    internal static void NamePeerOfPath(aws_socket* accepted)
    {
        accepted->remote_endpoint = accepted->local_endpoint;
        accepted->remote_endpoint.port = 0;
    }

    private static void OnReadable(SocketCore* core, int error)
    {
        aws_socket* socket = SocketOf(core);
        if (error != AWS_ERROR_SUCCESS)
            Errors.Raise(error);
        if (socket->readable_fn != null)
            socket->readable_fn(socket, error, socket->readable_user_data);
    }

    private static void OnClosed(SocketCore* core)
    {
        Hooks* hooks = ((AwsSocket*)core)->_hooks;
        if (hooks == null || hooks->OnClosed == null)
            return;

        aws_socket_on_shutdown_complete_fn onClosed = hooks->OnClosed;
        hooks->OnClosed = null;
        onClosed(hooks->OnClosedUserData);
    }

    private static void OnFreed(SocketCore* core)
    {
        Hooks* hooks = ((AwsSocket*)core)->_hooks;
        if (hooks != null)
            Allocator.Release(core->Allocator, hooks);
    }
}
