// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>
/// Back-pressure. A slot's window is what its handler still takes from the left. Grants are gathered per slot and
/// passed on by one task, when any window of the channel has become scarce: the slot that starves need not be the one
/// that holds a grant.
/// </summary>
internal static unsafe class ReadWindow
{
    // A window that holds no more than so many full messages is scarce.
    private const nuint ScarceMessages = 4;

    /// <summary>Adds a grant of <paramref name="size"/> bytes, saturating.</summary>
    internal static void Grant(aws_channel_slot* slot, nuint size)
    {
        ChannelCore* core = ChannelCore.Of(slot);
        if (!core->BackPressure || core->State == ChannelState.ShutDown)
            return;

        slot->current_window_update_batch_size =
            CheckedMath.AddSaturating(slot->current_window_update_batch_size, size);
        PassOnIfScarce(core, slot);
    }

    /// <summary>
    /// Takes <paramref name="size"/> bytes out of the slot's window; false when it does not hold as many.
    /// </summary>
    internal static bool TryTake(aws_channel_slot* slot, nuint size)
    {
        ChannelCore* core = ChannelCore.Of(slot);
        if (!core->BackPressure)
            return true;
        if (slot->window_size < size)
            return false;

        slot->window_size -= size;
        PassOnIfScarce(core, slot);
        return true;
    }

    private static void PassOnIfScarce(ChannelCore* core, aws_channel_slot* slot)
    {
        if (core->State == ChannelState.ShutDown || core->WindowUpdateScheduled ||
            !IsScarceWithGrantPending(core, slot))
        {
            return;
        }

        core->WindowUpdateScheduled = true;
        aws_channel_task* task = ChannelCore.WindowUpdateTask(core);
        ChannelTask.Init(task, &OnPassOn, core, Literal.Of("channel_window_update"u8));
        Channel.ScheduleTaskNow((aws_channel*)core, task);
    }

    private static bool IsScarceWithGrantPending(ChannelCore* core, aws_channel_slot* changed)
    {
        // The slot in question may have its handler already and its place not yet. Nobody sends to the leftmost slot,
        // so its window says nothing.
        bool isPlaceless = changed != core->First && changed->adj_left == null;
        bool pending = isPlaceless && changed->current_window_update_batch_size > 0;
        nuint scarcest = isPlaceless ? changed->window_size : nuint.MaxValue;
        for (aws_channel_slot* slot = core->First; slot != null; slot = slot->adj_right)
        {
            if (slot->adj_left == null)
                continue;
            scarcest = nuint.Min(scarcest, slot->window_size);
            pending |= slot->current_window_update_batch_size > 0;
        }

        return pending && scarcest <= CheckedMath.MultiplySaturating(Channel.MaxFragmentSize, ScarceMessages);
    }

    private static void OnPassOn(aws_channel_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;

        // Before the grants go out: a handler may grant again from inside its increment.
        core->WindowUpdateScheduled = false;
        if (status != AWS_TASK_STATUS_RUN_READY || core->State == ChannelState.ShutDown || core->First == null)
            return;

        aws_channel_slot* slot = core->First;
        while (slot->adj_right != null)
            slot = slot->adj_right;

        for (; slot->adj_left != null; slot = slot->adj_left)
        {
            aws_channel_slot* left = slot->adj_left;
            if (left->handler == null)
                continue;

            nuint grant = slot->current_window_update_batch_size;
            slot->current_window_update_batch_size = 0;
            slot->window_size = CheckedMath.AddSaturating(slot->window_size, grant);
            if (ChannelHandler.IncrementReadWindow(left->handler, left, grant) != AWS_OP_SUCCESS)
            {
                int error = Errors.LastError();
                Log.Write(
                    AWS_LL_ERROR,
                    AWS_LS_IO_CHANNEL,
                    $"id=0x{(nint)core:x}: window update failed with error {error}");
                Channel.Shutdown((aws_channel*)core, error);
                return;
            }
        }
    }
}
