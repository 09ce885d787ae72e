// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>What statx says of a file. Failures set errno.</summary>
internal static unsafe class FileStatus
{
    /// <summary>struct statx, which unlike struct stat is alike on all processors.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct statx_t
    {
        [FieldOffset(28)]
        internal ushort stx_mode;

        [FieldOffset(32)]
        internal ulong stx_ino;

        [FieldOffset(40)]
        internal ulong stx_size;

        [FieldOffset(112)]
        internal long stx_mtime_seconds;

        [FieldOffset(120)]
        internal uint stx_mtime_nanoseconds;

        internal readonly ushort Mode => stx_mode;

        internal readonly ulong Node => stx_ino;

        internal readonly long Size => (long)stx_size;

        internal readonly long ModifiedSeconds => stx_mtime_seconds;

        internal readonly uint ModifiedNanoseconds => stx_mtime_nanoseconds;
    }

    private const string Library = "libc";

    private const int AtCurrentDirectory = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxBasicStats = 0x7FF;

    // 144 bytes on x64, 128 on arm64.
    private const int StatSize = 144;

    [DllImport(Library, EntryPoint = "statx")]
    private static extern int StatxOnce(int directory, byte* path, int flags, uint mask, statx_t* status);

    [DllImport(Library, EntryPoint = "fstatat")]
    private static extern int OlderStat(int directory, byte* path, byte* status, int flags);

    // A sandbox with a list of known calls answers EPERM, for which no file is the cause. (For ENOSYS the C library
    // makes the older call itself.)
    private static int Statx(int directory, byte* path, int flags, uint mask, statx_t* status)
    {
        if (StatxOnce(directory, path, flags, mask, status) == 0)
            return 0;
        if (Libc.Errno != Libc.EPERM)
            return -1;

        // struct stat differs between processors, but not in what is needed but the place of the mode.
        byte* older = stackalloc byte[StatSize];
        if (OlderStat(directory, path, older, flags) != 0)
            return -1;

        *status = default;
        status->stx_ino = *(ulong*)(older + 8);
        status->stx_mode = *(ushort*)(older + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 16 : 24));
        status->stx_size = *(ulong*)(older + 48);
        status->stx_mtime_seconds = *(long*)(older + 88);
        status->stx_mtime_nanoseconds = (uint)*(long*)(older + 96);
        return 0;
    }

    /// <summary>The status of what a path names, following a symbolic link.</summary>
    internal static int stat(byte* path, statx_t* status) =>
        Statx(AtCurrentDirectory, path, 0, StatxBasicStats, status);

    /// <summary>The status of what a path names, be it a symbolic link.</summary>
    internal static int lstat(byte* path, statx_t* status) =>
        Statx(AtCurrentDirectory, path, AtSymlinkNoFollow, StatxBasicStats, status);

    /// <summary>The status of an open file.</summary>
    internal static int fstat(int descriptor, statx_t* status)
    {
        byte nothing = 0;
        return Statx(descriptor, &nothing, AtEmptyPath, StatxBasicStats, status);
    }
}

/// <summary>Transfers that bypass the page cache.</summary>
internal static unsafe class DirectIo
{
    private static int O_DIRECT => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;

    /// <summary>As <see cref="Libc.open"/>.</summary>
    internal static int open(byte* path, int flags) => Libc.open(path, flags | O_DIRECT);
}
