// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// What a launched thread takes with it, from its allocator. A managed thread's record outlives the thread: it stays
/// in the list of finished threads until somebody has joined it.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadRecord
{
    internal aws_linked_list_node Node;
    internal aws_allocator* Allocator;
    internal delegate* unmanaged[Cdecl]<void*, void> Function;
    internal void* Argument;

    /// <summary>What a managed thread is joined by.</summary>
    internal ulong Thread;
    internal bool IsManaged;
    internal bool BindMemory;
    internal fixed byte Name[Platform.Thread.NameCapacity];

    /// <summary>Keeps as much of the name as the kernel takes; a longer one would be refused altogether.</summary>
    internal void SetName(aws_byte_cursor name)
    {
        int length = 0;
        while (length < Platform.Thread.NameCapacity - 1 && (nuint)length < name.len && name.ptr[length] != 0)
        {
            Name[length] = name.ptr[length];
            length++;
        }

        // Not through the middle of a UTF-8 sequence.
        bool isCut = (nuint)length < name.len && (name.ptr[length] & 0xC0) == 0x80;
        while (isCut && length > 0 && (Name[length - 1] & 0xC0) == 0x80)
            length--;
        if (isCut && length > 0)
            length--;

        Name[length] = 0;
    }
}
