// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops.Virtual;

/// <summary>
/// What an in-memory object has its loop know: the handle's data.handle points to it. It has a state, a set of
/// aws_io_event_type (and <see cref="LoopBackend.Urgent"/>), whether or not anybody subscribes. Zero but for the time.
/// </summary>
internal unsafe struct VirtualHandle
{
    internal VirtualTime* Time;
    internal int State;
    internal VirtualSubscription* Subscription;
}

/// <summary>A node that knows its subscription, so that one can be in several lists.</summary>
internal unsafe struct VirtualLink
{
    /// <summary>First, so that a node of a list is its link.</summary>
    internal aws_linked_list_node Node;

    internal VirtualSubscription* Subscription;
}

internal unsafe struct VirtualSubscription
{
    /// <summary>First, as the contract asks.</summary>
    internal IoSubscription Base;

    internal VirtualHandle* Handle;

    /// <summary>NULL once the loop is gone.</summary>
    internal VirtualLoop* Loop;
    internal int Interest;
    internal int Collected;
    internal VirtualLink InSubscriptions;
    internal VirtualLink InReady;
    internal VirtualLink InCollected;
}

/// <summary>
/// Events of in-memory objects, edge-triggered as epoll's: each <see cref="Raise"/> that a subscription is interested
/// in is a change. Changes until the next tick are one event, which reports the state at the time of that tick; if the
/// state is gone by then, there is no event. To subscribe is a change, too.
/// </summary>
internal static unsafe class VirtualPoller
{
    // Reported whether asked for or not.
    private const int Always =
        (int)(AWS_IO_EVENT_TYPE_REMOTE_HANG_UP | AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);

    /// <summary>
    /// Something has happened to an object: data has come, room has been made, the peer has gone. Any thread.
    /// </summary>
    internal static void Raise(VirtualHandle* target, int events)
    {
        VirtualTime.Lock(target->Time);
        target->State |= events;
        MarkReady(target->Subscription, events);
        VirtualTime.UnlockAndWake(target->Time);
    }

    /// <summary>What was is no more: all has been read, or there is no room left. Any thread.</summary>
    internal static void Lower(VirtualHandle* target, int events)
    {
        VirtualTime.Lock(target->Time);
        target->State &= ~events;
        VirtualTime.Unlock(target->Time);
    }

    // ---- For the backend ----

    internal static void Open(VirtualLoop* loop)
    {
        LinkedList.Init(&loop->Subscriptions);
        LinkedList.Init(&loop->Ready);
        LinkedList.Init(&loop->Collected);
    }

    /// <summary>Leaves subscriptions that nobody has ended to whoever frees them.</summary>
    internal static void Close(VirtualLoop* loop)
    {
        VirtualTime.Lock(loop->Time);
        while (!LinkedList.IsEmpty(&loop->Subscriptions))
            Unlink(((VirtualLink*)LinkedList.Front(&loop->Subscriptions))->Subscription);
        VirtualTime.Unlock(loop->Time);
    }

    internal static bool HasReady(VirtualLoop* loop)
    {
        VirtualTime.Lock(loop->Time);
        bool hasReady = !LinkedList.IsEmpty(&loop->Ready);
        VirtualTime.Unlock(loop->Time);
        return hasReady;
    }

    /// <summary>Takes the events that there are now; how many.</summary>
    internal static int Collect(VirtualLoop* loop)
    {
        int count = 0;
        VirtualTime.Lock(loop->Time);
        while (!LinkedList.IsEmpty(&loop->Ready))
        {
            VirtualSubscription* subscription = ((VirtualLink*)LinkedList.PopFront(&loop->Ready))->Subscription;
            subscription->Collected = subscription->Handle->State & subscription->Interest;
            if (subscription->Collected == 0)
                continue;
            LinkedList.PushBack(&loop->Collected, &subscription->InCollected.Node);
            count++;
        }

        VirtualTime.Unlock(loop->Time);
        return count;
    }

    internal static void Deliver(LoopCore* core, int count)
    {
        // A subscription that ends has left the list.
        aws_linked_list* collected = &((VirtualLoop*)core)->Collected;
        while (!LinkedList.IsEmpty(collected))
        {
            VirtualSubscription* subscription = ((VirtualLink*)LinkedList.PopFront(collected))->Subscription;
            IoSubscription.Notify(core, &subscription->Base, subscription->Collected);
        }
    }

    internal static int Subscribe(LoopCore* core, aws_io_handle* handle, int events, IoCallback* callback)
    {
        VirtualLoop* loop = (VirtualLoop*)core;
        VirtualHandle* target = (VirtualHandle*)handle->data.handle;
        if (target == null || target->Time != loop->Time)
            return Reject(core, AWS_ERROR_INVALID_ARGUMENT);

        VirtualSubscription* subscription = (VirtualSubscription*)IoSubscription.New(
            core, (nuint)sizeof(VirtualSubscription), handle, callback);
        subscription->Handle = target;
        subscription->Loop = loop;
        subscription->Interest = events | Always;
        subscription->InSubscriptions.Subscription = subscription;
        subscription->InReady.Subscription = subscription;
        subscription->InCollected.Subscription = subscription;

        VirtualTime.Lock(loop->Time);
        bool isFree = target->Subscription == null;
        if (isFree)
        {
            target->Subscription = subscription;
            handle->additional_data = subscription;
            LinkedList.PushBack(&loop->Subscriptions, &subscription->InSubscriptions.Node);
            MarkReady(subscription, target->State);
        }

        VirtualTime.UnlockAndWake(loop->Time);
        if (isFree)
            return AWS_OP_SUCCESS;
        IoSubscription.Free(&subscription->Base);
        return Reject(core, AWS_ERROR_IO_ALREADY_SUBSCRIBED);
    }

    internal static int Unsubscribe(LoopCore* core, aws_io_handle* handle)
    {
        VirtualSubscription* subscription = (VirtualSubscription*)handle->additional_data;
        VirtualTime* time = subscription->Loop->Time;
        VirtualTime.Lock(time);
        Unlink(subscription);
        VirtualTime.Unlock(time);
        handle->additional_data = null;
        IoSubscription.Retire(core, &subscription->Base);
        return AWS_OP_SUCCESS;
    }

    internal static void FreeSubscription(IoSubscription* freed)
    {
        VirtualSubscription* subscription = (VirtualSubscription*)freed;
        if (subscription->Loop != null)
        {
            VirtualTime* time = subscription->Loop->Time;
            VirtualTime.Lock(time);
            Unlink(subscription);
            VirtualTime.Unlock(time);
        }

        IoSubscription.Free(freed);
    }

    private static int Reject(LoopCore* core, int error)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: could not subscribe, error {error}");
        return Errors.Raise(error);
    }

    // Under the lock.
    private static void MarkReady(VirtualSubscription* subscription, int events)
    {
        if (subscription == null || (events & subscription->Interest) == 0)
            return;
        if (!LinkedList.IsInList(&subscription->InReady.Node))
            LinkedList.PushBack(&subscription->Loop->Ready, &subscription->InReady.Node);
    }

    // Under the lock, by the loop's owner.
    private static void Unlink(VirtualSubscription* subscription)
    {
        subscription->Handle->Subscription = null;
        subscription->Loop = null;
        Unlink(&subscription->InSubscriptions);
        Unlink(&subscription->InReady);
        Unlink(&subscription->InCollected);
    }

    private static void Unlink(VirtualLink* link)
    {
        if (LinkedList.IsInList(&link->Node))
            LinkedList.Remove(&link->Node);
    }
}
