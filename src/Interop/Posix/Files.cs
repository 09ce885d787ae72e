// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Files by path and by stream, directories. Failures set errno.</summary>
internal static unsafe partial class Libc
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
    }

    /// <summary>One entry of a directory, with 64-bit offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct dirent
    {
        internal ulong d_ino;
        internal long d_off;
        internal ushort d_reclen;
        internal byte d_type;
        internal fixed byte d_name[256];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct passwd
    {
        internal byte* pw_name;
        internal byte* pw_passwd;
        internal uint pw_uid;
        internal uint pw_gid;
        internal byte* pw_gecos;
        internal byte* pw_dir;
        internal byte* pw_shell;
    }

    internal const int SEEK_SET = 0;
    internal const int SEEK_END = 2;

    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_CREAT = 0x40;
    internal const int O_APPEND = 0x400;
    internal const int O_CLOEXEC = 0x80000;

    internal static int O_DIRECT => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x10000 : 0x4000;

    internal const ushort S_IFMT = 0xF000;
    internal const ushort S_IFDIR = 0x4000;
    internal const ushort S_IFREG = 0x8000;
    internal const ushort S_IFLNK = 0xA000;

    internal const int ERANGE = 34;

    private const int AtCurrentDirectory = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxBasicStats = 0x7FF;

    // 144 bytes on x64, 128 on arm64.
    private const int StatSize = 144;

    [DllImport(Library)]
    internal static extern void* fopen(byte* path, byte* mode);

    [DllImport(Library)]
    internal static extern int fclose(void* stream);

    [DllImport(Library)]
    internal static extern nuint fread(void* buffer, nuint size, nuint count, void* stream);

    [DllImport(Library)]
    internal static extern nuint fwrite(void* buffer, nuint size, nuint count, void* stream);

    [DllImport(Library)]
    internal static extern int fflush(void* stream);

    [DllImport(Library)]
    internal static extern int feof(void* stream);

    [DllImport(Library)]
    internal static extern int ferror(void* stream);

    [DllImport(Library)]
    internal static extern int fileno(void* stream);

    [DllImport(Library)]
    internal static extern int fseeko(void* stream, long offset, int whence);

    [DllImport(Library, EntryPoint = "open")]
    private static extern int OpenOnce(byte* path, int flags, uint mode);

    /// <summary>The mode is that of a file which O_CREAT makes.</summary>
    internal static int open(byte* path, int flags, uint mode = 0)
    {
        int descriptor;
        do
            descriptor = OpenOnce(path, flags, mode);
        while (descriptor < 0 && Errno == EINTR);
        return descriptor;
    }

    [DllImport(Library, EntryPoint = "pread")]
    private static extern nint ReadAtOnce(int descriptor, void* buffer, nuint size, long offset);

    internal static nint pread(int descriptor, void* buffer, nuint size, long offset)
    {
        nint count;
        do
            count = ReadAtOnce(descriptor, buffer, size, offset);
        while (count < 0 && Errno == EINTR);
        return count;
    }

    [DllImport(Library, EntryPoint = "pwrite")]
    private static extern nint WriteAtOnce(int descriptor, void* buffer, nuint size, long offset);

    internal static nint pwrite(int descriptor, void* buffer, nuint size, long offset)
    {
        nint count;
        do
            count = WriteAtOnce(descriptor, buffer, size, offset);
        while (count < 0 && Errno == EINTR);
        return count;
    }

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
        if (Errno != EPERM)
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

    [DllImport(Library)]
    internal static extern int mkdir(byte* path, uint mode);

    [DllImport(Library)]
    internal static extern int rmdir(byte* path);

    [DllImport(Library)]
    internal static extern int unlink(byte* path);

    [DllImport(Library)]
    internal static extern int rename(byte* from, byte* to);

    /// <summary>The result is the caller's to free.</summary>
    [DllImport(Library, EntryPoint = "realpath")]
    private static extern byte* ResolvePath(byte* path, byte* resolved);

    internal static byte* realpath(byte* path) => ResolvePath(path, null);

    [DllImport(Library)]
    internal static extern void* opendir(byte* path);

    [DllImport(Library)]
    internal static extern dirent* readdir(void* directory);

    [DllImport(Library)]
    internal static extern int closedir(void* directory);

    [DllImport(Library)]
    internal static extern uint getuid();

    [DllImport(Library)]
    internal static extern int getpwuid_r(uint user, passwd* entry, byte* buffer, nuint capacity, passwd** result);
}
