// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>What has happened to a name in a folder; the name, in UTF-16 and without a NUL, follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FILE_NOTIFY_INFORMATION
{
    /// <summary>From the beginning of this one; 0 for the last.</summary>
    internal uint NextEntryOffset;
    internal uint Action;
    internal uint FileNameLength;
}

/// <summary>Changes in folders.</summary>
internal static unsafe partial class Kernel32
{
    internal const uint FILE_LIST_DIRECTORY = 1;
    internal const uint FILE_FLAG_OVERLAPPED = 0x40000000;

    internal const uint FILE_NOTIFY_CHANGE_FILE_NAME = 0x1;
    internal const uint FILE_NOTIFY_CHANGE_DIR_NAME = 0x2;
    internal const uint FILE_NOTIFY_CHANGE_ATTRIBUTES = 0x4;
    internal const uint FILE_NOTIFY_CHANGE_SIZE = 0x8;
    internal const uint FILE_NOTIFY_CHANGE_LAST_WRITE = 0x10;
    internal const uint FILE_NOTIFY_CHANGE_SECURITY = 0x100;

    internal const uint FILE_ACTION_ADDED = 1;
    internal const uint FILE_ACTION_REMOVED = 2;
    internal const uint FILE_ACTION_MODIFIED = 3;
    internal const uint FILE_ACTION_RENAMED_OLD_NAME = 4;
    internal const uint FILE_ACTION_RENAMED_NEW_NAME = 5;

    internal const int CSTR_EQUAL = 2;
    internal const uint INVALID_FILE_ATTRIBUTES = uint.MaxValue;

    /// <summary>The memory is the system's until the read has ended.</summary>
    [DllImport(Library)]
    internal static extern int ReadDirectoryChangesW(
        nint folder,
        void* buffer,
        uint size,
        int isTree,
        uint filter,
        uint* count,
        OVERLAPPED* overlapped,
        void* routine);

    [DllImport(Library)]
    internal static extern int GetOverlappedResult(nint file, OVERLAPPED* overlapped, uint* count, int waits);

    /// <summary>1, 2 or 3: less, equal, greater; 0 on failure. Lengths may be -1.</summary>
    [DllImport(Library)]
    internal static extern int CompareStringOrdinal(
        char* text, int length, char* other, int otherLength, int ignoresCase);
}

/// <summary>What a handle was opened for. Functions return an NTSTATUS: negative on failure.</summary>
internal static unsafe class NtFiles
{
    /// <summary>Of FILE_INFORMATION_CLASS: how the file was opened, by flags.</summary>
    internal const int FileModeInformation = 16;

    /// <summary>FILE_SYNCHRONOUS_IO_ALERT and _NONALERT.</summary>
    internal const uint FILE_SYNCHRONOUS_IO = 0x30;

    [DllImport("ntdll")]
    internal static extern int NtQueryInformationFile(
        nint file, IO_STATUS_BLOCK* result, void* information, uint length, int informationClass);
}
