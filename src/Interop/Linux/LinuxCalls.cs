// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>Calls that other Unix systems lack, or have by another name or in another form.</summary>
internal static unsafe class LinuxCalls
{
    private const string Library = "libc";

    private const int LongestMode = 64;

    [DllImport(Library, EntryPoint = "__errno_location")]
    [SuppressGCTransition]
    internal static extern int* ErrnoLocation();

    /// <summary>Of the variadic ioctl, the commands that take an int by its address, or nothing.</summary>
    [DllImport(Library)]
    internal static extern int ioctl(int fd, nuint command, int* value);

    /// <summary>Of the variadic fcntl, the commands that take an int.</summary>
    [DllImport(Library)]
    internal static extern int fcntl(int fd, int command, int argument);

    [DllImport(Library)]
    internal static extern int open(byte* path, int flags, uint mode);

    [DllImport(Library)]
    internal static extern void* opendir(byte* path);

    [DllImport(Library)]
    internal static extern dirent* readdir(void* directory);

    [DllImport(Library)]
    internal static extern byte* realpath(byte* path, byte* resolved);

    [DllImport(Library)]
    internal static extern byte* secure_getenv(byte* name);

    [DllImport(Library)]
    internal static extern int pthread_cond_clockwait(
        pthread_cond_t* condition, pthread_mutex_t* mutex, int clock, Libc.timespec* deadline);

    [DllImport(Library)]
    internal static extern int pthread_attr_setstacksize(Libc.pthread_attr_t* attributes, nuint size);

    [DllImport(Library)]
    internal static extern int pthread_setname_np(ulong thread, byte* name);

    [DllImport(Library)]
    private static extern void* popen(byte* command, byte* mode);

    [DllImport(Library)]
    private static extern void* fopen(byte* path, byte* mode);

    /// <summary>"e": the descriptor does not outlive an exec.</summary>
    internal static void* OpenCommand(byte* command) => popen(command, Literal.Of("re"u8));

    /// <summary>
    /// As "re" for "r": the C libraries look for the letter anywhere before a comma. A mode of many letters is
    /// nobody's.
    /// </summary>
    internal static void* OpenStream(byte* path, byte* mode)
    {
        int length = 0;
        while (length < LongestMode && mode[length] != 0)
            length++;
        if (length == LongestMode)
            return fopen(path, mode);

        byte* closedByExec = stackalloc byte[LongestMode + 1];
        closedByExec[0] = mode[0];
        closedByExec[1] = (byte)'e';
        System.Buffer.MemoryCopy(mode + 1, closedByExec + 2, LongestMode - 1, length);
        return fopen(path, closedByExec);
    }
}
