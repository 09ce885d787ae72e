// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Clocks and what a process uses.</summary>
internal static unsafe partial class Kernel32
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct PROCESS_MEMORY_COUNTERS
    {
        internal uint Size;
        internal uint PageFaultCount;
        internal nuint PeakWorkingSetSize;
        internal nuint WorkingSetSize;
        internal fixed ulong Rest[6];
    }

    /// <summary>Never fails.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int QueryPerformanceCounter(long* ticks);

    /// <summary>Fixed while the system runs.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int QueryPerformanceFrequency(long* ticksPerSecond);

    /// <summary>Hundreds of nanoseconds since 1601, in UTC.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void GetSystemTimePreciseAsFileTime(ulong* time);

    [DllImport(Library, EntryPoint = "K32GetProcessMemoryInfo")]
    internal static extern int GetProcessMemoryInfo(nint process, PROCESS_MEMORY_COUNTERS* counters, uint size);
}
