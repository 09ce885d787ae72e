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
    // The lowest bit of the handle's address, which is even.
    private const nint IsOurs = 1;

    // A function of ours, or of a program's; NULL once the subscription has ended.
    private void* _function;
    private void* _userData;

    // The handle's address, and whether the function is ours; or, when it has ended, the next that has.
    private nint _handle;
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
        subscription->_function = isOurs ? callback->Function : callback->OfC;
        subscription->_userData = callback->UserData;
        subscription->_handle = (nint)handle | (isOurs ? IsOurs : 0);
        subscription->_allocator = allocator;
        subscription->_backend = core->Backend;
        return subscription;
    }

    /// <summary>Calls the callback, unless the subscription has ended since the event was collected.</summary>
    internal static void Notify(LoopCore* core, IoSubscription* subscription, int events)
    {
        if (subscription->_function == null)
            return;
        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP))
            TraceEvent(core, subscription, events);
        if ((subscription->_handle & IsOurs) != 0)
            ((delegate*<void*, int, void>)subscription->_function)(subscription->_userData, events);
        else
            NotifyProgram(core, subscription, events);
    }

    /// <summary>
    /// The subscription has ended. Its memory stays until the batch being delivered, which may hold another event of
    /// it, has been delivered.
    /// </summary>
    internal static void Retire(LoopCore* core, IoSubscription* subscription)
    {
        subscription->_function = null;
        if (!core->IsDelivering)
        {
            Free(subscription);
            return;
        }

        subscription->_handle = (nint)core->Retired;
        core->Retired = subscription;
    }

    /// <summary>A batch has been delivered.</summary>
    internal static void FreeRetired(LoopCore* core)
    {
        while (core->Retired != null)
        {
            IoSubscription* subscription = core->Retired;
            core->Retired = (IoSubscription*)subscription->_handle;
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
        ((aws_event_loop_on_event_fn)subscription->_function)(
            core->Loop, HandleOf(subscription), events, subscription->_userData);

    private static aws_io_handle* HandleOf(IoSubscription* subscription) =>
        (aws_io_handle*)(subscription->_handle & ~IsOurs);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TraceEvent(LoopCore* core, IoSubscription* subscription, int events) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_IO_EVENT_LOOP,
        $"id=0x{(nint)core->Loop:x}: fd {HandleOf(subscription)->data.fd} has events {events}");
}
