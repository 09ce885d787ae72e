// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

/// <summary>What a channel keeps for its samples.</summary>
internal unsafe struct ChannelSampling
{
    /// <summary>NULL while nobody takes samples.</summary>
    internal aws_crt_statistics_handler* Handler;
    internal ulong IntervalStartMs;
    internal aws_array_list List;
    internal aws_task Task;
}

/// <summary>Regular samples of every handler's statistics, for the statistics handler that the owner may set.</summary>
internal static unsafe partial class Channel
{
    private const ulong NanosPerMilli = 1_000_000;

    /// <summary>
    /// Replaces and destroys the present handler; the channel owns the new one. NULL stops the samples. Event-loop
    /// thread only, else AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY and the caller keeps the handler.
    /// </summary>
    internal static int SetStatisticsHandler(aws_channel* channel, aws_crt_statistics_handler* handler)
    {
        if (channel == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!ThreadIsCallersThread(channel))
            return Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);

        ChannelCore* core = ChannelCore.Of(channel);
        ulong now = 0;
        if (handler != null && CurrentClockTime(channel, &now) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        StopStatistics(core);
        if (handler == null)
            return AWS_OP_SUCCESS;

        ChannelSampling* sampling = MakeSampling(core);
        sampling->Handler = handler;
        sampling->IntervalStartMs = now / NanosPerMilli;
        ResetStatistics(core);
        ScheduledTask.Init(&sampling->Task, &OnSample, core, Literal.Of("channel_statistics"u8));
        ScheduleSample(core, sampling, now);
        return AWS_OP_SUCCESS;
    }

    private static ChannelSampling* MakeSampling(ChannelCore* core)
    {
        ChannelSampling* sampling = ChannelCore.SamplingOf(core);
        if (sampling != null)
            return sampling;

        sampling = Allocator.New<ChannelSampling>(core->Allocator);
        ArrayList.InitDynamic(&sampling->List, core->Allocator, 4, (nuint)sizeof(aws_crt_statistics_base*));
        ChannelCore.SetSampling(core, sampling);
        return sampling;
    }

    private static void StopStatistics(ChannelCore* core)
    {
        ChannelSampling* sampling = ChannelCore.SamplingOf(core);
        if (sampling == null || sampling->Handler == null)
            return;

        aws_crt_statistics_handler* handler = sampling->Handler;
        sampling->Handler = null;
        EventLoop.CancelTask(core->Loop, &sampling->Task);
        StatisticsHandler.Destroy(handler);
    }

    private static void FreeStatistics(ChannelCore* core)
    {
        ChannelSampling* sampling = ChannelCore.SamplingOf(core);
        if (sampling == null)
            return;

        StopStatistics(core);
        ArrayList.CleanUp(&sampling->List);
        Allocator.Release(core->Allocator, sampling);
        ChannelCore.SetSampling(core, null);
    }

    private static void ScheduleSample(ChannelCore* core, ChannelSampling* sampling, ulong now)
    {
        ulong intervalMs = StatisticsHandler.GetReportIntervalMs(sampling->Handler);
        ulong interval = intervalMs > ulong.MaxValue / NanosPerMilli ? ulong.MaxValue : intervalMs * NanosPerMilli;
        EventLoop.ScheduleTaskFuture(core->Loop, &sampling->Task, Clock.Later(now, interval));
    }

    private static void OnSample(aws_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        ChannelSampling* sampling = ChannelCore.SamplingOf(core);
        ulong now;
        if (status != AWS_TASK_STATUS_RUN_READY || sampling->Handler == null ||
            core->State >= ChannelState.EndingReads ||
            CurrentClockTime((aws_channel*)core, &now) != AWS_OP_SUCCESS)
        {
            return;
        }

        sampling->List.length = 0;
        for (aws_channel_slot* slot = core->First; slot != null; slot = slot->adj_right)
        {
            if (slot->handler != null && slot->handler->vtable->gather_statistics != null)
                slot->handler->vtable->gather_statistics(slot->handler, &sampling->List);
        }

        aws_crt_statistics_sample_interval interval = new()
        {
            begin_time_ms = sampling->IntervalStartMs,
            end_time_ms = now / NanosPerMilli,
        };
        StatisticsHandler.ProcessStatistics(sampling->Handler, &interval, &sampling->List, core);

        // The handler may have replaced itself, which schedules its own samples.
        if (sampling->Handler == null || sampling->Task.abi_extension.scheduled)
            return;

        ResetStatistics(core);
        sampling->IntervalStartMs = interval.end_time_ms;
        ScheduleSample(core, sampling, now);
    }

    private static void ResetStatistics(ChannelCore* core)
    {
        for (aws_channel_slot* slot = core->First; slot != null; slot = slot->adj_right)
        {
            if (slot->handler != null && slot->handler->vtable->reset_statistics != null)
                slot->handler->vtable->reset_statistics(slot->handler);
        }
    }
}
