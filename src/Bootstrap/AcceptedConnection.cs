// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Channels;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>One incoming connection, from accept to the end of its channel. It holds a reference to its listener.</summary>
internal unsafe partial struct AcceptedConnection
{
    private Listener* _listener;
    private aws_socket* _socket;
    private aws_channel* _channel;
    private int _error;

    // The incoming callback comes exactly once, the shutdown callback only after one that told of success.
    private bool _incomingCalled;
    private bool _incomingSucceeded;

    /// <summary>Takes the accepted socket over. The listener's loop's thread.</summary>
    internal static void Start(Listener* listener, aws_socket* socket)
    {
        Listener.AddReference(listener);
        AcceptedConnection* connection =
            (AcceptedConnection*)Allocator.Calloc(listener->Allocator, 1, (nuint)sizeof(AcceptedConnection));
        connection->_listener = listener;
        connection->_socket = socket;

        aws_event_loop* loop = EventLoopGroup.GetNextLoop(listener->Bootstrap->event_loop_group);
        aws_channel_options options = new()
        {
            event_loop = loop,
            on_setup_completed = &OnChannelSetup,
            setup_user_data = connection,
            on_shutdown_completed = &OnChannelShutdown,
            shutdown_user_data = connection,
            enable_read_back_pressure = listener->BackPressure,
        };

        // Nothing of the connection is touched once its channel has begun: it may live and die on the other loop before
        // this thread goes on.
        if (Socket.AssignToEventLoop(socket, loop) != AWS_OP_SUCCESS || Channel.New(listener->Allocator, &options) == null)
            GiveUp(connection, Errors.LastError());
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelSetup(aws_channel* channel, int error, void* userData)
    {
        AcceptedConnection* connection = (AcceptedConnection*)userData;
        connection->_channel = channel;
        if (error != AWS_ERROR_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_listener->Bootstrap:x}: channel 0x{(nint)channel:x} setup failed with error {error}");
            Channel.Destroy(channel);
            GiveUp(connection, error);
            return;
        }

        if (SocketChannel.InstallSocketHandler(connection->_listener->Allocator, channel, connection->_socket) !=
            AWS_OP_SUCCESS)
        {
            Channel.Shutdown(channel, Errors.LastError());
        }
        else if (Listener.TlsOf(connection->_listener) == null)
        {
            CallIncoming(connection, AWS_ERROR_SUCCESS, channel);
        }
        else if (StartTls(connection, channel) != AWS_OP_SUCCESS)
        {
            Channel.Shutdown(channel, Errors.LastError());
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnChannelShutdown(aws_channel* channel, int error, void* userData)
    {
        AcceptedConnection* connection = (AcceptedConnection*)userData;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_listener->Bootstrap:x}: channel 0x{(nint)channel:x} shut down with error {error}");
        if (!connection->_incomingCalled)
            CallIncoming(connection, error == AWS_ERROR_SUCCESS ? AWS_ERROR_UNKNOWN : error, null);

        connection->_error = error;
        SocketChannel.Dispose(connection->_socket, &OnSocketDisposed, connection);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSocketDisposed(void* userData)
    {
        AcceptedConnection* connection = (AcceptedConnection*)userData;
        if (connection->_incomingSucceeded)
            Listener.CallShutdown(connection->_listener, connection->_error, connection->_channel);
        Channel.Destroy(connection->_channel);
        Free(connection);
    }

    private static void GiveUp(AcceptedConnection* connection, int error)
    {
        connection->_error = error;
        SocketChannel.Dispose(connection->_socket, &OnSocketDisposedWithoutChannel, connection);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSocketDisposedWithoutChannel(void* userData)
    {
        AcceptedConnection* connection = (AcceptedConnection*)userData;
        CallIncoming(connection, connection->_error, null);
        Free(connection);
    }

    private static void CallIncoming(AcceptedConnection* connection, int error, aws_channel* channel)
    {
        connection->_incomingCalled = true;
        connection->_incomingSucceeded = error == AWS_ERROR_SUCCESS;
        Listener.CallIncoming(connection->_listener, error, channel);
    }

    private static void Free(AcceptedConnection* connection)
    {
        Listener* listener = connection->_listener;
        Allocator.Release(listener->Allocator, connection);
        Listener.Release(listener);
    }
}
