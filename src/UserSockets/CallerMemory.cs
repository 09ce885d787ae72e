// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.UserSockets;

/// <summary>Memory that a call was given.</summary>
internal static unsafe class CallerMemory
{
    private const nuint LastPage = 4096;

    /// <summary>
    /// Whether there can be none: null, or where no system has any, at the end of all addresses, where -1 points to.
    /// What else is wrong is the program's fault, since nothing is asked of the system.
    /// </summary>
    internal static bool IsMissing(void* at, nuint length) =>
        at == null || length > (nuint)nint.MaxValue || (nuint)at > nuint.MaxValue - LastPage - length;
}
