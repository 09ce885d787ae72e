// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Platform;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>
/// What an epoll descriptor stands for. Locks, in the order in which they may be taken: that of registrations, that of
/// a watched object's watches, that of what is ready.
/// </summary>
internal unsafe struct EventQueue
{
    private const int Buckets = 256;
    private const int None = -1;

    private Description _description;
    private aws_mutex _lock;
    private int _epollCount;
    private bool _isInAnother;

    private static nint s_nesting;

    private aws_mutex _readyLock;
    private Registration* _firstReady;
    private Registration* _lastReady;
    private int _readyCount;

    // For loops of the system's: a descriptor of its own, and whether it is to say when something becomes ready.
    private int _signal;
    private int _isArmed;

    private fixed ulong _buckets[Buckets];

    internal static Description* New()
    {
        EventQueue* queue = Common.Allocator.New<EventQueue>(Common.Allocator.Default());
        Description.Init(&queue->_description, DescriptionKind.Epoll, &Close, &Free);
        Mutex.Init(&queue->_lock);
        Mutex.Init(&queue->_readyLock);
        queue->_signal = None;
        return &queue->_description;
    }

    /// <summary>
    /// The system's descriptor that becomes readable when something has become ready after <see cref="Arm"/>; the
    /// queue's. Or a negated error.
    /// </summary>
    internal static int Signal(EventQueue* queue)
    {
        Mutex.Lock(&queue->_lock);
        int error = 0;
        if (queue->_signal < 0)
        {
            int made = EventObject.New();
            error = int.Min(made, 0);
            Volatile.Write(ref queue->_signal, int.Max(made, None));
        }

        int result = error == 0 ? queue->_signal : error;
        Mutex.Unlock(&queue->_lock);
        return result;
    }

    internal static bool HasSignal(EventQueue* queue) => Volatile.Read(ref queue->_signal) >= 0;

    /// <summary>
    /// Nothing was ready: the signal is taken back, and comes again with what becomes ready from here on. False if
    /// something has become ready meanwhile.
    /// </summary>
    internal static bool Arm(EventQueue* queue)
    {
        EventObject.Reset(queue->_signal);
        Interlocked.Exchange(ref queue->_isArmed, 1);
        return !HasReady(queue, 0);
    }

    /// <summary>EPOLL_CTL_ADD: 0 or a negated error.</summary>
    internal static int Add(EventQueue* queue, int descriptor, Description* target, uint events, ulong data)
    {
        if (target == &queue->_description)
            return -SocketApi.EINVAL;

        Mutex.Lock(&queue->_lock);
        int error = Find(queue, descriptor) != null ? SocketApi.EEXIST : Nest(queue, target);
        if (error == 0)
        {
            Registration* registration = Registration.New(queue, descriptor, target, events, data);
            Description.Acquire(&queue->_description);
            registration->Next = (Registration*)*BucketOf(queue, descriptor);
            *BucketOf(queue, descriptor) = (ulong)registration;
            WatchList.Add(&target->Watches, &registration->Watch);
            LookAgain(queue, registration);
        }

        Mutex.Unlock(&queue->_lock);
        return -error;
    }

    /// <summary>EPOLL_CTL_MOD: 0 or a negated error.</summary>
    internal static int Modify(EventQueue* queue, int descriptor, uint events, ulong data)
    {
        Mutex.Lock(&queue->_lock);
        Registration* registration = Find(queue, descriptor);
        if (registration != null)
        {
            Registration.Set(registration, events, data);
            LookAgain(queue, registration);
        }

        Mutex.Unlock(&queue->_lock);
        return registration == null ? -SocketApi.ENOENT : 0;
    }

    /// <summary>EPOLL_CTL_DEL: 0 or a negated error.</summary>
    internal static int Remove(EventQueue* queue, int descriptor)
    {
        Mutex.Lock(&queue->_lock);
        Registration* registration = Find(queue, descriptor);
        if (registration != null)
            Remove(queue, registration);
        Mutex.Unlock(&queue->_lock);
        return registration == null ? -SocketApi.ENOENT : 0;
    }

