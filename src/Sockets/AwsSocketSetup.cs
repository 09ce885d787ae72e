// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets;

/// <summary>
/// Functions of aws_socket until it is connected or accepts. The socket has an implementation of ours.
/// </summary>
internal static unsafe class AwsSocketSetup
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    internal static int Connect(aws_socket* socket, aws_socket_connect_options* options)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketAddress address;
        int error = options == null || options->remote_endpoint == null
            ? AWS_ERROR_INVALID_ARGUMENT
            : CheckConnect(core, options->event_loop, options->on_connection_result != null);
        if (error == AWS_ERROR_SUCCESS)
            error = ParseRemote(core, options->remote_endpoint, &address);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(CannotConnect(core, error));

        socket->remote_endpoint = *options->remote_endpoint;
        socket->connect_accept_user_data = options->user_data;
        socket->connection_result_fn = options->on_connection_result;
        return Raise(Connect(core, &address, options->event_loop));
    }

    /// <summary>
    /// For our own code: the observer gets the result, and <paramref name="state"/> is in connect_accept_user_data.
    /// Returns 0 or an error; none is raised.
    /// </summary>
    internal static int ConnectToEndpoint(
        aws_socket* socket, aws_socket_endpoint* remote, aws_event_loop* loop, SocketObserver* observer, void* state)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketAddress address;
        int error = CheckConnect(core, loop, hasCallback: true);
        if (error == AWS_ERROR_SUCCESS)
            error = ParseRemote(core, remote, &address);
        if (error != AWS_ERROR_SUCCESS)
            return CannotConnect(core, error);

        socket->remote_endpoint = *remote;
        socket->connect_accept_user_data = state;
        core->Observer = observer;
        return Connect(core, &address, loop);
    }

    /// <summary>
    /// The same for an address in binary. C reads the endpoint as <paramref name="text"/>, which fits one, or, if that
    /// is NULL, as the address is written.
    /// </summary>
    internal static int ConnectToIp(
        aws_socket* socket,
        IpAddress* ip,
        aws_string* text,
        uint port,
        aws_event_loop* loop,
        SocketObserver* observer,
        void* state)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        int error = CheckConnect(core, loop, hasCallback: true);
        if (error == AWS_ERROR_SUCCESS)
            error = SocketPort.CheckForConnect(port, SocketCore.DomainOf(core));
        if (error == AWS_ERROR_SUCCESS && ip->Family == IpFamily.None)
            error = AWS_IO_SOCKET_INVALID_ADDRESS;
        if (error != AWS_ERROR_SUCCESS)
            return CannotConnect(core, error);

        SocketAddress address;
        core->Backend->FromIp(ip, port, &address);
        aws_socket_endpoint* remote = &socket->remote_endpoint;
        *remote = new aws_socket_endpoint { port = port };
        if (text == null)
            IpAddress.Format(ip, remote->address);
        else
            Buffer.MemoryCopy(text->bytes, remote->address, EndpointText.MaxLength - 1, text->len);
        socket->connect_accept_user_data = state;
        core->Observer = observer;
        return Connect(core, &address, loop);
    }

    internal static int Bind(aws_socket* socket, aws_socket_bind_options* options)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (options == null || options->local_endpoint == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (core->Phase != SocketPhase.Created)
            return WrongState(core);

        aws_socket_endpoint* endpoint = options->local_endpoint;
        SocketAddress address;
        int error = SocketPort.CheckForBind(endpoint->port, socket->options.domain);
        if (error == AWS_ERROR_SUCCESS)
            error = core->Backend->ParseAddress(endpoint, socket->options.domain, &address);
        if (error != AWS_ERROR_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: cannot be bound as asked, error {error}");
            return Errors.Raise(error);
        }

        error = SocketListener.Bind(core, &address);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);
        error = AwsSocket.UpdateLocalEndpoint(core);
        if (error != AWS_ERROR_SUCCESS)
        {
            SocketCore.SetPhase(core, SocketPhase.Failed);
            return Errors.Raise(error);
        }

        endpoint = &socket->local_endpoint;
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: bound to {new EndpointText(endpoint)} port {endpoint->port}");
        return AWS_OP_SUCCESS;
    }

    internal static int Listen(aws_socket* socket, int backlog)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core->Phase != SocketPhase.Bound)
            return WrongState(core);

        int error = SocketListener.Listen(core, backlog);
        if (error == AWS_ERROR_SUCCESS)
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: listening");
        return Raise(error);
    }

    internal static int StartAccept(aws_socket* socket, aws_event_loop* loop, aws_socket_listener_options* options)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        int error = loop == null || options->on_accept_result == null
            ? AWS_ERROR_INVALID_ARGUMENT
            : CheckStartAccept(core);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);

        socket->accept_result_fn = options->on_accept_result;
        socket->connect_accept_user_data = options->on_accept_result_user_data;
        core->Observer = AwsSocket.Observer;
        AcceptCallback onStarted = default;
        if (options->on_accept_start != null)
        {
            onStarted.Call = &OnAcceptStarted;
            onStarted.Function = (void*)options->on_accept_start;
            onStarted.UserData = options->on_accept_start_user_data;
        }

        return Raise(SocketListener.StartAccept(core, loop, onStarted));
    }

    /// <summary>For our own code: the observer gets connections. Returns 0 or an error; none is raised.</summary>
    internal static int StartAccept(
        aws_socket* socket, aws_event_loop* loop, SocketObserver* observer, AcceptCallback onStarted)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        int error = CheckStartAccept(core);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        core->Observer = observer;
        return SocketListener.StartAccept(core, loop, onStarted);
    }

    internal static int StopAccept(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (core->Phase is not (SocketPhase.StartingToAccept or SocketPhase.Accepting) || core->Loop == null)
            return WrongState(core);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: accepts no more connections");
        if (!EventLoop.ThreadIsCallersThread(core->Loop))
            return LoopCall.Run(core->Loop, socket, &StopAccept);

        SocketListener.StopAccept(core);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Domain and type must stay what they are. On failure the old options stay.</summary>
    internal static int SetOptions(aws_socket* socket, aws_socket_options* options)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (options->domain != socket->options.domain || options->type != socket->options.type)
            return Errors.Raise(AWS_IO_SOCKET_INVALID_OPTIONS);
        if (!SocketCore.IsOpen(core))
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);

        int error = core->Backend->ApplyOptions(core, options);
        if (error == AWS_ERROR_SUCCESS)
            socket->options = *options;
        return Raise(error);
    }

    internal static int AssignToEventLoop(aws_socket* socket, aws_event_loop* loop)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (loop == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (core->Loop != null)
            return Errors.Raise(AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED);
        if (!SocketCore.IsOpen(core))
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: assigned to event loop 0x{(nint)loop:x}");
        return Raise(SocketEvents.Attach(core, loop, accepts: false));
    }

    /// <summary>
    /// Readable events go to a C function; or, if there is an observer, to that, with the function for C's eyes only.
    /// </summary>
    internal static int SubscribeToReadable(
        aws_socket* socket,
        aws_socket_on_readable_fn onReadable,
        void* userData,
        SocketObserver* observer = null)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (!SocketCore.CanReceive(core))
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: cannot become readable, it is not connected");
            return Errors.Raise(AWS_IO_SOCKET_NOT_CONNECTED);
        }

        if (core->IsSubscribed)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: has a subscriber to its readable events already");
            return Errors.Raise(AWS_ERROR_IO_ALREADY_SUBSCRIBED);
        }

        if (onReadable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        socket->readable_user_data = userData;
        socket->readable_fn = onReadable;
        core->Observer = observer != null ? observer : AwsSocket.Observer;
        SocketEvents.Subscribe(core);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Ends the subscription that was made with this <paramref name="userData"/>; on the loop's thread.
    /// </summary>
    internal static void UnsubscribeFromReadable(aws_socket* socket, void* userData)
    {
        if (socket->readable_user_data != userData)
            return;

        socket->readable_fn = null;
        socket->readable_user_data = null;
        if (AwsSocket.CoreOf(socket) != null)
            AwsSocket.CoreOf(socket)->IsSubscribed = false;
    }

    private static int CheckConnect(SocketCore* core, aws_event_loop* loop, bool hasCallback)
    {
        if (core->Loop != null)
            return AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED;

        // A datagram socket may have been bound before, and may do without a loop and without a callback.
        bool isDatagram = core->Type == (byte)AWS_SOCKET_DGRAM;
        bool isBoundDatagram =
            isDatagram && core->Phase == SocketPhase.Connected && core->Directions == SocketDirections.Receiving;
        if (core->Phase != SocketPhase.Created && !isBoundDatagram)
            return AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE;
        return isDatagram || (loop != null && hasCallback) ? AWS_ERROR_SUCCESS : AWS_ERROR_INVALID_ARGUMENT;
    }

    private static int ParseRemote(SocketCore* core, aws_socket_endpoint* remote, SocketAddress* address)
    {
        int error = SocketPort.CheckForConnect(remote->port, SocketCore.DomainOf(core));
        return error == AWS_ERROR_SUCCESS
            ? core->Backend->ParseAddress(remote, SocketCore.DomainOf(core), address)
            : error;
    }

    private static int CannotConnect(SocketCore* core, int error)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: cannot connect as asked, error {error}");
        return error;
    }

    // The endpoint that C reads has been set.
    private static int Connect(SocketCore* core, SocketAddress* address, aws_event_loop* loop)
    {
        aws_socket* socket = AwsSocket.SocketOf(core);
        aws_socket_endpoint* remote = &socket->remote_endpoint;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: connecting to {new EndpointText(remote)} port {remote->port}");
        ulong timeout = socket->options.connect_timeout_ms * NanosecondsPerMillisecond;
        return SocketConnect.Start(core, address, loop, timeout);
    }

    private static int CheckStartAccept(SocketCore* core)
    {
        if (core->Loop != null)
            return AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED;
        if (core->Phase == SocketPhase.Listening)
            return AWS_ERROR_SUCCESS;

        LogWrongState(core);
        return AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE;
    }

    private static void OnAcceptStarted(SocketCore* core, int error, void* function, void* userData) =>
        ((aws_socket_on_accept_started_fn)function)(AwsSocket.SocketOf(core), error, userData);

    private static int WrongState(SocketCore* core)
    {
        LogWrongState(core);
        return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
    }

    private static void LogWrongState(SocketCore* core) => Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
        $"{new SocketId(core)}: not possible in state 0x{AwsSocket.SocketOf(core)->state:x}");

    private static int Raise(int error) => error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
}
