// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>FILE of the Universal C Runtime. Programs with another C runtime have other ones.</summary>
internal static unsafe class WindowsStdio
{
    private const int LongestMode = 64;

    internal static void* Output => Ucrt.__acrt_iob_func(Ucrt.StandardOutput);

    internal static void* Error => Ucrt.__acrt_iob_func(Ucrt.StandardError);

    // As "rN" for "r": not inherited by processes that this one starts.
    internal static void* Open(byte* path, byte* mode)
    {
        char* wideMode = stackalloc char[LongestMode + 2];
        int length = 0;
        for (; length < LongestMode && mode[length] != 0; length++)
            wideMode[length] = (char)mode[length];
        if (length == 0 || !IsMode(wideMode, length))
        {
            // A mode that the runtime does not know is the end of the process, unless the program has a handler.
            WindowsErrorNumbers.Keep(Ucrt.EINVAL);
            return null;
        }

        wideMode[length] = 'N';
        wideMode[length + 1] = '\0';
        char* widePath = WideText.NewPath(path);
        void* file = widePath == null ? null : Ucrt._wfopen(widePath, wideMode);
        if (widePath != null && file == null)
            WindowsErrorNumbers.KeepErrno();
        Free(widePath);
        return file;
    }

    internal static void Close(void* file) => Ucrt.fclose(file);

    internal static nuint Read(void* file, void* buffer, nuint size)
    {
        nuint count = Ucrt.fread(buffer, 1, size, file);
        if (count < size)
            WindowsErrorNumbers.KeepErrno();
        return count;
    }

    internal static nuint Write(void* file, void* bytes, nuint size)
    {
        nuint count = Ucrt.fwrite(bytes, 1, size, file);
        if (count < size)
            WindowsErrorNumbers.KeepErrno();
        return count;
    }

    internal static void Flush(void* file) => Ucrt.fflush(file);

    internal static bool IsAtEnd(void* file) => Ucrt.feof(file) != 0;

    internal static bool HasFailed(void* file) => Ucrt.ferror(file) != 0;

    internal static bool Seek(void* file, long offset, int whence)
    {
        if (whence is >= 0 and <= Stdio.FromEnd && Ucrt._fseeki64(file, offset, whence) == 0)
            return true;

        WindowsErrorNumbers.Keep(whence is >= 0 and <= Stdio.FromEnd ? *Ucrt._errno() : Ucrt.EINVAL);
        return false;
    }

    internal static nint HandleOf(void* file)
    {
        int descriptor = Ucrt._fileno(file);
        return descriptor < 0 ? -1 : Ucrt._get_osfhandle(descriptor);
    }

    private static bool IsMode(char* mode, int length)
    {
        if (mode[0] is not ('r' or 'w' or 'a'))
            return false;

        ReadOnlySpan<char> rest = new ReadOnlySpan<char>(mode, length)[1..];
        return !rest.ContainsAnyExcept("+btxcnSRTD");
    }

    private static void Free(char* path)
    {
        uint code = Kernel32.GetLastError();
        WindowsHeap.Free(path);
        Kernel32.SetLastError(code);
    }
}

/// <summary>The handle of standard error.</summary>
internal static unsafe class WindowsStandardStreams
{
    internal static void WriteError(void* bytes, nuint count)
    {
        nint handle = Kernel32.GetStdHandle(Kernel32.STD_ERROR_HANDLE);
        uint written;
        if (handle != 0 && handle != Kernel32.INVALID_HANDLE_VALUE)
            Kernel32.WriteFile(handle, bytes, (uint)count, &written, null);
    }
}
