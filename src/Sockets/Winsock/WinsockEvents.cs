// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Iocp;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// A socket and its loop. Operations are begun, and what calls have found at once is reported, in a task of the loop:
/// never inside a function of the contract.
/// </summary>
internal static unsafe class WinsockEvents
{
    /// <summary>Of <see cref="WinSocket.SoonEvents"/>, beside those to report: the first operations begin.</summary>
    private const int Begin = 0x100;

    internal static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (!IocpPort.IsOf(loop) || (socket->IsWatched && IocpPort.IsPrograms(loop)))
            return AWS_ERROR_PLATFORM_NOT_SUPPORTED;

        if (socket->IsWatched)
            return Watch(core, socket, loop);
        int error = socket->Kind == WinSocketKind.Pipe && accepts
            ? WinListener.AdoptInstances(socket, loop)
            : WinSocket.Adopt(socket, loop);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        socket->Core = core;
        Soon(socket, loop, Begin);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// What the system still has comes back by itself (rule 90); but a listener, which may go to another loop, waits
    /// for it.
    /// </summary>
    internal static int Detach(SocketCore* core, bool isLoopGone)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (socket->IsWatched)
            return EndWatch(core, socket, isLoopGone);
        if (socket->IsSoonScheduled)
            EventLoop.CancelTask(core->Loop, &socket->SoonTask);
        WinConnect.Orphan(socket);
        if (socket->Listener != null)
            WinListener.TakeBack(socket);
        else
            WinReceive.Orphan(socket);
        socket->Core = null;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Events of aws_io_event_type that a call has found, to be reported once it has returned. The socket is attached.
    /// </summary>
    internal static void ReportSoon(WinSocket* socket, int events) => Soon(socket, socket->Core->Loop, events);

    /// <summary>An operation is done: its packet is delivered. Not when the loop takes its operations back.</summary>
    internal static void Report(WinSocket* socket, int events)
    {
        SocketCore* core = socket->Core;
        if (core == null || IocpPort.IsEnding(socket->Port))
            return;

        SocketCore.Acquire(core);
        SocketEvents.Deliver(core, events);
        SocketCore.Release(core);
    }

    // From any thread the first time: the socket is not touched after that.
    private static void Soon(WinSocket* socket, aws_event_loop* loop, int events)
    {
        socket->SoonEvents |= events;
        if (socket->IsSoonScheduled)
            return;

        socket->IsSoonScheduled = true;
        SocketCore.Prepare(socket->Core, &socket->SoonTask, &RunSoon, "winsock_soon"u8);
        EventLoop.ScheduleTaskNow(loop, &socket->SoonTask);
    }

    // Cancelled before the socket is detached: it is here.
    private static void RunSoon(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        WinSocket* socket = WinSocket.Of(core);
        int events = socket->SoonEvents;
        socket->SoonEvents = 0;
        socket->IsSoonScheduled = false;
        bool isReady = status == AWS_TASK_STATUS_RUN_READY;
        if (isReady && (events & Begin) != 0)
            BeginOperations(core, socket);
        if (isReady && core->IsAttached && (events & ~Begin) != 0)
            SocketEvents.Deliver(core, events & ~Begin);
        SocketCore.Release(core);
    }

    private static int Watch(SocketCore* core, WinSocket* socket, aws_event_loop* loop)
    {
        socket->Core = core;
        socket->Watched.data.handle = (void*)socket->Handle;
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = core };
        return EventLoop.SubscribeToIoEvents(loop, &socket->Watched, SocketEvents.Readable, callback)
            == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastErrorOrUnknown();
    }

    private static int EndWatch(SocketCore* core, WinSocket* socket, bool isLoopGone)
    {
        socket->Core = null;
        if (isLoopGone)
            EventLoop.FreeIoEventResources(core->Loop, &socket->Watched);
        else if (EventLoop.UnsubscribeFromIoEvents(core->Loop, &socket->Watched) != AWS_OP_SUCCESS)
            return Errors.LastError();
        return AWS_ERROR_SUCCESS;
    }

    // Watches are on loops of ours: the other one is never called.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData)
    {
    }

    private static void OnEvent(void* userData, int events)
    {
        SocketCore* core = (SocketCore*)userData;
        SocketCore.Acquire(core);
        SocketEvents.Deliver(core, events);
        SocketCore.Release(core);
    }

    private static void BeginOperations(SocketCore* core, WinSocket* socket)
    {
        if (socket->Listener != null)
            SocketListener.AcceptAll(core);
        else if (core->Phase == SocketPhase.Connecting)
            WinConnect.Begin(core, socket);
        else
            WinReceive.Watch(socket);
    }
}
