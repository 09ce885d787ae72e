// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Somebody who waits for events of an object; part of a list, in the memory of who waits.</summary>
internal unsafe struct Watch
{
    internal Watch* Next;
    internal Watch* Previous;

    /// <summary>POLLIN and the like; errors and hang-ups always.</summary>
    internal uint Events;

    /// <summary>
    /// Called under the lock of the list, on any thread, with what may have happened: a hint to look again.
    /// </summary>
    internal delegate*<Watch*, void> Notify;
    internal void* State;
    internal bool IsLinked;

    /// <summary>Of a queue, not of a call: it outlasts the object.</summary>
    internal bool IsRegistration;
}

/// <summary>
/// Who waits for events of an object. Who makes something happen changes the object first and raises the event after;
/// who waits adds the watch first and looks at the object after: one of the two sees the other.
/// </summary>
internal unsafe struct WatchList
{
    private aws_mutex _lock;
    private Watch* _first;
    private int _count;

    internal static void Init(WatchList* list) => Mutex.Init(&list->_lock);

    internal static void CleanUp(WatchList* list) => Mutex.CleanUp(&list->_lock);

    internal static void Add(WatchList* list, Watch* watch)
    {
        Mutex.Lock(&list->_lock);
        watch->Next = list->_first;
        watch->Previous = null;
        if (list->_first != null)
            list->_first->Previous = watch;
        list->_first = watch;
        watch->IsLinked = true;
        Interlocked.Increment(ref list->_count);
        Mutex.Unlock(&list->_lock);
    }

    /// <summary>Afterwards it is not notified any more. False if it was not in the list.</summary>
    internal static bool Remove(WatchList* list, Watch* watch)
    {
        Mutex.Lock(&list->_lock);
        bool wasLinked = watch->IsLinked;
        if (wasLinked)
            Unlink(list, watch);
        Mutex.Unlock(&list->_lock);
        return wasLinked;
    }

    /// <summary>Takes out any one that is a registration; null if there is none.</summary>
    internal static Watch* RemoveRegistration(WatchList* list)
    {
        Mutex.Lock(&list->_lock);
        Watch* watch = list->_first;
        while (watch != null && !watch->IsRegistration)
            watch = watch->Next;
        if (watch != null)
            Unlink(list, watch);
        Mutex.Unlock(&list->_lock);
        return watch;
    }

    /// <summary>Something may have happened.</summary>
    internal static void Raise(WatchList* list, uint events)
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref list->_count) != 0)
            Notify(list, events);
    }

    private static void Notify(WatchList* list, uint events)
    {
        Mutex.Lock(&list->_lock);
        for (Watch* watch = list->_first; watch != null; watch = watch->Next)
        {
            if ((watch->Events & events) != 0)
                watch->Notify(watch);
        }

        Mutex.Unlock(&list->_lock);
    }

    private static void Unlink(WatchList* list, Watch* watch)
    {
        if (watch->Previous == null)
            list->_first = watch->Next;
        else
            watch->Previous->Next = watch->Next;
        if (watch->Next != null)
            watch->Next->Previous = watch->Previous;
        watch->IsLinked = false;
        Interlocked.Decrement(ref list->_count);
    }
}
