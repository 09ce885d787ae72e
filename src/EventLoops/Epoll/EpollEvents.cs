// SPDX-License-Identifier: Apache-2.0
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>Events as the loops' users name them (aws_io_event_type) and as epoll does.</summary>
internal static class EpollEvents
{
    /// <summary>
    /// What to ask epoll for. Errors and hang-ups always; and always edge-triggered: one event for each change, so that
    /// the kernel is not asked again and again about a handle that nobody has emptied.
    /// </summary>
    internal static uint InterestIn(int events)
    {
        uint flags = EPOLLET | EPOLLHUP | EPOLLRDHUP | EPOLLERR;
        if ((events & (int)AWS_IO_EVENT_TYPE_READABLE) != 0)
            flags |= EPOLLIN;
        if ((events & (int)AWS_IO_EVENT_TYPE_WRITABLE) != 0)
            flags |= EPOLLOUT;
        if ((events & LoopBackend.Urgent) != 0)
            flags |= EPOLLPRI;
        return flags;
    }

    /// <summary>Each is a single bit that only has to be moved.</summary>
    internal static int TypesOf(uint flags) =>
        (int)((flags & EPOLLIN) // READABLE
            | (flags & EPOLLOUT) >> 1 // WRITABLE
            | (flags & EPOLLRDHUP) >> 11 // REMOTE_HANG_UP
            | (flags & EPOLLHUP) >> 1 // CLOSED
            | (flags & EPOLLERR) << 1 // ERROR
            | (flags & EPOLLPRI) << 4); // Urgent
}
