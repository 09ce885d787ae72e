// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>
/// Starts an operating-system thread with the options asked for, and is the first thing that runs on it.
/// </summary>
internal static unsafe class ThreadLauncher
{
    // Some C libraries give a new thread as little as 128 KiB.
    private const nuint SmallestDefaultStack = 1024 * 1024;

    // Below this a thread could not enter managed code; only the pages that are touched cost memory.
    private const nuint SmallestStack = 256 * 1024;

    // What limits.h calls PTHREAD_STACK_MIN: a wish up to here counts as none.
    private const nuint IgnoredStack = 16 * 1024;

    /// <summary>
    /// Starts <paramref name="function"/>; the thread's id is in <paramref name="thread"/> before it runs. A processor
    /// that cannot be had costs the pin, not the thread. Where there is no room for a stack of the system's default
    /// size, commonly 8 MiB, it is a smaller one: the end of a group waits for its thread.
    /// </summary>
    internal static int Start(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* options)
    {
        aws_thread_options wishes = options == null ? *Threads.DefaultOptions() : *options;
        int error = TryStart(thread, function, argument, &wishes);
        if (error == Libc.EAGAIN && wishes.stack_size <= IgnoredStack)
        {
            wishes.stack_size = SmallestDefaultStack;
            error = TryStart(thread, function, argument, &wishes);
        }

        if (error != 0 && wishes.cpu_id >= 0)
        {
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_COMMON_THREAD,
                $"id=0x{(nint)thread:x}: no thread on cpu {wishes.cpu_id} (error {error}), starting it without a pin");
            wishes.cpu_id = -1;
            error = TryStart(thread, function, argument, &wishes);
        }

        if (error == 0)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_THREAD, $"id=0x{(nint)thread:x}: thread not created, error {error}");
        return Errors.Raise(error switch
        {
            Libc.EINVAL => AWS_ERROR_THREAD_INVALID_SETTINGS,
            Libc.EAGAIN => AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE,
            Libc.EPERM => AWS_ERROR_THREAD_NO_PERMISSIONS,
            Libc.ENOMEM => AWS_ERROR_OOM,
            _ => AWS_ERROR_UNKNOWN,
        });
    }

    /// <summary>
    /// Has the neighbour start the thread, so that its account and its functions for the thread's end hold for it.
    /// </summary>
    internal static int StartByNeighbour(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* options)
    {
        aws_thread_options wishes = options == null ? *Threads.DefaultOptions() : *options;
        bool hasWish = wishes.stack_size > IgnoredStack;
        if (hasWish && wishes.stack_size < SmallestStack)
            wishes.stack_size = SmallestStack;

        int result = Neighbour.Functions.LaunchThread(thread, function, argument, &wishes);
        if (result == AWS_OP_SUCCESS || hasWish || Errors.LastError() != AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE)
            return result;

        wishes.stack_size = SmallestDefaultStack;
        return Neighbour.Functions.LaunchThread(thread, function, argument, &wishes);
    }

    private static int TryStart(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* wishes)
    {
        Libc.pthread_attr_t attributes;
        int error = Libc.pthread_attr_init(&attributes);
        if (error != 0)
            return error;

        error = SetStackSize(&attributes, wishes->stack_size);
        if (error == 0)
            error = SetProcessor(&attributes, wishes->cpu_id);
        if (error == 0)
            error = Create(thread, CreateRecord(thread->allocator, function, argument, wishes), &attributes);

        Libc.pthread_attr_destroy(&attributes);
        return error;
    }

    private static int SetStackSize(Libc.pthread_attr_t* attributes, nuint wish)
    {
        if (wish > IgnoredStack)
            return Libc.pthread_attr_setstacksize(attributes, wish < SmallestStack ? SmallestStack : wish);

        nuint present;
        int error = Libc.pthread_attr_getstacksize(attributes, &present);
        return error != 0 || present >= SmallestDefaultStack
            ? error
            : Libc.pthread_attr_setstacksize(attributes, SmallestDefaultStack);
    }

    private static int SetProcessor(Libc.pthread_attr_t* attributes, int processor)
    {
        if (processor < 0)
            return 0;

        if (processor >= Libc.cpu_set_t.Capacity)
            return Libc.EINVAL;

        Libc.cpu_set_t set = default;
        set.bits[processor / 64] = 1UL << (processor % 64);
        return Libc.pthread_attr_setaffinity_np(attributes, (nuint)sizeof(Libc.cpu_set_t), &set);
    }

    private static ThreadRecord* CreateRecord(
        aws_allocator* allocator,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* wishes)
    {
        ThreadRecord* record = (ThreadRecord*)Allocator.Calloc(allocator, 1, (nuint)sizeof(ThreadRecord));
        if (record == null)
            return null;

        record->Allocator = allocator;
        record->Function = function;
        record->Argument = argument;
        record->IsManaged = wishes->join_strategy == AWS_TJS_MANAGED;
        record->BindMemory = wishes->cpu_id >= 0;
        if (wishes->name.ptr != null)
            record->SetName(wishes->name);

        return record;
    }

    private static int Create(aws_thread* thread, ThreadRecord* record, Libc.pthread_attr_t* attributes)
    {
        if (record == null)
            return Libc.ENOMEM;

        // Once the thread runs, its record is no longer ours to read.
        bool isManaged = record->IsManaged;
        if (isManaged)
            ThreadAccounting.Increment();

        ulong id;
        int error = Libc.pthread_create(&id, attributes, &Main, record);
        if (error == 0)
        {
            thread->thread_id = id;
            return 0;
        }

        Allocator.Release(record->Allocator, record);
        if (isManaged)
            ThreadAccounting.Decrement();

        return error;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* argument)
    {
        ThreadRecord* record = (ThreadRecord*)argument;
        ThreadRecord own = *record;
        record->ThreadId = Libc.pthread_self();

        // Whoever joins a managed thread needs its record; any other is not needed again.
        if (!own.IsManaged)
            Allocator.Release(own.Allocator, record);

        if (own.Name[0] != 0)
            Libc.pthread_setname_np(Libc.pthread_self(), own.Name);
        if (own.BindMemory)
            PreferLocalMemory();

        ThreadExit.Begin(own.Allocator);
        own.Function(own.Argument);
        ThreadExit.Run();

        if (own.IsManaged)
            ThreadAccounting.AddFinished(&record->Node);

        return null;
    }

    /// <summary>A thread pinned to a processor wants memory of that processor's node; it works without, too.</summary>
    private static void PreferLocalMemory()
    {
        if (!Libc.SetMemoryPolicy(Libc.MPOL_PREFERRED))
            Log.Write(AWS_LL_WARN, AWS_LS_COMMON_THREAD, $"no memory policy for a pinned thread, errno {Libc.Errno}");
    }
}
