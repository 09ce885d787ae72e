// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>mmap(2), locks of open file descriptions, futex(2): Linux.</summary>
internal static unsafe class PosixSharedFile
{
    // Locks belong to what open() makes, and both ends may have been given the same.
    internal static nint Open(int descriptor)
    {
        const int PathMax = 32;
        byte* path = stackalloc byte[PathMax];
        ReadOnlySpan<byte> folder = "/proc/self/fd/"u8;
        folder.CopyTo(new Span<byte>(path, PathMax));
        if (!descriptor.TryFormat(new Span<byte>(path + folder.Length, PathMax - folder.Length - 1), out int digits))
            return -Libc.EBADF;
        path[folder.Length + digits] = 0;
        int file = Libc.open(path, Libc.O_RDWR | Libc.O_CLOEXEC, 0);
        return file < 0 ? -Libc.Errno : file;
    }

    internal static void Close(nint file) => Libc.close((int)file);

    internal static void CloseGiven(int descriptor) => Libc.close(descriptor);

    internal static int TryLock(nint file, long at)
    {
        SharedMemory.flock range = Byte(at, SharedMemory.F_WRLCK);
        if (SharedMemory.LockRange((int)file, SharedMemory.F_OFD_SETLK, &range) == 0)
            return 0;
        return Libc.Errno is Libc.EAGAIN or Libc.EACCES ? SharedFile.IsTaken : Libc.Errno;
    }

    internal static void Unlock(nint file, long at)
    {
        SharedMemory.flock range = Byte(at, SharedMemory.F_UNLCK);
        SharedMemory.LockRange((int)file, SharedMemory.F_OFD_SETLK, &range);
    }

    internal static bool IsLocked(nint file, long at)
    {
        SharedMemory.flock range = Byte(at, SharedMemory.F_WRLCK);
        return SharedMemory.LockRange((int)file, SharedMemory.F_OFD_GETLK, &range) == 0
            && range.l_type != SharedMemory.F_UNLCK;
    }

    internal static int Map(nint file, long size, void** memory)
    {
        if (Libc.ftruncate((int)file, size) != 0)
            return Libc.Errno;

        // Where it can be sealed the other end cannot take away what is mapped here.
        PosixCalls.fcntl((int)file, SharedMemory.F_ADD_SEALS, SharedMemory.F_SEAL_SHRINK);

        // It may have done so before the seal.
        if (Libc.ftruncate((int)file, size) != 0)
            return Libc.Errno;

        const int protection = SharedMemory.PROT_READ | SharedMemory.PROT_WRITE;
        void* mapped = SharedMemory.mmap(null, (nuint)size, protection, SharedMemory.MAP_SHARED, (int)file, 0);
        if ((nint)mapped == -1)
            return Libc.Errno;
        *memory = mapped;
        return 0;
    }

    internal static void Unmap(void* memory, long size) => SharedMemory.munmap(memory, (nuint)size);

    internal static void Sleep(nint file, int sleeper, uint* word, uint value, ulong nanoseconds) =>
        SharedMemory.Sleep(word, value, nanoseconds);

    internal static void Wake(nint file, int sleeper, uint* word) => SharedMemory.Wake(word);

    private static SharedMemory.flock Byte(long at, short type) => new() { l_type = type, l_start = at, l_len = 1 };
}
