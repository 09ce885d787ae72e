// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Files by path and by descriptor.</summary>
internal static unsafe class PosixFiles
{
    private const uint OwnerOnly = 0x180;

    internal static nint Open(byte* path, bool isForWriting, bool isDirect) => Libc.open(
        path,
        (isForWriting ? Libc.O_WRONLY : Libc.O_RDONLY) | (isDirect ? DirectIo.O_DIRECT : 0) | Libc.O_CLOEXEC);

    internal static nint OpenToAppend(byte* path) => Libc.open(
        path, Libc.O_WRONLY | Libc.O_APPEND | Libc.O_CREAT | Libc.O_CLOEXEC, OwnerOnly);

    internal static void Append(nint file, void* bytes, nuint size) => Libc.write((int)file, bytes, size);

    internal static void Close(nint file) => Libc.close((int)file);

    internal static nint ReadAt(nint file, void* buffer, nuint size, long offset) =>
        Libc.pread((int)file, buffer, size, offset);

    internal static nint WriteAt(nint file, void* bytes, nuint size, long offset) =>
        Libc.pwrite((int)file, bytes, size, offset);

    internal static int Remove(byte* path) => Libc.unlink(path) == 0 ? 0 : Libc.Errno;

    internal static int Rename(byte* from, byte* to) => Libc.rename(from, to) == 0 ? 0 : Libc.Errno;

    internal static int StatusOf(byte* path, out Files.Status status)
    {
        FileStatus.statx_t found;
        return Describe(FileStatus.stat(path, &found), &found, out status);
    }

    internal static int StatusOfLink(byte* path, out Files.Status status)
    {
        FileStatus.statx_t found;
        return Describe(FileStatus.lstat(path, &found), &found, out status);
    }

    internal static int StatusOf(nint file, out Files.Status status)
    {
        FileStatus.statx_t found;
        return Describe(FileStatus.fstat((int)file, &found), &found, out status);
    }

    internal static byte* Resolve(byte* path) => Libc.realpath(path);

    private static int Describe(int result, FileStatus.statx_t* found, out Files.Status status)
    {
        status = default;
        if (result != 0)
            return Libc.Errno;

        status.Type = TypeOf(found->stx_mode);
        status.Size = (long)found->stx_size;
        status.Node = found->stx_ino;
        status.ModifiedSeconds = found->stx_mtime_seconds;
        status.ModifiedNanoseconds = found->stx_mtime_nanoseconds;
        return 0;
    }

    private static int TypeOf(ushort mode) => (mode & FileStatus.S_IFMT) switch
    {
        FileStatus.S_IFDIR => (int)AWS_FILE_TYPE_DIRECTORY,
        FileStatus.S_IFLNK => (int)AWS_FILE_TYPE_SYM_LINK,
        FileStatus.S_IFREG => (int)AWS_FILE_TYPE_FILE,
        _ => 0,
    };
}
