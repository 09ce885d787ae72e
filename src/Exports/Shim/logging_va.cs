// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>What the C shim's src/Shim/logging_va.c calls.</summary>
public static unsafe class Exports_shim_logging_va
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_write_prefix", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_logging_write_prefix(
        aws_logging_standard_formatting_data* data, nuint capacity, nuint* length) =>
        LogLinePrefix.Write(data, capacity, length);

    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_noalloc_write", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_logging_noalloc_write(aws_logger* logger, byte* line, nuint length) =>
        NoallocLogger.Write(logger, line, length);

    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_noalloc_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_logging_noalloc_clean_up(aws_logger* logger) => NoallocLogger.CleanUp(logger);

    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_pipeline_clean_up_owned", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_logging_pipeline_clean_up_owned(aws_logger* logger) =>
        PipelineLogger.CleanUpOwned(logger);

    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_pipeline_clean_up_external", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_logging_pipeline_clean_up_external(aws_logger* logger) =>
        PipelineLogger.CleanUpExternal(logger);

    [UnmanagedCallersOnly(EntryPoint = "reseau_logging_formatter_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_logging_formatter_clean_up(aws_log_formatter* formatter) => LogFormatter.Free(formatter);
}
