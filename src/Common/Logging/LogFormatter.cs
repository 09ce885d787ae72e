// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Logging;

/// <summary>Makes lines of log statements. What takes a va_list is in the shim.</summary>
internal static unsafe class LogFormatter
{
    /// <summary>A formatter of the standard line: level, time in UTC, thread, subject, message.</summary>
    internal static int InitDefault(
        aws_log_formatter* formatter, aws_allocator* allocator, aws_log_formatter_standard_options* options)
    {
        if (formatter == null || allocator == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_date_format* format = (aws_date_format*)Allocator.Calloc(allocator, 1, sizeof(aws_date_format));
        *format = options->date_format;
        *formatter = new aws_log_formatter
        {
            vtable = VariadicLogging.FormatterVtable(),
            allocator = allocator,
            impl = format,
        };
        return AWS_OP_SUCCESS;
    }

    /// <summary>Ends any formatter, through its vtable.</summary>
    internal static void CleanUp(aws_log_formatter* formatter)
    {
        if (formatter == null || formatter->vtable == null || formatter->vtable->clean_up == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            formatter->vtable->clean_up(formatter);
    }

    /// <summary>The clean-up of a formatter made by <see cref="InitDefault"/>.</summary>
    internal static void Free(aws_log_formatter* formatter) => Allocator.Release(formatter->allocator, formatter->impl);
}
