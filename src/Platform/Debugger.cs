// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>A debugger on this process.</summary>
internal static class Debugger
{
    /// <summary>Whether another process traces this one.</summary>
    internal static bool IsPresent() => Posix.PosixDebugger.IsPresent();

    /// <summary>Stops in the debugger; without one the process ends.</summary>
    internal static void Break() => Posix.PosixDebugger.Break();
}
