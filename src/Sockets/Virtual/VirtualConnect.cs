// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>Connecting, listening and accepting.</summary>
internal static unsafe class VirtualConnect
{
    internal static int Start(SocketCore* core, SocketAddress* address)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (socket->IsConnecting)
            return SocketResult.Pending;

        if (socket->Host != null)
            return StartOnHost(socket, address);
        VirtualNetwork.BindForConnect(socket->Network, socket, address);
        socket->Remote = *address;
        if (!socket->IsStream)
            return AWS_ERROR_SUCCESS;
        if (address->Domain == AWS_SOCKET_LOCAL)
            return Reach(socket);

        // The answer comes when the socket is on a loop.
        socket->IsConnecting = true;
        return SocketResult.Pending;
    }

    private static int StartOnHost(VirtualSocket* socket, SocketAddress* address)
    {
        IpAddress ip = VirtualAddress.IpOf(address);
        VirtualHost* remote = VirtualNetwork.HostOf(socket->Network, socket->Host, &ip);
        if (remote == null || !VirtualNetwork.TryBindForSending(socket->Network, socket, address))
            return AWS_IO_SOCKET_NO_ROUTE_TO_HOST;

        socket->Remote = *address;
        socket->RemoteHost = remote;
        if (!socket->IsStream)
        {
            // What comes back finds it.
            socket->IsBound = true;
            return AWS_ERROR_SUCCESS;
        }

        socket->IsConnecting = true;
        return SocketResult.Pending;
    }

    /// <summary>Whether somebody listens where a socket connects to.</summary>
    internal static bool IsListened(VirtualSocket* socket) => FindListener(socket) != null;

    /// <summary>Whether the backlog of that listener is full.</summary>
    internal static bool IsBusy(VirtualSocket* socket)
    {
        VirtualSocket* listener = FindListener(socket);
        return listener != null && listener->WaitingCount >= listener->Backlog;
    }

    /// <summary>The answer has come to a socket that connects.</summary>
    internal static void Conclude(VirtualSocket* socket, int result)
    {
        socket->IsConnecting = false;
        socket->Error = result;
        if (result != AWS_ERROR_SUCCESS)
            VirtualSocket.Raise(socket, SocketEvents.Writable | SocketEvents.HangUp | SocketEvents.Failed);
    }

    private static VirtualSocket* FindListener(VirtualSocket* socket) => socket->Host == null
        ? VirtualNetwork.Find(socket->Network, &socket->Remote, isStream: true)
        : VirtualNetwork.FindOnHost(socket->Network, socket->RemoteHost, &socket->Remote, isStream: true);

    /// <summary>0, an error, or RetryLater while the listener's backlog is full.</summary>
    internal static int Reach(VirtualSocket* socket)
    {
        VirtualSocket* listener = FindListener(socket);
        if (listener == null || !listener->IsListening)
            return AWS_IO_SOCKET_CONNECTION_REFUSED;
        if (listener->WaitingCount >= listener->Backlog)
            return SocketResult.RetryLater;

        VirtualSocket* accepted = VirtualSocket.New(socket->Network, isStream: true);
        accepted->IsLocal = socket->IsLocal;
        accepted->Local = socket->Remote;
        accepted->Remote = socket->Local;
        accepted->Host = listener->Host;
        accepted->RemoteHost = socket->Host;
        VirtualStream.Connect(socket, accepted);
        VirtualSocket** end = &listener->FirstWaiting;
        while (*end != null)
            end = &(*end)->NextWaiting;
        *end = accepted;
        listener->WaitingCount++;
        VirtualSocket.Raise(listener, SocketEvents.Readable);
        return AWS_ERROR_SUCCESS;
    }

    internal static int Listen(SocketCore* core, int backlog)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        socket->IsListening = true;
        socket->Backlog = int.Max(backlog, 1);
        return AWS_ERROR_SUCCESS;
    }

    internal static int Accept(SocketCore* core, nint* handle, SocketAddress* peer)
    {
        VirtualSocket* listener = VirtualSocket.Of(core);
        VirtualNetwork* network = listener->Network;
        if (listener->FirstWaiting == null)
            return SocketResult.WouldBlock;
        if (network->FailingAccepts > 0)
        {
            network->FailingAccepts--;
            return network->AcceptError;
        }

        VirtualSocket* accepted = TakeWaiting(listener);
        if (listener->Host != null && network->Random.Happens(listener->Host->Faults.NoAccept))
            return Lose(listener, accepted);
        *handle = (nint)accepted;
        *peer = accepted->Remote;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>The listener is closed: those who wait are reset.</summary>
    internal static void ResetWaiting(VirtualSocket* listener)
    {
        while (listener->FirstWaiting != null)
            ResetOne(TakeWaiting(listener));
    }

    // The system has no descriptor for it, and it waits on; or it has been reset before it could be accepted.
    private static int Lose(VirtualSocket* listener, VirtualSocket* accepted)
    {
        if ((listener->Network->Random.Next() & 1) != 0)
        {
            ResetOne(accepted);
            return SocketResult.Lost;
        }

        accepted->NextWaiting = listener->FirstWaiting;
        listener->FirstWaiting = accepted;
        listener->WaitingCount++;
        VirtualSocket.Raise(listener, SocketEvents.Readable);
        return AWS_ERROR_MAX_FDS_EXCEEDED;
    }

    private static void ResetOne(VirtualSocket* waiting)
    {
        VirtualSocket* peer = waiting->Peer;
        waiting->Peer = null;
        if (peer != null)
            peer->Peer = null;
        if (peer != null && waiting->Host != null)
            VirtualPacket.Reset(peer);
        VirtualSocket.Free(waiting);
        if (peer != null && peer->Host == null)
            VirtualStream.Reset(peer);
    }

    private static VirtualSocket* TakeWaiting(VirtualSocket* listener)
    {
        VirtualSocket* first = listener->FirstWaiting;
        listener->FirstWaiting = first->NextWaiting;
        listener->WaitingCount--;
        first->NextWaiting = null;
        if (listener->FirstWaiting == null)
            VirtualSocket.Lower(listener, SocketEvents.Readable);
        return first;
    }
}

