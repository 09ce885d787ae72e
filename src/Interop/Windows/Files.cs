// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Files, directories and text in UTF-16.</summary>
internal static unsafe partial class Kernel32
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct FILETIME
    {
        internal uint LowDateTime;
        internal uint HighDateTime;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct BY_HANDLE_FILE_INFORMATION
    {
        internal uint FileAttributes;
        internal FILETIME CreationTime;
        internal FILETIME LastAccessTime;
        internal FILETIME LastWriteTime;
        internal uint VolumeSerialNumber;
        internal uint FileSizeHigh;
        internal uint FileSizeLow;
        internal uint NumberOfLinks;
        internal uint FileIndexHigh;
        internal uint FileIndexLow;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct WIN32_FIND_DATAW
    {
        internal uint FileAttributes;
        internal FILETIME CreationTime;
        internal FILETIME LastAccessTime;
        internal FILETIME LastWriteTime;
        internal uint FileSizeHigh;
        internal uint FileSizeLow;
        internal uint Reserved0;
        internal uint Reserved1;
        internal fixed char FileName[LongestName];
        internal fixed char AlternateFileName[14];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct SECURITY_ATTRIBUTES
    {
        internal uint Length;
        internal void* SecurityDescriptor;
        internal int InheritHandle;
    }

    /// <summary>MAX_PATH: a path this long, with its NUL, needs the prefix for long ones.</summary>
    internal const int LongestName = 260;

    internal const uint GENERIC_READ = 0x80000000;
    internal const uint GENERIC_WRITE = 0x40000000;
    internal const uint FILE_APPEND_DATA = 0x4;
    internal const uint FILE_READ_ATTRIBUTES = 0x80;
    internal const uint FILE_SHARE_ALL = 0x7;
    internal const uint CREATE_NEW = 1;
    internal const uint CREATE_ALWAYS = 2;
    internal const uint OPEN_EXISTING = 3;
    internal const uint OPEN_ALWAYS = 4;
    internal const uint TRUNCATE_EXISTING = 5;
    internal const uint FILE_ATTRIBUTE_DIRECTORY = 0x10;
    internal const uint FILE_ATTRIBUTE_NORMAL = 0x80;
    internal const uint FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
    internal const uint FILE_FLAG_OPEN_REPARSE_POINT = 0x00200000;
    internal const uint FILE_FLAG_BACKUP_SEMANTICS = 0x02000000;
    internal const uint FILE_FLAG_NO_BUFFERING = 0x20000000;
    internal const uint MOVEFILE_REPLACE_EXISTING = 1;
    internal const uint CP_UTF8 = 65001;
    internal const uint FILE_TYPE_DISK = 1;

    /// <summary>Of FILE_INFO_BY_HANDLE_CLASS: a length, of eight bytes.</summary>
    internal const int FileEndOfFileInfo = 6;

    internal const int STD_ERROR_HANDLE = -12;

    /// <summary>INVALID_HANDLE_VALUE on failure.</summary>
    [DllImport(Library)]
    internal static extern nint CreateFileW(
        char* path,
        uint access,
        uint share,
        SECURITY_ATTRIBUTES* security,
        uint disposition,
        uint flags,
        nint template);

    [DllImport(Library)]
    internal static extern int ReadFile(nint file, void* buffer, uint size, uint* count, OVERLAPPED* overlapped);

    [DllImport(Library)]
    internal static extern int WriteFile(nint file, void* bytes, uint size, uint* count, OVERLAPPED* overlapped);

    [DllImport(Library)]
    internal static extern int FlushFileBuffers(nint file);

    [DllImport(Library)]
    internal static extern int SetFileInformationByHandle(nint file, int kind, void* information, uint size);

    [DllImport(Library)]
    internal static extern int DeleteFileW(char* path);

    [DllImport(Library)]
    internal static extern int MoveFileExW(char* from, char* to, uint flags);

    [DllImport(Library)]
    internal static extern int CreateDirectoryW(char* path, SECURITY_ATTRIBUTES* security);

    [DllImport(Library)]
    internal static extern int RemoveDirectoryW(char* path);

    [DllImport(Library)]
    internal static extern uint GetFileAttributesW(char* path);

    [DllImport(Library)]
    internal static extern uint GetFileType(nint file);

    [DllImport(Library)]
    internal static extern int GetFileInformationByHandle(nint file, BY_HANDLE_FILE_INFORMATION* information);

    /// <summary>The length; what is needed, with a NUL, if that is more than the capacity; 0 on failure.</summary>
    [DllImport(Library)]
    internal static extern uint GetFinalPathNameByHandleW(nint file, char* buffer, uint capacity, uint flags);

    /// <summary>Counts as <see cref="GetFinalPathNameByHandleW"/>.</summary>
    [DllImport(Library)]
    internal static extern uint GetFullPathNameW(char* path, uint capacity, char* buffer, char** filePart);

    [DllImport(Library)]
    internal static extern nint FindFirstFileW(char* pattern, WIN32_FIND_DATAW* found);

    [DllImport(Library)]
    internal static extern int FindNextFileW(nint search, WIN32_FIND_DATAW* found);

    [DllImport(Library)]
    internal static extern int FindClose(nint search);

    [DllImport(Library)]
    internal static extern nint GetStdHandle(int which);

    /// <summary>The length, of a text with its NUL if that is counted; 0 on failure.</summary>
    [DllImport(Library)]
    internal static extern int MultiByteToWideChar(
        uint codePage, uint flags, byte* text, int length, char* buffer, int capacity);

    /// <summary>The length, of a text with its NUL if that is counted; 0 on failure.</summary>
    [DllImport(Library)]
    internal static extern int WideCharToMultiByte(
        uint codePage,
        uint flags,
        char* text,
        int length,
        byte* buffer,
        int capacity,
        byte* defaultChar,
        int* usedDefault);

    [DllImport(Library)]
    internal static extern nint LocalFree(void* memory);
}
