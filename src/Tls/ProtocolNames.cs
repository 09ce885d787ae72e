// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop;

namespace Reseau.Native.Tls;

/// <summary>
/// Names of negotiated protocols, kept for as long as the process lives: programs look at the name when the channel
/// that had it is gone. There are few. Any thread.
/// </summary>
internal static unsafe class ProtocolNames
{
    private const int MaxCount = 64;

    private static nint s_newest;

    /// <summary>The lasting copy of a name, or the name itself if there are too many already.</summary>
    internal static aws_byte_cursor Keep(aws_byte_cursor name)
    {
        if (name.len == 0)
            return name;

        while (true)
        {
            Entry* newest = (Entry*)Volatile.Read(ref s_newest);
            for (Entry* entry = newest; entry != null; entry = entry->Older)
            {
                if (ByteCursor.Eq(&entry->Name, &name))
                    return entry->Name;
            }

            if (newest != null && newest->Number == MaxCount)
                return name;

            Entry* added = New(name, newest);
            if (Interlocked.CompareExchange(ref s_newest, (nint)added, (nint)newest) == (nint)newest)
                return added->Name;
            Platform.Heap.Free(added);
        }
    }

    private static Entry* New(aws_byte_cursor name, Entry* older)
    {
        Entry* entry = (Entry*)StaticMemory.Allocate((nuint)sizeof(Entry) + name.len);
        byte* bytes = (byte*)(entry + 1);
        NativeMemory.Copy(name.ptr, bytes, name.len);
        entry->Older = older;
        entry->Number = older == null ? 1 : older->Number + 1;
        entry->Name = new aws_byte_cursor { ptr = bytes, len = name.len };
        return entry;
    }

    private struct Entry
    {
        internal Entry* Older;
        internal int Number;
        internal aws_byte_cursor Name;
    }
}
