// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// Threads of the operating system. One is either joined by whoever launched it, or managed: then it is joined by a
/// thread that finishes later, or by <see cref="JoinAllManaged"/>.
/// </summary>
internal static unsafe class Threads
{
    /// <summary>Two hexadecimal digits for each byte of an id, and a NUL.</summary>
    internal const int IdTextSize = 2 * sizeof(aws_thread_id_t) + 1;

    private static nint s_defaultOptions;

    /// <summary>Writes an id in hexadecimal digits into a buffer of exactly <see cref="IdTextSize"/> bytes.</summary>
    internal static int IdToString(aws_thread_id_t thread_id, byte* buffer, nuint bufsz)
    {
        if (buffer == null || bufsz != IdTextSize)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        for (int i = 2 * sizeof(aws_thread_id_t) - 1; i >= 0; i--, thread_id >>= 4)
            buffer[i] = "0123456789abcdef"u8[(int)(thread_id & 15)];

        buffer[IdTextSize - 1] = 0;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Joins every thread of a list that nobody else holds, frees the records and counts the threads out.
    /// </summary>
    internal static void JoinAndFreeWrapperList(aws_linked_list* wrapper_list)
    {
        if (wrapper_list == null)
            return;

        if (ExternalCommon.IsPresent)
        {
            ExternalCommon.Functions.JoinAndFreeThreads(wrapper_list);
            return;
        }

        while (!LinkedList.IsEmpty(wrapper_list))
        {
            // The node is the record's first member.
            ThreadRecord* record = (ThreadRecord*)LinkedList.PopFront(wrapper_list);
            Platform.Thread.JoinManaged(record->Thread);
            Allocator.Release(record->Allocator, record);
            ThreadAccounting.Decrement();
        }
    }

    /// <summary>Puts the record of the calling managed thread where the next one to finish will join it.</summary>
    internal static void PendingJoinAdd(aws_linked_list_node* node)
    {
        if (node != null)
            ThreadAccounting.AddFinished(node);
    }

    /// <summary>Makes the account of managed threads; threads already in it stay.</summary>
    internal static void InitializeThreadManagement()
    {
        if (ExternalCommon.IsPresent)
            ExternalCommon.Functions.InitializeThreads();
        else
            ThreadAccounting.Count();
    }

    /// <summary>How many managed threads, and others that count themselves, are not joined yet.</summary>
    internal static nuint GetManagedThreadCount() => ThreadAccounting.Count();

    /// <summary>No name, no pin, the platform's stack size, joined by hand. Not to be changed.</summary>
    internal static aws_thread_options* DefaultOptions()
    {
        nint options = Volatile.Read(ref s_defaultOptions);
        return options != 0
            ? (aws_thread_options*)options
            : StaticMemory.Publish(
                ref s_defaultOptions, new aws_thread_options { cpu_id = -1, join_strategy = AWS_TJS_MANUAL });
    }

    /// <summary>Calls a function once per flag, whatever number of threads try; see <see cref="OnceFlag"/>.</summary>
    internal static void CallOnce(void* flag, delegate* unmanaged[Cdecl]<void*, void> call_once, void* user_data)
    {
        if (flag == null || call_once == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            OnceFlag.Call(flag, call_once, user_data);
    }

    /// <summary>Prepares a thread that is not launched yet. The allocator must outlive the thread.</summary>
    internal static int Init(aws_thread* thread, aws_allocator* allocator)
    {
        if (thread == null || allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *thread = new aws_thread { allocator = allocator, detach_state = AWS_THREAD_NOT_CREATED };
        return AWS_OP_SUCCESS;
    }

    /// <summary>Runs <paramref name="func"/> on a new thread. On failure there is none and nothing changed.</summary>
    internal static int Launch(
        aws_thread* thread, delegate* unmanaged[Cdecl]<void*, void> func, void* arg, aws_thread_options* options)
    {
        if (thread == null || func == null || thread->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (ExternalCommon.IsPresent)
            return ThreadLauncher.StartByExternal(thread, func, arg, options);

        // Set first: the caller may let a managed thread's aws_thread go as soon as the thread runs.
        aws_thread_detach_state before = thread->detach_state;
        bool isManaged = options != null && options->join_strategy == AWS_TJS_MANAGED;
        thread->detach_state = isManaged ? AWS_THREAD_MANAGED : AWS_THREAD_JOINABLE;
        if (ThreadLauncher.Start(thread, func, arg, options) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        thread->detach_state = before;
        return AWS_OP_ERR;
    }

    internal static aws_thread_id_t GetId(aws_thread* thread) => thread == null ? 0 : thread->thread_id;

    internal static aws_thread_detach_state GetDetachState(aws_thread* thread) =>
        thread == null ? AWS_THREAD_NOT_CREATED : thread->detach_state;

    /// <summary>
    /// Waits for a launched thread to end. Does nothing for one that is managed, joined or not launched.
    /// </summary>
    internal static int Join(aws_thread* thread)
    {
        if (thread == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (thread->detach_state != AWS_THREAD_JOINABLE)
            return AWS_OP_SUCCESS;

        int error = Platform.OsErrors.OfThreadJoin(Platform.Thread.Join(thread));
        if (error != 0)
            return Errors.Raise(error);

        thread->detach_state = AWS_THREAD_JOIN_COMPLETED;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Joins all managed threads, within the time set; see <see cref="ThreadAccounting.JoinAll"/>.</summary>
    internal static int JoinAllManaged() => ThreadAccounting.JoinAll();

    /// <summary>How long <see cref="JoinAllManaged"/> waits, in nanoseconds; 0, the default, means for ever.</summary>
    internal static void SetManagedJoinTimeoutNs(ulong timeout_in_ns) => ThreadAccounting.SetJoinTimeout(timeout_in_ns);

    /// <summary>Releases a thread: one that nobody joined goes on by itself.</summary>
    internal static void CleanUp(aws_thread* thread)
    {
        if (thread == null || thread->detach_state != AWS_THREAD_JOINABLE)
            return;

        Platform.Thread.Detach(thread);
        thread->detach_state = AWS_THREAD_NOT_CREATED;
    }

    internal static ulong CurrentId() => Platform.Thread.CurrentId();

    internal static bool IdEqual(aws_thread_id_t t1, aws_thread_id_t t2) => t1 == t2;

    /// <summary>Sleeps at least that many nanoseconds.</summary>
    internal static void CurrentSleep(ulong nanos) => Platform.Thread.Sleep(nanos);

    /// <summary>
    /// Adds a function to those that the calling thread calls before it ends; see <see cref="ThreadExit"/>.
    /// </summary>
    internal static int CurrentAtExit(aws_thread_atexit_fn callback, void* user_data) =>
        ThreadExit.Add(callback, user_data);

    /// <summary>
    /// For threads that are joined elsewhere and still need <see cref="JoinAllManaged"/> to wait for them.
    /// </summary>
    internal static void IncrementUnjoinedCount() => ThreadAccounting.Increment();

    /// <summary>The other half of <see cref="IncrementUnjoinedCount"/>.</summary>
    internal static void DecrementUnjoinedCount() => ThreadAccounting.Decrement();

    /// <summary>The calling thread's name; the caller destroys the string.</summary>
    internal static int CurrentName(aws_allocator* allocator, aws_string** out_name) =>
        Name(allocator, (aws_thread_id_t)Platform.Thread.CurrentId(), out_name);

    /// <summary>The name of a thread that has not been joined; the caller destroys the string.</summary>
    internal static int Name(aws_allocator* allocator, aws_thread_id_t thread_id, aws_string** out_name)
    {
        if (out_name == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *out_name = null;
        if (allocator == null || thread_id == 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* name = stackalloc byte[Platform.Thread.NameCapacity];
        if (Platform.Thread.GetName(thread_id, name) != 0)
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);

        *out_name = AwsString.NewFromCStr(allocator, name);
        return *out_name == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }
}
