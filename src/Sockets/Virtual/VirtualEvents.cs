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

        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = core };
        int error = accepts
            ? SocketWatch.StartAccepting(core, loop)
            : SocketWatch.Start(core, loop, SocketEvents.Readable | SocketEvents.Writable, callback);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        socket->Loop = loop;
        if (socket->IsConnecting)
            VirtualAttempt.Start(socket);
        return AWS_ERROR_SUCCESS;
    }

    internal static int Detach(SocketCore* core, bool isLoopGone)
    {
        VirtualAttempt.Cancel(VirtualSocket.Of(core));
        return SocketWatch.End(core, isLoopGone);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

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
