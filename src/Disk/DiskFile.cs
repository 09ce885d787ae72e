// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Files = Reseau.Native.Platform.Files;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Disk;

/// <summary>
/// A file that C knows by an id, or one load or store. Operations are done by other threads, or inside blocking calls,
/// and reported on its loop's. Its handle is closed when nobody uses it any more, by a thread that may block. Rules 181
/// to 188 of docs/lifetimes.md.
/// </summary>
internal unsafe struct DiskFile
{
    private const nint NoHandle = -1;

    internal LoopMember Member;
    private void* _state;
    private reseau_on_file_close_fn _onClose;

    // Delivers what is finished.
    private aws_task _task;
    private int _isAsked;

    private aws_mutex _lock;
    private aws_condition_variable _unused;

    // Blocking calls, and operations under way; it grows also without the lock.
    private int _users;

    // What follows is used under the lock.
    private nint _handle;
    private bool _isOpen;

    /// <summary>The program has got its id, or will: the end is reported.</summary>
    private bool _hasBegun;
    private bool _isClosing;
    private bool _hasBegunClose;
    private bool _endsItself;
    private DiskOperation* _firstFinished;
    private DiskOperation* _lastFinished;

    // The last one.
    private DiskOperation _close;

    private static nint s_operations;

    private static MemberOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    /// <summary>
    /// Makes an object for an open handle, which it takes over, or without one for what the operation opens. Takes the
    /// reference to the loop and the operation over, too, also on failure. Returns the id or an error of reseau_error.
    /// </summary>
    internal static long Begin(LoopObject* home, reseau_file_options* options, nint handle, DiskOperation* first)
    {
        DiskFile* file = Allocator.New<DiskFile>(Allocator.Default());
        file->Member.Object.Operations = (IdOperations*)Operations;
        file->_state = options->state;
        file->_onClose = options->on_close;
        file->_handle = handle;
        file->_isOpen = first == null;
        file->_hasBegun = first == null;
        file->_endsItself = first != null && first->Work != DiskWork.Open;
        Mutex.Init(&file->_lock);
        ConditionVariable.Init(&file->_unused);
        ScheduledTask.Init(&file->Member.Anchor, &LoopMember.OnAnchor, file, Literal.Of("reseau_file"u8));
        ScheduledTask.Init(&file->_task, &OnTask, file, Literal.Of("reseau_file_done"u8));
        long id = LoopMember.Begin(&file->Member, home);
        if (id < 0)
        {
            if (handle != NoHandle)
                Files.Close(handle);
            DiskOperation.Free(first);
            return id;
        }

        IdTable.Acquire(&file->Member.Object);
        int error = 0;
        if (!LoopMember.TryAnchor(&file->Member, TaskScheduler.NoTask))
        {
            DiskOperation.Free(first);
            error = RESEAU_ERROR_LOOP_ENDED;
        }
        else if (first != null)
        {
            error = Add(file, first);
            if (error != 0)
                Close(&file->Member.Object, true);

            // Nobody else can have closed it.
            if (error == RESEAU_ERROR_CLOSED)
                error = RESEAU_ERROR_LOOP_ENDED;
        }

        IdTable.Release(&file->Member.Object);
        return error == 0 ? id : error;
    }

    /// <summary>
    /// Has an operation done and reported, if this returns 0; else it is freed. Any thread, with the file held.
    /// </summary>
    internal static int Add(DiskFile* file, DiskOperation* operation)
    {
        bool opens = operation->Path != null;
        operation->File = file;
        Mutex.Lock(&file->_lock);
        int error = file->_isClosing ? RESEAU_ERROR_CLOSED : file->_isOpen || opens ? 0 : RESEAU_ERROR_BUSY;
        if (error == 0)
        {
            IdTable.Acquire(&file->Member.Object);
            if (!DiskThreads.TryAdd(operation))
            {
                // Not the last reference: the caller has one.
                IdTable.Release(&file->Member.Object);
                error = RESEAU_ERROR_NO_MEMORY;
            }
        }

        file->_hasBegun |= error == 0;

        Mutex.Unlock(&file->_lock);
        if (error != 0)
            DiskOperation.Free(operation);
        return error;
    }

    /// <summary>Begins a use of the handle by this thread. Returns 0, or an error of reseau_error.</summary>
    internal static int TryEnter(DiskFile* file, nint* handle)
    {
        Mutex.Lock(&file->_lock);
        int error = file->_isClosing ? RESEAU_ERROR_CLOSED : file->_isOpen ? 0 : RESEAU_ERROR_BUSY;
        if (error == 0)
            Interlocked.Increment(ref file->_users);
        *handle = file->_handle;
        Mutex.Unlock(&file->_lock);
        return error;
    }

    internal static void Exit(DiskFile* file)
    {
        Mutex.Lock(&file->_lock);
        bool isLast = EndUse(file);
        Mutex.Unlock(&file->_lock);
        if (isLast)
            Ask(file);
    }

    /// <summary>Under the threads' lock: one of them takes an operation of this file.</summary>
    internal static void BeginWork(DiskFile* file) => Interlocked.Increment(ref file->_users);

    /// <summary>Does an operation, on one of the threads, and leaves the rest to the loop.</summary>
    internal static void Perform(DiskOperation* operation)
    {
        DiskFile* file = operation->File;
        nint handle = file->_handle;
        DiskOperation.Perform(operation, ref handle);
        bool hasOpened = operation->Work == DiskWork.Open && operation->Result == 0;
        Mutex.Lock(&file->_lock);
        if (hasOpened)
        {
            file->_handle = handle;
            file->_isOpen = true;
        }
        else if (operation->Work == DiskWork.Close)
        {
            file->_handle = NoHandle;
        }

        Append(file, operation);
        EndUse(file);
        Mutex.Unlock(&file->_lock);
        Ask(file);
        IdTable.Release(&file->Member.Object);
    }

