// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The machine. No file says who made it.</summary>
internal static unsafe class WindowsSystemInfo
{
    internal static nuint ProcessorCount() =>
        Math.Max(1, Kernel32.GetActiveProcessorCount(Kernel32.ALL_PROCESSOR_GROUPS));

    internal static byte* VendorFile => null;

    internal static byte* ProductFile => null;
}

/// <summary>The working set, in bytes, and all page faults.</summary>
internal static unsafe class WindowsMemoryUsage
{
    internal static bool TryRead(out nuint largestResidentSize, out nuint pageFaults)
    {
        Kernel32.PROCESS_MEMORY_COUNTERS counters;
        uint size = (uint)sizeof(Kernel32.PROCESS_MEMORY_COUNTERS);
        bool isKnown = Kernel32.GetProcessMemoryInfo(Kernel32.GetCurrentProcess(), &counters, size) != 0;
        largestResidentSize = isKnown ? counters.PeakWorkingSetSize : 0;
        pageFaults = isKnown ? counters.PageFaultCount : 0;
        return isKnown;
    }
}

/// <summary>The system's debugger interface.</summary>
internal static unsafe class WindowsDebugger
{
    internal static bool IsPresent() => Kernel32.IsDebuggerPresent() != 0;

    internal static void Break() => Kernel32.DebugBreak();
}
