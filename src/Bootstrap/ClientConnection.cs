// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One outgoing connection of a bootstrap, from the request to the end of its channel: a connector, then a channel.
/// References: one until the setup callback has returned, one for the connector, one for the channel. Callbacks come as
/// rules 51 and 52 of docs/lifetimes.md say.
/// </summary>
internal unsafe struct ClientConnection
{
    private static nint s_owner;

    private SocketChannel _channel;
    private aws_client_bootstrap* _bootstrap;
    private aws_client_bootstrap_on_channel_event_fn _creationCallback;
    private aws_client_bootstrap_on_channel_event_fn _setupCallback;
    private aws_client_bootstrap_on_channel_event_fn _shutdownCallback;
    private void* _userData;

    /// <summary>NULL without TLS.</summary>
    private TlsSetup* _tls;
    private ReferenceCount _references;
    private bool _hasBackPressure;

    // For C, if it asks for the socket.
    private aws_socket_options _socketOptions;

    private static SocketChannelOwner* Owner => StaticMemory.Get(ref s_owner, &NewOwner);

    private static SocketChannelOwner NewOwner() => new()
    {
        Settings = &Settings,
        OnCreated = &OnCreated,
        OnReady = &OnReady,
        OnShutDown = &OnShutDown,
        OnGone = &Release,
        Describe = &Describe,
    };

    internal static int Start(aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = options->bootstrap;
        ClientConnection* connection = Allocator.New<ClientConnection>(bootstrap->allocator);
        connection->_bootstrap = ClientBootstrap.Acquire(bootstrap);
        connection->_creationCallback = options->creation_callback;
        connection->_setupCallback = options->setup_callback;
        connection->_shutdownCallback = options->shutdown_callback;
        connection->_userData = options->user_data;
        connection->_hasBackPressure = options->enable_read_back_pressure;
        connection->_socketOptions = *options->socket_options;
        connection->_tls =
            TlsSetup.New(bootstrap->allocator, options->tls_options, bootstrap->on_protocol_negotiated);
        connection->_references = ReferenceCount.One;

        Log.Write(AWS_LL_TRACE, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)bootstrap:x}: connecting to {options->host_name}:{options->port}");
        connection->_references.Acquire();
        int error = Connect(connection, options);

        // After success the connection may be gone already.
        if (error == AWS_ERROR_SUCCESS)
            return AWS_OP_SUCCESS;

        Release(connection);
        Release(connection);
        return Errors.Raise(error);
    }

    private static int Connect(ClientConnection* connection, aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = connection->_bootstrap;
        ConnectOptions connect = new()
        {
            Allocator = bootstrap->allocator,
            Host = options->host_name,
            Port = options->port,
            SocketOptions = options->socket_options,
            Loop = options->requested_event_loop != null
                ? options->requested_event_loop
                : EventLoopGroup.GetNextLoop(bootstrap->event_loop_group),
            Resolver = bootstrap->host_resolver,
            Resolution = options->host_resolution_override_config != null
                ? options->host_resolution_override_config
                : &bootstrap->host_resolver_config,
            LogId = bootstrap,
            State = connection,
            OnResult = &OnConnected,
            OnReleased = &Release,
        };
        return Connector.Start(&connect);
    }

    private static void OnConnected(void* state, aws_socket* socket, int error)
    {
        ClientConnection* connection = (ClientConnection*)state;
        if (error != AWS_ERROR_SUCCESS)
        {
            Errors.Raise(error);
            OnReady(connection, null, error);
            return;
        }

        connection->_references.Acquire();
        SocketChannel.Start(&connection->_channel, Owner, socket);
    }

    private static void OnCreated(void* state, aws_channel* channel)
    {
        ClientConnection* connection = (ClientConnection*)state;
        if (connection->_creationCallback != null)
            connection->_creationCallback(connection->_bootstrap, AWS_ERROR_SUCCESS, channel, connection->_userData);
    }

    private static SocketChannelSettings Settings(void* state)
    {
        ClientConnection* connection = (ClientConnection*)state;
        return new()
        {
            Allocator = connection->_bootstrap->allocator,
            LogId = connection->_bootstrap,
            HasBackPressure = connection->_hasBackPressure,
            Tls = connection->_tls,
            AlpnUserData = connection->_userData,
        };
    }

    private static void Describe(void* state, aws_socket* socket) =>
        socket->options = ((ClientConnection*)state)->_socketOptions;

    private static void OnReady(void* state, aws_channel* channel, int error)
    {
        ClientConnection* connection = (ClientConnection*)state;
        connection->_setupCallback(connection->_bootstrap, error, channel, connection->_userData);
        Release(connection);
    }

    private static void OnShutDown(void* state, aws_channel* channel, int error)
    {
        ClientConnection* connection = (ClientConnection*)state;
        connection->_shutdownCallback(connection->_bootstrap, error, channel, connection->_userData);
    }

    private static void Release(void* state)
    {
        ClientConnection* connection = (ClientConnection*)state;
        if (!connection->_references.Release())
            return;

        aws_client_bootstrap* bootstrap = connection->_bootstrap;
        TlsSetup.Destroy(bootstrap->allocator, connection->_tls);
        Allocator.Release(bootstrap->allocator, connection);
        ClientBootstrap.Release(bootstrap);
    }
}
