// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>
/// A folder, or one name in it, that is watched on a loop. What happens is gathered for a while and then reported.
/// Rules 189 to 191 of docs/lifetimes.md.
/// </summary>
internal unsafe struct FileWatch
{
    private const long DefaultGather = 50;

    // Of one delivery, so that others have their turn.
    private const int MaxReads = 64;

    internal LoopMember Member;
    private reseau_file_options _options;
    private reseau_file_change_fn _function;
    private void* _state;
    private nint _notices;
    private aws_io_handle _handle;

    /// <summary>A C string behind this, or NULL: all names.</summary>
    private byte* _name;

    // What follows belongs to the loop's thread.
    private bool _isSubscribed;
    private bool _isGathering;
    private aws_task _task;
    private ChangeList _changes;

    private static nint s_operations;

    private static MemberOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>Any thread. Returns the id or an error of reseau_error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Start(byte* path, reseau_file_options* given, reseau_file_change_fn function, void* state)
    {
        reseau_file_options options = default;
        if (path == null || path[0] == 0 || function == null || !FileCalls.TryCopy(given, &options))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        nint handle = Open(path, out int nameStart, out int error);
        if (error != 0)
            return error;

        LoopObject* home;
        error = LoopObject.TryAcquireOfSystem(options.loop, &home);
        if (error == 0)
            return Begin(home, handle, nameStart < 0 ? null : path + nameStart, &options, function, state);
        FolderWatch.Close(handle);
        return error;
    }

    // What is no folder is a name in one.
    private static nint Open(byte* path, out int nameStart, out int error)
    {
        nameStart = -1;
        int status = Files.StatusOf(path, out Files.Status found);
        if (status == 0 && found.Type == (int)AWS_FILE_TYPE_DIRECTORY)
            return Open(path, out error);

        // Else a folder that could not be looked at would be taken for a file.
        error = status == 0 ? 0 : DiskErrors.From(status);
        if (error != 0 && error != RESEAU_ERROR_NOT_FOUND)
            return -1;

        int length = 0;
        for (; path[length] != 0; length++)
            nameStart = FolderWatch.IsSeparator(path[length]) ? length : nameStart;
        nameStart++;
        if (nameStart == length)
        {
            error = DiskErrors.From(status);
            return -1;
        }

        // With what parts it from the name: "/name" is in "/".
        byte* folder = (byte*)Allocator.Acquire(Allocator.Default(), (nuint)nameStart + 1);
        NativeMemory.Copy(path, folder, (nuint)nameStart);
        folder[nameStart] = 0;
        nint handle = Open(nameStart == 0 ? Literal.Of("."u8) : folder, out error);
        Allocator.Release(Allocator.Default(), folder);
        return handle;
    }

    private static nint Open(byte* folder, out int error)
    {
        nint handle = FolderWatch.Open(folder);
        error = handle >= 0 ? 0
            : handle == FolderWatch.Unsupported ? RESEAU_ERROR_UNSUPPORTED
            : DiskErrors.From((int)-handle);

        // The system has a limit of watches, for which it says that there is no space.
        if (error == RESEAU_ERROR_NO_SPACE)
            error = RESEAU_ERROR_TOO_MANY_FILES;
        return handle;
    }

    private static long Begin(
        LoopObject* home,
        nint handle,
        byte* name,
        reseau_file_options* options,
        reseau_file_change_fn function,
        void* state)
    {
        nuint length = 0;
        while (name != null && name[length] != 0)
            length++;
        nuint size = (nuint)sizeof(FileWatch) + length + 1;
        FileWatch* watch = (FileWatch*)Allocator.Calloc(Allocator.Default(), 1, size);
        watch->Member.Object.Operations = (IdOperations*)Operations;
        watch->_options = *options;
        watch->_function = function;
        watch->_state = state;
        watch->_notices = handle;
        watch->_handle.data.handle = FolderWatch.Waitable(handle);
        if (name != null)
        {
            watch->_name = (byte*)(watch + 1);
            NativeMemory.Copy(name, watch->_name, length);
        }

        ScheduledTask.Init(&watch->Member.Anchor, &LoopMember.OnAnchor, watch, Literal.Of("reseau_file_watch"u8));
        ScheduledTask.Init(&watch->_task, &OnGathered, watch, Literal.Of("reseau_file_changes"u8));
        long id = LoopMember.Begin(&watch->Member, home);
        if (id < 0)
        {
            FolderWatch.Close(handle);
            return id;
        }

        // The loop's thread may end it at once.
        IdTable.Acquire(&watch->Member.Object);
        if (LoopMember.TryAnchor(&watch->Member, TaskScheduler.NoTask))
            LoopMember.Request(&watch->Member);
        else
            id = RESEAU_ERROR_LOOP_ENDED;
        IdTable.Release(&watch->Member.Object);
        return id;
    }

    private static MemberOperations NewOperations() => new()
    {
        Id = new IdOperations { Kind = IdKind.FileWatch, Free = &Free, Close = &LoopMember.Close },
        Apply = &Apply,
        Leave = &Leave,
        OnEnd = &OnEnd,
    };

