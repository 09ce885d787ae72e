// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The process and its environment, commands, limits, the machine.</summary>
internal static unsafe partial class Libc
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct rlimit
    {
        internal nuint rlim_cur;
        internal nuint rlim_max;
    }

    /// <summary>struct rusage; most of it is not used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    internal struct rusage
    {
        [FieldOffset(32)]
        internal nint ru_maxrss;

        [FieldOffset(72)]
        internal nint ru_majflt;

        internal readonly nint MaxrssKilobytes => ru_maxrss / PosixValues.MaxrssPerKilobyte;
    }

    internal const int RLIMIT_NOFILE = PosixValues.RLIMIT_NOFILE;
    internal const int RUSAGE_SELF = 0;

    internal const int _SC_PAGESIZE = PosixValues._SC_PAGESIZE;
    internal const int _SC_NPROCESSORS_ONLN = PosixValues._SC_NPROCESSORS_ONLN;

    internal const int SIGTRAP = 5;
    internal const int SIGSEGV = 11;

    [DllImport(Library)]
    internal static extern int getpid();

    [DllImport(Library)]
    internal static extern int getrlimit(int resource, rlimit* limit);

    [DllImport(Library)]
    internal static extern int setrlimit(int resource, rlimit* limit);

    [DllImport(Library)]
    internal static extern int getrusage(int who, rusage* usage);

    [DllImport(Library)]
    internal static extern nint sysconf(int name);

    [DllImport(Library)]
    internal static extern byte* getenv(byte* name);

    /// <summary>NULL also in a process that has more rights than whoever started it, such as a setuid one.</summary>
    internal static byte* secure_getenv(byte* name) => PosixCalls.secure_getenv(name);

    [DllImport(Library)]
    internal static extern int setenv(byte* name, byte* value, int overwrite);

    [DllImport(Library)]
    internal static extern int unsetenv(byte* name);

    /// <summary>popen for reading; the descriptor does not outlive an exec.</summary>
    internal static void* OpenCommand(byte* command) => PosixCalls.OpenCommand(command);

    [DllImport(Library)]
    internal static extern int pclose(void* stream);

    [DllImport(Library)]
    internal static extern int raise(int signal);

    [DllImport(Library)]
    internal static extern int backtrace(void** frames, int count);

    /// <summary>The result, one block, is the caller's to free.</summary>
    [DllImport(Library)]
    internal static extern byte** backtrace_symbols(void** frames, int count);
}
