// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Disk;

/// <summary>
/// The threads that may block on a disk, at most four, and what waits for them, first come, first served. They are made
/// when there is something to do, end when there was nothing for a while, and nobody waits for them: they end with the
/// process. A forked child makes its own. Rule 186 of docs/lifetimes.md.
/// </summary>
internal unsafe struct DiskThreads
{
    private const int MaxThreads = 4;
    private const long IdleNanoseconds = 10_000_000_000;
    private const nuint StackSize = 512 * 1024;

    private static nint s_newest;
    private static nint s_lock;

    private aws_mutex _lock;
    private aws_condition_variable _added;
    private DiskOperation* _first;
    private DiskOperation* _last;
    private int _waiting;
    private int _threads;
    private int _idle;

    // What Fork.Count was when this was made.
    private int _forks;

    // In a forked child: the parent's, which is left as it is.
    private DiskThreads* _inherited;

    private static ForkLock* Lock => ForkLock.OfProcess(ref s_lock);

    private static DiskThreads* ForProcess
    {
        get
        {
            DiskThreads* newest = (DiskThreads*)Volatile.Read(ref s_newest);
            return newest != null && newest->_forks == Fork.Count ? newest : MakeOnce();
        }
    }

    /// <summary>Has it done by a thread, see <see cref="DiskFile.Perform"/>. False if there is none.</summary>
    internal static bool TryAdd(DiskOperation* operation)
    {
        DiskThreads* threads = ForProcess;
        operation->Next = null;
        Mutex.Lock(&threads->_lock);
        if (threads->_first == null)
            threads->_first = operation;
        else
            threads->_last->Next = operation;
        threads->_last = operation;
        threads->_waiting++;
        bool needsThread = threads->_waiting > threads->_idle && threads->_threads < MaxThreads;
        threads->_threads += needsThread ? 1 : 0;
        ConditionVariable.NotifyOne(&threads->_added);

        // Under the lock: if there is no thread and none can be made, the operation is still here.
        bool isAdded = !needsThread || TryStart(threads);
        if (!isAdded)
            TakeOut(threads, operation->File, operation);
        Mutex.Unlock(&threads->_lock);
        return isAdded;
    }

    /// <summary>Takes out what waits for a file, in order: nothing of it is done any more.</summary>
    internal static DiskOperation* Remove(DiskFile* file)
    {
        DiskThreads* threads = ForProcess;
        Mutex.Lock(&threads->_lock);
        DiskOperation* removed = TakeOut(threads, file, null);
        Mutex.Unlock(&threads->_lock);
        return removed;
    }

    // Under the lock: all of a file, or one.
    private static DiskOperation* TakeOut(DiskThreads* threads, DiskFile* file, DiskOperation* one)
    {
        DiskOperation* removed = null;
        DiskOperation** end = &removed;
        DiskOperation** at = &threads->_first;
        threads->_last = null;
        while (*at != null)
        {
            DiskOperation* operation = *at;
            if (operation->File == file && (one == null || operation == one))
            {
                *at = operation->Next;
                operation->Next = null;
                *end = operation;
                end = &operation->Next;
                threads->_waiting--;
            }
            else
            {
                threads->_last = operation;
                at = &operation->Next;
            }
        }

        return removed;
    }

    private static DiskThreads* MakeOnce()
    {
        ForkLock.Enter(Lock);
        DiskThreads* newest = (DiskThreads*)Volatile.Read(ref s_newest);
        if (newest == null || newest->_forks != Fork.Count)
        {
            DiskThreads* made = (DiskThreads*)StaticMemory.Allocate((nuint)sizeof(DiskThreads));
            Mutex.Init(&made->_lock);
            ConditionVariable.Init(&made->_added);
            made->_forks = Fork.Count;
            made->_inherited = newest;
            newest = made;
            Volatile.Write(ref s_newest, (nint)newest);
        }

        ForkLock.Exit(Lock);
        return newest;
    }

    // True also if there are others that will do it.
    private static bool TryStart(DiskThreads* threads)
    {
        aws_thread thread = default;
        if (Platform.Thread.Start(&Main, threads, StackSize, -1, &thread) == 0)
        {
            Platform.Thread.Detach(&thread);
            return true;
        }

        return --threads->_threads > 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* argument)
    {
        DiskThreads* threads = (DiskThreads*)argument;
        Platform.Thread.SetName(Literal.Of("ReseauDisk"u8));
        for (DiskOperation* operation = Next(threads); operation != null; operation = Next(threads))
            DiskFile.Perform(operation);
        return null;
    }

    // NULL when there was nothing to do for a while: the thread ends.
    private static DiskOperation* Next(DiskThreads* threads)
    {
        ulong deadline = ConditionVariable.Deadline(IdleNanoseconds);
        bool isOver = false;
        Mutex.Lock(&threads->_lock);
        threads->_idle++;
        while (threads->_first == null && !isOver)
        {
            ConditionVariable.WaitUntil(&threads->_added, &threads->_lock, deadline);
            isOver = ConditionVariable.Deadline(0) >= deadline;
        }

        threads->_idle--;
        DiskOperation* operation = threads->_first;
        if (operation == null)
        {
            threads->_threads--;
        }
        else
        {
            threads->_first = operation->Next;
            if (threads->_first == null)
                threads->_last = null;
            operation->Next = null;
            threads->_waiting--;

            // While the file is known to be there: a close takes out what waits, and what does not is counted.
            DiskFile.BeginWork(operation->File);
        }

        Mutex.Unlock(&threads->_lock);
        return operation;
    }
}
