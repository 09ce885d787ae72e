// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// One incoming connection, from accept to the end of its channel. It holds a reference to its listener.
/// </summary>
internal unsafe struct AcceptedConnection
{
    private static nint s_owner;

    private SocketChannel _channel;
    private ChannelListener* _listener;

    private static SocketChannelOwner* Owner => StaticMemory.Get(ref s_owner, &NewOwner);

    private static SocketChannelOwner NewOwner() => new()
    {
        OfSocket = new LazySocketOwner { Describe = &Describe },
        IsServer = true,
        Settings = &Settings,
        OnReady = &OnReady,
        OnShutDown = &OnShutDown,
        OnGone = &OnGone,
    };

    /// <summary>
    /// Takes an accepted connection over. The listener's loop's thread; nothing of the connection is touched once its
    /// channel has begun: it may live and end on the other loop before this returns.
    /// </summary>
    internal static void Start(ChannelListener* listener, SocketCore* core, nint handle, SocketAddress* peer)
    {
        ChannelListener.Acquire(listener);
        aws_server_bootstrap* bootstrap = listener->Bootstrap;
        AcceptedConnection* connection = Allocator.New<AcceptedConnection>(bootstrap->allocator);
        connection->_listener = listener;
        aws_event_loop* loop = EventLoopGroup.GetNextLoop(bootstrap->event_loop_group);
        SocketChannel.Start(&connection->_channel, Owner, core, handle, peer, loop);
    }

    private static void Describe(void* state, aws_socket* socket) =>
        ChannelListener.Describe(((AcceptedConnection*)state)->_listener, socket);

    private static SocketChannelSettings Settings(void* state)
    {
        ChannelListener* listener = ((AcceptedConnection*)state)->_listener;
        return new()
        {
            Allocator = listener->Bootstrap->allocator,
            LogId = listener->Bootstrap,
            HasBackPressure = listener->HasBackPressure,
            Tls = listener->Tls,
            AlpnUserData = listener->UserData,
        };
    }

    private static void OnReady(void* state, aws_channel* channel, int error) =>
        ChannelListener.CallIncoming(((AcceptedConnection*)state)->_listener, error, channel);

    private static void OnShutDown(void* state, aws_channel* channel, int error) =>
        ChannelListener.CallShutdown(((AcceptedConnection*)state)->_listener, error, channel);

    private static void OnGone(void* state)
    {
        ChannelListener* listener = ((AcceptedConnection*)state)->_listener;
        Allocator.Release(listener->Bootstrap->allocator, state);
        ChannelListener.Release(listener);
    }
}
