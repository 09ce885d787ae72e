// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>poll() and select(). A negated error where the call fails.</summary>
internal static unsafe class PollCalls
{
    private const int OnStackMax = 16;
    private const ulong CountMax = 1 << 18;
    private const ulong NanosecondsPerMillisecond = 1_000_000;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>One descriptor of a call: entered, and watched.</summary>
    private struct Item
    {
        internal DescriptorTable.Entry* Entry;
        internal Watch Watch;
    }

    internal static int Poll(api_pollfd* descriptors, ulong count, int timeout)
    {
        if (count > CountMax)
            return -SocketApi.EINVAL;
        if (count > 0 && CallerMemory.IsMissing(descriptors, (nuint)count * (nuint)sizeof(api_pollfd)))
            return -SocketApi.EFAULT;

        ulong deadline = timeout < 0 ? Waiter.NoDeadline : Waiter.After((ulong)timeout * NanosecondsPerMillisecond);
        return PollUntil(descriptors, (int)count, timeout != 0, deadline);
    }

    internal static int Select(
        int count,
        reseau_ufd_set* readable,
        reseau_ufd_set* writable,
        reseau_ufd_set* exceptional,
        api_timeval* timeout)
    {
        if (count < 0 || (timeout != null && (timeout->tv_sec < 0 || timeout->tv_usec is < 0 or >= 1_000_000)))
            return -SocketApi.EINVAL;

        ulong deadline = timeout == null ? Waiter.NoDeadline : Waiter.After(NanosecondsOf(timeout));
        bool mayWait = timeout == null || NanosecondsOf(timeout) > 0;
        int capacity = (int)(CountOf(readable) + CountOf(writable) + CountOf(exceptional));
        api_pollfd* descriptors = (api_pollfd*)Common.Allocator.Calloc(
            Common.Allocator.Default(), (nuint)int.Max(capacity, 1), (nuint)sizeof(api_pollfd));
        api_pollfd* end = AddAll(descriptors, readable, SocketApi.POLLIN);
        end = AddAll(end, writable, SocketApi.POLLOUT);
        end = AddAll(end, exceptional, SocketApi.POLLPRI);
        int result = PollUntil(descriptors, (int)(end - descriptors), mayWait, deadline);
        if (result >= 0)
            result = Answer(descriptors, (int)(end - descriptors), readable, writable, exceptional);
        Common.Allocator.Release(Common.Allocator.Default(), descriptors);
        if (timeout != null)
            SetLeft(timeout, deadline);
        return result;
    }

    private static int PollUntil(api_pollfd* descriptors, int count, bool mayWait, ulong deadline)
    {
        if (count > OnStackMax)
        {
            Item* items = (Item*)Common.Allocator.Calloc(
                Common.Allocator.Default(), (nuint)count, (nuint)sizeof(Item));
            int result = Poll(descriptors, items, count, mayWait, deadline);
            Common.Allocator.Release(Common.Allocator.Default(), items);
            return result;
        }

        Item* few = stackalloc Item[OnStackMax];
        for (int i = 0; i < count; i++)
            few[i] = default;
        return Poll(descriptors, few, count, mayWait, deadline);
    }

    private static int Poll(api_pollfd* descriptors, Item* items, int count, bool mayWait, ulong deadline)
    {
        for (int i = 0; i < count; i++)
            items[i].Entry = descriptors[i].fd < 0 ? null : DescriptorTable.Enter(descriptors[i].fd);
        int result = Look(descriptors, items, count);
        if (result == 0 && mayWait)
            result = Wait(descriptors, items, count, deadline);
        for (int i = 0; i < count; i++)
        {
            if (items[i].Entry != null)
                DescriptorTable.Leave(items[i].Entry);
        }

        return result;
    }

