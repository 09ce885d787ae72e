// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// The process's logger, kept by the <see cref="ExternalCommon"/> if there is one, and what every logger can do.
/// Whoever sets a logger keeps it, and keeps it alive until another one is set and no thread can still be using it.
/// </summary>
internal static unsafe class Logger
{
    // NULL stands for the logger that drops everything.
    private static nint s_root;

    /// <summary>Makes a logger the process's own; NULL makes it drop everything, as it does at first.</summary>
    internal static void Set(aws_logger* logger)
    {
        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.SetLogger(logger);
            return;
        }

        Volatile.Write(ref s_root, (nint)logger);
        VariadicLogging.Know(logger, false);
    }

    /// <summary>The process's logger, never NULL.</summary>
    internal static aws_logger* Get()
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.GetLogger();

        aws_logger* logger = (aws_logger*)Volatile.Read(ref s_root);
        return logger != null ? logger : NullLogger.Instance;
    }

    /// <summary>
    /// Whether there is a logger at all, which most processes do not have: the one question on every path.
    /// </summary>
    internal static bool IsThere => Volatile.Read(ref s_root) != 0 || ExternalCommon.IsPresent;

    /// <summary>The process's logger if it takes lines of that level about that subject, else NULL.</summary>
    internal static aws_logger* GetConditional(uint subject, aws_log_level level)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.GetLoggerConditional(subject, level);

        aws_logger* logger = (aws_logger*)Volatile.Read(ref s_root);
        if (logger == null)
            return level == AWS_LL_NONE ? NullLogger.Instance : null;

        return logger->vtable->get_log_level(logger, subject) < level ? null : logger;
    }

    /// <summary>
    /// Frees what the logger holds, through its vtable. The process's logger must be another one by then.
    /// </summary>
    internal static void CleanUp(aws_logger* logger)
    {
        if (logger == null || logger->vtable == null || logger->vtable->clean_up == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            logger->vtable->clean_up(logger);
    }

    /// <summary>
    /// Changes the level at which a logger takes lines; AWS_ERROR_UNIMPLEMENTED if it has no such thing.
    /// </summary>
    internal static int SetLogLevel(aws_logger* logger, aws_log_level level)
    {
        if (logger == null || logger->vtable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return logger->vtable->set_log_level == null
            ? Errors.Raise(AWS_ERROR_UNIMPLEMENTED)
            : logger->vtable->set_log_level(logger, level);
    }

    /// <summary>
    /// A logger that formats on the calling thread and writes on its own; see <see cref="PipelineLogger"/>.
    /// </summary>
    internal static int InitStandard(
        aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) =>
        PipelineLogger.InitStandard(logger, allocator, options);

    /// <summary>A logger of the caller's parts, which stay the caller's; see <see cref="PipelineLogger"/>.</summary>
    internal static int InitFromExternal(
        aws_logger* logger,
        aws_allocator* allocator,
        aws_log_formatter* formatter,
        aws_log_channel* channel,
        aws_log_writer* writer,
        aws_log_level level) =>
        PipelineLogger.InitFromExternal(logger, allocator, formatter, channel, writer, level);

    /// <summary>A logger that writes on the calling thread; see <see cref="NoallocLogger"/>.</summary>
    internal static int InitNoalloc(
        aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) =>
        NoallocLogger.Init(logger, allocator, options);
}
