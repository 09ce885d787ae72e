// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// The states of a handler besides its session's, one axis each, and all transitions between them. The tables are in
/// docs/lifetimes.md, rule 85.
/// </summary>
internal static unsafe partial class TlsHandler
{
    /// <summary>What becomes of messages from the left.</summary>
    private enum ReadDirection : byte
    {
        Open,

        /// <summary>The channel shuts down; what has come still goes up.</summary>
        Draining,
        Closed,
    }

    /// <summary>Content on its way up, and the task that sends more of it.</summary>
    private enum Delivery : byte
    {
        Idle,
        Scheduled,

        /// <summary>Messages go up: what comes in meanwhile is only queued.</summary>
        Running,
        RunningAndScheduled,
    }

    /// <summary>What becomes of messages from the right.</summary>
    private enum WriteDirection : byte
    {
        Open,

        /// <summary>A record has gone in this tick: small messages are gathered until the tick's end.</summary>
        Gathering,
        Closed,
    }

    /// <summary>The socket, while the handshake waits for a key.</summary>
    private enum SocketInput : byte
    {
        Flowing,

        /// <summary>So much has come meanwhile that the socket is not read.</summary>
        Paused,
    }

    /// <summary>The task by which another thread begins the handshake, and who frees the handler's block.</summary>
    private enum StartTask
    {
        None,
        Scheduled,

        /// <summary>The handler went first: the task frees the block.</summary>
        Orphaned,
    }

    private static void BeginDraining(State* state)
    {
        if (state->Reading == ReadDirection.Open)
            state->Reading = ReadDirection.Draining;
    }

    private static void CloseReading(State* state) => state->Reading = ReadDirection.Closed;

    /// <summary>True when the task is to be scheduled, false when it is already.</summary>
    private static bool TryScheduleDelivery(State* state)
    {
        switch (state->Delivery)
        {
            case Delivery.Idle:
                state->Delivery = Delivery.Scheduled;
                return true;
            case Delivery.Running:
                state->Delivery = Delivery.RunningAndScheduled;
                return true;
            default:
                return false;
        }
    }

    private static void OnDeliveryTaskRun(State* state) => state->Delivery =
        state->Delivery == Delivery.RunningAndScheduled ? Delivery.Running : Delivery.Idle;

    /// <summary>False when messages go up already.</summary>
    private static bool TryBeginDelivery(State* state)
    {
        switch (state->Delivery)
        {
            case Delivery.Idle:
                state->Delivery = Delivery.Running;
                return true;
            case Delivery.Scheduled:
                state->Delivery = Delivery.RunningAndScheduled;
                return true;
            default:
                return false;
        }
    }

    private static void EndDelivery(State* state) => state->Delivery =
        state->Delivery == Delivery.RunningAndScheduled ? Delivery.Scheduled : Delivery.Idle;

    /// <summary>True when the task that ends it is to be scheduled.</summary>
    private static bool TryBeginGathering(State* state)
    {
        if (state->Writing != WriteDirection.Open)
            return false;

        state->Writing = WriteDirection.Gathering;
        return true;
    }

    private static void EndGathering(State* state)
    {
        if (state->Writing == WriteDirection.Gathering)
            state->Writing = WriteDirection.Open;
    }

    private static void CloseWriting(State* state) => state->Writing = WriteDirection.Closed;

    private static void PauseReading(State* state)
    {
        if (state->SocketInput == SocketInput.Flowing && SocketHandler.TryPauseReading(state->Slot->channel))
            state->SocketInput = SocketInput.Paused;
    }

    private static void ResumeReading(State* state)
    {
        if (state->SocketInput == SocketInput.Paused)
            SocketHandler.ResumeReading(state->Slot->channel);
        state->SocketInput = SocketInput.Flowing;
    }

    /// <summary>True when the task is to be scheduled, false when it is already. Any thread.</summary>
    private static bool TryScheduleStart(State* state) =>
        Interlocked.CompareExchange(ref state->Start, (int)StartTask.Scheduled, (int)StartTask.None) ==
        (int)StartTask.None;

    /// <summary>The task runs. True when the handler has gone.</summary>
    private static bool EndStart(State* state) =>
        Interlocked.Exchange(ref state->Start, (int)StartTask.None) == (int)StartTask.Orphaned;

    /// <summary>The handler goes. True when the task, scheduled by another thread, cannot be taken back.</summary>
    private static bool TryOrphanStart(State* state) =>
        Interlocked.CompareExchange(ref state->Start, (int)StartTask.Orphaned, (int)StartTask.Scheduled) ==
        (int)StartTask.Scheduled;
}
