// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets;

/// <summary>Connecting an aws_socket of ours: as C does it, and as our connector does.</summary>
internal static unsafe class AwsSocketConnect
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

    /// <summary>
    /// A connection attempt is to come from this address; the system chooses the port. Returns 0 or an error.
    /// </summary>
    internal static int BindSource(aws_socket* socket, aws_string* text)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (text->len >= EndpointText.MaxLength)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        aws_socket_endpoint endpoint = default;
        Buffer.MemoryCopy(text->bytes, endpoint.address, EndpointText.MaxLength - 1, text->len);
        SocketAddress address;
        int error = core->Backend->ParseAddress(&endpoint, SocketCore.DomainOf(core), &address);
        return error == AWS_ERROR_SUCCESS ? core->Backend->Bind(core, &address) : error;
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

    private static int Raise(int error) => error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
}
