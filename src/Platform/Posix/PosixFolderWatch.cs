// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Notices of folders by inotify(7), where there is that.</summary>
internal static unsafe class PosixFolderWatch
{
    internal static nint Open(byte* folder)
    {
        int fd = FolderNotices.Open(folder);
        if (fd >= 0)
            return fd;
        return Libc.Errno == Libc.ENOSYS ? FolderWatch.Unsupported : -Libc.Errno;
    }

    internal static void* Waitable(nint watch) => (void*)watch;

    internal static void Close(nint watch) => PosixFiles.Close(watch);

    internal static bool IsSameName(byte* name, byte* other) =>
        MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)
            .SequenceEqual(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(other));

    internal static bool IsSeparator(byte value) => value == '/';

    internal static nint Read(nint watch, byte* buffer)
    {
        nint count = Libc.read((int)watch, buffer, FolderWatch.BufferSize);
        return count < 0 && Libc.Errno == Libc.EAGAIN ? 0 : count;
    }

    internal static int Parse(byte* at, out FolderWatch.Notice notice)
    {
        Inotify.inotify_event* found = (Inotify.inotify_event*)at;
        notice = new FolderWatch.Notice
        {
            Kind = KindOf(found->mask),
            Move = found->cookie,
            IsFolder = (found->mask & Inotify.IN_ISDIR) != 0,
            Name = found->len == 0 ? null : (byte*)(found + 1),
        };

        // What happens to the folder itself has no name, and but for its end does not matter.
        bool isOfAll = notice.Kind is FolderWatch.NoticeKind.FolderGone or FolderWatch.NoticeKind.Lost;
        if (notice.Name == null && !isOfAll)
            notice.Kind = FolderWatch.NoticeKind.None;
        return sizeof(Inotify.inotify_event) + (int)found->len;
    }

    private static FolderWatch.NoticeKind KindOf(uint mask)
    {
        const uint gone = Inotify.IN_DELETE_SELF | Inotify.IN_MOVE_SELF | Inotify.IN_UNMOUNT | Inotify.IN_IGNORED;
        return (mask & Inotify.IN_Q_OVERFLOW) != 0 ? FolderWatch.NoticeKind.Lost
            : (mask & gone) != 0 ? FolderWatch.NoticeKind.FolderGone
            : (mask & Inotify.IN_CREATE) != 0 ? FolderWatch.NoticeKind.Created
            : (mask & Inotify.IN_DELETE) != 0 ? FolderWatch.NoticeKind.Removed
            : (mask & Inotify.IN_MOVED_FROM) != 0 ? FolderWatch.NoticeKind.MovedFrom
            : (mask & Inotify.IN_MOVED_TO) != 0 ? FolderWatch.NoticeKind.MovedTo
            : (mask & (Inotify.IN_MODIFY | Inotify.IN_ATTRIB)) != 0 ? FolderWatch.NoticeKind.Changed
            : FolderWatch.NoticeKind.None;
    }
}
