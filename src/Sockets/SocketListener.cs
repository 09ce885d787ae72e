// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>Binding, listening and accepting. Functions return 0 or an error.</summary>
internal static unsafe class SocketListener
{
    // How long a listener waits for descriptors or memory to become free.
    private const ulong RetryNanoseconds = 100_000_000;

    // Connections taken in one turn of the loop, at most. An error counts as several: a system that answers with
    // nothing else must not keep the loop.
    private const int MaxPerTurn = 256;
    private const int TurnsShareOfError = 16;

    internal static int Bind(SocketCore* core, SocketAddress* address)
    {
        int error = core->Backend->Bind(core, address);
        if (error != AWS_ERROR_SUCCESS)
            SocketCore.SetPhase(core, SocketPhase.Failed);
        else if (SocketCore.IsStream(core))
            SocketCore.SetPhase(core, SocketPhase.Bound);
        else
            // Datagrams can be read from now on.
            SocketCore.SetPhase(core, SocketPhase.Connected, SocketDirections.Receiving);
        return error;
    }

    internal static int Listen(SocketCore* core, int backlog)
    {
        int error = core->Backend->Listen(core, backlog);
        SocketCore.SetPhase(core, error == AWS_ERROR_SUCCESS ? SocketPhase.Listening : SocketPhase.Failed);
        return error;
    }

    /// <summary>
    /// A program that asked for the start is notified before it gets any connection: until then those wait. The
    /// loop may well deliver an event of theirs before it gets to the task that notifies.
    /// </summary>
    internal static int StartAccept(SocketCore* core, aws_event_loop* loop, AcceptCallback onStarted)
    {
        AcceptStarted* started = onStarted.Call == null ? null : AcceptStarted.New(core, onStarted);
        core->Phase = started == null ? SocketPhase.Accepting : SocketPhase.StartingToAccept;
        int error = SocketEvents.Attach(core, loop, accepts: true);
        if (error != AWS_ERROR_SUCCESS)
        {
            core->Phase = SocketPhase.Listening;
            if (started != null)
                AcceptStarted.Drop(started);
            return error;
        }

        if (started != null)
            AcceptStarted.Schedule(started, loop);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>On the loop's thread.</summary>
    internal static void StopAccept(SocketCore* core)
    {
        SocketEvents.Detach(core);
        SocketCore.CancelTimer(core, core->Loop);
        core->Phase = SocketPhase.Listening;
        core->AcceptRound++;
        SocketCore.SetLoop(core, null);
    }

    /// <summary>
    /// The program has been notified of the start: accepts what has been waiting, and whatever comes.
    /// </summary>
    internal static void AcceptFromNowOn(SocketCore* core)
    {
        core->Phase = SocketPhase.Accepting;
        AcceptAll(core);
    }

    /// <summary>
    /// For backends: there are connections. They are taken until none is left, because the next edge comes only with
    /// the next connection. The consumer may stop, close or clean up the listener inside its callback.
    /// </summary>
    internal static void AcceptAll(SocketCore* core)
    {
        byte round = core->AcceptRound;
        int left = MaxPerTurn;
        ulong pause = 0;
        while (IsAccepting(core) && core->AcceptRound == round)
        {
            if (left <= 0)
            {
                RetryLater(core, pause);
                return;
            }

            SocketAddress peer = default;
            nint handle = SocketCore.NoHandle;
            int error = core->Backend->Accept(core, &handle, &peer);
            bool isAccepted = error == AWS_ERROR_SUCCESS;
            left -= isAccepted ? 1 : TurnsShareOfError;
            pause = isAccepted ? 0 : RetryNanoseconds;
            if (isAccepted)
                core->Observer->OnAccepted(core, handle, &peer, AWS_ERROR_SUCCESS);
            else if (error == SocketResult.WouldBlock)
                return;
            else if (error != SocketResult.Lost)
            {
                OnAcceptError(core, error);
                return;
            }
        }
    }

    private static bool IsAccepting(SocketCore* core) =>
        core->Phase is SocketPhase.Accepting or SocketPhase.AcceptFailed;

    private static void OnAcceptError(SocketCore* core, int error)
    {
        if (error is AWS_ERROR_MAX_FDS_EXCEEDED or AWS_ERROR_OOM)
            RetryLater(core, RetryNanoseconds);
        else
            SocketCore.SetPhase(core, SocketPhase.AcceptFailed);
        core->Observer->OnAccepted(core, SocketCore.NoHandle, null, error);
    }

    // No edge reports that a descriptor has become free, or that connections are left from this turn.
    private static void RetryLater(SocketCore* core, ulong pause)
    {
        if (core->IsTimerCancellable)
            return;

        ulong now = 0;
        EventLoop.CurrentClockTime(core->Loop, &now);
        aws_task* timer = SocketCore.PrepareTimer(core, &RunRetry, "socket_accept_retry"u8);
        core->IsTimerCancellable = true;
        EventLoop.ScheduleTaskFuture(core->Loop, timer, now + pause);
    }

    private static void RunRetry(aws_task* task, void* argument, aws_task_status status)
    {
        SocketCore* core = (SocketCore*)argument;
        core->IsTimerCancellable = false;
        SocketCore.FreeTimer(core);
        if (status == AWS_TASK_STATUS_RUN_READY && IsAccepting(core))
            AcceptAll(core);
        SocketCore.Release(core);
    }
}
