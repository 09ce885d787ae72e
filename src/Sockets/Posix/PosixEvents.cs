// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Posix;

/// <summary>What the loop reports of a descriptor.</summary>
internal static unsafe class PosixEvents
{
    /// <summary>
    /// Of <see cref="SocketCore.BackendFlags"/>: an end of stream or an error stands behind the last byte.
    /// </summary>
    internal const byte IsHungUp = 1;

    /// <summary>A read ends at the place of urgent data, whatever is behind it.</summary>
    internal const byte HadUrgentData = 2;

    /// <summary>The loop reports no room before it is asked to.</summary>
    private const byte IsNotWatchedForRoom = 4;

    /// <summary>A short receive does not say that nothing is left.</summary>
    internal const byte MoreMayFollow = IsHungUp | HadUrgentData;

    private static nint s_owner;

    private static IoOwner* Owner => StaticMemory.Get(ref s_owner, &NewOwner);

    private static IoOwner NewOwner() => new() { OnEvent = &OnEvent, Acquire = &Acquire, Release = &Release };

    private static void Acquire(void* core) => SocketCore.Acquire((SocketCore*)core);

    private static void Release(void* core) => SocketCore.Release((SocketCore*)core);

    internal static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts)
    {
        if (accepts)
            return SocketWatch.StartAccepting(core, loop);

        int events = EventsOf(loop);
        if (IsLocalStream(core) && NeedsNoRoomYet(core) && EventLoop.CanChangeIoEvents(loop))
        {
            core->BackendFlags |= IsNotWatchedForRoom;
            events &= ~SocketEvents.Writable;
        }

        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = core, Owner = Owner };
        return SocketWatch.Start(core, loop, events, callback);
    }

    /// <summary>See <see cref="SocketBackend.AwaitRoom"/>.</summary>
    internal static int AwaitRoom(SocketCore* core)
    {
        if (!core->IsAttached || (core->BackendFlags & IsNotWatchedForRoom) == 0)
            return AWS_ERROR_SUCCESS;

        core->BackendFlags &= unchecked((byte)~IsNotWatchedForRoom);
        return EventLoop.ChangeIoEvents(core->Loop, &core->Io, EventsOf(core->Loop)) == AWS_OP_SUCCESS
            ? AWS_ERROR_SUCCESS
            : Errors.LastError();
    }

    private static int EventsOf(aws_event_loop* loop) =>
        SocketEvents.Readable | SocketEvents.Writable | (EventLoop.ReportsUrgentData(loop) ? LoopBackend.Urgent : 0);

    // An attempt to connect that a signal has interrupted goes on, and its end is reported as room.
    private static bool NeedsNoRoomYet(SocketCore* core) =>
        core->SendState == SendState.Ready && core->Phase != SocketPhase.Connecting;

    // Linux reports room in a Unix socket with each message that the peer takes, and would wake the loop for it; what
    // lacks room once will do so again.
    private static bool IsLocalStream(SocketCore* core) =>
        SocketCore.IsStream(core) && SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

    private static void OnEvent(void* userData, int events)
    {
        SocketCore* core = (SocketCore*)userData;
        SocketCore.Acquire(core);
        if (core->Phase == SocketPhase.Connecting)
            FinishConnecting(core, events);
        if (core->IsAttached && core->Phase != SocketPhase.Connecting)
            Deliver(core, events);
        SocketCore.Release(core);
    }

    /// <summary>
    /// An attempt to connect has had events. It goes on, with no report to the socket, if those were none of its own.
    /// </summary>
    internal static void FinishConnecting(SocketCore* core, int events)
    {
        const int ready = SocketEvents.Readable | SocketEvents.Writable;
        const int broken = (int)(AWS_IO_EVENT_TYPE_ERROR | AWS_IO_EVENT_TYPE_CLOSED);
        int error = core->Backend->TakeError(core);
        if (error == AWS_IO_READ_WOULD_BLOCK)
            return;

        bool isBroken = (events & broken) != 0 || (events & ready) == 0;
        SocketConnect.Finish(core, error == AWS_ERROR_SUCCESS && isBroken ? AWS_IO_SOCKET_CLOSED : error);
    }

    /// <summary>A connection has had events.</summary>
    internal static void Deliver(SocketCore* core, int events)
    {
        if ((events & (SocketEvents.HangUp | SocketEvents.Failed)) != 0)
            core->BackendFlags |= IsHungUp;
        if ((events & LoopBackend.Urgent) != 0)
            core->BackendFlags |= HadUrgentData;
        SocketEvents.Deliver(core, events & ~LoopBackend.Urgent);
    }
}