    private static int Wait(api_pollfd* descriptors, Item* items, int count, ulong deadline)
    {
        Waiter waiter;
        Waiter.Init(&waiter);
        for (int i = 0; i < count; i++)
        {
            if (items[i].Entry == null)
                continue;
            Waiter.Prepare(&waiter, &items[i].Watch, (uint)(ushort)descriptors[i].events | SocketReadiness.Always);
            WatchList.Add(&items[i].Entry->Description->Watches, &items[i].Watch);
        }

        int result = Look(descriptors, items, count);
        while (result == 0)
        {
            int slept = Waiter.Sleep(&waiter, deadline);
            if (slept == -SocketApi.EINTR)
                result = slept;
            else
                result = Look(descriptors, items, count);
            if (slept == -SocketApi.EAGAIN)
                break;
        }

        for (int i = 0; i < count; i++)
        {
            if (items[i].Entry != null)
                WatchList.Remove(&items[i].Entry->Description->Watches, &items[i].Watch);
        }

        Waiter.CleanUp(&waiter);
        return result;
    }

    // How many descriptors have something to report.
    private static int Look(api_pollfd* descriptors, Item* items, int count)
    {
        int ready = 0;
        for (int i = 0; i < count; i++)
        {
            uint events = descriptors[i].fd < 0 ? 0
                : items[i].Entry == null || Description.IsClosing(items[i].Entry->Description) ? SocketApi.POLLNVAL
                : Readiness.Of(items[i].Entry->Description)
                    & ((uint)(ushort)descriptors[i].events | SocketReadiness.Always);
            descriptors[i].revents = (short)events;
            if (events != 0)
                ready++;
        }

        return ready;
    }

    private static uint CountOf(reseau_ufd_set* set) =>
        set == null ? 0 : uint.Min(set->count, reseau_ufd_set.Capacity);

    private static api_pollfd* AddAll(api_pollfd* end, reseau_ufd_set* set, int events)
    {
        for (uint i = 0; i < CountOf(set); i++, end++)
        {
            end->fd = set->descriptors[i];
            end->events = (short)events;
        }

        return end;
    }

    // The sets become those that are ready; how many there are in all.
    private static int Answer(
        api_pollfd* descriptors,
        int count,
        reseau_ufd_set* readable,
        reseau_ufd_set* writable,
        reseau_ufd_set* exceptional)
    {
        for (int i = 0; i < count; i++)
        {
            if ((descriptors[i].revents & SocketApi.POLLNVAL) != 0 || descriptors[i].fd < 0)
                return -SocketApi.EBADF;
        }

        api_pollfd* at = descriptors;
        uint ready = Keep(&at, readable, SocketApi.POLLIN | SocketApi.POLLHUP | SocketApi.POLLERR);
        ready += Keep(&at, writable, SocketApi.POLLOUT | SocketApi.POLLERR);
        ready += Keep(&at, exceptional, SocketApi.POLLPRI);
        return (int)ready;
    }

    private static uint Keep(api_pollfd** at, reseau_ufd_set* set, int events)
    {
        uint count = CountOf(set);
        uint kept = 0;
        for (uint i = 0; i < count; i++, (*at)++)
        {
            if (((*at)->revents & events) != 0)
                set->descriptors[kept++] = (*at)->fd;
        }

        if (set != null)
            set->count = kept;
        return kept;
    }

    private static ulong NanosecondsOf(api_timeval* time) =>
        (ulong)time->tv_sec >= ulong.MaxValue / NanosecondsPerSecond / 2
            ? ulong.MaxValue
            : (ulong)time->tv_sec * NanosecondsPerSecond + (ulong)time->tv_usec * 1000;

    private static void SetLeft(api_timeval* timeout, ulong deadline)
    {
        ulong now = Platform.ConditionVariable.Now();
        ulong left = deadline > now ? deadline - now : 0;
        timeout->tv_sec = (long)(left / NanosecondsPerSecond);
        timeout->tv_usec = (long)(left % NanosecondsPerSecond / 1000);
    }
}
