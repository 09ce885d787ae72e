// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class StatisticsHandler
{
    /// <summary>aws_crt_statistics_handler_process_statistics</summary>
    internal static void ProcessStatistics(aws_crt_statistics_handler* handler, aws_crt_statistics_sample_interval* interval, aws_array_list* stats, void* context) => throw new System.NotImplementedException();

    /// <summary>aws_crt_statistics_handler_get_report_interval_ms</summary>
    internal static ulong GetReportIntervalMs(aws_crt_statistics_handler* handler) => throw new System.NotImplementedException();

    /// <summary>aws_crt_statistics_handler_destroy</summary>
    internal static void Destroy(aws_crt_statistics_handler* handler) => throw new System.NotImplementedException();
}
