// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Logger
{
    /// <summary>aws_logger_set</summary>
    internal static void Set(aws_logger* logger) => throw new System.NotImplementedException();

    /// <summary>aws_logger_get</summary>
    internal static aws_logger* Get() => throw new System.NotImplementedException();

    /// <summary>aws_logger_get_conditional</summary>
    internal static aws_logger* GetConditional(uint subject, aws_log_level level) => throw new System.NotImplementedException();

    /// <summary>aws_logger_clean_up</summary>
    internal static void CleanUp(aws_logger* logger) => throw new System.NotImplementedException();

    /// <summary>aws_logger_set_log_level</summary>
    internal static int SetLogLevel(aws_logger* logger, aws_log_level level) => throw new System.NotImplementedException();

    /// <summary>aws_logger_init_standard</summary>
    internal static int InitStandard(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_logger_init_from_external</summary>
    internal static int InitFromExternal(aws_logger* logger, aws_allocator* allocator, aws_log_formatter* formatter, aws_log_channel* channel, aws_log_writer* writer, aws_log_level level) => throw new System.NotImplementedException();

    /// <summary>aws_logger_init_noalloc</summary>
    internal static int InitNoalloc(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) => throw new System.NotImplementedException();
}
