// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Linux;

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
