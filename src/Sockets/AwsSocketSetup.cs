// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>Options of an aws_socket of ours, and its event loop.</summary>
internal static unsafe class AwsSocketSetup
{
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

    /// <summary>
    /// A socket of ours, on no loop, of a descriptor that was made elsewhere. Returns 0 or an error, after which the
    /// descriptor is the caller's.
    /// </summary>
    internal static int Import(aws_allocator* allocator, nint handle, aws_socket_options* options, aws_socket** socket)
    {
        SocketBackend* backend = SocketBackends.Find(AWS_SOCKET_IMPL_PLATFORM_DEFAULT);
        SocketAddress peer;
        int error = backend->Import == null
            ? AWS_ERROR_PLATFORM_NOT_SUPPORTED
            : backend->Import(allocator, &handle, &peer);
        *socket = error == AWS_ERROR_SUCCESS
            ? AwsSocket.NewConnected(allocator, backend, options, handle, &peer)
            : null;
        return error;
    }

    /// <summary>The reverse: the descriptor is the caller's again.</summary>
    internal static void Disown(aws_socket* socket)
    {
        SocketClose.TakeHandle(AwsSocket.CoreOf(socket));
        Socket.Destroy(socket);
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

    private static int Raise(int error) => error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
}
