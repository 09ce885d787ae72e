// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Channels;
using Reseau.Native.Common;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One outgoing connection, from the request to the end of its channel. Its addresses are tried by a
/// <see cref="ConnectionRace"/>, which is gone when the channel lives. References: one until the setup callback has
/// returned, one for the race, one for the channel.
/// </summary>
internal unsafe partial struct ClientConnection
{
    private aws_client_bootstrap* _bootstrap;
    private aws_client_bootstrap_on_channel_event_fn _creationCallback;
    private aws_client_bootstrap_on_channel_event_fn _setupCallback;
    private aws_client_bootstrap_on_channel_event_fn _shutdownCallback;
    private void* _userData;
    private aws_socket* _socket;

    /// <summary>NULL without TLS.</summary>
    private TlsSetup* _tls;
    private int _references;
    private bool _backPressure;
    private bool _setupCalled;

    private aws_allocator* Allocator => _bootstrap->allocator;

    internal static aws_client_bootstrap* BootstrapOf(ClientConnection* connection) => connection->_bootstrap;

    internal static int Start(aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = options->bootstrap;
        ClientConnection* connection =
            (ClientConnection*)Common.Allocator.Calloc(bootstrap->allocator, 1, (nuint)sizeof(ClientConnection));
        connection->_bootstrap = ClientBootstrap.Acquire(bootstrap);
        connection->_creationCallback = options->creation_callback;
        connection->_setupCallback = options->setup_callback;
        connection->_shutdownCallback = options->shutdown_callback;
        connection->_userData = options->user_data;
        connection->_backPressure = options->enable_read_back_pressure;
        connection->_tls =
            TlsSetup.New(bootstrap->allocator, options->tls_options, bootstrap->on_protocol_negotiated);
        connection->_references = 1;

        Log.Write(AWS_LL_TRACE, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)bootstrap:x}: connecting to {options->host_name}:{options->port}");
        int result = ConnectionRace.Start(connection, options);

        // After success the connection may be gone already.
        if (result != AWS_OP_SUCCESS)
            Release(connection);
        return result;
    }

    /// <summary>The race has a winner, which is the connection's from now on. The loop's thread.</summary>
    internal static void OnConnected(ClientConnection* connection, aws_socket* socket)
    {
        AddReference(connection);
        connection->_socket = socket;
        aws_channel_options options = new()
        {
            event_loop = Socket.GetEventLoop(socket),
            on_setup_completed = &OnChannelSetup,
            setup_user_data = connection,
            on_shutdown_completed = &OnChannelShutdown,
            shutdown_user_data = connection,
            enable_read_back_pressure = connection->_backPressure,
        };
        aws_channel* channel = Channel.New(connection->Allocator, &options);
        if (channel == null)
        {
            CallSetup(connection, Errors.LastError(), null);
            SocketChannel.Dispose(socket, &OnSocketDisposed, connection);
            return;
        }

        if (connection->_creationCallback != null)
            connection->_creationCallback(connection->_bootstrap, AWS_ERROR_SUCCESS, channel, connection->_userData);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelSetup(aws_channel* channel, int error, void* userData)
    {
        ClientConnection* connection = (ClientConnection*)userData;
        if (error == AWS_ERROR_SUCCESS &&
            SocketChannel.InstallSocketHandler(connection->Allocator, channel, connection->_socket) != AWS_OP_SUCCESS)
        {
            error = Errors.LastError();
        }

        if (error == AWS_ERROR_SUCCESS && connection->_tls != null)
            error = StartTls(connection, channel);
        else if (error == AWS_ERROR_SUCCESS)
            CallSetup(connection, AWS_ERROR_SUCCESS, channel);
        if (error == AWS_ERROR_SUCCESS)
            return;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_bootstrap:x}: channel 0x{(nint)channel:x} setup failed with error {error}");
        Channel.Shutdown(channel, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelShutdown(aws_channel* channel, int error, void* userData)
    {
        ClientConnection* connection = (ClientConnection*)userData;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_bootstrap:x}: channel 0x{(nint)channel:x} shut down with error {error}");
        if (connection->_setupCalled)
            connection->_shutdownCallback(connection->_bootstrap, error, channel, connection->_userData);
        else
            CallSetup(connection, error == AWS_ERROR_SUCCESS ? AWS_ERROR_UNKNOWN : error, null);

        Channel.Destroy(channel);
        SocketChannel.Dispose(connection->_socket, &OnSocketDisposed, connection);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSocketDisposed(void* userData) => Release((ClientConnection*)userData);

    /// <summary>Tells the user, once, whether there is a channel.</summary>
    internal static void CallSetup(ClientConnection* connection, int error, aws_channel* channel)
    {
        connection->_setupCalled = true;
        connection->_setupCallback(connection->_bootstrap, error, channel, connection->_userData);
        Release(connection);
    }

    internal static void AddReference(ClientConnection* connection) => Interlocked.Increment(ref connection->_references);

    internal static void Release(ClientConnection* connection)
    {
        if (Interlocked.Decrement(ref connection->_references) != 0)
            return;

        aws_client_bootstrap* bootstrap = connection->_bootstrap;
        TlsSetup.Destroy(bootstrap->allocator, connection->_tls);
        Common.Allocator.Release(bootstrap->allocator, connection);
        ClientBootstrap.Release(bootstrap);
    }
}
