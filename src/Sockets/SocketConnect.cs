// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// Connecting. An attempt ends once: by the system's answer, by the timeout, by the end of the loop, or, without a
/// notification, by its own close.
/// </summary>
internal static unsafe class SocketConnect
{
    /// <summary>
    /// Returns 0 or an error. The result comes to the consumer on the loop's thread, not inside this call; without a
    /// loop, which only datagrams may do, it is the result of this call.
    /// </summary>
    internal static int Start(SocketCore* core, SocketAddress* address, aws_event_loop* loop, ulong timeout)
    {
        SocketCore.SetPhase(core, SocketPhase.Connecting);
        int result = core->Backend->StartConnect(core, address);
        int error = result switch
        {
            AWS_ERROR_SUCCESS => loop == null ? EstablishWithoutLoop(core) : AnnounceSoon(core, loop),
            SocketResult.Pending => AwaitAnswer(core, loop, timeout),
            SocketResult.RetryLater => loop == null
                ? AWS_IO_READ_WOULD_BLOCK
                : ConnectTimer.RetryWhileFull(core, address, loop, timeout),
            _ => result,
        };

        // After success the socket may be gone already.
        if (error != AWS_ERROR_SUCCESS)
            SocketCore.SetPhase(core, SocketPhase.Failed);
        return error;
    }

    /// <summary>
    /// For backends: the system has an answer to the attempt. On the loop's thread, with the socket held.
    /// </summary>
    internal static void Finish(SocketCore* core, int error)
    {
        // First, so that the timer, which runs in its cancellation, finds that it has come too late.
        core->Phase = SocketPhase.ConnectAnswered;
        SocketCore.CancelTimer(core, core->Loop);
        Conclude(core, error);
    }

    /// <summary>The timer has made the attempt again, and the system has answered.</summary>
    internal static void FinishRetried(SocketCore* core, int error)
    {
        SocketCore.FreeTimer(core);
        Conclude(core, error);
    }

    /// <summary>The timer has run for the last time; an attempt that goes on until now is given up.</summary>
    internal static void End(SocketCore* core, int reason, aws_task_status status)
    {
        SocketCore.FreeTimer(core);
        core->IsTimerCancellable = false;
        if (core->Phase == SocketPhase.Connecting)
            GiveUp(core, reason, isLoopGone: status != AWS_TASK_STATUS_RUN_READY);
    }

    private static int EstablishWithoutLoop(SocketCore* core)
    {
        int error = Establish(core);
        if (error == AWS_ERROR_SUCCESS)
            SocketCore.SetPhase(
                core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
        return error;
    }

    private static int AnnounceSoon(SocketCore* core, aws_event_loop* loop)
    {
        SocketCore.SetLoop(core, loop);
        EventLoop.ScheduleTaskNow(loop, SocketCore.PrepareTimer(core, &RunConnected, "socket_connected"u8));
        return AWS_ERROR_SUCCESS;
    }

    private static int AwaitAnswer(SocketCore* core, aws_event_loop* loop, ulong timeout)
    {
        bool isOnLoop = EventLoop.ThreadIsCallersThread(loop);
        int error = ConnectTimer.Prepare(core, loop, timeout);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        aws_task* task = core->Timer;
        error = SocketEvents.Attach(core, loop, accepts: false);
        if (error != AWS_ERROR_SUCCESS)
            ConnectTimer.Drop(core);
        else
            ConnectTimer.Schedule(task, loop, isOnLoop);
        return error;
    }

    private static void RunConnected(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        SocketCore.FreeTimer(core);
        if (core->Phase == SocketPhase.Connecting)
            Conclude(core, status == AWS_TASK_STATUS_RUN_READY
                ? core->Backend->TakeError(core)
                : AWS_IO_SOCKET_CONNECT_ABORTED);
        SocketCore.Release(core);
    }

    private static void GiveUp(SocketCore* core, int reason, bool isLoopGone)
    {
        int error = isLoopGone ? AWS_IO_EVENT_LOOP_SHUTDOWN : reason;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: gives up connecting, error {error}");
        SocketCore.SetPhase(core, SocketPhase.ConnectTimedOut);

        // A loop that is going away polls no more: its record of the handle is freed, not changed.
        SocketEvents.Detach(core, isLoopGone);
        SocketCore.SetLoop(core, null);
        SocketClose.Close(core);
        if (core->Owner != null)
            Fail(core, error);
    }

    private static void Conclude(SocketCore* core, int error)
    {
        core->Phase = SocketPhase.ConnectAnswered;
        if (error == AWS_ERROR_SUCCESS)
            error = Establish(core);
        if (error == AWS_ERROR_SUCCESS && !core->IsAttached)
            error = SocketEvents.Attach(core, core->Loop, accepts: false);
        if (error != AWS_ERROR_SUCCESS)
        {
            Fail(core, error);
            return;
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: connected");
        SocketCore.SetPhase(core, SocketPhase.Connected, SocketDirections.Receiving | SocketDirections.Sending);
        core->Observer->OnConnected(core, AWS_ERROR_SUCCESS);
    }

    private static int Establish(SocketCore* core) =>
        core->Observer->OnEstablished == null ? AWS_ERROR_SUCCESS : core->Observer->OnEstablished(core);

    // The socket leaves its loop first, so that the program may clean it up wherever it is.
    private static void Fail(SocketCore* core, int error)
    {
        SocketEvents.Detach(core);
        core->Loop = null;
        SocketCore.SetPhase(core, SocketPhase.Failed);
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: connecting failed with error {error}");
        core->Observer->OnConnected(core, error);
    }
}