    /// <summary>An object is closed: no queue watches it any more.</summary>
    internal static void Forget(Description* target)
    {
        Watch* watch;
        while ((watch = WatchList.RemoveRegistration(&target->Watches)) != null)
        {
            // Out of the list of watches it is ours until released; it may have been removed from the queue meanwhile.
            Registration* registration = (Registration*)watch;
            EventQueue* queue = registration->Queue;
            Mutex.Lock(&queue->_lock);
            if (registration->IsInTable)
                RemoveFromTable(queue, registration);
            Mutex.Unlock(&queue->_lock);
            Release(registration);
        }
    }

    /// <summary>Events that are there, at most so many; how many.</summary>
    internal static int Harvest(
        EventQueue* queue, delegate*<void*, int, uint, ulong, void> put, void* into, int capacity)
    {
        Mutex.Lock(&queue->_lock);
        int found = 0;
        for (int left = Volatile.Read(ref queue->_readyCount); left > 0 && found < capacity; left--)
        {
            Registration* registration = TakeReady(queue);
            if (registration == null)
                break;
            uint events = Registration.Ready(registration);
            if (events == 0)
                continue;

            put(into, found++, events, registration->Data);
            if ((registration->Flags & Registration.OneShot) != 0)
                Registration.Disable(registration);
            else if ((registration->Flags & Registration.EdgeTriggered) == 0)
                AddReady(queue, registration);
        }

        Mutex.Unlock(&queue->_lock);
        return found;
    }

    internal static bool HasReady(void* state, nuint unused) =>
        Volatile.Read(ref ((EventQueue*)state)->_readyCount) > 0;

    /// <summary>Readable if there is an event, as far as another queue or poll() is concerned.</summary>
    internal static uint ReadinessOf(EventQueue* queue)
    {
        Mutex.Lock(&queue->_lock);
        bool isReady = false;
        for (int left = queue->_readyCount; left > 0 && !isReady; left--)
        {
            Registration* registration = TakeReady(queue);
            if (registration == null)
                break;
            isReady = Registration.Ready(registration) != 0;
            if (isReady)
                AddReady(queue, registration);
        }

        Mutex.Unlock(&queue->_lock);
        return isReady ? SocketReadiness.Readable : 0;
    }

    /// <summary>A watched object has an event: under the lock of its watches.</summary>
    internal static void Notify(Watch* watch)
    {
        Registration* registration = (Registration*)watch;
        EventQueue* queue = registration->Queue;
        if (AddReady(queue, registration))
            Announce(queue);
    }

    private static void Announce(EventQueue* queue)
    {
        WatchList.Raise(&queue->_description.Watches, SocketReadiness.Readable);
        if (!HasSignal(queue) || Interlocked.Exchange(ref queue->_isArmed, 0) == 0)
            return;

        EventObject.Set(queue->_signal);
    }

    // The readiness of one queue looks into that of another: never deeper, so never in a circle.
    private static int Nest(EventQueue* queue, Description* target)
    {
        if (target->Kind != DescriptionKind.Epoll)
            return 0;

        // Of two threads that put two queues into each other the second finds what the first has done.
        EventQueue* inner = (EventQueue*)target;
        ForkLock* nesting = ForkLock.OfProcess(ref s_nesting);
        ForkLock.Enter(nesting);
        bool isCircle = queue->_isInAnother || Volatile.Read(ref inner->_epollCount) > 0;
        if (!isCircle)
        {
            Volatile.Write(ref inner->_isInAnother, true);
            queue->_epollCount++;
        }

        ForkLock.Exit(nesting);
        return isCircle ? SocketApi.ELOOP : 0;
    }

