// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// Starts an operating-system thread with the options asked for, and is the first thing that runs on it.
/// </summary>
internal static unsafe class ThreadLauncher
{
    /// <summary>
    /// Starts <paramref name="function"/>; the thread's id is in <paramref name="thread"/> before it runs. If the
    /// processor is unavailable, the thread starts unpinned. Where there is no room for a stack of the system's default
    /// size, commonly 8 MiB, it is a smaller one: the end of a group waits for its thread.
    /// </summary>
    internal static int Start(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* options)
    {
        aws_thread_options requested = options == null ? *Threads.DefaultOptions() : *options;
        int error = TryStart(thread, function, argument, &requested);
        if (Platform.OsErrors.OfThreadStart(error) == AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE &&
            requested.stack_size <= Platform.Thread.IgnoredStack)
        {
            requested.stack_size = Platform.Thread.SmallestDefaultStack;
            error = TryStart(thread, function, argument, &requested);
        }

        if (error != 0 && requested.cpu_id >= 0)
        {
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_COMMON_THREAD,
                $"id=0x{(nint)thread:x}: no thread on cpu {requested.cpu_id} (error {error}), starting it unpinned");
            requested.cpu_id = -1;
            error = TryStart(thread, function, argument, &requested);
        }

        if (error == 0)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_COMMON_THREAD, $"id=0x{(nint)thread:x}: thread not created, error {error}");
        return Errors.Raise(Platform.OsErrors.OfThreadStart(error));
    }

    /// <summary>
    /// Has the external library start the thread, so that its account and its functions for the thread's end hold for
    /// it.
    /// </summary>
    internal static int StartByExternal(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* options)
    {
        aws_thread_options requested = options == null ? *Threads.DefaultOptions() : *options;
        bool hasRequest = requested.stack_size > Platform.Thread.IgnoredStack;
        if (hasRequest && requested.stack_size < Platform.Thread.SmallestStack)
            requested.stack_size = Platform.Thread.SmallestStack;

        int result = ExternalCommon.Functions.LaunchThread(thread, function, argument, &requested);
        if (result == AWS_OP_SUCCESS || hasRequest || Errors.LastError() != AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE)
            return result;

        requested.stack_size = Platform.Thread.SmallestDefaultStack;
        return ExternalCommon.Functions.LaunchThread(thread, function, argument, &requested);
    }

    private static int TryStart(
        aws_thread* thread,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* requested)
    {
        ThreadRecord* record = CreateRecord(thread->allocator, function, argument, requested);

        // Once the thread runs, its record is no longer ours to read.
        bool isManaged = record->IsManaged;
        if (isManaged)
            ThreadAccounting.Increment();

        int error = Platform.Thread.Start(&Main, record, requested->stack_size, requested->cpu_id, thread);
        if (error == 0)
            return 0;

        Allocator.Release(record->Allocator, record);
        if (isManaged)
            ThreadAccounting.Decrement();

        return error;
    }

    private static ThreadRecord* CreateRecord(
        aws_allocator* allocator,
        delegate* unmanaged[Cdecl]<void*, void> function,
        void* argument,
        aws_thread_options* requested)
    {
        ThreadRecord* record = Allocator.New<ThreadRecord>(allocator);
        record->Allocator = allocator;
        record->Function = function;
        record->Argument = argument;
        record->IsManaged = requested->join_strategy == AWS_TJS_MANAGED;
        record->BindMemory = requested->cpu_id >= 0;
        if (requested->name.ptr != null)
            record->SetName(requested->name);

        return record;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* argument)
    {
        ThreadRecord* record = (ThreadRecord*)argument;
        ThreadRecord own = *record;

        // Whoever joins a managed thread needs its record; any other is not needed again.
        if (own.IsManaged)
            record->Thread = Platform.Thread.CurrentForJoin();
        else
            Allocator.Release(own.Allocator, record);

        if (own.Name[0] != 0)
            Platform.Thread.SetName(own.Name);
        if (own.BindMemory)
            PreferLocalMemory();

        ThreadExit.Begin(own.Allocator);
        own.Function(own.Argument);
        ThreadExit.Run();

        if (own.IsManaged)
            ThreadAccounting.AddFinished(&record->Node);

        return null;
    }

    /// <summary>
    /// A thread pinned to a processor should have memory of that processor's node; it works without, too.
    /// </summary>
    private static void PreferLocalMemory()
    {
        int error = Platform.Thread.PreferLocalMemory();
        if (error != 0)
            Log.Write(AWS_LL_WARN, AWS_LS_COMMON_THREAD, $"no memory policy for a pinned thread, errno {error}");
    }
}
