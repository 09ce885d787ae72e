// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Files by path and by stream, directories. Failures set errno.</summary>
internal static unsafe partial class Libc
{
    internal const int O_RDONLY = 0;
    internal const int O_WRONLY = 1;
    internal const int O_RDWR = 2;
    internal const int O_EXCL = PosixValues.O_EXCL;
    internal const int O_TRUNC = PosixValues.O_TRUNC;
    internal const int O_NOCTTY = PosixValues.O_NOCTTY;
    internal const int O_CREAT = PosixValues.O_CREAT;
    internal const int O_APPEND = PosixValues.O_APPEND;
    internal const int O_CLOEXEC = PosixValues.O_CLOEXEC;

    internal const ushort S_IFMT = 0xF000;
    internal const ushort S_IFDIR = 0x4000;
    internal const ushort S_IFREG = 0x8000;
    internal const ushort S_IFLNK = 0xA000;
    internal const ushort S_IFSOCK = 0xC000;

    /// <summary>As fopen, and the descriptor does not outlive an exec.</summary>
    internal static void* OpenStream(byte* path, byte* mode) => PosixCalls.OpenStream(path, mode);

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

    /// <summary>The mode is that of a file which O_CREAT makes.</summary>
    internal static int open(byte* path, int flags, uint mode = 0)
    {
        int descriptor;
        do
            descriptor = PosixCalls.open(path, flags, mode);
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

    [DllImport(Library)]
    internal static extern int fsync(int descriptor);

    [DllImport(Library)]
    internal static extern int ftruncate(int descriptor, long length);

    [DllImport(Library)]
    internal static extern int mkdir(byte* path, uint mode);

    [DllImport(Library)]
    internal static extern int rmdir(byte* path);

    /// <summary>Another descriptor of the same file, not inherited by exec; -1 with errno.</summary>
    internal static int Duplicate(int fd) => PosixCalls.fcntl(fd, PosixValues.F_DUPFD_CLOEXEC, 0);

    [DllImport(Library)]
    internal static extern int chmod(byte* path, uint mode);

    [DllImport(Library)]
    internal static extern int unlink(byte* path);

    [DllImport(Library)]
    internal static extern int rename(byte* from, byte* to);

    /// <summary>The result is the caller's to free.</summary>
    internal static byte* realpath(byte* path) => PosixCalls.realpath(path, null);

    internal static void* opendir(byte* path) => PosixCalls.opendir(path);

    internal static dirent* readdir(void* directory) => PosixCalls.readdir(directory);

    [DllImport(Library)]
    internal static extern int closedir(void* directory);

    [DllImport(Library)]
    internal static extern uint getuid();

    [DllImport(Library)]
    internal static extern int getpwuid_r(uint user, passwd* entry, byte* buffer, nuint capacity, passwd** result);
}