/// <summary>The answer to a connection attempt, on its way: a task of the socket's loop.</summary>
internal unsafe struct VirtualAttempt
{
    // As long as a system waits before it asks again a listener that had no room.
    private const ulong RetryNanoseconds = Clock.NanosecondsPerSecond;

    private aws_task _task;
    private VirtualSocket* _socket;
    private aws_event_loop* _loop;
    private int _error;

    /// <summary>The socket, which connects, is on a loop.</summary>
    internal static void Start(VirtualSocket* socket)
    {
        if (socket->Host != null)
        {
            VirtualPacket.Ask(socket);
            return;
        }

        ulong nanoseconds;
        int error;
        VirtualNetwork.FindRoute(socket->Network, &socket->Remote, &nanoseconds, &error);
        if (error == VirtualNetwork.NoAnswer)
            return;

        VirtualAttempt* attempt = Allocator.New<VirtualAttempt>(socket->Network->Allocator);
        attempt->_socket = socket;
        attempt->_loop = socket->Loop;
        attempt->_error = error;
        socket->Attempt = attempt;
        Schedule(attempt, nanoseconds);
    }

    /// <summary>The socket leaves its loop.</summary>
    internal static void Cancel(VirtualSocket* socket)
    {
        if (socket->Attempt != null)
            EventLoop.CancelTask(socket->Attempt->_loop, &socket->Attempt->_task);
    }

    private static void Schedule(VirtualAttempt* attempt, ulong nanoseconds)
    {
        ulong now = 0;
        EventLoop.CurrentClockTime(attempt->_loop, &now);
        ScheduledTask.Init(&attempt->_task, &Run, attempt, Literal.Of("virtual_connect"u8));
        EventLoop.ScheduleTaskFuture(attempt->_loop, &attempt->_task, Clock.Later(now, nanoseconds));
    }

    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        VirtualAttempt* attempt = (VirtualAttempt*)argument;
        VirtualSocket* socket = attempt->_socket;
        bool isReady = status == AWS_TASK_STATUS_RUN_READY;
        int result = isReady && attempt->_error == AWS_ERROR_SUCCESS ? VirtualConnect.Reach(socket) : attempt->_error;
        if (isReady && result == SocketResult.RetryLater)
        {
            Schedule(attempt, RetryNanoseconds);
            return;
        }

        socket->Attempt = null;
        Allocator.Release(socket->Network->Allocator, attempt);
        if (!isReady)
            return;

        VirtualConnect.Conclude(socket, result);
    }
}
