// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>epoll_create1(), epoll_ctl(), epoll_wait(). A negated error where the call fails.</summary>
internal static unsafe class EpollCalls
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    internal static int Create(int flags)
    {
        if ((flags & ~EpollApi.EPOLL_CLOEXEC) != 0)
            return -SocketApi.EINVAL;

        Description* description = EventQueue.New();
        int descriptor = DescriptorTable.Add(description, flags != 0);
        if (descriptor < 0)
            Description.Release(description);
        return descriptor;
    }

    internal static int Control(int epoll, int operation, int descriptor, byte* change)
    {
        if (CallerMemory.IsMissing(change, EpollApi.EventSizeMax) && operation != EpollApi.EPOLL_CTL_DEL)
            return -SocketApi.EFAULT;
        int error = BeginEpoll(epoll, out DescriptorUse use);
        if (error != 0)
            return error;

        error = DescriptorUse.Begin(descriptor, out DescriptorUse target);
        if (error != 0)
            return use.End(error);

        EventQueue* queue = (EventQueue*)use.Description;
        uint events = operation == EpollApi.EPOLL_CTL_DEL ? 0 : EpollApi.EventFlags(change, 0);
        ulong data = operation == EpollApi.EPOLL_CTL_DEL ? 0 : (ulong)EpollApi.EventData(change, 0);
        int result = operation switch
        {
            EpollApi.EPOLL_CTL_ADD => EventQueue.Add(queue, descriptor, target.Description, events, data),
            EpollApi.EPOLL_CTL_MOD => EventQueue.Modify(queue, descriptor, events, data),
            EpollApi.EPOLL_CTL_DEL => EventQueue.Remove(queue, descriptor),
            _ => -SocketApi.EINVAL,
        };
        return target.End(use.End(result));
    }

    internal static int Wait(int epoll, byte* events, int capacity, int timeout)
    {
        if (capacity <= 0)
            return -SocketApi.EINVAL;
        if (CallerMemory.IsMissing(events, (nuint)capacity * EpollApi.EventSizeMax))
            return -SocketApi.EFAULT;
        int error = BeginEpoll(epoll, out DescriptorUse use);
        return error != 0 ? error : use.End(Wait(use.Description, events, capacity, timeout));
    }

    /// <summary>A descriptor of the system's, for loops of the system's.</summary>
    internal static int Signal(int epoll)
    {
        int error = BeginEpoll(epoll, out DescriptorUse use);
        return error != 0 ? error : use.End(EventQueue.Signal((EventQueue*)use.Description));
    }

    private static int Wait(Description* description, byte* events, int capacity, int timeout)
    {
        EventQueue* queue = (EventQueue*)description;
        int found = EventQueue.Harvest(queue, &Put, events, capacity);
        while (found == 0 && timeout == 0 && EventQueue.HasSignal(queue) && !EventQueue.Arm(queue))
            found = EventQueue.Harvest(queue, &Put, events, capacity);

        ulong deadline = found > 0 || timeout <= 0
            ? Waiter.NoDeadline
            : Waiter.After((ulong)timeout * NanosecondsPerMillisecond);
        while (found == 0 && timeout != 0)
        {
            int waited = Description.Wait(
                description, SocketReadiness.Readable, deadline, &EventQueue.HasReady, 0);
            if (waited < 0)
                return waited == -SocketApi.EAGAIN ? 0 : waited;
            found = EventQueue.Harvest(queue, &Put, events, capacity);
        }

        return found;
    }

    private static int BeginEpoll(int epoll, out DescriptorUse use)
    {
        int error = DescriptorUse.Begin(epoll, out use);
        if (error != 0 || use.Description->Kind == DescriptionKind.Epoll)
            return error;
        return use.End(-SocketApi.EINVAL);
    }

    private static void Put(void* into, int at, uint events, ulong data) =>
        EpollApi.SetEvent((byte*)into, at, events, (void*)data);
}
