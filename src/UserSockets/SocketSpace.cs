// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// What a process has of sockets in user space: its descriptors, and which transport serves which family. A child that
/// was forked finds an empty one: what its parent had may be half changed, and is the parent's.
/// </summary>
internal unsafe struct SocketSpace
{
    private static nint s_space;

    internal DescriptorTable Table;
    internal TransportSelection Selection;
    private int _forks;

    // What the parent had, and nobody frees: known to checkers of leaks.
    private SocketSpace* _parents;
    private bool _hasManyProcessors;

    internal static SocketSpace* Current
    {
        get
        {
            SocketSpace* space = (SocketSpace*)Volatile.Read(ref s_space);
            return space != null && space->_forks == Fork.Count ? space : Replace(space);
        }
    }

    internal static bool HasManyProcessors => Current->_hasManyProcessors;

    private static SocketSpace* Replace(SocketSpace* old)
    {
        SocketSpace* space = (SocketSpace*)StaticMemory.Allocate((nuint)sizeof(SocketSpace));
        space->_forks = Fork.Count;
        space->_parents = old;
        space->_hasManyProcessors = Platform.SystemInfo.ProcessorCount() > 1;
        uint before = old == null ? 0 : old->Table.FirstGeneration + DescriptorTable.Generations / 8;
        DescriptorTable.Init(&space->Table, before + 1);
        TransportSelection.Init(&space->Selection);
        nint first = Interlocked.CompareExchange(ref s_space, (nint)space, (nint)old);
        if (first == (nint)old)
            return space;

        Platform.Heap.Free(space);
        return (SocketSpace*)first;
    }
}
