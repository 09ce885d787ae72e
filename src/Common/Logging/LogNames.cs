// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Logging;

/// <summary>Levels and their names; subjects and theirs, which libraries register in blocks of 1024.</summary>
internal static unsafe class LogNames
{
    private const int BlockCount = 32;
    private const uint BlockMask = (1u << AWS_LOG_SUBJECT_STRIDE_BITS) - 1;

    [InlineArray(BlockCount)]
    private struct Blocks
    {
        private nint _first;
    }

    private static Blocks s_blocks;

    private static byte* Unknown => Literal.Of("Unknown"u8);

    /// <summary>The name of a level, a constant string. <paramref name="level_string"/> may be NULL.</summary>
    internal static int LogLevelToString(aws_log_level log_level, byte** level_string)
    {
        if (log_level >= AWS_LL_COUNT)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (level_string != null)
            *level_string = NameOf(log_level);

        return AWS_OP_SUCCESS;
    }

    /// <summary>The level of that name, in whatever case.</summary>
    internal static int ParseLevel(byte* level_string, aws_log_level* log_level)
    {
        if (level_string == null || log_level == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(level_string);
        for (aws_log_level level = AWS_LL_NONE; level < AWS_LL_COUNT; level++)
        {
            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(NameOf(level));
            if (!System.Text.Ascii.EqualsIgnoreCase(text, name))
                continue;

            *log_level = level;
            return AWS_OP_SUCCESS;
        }

        return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
    }

    /// <summary>The name that a subject was registered with, else a constant that says it is unknown.</summary>
    internal static byte* LogSubjectName(uint subject)
    {
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.LogSubjectName(subject);

        uint block = subject >> AWS_LOG_SUBJECT_STRIDE_BITS;
        if (block >= BlockCount)
            return Unknown;

        aws_log_subject_info_list* list = (aws_log_subject_info_list*)Volatile.Read(ref s_blocks[(int)block]);
        uint index = subject & BlockMask;
        return list == null || index >= list->count ? Unknown : list->subject_list[index].subject_name;
    }

    /// <summary>
    /// Makes subjects known by name. The list is ordered by number without gaps, and stays where it is until it is
    /// unregistered. A faulty list ends the process, for every later line would read it.
    /// </summary>
    internal static void RegisterLogSubjectInfoList(aws_log_subject_info_list* log_subject_list)
    {
        int block = BlockOf(log_subject_list);
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.RegisterLogSubjects(log_subject_list);
        else
            Volatile.Write(ref s_blocks[block], (nint)log_subject_list);
    }

    /// <summary>Forgets the names of a block of subjects.</summary>
    internal static void UnregisterLogSubjectInfoList(aws_log_subject_info_list* log_subject_list)
    {
        int block = BlockOf(log_subject_list);
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.UnregisterLogSubjects(log_subject_list);
        else
            Volatile.Write(ref s_blocks[block], 0);
    }

    private static int BlockOf(aws_log_subject_info_list* list)
    {
        if (list == null || list->subject_list == null || list->count == 0)
            Fatal.Stop("a list of log subjects has no entry"u8);

        uint block = list->subject_list[0].subject_id >> AWS_LOG_SUBJECT_STRIDE_BITS;
        if (block >= BlockCount)
            Fatal.Stop("a log subject's number is out of range"u8);

        return (int)block;
    }

    private static byte* NameOf(aws_log_level level) => level switch
    {
        AWS_LL_NONE => Literal.Of("NONE"u8),
        AWS_LL_FATAL => Literal.Of("FATAL"u8),
        AWS_LL_ERROR => Literal.Of("ERROR"u8),
        AWS_LL_WARN => Literal.Of("WARN"u8),
        AWS_LL_INFO => Literal.Of("INFO"u8),
        AWS_LL_DEBUG => Literal.Of("DEBUG"u8),
        _ => Literal.Of("TRACE"u8),
    };
}
