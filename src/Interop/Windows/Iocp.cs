// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>An operation that the system has; Internal is its status, InternalHigh the bytes it has moved.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OVERLAPPED
{
    public nuint Internal;
    public nuint InternalHigh;
    public ulong Offset;
    public void* hEvent;
}

/// <summary>A packet taken from a completion port.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OVERLAPPED_ENTRY
{
    public nuint lpCompletionKey;
    public OVERLAPPED* lpOverlapped;
    public nuint Internal;
    public uint dwNumberOfBytesTransferred;
}

/// <summary>FILE_COMPLETION_INFORMATION: the port of a file, and the key that its packets bear.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FILE_COMPLETION_INFORMATION
{
    public nint Port;
    public void* Key;
}

[StructLayout(LayoutKind.Sequential)]
internal struct IO_STATUS_BLOCK
{
    public nint Status;
    public nuint Information;
}

/// <summary>Completion ports, and operations on handles in general.</summary>
internal static unsafe class Iocp
{
    internal const byte FILE_SKIP_COMPLETION_PORT_ON_SUCCESS = 1;
    internal const byte FILE_SKIP_SET_EVENT_ON_HANDLE = 2;

    /// <summary>Of FILE_INFORMATION_CLASS; Windows 8.1 and later.</summary>
    internal const int FileReplaceCompletionInformation = 61;

    internal const int ERROR_SUCCESS = 0;
    internal const int WAIT_TIMEOUT = 258;
    internal const int WAIT_IO_COMPLETION = 192;
    internal const int ERROR_IO_PENDING = 997;

    internal const uint STATUS_PENDING = 0x103;
    internal const uint WT_EXECUTEINWAITTHREAD = 4;

    private const string Library = "kernel32";

    /// <summary>
    /// The reason of the calling thread's last failure here, in Winsock.cs or in NamedPipes.cs; to be read before any
    /// other call. The runtime keeps it where it stops a thread that comes back.
    /// </summary>
    internal static int LastError => (int)Kernel32.GetLastError();

    /// <summary>A new port, if file is INVALID_HANDLE_VALUE; else ties the file to the port. 0 is failure.</summary>
    [DllImport(Library)]
    internal static extern nint CreateIoCompletionPort(nint file, nint port, nuint key, uint threads);

    [DllImport(Library)]
    internal static extern int GetQueuedCompletionStatusEx(
        nint port, OVERLAPPED_ENTRY* entries, uint capacity, uint* count, uint milliseconds, int alertable);

    [DllImport(Library)]
    internal static extern int PostQueuedCompletionStatus(nint port, uint bytes, nuint key, OVERLAPPED* overlapped);

    /// <summary>An event that a wait resets. 0 is failure.</summary>
    [DllImport(Library)]
    internal static extern nint CreateEventW(void* security, int isManual, int isSet, char* name);

    /// <summary>
    /// Has a thread of the system call a function whenever the event is set, until <see cref="UnregisterWaitEx"/>.
    /// </summary>
    [DllImport(Library)]
    internal static extern int RegisterWaitForSingleObject(
        nint* wait,
        nint handle,
        delegate* unmanaged[Stdcall]<void*, byte, void> function,
        void* context,
        uint milliseconds,
        uint flags);

    /// <summary>With INVALID_HANDLE_VALUE it returns when the function is not called any more.</summary>
    [DllImport(Library)]
    internal static extern int UnregisterWaitEx(nint wait, nint completionEvent);

    [DllImport(Library)]
    internal static extern int SetFileCompletionNotificationModes(nint file, byte flags);

    [DllImport(Library)]
    internal static extern int CancelIoEx(nint file, OVERLAPPED* overlapped);

    /// <summary>Returns an NTSTATUS.</summary>
    [DllImport("ntdll")]
    internal static extern int NtSetInformationFile(
        nint file, IO_STATUS_BLOCK* result, void* information, uint length, int informationClass);

    /// <summary>The system's error for an NTSTATUS.</summary>
    [DllImport("ntdll")]
    internal static extern uint RtlNtStatusToDosError(int status);
}
