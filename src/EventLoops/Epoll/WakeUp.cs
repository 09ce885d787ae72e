// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;
using Linux = Reseau.Native.Interop.Linux;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>
/// What ends the sleep of a loop from another thread: an eventfd that epoll watches by edge. Each write is an edge of
/// its own, so that the counter is never read. It would take 2^64 writes to fill it.
/// </summary>
internal unsafe struct WakeUp
{
    private const int None = -1;

    private int _eventFd;

    /// <summary>Makes it and adds it to the epoll set, with no subscription. False with errno set.</summary>
    internal static bool TryCreate(WakeUp* wakeUp, int epoll)
    {
        wakeUp->_eventFd = Linux.EventFd.eventfd(0, Linux.EventFd.EFD_CLOEXEC | Linux.EventFd.EFD_NONBLOCK);
        if (wakeUp->_eventFd < 0)
            return false;

        uint flags = Linux.Epoll.EPOLLIN | Linux.Epoll.EPOLLET;
        return Linux.Epoll.epoll_ctl(epoll, Linux.Epoll.EPOLL_CTL_ADD, wakeUp->_eventFd, flags, null) == 0;
    }

    /// <summary>Any thread.</summary>
    internal static void Send(WakeUp* wakeUp)
    {
        ulong one = 1;
        Libc.write(wakeUp->_eventFd, &one, sizeof(ulong));
    }

    internal static void Close(WakeUp* wakeUp)
    {
        if (wakeUp->_eventFd >= 0)
            Libc.close(wakeUp->_eventFd);
        wakeUp->_eventFd = None;
    }
}
