// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>The end of a socket: one direction, or the handle.</summary>
internal static unsafe class SocketClose
{
    /// <summary>
    /// On the loop's thread, if there is a loop. What was accepted for sending is handed to the system first; then
    /// every write that has not been reported is, in order, unless the backend still has a part of it.
    /// </summary>
    internal static void Close(SocketCore* core)
    {
        SocketCore.Acquire(core);
        aws_event_loop* loop = core->Loop;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: closing");
        bool canSend = SocketCore.CanSend(core);
        if (canSend && !core->ResetsOnClose)
            SocketWriter.FlushNow(core);

        if (core->Phase is SocketPhase.StartingToAccept or SocketPhase.Accepting)
            SocketListener.StopAccept(core);
        SocketEvents.Detach(core);

        // Before the timer runs in its cancellation: a connection attempt ends without a notification.
        if (core->Phase == SocketPhase.Connecting)
            core->Phase = SocketPhase.Closed;
        SocketCore.CancelTimer(core, loop);
        core->Loop = null;
        if (SocketCore.IsOpen(core))
            CloseHandle(core, loop, canSend);
        else
            SocketCore.NotifyChanged(core);

        if (core->Observer->OnClosed != null)
            core->Observer->OnClosed(core);
        SocketCore.Release(core);
    }

    /// <summary>
    /// Closes a socket whose core its owner has taken, if that has not been done; the owner is notified of nothing any
    /// more. On the loop's thread, if there is a loop.
    /// </summary>
    internal static void Destroy(SocketCore* core)
    {
        if (SocketCore.IsOpen(core))
            Close(core);

        // Inside the callback of a write, when the close around it has not got to the others yet.
        SocketWriter.ReportAll(core);
        core->Owner = null;
        SocketCore.Release(core);
    }

    /// <summary>
    /// The handle, open, which is the caller's from now on; for the socket it is as if it were closed. On the loop's
    /// thread, if there is a loop, and with nothing to send.
    /// </summary>
    internal static nint TakeHandle(SocketCore* core)
    {
        aws_event_loop* loop = core->Loop;
        SocketEvents.Detach(core);
        SocketCore.CancelTimer(core, loop);
        core->Loop = null;
        nint handle = SocketCore.HandleOf(core);
        SocketCore.SetHandle(core, SocketCore.NoHandle);
        SocketCore.SetPhase(core, SocketPhase.Closed);
        SocketWriter.EndQueue(core, loop);
        return core->Backend->Export == null ? handle : core->Backend->Export(handle);
    }

    /// <summary>
    /// Returns 0 or an error. Bytes that wait for the end of the tick go before the end of the stream does.
    /// </summary>
    internal static int ShutdownDirection(SocketCore* core, bool isSending)
    {
        if (isSending && core->Writes != null && core->Loop != null)
            SocketWriter.FlushNow(core);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: ends direction {(uint)(isSending ? AWS_CHANNEL_DIR_WRITE : AWS_CHANNEL_DIR_READ)}");
        int error = SocketCore.IsOpen(core)
            ? core->Backend->ShutdownDirection(SocketCore.HandleOf(core), isSending)
            : AWS_IO_SOCKET_NOT_CONNECTED;
        if (error != AWS_ERROR_SUCCESS)
            return error;

        SocketCore.SetPhase(
            core,
            core->Phase,
            core->Directions & ~(isSending ? SocketDirections.Sending : SocketDirections.Receiving));
        return AWS_ERROR_SUCCESS;
    }

    private static void CloseHandle(SocketCore* core, aws_event_loop* loop, bool canSend)
    {
        nint handle = SocketCore.HandleOf(core);
        if (core->ResetsOnClose && SocketCore.IsTcp(core))
            SocketSettings.Set(core, SocketSetting.ResetOnClose, 1);
        if (!(canSend && CouldLoseBytes(core)) || !SocketDrain.TryTakeOver(core->Backend, handle, loop))
            core->Backend->CloseHandle(handle);
        else if (core->SendState == SendState.UnderWay && core->Backend->AbandonSend != null)
            core->Backend->AbandonSend(handle);

        SocketCore.SetHandle(core, SocketCore.NoHandle);
        SocketCore.SetPhase(core, SocketPhase.Closed);
        SocketWriter.EndQueue(core, loop);
    }

    // A reset takes something that was sent, and something that comes in.
    private static bool CouldLoseBytes(SocketCore* core) =>
        core->LingersAfterClose && !core->ResetsOnClose && core->HasSent && !core->HasReadEnd && SocketCore.IsTcp(core);
}
