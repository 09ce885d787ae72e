// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// What a handle's additional_data points to while it is subscribed, whatever the backend; a backend that needs more
/// puts it behind. The allocator and the backend are kept here, since a subscription may have to be freed without its
/// loop.
/// </summary>
internal unsafe struct IoSubscription
{
    // First, so that a subscription inside its owner, which has no more than this, is handled as one.
    private InnerSubscription _inner;
    private void* _userData;
    private aws_allocator* _allocator;
    private LoopBackend* _backend;

    /// <summary>For backends that only note that a handle is theirs: a subscription without events.</summary>
    internal static IoSubscription MarkOf(LoopBackend* backend) => new() { _backend = backend };

    /// <summary>A zeroed block of that many bytes, which begins with a subscription.</summary>
    internal static IoSubscription* New(
        LoopCore* core, nuint size, aws_io_handle* handle, IoCallback* callback)
    {
        aws_allocator* allocator = core->Loop->alloc;
        IoSubscription* subscription = (IoSubscription*)Allocator.Calloc(allocator, 1, size);
        bool isOurs = callback->Function != null;
        InnerSubscription.Begin(
            &subscription->_inner,
            isOurs ? callback->Function : callback->OfC,
            handle,
            isOurs ? SubscriptionKind.CallsOurs : SubscriptionKind.CallsPrograms);
        subscription->_userData = callback->UserData;
        subscription->_allocator = allocator;
        subscription->_backend = core->Backend;
        return subscription;
    }

    /// <summary>
    /// For backends that need no more: inside the callback's owner, or, if that has no place for it now, a block.
    /// </summary>
    internal static IoSubscription* NewOrInside(LoopCore* core, aws_io_handle* handle, IoCallback* callback)
    {
        InnerSubscription* place = callback->Owner == null ? null : (InnerSubscription*)callback->UserData;
        if (place == null || !InnerSubscription.IsFree(place))
            return New(core, (nuint)sizeof(IoSubscription), handle, callback);

        InnerSubscription.Begin(place, callback->Owner, handle, SubscriptionKind.IsInside);
        return (IoSubscription*)place;
    }

    /// <summary>Calls the callback, unless the subscription has ended since the event was collected.</summary>
    internal static void Notify(LoopCore* core, IoSubscription* subscription, int events)
    {
        SubscriptionKind kind = InnerSubscription.KindOf(&subscription->_inner);
        if (kind is SubscriptionKind.None or >= SubscriptionKind.HasEnded)
            return;
        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP))
            TraceEvent(core, subscription, events);
        void* function = subscription->_inner.Function;
        if (kind == SubscriptionKind.IsInside)
            ((IoOwner*)function)->OnEvent(subscription, events);
        else if (kind == SubscriptionKind.CallsOurs)
            ((delegate*<void*, int, void>)function)(subscription->_userData, events);
        else
            NotifyProgram(core, subscription, events);
    }

    /// <summary>
    /// The subscription has ended. Its memory stays until the batch being delivered, which may hold another event of
    /// it, has been delivered.
    /// </summary>
    internal static void Retire(LoopCore* core, IoSubscription* subscription)
    {
        if (!core->IsDelivering)
        {
            Free(subscription);
            return;
        }

        SubscriptionKind kind = InnerSubscription.KindOf(&subscription->_inner);
        if (kind == SubscriptionKind.IsInside)
            ((IoOwner*)subscription->_inner.Function)->Acquire(subscription);
        InnerSubscription.SetLink(&subscription->_inner, core->Retired, kind | SubscriptionKind.HasEnded);
        core->Retired = subscription;
    }

    /// <summary>A batch has been delivered.</summary>
    internal static void FreeRetired(LoopCore* core)
    {
        while (core->Retired != null)
        {
            IoSubscription* subscription = core->Retired;
            bool isInside = IsInside(subscription);
            IoOwner* owner = (IoOwner*)subscription->_inner.Function;
            core->Retired = (IoSubscription*)InnerSubscription.LinkOf(&subscription->_inner);
            Free(subscription);
            if (isInside)
                owner->Release(subscription);
        }
    }

    /// <summary>Frees what a handle's additional_data points to, without its loop. NULL is allowed.</summary>
    internal static void FreeWithoutLoop(IoSubscription* subscription)
    {
        if (subscription == null)
            return;
        if (IsInside(subscription))
            Free(subscription);
        else
            subscription->_backend->FreeSubscription(subscription);
    }

    /// <summary>For backends whose subscriptions hold nothing else.</summary>
    internal static void Free(IoSubscription* subscription)
    {
        if (IsInside(subscription))
            InnerSubscription.End(&subscription->_inner);
        else
            Allocator.Release(subscription->_allocator, subscription);
    }

    private static bool IsInside(IoSubscription* subscription) =>
        (InnerSubscription.KindOf(&subscription->_inner) & ~SubscriptionKind.HasEnded) == SubscriptionKind.IsInside;

    // Apart, so that a callback of ours does not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NotifyProgram(LoopCore* core, IoSubscription* subscription, int events) =>
        ((aws_event_loop_on_event_fn)subscription->_inner.Function)(
            core->Loop, HandleOf(subscription), events, subscription->_userData);

    private static aws_io_handle* HandleOf(IoSubscription* subscription) =>
        (aws_io_handle*)InnerSubscription.LinkOf(&subscription->_inner);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TraceEvent(LoopCore* core, IoSubscription* subscription, int events) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_IO_EVENT_LOOP,
        $"id=0x{(nint)core->Loop:x}: fd {HandleOf(subscription)->data.fd} has events {events}");
}
