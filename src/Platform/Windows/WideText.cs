// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// Text in UTF-16, as the system takes it, and in UTF-8, as programs do. What is made here is freed to the heap; NULL,
/// with the reason in the system's last error, if it cannot be made.
/// </summary>
internal static unsafe class WideText
{
    // Directories have to leave room for a short name.
    private const int LongestShortPath = Kernel32.LongestName - 13;

    private const int PrefixLength = 4;

    internal static char* New(byte* text)
    {
        int length = Kernel32.MultiByteToWideChar(Kernel32.CP_UTF8, 0, text, -1, null, 0);
        char* wide = length == 0 ? null : Allocate(length);
        if (wide != null)
            Kernel32.MultiByteToWideChar(Kernel32.CP_UTF8, 0, text, -1, wide, length);
        return wide;
    }

    /// <summary>As <see cref="New"/>; a long path is made absolute, with the prefix that makes it allowed.</summary>
    internal static char* NewPath(byte* path)
    {
        char* wide = New(path);
        if (wide == null || Length(wide) < LongestShortPath || IsPrefixed(wide))
            return wide;

        char* full = NewFullPath(wide);
        WindowsHeap.Free(wide);
        return full;
    }

    /// <summary>The text in UTF-8.</summary>
    internal static byte* NewUtf8(char* wide)
    {
        int length = Kernel32.WideCharToMultiByte(Kernel32.CP_UTF8, 0, wide, -1, null, 0, null, null);
        byte* text = (byte*)WindowsHeap.Allocate((nuint)length);
        if (text != null)
            Kernel32.WideCharToMultiByte(Kernel32.CP_UTF8, 0, wide, -1, text, length, null, null);
        return text;
    }

    /// <summary>The text in UTF-8 and a NUL, as far as whole characters have room. Returns the length.</summary>
    internal static int Copy(char* wide, byte* buffer, int capacity)
    {
        int length = Length(wide);
        int written = 0;
        while (length > 0)
        {
            written = Kernel32.WideCharToMultiByte(
                Kernel32.CP_UTF8, 0, wide, length, buffer, capacity - 1, null, null);
            if (written > 0)
                break;

            length -= length > 1 && char.IsLowSurrogate(wide[length - 1]) ? 2 : 1;
        }

        buffer[written] = 0;
        return written;
    }

    internal static int Length(char* wide)
    {
        int length = 0;
        while (wide[length] != 0)
            length++;
        return length;
    }

    internal static char* Allocate(int length)
    {
        char* wide = (char*)WindowsHeap.Allocate((nuint)length * sizeof(char));
        if (wide == null)
            Kernel32.SetLastError(Win32Error.ERROR_NOT_ENOUGH_MEMORY);
        return wide;
    }

    // "\\?\C:\..."; a share is "\\?\UNC\server\...".
    private static char* NewFullPath(char* path)
    {
        uint capacity = Kernel32.GetFullPathNameW(path, 0, null, null);
        char* full = capacity == 0 ? null : Allocate((int)capacity + PrefixLength + PrefixLength);
        if (full == null)
            return null;

        char* start = full + PrefixLength + PrefixLength;
        Kernel32.GetFullPathNameW(path, capacity, start, null);
        bool isShare = start[0] == '\\' && start[1] == '\\';
        char* target = full;
        foreach (char c in isShare ? @"\\?\UNC" : @"\\?\")
            *target++ = c;
        if (isShare)
            start++;
        do
            *target++ = *start;
        while (*start++ != 0);
        return full;
    }

    private static bool IsPrefixed(char* path) => path[0] == '\\' && path[1] == '\\' && path[2] is '?' or '.';
}
