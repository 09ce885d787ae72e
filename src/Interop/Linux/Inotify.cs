// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>inotify: what happens in a folder. Failures set errno.</summary>
internal static unsafe class Inotify
{
    private const string Library = "libc";

    private const int IN_NONBLOCK = 0x800;
    private const int IN_CLOEXEC = 0x80000;
    private const uint IN_ONLYDIR = 0x1000000;

    internal const uint IN_MODIFY = 0x2;
    internal const uint IN_ATTRIB = 0x4;
    internal const uint IN_MOVED_FROM = 0x40;
    internal const uint IN_MOVED_TO = 0x80;
    internal const uint IN_CREATE = 0x100;
    internal const uint IN_DELETE = 0x200;
    internal const uint IN_DELETE_SELF = 0x400;
    internal const uint IN_MOVE_SELF = 0x800;
    internal const uint IN_UNMOUNT = 0x2000;
    internal const uint IN_Q_OVERFLOW = 0x4000;
    internal const uint IN_IGNORED = 0x8000;
    internal const uint IN_ISDIR = 0x40000000;

    /// <summary>One event; its name, padded with NULs, follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct inotify_event
    {
        internal int wd;
        internal uint mask;
        internal uint cookie;
        internal uint len;
    }

    [DllImport(Library)]
    private static extern int inotify_init1(int flags);

    [DllImport(Library)]
    private static extern int inotify_add_watch(int fd, byte* path, uint mask);

    /// <summary>A descriptor to read events of a folder from, which neither blocks nor outlives an exec.</summary>
    internal static int Open(byte* folder)
    {
        const uint events = IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE |
            IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
        int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
        if (fd < 0 || inotify_add_watch(fd, folder, events) >= 0)
            return fd;

        Libc.CloseKeepingErrno(fd);
        return -1;
    }
}
