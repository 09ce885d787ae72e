// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Files by path and by descriptor.</summary>
internal static unsafe class PosixFiles
{
    private const uint OwnerOnly = 0x180;

    internal static nint Open(byte* path, bool isForWriting, bool isDirect)
    {
        int flags = (isForWriting ? Libc.O_WRONLY : Libc.O_RDONLY) | Libc.O_CLOEXEC;
        return isDirect ? DirectIo.open(path, flags) : Libc.open(path, flags);
    }

    internal static nint Duplicate(nint file) => Libc.Duplicate((int)file);

    internal static nint OpenToAppend(byte* path) => Libc.open(
        path, Libc.O_WRONLY | Libc.O_APPEND | Libc.O_CREAT | Libc.O_CLOEXEC, OwnerOnly);

    internal static void Append(nint file, void* bytes, nuint size) => Libc.write((int)file, bytes, size);

    internal static void Close(nint file) => Libc.close((int)file);

    internal static nint ReadAt(nint file, void* buffer, nuint size, long offset) =>
        Libc.pread((int)file, buffer, size, offset);

    internal static nint WriteAt(nint file, void* bytes, nuint size, long offset) =>
        Libc.pwrite((int)file, bytes, size, offset);

    internal static int SetMode(byte* path, uint mode) => Libc.chmod(path, mode) == 0 ? 0 : Libc.Errno;

    internal static int Remove(byte* path) => Libc.unlink(path) == 0 ? 0 : Libc.Errno;

    internal static int Rename(byte* from, byte* to) => Libc.rename(from, to) == 0 ? 0 : Libc.Errno;

    internal static int StatusOf(byte* path, out Files.Status status)
    {
        stat_t found;
        return Describe(FileStatus.stat(path, &found), &found, out status);
    }

    internal static int StatusOfLink(byte* path, out Files.Status status)
    {
        stat_t found;
        return Describe(FileStatus.lstat(path, &found), &found, out status);
    }

    internal static int StatusOf(nint file, out Files.Status status)
    {
        stat_t found;
        return Describe(FileStatus.fstat((int)file, &found), &found, out status);
    }

    internal static bool IsSocket(byte* path)
    {
        stat_t found;
        return FileStatus.lstat(path, &found) == 0 && (found.Mode & Libc.S_IFMT) == Libc.S_IFSOCK;
    }

    internal static byte* Resolve(byte* path) => Libc.realpath(path);

    private static int Describe(int result, stat_t* found, out Files.Status status)
    {
        status = default;
        if (result != 0)
            return Libc.Errno;

        status.Type = TypeOf(found->Mode);
        status.Size = found->Size;
        status.Node = found->Node;
        status.ModifiedSeconds = found->ModifiedSeconds;
        status.ModifiedNanoseconds = found->ModifiedNanoseconds;
        return 0;
    }

    private static int TypeOf(ushort mode) => (mode & Libc.S_IFMT) switch
    {
        Libc.S_IFDIR => (int)AWS_FILE_TYPE_DIRECTORY,
        Libc.S_IFLNK => (int)AWS_FILE_TYPE_SYM_LINK,
        Libc.S_IFREG => (int)AWS_FILE_TYPE_FILE,
        _ => 0,
    };
}
