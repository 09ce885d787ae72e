// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// A section of the file, LockFileEx, and for each of the two sleepers an event, whose name is the file's numbers: all
/// processes that have the file come to the same two. As long as a file is mapped nobody can make it shorter.
/// </summary>
internal static unsafe class WindowsSharedFile
{
    private const int Sleepers = 2;

    // Locks are taken for a moment to see whether somebody has them.
    private const int Attempts = 5;
    private const ulong Pause = 1_000_000;

    private struct State
    {
        internal nint File;
        internal fixed ulong Events[Sleepers];
    }

    internal static nint Open(int descriptor)
    {
        const uint access = Kernel32.GENERIC_READ | Kernel32.GENERIC_WRITE;
        nint file = Kernel32.ReOpenFile(descriptor, access, Kernel32.FILE_SHARE_ALL, 0);
        if (file == Kernel32.INVALID_HANDLE_VALUE)
            return -WindowsErrorNumbers.Last;

        State* state = (State*)WindowsHeap.AllocateZeroed(1, (nuint)sizeof(State));
        int error = state == null ? Ucrt.ENOMEM : OpenEvents(state, file);
        if (error == 0)
        {
            state->File = file;
            return (nint)state;
        }

        Kernel32.CloseHandle(file);
        CloseEvents(state);
        return -error;
    }

    internal static void Close(nint file)
    {
        State* state = (State*)file;
        Kernel32.CloseHandle(state->File);
        CloseEvents(state);
    }

    internal static void CloseGiven(int descriptor) => Kernel32.CloseHandle(descriptor);

    internal static int TryLock(nint file, long at)
    {
        const uint how = Kernel32.LOCKFILE_EXCLUSIVE_LOCK | Kernel32.LOCKFILE_FAIL_IMMEDIATELY;
        for (int i = 0; i < Attempts; i++)
        {
            if (i > 0)
                WindowsThread.Sleep(Pause);
            int error = Lock(file, at, how);
            if (error != SharedFile.IsTaken)
                return error;
        }

        return SharedFile.IsTaken;
    }

    internal static void Unlock(nint file, long at)
    {
        OVERLAPPED where = new() { Offset = (ulong)at };
        Kernel32.UnlockFileEx(((State*)file)->File, 0, 1, 0, &where);
    }

    internal static bool IsLocked(nint file, long at)
    {
        int error = Lock(file, at, Kernel32.LOCKFILE_FAIL_IMMEDIATELY);
        if (error == 0)
            Unlock(file, at);
        return error == SharedFile.IsTaken;
    }

    internal static int Map(nint file, long size, void** memory)
    {
        // A file that is longer becomes no shorter: somebody may have mapped it.
        State* state = (State*)file;
        ulong length = (ulong)size;
        nint section = Kernel32.CreateFileMappingW(
            state->File, null, Kernel32.PAGE_READWRITE, (uint)(length >> 32), (uint)length, null);
        if (section == 0)
            return WindowsErrorNumbers.Last;

        // The view holds the section.
        *memory = Kernel32.MapViewOfFile(section, Kernel32.FILE_MAP_WRITE, 0, 0, (nuint)size);
        int error = WindowsErrorNumbers.OfCall(*memory != null);
        Kernel32.CloseHandle(section);
        return error;
    }

    internal static void Unmap(void* memory, long size) => Kernel32.UnmapViewOfFile(memory);

    internal static void Sleep(nint file, int sleeper, uint* word, uint value, ulong nanoseconds)
    {
        const ulong nanosecondsPerMillisecond = 1_000_000;
        if (Volatile.Read(ref *word) != value)
            return;
        ulong milliseconds = (nanoseconds + nanosecondsPerMillisecond - 1) / nanosecondsPerMillisecond;
        nint handle = (nint)((State*)file)->Events[sleeper];
        Kernel32.WaitForSingleObject(handle, (uint)ulong.Min(milliseconds, int.MaxValue));
    }

    internal static void Wake(nint file, int sleeper, uint* word) =>
        Kernel32.SetEvent((nint)((State*)file)->Events[sleeper]);

    private static int Lock(nint file, long at, uint how)
    {
        OVERLAPPED where = new() { Offset = (ulong)at };
        if (Kernel32.LockFileEx(((State*)file)->File, how, 0, 1, 0, &where) != 0)
            return 0;
        return Kernel32.GetLastError() is Win32Error.ERROR_LOCK_VIOLATION or Win32Error.ERROR_IO_PENDING
            ? SharedFile.IsTaken
            : WindowsErrorNumbers.Last;
    }

    private static int OpenEvents(State* state, nint file)
    {
        Kernel32.BY_HANDLE_FILE_INFORMATION found;
        if (Kernel32.GetFileInformationByHandle(file, &found) == 0)
            return WindowsErrorNumbers.Last;

        const int NameMax = 64;
        char* name = stackalloc char[NameMax];
        for (int i = 0; i < Sleepers; i++)
        {
            Span<char> text = new(name, NameMax);
            text.TryWrite(
                $"Global\\reseau-{found.VolumeSerialNumber:x8}-{found.FileIndexHigh:x8}{found.FileIndexLow:x8}-{i}\0",
                out int _);
            nint made = Iocp.CreateEventW(null, 0, 0, name);
            if (made == 0)
                return WindowsErrorNumbers.Last;
            state->Events[i] = (ulong)made;
        }

        return 0;
    }

    private static void CloseEvents(State* state)
    {
        for (int i = 0; state != null && i < Sleepers; i++)
        {
            if (state->Events[i] != 0)
                Kernel32.CloseHandle((nint)state->Events[i]);
        }

        WindowsHeap.Free(state);
    }
}
