// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary>Calls a user's receiver of statistics through its vtable, on the channel's thread.</summary>
internal static unsafe class StatisticsHandler
{
    /// <summary>
    /// Hands over the samples of an interval; <paramref name="stats"/> holds aws_crt_statistics_base pointers.
    /// </summary>
    internal static void ProcessStatistics(
        aws_crt_statistics_handler* handler,
        aws_crt_statistics_sample_interval* interval,
        aws_array_list* stats,
        void* context)
    {
        if (handler == null || handler->vtable == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            handler->vtable->process_statistics(handler, interval, stats, context);
    }

    /// <summary>How often the receiver gets samples, in milliseconds.</summary>
    internal static ulong GetReportIntervalMs(aws_crt_statistics_handler* handler)
    {
        if (handler != null && handler->vtable != null)
            return handler->vtable->get_report_interval_ms(handler);

        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return 0;
    }

    /// <summary>Lets the receiver free itself. NULL is allowed.</summary>
    internal static void Destroy(aws_crt_statistics_handler* handler)
    {
        if (handler != null && handler->vtable != null)
            handler->vtable->destroy(handler);
    }
}
