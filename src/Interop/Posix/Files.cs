// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Files by path and by stream, directories. Failures set errno.</summary>
internal static unsafe partial class Libc
{
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
    internal const int O_CREAT = PosixValues.O_CREAT;
    internal const int O_APPEND = PosixValues.O_APPEND;
    internal const int O_CLOEXEC = PosixValues.O_CLOEXEC;

    internal const int ERANGE = 34;

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

    [DllImport(Library)]
    internal static extern int mkdir(byte* path, uint mode);

    [DllImport(Library)]
    internal static extern int rmdir(byte* path);

    /// <summary>The command of <see cref="fcntl"/> that duplicates a descriptor, not inherited by exec.</summary>
    internal const int F_DUPFD_CLOEXEC = 1030;

    /// <summary>Of the variadic fcntl, the commands that take an int.</summary>
    [DllImport(Library)]
    internal static extern int fcntl(int descriptor, int command, int value);

    [DllImport(Library)]
    internal static extern int chmod(byte* path, uint mode);

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
