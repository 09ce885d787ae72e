// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.EventLoops.Epoll;
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// Events as the loops' users name them (aws_io_event_type) and as a ring's polls do, which is by epoll's bits.
/// </summary>
internal static class RingEvents
{
    /// <summary>What a poll is asked for. Errors and hang-ups always.</summary>
    internal static uint Of(int events)
    {
        uint flags = EPOLLHUP | EPOLLERR;
        if ((events & (int)AWS_IO_EVENT_TYPE_READABLE) != 0)
            flags |= EPOLLIN | EPOLLRDHUP;
        if ((events & (int)AWS_IO_EVENT_TYPE_WRITABLE) != 0)
            flags |= EPOLLOUT;
        return flags;
    }

    /// <summary>
    /// The same for what ends a connection; if the peer's end of the stream is known, for what is worse.
    /// </summary>
    internal static uint OfEnd(bool isEndOfStreamKnown) =>
        EPOLLHUP | EPOLLERR | (isEndOfStreamKnown ? 0 : EPOLLRDHUP);

    internal static int TypesOf(uint flags) => EpollEvents.TypesOf(flags);
}
