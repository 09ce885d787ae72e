// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop;

namespace Reseau.Native.Runtime;

/// <summary>The C half of logging: the entries of its vtables are variadic, which C# cannot write or call.</summary>
internal static unsafe class VariadicLogging
{
    /// <summary>Hands one finished line to the current logger.</summary>
    internal static void Write(aws_log_level level, uint subject, byte* text, nuint length) =>
        Shim.reseau_log(level, subject, text, length);

    /// <summary>Says to C which logger the process has, or that an external library keeps it.</summary>
    internal static void Know(aws_logger* logger, bool isExternal) =>
        Shim.reseau_task_know_logger(logger, isExternal);

    /// <summary>For loggers whose p_impl is an aws_logger_pipeline; owned ones clean up its parts.</summary>
    internal static aws_logger_vtable* PipelineVtable(bool isOwned) => Shim.reseau_logging_pipeline_vtable(isOwned);

    /// <summary>For loggers whose p_impl begins with the level.</summary>
    internal static aws_logger_vtable* NoallocVtable() => Shim.reseau_logging_noalloc_vtable();

    /// <summary>For formatters whose impl is an aws_date_format.</summary>
    internal static aws_log_formatter_vtable* FormatterVtable() => Shim.reseau_logging_formatter_vtable();
}
