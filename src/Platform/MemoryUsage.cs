// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>How much memory the process has used since it started.</summary>
internal static class MemoryUsage
{
    /// <summary>The largest resident size, in the system's unit, and the page faults that needed the disk.</summary>
    internal static bool TryRead(out nuint largestResidentSize, out nuint pageFaults) =>
        Posix.PosixMemoryUsage.TryRead(out largestResidentSize, out pageFaults);
}
