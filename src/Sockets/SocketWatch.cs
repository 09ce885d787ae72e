// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>For backends whose sockets the loop watches: the subscription of a socket's handle.</summary>
internal static unsafe class SocketWatch
{
    /// <summary>Events go to the callback from now on. See <see cref="SocketBackend.Attach"/>.</summary>
    internal static int Start(SocketCore* core, aws_event_loop* loop, int events, IoCallback callback) =>
        EventLoop.SubscribeToIoEvents(loop, &core->Io, events, callback) == AWS_OP_SUCCESS
            ? AWS_ERROR_SUCCESS
            : Errors.LastErrorOrUnknown();

    /// <summary>The same for a listener: connections that wait are accepted.</summary>
    internal static int StartAccepting(SocketCore* core, aws_event_loop* loop)
    {
        IoCallback callback = new()
        {
            Function = &OnConnectionsWait,
            OfC = &OnConnectionsWaitOfC,
            UserData = core,
        };
        return Start(core, loop, SocketEvents.Readable, callback);
    }

    /// <summary>See <see cref="SocketBackend.Detach"/>.</summary>
    internal static int End(SocketCore* core, bool isLoopGone)
    {
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

    private static void OnConnectionsWait(void* userData, int events)
    {
        SocketCore* core = (SocketCore*)userData;
        SocketCore.Acquire(core);
        if ((events & SocketEvents.Readable) != 0)
            SocketListener.AcceptAll(core);
        SocketCore.Release(core);
    }
}
