// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.FileSystem;

/// <summary>A directory's entries as they were when it was read, and a position among them.</summary>
internal static unsafe class DirectoryIterator
{
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal aws_allocator* Allocator;
        internal aws_linked_list Entries;
        internal Entry* Current;
    }

    /// <summary>The texts of both paths stand behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        internal aws_linked_list_node Node;
        internal aws_directory_entry Value;
    }

    /// <summary>
    /// Reads a directory; NULL with an error raised if that fails. The position is on the first entry.
    /// </summary>
    internal static aws_directory_iterator* New(aws_allocator* allocator, aws_string* path)
    {
        if (allocator == null || path == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return null;
        }

        State* state = (State*)Allocator.Calloc(allocator, 1, (nuint)sizeof(State));
        if (state == null)
            return null;

        state->Allocator = allocator;
        LinkedList.Init(&state->Entries);
        if (DirectoryTraversal.Run(allocator, path, false, &Add, state) != AWS_OP_SUCCESS)
        {
            Destroy((aws_directory_iterator*)state);
            return null;
        }

        if (!LinkedList.IsEmpty(&state->Entries))
            state->Current = (Entry*)LinkedList.Front(&state->Entries);

        return (aws_directory_iterator*)state;
    }

    /// <summary>One on; raises AWS_ERROR_LIST_EMPTY, and stays, on the last entry.</summary>
    internal static int Next(aws_directory_iterator* iterator)
    {
        State* state = (State*)iterator;
        if (state == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (state->Current == null || state->Current->Node.next == LinkedList.End(&state->Entries))
            return Errors.Raise(AWS_ERROR_LIST_EMPTY);

        state->Current = (Entry*)state->Current->Node.next;
        return AWS_OP_SUCCESS;
    }

    /// <summary>One back; raises AWS_ERROR_LIST_EMPTY, and stays, on the first entry.</summary>
    internal static int Previous(aws_directory_iterator* iterator)
    {
        State* state = (State*)iterator;
        if (state == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (state->Current == null || &state->Current->Node == LinkedList.Begin(&state->Entries))
            return Errors.Raise(AWS_ERROR_LIST_EMPTY);

        state->Current = (Entry*)state->Current->Node.prev;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Frees the iterator with all entries. NULL is allowed.</summary>
    internal static void Destroy(aws_directory_iterator* iterator)
    {
        State* state = (State*)iterator;
        if (state == null)
            return;

        while (!LinkedList.IsEmpty(&state->Entries))
            Allocator.Release(state->Allocator, LinkedList.PopFront(&state->Entries));

        Allocator.Release(state->Allocator, state);
    }

    /// <summary>
    /// The entry at the position, which lives as long as the iterator; NULL if the directory is empty.
    /// </summary>
    internal static aws_directory_entry* Value(aws_directory_iterator* iterator)
    {
        State* state = (State*)iterator;
        return state == null || state->Current == null ? null : &state->Current->Value;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool Add(aws_directory_entry* entry, void* userData)
    {
        State* state = (State*)userData;
        nuint size = (nuint)sizeof(Entry) + entry->path.len + 1 + entry->relative_path.len + 1;
        Entry* copy = (Entry*)Allocator.Calloc(state->Allocator, 1, size);
        if (copy == null)
            return false;

        byte* texts = (byte*)(copy + 1);
        copy->Value = *entry;
        copy->Value.path = CopyText(texts, entry->path);
        copy->Value.relative_path = CopyText(texts + entry->path.len + 1, entry->relative_path);
        LinkedList.PushBack(&state->Entries, &copy->Node);
        return true;
    }

    private static aws_byte_cursor CopyText(byte* target, aws_byte_cursor text)
    {
        Unsafe.CopyBlock(target, text.ptr, (uint)text.len);
        return new aws_byte_cursor { ptr = target, len = text.len };
    }
}
