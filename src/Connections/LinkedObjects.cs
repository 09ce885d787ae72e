// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>Objects of the program's that are freed with one of ours. Used under the owner's lock.</summary>
internal unsafe struct LinkedObjects
{
    private struct Link
    {
        internal Link* Next;
        internal void* Object;
        internal delegate* unmanaged[Cdecl]<void*, void> Destroy;
    }

    private Link* _first;
    private bool _isClosed;

    /// <summary>False when there is no adding any more: then the object is the caller's to free.</summary>
    internal static bool TryAdd(LinkedObjects* links, void* item, delegate* unmanaged[Cdecl]<void*, void> destroy)
    {
        if (links->_isClosed)
            return false;

        Link* link = Allocator.New<Link>(Allocator.Default());
        link->Object = item;
        link->Destroy = destroy;
        link->Next = links->_first;
        links->_first = link;
        return true;
    }

    /// <summary>Takes them out; none is added any more.</summary>
    internal static LinkedObjects Take(LinkedObjects* links)
    {
        LinkedObjects taken = *links;
        links->_first = null;
        links->_isClosed = true;
        return taken;
    }

    /// <summary>Not under a lock: the program's functions are called.</summary>
    internal static void Free(LinkedObjects* links)
    {
        while (links->_first != null)
        {
            Link* link = links->_first;
            links->_first = link->Next;
            link->Destroy(link->Object);
            Allocator.Release(Allocator.Default(), link);
        }
    }
}
