// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common;

/// <summary>
/// Makes the list that a library registers for its error codes. It is built once from one literal that holds, for each
/// code in turn, the constant's name and its description, each ended by NUL.
/// </summary>
internal static unsafe class ErrorInfoList
{
    /// <summary>
    /// The list in <paramref name="slot"/>, made on the first call. <paramref name="library"/> and
    /// <paramref name="entries"/> are literals; <paramref name="entries"/> begins with <paramref name="firstCode"/>.
    /// </summary>
    internal static aws_error_info_list* Get(
        ref nint slot,
        int firstCode,
        ReadOnlySpan<byte> library,
        ReadOnlySpan<byte> entries)
    {
        nint list = slot;
        return list != 0
            ? (aws_error_info_list*)list
            : (aws_error_info_list*)StaticMemory.PublishBlock(ref slot, Build(firstCode, library, entries));
    }

    private static aws_error_info_list* Build(int firstCode, ReadOnlySpan<byte> library, ReadOnlySpan<byte> entries)
    {
        int count = entries.Count((byte)0) / 2;
        nuint infosSize = (nuint)(count * sizeof(aws_error_info));
        nuint textSize = (nuint)(entries.Length + count * (library.Length + ": , "u8.Length));

        byte* block = (byte*)StaticMemory.Allocate((nuint)sizeof(aws_error_info_list) + infosSize + textSize);
        aws_error_info_list* list = (aws_error_info_list*)block;
        list->error_list = (aws_error_info*)(list + 1);
        list->count = (ushort)count;

        byte* entry = Literal.Of(entries);
        byte* text = (byte*)list->error_list + infosSize;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry);
            byte* description = entry + name.Length + 1;
            ReadOnlySpan<byte> words = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(description);
            aws_error_info* info = &list->error_list[i];
            info->error_code = firstCode + i;
            info->lib_name = Literal.Of(library);
            info->literal_name = entry;
            info->error_str = description;
            info->formatted_name = text;
            entry = description + words.Length + 1;

            text = Append(text, library, ": "u8);
            text = Append(text, name, ", "u8);
            text = Append(text, words, "\0"u8);
        }

        return list;
    }

    private static byte* Append(byte* to, ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        text.CopyTo(new Span<byte>(to, text.Length));
        end.CopyTo(new Span<byte>(to + text.Length, end.Length));
        return to + text.Length + end.Length;
    }
}
