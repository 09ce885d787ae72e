// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Files by path and by handle. Others may write, rename and delete them meanwhile, as on a Unix.</summary>
internal static unsafe class WindowsFiles
{
    // Full access for the owner, and nothing inherited.
    private const string OwnerOnly = "D:P(A;;FA;;;OW)";

    private const uint NoAttributes = uint.MaxValue;

    internal static nint Open(byte* path, bool isForWriting, bool isDirect)
    {
        char* wide = WideText.NewPath(path);
        nint file = Create(
            wide,
            isForWriting ? Kernel32.GENERIC_WRITE : Kernel32.GENERIC_READ,
            Kernel32.OPEN_EXISTING,
            Kernel32.FILE_ATTRIBUTE_NORMAL | (isDirect ? Kernel32.FILE_FLAG_NO_BUFFERING : 0),
            null);
        Free(wide);
        return file;
    }

    internal static nint OpenToAppend(byte* path) =>
        OpenForOwner(path, Kernel32.FILE_APPEND_DATA, Kernel32.OPEN_ALWAYS);

    internal static nint Create(byte* path) => OpenForOwner(path, Kernel32.GENERIC_WRITE, Kernel32.CREATE_NEW);

    private static nint OpenForOwner(byte* path, uint access, uint disposition)
    {
        Kernel32.SECURITY_ATTRIBUTES security = new() { Length = (uint)sizeof(Kernel32.SECURITY_ATTRIBUTES) };
        fixed (char* rights = OwnerOnly)
        {
            if (Advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                rights, Advapi32.SDDL_REVISION_1, &security.SecurityDescriptor, null) == 0)
                return -1;
        }

