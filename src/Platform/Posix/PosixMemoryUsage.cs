// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>getrusage.</summary>
internal static unsafe class PosixMemoryUsage
{
    internal static bool TryRead(out nuint largestResidentSize, out nuint pageFaults)
    {
        Libc.rusage usage;
        bool isKnown = Libc.getrusage(Libc.RUSAGE_SELF, &usage) == 0;
        largestResidentSize = isKnown ? (nuint)usage.ru_maxrss : 0;
        pageFaults = isKnown ? (nuint)usage.ru_majflt : 0;
        return isKnown;
    }
}
