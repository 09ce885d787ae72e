// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Channels.Handlers;

/// <summary>
/// What every TLS handler has, also one that a program brings itself: the statistics, and the deadline of the
/// handshake. Event-loop thread only.
/// </summary>
internal static unsafe class TlsHandlerShared
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Whether Apple's SecItem is in use, which it never is here.</summary>
    internal static bool IsUsingSecitem() => false;

    /// <summary>Takes the time limit from the options, which need not live on.</summary>
    internal static void Init(
        aws_tls_channel_handler_shared* shared, aws_channel_handler* handler, aws_tls_connection_options* options)
    {
        if (shared == null || handler == null || options == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        shared->handler = handler;
        shared->tls_timeout_ms = options->timeout_ms;
        shared->timeout_task = default;
        TlsStatistics.Init(&shared->stats);
    }

    /// <summary>Takes back the deadline, if it still runs. Event-loop thread only.</summary>
    internal static void CleanUp(aws_tls_channel_handler_shared* shared)
    {
        if (shared != null && shared->handler != null && LinkedList.IsInList(&shared->timeout_task.node))
            Channel.CancelTask(shared->handler->slot->channel, &shared->timeout_task);
    }

    /// <summary>
    /// Lets the time limit run from now on, although there is no handshake yet: a server does not wait for ever for a
    /// client's first byte. Once, by a handler that is in its channel. Without a clock there is no limit, and therefore
    /// no connection.
    /// </summary>
    internal static void StartDeadline(aws_tls_channel_handler_shared* shared)
    {
        if (shared->tls_timeout_ms == 0 || shared->timeout_task.task_fn != null)
            return;

        aws_channel* channel = shared->handler->slot->channel;
        ulong now = 0;
        if (Channel.CurrentClockTime(channel, &now) != AWS_OP_SUCCESS)
        {
            Channel.Shutdown(channel, AWS_ERROR_CLOCK_FAILURE);
            return;
        }

        ulong deadline = Clock.Later(now, shared->tls_timeout_ms * NanosecondsPerMillisecond);
        ChannelTask.Init(&shared->timeout_task, &OnTimeout, shared, Literal.Of("tls_timeout"u8));
        Channel.ScheduleTaskFuture(channel, &shared->timeout_task, deadline);
    }

    /// <summary>The handshake goes on; its clock starts with the first call.</summary>
    internal static void OnDriveNegotiation(aws_tls_channel_handler_shared* shared)
    {
        if (shared == null || shared->stats.handshake_status != AWS_TLS_NEGOTIATION_STATUS_NONE)
            return;

        aws_channel* channel = shared->handler->slot->channel;
        ulong now = 0;
        Channel.CurrentClockTime(channel, &now);
        shared->stats.handshake_status = AWS_TLS_NEGOTIATION_STATUS_ONGOING;
        shared->stats.handshake_start_ns = now;
        StartDeadline(shared);
    }

    /// <summary>The handshake has ended, well or not.</summary>
    internal static void OnNegotiationCompleted(aws_tls_channel_handler_shared* shared, int error_code)
    {
        if (shared == null)
            return;

        shared->stats.handshake_status = error_code == AWS_ERROR_SUCCESS
            ? AWS_TLS_NEGOTIATION_STATUS_SUCCESS
            : AWS_TLS_NEGOTIATION_STATUS_FAILURE;
        Channel.CurrentClockTime(shared->handler->slot->channel, &shared->stats.handshake_end_ns);
    }

    private static void OnTimeout(aws_channel_task* task, void* arg, aws_task_status status)
    {
        aws_tls_channel_handler_shared* shared = (aws_tls_channel_handler_shared*)arg;
        bool isPending = shared->stats.handshake_status
            is AWS_TLS_NEGOTIATION_STATUS_NONE or AWS_TLS_NEGOTIATION_STATUS_ONGOING;
        if (status != AWS_TASK_STATUS_RUN_READY || !isPending)
            return;

        Log.Write(
            AWS_LL_WARN,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)shared->handler:x}: no handshake within {shared->tls_timeout_ms} ms");
        Channel.Shutdown(shared->handler->slot->channel, AWS_IO_TLS_NEGOTIATION_TIMEOUT);
    }
}
