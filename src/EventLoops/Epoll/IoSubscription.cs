// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>
/// What a handle's additional_data points to while it is subscribed, and what the kernel hands back with each of its
/// events. The loop's allocator is kept here, since it has to be freed without the loop at times.
/// </summary>
internal unsafe struct IoSubscription
{
    /// <summary>NULL once it has ended while events of it may still wait in the batch being delivered.</summary>
    internal aws_event_loop_on_event_fn OnEvent;
    internal void* UserData;
    internal aws_io_handle* Handle;
    internal IoSubscription* NextRetired;
    private aws_allocator* _allocator;

    internal static IoSubscription* New(
        aws_allocator* allocator, aws_io_handle* handle, aws_event_loop_on_event_fn onEvent, void* userData)
    {
        IoSubscription* subscription = (IoSubscription*)Allocator.Acquire(allocator, (nuint)sizeof(IoSubscription));
        subscription->OnEvent = onEvent;
        subscription->UserData = userData;
        subscription->Handle = handle;
        subscription->NextRetired = null;
        subscription->_allocator = allocator;
        return subscription;
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(IoSubscription* subscription)
    {
        if (subscription != null)
            Allocator.Release(subscription->_allocator, subscription);
    }

    /// <summary>
    /// An event type beside those of aws_io_event_type, for sockets on this kind of loop: urgent data has come.
    /// </summary>
    internal const int Urgent = 0x20;

    /// <summary>
    /// What to ask epoll for. Errors and hang-ups always; and always by edge: one event for each change, so that the
    /// kernel is not asked again and again about a handle that nobody has emptied.
    /// </summary>
    internal static uint InterestIn(int events)
    {
        uint flags = EPOLLET | EPOLLHUP | EPOLLRDHUP | EPOLLERR;
        if ((events & (int)AWS_IO_EVENT_TYPE_READABLE) != 0)
            flags |= EPOLLIN;
        if ((events & (int)AWS_IO_EVENT_TYPE_WRITABLE) != 0)
            flags |= EPOLLOUT;
        if ((events & Urgent) != 0)
            flags |= EPOLLPRI;
        return flags;
    }

    /// <summary>Epoll's flags as aws_io_event_type: each is a single bit that only has to be moved.</summary>
    internal static int EventTypesOf(uint flags) =>
        (int)((flags & EPOLLIN) // READABLE
            | (flags & EPOLLOUT) >> 1 // WRITABLE
            | (flags & EPOLLRDHUP) >> 11 // REMOTE_HANG_UP
            | (flags & EPOLLHUP) >> 1 // CLOSED
            | (flags & EPOLLERR) << 1 // ERROR
            | (flags & EPOLLPRI) << 4); // Urgent
}
