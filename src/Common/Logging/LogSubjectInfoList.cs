// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// Makes the list that a library registers for its log subjects, from one literal that holds, for each subject in turn,
/// its name and its description, each ended by NUL.
/// </summary>
internal static unsafe class LogSubjectInfoList
{
    /// <summary>
    /// The list in <paramref name="slot"/>, made on the first call; <paramref name="entries"/> is a literal that begins
    /// with <paramref name="firstSubject"/>.
    /// </summary>
    internal static aws_log_subject_info_list* Get(ref nint slot, uint firstSubject, ReadOnlySpan<byte> entries)
    {
        nint list = slot;
        return list != 0
            ? (aws_log_subject_info_list*)list
            : (aws_log_subject_info_list*)StaticMemory.PublishBlock(ref slot, Build(firstSubject, entries));
    }

    private static aws_log_subject_info_list* Build(uint firstSubject, ReadOnlySpan<byte> entries)
    {
        int count = entries.Count((byte)0) / 2;
        nuint size = (nuint)(sizeof(aws_log_subject_info_list) + count * sizeof(aws_log_subject_info));
        aws_log_subject_info_list* list = (aws_log_subject_info_list*)StaticMemory.Allocate(size);
        list->subject_list = (aws_log_subject_info*)(list + 1);
        list->count = (nuint)count;

        byte* entry = Literal.Of(entries);
        for (int i = 0; i < count; i++)
        {
            aws_log_subject_info* info = &list->subject_list[i];
            info->subject_id = firstSubject + (uint)i;
            info->subject_name = entry;
            info->subject_description = entry + ByteArray.Length(entry) + 1;
            entry = info->subject_description + ByteArray.Length(info->subject_description) + 1;
        }

        return list;
    }
}
