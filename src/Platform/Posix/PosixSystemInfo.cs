// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>sysconf, and what the firmware says.</summary>
internal static unsafe class PosixSystemInfo
{
    internal static nuint ProcessorCount()
    {
        nint count = Libc.sysconf(Libc._SC_NPROCESSORS_ONLN);
        return count > 0 ? (nuint)count : 1;
    }

    internal static byte* VendorFile => Literal.Of("/sys/devices/virtual/dmi/id/sys_vendor"u8);

    internal static byte* ProductFile => Literal.Of("/sys/devices/virtual/dmi/id/product_name"u8);
}

/// <summary>getrusage.</summary>
internal static unsafe class PosixMemoryUsage
{
    internal static bool TryRead(out nuint largestResidentSize, out nuint pageFaults)
    {
        Libc.rusage usage;
        bool isKnown = Libc.getrusage(Libc.RUSAGE_SELF, &usage) == 0;
        largestResidentSize = isKnown ? (nuint)usage.MaxrssKilobytes : 0;
        pageFaults = isKnown ? (nuint)usage.ru_majflt : 0;
        return isKnown;
    }
}

/// <summary>Whether there is a tracer, and the signal that stops in it.</summary>
internal static unsafe class PosixDebugger
{
    internal static bool IsPresent()
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = KernelTextFile.Read(Literal.Of("/proc/self/status"u8), buffer);
        ReadOnlySpan<byte> status = buffer[..Math.Max(0, length)];
        ReadOnlySpan<byte> field = "TracerPid:"u8;
        int position = status.IndexOf(field);
        if (position < 0)
            return false;

        status = status[(position + field.Length)..].TrimStart("\t "u8);
        return KernelTextFile.TryTakeNumber(ref status, out int tracer) && tracer != 0;
    }

    internal static void Break() => Libc.raise(Libc.SIGTRAP);
}
