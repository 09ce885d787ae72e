// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>Memory that processes share: mappings of files, locks of parts, sleeping on words.</summary>
internal static unsafe class SharedMemory
{
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;
    internal const int MAP_SHARED = 1;
    internal const int F_OFD_GETLK = 36;
    internal const int F_OFD_SETLK = 37;
    internal const int F_ADD_SEALS = 1033;
    internal const int F_SEAL_SHRINK = 2;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;

    private const string Library = "libc";
    private const int FutexWait = 0;
    private const int FutexWake = 1;

    /// <summary>struct flock.</summary>
    internal struct flock
    {
        internal short l_type;
        internal short l_whence;
        internal long l_start;
        internal long l_len;
        internal int l_pid;
    }

    [DllImport(Library)]
    internal static extern void* mmap(void* address, nuint length, int protection, int flags, int fd, long offset);

    [DllImport(Library)]
    internal static extern int munmap(void* address, nuint length);

    /// <summary>Of the variadic fcntl, the commands that lock.</summary>
    [DllImport(Library, EntryPoint = "fcntl")]
    internal static extern int LockRange(int fd, int command, flock* range);

    [DllImport(Library, EntryPoint = "syscall")]
    private static extern nint Futex(nint number, uint* word, nint operation, nint value, Libc.timespec* timeout);

    /// <summary>Sleeps while a word has this value, until somebody wakes it or the time is up.</summary>
    internal static void Sleep(uint* word, uint value, ulong nanoseconds)
    {
        const ulong NanosecondsPerSecond = 1_000_000_000;
        Libc.timespec timeout;
        timeout.tv_sec = (nint)(nanoseconds / NanosecondsPerSecond);
        timeout.tv_nsec = (nint)(nanoseconds % NanosecondsPerSecond);
        Futex(FutexNumber, word, FutexWait, (nint)value, &timeout);
    }

    /// <summary>Wakes one thread that sleeps on a word, of any process.</summary>
    internal static void Wake(uint* word) => Futex(FutexNumber, word, FutexWake, 1, null);

    private static nint FutexNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;
}
