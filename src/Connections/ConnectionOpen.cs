// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The beginning of connections: by a connector, from a listener, of a descriptor made elsewhere; then TLS, if it was
/// asked for; then the first callback.
/// </summary>
internal static unsafe class ConnectionOpen
{
    private static nint s_observer;

    private static SocketObserver* Observer => StaticMemory.Get(ref s_observer, &NewObserver);

    private static SocketObserver NewObserver() => AwsSocket.NewCoreObserver(&OnReadable);

    /// <summary>
    /// As the program asks: to a port of a host, or to a path. Returns the id at once, or when the connection can be
    /// used; or an error, after which nothing is left.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Connect(byte* host, uint port, bool isPath, reseau_options* options, bool waits)
    {
        if (waits && EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        HostText text;
        int error = HostText.TryRead(host, isPath, &text) ? 0 : RESEAU_ERROR_BAD_ADDRESS;
        if (error == 0 && !isPath && port == 0)
            error = RESEAU_ERROR_INVALID_ARGUMENT;
        ConnectionSettings* settings = null;
        if (error == 0)
            error = ConnectionSettings.TryMake(options, isServer: false, &settings);
        if (error == 0)
        {
            error = WhyNot(settings, isPath, waits);
            if (error != 0)
                ConnectionSettings.Release(settings);
        }

        if (error != 0)
            return error;

        // A path is no name to verify: the program gives one, or asks for no verification.
        if (settings->Tls != null && !isPath && !TlsSettings.TrySetDefaultName(settings->Tls, text.Bytes))
            error = RESEAU_ERROR_BAD_ADDRESS;
        aws_socket_domain domain = isPath ? AWS_SOCKET_LOCAL : AWS_SOCKET_IPV4;
        long result = error != 0 ? error
            : Connect(settings, ConnectionSettings.StateOf(options), text.Bytes, port, domain, waits);
        ConnectionSettings.Release(settings);
        return result;
    }

    private static int WhyNot(ConnectionSettings* settings, bool isPath, bool waits) =>
        isPath && settings->Proxy != null ? RESEAU_ERROR_INVALID_ARGUMENT
        : waits && settings->Loop != null && EventLoop.MustNotWaitFor(settings->Loop->Object.Loop)
            ? RESEAU_ERROR_WOULD_BLOCK_LOOP
        : isPath ? LoopObject.WhyNoSystem(settings->Loop)
        : 0;

    /// <summary>
    /// Begins to connect to a name, an address, or, as the domain says, a path. Returns the id or an error, after which
    /// nothing is left and no callback comes. The caller holds the settings.
    /// </summary>
    private static long Connect(
        ConnectionSettings* settings, nint state, byte* host, uint port, aws_socket_domain domain, bool waits)
    {
        Connection* connection = Connection.New(settings, state, null);
        if (connection == null)
            return RESEAU_ERROR_NO_MEMORY;

        long id = connection->Object.Id;
        IdTable.Acquire(&connection->Object);
        if (domain != AWS_SOCKET_LOCAL)
            connection->ConnectLog = NewLog(connection);
        ProxySettings* proxy = settings->Proxy;
        ProxyDialog* dialog = null;
        int refused = proxy == null ? 0 : ProxyDialog.TryMake(proxy, host, port, &dialog);
        connection->Proxy = dialog;
        int error = refused != 0 ? AWS_ERROR_SUCCESS
            : proxy == null ? StartConnector(connection, host, port, domain)
            : StartConnector(connection, ProxySettings.HostOf(proxy), proxy->Port, domain);
        if (refused != 0 || error != AWS_ERROR_SUCCESS)
        {
            // Nobody has its id.
            ProcessCounters.TakeBack();
            connection->Phase = ConnectionPhase.Closed;
            connection->IsEnded = true;
            IdTable.End(&connection->Object);
            IdTable.Release(&connection->Object);
            return refused != 0 ? refused : ConnectionErrors.From(error);
        }

        Connection.Post(connection, ConnectionRequests.Time);
        error = waits ? Await(connection) : 0;
        IdTable.Release(&connection->Object);
        return error != 0 ? error : id;
    }

    /// <summary>
    /// A connection of a connected socket on no loop, which is the connection's from now on. NULL if there are no loops
    /// or ids left; then the socket is destroyed.
    /// </summary>
    internal static Connection* Take(
        ConnectionSettings* settings, nint state, ConnectionListener* listener, aws_socket* socket, bool isServer)
    {
        Connection* connection = Connection.New(settings, state, listener);
        if (connection == null)
        {
            Socket.Destroy(socket);
            return null;
        }

        Take(connection, socket);
        connection->IsServer = isServer;
        return connection;
    }

    /// <summary>A connection of a descriptor that was made elsewhere. Returns the id or an error.</summary>
    internal static long Adopt(int descriptor, bool isServer, reseau_options* options)
    {
        ConnectionSettings* settings;
        int error = ConnectionSettings.TryMake(options, isServer, &settings);
        if (error != 0)
            return error;

        error = LoopObject.WhyNoSystem(settings->Loop);
        if (error != 0)
        {
            ConnectionSettings.Release(settings);
            return error;
        }

        aws_socket* socket;
        error = AwsSocketSetup.Import(Allocator.Default(), descriptor, &settings->Socket, &socket);
        Connection* connection = error != AWS_ERROR_SUCCESS
            ? null
            : Connection.New(settings, ConnectionSettings.StateOf(options), null);
        ConnectionSettings.Release(settings);
        if (connection == null)
        {
            if (error == AWS_ERROR_SUCCESS)
                AwsSocketSetup.Disown(socket);
            return error == AWS_ERROR_SUCCESS ? RESEAU_ERROR_NO_MEMORY : RESEAU_ERROR_INVALID_ARGUMENT;
        }

        Take(connection, socket);
        connection->IsServer = isServer;
        long id = connection->Object.Id;
        Connection.Post(connection, ConnectionRequests.Start);
        return id;
    }

    /// <summary>The socket was taken: on the loop's thread it goes on its loop.</summary>
    internal static void Start(Connection* connection)
    {
        if (connection->Phase != ConnectionPhase.Connecting)
            return;

        int error = SocketEvents.Attach(connection->Socket, connection->Object.Loop, accepts: false);
        if (error == AWS_ERROR_SUCCESS)
            SetUp(connection);
        else
            ConnectionClose.Fail(connection, RESEAU_PHASE_CONNECT, error);
    }

    // A connected socket is the connection's from now on, and needs less memory than C sees of one.
    private static void Take(Connection* connection, aws_socket* socket)
    {
        PeerAddress.Set(&connection->Peer, socket);
        connection->Socket = AwsSocket.TakeCore(socket, Observer, connection);
    }

    /// <summary>The connection can be used.</summary>
    internal static void Open(Connection* connection)
    {
        Connection.Enter(connection, ConnectionEvent.Opened);
        ConnectionTimer.Update(connection);
        if (!connection->HasOpened)
        {
            connection->HasOpened = true;
            ProcessCounters.AddOpened();
            if (Capture.IsOn)
                Capture.Opened(connection);
            if (connection->Listener != null)
                ConnectionListener.OnOpened(connection->Listener, connection);
            ConnectionCallbacks.Open(connection);
            WordLock.Lock(&connection->Lock);
            connection->IsOpenReported = true;
            Connection.Notify(connection);
            WordLock.Unlock(&connection->Lock);
        }

        ConnectionOutput.Send(connection);
    }

    /// <summary>
    /// Waits until a connection can be used, and its callback has returned, or until it has ended; then forgets the
    /// latter. Returns 0 or its error.
    /// </summary>
    private static int Await(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        while (connection->Phase == ConnectionPhase.Closed
            ? !connection->IsFinished
            : connection->Phase < ConnectionPhase.Open || !connection->IsOpenReported)
        {
            Connection.Wait(connection, Deadline.Never);
        }

        bool isClosed = connection->Phase == ConnectionPhase.Closed;
        int error = connection->EndError;
        WordLock.Unlock(&connection->Lock);
        if (!isClosed)
            return 0;

        ConnectionClose.Forget(connection);
        return error != 0 ? error : RESEAU_ERROR_CLOSED;
    }

    private static ConnectLog* NewLog(Connection* connection)
    {
        ConnectLog* log = Allocator.New<ConnectLog>(Allocator.Default());
        log->Loop = connection->Object.Loop;
        return log;
    }

    private static int StartConnector(Connection* connection, byte* host, uint port, aws_socket_domain domain)
    {
        ConnectionSettings* settings = connection->Settings;
        aws_socket_options socket = settings->Socket;
        socket.domain = domain;
        aws_host_resolution_config resolution = HostResolver.InitDefaultResolutionConfig();
        bool isAddress = domain != AWS_SOCKET_LOCAL && Connector.IsAddress(host);
        ConnectOptions options = new()
        {
            Allocator = Allocator.Default(),
            Host = host,
            Port = port,
            Family = settings->Options.family switch
            {
                4 => IpFamily.IPv4,
                6 => IpFamily.IPv6,
                _ => IpFamily.None,
            },
            SocketOptions = &socket,
            IsAbstract = UnixPath.IsAbstract(host, domain),
            Source = settings->SourceAddress,
            Loop = connection->Object.Loop,
            IsAddress = isAddress,
            Resolver = isAddress || domain == AWS_SOCKET_LOCAL || NameSource.Of(connection->Object.Loop) != null
                ? null
                : LibraryLoops.Resolver,
            Resolution = &resolution,
            Record = connection->ConnectLog,
            SendsEarly = settings->Options.fast_open != 0,
            LogId = connection,
            State = connection,
            OnResult = &OnResult,
            OnReleased = &OnReleased,
        };

        if (connection->ConnectLog != null)
            connection->ConnectLog->Port = (ushort)port;

        // Until OnReleased.
        IdTable.Acquire(&connection->Object);
        Connector* connector;
        int error = Connector.Start(&options, &connector);
        if (error != AWS_ERROR_SUCCESS)
        {
            IdTable.Release(&connection->Object);
            return error;
        }

        WordLock.Lock(&connection->Lock);
        bool isOver = connection->Phase != ConnectionPhase.Connecting;
        if (!isOver)
            connection->Connector = connector;
        WordLock.Unlock(&connection->Lock);
        if (isOver)
            Connector.Release(connector);
        return AWS_ERROR_SUCCESS;
    }

    private static void OnReleased(void* state) => IdTable.Release(&((Connection*)state)->Object);

    private static void OnResult(void* state, aws_socket* socket, int error)
    {
        Connection* connection = (Connection*)state;
        if (connection->Phase != ConnectionPhase.Connecting)
        {
            if (socket != null)
                Socket.Destroy(socket);
            return;
        }

        if (socket != null)
            Take(connection, socket);
        if (error == AWS_ERROR_SUCCESS)
            SetUp(connection);
        else
            ConnectionClose.Fail(connection, PhaseOf(connection, error), error);
    }

    // An error of the resolver's, or of the last address.
    private static int PhaseOf(Connection* connection, int error) =>
        (connection->ConnectLog != null && connection->ConnectLog->ResolverCode != 0) || error
        is AWS_IO_DNS_INVALID_NAME
        or AWS_IO_DNS_NO_ADDRESS_FOR_HOST
        or AWS_IO_DNS_QUERY_AGAIN
        or AWS_IO_DNS_QUERY_FAILED
        or AWS_IO_DNS_HOST_REMOVED_FROM_CACHE
        ? RESEAU_PHASE_NAMES
        : RESEAU_PHASE_CONNECT;

    // The socket is connected, and on the loop.
    private static void SetUp(Connection* connection)
    {
        SocketCore* socket = connection->Socket;
        DropConnector(connection);
        connection->Scratch = LoopScratch.Of(connection->Object.Loop);
        int error = connection->Scratch == null ? Errors.LastError() : AWS_ERROR_SUCCESS;
        if (error == AWS_ERROR_SUCCESS)
        {
            SocketEvents.Subscribe(socket);
            error = SetUserTimeout(connection);
        }

        if (error != AWS_ERROR_SUCCESS)
            ConnectionClose.Fail(connection, RESEAU_PHASE_CONNECT, error);
        else if (connection->Proxy != null)
            ConnectionProxy.Begin(connection);
        else if (connection->Settings->Tls != null)
            BeginTls(connection);
        else
            Open(connection);
    }

    // By what its listener has now.
    private static void BeginTls(Connection* connection)
    {
        ConnectionListener* listener = connection->Listener;
        TlsSettings* reloaded = listener == null ? null : ConnectionListener.AcquireTls(listener);
        ConnectionTls.Begin(connection, reloaded != null ? reloaded : connection->Settings->Tls);
        TlsSettings.Release(reloaded);
    }

    private static int SetUserTimeout(Connection* connection)
    {
        SocketCore* core = connection->Socket;
        long milliseconds = connection->Settings->Options.user_timeout_ms;
        return milliseconds <= 0 || !SocketCore.IsTcp(core)
            ? AWS_ERROR_SUCCESS
            : SocketSettings.Set(core, SocketSetting.UserTimeout, (int)long.Min(milliseconds, int.MaxValue));
    }

    /// <summary>The connector has ended, or is not waited for any more.</summary>
    internal static void DropConnector(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        Connector* connector = connection->Connector;
        connection->Connector = null;
        WordLock.Unlock(&connection->Lock);
        if (connector != null)
            Connector.Release(connector);
    }

    private static void OnReadable(SocketCore* core, int error)
    {
        Connection* connection = (Connection*)core->Owner;
        IdTable.Acquire(&connection->Object);
        ConnectionInput.OnReadable(connection, error);
        IdTable.Release(&connection->Object);
    }
}
