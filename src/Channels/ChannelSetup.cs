// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>
/// The first task of a channel, and what its end calls. A block of its own: a channel that lives needs none of it.
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
        ChannelSetup* setup = Allocator.New<ChannelSetup>(core->Allocator);
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
        Allocator.Release(core->Allocator, arg);
        int error = AWS_ERROR_SUCCESS;
        if (status == AWS_TASK_STATUS_CANCELED)
            error = AWS_IO_EVENT_LOOP_SHUTDOWN;
        else if ((core->MessagePool = LoopMessagePool.Of(core->Loop, core->Allocator)) == null)
            error = Errors.LastError();
        else
            ChannelCore.Enter(core, ChannelState.Active);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_CHANNEL, $"id=0x{(nint)core:x}: setup complete with error {error}");
        setup._onCompleted((aws_channel*)core, error, setup._userData);
        Channel.ReleaseHold((aws_channel*)core);
    }
}
