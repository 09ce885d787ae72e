// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>
/// The first task of a channel, and what its end calls. A channel that lives needs none of it: it is where a handler
/// will be, or a block of its own.
/// </summary>
internal unsafe struct ChannelSetup
{
    private aws_task _task;
    private ChannelCore* _core;
    private aws_channel_on_setup_completed_fn _onCompleted;
    private void* _userData;

    /// <summary>The task has a hold of the channel's, which has been acquired.</summary>
    internal static void Schedule(ChannelCore* core, aws_channel_options* options)
    {
        ChannelSetup* setup = (ChannelSetup*)ChannelCore.Room(core, sizeof(ChannelSetup));
        if (setup == null)
            setup = Allocator.New<ChannelSetup>(core->Allocator);
        setup->_core = core;
        setup->_onCompleted = options->on_setup_completed;
        setup->_userData = options->setup_user_data;
        ScheduledTask.Init(&setup->_task, &OnTask, setup, Literal.Of("channel_setup"u8));
        EventLoop.ScheduleTaskNow(core->Loop, &setup->_task);
    }

    private static void OnTask(aws_task* task, void* arg, aws_task_status status)
    {
        ChannelSetup setup = *(ChannelSetup*)arg;
        ChannelCore* core = setup._core;
        if (!ChannelCore.IsRoom(core, arg))
            Allocator.Release(core->Allocator, arg);
        int error = status == AWS_TASK_STATUS_CANCELED ? AWS_IO_EVENT_LOOP_SHUTDOWN : Finish(core);
        setup._onCompleted((aws_channel*)core, error, setup._userData);
        Channel.ReleaseHold((aws_channel*)core);
    }

    /// <summary>What the task does, on the loop's thread: 0 or an error, for whoever is notified.</summary>
    internal static int Finish(ChannelCore* core)
    {
        int error = AWS_ERROR_SUCCESS;
        if ((core->MessagePool = LoopMessagePool.Of(core->Loop, core->Allocator)) == null)
            error = Errors.LastError();
        else
            ChannelCore.Enter(core, ChannelState.Active);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL, $"id=0x{(nint)core:x}: setup complete with error {error}");
        return error;
    }
}
