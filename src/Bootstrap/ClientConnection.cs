// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One outgoing connection of a bootstrap, from the request to the end of its channel: a connector, then a channel.
/// References: one until the setup callback has returned, one for the connector, one for the channel. Callbacks come as
/// rules 51 and 52 of docs/lifetimes.md say.
/// </summary>
internal unsafe struct ClientConnection
{
    // Of aws_socket_options::network_interface_name.
    private const int NameCapacity = 16;

    private static nint s_owner;

    private SocketChannel _channel;
    private aws_client_bootstrap* _bootstrap;
    private ClientSettings* _settings;
    private void* _userData;

    /// <summary>NULL without TLS.</summary>
    private TlsSetup* _tls;
    private ReferenceCount _references;

    private static SocketChannelOwner* Owner => StaticMemory.Get(ref s_owner, &NewOwner);

    private static SocketChannelOwner NewOwner() => new()
    {
        OfSocket = new LazySocketOwner { Describe = &Describe },
        Settings = &Settings,
        OnCreated = &OnCreated,
        OnReady = &OnReady,
        OnShutDown = &OnShutDown,
        OnGone = &Release,
    };

    internal static int Start(aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = options->bootstrap;
        ClientConnection* connection = Allocator.New<ClientConnection>(bootstrap->allocator);
        connection->_bootstrap = ClientBootstrap.Acquire(bootstrap);
        connection->_settings = SettingsOf(options);
        connection->_userData = options->user_data;
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

    // Cleared as a whole: what is between the fields, and behind a name, is compared as well.
    private static ClientSettings* SettingsOf(aws_socket_channel_bootstrap_options* options)
    {
        ClientSettings.Values values;
        NativeMemory.Clear(&values, (nuint)sizeof(ClientSettings.Values));
        values.OnCreated = options->creation_callback;
        values.OnSetup = options->setup_callback;
        values.OnShutdown = options->shutdown_callback;
        values.HasBackPressure = options->enable_read_back_pressure;
        Copy(options->socket_options, &values.SocketOptions);
        return ClientSettings.Cache.Get(
            ClientBootstrap.SettingsOf(options->bootstrap), options->bootstrap->allocator, &values);
    }

    private static void Copy(aws_socket_options* options, aws_socket_options* copy)
    {
        copy->type = options->type;
        copy->domain = options->domain;
        copy->impl_type = options->impl_type;
        copy->connect_timeout_ms = options->connect_timeout_ms;
        copy->keep_alive_interval_sec = options->keep_alive_interval_sec;
        copy->keep_alive_timeout_sec = options->keep_alive_timeout_sec;
        copy->keep_alive_max_failed_probes = options->keep_alive_max_failed_probes;
        copy->keepalive = options->keepalive;
        copy->tcp_nodelay = options->tcp_nodelay;
        for (int i = 0; i < NameCapacity && options->network_interface_name[i] != 0; i++)
            copy->network_interface_name[i] = options->network_interface_name[i];
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
        aws_client_bootstrap_on_channel_event_fn onCreated = ClientSettings.Of(connection->_settings)->OnCreated;
        if (onCreated != null)
            onCreated(connection->_bootstrap, AWS_ERROR_SUCCESS, channel, connection->_userData);
    }

    private static SocketChannelSettings Settings(void* state)
    {
        ClientConnection* connection = (ClientConnection*)state;
        return new()
        {
            Allocator = connection->_bootstrap->allocator,
            LogId = connection->_bootstrap,
            HasBackPressure = ClientSettings.Of(connection->_settings)->HasBackPressure,
            Tls = connection->_tls,
            AlpnUserData = connection->_userData,
        };
    }

    private static void Describe(void* state, aws_socket* socket) =>
        socket->options = ClientSettings.Of(((ClientConnection*)state)->_settings)->SocketOptions;

    private static void OnReady(void* state, aws_channel* channel, int error)
    {
        ClientConnection* connection = (ClientConnection*)state;
        ClientSettings.Of(connection->_settings)->OnSetup(
            connection->_bootstrap, error, channel, connection->_userData);
        Release(connection);
    }

    private static void OnShutDown(void* state, aws_channel* channel, int error)
    {
        ClientConnection* connection = (ClientConnection*)state;
        ClientSettings.Of(connection->_settings)->OnShutdown(
            connection->_bootstrap, error, channel, connection->_userData);
    }

    private static void Release(void* state)
    {
        ClientConnection* connection = (ClientConnection*)state;
        if (!connection->_references.Release())
            return;

        aws_client_bootstrap* bootstrap = connection->_bootstrap;
        TlsSetup.Destroy(bootstrap->allocator, connection->_tls);
        ClientSettings.Release(bootstrap->allocator, connection->_settings);
        Allocator.Release(bootstrap->allocator, connection);
        ClientBootstrap.Release(bootstrap);
    }
}
