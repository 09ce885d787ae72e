// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/statistics.h&gt;.</summary>
public static unsafe class Exports_common_statistics
{
    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_handler_process_statistics", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_handler_process_statistics(aws_crt_statistics_handler* handler, aws_crt_statistics_sample_interval* interval, aws_array_list* stats, void* context) => StatisticsHandler.ProcessStatistics(handler, interval, stats, context);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_handler_get_report_interval_ms", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_crt_statistics_handler_get_report_interval_ms(aws_crt_statistics_handler* handler) => StatisticsHandler.GetReportIntervalMs(handler);

    [UnmanagedCallersOnly(EntryPoint = "aws_crt_statistics_handler_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_crt_statistics_handler_destroy(aws_crt_statistics_handler* handler) => StatisticsHandler.Destroy(handler);
}
