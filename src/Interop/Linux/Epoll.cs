// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>The epoll calls and the layout of their events.</summary>
internal static unsafe class Epoll
{
    private const string Library = "libc";

    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;

    internal const uint EPOLLIN = 0x1;
    internal const uint EPOLLPRI = 0x2;
    internal const uint EPOLLOUT = 0x4;
    internal const uint EPOLLERR = 0x8;
    internal const uint EPOLLHUP = 0x10;
    internal const uint EPOLLRDHUP = 0x2000;
    internal const uint EPOLLET = 0x80000000;

    /// <summary>Bytes to reserve for one event, whatever the processor.</summary>
    internal const int EventSizeMax = 16;

    /// <summary>A wait that only events end.</summary>
    internal const ulong Forever = ulong.MaxValue;

    // Tasks for the end of time are no reason for a timer of the kernel's.
    private const ulong Ages = Forever / 4;

    // The number is the same on every architecture: system calls added since 2019 are numbered in common.
    private const nint EpollPwait2Number = 441;

    private const ulong NanosecondsPerMillisecond = 1_000_000;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private static bool s_lacksPwait2;

    [DllImport(Library)]
    internal static extern int epoll_create1(int flags);

    [DllImport(Library, EntryPoint = "epoll_ctl")]
    private static extern int Control(int epoll, int operation, int fd, void* change);

    [DllImport(Library, EntryPoint = "epoll_wait")]
    private static extern int Wait(int epoll, void* events, int capacity, int milliseconds);

    // Called by number, because the C library's wrapper is younger than the oldest C library we run on.
    [DllImport(Library, EntryPoint = "syscall")]
    private static extern nint Pwait2(
        nint number, nint epoll, void* events, nint capacity, Duration* timeout, void* signals, nint signalsSize);

    /// <summary>The kernel's timespec.</summary>
    private struct Duration
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    // The kernel packs its event on x86-64, so that 32-bit programs see the same layout; nowhere else.
    private static bool IsPacked => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static int EventSize => IsPacked ? 12 : 16;

    private static int DataOffset => IsPacked ? 4 : 8;

    /// <summary>The EPOLL* bits of one event of a batch.</summary>
    internal static uint EventFlags(byte* events, int index) => *(uint*)(events + index * EventSize);

    /// <summary>What was given to <see cref="epoll_ctl"/> with the descriptor.</summary>
    internal static void* EventData(byte* events, int index) => *(void**)(events + index * EventSize + DataOffset);

    /// <summary>One event of a batch that somebody else reads.</summary>
    internal static void SetEvent(byte* events, int index, uint flags, void* data)
    {
        *(uint*)(events + index * EventSize) = flags;
        *(void**)(events + index * EventSize + DataOffset) = data;
    }

    /// <summary>As the C function, with the two fields of the event passed one by one.</summary>
    internal static int epoll_ctl(int epoll, int operation, int fd, uint flags, void* data)
    {
        byte* change = stackalloc byte[EventSizeMax];
        *(uint*)change = flags;
        *(void**)(change + DataOffset) = data;
        return Control(epoll, operation, fd, change);
    }

    /// <summary>The events that are ready now; -1 with errno set on failure.</summary>
    internal static int Poll(int epoll, byte* events, int capacity) => CountOf(PollOnce(epoll, events, capacity));

    /// <summary>The same; -1 also for a signal.</summary>
    internal static int PollOnce(int epoll, byte* events, int capacity) => Wait(epoll, events, capacity, 0);

    /// <summary>
    /// Sleeps until there is an event or the time has passed, never less than that. Zero events, too, when a signal
    /// came in between. -1 with errno set on failure.
    /// </summary>
    internal static int Sleep(int epoll, byte* events, int capacity, ulong nanoseconds)
    {
        if (nanoseconds > Ages)
            return CountOf(Wait(epoll, events, capacity, -1));

        if (!s_lacksPwait2)
        {
            Duration timeout;
            timeout.Seconds = (long)(nanoseconds / NanosecondsPerSecond);
            timeout.Nanoseconds = (long)(nanoseconds % NanosecondsPerSecond);
            int count = CountOf((int)Pwait2(EpollPwait2Number, epoll, events, capacity, &timeout, null, 0));

            // Kernels before 5.11 lack the call; sandboxes with a list of known calls answer EPERM.
            if (count >= 0 || (Libc.Errno != Libc.ENOSYS && Libc.Errno != Libc.EPERM))
                return count;
            s_lacksPwait2 = true;
        }

        ulong milliseconds = nanoseconds / NanosecondsPerMillisecond + 1;
        return CountOf(Wait(epoll, events, capacity, milliseconds > int.MaxValue ? int.MaxValue : (int)milliseconds));
    }

    private static int CountOf(int result) => result < 0 && Libc.Errno == Libc.EINTR ? 0 : result;
}

/// <summary>A counter that can be waited for like a file.</summary>
internal static class EventFd
{
    internal const int EFD_NONBLOCK = Libc.O_NONBLOCK;
    internal const int EFD_CLOEXEC = Libc.O_CLOEXEC;

    [DllImport("libc")]
    internal static extern int eventfd(uint initial, int flags);
}
