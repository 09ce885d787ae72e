// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Logging;

/// <summary>What stands before the message in a standard line: "[LEVEL] [time] [thread] [subject] - ".</summary>
internal static unsafe class LogLinePrefix
{
    /// <summary>
    /// Writes it into the line's buffer, without a NUL, cut off at <paramref name="capacity"/>. A level that does not
    /// exist, and a time that finds no room, raise AWS_ERROR_INVALID_ARGUMENT.
    /// </summary>
    internal static int Write(aws_logging_standard_formatting_data* data, nuint capacity, nuint* length)
    {
        byte* level;
        if (LogNames.LogLevelToString(data->level, &level) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        Span<byte> line = new(data->log_line_buffer, (int)Math.Min(capacity, int.MaxValue));
        int written = 0;
        Put(line, ref written, "["u8);
        Put(line, ref written, level);
        Put(line, ref written, "] ["u8);
        if (written < line.Length && !PutTime(line, ref written, data->date_format))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* thread = stackalloc byte[Threads.IdTextSize];
        Threads.IdToString((aws_thread_id_t)Threads.CurrentId(), thread, Threads.IdTextSize);
        Put(line, ref written, "] ["u8);
        Put(line, ref written, thread);
        Put(line, ref written, "] "u8);
        if (data->subject_name != null)
        {
            Put(line, ref written, "["u8);
            Put(line, ref written, data->subject_name);
            Put(line, ref written, "]"u8);
        }

        Put(line, ref written, " - "u8);
        *length = (nuint)written;
        return AWS_OP_SUCCESS;
    }

    private static bool PutTime(Span<byte> line, ref int written, aws_date_format format)
    {
        ulong now = 0;
        Clock.SystemTicks(&now);
        tm time = Calendar.ToUtc((long)(now / Clock.NanosecondsPerSecond));
        int length = DateText.Format(time, format, false, false, line[written..]);
        written += length;
        return length > 0;
    }

    private static void Put(Span<byte> line, ref int written, byte* text) =>
        Put(line, ref written, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static void Put(Span<byte> line, ref int written, ReadOnlySpan<byte> text)
    {
        int count = Math.Min(text.Length, line.Length - written);
        text[..count].CopyTo(line[written..]);
        written += count;
    }
}
