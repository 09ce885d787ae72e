// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>
/// Shutdown runs through the handlers from left to right in the read direction, reverses in a task of its own, and
/// comes back from right to left in the write direction. When the leftmost handler is done the channel has shut down:
/// its tasks are cancelled and the owner is notified. The program's request ends whatever wait is in the way.
/// </summary>
internal static unsafe partial class Channel
{
    /// <summary>
    /// Begins shutdown with this error (rule 43). Later calls do not change the error, but end waits (rule 44): a
    /// shutdown that the peer has caused then waits for no window, and after a call with an error nothing is drained.
    /// Any thread. Always AWS_OP_SUCCESS.
    /// </summary>
    internal static int Shutdown(aws_channel* channel, int error_code)
    {
        if (channel == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // The channel outlasts its shutdown, whenever its owner destroys it. The hold comes first: a shutdown that
        // began at a slot ends this hold instead as soon as it can see that it was asked for.
        ChannelCore* core = ChannelCore.Of(channel);
        AcquireHold(channel);
        int before = Interlocked.Exchange(ref core->ShutdownRequested, ShutdownRequest.OfProgram);
        if (before == ShutdownRequest.None)
        {
            BeginShutdown(core, error_code);
            return AWS_OP_SUCCESS;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL, $"id=0x{(nint)core:x}: shutdown is already pending");
        if (error_code != AWS_ERROR_SUCCESS)
            Volatile.Write(ref core->IsAborted, true);
        if (before == ShutdownRequest.OfPeer || error_code != AWS_ERROR_SUCCESS)
            EndWaitSoon(core);
        ReleaseHold(channel);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// The same because the peer has ended the connection: what it sent before is delivered first. Loop's thread.
    /// </summary>
    internal static void ShutdownAfterInput(aws_channel* channel, int error)
    {
        ChannelCore* core = ChannelCore.Of(channel);
        AcquireHold(channel);
        if (Interlocked.CompareExchange(ref core->ShutdownRequested, ShutdownRequest.OfPeer, ShutdownRequest.None) ==
            ShutdownRequest.None)
        {
            BeginShutdown(core, error);
        }
        else
        {
            ReleaseHold(channel);
        }
    }

    private static void BeginShutdown(ChannelCore* core, int error)
    {
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        turn->Error = error;
        turn->Immediately = false;
        aws_channel_task* task = ChannelCore.NewShutdownTask(core);
        ChannelTask.Init(task, &OnShutdown, core, Literal.Of("channel_shutdown"u8));
        ScheduleTaskNow((aws_channel*)core, task);
    }

    /// <summary>
    /// For the handler whose turn in the shutdown it is, and which has something to deliver but no window: true when it
    /// is to wait for one, as <see cref="BeginWait"/> says. Loop's thread.
    /// </summary>
    internal static bool TryAwaitWindow(aws_channel* channel, delegate*<void*, void> endWait, void* waiter)
    {
        if (Volatile.Read(ref ChannelCore.Of(channel)->ShutdownRequested) != ShutdownRequest.OfPeer)
            return false;

        BeginWait(channel, endWait, waiter);
        return true;
    }

    /// <summary>
    /// The handler whose turn in the shutdown it is waits for something. The function is called when the program asks
    /// for the end again; it is taken back by <see cref="ForgetWait"/>. Loop's thread.
    /// </summary>
    internal static void BeginWait(aws_channel* channel, delegate*<void*, void> endWait, void* waiter)
    {
        ShutdownTurn* turn = ChannelCore.TurnOf(ChannelCore.Of(channel));
        turn->EndWait = endWait;
        turn->Waiter = waiter;
    }

    /// <summary>The handler waits no more. Loop's thread.</summary>
    internal static void ForgetWait(aws_channel* channel, void* waiter)
    {
        ShutdownTurn* turn = ChannelCore.TurnOf(ChannelCore.Of(channel));
        if (turn->Waiter != waiter)
            return;

        turn->EndWait = null;
        turn->Waiter = null;
    }

    /// <summary>Whether the program has asked for the end again, with an error. Any thread.</summary>
    internal static bool IsAborted(aws_channel* channel) => Volatile.Read(ref ChannelCore.Of(channel)->IsAborted);

    private static void EndWaitSoon(ChannelCore* core)
    {
        aws_channel_task* task = Allocator.New<aws_channel_task>(core->Allocator);
        ChannelTask.Init(task, &OnEndWait, core, Literal.Of("channel_end_wait"u8));
        ScheduleTaskNow((aws_channel*)core, task);
    }

    private static void OnEndWait(aws_channel_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        Allocator.Release(core->Allocator, task);
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        if (status == AWS_TASK_STATUS_RUN_READY && turn->EndWait != null)
            turn->EndWait(turn->Waiter);
    }

    // Does its full work even when cancelled: a channel whose loop is going must still notify its handlers.
    private static void OnShutdown(aws_channel_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        if (core->State >= ChannelState.EndingReads)
            return;

        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_CHANNEL,
            $"id=0x{(nint)core:x}: beginning shutdown with error {turn->Error}");
        ChannelCore.Enter(core, ChannelState.EndingReads);
        aws_channel_slot* first = core->First;
        if (first != null && first->handler == null)
            first = NextInShutdown(first, AWS_CHANNEL_DIR_READ);
        if (first != null)
            GiveTurn(core, first, AWS_CHANNEL_DIR_READ, turn->Error, turn->Immediately);
        else
            FinishShutdown(core, turn->Error);
    }

    /// <summary>
    /// A handler is done in one direction: the next one's turn. See ChannelSlot.OnHandlerShutdownComplete.
    /// </summary>
    internal static int ContinueShutdown(
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately)
    {
        ChannelCore* core = ChannelCore.Of(slot);
        if (core->State == ChannelState.ShutDown)
            return AWS_OP_SUCCESS;

        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        if (turn->Slot == slot && !turn->IsPending)
            turn->Slot = null;
        aws_channel_slot* next = NextInShutdown(slot, direction);
        if (next != null)
            return GiveTurn(core, next, direction, error, freeScarceResourcesImmediately);

        if (direction == AWS_CHANNEL_DIR_READ)
            ReverseDirection(core, slot, error, freeScarceResourcesImmediately);
        else if (slot == core->First || slot->adj_left != null)
            FinishShutdown(core, error);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// The slot whose turn it is leaves the channel; this one, if not NULL, is next. In a task: the caller may be that
    /// slot's handler.
    /// </summary>
    internal static void PassTurnOn(ChannelCore* core, aws_channel_slot* next)
    {
        ChannelCore.TurnOf(core)->Slot = next;
        GiveTurnSoon(core);
    }

    private static int GiveTurn(
        ChannelCore* core,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately)
    {
        SetTurn(core, slot, direction, error, freeScarceResourcesImmediately);
        return ChannelHandler.Shutdown(slot->handler, slot, direction, error, freeScarceResourcesImmediately);
    }

    private static void SetTurn(
        ChannelCore* core,
        aws_channel_slot* slot,
        aws_channel_direction direction,
        int error,
        bool freeScarceResourcesImmediately)
    {
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        turn->Slot = slot;
        turn->Direction = direction;
        turn->Immediately = freeScarceResourcesImmediately;
        turn->Error = error;
    }

    // A slot without a handler is stepped over: whoever made it may not have got further.
    private static aws_channel_slot* NextInShutdown(aws_channel_slot* slot, aws_channel_direction direction)
    {
        do
            slot = direction == AWS_CHANNEL_DIR_READ ? slot->adj_right : slot->adj_left;
        while (slot != null && slot->handler == null);
        return slot;
    }

    // A shutdown that has begun at a slot, and was not asked for, leaves the channel active until it has ended. A task
    // of its own, so that no handler's memory can go while one of its functions is on the stack.
    private static void ReverseDirection(
        ChannelCore* core, aws_channel_slot* rightmost, int error, bool freeScarceResourcesImmediately)
    {
        if (core->State == ChannelState.EndingReads)
            ChannelCore.Enter(core, ChannelState.Turning);
        SetTurn(core, rightmost, AWS_CHANNEL_DIR_WRITE, error, freeScarceResourcesImmediately);
        GiveTurnSoon(core);
    }

    private static void GiveTurnSoon(ChannelCore* core)
    {
        // Due already, where a shutdown that was asked for meets one that began at a slot.
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        if (turn->IsPending)
            return;

        turn->IsPending = true;
        ChannelCore.ScheduleLifeTask(core, &OnTurn, Literal.Of("channel_shutdown_turn"u8));
    }

    private static void OnTurn(aws_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        aws_channel_direction direction = turn->Direction;
        aws_channel_slot* slot = turn->Slot;
        if (slot != null && slot->handler == null)
            slot = NextInShutdown(slot, direction);
        turn->IsPending = false;
        turn->Slot = null;
        if (core->State == ChannelState.ShutDown)
        {
            OnShutdownFinished(task, arg, status);
            return;
        }

        if (core->State == ChannelState.Turning)
            ChannelCore.Enter(core, ChannelState.EndingWrites);
        if (slot != null)
            GiveTurn(core, slot, direction, turn->Error, turn->Immediately);
        else if (direction == AWS_CHANNEL_DIR_READ)
            ReverseDirection(core, LastSlot(core), turn->Error, turn->Immediately);
        else
            FinishShutdown(core, turn->Error);
    }

    private static aws_channel_slot* LastSlot(ChannelCore* core)
    {
        aws_channel_slot* last = core->First;
        while (last != null && last->adj_right != null)
            last = last->adj_right;
        return last;
    }

    private static void FinishShutdown(ChannelCore* core, int error)
    {
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_CHANNEL, $"id=0x{(nint)core:x}: shutdown completed");
        ChannelCore.Enter(core, ChannelState.ShutDown);
        ShutdownTurn* turn = ChannelCore.TurnOf(core);
        turn->Error = error;

        // A shutdown that began at a slot was not asked for.
        if (Interlocked.Exchange(ref core->ShutdownRequested, ShutdownRequest.OfProgram) == ShutdownRequest.None)
            AcquireHold((aws_channel*)core);

        // A turn that is still due has the task, and leads to the same function.
        if (!turn->IsPending)
            ChannelCore.ScheduleLifeTask(core, &OnShutdownFinished, Literal.Of("channel_shutdown_complete"u8));
    }

    private static void OnShutdownFinished(aws_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        CancelPendingTasks(core);
        RunCrossThreadTasks(core, TaskStack.Close(&core->CrossThreadTasks), AWS_TASK_STATUS_CANCELED);

        // The hold ends before the callback: when that destroys the channel, the handlers are to be gone as it returns.
        // If the owner has destroyed the channel already, the callback gets a last hold: it may acquire and release
        // more.
        bool isDestroyed = Interlocked.Decrement(ref core->Holds) == 0;
        if (isDestroyed)
            core->Holds = 1;
        if (core->OnShutdownCompleted != null)
        {
            int error = ChannelCore.TurnOf(core)->Error;
            core->OnShutdownCompleted((aws_channel*)core, error, core->ShutdownUserData);
        }

        if (isDestroyed)
            ReleaseHold((aws_channel*)core);
    }
}
