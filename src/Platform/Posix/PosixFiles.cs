// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>Files by path and by descriptor.</summary>
internal static unsafe class PosixFiles
{
    private const uint OwnerOnly = 0x180;
    private const uint PermissionBits = 0xFFF;

    internal static nint Open(byte* path, bool isForWriting, bool isDirect)
    {
        int flags = (isForWriting ? Libc.O_WRONLY : Libc.O_RDONLY) | Libc.O_CLOEXEC;
        return isDirect ? DirectIo.open(path, flags) : Libc.open(path, flags);
    }

    internal static nint OpenRegular(byte* path, Files.OpenMode mode, uint permissions)
    {
        int flags = ((mode & Files.OpenMode.Write) == 0 ? Libc.O_RDONLY
                : (mode & Files.OpenMode.Read) == 0 ? Libc.O_WRONLY
                : Libc.O_RDWR)
            | ((mode & Files.OpenMode.Create) != 0 ? Libc.O_CREAT : 0)
            | ((mode & Files.OpenMode.Exclusive) != 0 ? Libc.O_EXCL : 0)
            | ((mode & Files.OpenMode.Truncate) != 0 ? Libc.O_TRUNC : 0);
        int file = Libc.open(path, flags | Libc.O_CLOEXEC | Libc.O_NONBLOCK | Libc.O_NOCTTY, permissions);
        if (file < 0)
            return Libc.Errno is Libc.EISDIR or Libc.ENXIO ? Files.OtherKind : -Libc.Errno;

        int error = StatusOf(file, out Files.Status status);
        if (error == 0 && status.Type == (int)AWS_FILE_TYPE_FILE)
            return file;
        Libc.close(file);
        return error == 0 ? Files.OtherKind : -error;
    }

    internal static int Sync(nint file)
    {
        int result;
        do
            result = Libc.fsync((int)file);
        while (result != 0 && Libc.Errno == Libc.EINTR);
        return result == 0 ? 0 : Libc.Errno;
    }

    internal static int SyncFolder(byte* path)
    {
        int folder = Libc.open(path, Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_NONBLOCK);
        if (folder < 0)
            return Libc.Errno;
        int error = Sync(folder);
        Libc.close(folder);
        return error;
    }

    internal static int SetLength(nint file, long length)
    {
        int result;
        do
            result = Libc.ftruncate((int)file, length);
        while (result != 0 && Libc.Errno == Libc.EINTR);
        return result == 0 ? 0 : Libc.Errno;
    }

    internal static nint Duplicate(int descriptor) => Libc.Duplicate(descriptor);

    internal static void CloseDescriptor(int descriptor) => Libc.close(descriptor);

    internal static nint OpenToAppend(byte* path) => Libc.open(
        path, Libc.O_WRONLY | Libc.O_APPEND | Libc.O_CREAT | Libc.O_CLOEXEC, OwnerOnly);

    internal static nint Create(byte* path) => Libc.open(
        path, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_CLOEXEC, OwnerOnly);

    internal static nint Write(nint file, void* bytes, nuint size) => Libc.write((int)file, bytes, size);

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
        status.Mode = found->Mode & PermissionBits;
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
