// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>What the loop reports of a virtual socket.</summary>
internal static unsafe class VirtualEvents
{
    internal static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (!VirtualLoop.IsOf(loop, socket->Network->Time))
            return AWS_ERROR_PLATFORM_NOT_SUPPORTED;

        IoCallback callback = new() { UserData = core };
        int events = SocketEvents.Readable;
        if (accepts)
        {
            callback.Function = &OnConnectionsWait;
            callback.OfC = &OnConnectionsWaitOfC;
        }
        else
        {
            callback.Function = &OnEvent;
            callback.OfC = &OnEventOfC;
            events |= SocketEvents.Writable;
        }

        if (EventLoop.SubscribeToIoEvents(loop, &core->Io, events, callback) != AWS_OP_SUCCESS)
            return Errors.LastError();

        socket->Loop = loop;
        if (socket->IsConnecting)
            VirtualAttempt.Start(socket);
        return AWS_ERROR_SUCCESS;
    }

    internal static int Detach(SocketCore* core, bool isLoopGone)
    {
        VirtualAttempt.Cancel(VirtualSocket.Of(core));
        if (!isLoopGone)
            return EventLoop.UnsubscribeFromIoEvents(core->Loop, &core->Io) == AWS_OP_SUCCESS
                ? AWS_ERROR_SUCCESS
                : Errors.LastError();

        EventLoop.FreeIoEventResources(core->Loop, &core->Io);
        return AWS_ERROR_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnectionsWaitOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnConnectionsWait(userData, events);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

    private static void OnConnectionsWait(void* userData, int events)
    {
        SocketCore* core = (SocketCore*)userData;
        SocketCore.Acquire(core);
        if ((events & SocketEvents.Readable) != 0)
            SocketListener.AcceptAll(core);
        SocketCore.Release(core);
    }

    private static void OnEvent(void* userData, int events)
    {
        SocketCore* core = (SocketCore*)userData;
        SocketCore.Acquire(core);
        if (core->Phase == SocketPhase.Connecting && !VirtualSocket.Of(core)->IsConnecting)
            SocketConnect.Finish(core, core->Backend->TakeError(core));
        if (core->IsAttached && core->Phase != SocketPhase.Connecting)
            SocketEvents.Deliver(core, events);
        SocketCore.Release(core);
    }
}