        char* wide = WideText.NewPath(path);
        nint file = Create(wide, access, disposition, Kernel32.FILE_ATTRIBUTE_NORMAL, &security);
        int error = WindowsErrorNumbers.Last;
        WindowsHeap.Free(wide);
        Kernel32.LocalFree(security.SecurityDescriptor);
        WindowsErrorNumbers.Keep(error);
        return file;
    }

    internal static void Append(nint file, void* bytes, nuint size)
    {
        uint count;
        Kernel32.WriteFile(file, bytes, (uint)size, &count, null);
    }

    internal static nint Write(nint file, void* bytes, nuint size)
    {
        uint count;
        uint length = (uint)Math.Min(size, int.MaxValue);
        return Kernel32.WriteFile(file, bytes, length, &count, null) != 0 ? (nint)count : -1;
    }

    internal static void Close(nint file) => Kernel32.CloseHandle(file);

    internal static nint OpenRegular(byte* path, Files.OpenMode mode, uint permissions)
    {
        bool isMade = (mode & Files.OpenMode.Create) != 0;
        bool isEmptied = (mode & Files.OpenMode.Truncate) != 0;
        uint disposition = isMade && (mode & Files.OpenMode.Exclusive) != 0 ? Kernel32.CREATE_NEW
            : isMade && isEmptied ? Kernel32.CREATE_ALWAYS
            : isMade ? Kernel32.OPEN_ALWAYS
            : isEmptied ? Kernel32.TRUNCATE_EXISTING
            : Kernel32.OPEN_EXISTING;
        uint access = ((mode & Files.OpenMode.Read) != 0 ? Kernel32.GENERIC_READ : 0)
            | ((mode & Files.OpenMode.Write) != 0 ? Kernel32.GENERIC_WRITE : 0);
        char* wide = WideText.NewPath(path);
        nint file = Create(wide, access, disposition, Kernel32.FILE_ATTRIBUTE_NORMAL, null);
        int error = file < 0 ? WindowsErrorNumbers.Last : 0;
        WindowsHeap.Free(wide);
        if (error != 0)
            return IsOtherKind(path) ? Files.OtherKind : -error;
        if (StatusOf(file, out Files.Status status) == 0 && status.Type == (int)AWS_FILE_TYPE_FILE)
            return file;
        Close(file);
        return Files.OtherKind;
    }

    /// <summary>Of a handle that only reads nothing can be left to write.</summary>
    internal static int Sync(nint file)
    {
        if (Kernel32.FlushFileBuffers(file) != 0)
            return 0;
        return Kernel32.GetLastError() == Win32Error.ERROR_ACCESS_DENIED ? 0 : WindowsErrorNumbers.Last;
    }

    /// <summary>The system keeps names in its journal; a directory cannot be flushed by itself.</summary>
    internal static int SyncFolder(byte* path) => 0;

    internal static int SetLength(nint file, long length) => WindowsErrorNumbers.OfCall(
        Kernel32.SetFileInformationByHandle(file, Kernel32.FileEndOfFileInfo, &length, sizeof(long)) != 0);

    /// <summary>Who may do what is not said by bits here.</summary>
    internal static int SetMode(byte* path, uint mode) => 0;

    // A directory does not open: access is denied.
    private static bool IsOtherKind(byte* path) =>
        StatusOf(path, out Files.Status status) == 0 && status.Type != (int)AWS_FILE_TYPE_FILE;

    // The copy has the position of the other: what reads from it says where.
    internal static nint Duplicate(int descriptor)
    {
        nint file = HandleOf(descriptor);
        nint copy = -1;
        nint process = Kernel32.GetCurrentProcess();
        uint options = Kernel32.DUPLICATE_SAME_ACCESS;
        bool isCopied = file >= 0 && Kernel32.DuplicateHandle(process, file, process, &copy, 0, 0, options) != 0;
        return isCopied ? copy : -1;
    }

    // Without such a handler the C runtime ends the process for a descriptor that is none.
    internal static void CloseDescriptor(int descriptor)
    {
        delegate* unmanaged[Cdecl]<char*, char*, char*, uint, nuint, void> before =
            Ucrt._set_thread_local_invalid_parameter_handler(&Ignore);
        Ucrt._close(descriptor);
        Ucrt._set_thread_local_invalid_parameter_handler(before);
    }

    internal static nint ReadAt(nint file, void* buffer, nuint size, long offset)
    {
        uint count = 0;
        OVERLAPPED position = new() { Offset = (ulong)offset };
        if (Kernel32.ReadFile(file, buffer, (uint)Math.Min(size, int.MaxValue), &count, &position) != 0)
            return (nint)count;

        return Kernel32.GetLastError() is Win32Error.ERROR_HANDLE_EOF or Win32Error.ERROR_BROKEN_PIPE ? 0 : -1;
    }

    internal static nint WriteAt(nint file, void* bytes, nuint size, long offset)
    {
        uint count = 0;
        OVERLAPPED position = new() { Offset = (ulong)offset };
        uint length = (uint)Math.Min(size, int.MaxValue);
        return Kernel32.WriteFile(file, bytes, length, &count, &position) != 0 ? (nint)count : -1;
    }

    internal static int Remove(byte* path)
    {
        char* wide = WideText.NewPath(path);
        int error = WindowsErrorNumbers.OfCall(wide != null && Kernel32.DeleteFileW(wide) != 0);
        WindowsHeap.Free(wide);
        return error;
    }

    internal static int Rename(byte* from, byte* to)
    {
        char* wideFrom = WideText.NewPath(from);
        char* wideTo = WideText.NewPath(to);
        int error = WindowsErrorNumbers.OfCall(wideFrom != null && wideTo != null && Move(wideFrom, wideTo));
        WindowsHeap.Free(wideFrom);
        WindowsHeap.Free(wideTo);
        return error;
    }

    internal static int StatusOf(byte* path, out Files.Status status) => StatusOf(path, 0, out status);

    internal static int StatusOfLink(byte* path, out Files.Status status) =>
        StatusOf(path, Kernel32.FILE_FLAG_OPEN_REPARSE_POINT, out status);

    internal static int StatusOf(nint file, out Files.Status status)
    {
        status = default;

        // A pipe, or the console.
        if (Kernel32.GetFileType(file) != Kernel32.FILE_TYPE_DISK)
            return 0;

        Kernel32.BY_HANDLE_FILE_INFORMATION found;
        if (Kernel32.GetFileInformationByHandle(file, &found) == 0)
            return WindowsErrorNumbers.Last;

        status.Type = TypeOf(found.FileAttributes);
        status.Size = (long)((ulong)found.FileSizeHigh << 32 | found.FileSizeLow);
        status.Node = (ulong)found.FileIndexHigh << 32 | found.FileIndexLow;
        (status.ModifiedSeconds, status.ModifiedNanoseconds) = WindowsClock.OfFile(found.LastWriteTime);
        return 0;
    }

    internal static byte* Resolve(byte* path)
    {
        char* wide = WideText.NewPath(path);
        nint file = Create(
            wide, Kernel32.FILE_READ_ATTRIBUTES, Kernel32.OPEN_EXISTING, Kernel32.FILE_FLAG_BACKUP_SEMANTICS, null);
        WindowsHeap.Free(wide);
        if (file == Kernel32.INVALID_HANDLE_VALUE)
            return null;

        uint capacity = Kernel32.GetFinalPathNameByHandleW(file, null, 0, 0);
        char* found = capacity == 0 ? null : WideText.Allocate((int)capacity);
        if (found != null && Kernel32.GetFinalPathNameByHandleW(file, found, capacity, 0) == 0)
            *found = '\0';
        Kernel32.CloseHandle(file);
        byte* resolved = found == null || *found == 0 ? null : WideText.NewUtf8(WithoutPrefix(found));
        WindowsHeap.Free(found);
        return resolved;
    }

    private static int StatusOf(byte* path, uint flag, out Files.Status status)
    {
        status = default;
        char* wide = WideText.NewPath(path);
        nint file = Create(
            wide,
            Kernel32.FILE_READ_ATTRIBUTES,
            Kernel32.OPEN_EXISTING,
            Kernel32.FILE_FLAG_BACKUP_SEMANTICS | flag,
            null);
        int error = WindowsErrorNumbers.OfCall(file != Kernel32.INVALID_HANDLE_VALUE);
        WindowsHeap.Free(wide);
        if (error != 0)
            return error;

        error = StatusOf(file, out status);
        Kernel32.CloseHandle(file);
        return error;
    }

    private static nint Create(
        char* path, uint access, uint disposition, uint flags, Kernel32.SECURITY_ATTRIBUTES* security) => path == null
        ? Kernel32.INVALID_HANDLE_VALUE
        : Kernel32.CreateFileW(path, access, Kernel32.FILE_SHARE_ALL, security, disposition, flags, 0);

    // A directory does not replace one, not even an empty one, as it does on a Unix.
    private static bool Move(char* from, char* to)
    {
        if (Kernel32.MoveFileExW(from, to, Kernel32.MOVEFILE_REPLACE_EXISTING) != 0)
            return true;

        uint code = Kernel32.GetLastError();
        uint source = Kernel32.GetFileAttributesW(from);
        uint target = Kernel32.GetFileAttributesW(to);
        bool areDirectories = source != NoAttributes && target != NoAttributes &&
            (source & target & Kernel32.FILE_ATTRIBUTE_DIRECTORY) != 0;
        if (areDirectories && Kernel32.RemoveDirectoryW(to) != 0)
            return Kernel32.MoveFileExW(from, to, 0) != 0;
        if (!areDirectories)
            Kernel32.SetLastError(code);
        return false;
    }

    private static int TypeOf(uint attributes)
    {
        if ((attributes & Kernel32.FILE_ATTRIBUTE_REPARSE_POINT) != 0)
            return (int)AWS_FILE_TYPE_SYM_LINK;

        return (int)((attributes & Kernel32.FILE_ATTRIBUTE_DIRECTORY) != 0
            ? AWS_FILE_TYPE_DIRECTORY
            : AWS_FILE_TYPE_FILE);
    }

    // "\\?\C:\..." becomes "C:\...", and "\\?\UNC\server\..." "\\server\...".
    private static char* WithoutPrefix(char* path)
    {
        ReadOnlySpan<char> text = new(path, WideText.Length(path));
        if (text.StartsWith(@"\\?\UNC\"))
        {
            path[6] = '\\';
            return path + 6;
        }

        return text.StartsWith(@"\\?\") ? path + 4 : path;
    }

    // The reason for a failure is the caller's to read.
    private static void Free(char* path)
    {
        uint code = Kernel32.GetLastError();
        WindowsHeap.Free(path);
        Kernel32.SetLastError(code);
    }

    private static nint HandleOf(int descriptor)
    {
        delegate* unmanaged[Cdecl]<char*, char*, char*, uint, nuint, void> before =
            Ucrt._set_thread_local_invalid_parameter_handler(&Ignore);
        nint file = Ucrt._get_osfhandle(descriptor);
        Ucrt._set_thread_local_invalid_parameter_handler(before);
        if (file < 0)
            WindowsErrorNumbers.Keep(Ucrt.EBADF);
        return file;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(char* expression, char* function, char* file, uint line, nuint reserved)
    {
    }
}