    private static void Free(IdObject* item)
    {
        FileWatch* watch = (FileWatch*)item;
        FolderWatch.Close(watch->_notices);
        ChangeList.Free(&watch->_changes);
        LoopMember.Free(item);
    }

    // What has happened since the start waits in the system.
    private static void Apply(LoopMember* member)
    {
        FileWatch* watch = (FileWatch*)member;
        if (watch->_isSubscribed)
            return;
        IoCallback callback = new() { Function = &OnEvent, OfC = &OnEventOfC, UserData = watch };
        int events = (int)AWS_IO_EVENT_TYPE_READABLE | LoopBackend.EventObject;
        watch->_isSubscribed =
            EventLoop.SubscribeToIoEvents(member->Object.Loop, &watch->_handle, events, callback) == AWS_OP_SUCCESS;
        if (watch->_isSubscribed)
            return;
        member->EndError = ConnectionErrors.From(Errors.LastErrorOrUnknown());
        LoopMember.End(member);
    }

    private static void Leave(LoopMember* member)
    {
        FileWatch* watch = (FileWatch*)member;
        if (watch->_isSubscribed)
            EventLoop.UnsubscribeFromIoEvents(member->Object.Loop, &watch->_handle);
        if (watch->_isGathering)
            EventLoop.CancelTask(member->Object.Loop, &watch->_task);
    }

    private static void OnEnd(LoopMember* member)
    {
        FileWatch* watch = (FileWatch*)member;
        if (watch->_options.on_close != null)
            watch->_options.on_close(member->Object.Id, member->EndError, watch->_options.state);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEventOfC(aws_event_loop* loop, aws_io_handle* handle, int events, void* userData) =>
        OnEvent(userData, events);

    private static void OnEvent(void* userData, int events) => Gather((FileWatch*)userData);

    // What comes until then is read together.
    private static void Gather(FileWatch* watch)
    {
        if (watch->_isGathering || watch->Member.HasLeft)
            return;
        watch->_isGathering = true;
        IdTable.Acquire(&watch->Member.Object);
        long milliseconds = watch->_options.gather_ms == 0 ? DefaultGather : watch->_options.gather_ms;
        aws_event_loop* loop = watch->Member.Object.Loop;
        ulong now = 0;
        EventLoop.CurrentClockTime(loop, &now);
        ulong due = ulong.Max(Common.Time.Clock.Later(now, Deadline.Nanoseconds(milliseconds)), 1);
        EventLoop.ScheduleTaskFuture(loop, &watch->_task, due);
    }

    private static void OnGathered(aws_task* task, void* argument, aws_task_status status)
    {
        FileWatch* watch = (FileWatch*)argument;
        watch->_isGathering = false;
        if (status == AWS_TASK_STATUS_RUN_READY && LoopMember.TryEnterCallback(&watch->Member))
            Deliver(watch);
        IdTable.Release(&watch->Member.Object);
    }

    private static void Deliver(FileWatch* watch)
    {
        bool isGone = ReadAll(watch, out bool mayBeMore);
        ChangeList.Settle(&watch->_changes);
        if (watch->_changes.IsIncomplete)
            Call(watch, new reseau_file_change { kind = RESEAU_FILE_RESCAN });
        for (int i = 0; i < watch->_changes.Count && !watch->_changes.IsIncomplete; i++)
        {
            reseau_file_change change;
            if (ChangeList.TryGet(&watch->_changes, i, &change))
                Call(watch, change);
        }

        ChangeList.Clear(&watch->_changes);
        if (isGone)
            Call(watch, new reseau_file_change { kind = RESEAU_FILE_REMOVED, is_folder = 1 });
        if (!LoopMember.ExitCallback(&watch->Member))
            return;
        if (isGone)
        {
            watch->Member.EndError = RESEAU_ERROR_NOT_FOUND;
            LoopMember.End(&watch->Member);
        }
        else if (mayBeMore)
        {
            Gather(watch);
        }
    }

    private static void Call(FileWatch* watch, reseau_file_change change)
    {
        if (!LoopMember.IsClosing(&watch->Member) && !watch->Member.HasLeft)
            watch->_function(watch->Member.Object.Id, &change, watch->_state);
    }

    // True if the folder is not there any more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ReadAll(FileWatch* watch, out bool mayBeMore)
    {
        byte* buffer = stackalloc byte[FolderWatch.BufferSize];
        bool isGone = false;
        mayBeMore = true;
        for (int i = 0; i < MaxReads && mayBeMore; i++)
        {
            nint length = FolderWatch.Read(watch->_notices, buffer);
            mayBeMore = length > 0;
            watch->_changes.IsIncomplete |= length < 0;
            for (nint at = 0; at < length;)
            {
                at += FolderWatch.Parse(buffer + at, out FolderWatch.Notice notice);
                isGone |= notice.Kind == FolderWatch.NoticeKind.FolderGone;
                watch->_changes.IsIncomplete |= notice.Kind == FolderWatch.NoticeKind.Lost;
                if (notice.Name != null && Concerns(watch, notice.Name))
                    ChangeList.Add(&watch->_changes, in notice);
            }
        }

        return isGone;
    }

    private static bool Concerns(FileWatch* watch, byte* name) =>
        watch->_name == null || FolderWatch.IsSameName(watch->_name, name);
}
