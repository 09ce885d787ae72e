// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Logging;

/// <summary>
/// A logger of three parts: a formatter makes a line, a channel takes it, perhaps to another thread, and a writer puts
/// it where it is kept. The variadic part is in the shim.
/// </summary>
internal static unsafe class PipelineLogger
{
    /// <summary>
    /// Makes a logger that writes to a file by name, appending, or to the caller's FILE, on a thread of its own.
    /// Exactly one of the two is given.
    /// </summary>
    internal static int InitStandard(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options)
    {
        if (logger == null || allocator == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_logger_pipeline* pipeline = New<aws_logger_pipeline>(allocator);
        pipeline->allocator = allocator;
        pipeline->writer = New<aws_log_writer>(allocator);
        pipeline->formatter = New<aws_log_formatter>(allocator);
        pipeline->channel = New<aws_log_channel>(allocator);
        pipeline->level.value = (void*)(nuint)options->level;
        if (InitParts(pipeline, options) != AWS_OP_SUCCESS)
        {
            Free(pipeline);
            return AWS_OP_ERR;
        }

        *logger = new aws_logger
        {
            vtable = VariadicLogging.PipelineVtable(true),
            allocator = allocator,
            p_impl = pipeline,
        };
        return AWS_OP_SUCCESS;
    }

    /// <summary>Makes a logger of parts that stay the caller's and outlive it.</summary>
    internal static int InitFromExternal(
        aws_logger* logger,
        aws_allocator* allocator,
        aws_log_formatter* formatter,
        aws_log_channel* channel,
        aws_log_writer* writer,
        aws_log_level level)
    {
        if (logger == null || allocator == null || formatter == null || channel == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_logger_pipeline* pipeline = New<aws_logger_pipeline>(allocator);
        pipeline->allocator = allocator;
        pipeline->formatter = formatter;
        pipeline->channel = channel;
        pipeline->writer = writer;
        pipeline->level.value = (void*)(nuint)level;
        *logger = new aws_logger
        {
            vtable = VariadicLogging.PipelineVtable(false),
            allocator = allocator,
            p_impl = pipeline,
        };
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// The end of a logger with its own parts. The channel goes first: it may still have lines to write.
    /// </summary>
    internal static void CleanUpOwned(aws_logger* logger)
    {
        aws_logger_pipeline* pipeline = (aws_logger_pipeline*)logger->p_impl;
        LogChannel.CleanUp(pipeline->channel);
        LogFormatter.CleanUp(pipeline->formatter);
        LogWriter.CleanUp(pipeline->writer);
        Free(pipeline);
    }

    /// <summary>The end of a logger whose parts are the caller's.</summary>
    internal static void CleanUpExternal(aws_logger* logger)
    {
        aws_logger_pipeline* pipeline = (aws_logger_pipeline*)logger->p_impl;
        Allocator.Release(pipeline->allocator, pipeline);
    }

    private static int InitParts(aws_logger_pipeline* pipeline, aws_logger_standard_options* options)
    {
        aws_log_writer_file_options file = new() { filename = options->filename, file = options->file };
        if (LogWriter.InitFile(pipeline->writer, pipeline->allocator, &file) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_log_formatter_standard_options format = new() { date_format = AWS_DATE_FORMAT_ISO_8601 };
        if (LogFormatter.InitDefault(pipeline->formatter, pipeline->allocator, &format) == AWS_OP_SUCCESS)
        {
            if (LogChannel.InitBackground(pipeline->channel, pipeline->allocator, pipeline->writer) == AWS_OP_SUCCESS)
                return AWS_OP_SUCCESS;

            LogFormatter.CleanUp(pipeline->formatter);
        }

        LogWriter.CleanUp(pipeline->writer);
        return AWS_OP_ERR;
    }

    private static void Free(aws_logger_pipeline* pipeline)
    {
        aws_allocator* allocator = pipeline->allocator;
        Allocator.Release(allocator, pipeline->channel);
        Allocator.Release(allocator, pipeline->formatter);
        Allocator.Release(allocator, pipeline->writer);
        Allocator.Release(allocator, pipeline);
    }

    private static T* New<T>(aws_allocator* allocator) where T : unmanaged =>
        (T*)Allocator.Calloc(allocator, 1, (nuint)sizeof(T));
}