    private static ulong* BucketOf(EventQueue* queue, int descriptor) =>
        &queue->_buckets[descriptor % Buckets];

    private static Registration* Find(EventQueue* queue, int descriptor)
    {
        Registration* registration = (Registration*)*BucketOf(queue, descriptor);
        while (registration != null && registration->Descriptor != descriptor)
            registration = registration->Next;
        return registration;
    }

    private static void LookAgain(EventQueue* queue, Registration* registration)
    {
        if (Registration.Ready(registration) != 0 && AddReady(queue, registration))
            Announce(queue);
    }

    private static void Remove(EventQueue* queue, Registration* registration)
    {
        bool wasWatching = WatchList.Remove(&registration->Target->Watches, &registration->Watch);
        RemoveFromTable(queue, registration);
        if (wasWatching)
            Release(registration);
    }

    private static void RemoveFromTable(EventQueue* queue, Registration* registration)
    {
        ulong* link = BucketOf(queue, registration->Descriptor);
        while (*link != (ulong)registration)
            link = (ulong*)&((Registration*)*link)->Next;
        *link = (ulong)registration->Next;
        registration->IsInTable = false;
        if (registration->Target->Kind == DescriptionKind.Epoll)
            queue->_epollCount--;
        RemoveReady(queue, registration);
        Release(registration);
    }

    private static void Release(Registration* registration)
    {
        EventQueue* queue = registration->Queue;
        if (Registration.Release(registration))
            Description.Release(&queue->_description);
    }

    private static bool AddReady(EventQueue* queue, Registration* registration)
    {
        Mutex.Lock(&queue->_readyLock);
        bool isNew = !registration->IsReady;
        if (isNew)
        {
            registration->IsReady = true;
            registration->NextReady = null;
            registration->PreviousReady = queue->_lastReady;
            if (queue->_lastReady == null)
                queue->_firstReady = registration;
            else
                queue->_lastReady->NextReady = registration;
            queue->_lastReady = registration;
            queue->_readyCount++;
        }

        Mutex.Unlock(&queue->_readyLock);
        return isNew;
    }

    private static Registration* TakeReady(EventQueue* queue)
    {
        Mutex.Lock(&queue->_readyLock);
        Registration* registration = queue->_firstReady;
        if (registration != null)
            UnlinkReady(queue, registration);
        Mutex.Unlock(&queue->_readyLock);
        return registration;
    }

    private static void RemoveReady(EventQueue* queue, Registration* registration)
    {
        Mutex.Lock(&queue->_readyLock);
        if (registration->IsReady)
            UnlinkReady(queue, registration);
        Mutex.Unlock(&queue->_readyLock);
    }

    private static void UnlinkReady(EventQueue* queue, Registration* registration)
    {
        if (registration->PreviousReady == null)
            queue->_firstReady = registration->NextReady;
        else
            registration->PreviousReady->NextReady = registration->NextReady;
        if (registration->NextReady == null)
            queue->_lastReady = registration->PreviousReady;
        else
            registration->NextReady->PreviousReady = registration->PreviousReady;
        registration->IsReady = false;
        queue->_readyCount--;
    }

    private static void Close(Description* description)
    {
        Forget(description);
        EventQueue* queue = (EventQueue*)description;
        Mutex.Lock(&queue->_lock);
        for (int i = 0; i < Buckets; i++)
        {
            while (queue->_buckets[i] != 0)
                Remove(queue, (Registration*)queue->_buckets[i]);
        }

        Mutex.Unlock(&queue->_lock);
        Description.Release(description);
    }

    private static void Free(Description* description)
    {
        EventQueue* queue = (EventQueue*)description;
        if (queue->_signal >= 0)
            EventObject.Close(queue->_signal);
        Mutex.CleanUp(&queue->_lock);
        Mutex.CleanUp(&queue->_readyLock);
        Common.Allocator.Release(Common.Allocator.Default(), queue);
    }
}
