// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// A listener whose connections become channels, and what these need. References: the listening socket's own, one per
/// accepted connection, one while the setup callback is due (docs/lifetimes.md, rules 53 to 56).
/// </summary>
internal unsafe struct ChannelListener
{
    private const int Backlog = 1024;

    // First: the pointer that the program holds is the socket's.
    private Listener _listener;
    private aws_server_bootstrap_on_listener_setup_fn _setupCallback;
    private aws_server_bootstrap_on_accept_channel_setup_fn _incomingCallback;
    private aws_server_bootstrap_on_accept_channel_shutdown_fn _shutdownCallback;
    private aws_server_bootstrap_on_server_listener_destroy_fn _destroyCallback;
    private ReferenceCount _references;

    // Of the listening socket, for its connections: it may be gone before them.
    private aws_socket_options _socketOptions;
    private aws_socket_endpoint _localEndpoint;
    private bool _isKnown;

    internal aws_server_bootstrap* Bootstrap;
    internal bool HasBackPressure;
    internal void* UserData;

    /// <summary>NULL without TLS.</summary>
    internal TlsSetup* Tls;

    /// <summary>NULL with the error raised, after the destroy callback.</summary>
    internal static aws_socket* New(aws_server_socket_channel_bootstrap_options* options)
    {
        aws_server_bootstrap* bootstrap = options->bootstrap;
        ChannelListener* listener = Allocator.New<ChannelListener>(bootstrap->allocator);
        listener->Bootstrap = ServerBootstrap.Acquire(bootstrap);
        listener->_setupCallback = options->setup_callback;
        listener->_incomingCallback = options->incoming_callback;
        listener->_shutdownCallback = options->shutdown_callback;
        listener->_destroyCallback = options->destroy_callback;
        listener->UserData = options->user_data;
        listener->HasBackPressure = options->enable_read_back_pressure;
        listener->_socketOptions = *options->socket_options;
        listener->_references = ReferenceCount.One;
        listener->Tls = TlsSetup.New(bootstrap->allocator, options->tls_options, bootstrap->on_protocol_negotiated);
        Log.Write(AWS_LL_INFO, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)bootstrap:x}: listening on {options->host_name}:{options->port}");

        int error = Start(listener, options);

        // After success it may be gone already, if the program has destroyed it in its setup callback.
        if (error == AWS_ERROR_SUCCESS)
            return Listener.SocketOf(&listener->_listener);

        Release(listener);
        Errors.Raise(error);
        return null;
    }

    internal static void Destroy(aws_socket* socket) => Listener.Destroy(Listener.Of(socket));

    internal static void CallIncoming(ChannelListener* listener, int error, aws_channel* channel) =>
        listener->_incomingCallback(listener->Bootstrap, error, channel, listener->UserData);

    internal static void CallShutdown(ChannelListener* listener, int error, aws_channel* channel) =>
        listener->_shutdownCallback(listener->Bootstrap, error, channel, listener->UserData);

    /// <summary>What C sees of an accepted socket that the listener knows best.</summary>
    internal static void Describe(ChannelListener* listener, aws_socket* accepted)
    {
        accepted->options = listener->_socketOptions;
        accepted->local_endpoint = listener->_localEndpoint;
        if (SocketCore.DomainOf(AwsSocket.CoreOf(accepted)) == AWS_SOCKET_LOCAL)
            AwsSocket.NamePeerOfPath(accepted);
    }

    internal static void Acquire(ChannelListener* listener) => listener->_references.Acquire();

    internal static void Release(ChannelListener* listener)
    {
        if (!listener->_references.Release())
            return;

        aws_server_bootstrap* bootstrap = listener->Bootstrap;
        if (listener->_destroyCallback != null)
            listener->_destroyCallback(bootstrap, listener->UserData);
        TlsSetup.Destroy(bootstrap->allocator, listener->Tls);
        Allocator.Release(bootstrap->allocator, listener);
        ServerBootstrap.Release(bootstrap);
    }

    private static int Start(ChannelListener* listener, aws_server_socket_channel_bootstrap_options* options)
    {
        bool reportsStart = listener->_setupCallback != null;
        ListenOptions listen = new()
        {
            Allocator = listener->Bootstrap->allocator,
            Address = options->host_name,
            Port = options->port,
            Backlog = Backlog,
            SocketOptions = options->socket_options,
            Loop = EventLoopGroup.GetNextLoop(listener->Bootstrap->event_loop_group),
            State = listener,
            OnStarted = reportsStart ? &OnStarted : null,
            OnAccepted = &OnAccepted,
            OnClosed = &OnClosed,
        };
        if (reportsStart)
            Acquire(listener);
        int error = Listener.Start(&listener->_listener, &listen);
        if (error != AWS_ERROR_SUCCESS && reportsStart)
            Release(listener);
        return error;
    }

    private static void OnStarted(void* state, int error)
    {
        ChannelListener* listener = (ChannelListener*)state;
        listener->_setupCallback(listener->Bootstrap, error, listener->UserData);
        Release(listener);
    }

    private static void OnAccepted(void* state, SocketCore* core, nint handle, SocketAddress* peer, int error)
    {
        ChannelListener* listener = (ChannelListener*)state;
        if (error == AWS_ERROR_SUCCESS)
        {
            if (!listener->_isKnown)
                listener->_localEndpoint = AwsSocket.SocketOf(core)->local_endpoint;
            listener->_isKnown = true;
            AcceptedConnection.Start(listener, core, handle, peer);
            return;
        }

        Errors.Raise(error);
        CallIncoming(listener, error, null);
    }

    private static void OnClosed(void* state) => Release((ChannelListener*)state);
}
