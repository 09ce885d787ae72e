// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Milliseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct COMMTIMEOUTS
{
    internal uint ReadIntervalTimeout;
    internal uint ReadTotalTimeoutMultiplier;
    internal uint ReadTotalTimeoutConstant;
    internal uint WriteTotalTimeoutMultiplier;
    internal uint WriteTotalTimeoutConstant;
}

/// <summary>Files that processes share, events, serial lines.</summary>
internal static unsafe partial class Kernel32
{
    internal const uint LOCKFILE_FAIL_IMMEDIATELY = 1;
    internal const uint LOCKFILE_EXCLUSIVE_LOCK = 2;
    internal const uint PAGE_READWRITE = 4;
    internal const uint FILE_MAP_WRITE = 2;
    internal const uint FILE_TYPE_UNKNOWN = 0;

    [DllImport(Library)]
    internal static extern int SetEvent(nint handle);

    [DllImport(Library)]
    internal static extern int ResetEvent(nint handle);

    [DllImport(Library)]
    internal static extern uint WaitForMultipleObjects(uint count, nint* handles, int waitsForAll, uint milliseconds);

    /// <summary>INVALID_HANDLE_VALUE on failure.</summary>
    [DllImport(Library)]
    internal static extern nint ReOpenFile(nint file, uint access, uint share, uint flags);

    [DllImport(Library)]
    internal static extern int LockFileEx(
        nint file, uint flags, uint reserved, uint sizeLow, uint sizeHigh, OVERLAPPED* where);

    [DllImport(Library)]
    internal static extern int UnlockFileEx(
        nint file, uint reserved, uint sizeLow, uint sizeHigh, OVERLAPPED* where);

    /// <summary>0 on failure.</summary>
    [DllImport(Library)]
    internal static extern nint CreateFileMappingW(
        nint file, void* security, uint protection, uint sizeHigh, uint sizeLow, char* name);

    /// <summary>NULL on failure.</summary>
    [DllImport(Library)]
    internal static extern void* MapViewOfFile(
        nint section, uint access, uint offsetHigh, uint offsetLow, nuint size);

    [DllImport(Library)]
    internal static extern int UnmapViewOfFile(void* memory);

    [DllImport(Library)]
    internal static extern int SetCommTimeouts(nint file, COMMTIMEOUTS* timeouts);
}
