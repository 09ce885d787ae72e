// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// Notices of folders by ReadDirectoryChangesW: one read is under way at a time, whose end sets an event; what happens
/// between two reads the system keeps with the folder's handle. Rule 350 of docs/lifetimes.md.
/// </summary>
internal static unsafe class WindowsFolderWatch
{
    // As much as a share on another machine allows.
    private const int NoticesSize = 64 * 1024;

    // Units of UTF-16 that a name has at most.
    private const int NameMax = 255;

    // Of one unit of UTF-16.
    private const int Utf8Max = 3;

    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        internal nint Folder;
        internal OVERLAPPED Read;

        // Of the folder, a separator, and room for a name.
        internal char* Path;
        internal int PathLength;

        // The last move whose old name has come.
        internal uint Move;

        // Of a read that has ended: what was not handed out yet.
        internal uint Position;
        internal uint Length;
        internal bool IsUnderWay;
        internal bool IsGone;
        internal fixed ulong Notices[NoticesSize / sizeof(ulong)];
    }

    // What Read() writes and Parse() takes apart; the name follows, as a C string.
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        internal int Size;
        internal FolderWatch.NoticeKind Kind;
        internal uint Move;
        internal bool IsFolder;
        internal bool HasName;
    }

    internal static nint Open(byte* folder)
    {
        Watched* watched = (Watched*)WindowsHeap.AllocateZeroed(1, (nuint)sizeof(Watched));
        if (watched == null)
            return -Ucrt.ENOMEM;

        char* path = WideText.NewPath(folder);
        watched->Folder = path == null ? Kernel32.INVALID_HANDLE_VALUE : Kernel32.CreateFileW(
            path,
            Kernel32.FILE_LIST_DIRECTORY,
            Kernel32.FILE_SHARE_ALL,
            null,
            Kernel32.OPEN_EXISTING,
            Kernel32.FILE_FLAG_BACKUP_SEMANTICS | Kernel32.FILE_FLAG_OVERLAPPED,
            0);
        int error = WindowsErrorNumbers.OfCall(watched->Folder != Kernel32.INVALID_HANDLE_VALUE);
        WindowsHeap.Free(path);
        if (error == 0)
            error = KeepPath(watched);
        if (error == 0)
            error = Begin(watched);
        if (error == 0)
            return (nint)watched;

        Close((nint)watched);
        return -error;
    }

    internal static void* Waitable(nint watch) => ((Watched*)watch)->Read.hEvent;

    internal static nint Read(nint watch, byte* buffer)
    {
        Watched* watched = (Watched*)watch;
        byte* at = buffer;
        byte* end = buffer + FolderWatch.BufferSize;
        if (watched->Position == watched->Length)
            at += Collect(watched, at);

        while (watched->Position < watched->Length && Next(watched, end, ref at))
        {
        }

        // A folder that was removed between two reads is reported here; without room for that, by the next call.
        bool isRead = watched->Position == watched->Length && !watched->IsUnderWay && !watched->IsGone;
        if (isRead && end - at >= sizeof(Entry) && ReadOn(watched) != 0)
        {
            watched->IsGone = true;
            at += Put(at, FolderWatch.NoticeKind.FolderGone);
        }

        return (nint)(at - buffer);
    }

    internal static int Parse(byte* at, out FolderWatch.Notice notice)
    {
        Entry* entry = (Entry*)at;
        notice = new FolderWatch.Notice
        {
            Kind = entry->Kind,
            Move = entry->Move,
            IsFolder = entry->IsFolder,
            Name = entry->HasName ? (byte*)(entry + 1) : null,
        };
        return entry->Size;
    }

    internal static void Close(nint watch)
    {
        Watched* watched = (Watched*)watch;
        uint count;
        if (watched->IsUnderWay)
        {
            Iocp.CancelIoEx(watched->Folder, &watched->Read);
            Kernel32.GetOverlappedResult(watched->Folder, &watched->Read, &count, 1);
        }

        if (watched->Folder != Kernel32.INVALID_HANDLE_VALUE)
            Kernel32.CloseHandle(watched->Folder);
        if (watched->Read.hEvent != null)
            Kernel32.CloseHandle((nint)watched->Read.hEvent);
        WindowsHeap.Free(watched->Path);
        WindowsHeap.Free(watched);
    }

    /// <summary>Letters of the other case make no difference.</summary>
    internal static bool IsSameName(byte* name, byte* other)
    {
        char* wideName = WideText.New(name);
        char* wideOther = WideText.New(other);
        bool isSame = wideName != null && wideOther != null
            && Kernel32.CompareStringOrdinal(wideName, -1, wideOther, -1, 1) == Kernel32.CSTR_EQUAL;
        WindowsHeap.Free(wideName);
        WindowsHeap.Free(wideOther);
        return isSame;
    }

    internal static bool IsSeparator(byte value) => value is (byte)'/' or (byte)'\\';

    // 0, or an OS error number.
    private static int Begin(Watched* watched)
    {
        watched->Read.hEvent = (void*)Iocp.CreateEventW(null, 0, 0, null);
        return watched->Read.hEvent == null ? WindowsErrorNumbers.Last : ReadOn(watched);
    }

    private static int ReadOn(Watched* watched)
    {
        const uint what = Kernel32.FILE_NOTIFY_CHANGE_FILE_NAME | Kernel32.FILE_NOTIFY_CHANGE_DIR_NAME
            | Kernel32.FILE_NOTIFY_CHANGE_ATTRIBUTES | Kernel32.FILE_NOTIFY_CHANGE_SIZE
            | Kernel32.FILE_NOTIFY_CHANGE_LAST_WRITE | Kernel32.FILE_NOTIFY_CHANGE_SECURITY;
        watched->IsUnderWay = Kernel32.ReadDirectoryChangesW(
            watched->Folder, watched->Notices, NoticesSize, 0, what, null, &watched->Read, null) != 0;
        return WindowsErrorNumbers.OfCall(watched->IsUnderWay);
    }

    // What a read that has ended brings. Returns how many bytes of entries that makes by itself.
    private static int Collect(Watched* watched, byte* at)
    {
        uint count = 0;
        if (!watched->IsUnderWay || watched->Read.Internal == Iocp.STATUS_PENDING)
            return 0;

        watched->IsUnderWay = false;
        bool isRead = Kernel32.GetOverlappedResult(watched->Folder, &watched->Read, &count, 0) != 0;
        uint code = isRead ? Win32Error.ERROR_SUCCESS : Kernel32.GetLastError();
        watched->Position = 0;
        watched->Length = count;

        // With the thread that had begun it; nothing is lost by that.
        if (code == Win32Error.ERROR_OPERATION_ABORTED)
            return 0;
        if (isRead ? count == 0 : code == Win32Error.ERROR_NOTIFY_ENUM_DIR)
            return Put(at, FolderWatch.NoticeKind.Lost);
        if (isRead)
            return 0;

        watched->IsGone = true;
        return Put(at, FolderWatch.NoticeKind.FolderGone);
    }

    private static int Put(byte* at, FolderWatch.NoticeKind kind)
    {
        *(Entry*)at = new Entry { Kind = kind, Size = sizeof(Entry) };
        return sizeof(Entry);
    }

    // False if there is no room for it.
    private static bool Next(Watched* watched, byte* end, ref byte* at)
    {
        FILE_NOTIFY_INFORMATION* notice =
            (FILE_NOTIFY_INFORMATION*)((byte*)watched->Notices + watched->Position);
        char* name = (char*)(notice + 1);
        int length = (int)notice->FileNameLength / sizeof(char);
        if (end - at < sizeof(Entry) + (length * Utf8Max) + 1 + sizeof(ulong))
            return false;

        uint next = notice->NextEntryOffset;
        watched->Position = next == 0 ? watched->Length : watched->Position + next;
        FolderWatch.NoticeKind kind = KindOf(notice->Action);
        if (kind == FolderWatch.NoticeKind.MovedFrom)
            watched->Move++;

        // What happens inside a folder changes its times, which is no change of it.
        bool isFolder = IsFolder(watched, name, length);
        if (kind == FolderWatch.NoticeKind.Changed && isFolder)
            return true;

        Entry* entry = (Entry*)at;
        byte* text = (byte*)(entry + 1);
        int written = length == 0 ? 0 : Kernel32.WideCharToMultiByte(
            Kernel32.CP_UTF8, 0, name, length, text, length * Utf8Max, null, null);
        text[written] = 0;
        int size = (sizeof(Entry) + written + sizeof(ulong)) & -sizeof(ulong);
        *entry = new Entry { Size = size, Kind = kind, Move = watched->Move, IsFolder = isFolder, HasName = true };
        at += size;
        return true;
    }

    // As it is then, wherever the process goes.
    private static int KeepPath(Watched* watched)
    {
        uint capacity = Kernel32.GetFinalPathNameByHandleW(watched->Folder, null, 0, 0);
        watched->Path = capacity == 0 ? null : WideText.Allocate((int)capacity + 1 + NameMax + 1);
        if (watched->Path == null)
            return capacity == 0 ? WindowsErrorNumbers.Last : Ucrt.ENOMEM;

        // If it has been moved meanwhile its path may be longer, and is not here.
        uint length = Kernel32.GetFinalPathNameByHandleW(watched->Folder, watched->Path, capacity, 0);
        if (length == 0 || length >= capacity)
            return length == 0 ? WindowsErrorNumbers.Last : Ucrt.ENOENT;

        // That of a drive ends with a separator, of which such paths have one at a time.
        watched->PathLength = (int)length;
        if (watched->Path[length - 1] != '\\')
            watched->Path[watched->PathLength++] = '\\';
        return 0;
    }

    // Of what has gone nobody can say.
    private static bool IsFolder(Watched* watched, char* name, int length)
    {
        if (length > NameMax)
            return false;

        NativeMemory.Copy(name, watched->Path + watched->PathLength, (nuint)length * sizeof(char));
        watched->Path[watched->PathLength + length] = '\0';
        uint attributes = Kernel32.GetFileAttributesW(watched->Path);
        return attributes != Kernel32.INVALID_FILE_ATTRIBUTES
            && (attributes & Kernel32.FILE_ATTRIBUTE_DIRECTORY) != 0;
    }

    private static FolderWatch.NoticeKind KindOf(uint action) => action switch
    {
        Kernel32.FILE_ACTION_ADDED => FolderWatch.NoticeKind.Created,
        Kernel32.FILE_ACTION_REMOVED => FolderWatch.NoticeKind.Removed,
        Kernel32.FILE_ACTION_MODIFIED => FolderWatch.NoticeKind.Changed,
        Kernel32.FILE_ACTION_RENAMED_OLD_NAME => FolderWatch.NoticeKind.MovedFrom,
        Kernel32.FILE_ACTION_RENAMED_NEW_NAME => FolderWatch.NoticeKind.MovedTo,
        _ => FolderWatch.NoticeKind.None,
    };
}
