// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Channels;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One outgoing connection, from the name to the end of its channel. After <see cref="Start"/> everything happens on the
/// connection's loop. References: one until the setup callback has returned, one per address being tried, one for the
/// stagger timer, one for the channel.
/// </summary>
internal unsafe partial struct ClientConnection
{
    private aws_client_bootstrap* _bootstrap;
    private aws_client_bootstrap_on_channel_event_fn _creationCallback;
    private aws_client_bootstrap_on_channel_event_fn _setupCallback;
    private aws_client_bootstrap_on_channel_event_fn _shutdownCallback;
    private void* _userData;
    private aws_socket_options _socketOptions;
    private uint _port;
    private bool _backPressure;
    private bool _setupCalled;
    private aws_string* _hostName;
    private aws_event_loop* _loop;
    private aws_channel* _channel;
    private aws_socket* _socket;
    private int _references;
    private TlsSetup _tls;

    // The race between addresses: ClientConnectionRace.cs.
    private Candidate* _candidates;
    private int _candidateCount;
    private int _candidatesStarted;
    private int _candidatesFailed;
    private bool _won;
    private bool _staggerPending;

    // Whether a failure of all addresses is told by the setup callback; else the caller has been told already.
    private bool _reportFailure;
    private int _error;

    // Starts the race, then staggers it.
    private aws_task _raceTask;

    private aws_allocator* Allocator => _bootstrap->allocator;

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
        connection->_socketOptions = *options->socket_options;
        connection->_port = options->port;
        connection->_backPressure = options->enable_read_back_pressure;
        TlsSetup.Init(&connection->_tls, options->tls_options, bootstrap->on_protocol_negotiated);
        connection->_references = 1;
        connection->_loop = options->requested_event_loop != null
            ? options->requested_event_loop
            : EventLoopGroup.GetNextLoop(bootstrap->event_loop_group);

        Log.Write(AWS_LL_TRACE, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)bootstrap:x}: connecting to {options->host_name}:{options->port}");
        bool byName = options->socket_options->domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6;
        int result = byName ? Resolve(connection, options) : ConnectDirectly(connection, options);
        if (result != AWS_OP_SUCCESS)
            Release(connection);
        return result;
    }

    private static int Resolve(ClientConnection* connection, aws_socket_channel_bootstrap_options* options)
    {
        aws_host_resolution_config* config = options->host_resolution_override_config != null
            ? options->host_resolution_override_config
            : &connection->_bootstrap->host_resolver_config;
        if (connection->_bootstrap->host_resolver == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        connection->_hostName = AwsString.NewFromCStr(connection->Allocator, options->host_name);
        return HostResolver.ResolveHost(
            connection->_bootstrap->host_resolver, connection->_hostName, &OnHostResolved, config, connection);
    }

    private static int ConnectDirectly(ClientConnection* connection, aws_socket_channel_bootstrap_options* options)
    {
        aws_socket_endpoint endpoint = default;
        nuint length;
        if (AwsString.SecureLength(options->host_name, (nuint)AddressLengthMax, &length) != AWS_OP_SUCCESS)
            return Errors.Raise(AWS_IO_SOCKET_INVALID_ADDRESS);

        NativeMemory.Copy(options->host_name, endpoint.address, length);
        endpoint.port = options->socket_options->domain == AWS_SOCKET_VSOCK ? options->port : 0;
        AllocateCandidates(connection, 1);
        connection->_candidates[0].Connection = connection;
        connection->_candidates[0].Endpoint = endpoint;
        connection->_candidates[0].Domain = options->socket_options->domain;
        connection->_candidateCount = 1;
        connection->_candidatesStarted = 1;

        // The caller learns of an error here and now, and by no callback.
        connection->_reportFailure = false;
        if (Candidate.Connect(connection->_candidates) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;
        int error = Errors.LastError();
        Candidate.Abandon(connection->_candidates, error);
        return Errors.Raise(error);
    }

    private static void OnConnected(ClientConnection* connection, aws_socket* socket)
    {
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
        connection->_channel = Channel.New(connection->Allocator, &options);
        if (connection->_channel == null)
        {
            CallSetup(connection, Errors.LastError(), null);
            SocketChannel.Dispose(socket, &OnSocketDisposed, connection);
            return;
        }

        if (connection->_creationCallback != null)
        {
            connection->_creationCallback(
                connection->_bootstrap, AWS_ERROR_SUCCESS, connection->_channel, connection->_userData);
        }
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

        if (error == AWS_ERROR_SUCCESS && connection->_tls.IsWanted)
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

    private static void CallSetup(ClientConnection* connection, int error, aws_channel* channel)
    {
        connection->_setupCalled = true;
        connection->_setupCallback(connection->_bootstrap, error, channel, connection->_userData);
        Release(connection);
    }

    private static void AddReference(ClientConnection* connection) => Interlocked.Increment(ref connection->_references);

    private static void Release(ClientConnection* connection)
    {
        if (Interlocked.Decrement(ref connection->_references) != 0)
            return;

        aws_client_bootstrap* bootstrap = connection->_bootstrap;
        FreeCandidates(connection);
        AwsString.Destroy(connection->_hostName);
        TlsSetup.CleanUp(&connection->_tls);
        Common.Allocator.Release(bootstrap->allocator, connection);
        ClientBootstrap.Release(bootstrap);
    }
}
