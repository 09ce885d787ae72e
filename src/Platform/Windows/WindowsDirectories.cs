// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>Directories by searches for all names in them, and the user's home.</summary>
internal static unsafe class WindowsDirectories
{
    // Three bytes of UTF-8 for a unit of UTF-16 at most.
    private const int LongestName = 3 * Kernel32.LongestName;

    /// <summary>A directory that is being read.</summary>
    private struct Search
    {
        internal nint Handle;

        /// <summary>What the system has found already, and nobody has read.</summary>
        internal bool HasFound;
        internal Kernel32.WIN32_FIND_DATAW Found;
        internal fixed byte Name[LongestName];
    }

    internal static int Create(byte* path)
    {
        char* wide = WideText.NewPath(path);
        int error = WindowsErrorNumbers.OfCall(wide != null && Kernel32.CreateDirectoryW(wide, null) != 0);
        WindowsHeap.Free(wide);
        return error;
    }

    internal static int Remove(byte* path)
    {
        char* wide = WideText.NewPath(path);
        int error = WindowsErrorNumbers.OfCall(wide != null && Kernel32.RemoveDirectoryW(wide) != 0);
        WindowsHeap.Free(wide);
        return error;
    }

    internal static void* Open(byte* path)
    {
        if (*path == 0)
        {
            Kernel32.SetLastError(Win32Error.ERROR_PATH_NOT_FOUND);
            return null;
        }

        char* pattern = NewPattern(path);
        Search* search = pattern == null ? null : (Search*)WindowsHeap.Allocate((nuint)sizeof(Search));
        if (search == null)
        {
            WindowsHeap.Free(pattern);
            return null;
        }

        search->Handle = Kernel32.FindFirstFileW(pattern, &search->Found);
        search->HasFound = search->Handle != Kernel32.INVALID_HANDLE_VALUE;
        uint code = search->HasFound ? 0 : Kernel32.GetLastError();
        WindowsHeap.Free(pattern);

        // The root of an empty drive has no entries, not even "." and "..".
        if (search->HasFound || code == Win32Error.ERROR_FILE_NOT_FOUND)
            return search;

        WindowsHeap.Free(search);
        Kernel32.SetLastError(code);
        return null;
    }

    internal static byte* Read(void* directory, out int error)
    {
        Search* search = (Search*)directory;
        error = 0;
        if (search->Handle == Kernel32.INVALID_HANDLE_VALUE)
            return null;

        if (!search->HasFound && Kernel32.FindNextFileW(search->Handle, &search->Found) == 0)
        {
            uint code = Kernel32.GetLastError();
            error = code == Win32Error.ERROR_NO_MORE_FILES ? 0 : WindowsErrorNumbers.OfSystem(code);
            return null;
        }

        search->HasFound = false;
        WideText.Copy(search->Found.FileName, search->Name, LongestName);
        return search->Name;
    }

    internal static void Close(void* directory)
    {
        Search* search = (Search*)directory;
        if (search->Handle != Kernel32.INVALID_HANDLE_VALUE)
            Kernel32.FindClose(search->Handle);
        WindowsHeap.Free(search);
    }

    internal static byte* HomeInEnvironment()
    {
        byte* home = WindowsEnvironmentVariables.Get(Literal.Of("HOME"u8));
        return home != null ? home : WindowsEnvironmentVariables.Get(Literal.Of("USERPROFILE"u8));
    }

    internal static byte* HomeOfUser(byte* buffer, nuint capacity)
    {
        byte* drive = WindowsEnvironmentVariables.Get(Literal.Of("HOMEDRIVE"u8));
        byte* path = WindowsEnvironmentVariables.Get(Literal.Of("HOMEPATH"u8));
        if (drive == null || path == null)
            return null;

        nuint length = 0;
        foreach (nint part in (ReadOnlySpan<nint>)[(nint)drive, (nint)path])
        {
            for (byte* c = (byte*)part; *c != 0; c++)
            {
                if (length + 1 >= capacity)
                    return null;
                buffer[length++] = *c;
            }
        }

        buffer[length] = 0;
        return buffer;
    }

    private static char* NewPattern(byte* path)
    {
        char* wide = WideText.NewPath(path);
        if (wide == null)
            return null;

        int length = WideText.Length(wide);
        char* pattern = WideText.Allocate(length + 3);
        if (pattern != null)
        {
            new ReadOnlySpan<char>(wide, length).CopyTo(new Span<char>(pattern, length));
            if (length > 0 && pattern[length - 1] is not ('\\' or '/' or ':'))
                pattern[length++] = '\\';
            pattern[length++] = '*';
            pattern[length] = '\0';
        }

        WindowsHeap.Free(wide);
        return pattern;
    }
}
