// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>Binding, listening and accepting by an aws_socket of ours.</summary>
internal static unsafe class AwsSocketListener
{
    /// <summary>
    /// Before it is bound: whether IPv6 leaves IPv4 out, and whether others may have the port too. Returns 0 or an
    /// error.
    /// </summary>
    internal static int Prepare(aws_socket* socket, bool isIpv6Only, bool sharesPort)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        int error = SocketCore.DomainOf(core) == AWS_SOCKET_IPV6
            ? SocketSettings.Set(core, SocketSetting.Ipv6Only, isIpv6Only ? 1 : 0)
            : AWS_ERROR_SUCCESS;
        return error == AWS_ERROR_SUCCESS && sharesPort
            ? SocketSettings.Set(core, SocketSetting.SharePort, 1)
            : error;
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
