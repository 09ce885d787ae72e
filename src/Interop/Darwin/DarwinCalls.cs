// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

/// <summary>
/// Calls that other Unix systems lack, or have by another name or in another form. Those of <see cref="Shim"/> are in
/// src/Shim/darwin_calls.c, which says why.
/// </summary>
internal static unsafe class DarwinCalls
{
    private const string Library = "libc";
    private const string Shim = "reseau_shim";

    private const int F_SETFD = 2;
    private const int FD_CLOEXEC = 1;

    private const int NanosecondsPerSecond = 1_000_000_000;
    private const nuint LargestPage = 16 * 1024;

    [DllImport(Library, EntryPoint = "__error")]
    [SuppressGCTransition]
    internal static extern int* ErrnoLocation();

    [DllImport(Shim, EntryPoint = "reseau_darwin_ioctl")]
    internal static extern int ioctl(int fd, nuint command, int* value);

    /// <summary>Of the variadic fcntl, the commands that take an int.</summary>
    [DllImport(Shim, EntryPoint = "reseau_darwin_fcntl")]
    internal static extern int fcntl(int fd, int command, int argument);

    [DllImport(Shim, EntryPoint = "reseau_darwin_open")]
    internal static extern int open(byte* path, int flags, uint mode);

    [DllImport(Shim, EntryPoint = "reseau_darwin_opendir")]
    internal static extern void* opendir(byte* path);

    [DllImport(Shim, EntryPoint = "reseau_darwin_readdir")]
    internal static extern dirent* readdir(void* directory);

    [DllImport(Shim, EntryPoint = "reseau_darwin_realpath")]
    internal static extern byte* realpath(byte* path, byte* resolved);

    [DllImport(Shim, EntryPoint = "reseau_darwin_popen")]
    private static extern void* popen(byte* command, byte* mode);

    [DllImport(Shim, EntryPoint = "reseau_darwin_fopen")]
    private static extern void* fopen(byte* path, byte* mode);

    [DllImport(Library)]
    private static extern int issetugid();

    [DllImport(Library, EntryPoint = "pthread_setname_np")]
    private static extern int SetOwnName(byte* name);

    [DllImport(Library)]
    private static extern int pthread_cond_timedwait_relative_np(
        pthread_cond_t* condition, pthread_mutex_t* mutex, Libc.timespec* time);

    [DllImport(Library, EntryPoint = "pthread_attr_setstacksize")]
    private static extern int SetStackSize(Libc.pthread_attr_t* attributes, nuint size);

    internal static byte* secure_getenv(byte* name) => issetugid() != 0 ? null : Libc.getenv(name);

    /// <summary>The size must be whole pages, which have 16 KiB on arm64; it becomes that, not smaller.</summary>
    internal static int pthread_attr_setstacksize(Libc.pthread_attr_t* attributes, nuint size) =>
        SetStackSize(attributes, WholePages(size));

    internal static nuint WholePages(nuint size) =>
        size > nuint.MaxValue - LargestPage ? size : (size + LargestPage - 1) / LargestPage * LargestPage;

    /// <summary>A thread can name only itself here; the first argument is for other systems.</summary>
    internal static int pthread_setname_np(ulong thread, byte* name) =>
        thread == Libc.pthread_self() ? SetOwnName(name) : Libc.EINVAL;

    /// <summary>
    /// Waits for the time that is left. The system measures it on a clock that stands while it sleeps, so that the wait
    /// may be longer, never shorter. A deadline that has passed still lets others have the mutex for a moment.
    /// </summary>
    internal static int pthread_cond_clockwait(
        pthread_cond_t* condition, pthread_mutex_t* mutex, int clock, Libc.timespec* deadline)
    {
        Libc.timespec now;
        if (Libc.clock_gettime(clock, &now) != 0)
            return Libc.Errno;

        Libc.timespec left = TimeBetween(now, *deadline);
        return pthread_cond_timedwait_relative_np(condition, mutex, &left);
    }

    /// <summary>Zero if the end is not after the begin.</summary>
    internal static Libc.timespec TimeBetween(Libc.timespec begin, Libc.timespec end)
    {
        Libc.timespec left;
        left.tv_sec = end.tv_sec - begin.tv_sec;
        left.tv_nsec = end.tv_nsec - begin.tv_nsec;
        if (left.tv_nsec < 0)
        {
            left.tv_sec--;
            left.tv_nsec += NanosecondsPerSecond;
        }

        return left.tv_sec < 0 ? default : left;
    }

    /// <summary>This popen takes one letter; what it opens is closed by exec afterwards.</summary>
    internal static void* OpenCommand(byte* command) => CloseByExec(popen(command, Literal.Of("r"u8)));

    /// <summary>This fopen does not take the letter e in the place where others do.</summary>
    internal static void* OpenStream(byte* path, byte* mode) => CloseByExec(fopen(path, mode));

    // FD_CLOEXEC of an open descriptor is never refused.
    private static void* CloseByExec(void* stream)
    {
        if (stream != null)
            fcntl(Libc.fileno(stream), F_SETFD, FD_CLOEXEC);
        return stream;
    }
}
