// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>Where a thread runs and where its memory lies.</summary>
internal static unsafe class Placement
{
    /// <summary>The kernel's mask of 1024 processors.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct cpu_set_t
    {
        internal const int Capacity = 1024;

        internal fixed ulong bits[Capacity / 64];
    }

    private const int MPOL_PREFERRED = 1;

    private const string Library = "libc";

    [DllImport(Library)]
    private static extern int pthread_attr_setaffinity_np(
        Libc.pthread_attr_t* attributes, nuint size, cpu_set_t* cpus);

    // The C library has no wrapper of set_mempolicy; libnuma, which has one, is seldom installed.
    [DllImport(Library, EntryPoint = "syscall")]
    private static extern nint SystemCall(nint number, nint first, nint second, nint third);

    /// <summary>Has a thread that is made with these attributes run on one processor. The error number.</summary>
    internal static int SetProcessor(Libc.pthread_attr_t* attributes, int processor)
    {
        if (processor >= cpu_set_t.Capacity)
            return Libc.EINVAL;

        cpu_set_t set = default;
        set.bits[processor / 64] = 1UL << (processor % 64);
        return pthread_attr_setaffinity_np(attributes, (nuint)sizeof(cpu_set_t), &set);
    }

    /// <summary>Sets the calling thread's NUMA policy, without nodes. The error number when it was refused.</summary>
    internal static int PreferLocalMemory()
    {
        int number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 237 : 238;
        return SystemCall(number, MPOL_PREFERRED, 0, 0) == 0 ? 0 : Libc.Errno;
    }
}

/// <summary>What prctl(2) sets for the calling thread.</summary>
internal static class Prctl
{
    private const string Library = "libc";

    private const int PR_SET_TIMERSLACK = 29;

    [DllImport(Library)]
    private static extern int prctl(int option, nuint argument, nuint unused3, nuint unused4, nuint unused5);

    /// <summary>How late the kernel may wake the calling thread, in nanoseconds.</summary>
    internal static void SetTimerSlack(nuint nanoseconds) => prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}
