// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>The end of an aws_socket of ours.</summary>
internal static unsafe class AwsSocketClose
{
    /// <summary>On the loop's thread; a listener may be closed from elsewhere, which waits for the loop.</summary>
    internal static int Close(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        aws_event_loop* loop = core->Loop;
        if (loop == null || EventLoop.ThreadIsCallersThread(loop))
        {
            SocketClose.Close(core);
            return AWS_OP_SUCCESS;
        }

        if (core->Phase is SocketPhase.StartingToAccept or SocketPhase.Accepting)
            return LoopCall.Run(loop, socket, &Close);

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: cannot be closed outside of its event loop");
        return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
    }

    /// <summary>
    /// Closes the socket if that has not been done, and forgets it. Where a close would be refused because the loop
    /// runs on another thread, the loop is made to do it: a handle that it still watches must not outlive its socket.
    /// </summary>
    internal static void CleanUp(aws_socket* socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket);
        SocketCore.Acquire(core);
        if (SocketCore.IsOpen(core))
        {
            aws_event_loop* loop = core->Loop;
            if (loop != null && !EventLoop.ThreadIsCallersThread(loop))
                LoopCall.Run(loop, socket, &Close);
            else
                SocketClose.Close(core);
        }

        // Inside the callback of a write, when the close around it has not got to the others yet.
        SocketWriter.ReportAll(core);

        // A callback above may have cleaned up already. An aws_socket that only shows the core (another thread got it,
        // and the loop has not made it the owner yet) stays: it shows a closed socket.
        if (core->Owner == socket)
            AwsSocket.Forget(core);
        SocketCore.Release(core);
    }

    internal static int ShutdownDirection(aws_socket* socket, aws_channel_direction direction)
    {
        if (direction is not (AWS_CHANNEL_DIR_READ or AWS_CHANNEL_DIR_WRITE))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // Whether there are bytes to send first, only the loop's thread can see: elsewhere the queue may be another
        // socket's by the time it is looked at.
        SocketCore* core = AwsSocket.CoreOf(socket);
        if (direction == AWS_CHANNEL_DIR_WRITE && core->Writes != null && core->Loop != null &&
            !EventLoop.ThreadIsCallersThread(core->Loop))
        {
            return LoopCall.Run(core->Loop, socket, &ShutdownWriting);
        }

        int error = SocketClose.ShutdownDirection(core, isSending: direction == AWS_CHANNEL_DIR_WRITE);
        return error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
    }

    private static int ShutdownWriting(aws_socket* socket) => ShutdownDirection(socket, AWS_CHANNEL_DIR_WRITE);
}
