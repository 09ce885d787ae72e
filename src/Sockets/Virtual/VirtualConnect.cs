// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>Connecting, listening and accepting.</summary>
internal static unsafe class VirtualConnect
{
    internal static int Start(SocketCore* core, SocketAddress* address)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (socket->IsConnecting)
            return SocketResult.Pending;

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

    /// <summary>0, an error, or RetryLater while the listener's backlog is full.</summary>
    internal static int Reach(VirtualSocket* socket)
    {
        VirtualSocket* listener = VirtualNetwork.Find(socket->Network, &socket->Remote, isStream: true);
        if (listener == null || !listener->IsListening)
            return AWS_IO_SOCKET_CONNECTION_REFUSED;
        if (listener->WaitingCount >= listener->Backlog)
            return SocketResult.RetryLater;

        VirtualSocket* accepted = VirtualSocket.New(socket->Network, isStream: true);
        accepted->Local = socket->Remote;
        accepted->Remote = socket->Local;
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
        *handle = (nint)accepted;
        *peer = accepted->Remote;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>The listener is closed: those who wait are reset.</summary>
    internal static void ResetWaiting(VirtualSocket* listener)
    {
        while (listener->FirstWaiting != null)
        {
            VirtualSocket* waiting = TakeWaiting(listener);
            VirtualSocket* peer = waiting->Peer;
            waiting->Peer = null;
            VirtualSocket.Free(waiting);
            if (peer == null)
                continue;
            peer->Peer = null;
            VirtualStream.Reset(peer);
        }
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

        socket->IsConnecting = false;
        socket->Error = result;
        if (result != AWS_ERROR_SUCCESS)
            VirtualSocket.Raise(socket, SocketEvents.Writable | SocketEvents.HangUp | SocketEvents.Failed);
    }
}