    private static MemberOperations NewOperations() => new()
    {
        Id = new IdOperations { Kind = IdKind.File, Free = &Free, Close = &Close },
        Leave = &Leave,
        OnEnd = &OnEnd,
    };

    private static void Free(IdObject* item)
    {
        DiskFile* file = (DiskFile*)item;
        if (file->_handle != NoHandle)
            Files.Close(file->_handle);
        ConditionVariable.CleanUp(&file->_unused);
        Mutex.CleanUp(&file->_lock);
        LoopMember.Free(item);
    }

    // Of IdOperations.
    private static int Close(IdObject* item, bool isAbort)
    {
        DiskFile* file = (DiskFile*)item;
        BeginClose(file, RESEAU_ERROR_CANCELED);
        Ask(file);
        return 0;
    }

    // What waits is not done any more.
    private static void BeginClose(DiskFile* file, int error)
    {
        int removed = 0;
        Mutex.Lock(&file->_lock);
        file->_isClosing = true;
        DiskOperation* operation = file->_hasBegunClose ? null : DiskThreads.Remove(file);
        while (operation != null)
        {
            DiskOperation* next = operation->Next;
            operation->Result = error;
            Append(file, operation);
            operation = next;
            removed++;
        }

        CloseIfUnused(file);
        Mutex.Unlock(&file->_lock);
        for (; removed > 0; removed--)
            IdTable.Release(&file->Member.Object);
    }

    // Under the lock. True if that has begun the close.
    private static bool EndUse(DiskFile* file)
    {
        if (Interlocked.Decrement(ref file->_users) > 0)
            return false;
        ConditionVariable.NotifyAll(&file->_unused);
        return CloseIfUnused(file);
    }

    // Under the lock: the close of the handle is the last operation.
    private static bool CloseIfUnused(DiskFile* file)
    {
        if (!file->_isClosing || file->_hasBegunClose || Volatile.Read(ref file->_users) > 0)
            return false;

        file->_hasBegunClose = true;
        file->_close = new DiskOperation { Work = DiskWork.Close, File = file };
        IdTable.Acquire(&file->Member.Object);
        if (file->_handle != NoHandle && DiskThreads.TryAdd(&file->_close))
            return true;

        // Without a thread the last reference closes the handle.
        Append(file, &file->_close);
        IdTable.Release(&file->Member.Object);
        return true;
    }

    // Under the lock.
    private static void Append(DiskFile* file, DiskOperation* operation)
    {
        operation->Next = null;
        if (file->_firstFinished == null)
            file->_firstFinished = operation;
        else
            file->_lastFinished->Next = operation;
        file->_lastFinished = operation;
    }

    // NULL if there is none.
    private static DiskOperation* TakeFinished(DiskFile* file)
    {
        Mutex.Lock(&file->_lock);
        DiskOperation* operation = file->_firstFinished;
        if (operation != null)
            file->_firstFinished = operation->Next;
        Mutex.Unlock(&file->_lock);
        return operation;
    }

    // Any thread: has the loop look, by its queue also on its own thread, so that nothing is called inside a call. If
    // the loop has ended, so has the file.
    private static void Ask(DiskFile* file)
    {
        if (Interlocked.Exchange(ref file->_isAsked, 1) != 0)
            return;
        IdTable.Acquire(&file->Member.Object);
        if (!LoopTasks.TryPost(LoopObject.CoreOf(file->Member.Home), &file->_task, 0))
            IdTable.Release(&file->Member.Object);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        DiskFile* file = (DiskFile*)argument;
        Interlocked.Exchange(ref file->_isAsked, 0);
        if (status == AWS_TASK_STATUS_RUN_READY && !file->Member.HasLeft && Deliver(file))
            LoopMember.End(&file->Member);
        IdTable.Release(&file->Member.Object);
    }

    // Loop thread. True if the handle is closed, which comes last.
    private static bool Deliver(DiskFile* file)
    {
        for (DiskOperation* operation = TakeFinished(file); operation != null; operation = TakeFinished(file))
        {
            if (operation->Work == DiskWork.Close)
                return true;

            bool endsFile = file->_endsItself || (operation->Work == DiskWork.Open && operation->Result != 0);
            if (endsFile && file->Member.EndError == 0)
                file->Member.EndError = (int)long.Min(operation->Result, 0);
            DiskOperation.Report(operation, file->Member.Object.Id);
            if (endsFile)
                BeginClose(file, RESEAU_ERROR_CANCELED);
        }

        return false;
    }

    // The loop ends, unless everything has been done already. What is under way comes to its end before.
    private static void Leave(LoopMember* member)
    {
        DiskFile* file = (DiskFile*)member;
        BeginClose(file, RESEAU_ERROR_LOOP_ENDED);
        Mutex.Lock(&file->_lock);
        while (Volatile.Read(ref file->_users) > 0)
            ConditionVariable.Wait(&file->_unused, &file->_lock);
        Mutex.Unlock(&file->_lock);
    }

    private static void OnEnd(LoopMember* member)
    {
        DiskFile* file = (DiskFile*)member;
        Deliver(file);
        if (file->_hasBegun && file->_onClose != null)
            file->_onClose(member->Object.Id, member->EndError, file->_state);
    }
}
