// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets.Posix;

namespace Reseau.Native.Sockets.IoUring;

/// <summary>
/// A stream on a loop that has a ring: its operations, and what they have brought. The handle's additional_data points
/// to it from Attach to Detach; it lives until its last operation has come home (rule 301). Sockets that are attached
/// otherwise (listeners, datagrams, other loops) have none, and are POSIX sockets.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingSocket
{
    /// <summary>Of <see cref="SocketCore.BackendFlags"/>, beside those of POSIX sockets: there is one.</summary>
    private const byte IsOnRing = 0x80;

    // First, so that its address is that of the whole.
    private RingClient _client;

    internal RingInput Input;
    internal RingOutput Output;

    private aws_allocator* _allocator;
    internal IoUringLoop* Loop;

    /// <summary>NULL once it is detached.</summary>
    internal SocketCore* Core;

    /// <summary>Begins its operations on the loop's thread. NULL at other times.</summary>
    private aws_task* _beginTask;

    /// <summary>NULL if the socket has none.</summary>
    internal static RingSocket* Of(SocketCore* core) =>
        (core->BackendFlags & IsOnRing) != 0 ? (RingSocket*)core->Io.additional_data : null;

    /// <summary>See <see cref="SocketBackend.Attach"/>.</summary>
    internal static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts)
    {
        if (accepts || !SocketCore.IsStream(core) || !IoUringLoop.IsOne(loop))
            return PosixEvents.Attach(core, loop, accepts);

        // A ring that another thread expects is there when its task runs, or never.
        bool isOnThread = EventLoop.ThreadIsCallersThread(loop);
        IoUringLoop* ring = IoUringLoop.Of(loop);
        if (isOnThread ? !IoUringLoop.HasRing(ring) : !IoUringLoop.ExpectsRing(ring))
            return PosixEvents.Attach(core, loop, accepts);

        RingSocket* socket = Allocator.New<RingSocket>(loop->alloc);
        socket->_allocator = loop->alloc;
        socket->Loop = ring;
        socket->Core = core;
        RingInput.Init(&socket->Input);
        core->BackendFlags |= IsOnRing;
        core->Io.additional_data = socket;
        if (isOnThread)
            Begin(socket);
        else
            BeginOnLoop(socket, loop);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>See <see cref="SocketBackend.Detach"/>.</summary>
    internal static int Detach(SocketCore* core, bool isLoopGone)
    {
        RingSocket* socket = Of(core);
        if (socket == null)
            return SocketWatch.End(core, isLoopGone);

        if (socket->_beginTask != null)
            EventLoop.CancelTask(core->Loop, socket->_beginTask);
        core->BackendFlags = 0;
        core->Io.additional_data = null;
        socket->Core = null;
        RingClient.Leave(&socket->_client);
        RingInput.End(socket);
        RingOutput.End(socket);
        FreeIfHome(socket);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Events of aws_io_event_type that an operation has found, unless the loop's thread ends. The socket may be gone
    /// afterwards.
    /// </summary>
    internal static void Report(RingSocket* socket, int events)
    {
        SocketCore* core = socket->Core;
        SocketCore.Acquire(core);
        PosixEvents.Deliver(core, events);
        SocketCore.Release(core);
    }

    internal static int DescriptorOf(RingSocket* socket) => PosixBackend.DescriptorOf(socket->Core);

    /// <summary>An operation has come home, or the socket was detached.</summary>
    internal static void FreeIfHome(RingSocket* socket)
    {
        if (socket->Core == null && !RingInput.IsUnderWay(socket) && !RingOutput.IsUnderWay(socket))
            Allocator.Release(socket->_allocator, socket);
    }

    /// <summary>Memory of the loop's, for what outlasts the ring.</summary>
    internal static byte* Allocate(RingSocket* socket, nuint size) =>
        (byte*)Allocator.Acquire(socket->_allocator, size);

    internal static void Free(RingSocket* socket, byte* memory) => Allocator.Release(socket->_allocator, memory);

    private static void Begin(RingSocket* socket)
    {
        RingClient.Join(&socket->_client, socket->Loop, &OnThread);
        RingInput.Begin(socket);
    }

    // The task is the last that is touched here: it may be over, and the socket gone, when the call returns.
    private static void BeginOnLoop(RingSocket* socket, aws_event_loop* loop)
    {
        socket->_beginTask = Allocator.New<aws_task>(socket->_allocator);
        SocketCore.Prepare(socket->Core, socket->_beginTask, &RunBegin, "ring_socket_begin"u8);
        EventLoop.ScheduleTaskNow(loop, socket->_beginTask);
    }

    // Cancelled before the socket is detached: it is here.
    private static void RunBegin(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        RingSocket* socket = Of(core);
        socket->_beginTask = null;
        Allocator.Release(socket->_allocator, task);
        if (status == AWS_TASK_STATUS_RUN_READY)
            BeginOrBecomePosix(core, socket);
        SocketCore.Release(core);
    }

    // If the ring that was expected is not there: nothing has begun.
    private static void BeginOrBecomePosix(SocketCore* core, RingSocket* socket)
    {
        if (IoUringLoop.HasRing(socket->Loop))
        {
            Begin(socket);
            return;
        }

        core->BackendFlags = 0;
        core->Io.additional_data = null;
        Allocator.Release(socket->_allocator, socket);
        if (PosixEvents.Attach(core, core->Loop, accepts: false) == AWS_ERROR_SUCCESS)
            return;

        const int broken = (int)(AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);
        if (core->Phase == SocketPhase.Connecting)
            PosixEvents.FinishConnecting(core, broken);
        else
            PosixEvents.Deliver(core, SocketEvents.Readable | broken);
    }

    private static void OnThread(RingClient* client, bool hasStarted)
    {
        RingSocket* socket = (RingSocket*)client;
        if (!hasStarted)
        {
            RingInput.KeepOwn(socket);
            return;
        }

        RingInput.Begin(socket);
        RingOutput.Resume(socket);
    }
}
