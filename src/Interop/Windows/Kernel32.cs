// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>
/// The system calls of Windows. A BOOL is an int; of those that return one, 0 means failure, and
/// <see cref="GetLastError"/> has the reason.
/// </summary>
internal static unsafe partial class Kernel32
{
    private const string Library = "kernel32";

    internal const nint INVALID_HANDLE_VALUE = -1;

    internal const uint INFINITE = uint.MaxValue;

    /// <summary>The runtime keeps it over its own calls.</summary>
    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern uint GetLastError();

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void SetLastError(uint code);

    [DllImport(Library)]
    internal static extern int CloseHandle(nint handle);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern nint GetCurrentProcess();

    [DllImport(Library)]
    internal static extern uint GetCurrentProcessId();
}
