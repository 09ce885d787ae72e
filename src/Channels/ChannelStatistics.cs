// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Channels;

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

        core->StatisticsHandler = handler;
        core->StatisticsIntervalStartMs = now / NanosPerMilli;
        if (core->StatisticsList.alloc == null)
            ArrayList.InitDynamic(&core->StatisticsList, core->Allocator, 4, (nuint)sizeof(aws_crt_statistics_base*));
        ResetStatistics(core);
        ScheduledTask.Init(&core->StatisticsTask, &OnSample, core, Literal.Of("channel_statistics"u8));
        ScheduleSample(core, now);
        return AWS_OP_SUCCESS;
    }

    private static void StopStatistics(ChannelCore* core)
    {
        aws_crt_statistics_handler* handler = core->StatisticsHandler;
        if (handler != null)
        {
            core->StatisticsHandler = null;
            EventLoop.CancelTask(core->Loop, &core->StatisticsTask);
            StatisticsHandler.Destroy(handler);
        }

        if (core->State == ChannelState.ShutDown)
            ArrayList.CleanUp(&core->StatisticsList);
    }

    private static void ScheduleSample(ChannelCore* core, ulong now)
    {
        ulong intervalMs = StatisticsHandler.GetReportIntervalMs(core->StatisticsHandler);
        ulong interval = intervalMs > ulong.MaxValue / NanosPerMilli ? ulong.MaxValue : intervalMs * NanosPerMilli;
        ulong due = now + interval < now ? ulong.MaxValue : now + interval;
        EventLoop.ScheduleTaskFuture(core->Loop, &core->StatisticsTask, due);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSample(aws_task* task, void* arg, aws_task_status status)
    {
        ChannelCore* core = (ChannelCore*)arg;
        ulong now;
        if (status != AWS_TASK_STATUS_RUN_READY || core->StatisticsHandler == null ||
            core->State >= ChannelState.ShuttingDown ||
            CurrentClockTime((aws_channel*)core, &now) != AWS_OP_SUCCESS)
        {
            return;
        }

        core->StatisticsList.length = 0;
        for (aws_channel_slot* slot = core->First; slot != null; slot = slot->adj_right)
        {
            if (slot->handler != null && slot->handler->vtable->gather_statistics != null)
                slot->handler->vtable->gather_statistics(slot->handler, &core->StatisticsList);
        }

        aws_crt_statistics_sample_interval interval = new()
        {
            begin_time_ms = core->StatisticsIntervalStartMs,
            end_time_ms = now / NanosPerMilli,
        };
        StatisticsHandler.ProcessStatistics(core->StatisticsHandler, &interval, &core->StatisticsList, core);

        // The handler may have replaced itself, which schedules its own samples.
        if (core->StatisticsHandler == null || core->StatisticsTask.abi_extension.scheduled)
            return;

        ResetStatistics(core);
        core->StatisticsIntervalStartMs = interval.end_time_ms;
        ScheduleSample(core, now);
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
