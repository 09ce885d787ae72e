// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>What stat says of a file. Failures set errno.</summary>
internal static unsafe class FileStatus
{
    /// <summary>struct stat with 64-bit inode numbers; most of it is not used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    internal struct stat_t
    {
        [FieldOffset(4)]
        internal ushort st_mode;

        [FieldOffset(8)]
        internal ulong st_ino;

        [FieldOffset(48)]
        internal Libc.timespec st_mtimespec;

        [FieldOffset(96)]
        internal long st_size;

        internal readonly ushort Mode => st_mode;

        internal readonly ulong Node => st_ino;

        internal readonly long Size => st_size;

        internal readonly long ModifiedSeconds => st_mtimespec.tv_sec;

        internal readonly uint ModifiedNanoseconds => (uint)st_mtimespec.tv_nsec;
    }

    private const string Shim = "reseau_shim";

    /// <summary>The status of what a path names, following a symbolic link.</summary>
    [DllImport(Shim, EntryPoint = "reseau_darwin_stat")]
    internal static extern int stat(byte* path, stat_t* status);

    /// <summary>The status of what a path names, be it a symbolic link.</summary>
    [DllImport(Shim, EntryPoint = "reseau_darwin_lstat")]
    internal static extern int lstat(byte* path, stat_t* status);

    /// <summary>The status of an open file.</summary>
    [DllImport(Shim, EntryPoint = "reseau_darwin_fstat")]
    internal static extern int fstat(int descriptor, stat_t* status);
}

/// <summary>Transfers that bypass the page cache.</summary>
internal static unsafe class DirectIo
{
    internal const int F_NOCACHE = 48;

    /// <summary>As <see cref="Libc.open"/>. There is no flag for it here: the open file is set up.</summary>
    internal static int open(byte* path, int flags)
    {
        int fd = Libc.open(path, flags);
        if (fd < 0 || DarwinCalls.fcntl(fd, F_NOCACHE, 1) == 0)
            return fd;

        Libc.CloseKeepingErrno(fd);
        return -1;
    }
}
