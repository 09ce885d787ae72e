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
    /// <summary>Without functions once the subscription has ended.</summary>
    private IoCallback _callback;
    private aws_io_handle* _handle;
    private IoSubscription* _nextRetired;
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
        subscription->_callback = *callback;
        subscription->_handle = handle;
        subscription->_allocator = allocator;
        subscription->_backend = core->Backend;
        return subscription;
    }

    /// <summary>Calls the callback, unless the subscription has ended since the event was collected.</summary>
    internal static void Notify(LoopCore* core, IoSubscription* subscription, int events)
    {
        IoCallback* callback = &subscription->_callback;
        if (callback->OfC == null)
            return;
        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP))
            TraceEvent(core, subscription, events);
        if (callback->Function != null)
            callback->Function(callback->UserData, events);
        else
            NotifyProgram(core, subscription, events);
    }

    /// <summary>
    /// The subscription has ended. Its memory stays until the batch being delivered, which may hold another event of
    /// it, has been delivered.
    /// </summary>
    internal static void Retire(LoopCore* core, IoSubscription* subscription)
    {
        subscription->_callback = default;
        if (!core->IsDelivering)
        {
            Free(subscription);
            return;
        }

        subscription->_nextRetired = core->Retired;
        core->Retired = subscription;
    }

    /// <summary>A batch has been delivered.</summary>
    internal static void FreeRetired(LoopCore* core)
    {
        while (core->Retired != null)
        {
            IoSubscription* subscription = core->Retired;
            core->Retired = subscription->_nextRetired;
            Free(subscription);
        }
    }

    /// <summary>Frees what a handle's additional_data points to, without its loop. NULL is allowed.</summary>
    internal static void FreeWithoutLoop(IoSubscription* subscription)
    {
        if (subscription != null)
            subscription->_backend->FreeSubscription(subscription);
    }

    /// <summary>For backends whose subscriptions hold nothing else.</summary>
    internal static void Free(IoSubscription* subscription) =>
        Allocator.Release(subscription->_allocator, subscription);

    // Apart, so that a callback of ours does not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NotifyProgram(LoopCore* core, IoSubscription* subscription, int events) =>
        subscription->_callback.OfC(core->Loop, subscription->_handle, events, subscription->_callback.UserData);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TraceEvent(LoopCore* core, IoSubscription* subscription, int events) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_IO_EVENT_LOOP,
        $"id=0x{(nint)core->Loop:x}: fd {subscription->_handle->data.fd} has events {events}");
}
