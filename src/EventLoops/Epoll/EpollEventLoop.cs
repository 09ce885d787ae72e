// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>The operations of an epoll loop. Its thread is in <see cref="EpollThread"/>.</summary>
internal static unsafe class EpollEventLoop
{
    /// <summary>Whether a loop is one of these, and not a user's own.</summary>
    internal static bool IsOurs(aws_event_loop* event_loop) => event_loop->vtable == EpollVtable.Table;

    /// <summary>
    /// The caller, on the loop's thread, has sent something: the loop may expect an answer. Nothing is expected of a
    /// user's own loop.
    /// </summary>
    internal static void ExpectAnswer(aws_event_loop* event_loop)
    {
        if (event_loop != null && IsOurs(event_loop))
            StateOf(event_loop)->BusyPoll.ExpectAnswer();
    }

    internal static EpollLoop* StateOf(aws_event_loop* event_loop) => (EpollLoop*)event_loop->impl_data;

    /// <summary>A loop that does not run yet; NULL with the error raised.</summary>
    internal static aws_event_loop* New(aws_allocator* allocator, aws_event_loop_options* options)
    {
        aws_event_loop* event_loop =
            (aws_event_loop*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_event_loop));
        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: new event loop on epoll");
        if (EventLoop.InitBase(event_loop, allocator, options->clock) != AWS_OP_SUCCESS)
        {
            Allocator.Release(allocator, event_loop);
            return null;
        }

        EpollLoop* loop = (EpollLoop*)Allocator.Calloc(allocator, 1, (nuint)sizeof(EpollLoop));
        event_loop->impl_data = loop;
        event_loop->vtable = EpollVtable.Table;
        event_loop->base_elg = options->parent_elg;
        loop->Forks = Fork.Count;
        loop->GoesByMonotonicClock = IsMonotonicClock(options->clock);
        KeepThreadOptions(loop, options->thread_options);
        Threads.Init(&loop->Thread, allocator);

        if (TryOpen(event_loop, loop))
        {
            if (TaskScheduler.Init(&loop->Scheduler, allocator) == AWS_OP_SUCCESS)
                return event_loop;
            Close(loop);
        }

        EventLoop.CleanUpBase(event_loop);
        Allocator.Release(allocator, loop);
        Allocator.Release(allocator, event_loop);
        return null;
    }

    /// <summary>
    /// Whether the loop is the parent's, in a process that came out of fork. Its thread is not here, and its descriptors
    /// are shared: what is done to them is done to the parent.
    /// </summary>
    internal static bool IsInherited(aws_event_loop* event_loop) => StateOf(event_loop)->Forks != Fork.Count;

    /// <summary>
    /// Ends the thread, cancels what is left on the calling thread and frees the loop. The loop's own thread cannot do
    /// that: it would wait for itself.
    /// </summary>
    internal static void CompleteDestroy(aws_event_loop* event_loop)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
            return;

        if (loop->IsLaunched)
        {
            if (IsOnCallersThread(event_loop))
            {
                Log.Write(
                    AWS_LL_FATAL,
                    AWS_LS_IO_EVENT_LOOP,
                    $"id=0x{(nint)event_loop:x}: a loop cannot be destroyed on its own thread; it stays as it is");
                Errors.Raise(AWS_ERROR_THREAD_DEADLOCK_DETECTED);
                return;
            }

            Stop(event_loop);
            if (WaitForStopCompletion(event_loop) != AWS_OP_SUCCESS)
                return;
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: destroying the event loop");

        // Cancelled tasks ask whether they are on the loop's thread before they touch what belongs to it.
        Volatile.Write(ref loop->Owner, Threads.CurrentId());
        CancelTasks(event_loop, loop);
        EventLoop.CleanUpBase(event_loop);
        CancelTasks(event_loop, loop);
        TaskScheduler.CleanUp(&loop->Scheduler);
        CrossThreadTaskQueue.AwaitWakers(&loop->Incoming);

        Threads.CleanUp(&loop->Thread);
        Close(loop);
        aws_allocator* allocator = event_loop->alloc;
        Allocator.Release(allocator, loop);
        Allocator.Release(allocator, event_loop);
    }

    internal static int Run(aws_event_loop* event_loop)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
            return AWS_OP_ERR;
        if (loop->IsLaunched)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the loop is running already");
            return Errors.Raise(AWS_ERROR_INVALID_STATE);
        }

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: starting the loop's thread");
        loop->ShouldContinue = true;
        loop->IsLaunched = true;
        Threads.IncrementUnjoinedCount();
        Threads.Init(&loop->Thread, event_loop->alloc);
        if (Threads.Launch(&loop->Thread, EpollThread.Body, event_loop, &loop->ThreadOptions) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_FATAL, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: the thread could not be started");
        Threads.DecrementUnjoinedCount();
        loop->IsLaunched = false;
        loop->ShouldContinue = false;
        return AWS_OP_ERR;
    }

    /// <summary>By a task, so that whatever was scheduled before still runs.</summary>
    internal static int Stop(aws_event_loop* event_loop)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
            return AWS_OP_ERR;
        if (Interlocked.CompareExchange(ref loop->IsStopScheduled, 1, 0) != 0)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: stopping the loop's thread");
        ScheduledTask.Init(&loop->StopTask, &OnStop, event_loop, Literal.Of("event_loop_stop"u8));
        ScheduleTaskNow(event_loop, &loop->StopTask);
        return AWS_OP_SUCCESS;
    }

    internal static int WaitForStopCompletion(aws_event_loop* event_loop)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
            return AWS_OP_ERR;
        if (!loop->IsLaunched)
            return AWS_OP_SUCCESS;
        if (IsOnCallersThread(event_loop))
            return Errors.Raise(AWS_ERROR_THREAD_DEADLOCK_DETECTED);
        if (Threads.Join(&loop->Thread) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        loop->IsLaunched = false;
        Threads.DecrementUnjoinedCount();
        ForgetLateStop(loop);
        return AWS_OP_SUCCESS;
    }

    internal static bool IsOnCallersThread(aws_event_loop* event_loop) =>
        Volatile.Read(ref StateOf(event_loop)->Owner) == Threads.CurrentId();

    /// <summary>
    /// Raises AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY if the loop has a thread and this is another one. While it has none,
    /// whoever holds the loop may do what is otherwise for its thread.
    /// </summary>
    internal static bool IsOwnedByAnother(aws_event_loop* event_loop)
    {
        ulong owner = Volatile.Read(ref StateOf(event_loop)->Owner);
        return owner != 0 && owner != Threads.CurrentId() && RaiseThreadOnly(event_loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RaiseThreadOnly(aws_event_loop* event_loop)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: this is for the loop's own thread only");
        Errors.Raise(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RaiseInherited(aws_event_loop* event_loop)
    {
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: this loop is the parent process's");
        Errors.Raise(AWS_ERROR_INVALID_STATE);
        return true;
    }

    internal static void ScheduleTaskNow(aws_event_loop* event_loop, aws_task* task)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (Volatile.Read(ref loop->Owner) == Threads.CurrentId())
            TaskScheduler.ScheduleNow(&loop->Scheduler, task);
        else
            HandOver(event_loop, task, 0);
    }

    /// <summary>Through the queue also on the loop's own thread: the queue is what keeps the order.</summary>
    internal static void ScheduleTaskNowSerialized(aws_event_loop* event_loop, aws_task* task) =>
        HandOver(event_loop, task, 0);

    internal static void ScheduleTaskFuture(aws_event_loop* event_loop, aws_task* task, ulong time)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (Volatile.Read(ref loop->Owner) != Threads.CurrentId())
            HandOver(event_loop, task, time);
        else if (time == 0)
            TaskScheduler.ScheduleNow(&loop->Scheduler, task);
        else
            TaskScheduler.ScheduleFuture(&loop->Scheduler, task, time);
    }

    internal static void CancelTask(aws_event_loop* event_loop, aws_task* task)
    {
        if (IsOwnedByAnother(event_loop))
            return;

        // It may still be on its way from another thread; the scheduler can only cancel what it has.
        EpollLoop* loop = StateOf(event_loop);
        if (!task->abi_extension.scheduled)
            ReceiveTasks(loop);
        TaskScheduler.CancelTask(&loop->Scheduler, task);
    }

    /// <summary>Owner: moves what has come from other threads into the scheduler, in order.</summary>
    internal static void ReceiveTasks(EpollLoop* loop)
    {
        aws_linked_list_node* node = CrossThreadTaskQueue.TakeAll(&loop->Incoming);
        if (node == null)
            return;

        loop->BusyPoll.ExpectAnswer();

        // The newest comes first. Each task goes in front of those that came before it, behind what was waiting
        // already: so every task, which is likely in another processor's cache, is looked at once.
        aws_linked_list_node* waiting = LinkedList.Back(&loop->Scheduler.asap_list);
        aws_linked_list_node* timed = null;
        bool isTraced = Log.IsEnabled(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP);
        while (node != null)
        {
            aws_linked_list_node* older = CrossThreadTaskQueue.Older(&loop->Incoming, node);
            aws_task* task = TaskOf(node);
            if (isTraced)
                TraceReceived(task);
            if (task->timestamp == 0)
            {
                task->priority_queue_node.current_index = nuint.MaxValue;
                task->abi_extension.scheduled = true;
                LinkedList.InsertAfter(waiting, node);
            }
            else
            {
                node->next = timed;
                timed = node;
            }

            node = older;
        }

        // Among tasks for the same moment, too, the first to be scheduled is the first to be there.
        while (timed != null)
        {
            aws_linked_list_node* next = timed->next;
            aws_task* task = TaskOf(timed);
            TaskScheduler.ScheduleFuture(&loop->Scheduler, task, task->timestamp);
            timed = next;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TraceReceived(aws_task* task) => Log.Write(
        AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP, $"{task->type_tag} task 0x{(nint)task:x} has come from another thread");

    internal static int SubscribeToIoEvents(
        aws_event_loop* event_loop,
        aws_io_handle* handle,
        int events,
        aws_event_loop_on_event_fn onEvent,
        void* userData)
    {
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
            return AWS_OP_ERR;

        int fd = handle->data.fd;
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: subscribing to events of fd {fd}");

        // In place before epoll knows of it: the first event may come, and end the subscription, before this returns.
        IoSubscription* subscription = IoSubscription.New(event_loop->alloc, handle, onEvent, userData);
        void* previous = handle->additional_data;
        handle->additional_data = subscription;
        uint interest = IoSubscription.InterestIn(events);
        if (epoll_ctl(StateOf(event_loop)->EpollFd, EPOLL_CTL_ADD, fd, interest, subscription) == 0)
            return AWS_OP_SUCCESS;

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)event_loop:x}: could not subscribe to events of fd {fd}: errno {error}");
        handle->additional_data = previous;
        IoSubscription.Free(subscription);
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }

    internal static int UnsubscribeFromIoEvents(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if ((IsInherited(event_loop) && RaiseInherited(event_loop)) || IsOwnedByAnother(event_loop))
            return AWS_OP_ERR;
        IoSubscription* subscription = (IoSubscription*)handle->additional_data;
        if (subscription == null)
            return Errors.Raise(AWS_ERROR_IO_NOT_SUBSCRIBED);

        int fd = handle->data.fd;
        EpollLoop* loop = StateOf(event_loop);
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)event_loop:x}: no more events of fd {fd}");
        int removed = epoll_ctl(loop->EpollFd, EPOLL_CTL_DEL, fd, 0, null);
        int error = Libc.Errno;

        // The kernel refuses only what it does not watch, such as a descriptor that was closed too early: the
        // subscription has ended either way.
        handle->additional_data = null;
        End(loop, subscription);
        if (removed == 0)
            return AWS_OP_SUCCESS;

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)event_loop:x}: could not unsubscribe from events of fd {fd}: errno {error}");
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }

    private static void End(EpollLoop* loop, IoSubscription* subscription)
    {
        subscription->OnEvent = null;
        if (!loop->IsDelivering)
        {
            IoSubscription.Free(subscription);
            return;
        }

        // The batch being delivered may hold another event that points to it.
        subscription->NextRetired = loop->Retired;
        loop->Retired = subscription;
    }

    private static void HandOver(aws_event_loop* event_loop, aws_task* task, ulong time)
    {
        EpollLoop* loop = StateOf(event_loop);
        if (IsInherited(event_loop) && RaiseInherited(event_loop))
        {
            // There is no thread that would ever run it.
            ScheduledTask.Run(task, AWS_TASK_STATUS_CANCELED);
            return;
        }

        task->timestamp = time;
        if (CrossThreadTaskQueue.Push(&loop->Incoming, task))
            Wake(loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Wake(EpollLoop* loop)
    {
        WakeUp.Send(&loop->WakeUp);
        CrossThreadTaskQueue.WakeUpSent(&loop->Incoming);
    }

    private static aws_task* TaskOf(aws_linked_list_node* node)
    {
        Unsafe.SkipInit(out aws_task any);
        return (aws_task*)((byte*)node - ((byte*)&any.node - (byte*)&any));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStop(aws_task* task, void* event_loop, aws_task_status status)
    {
        EpollLoop* loop = StateOf((aws_event_loop*)event_loop);
        if (status == AWS_TASK_STATUS_RUN_READY)
            loop->ShouldContinue = false;
        Volatile.Write(ref loop->IsStopScheduled, 0);
    }

    /// <summary>
    /// A stop that was asked for after the loop had stopped is still in the queue and would end the next run at once.
    /// </summary>
    private static void ForgetLateStop(EpollLoop* loop)
    {
        if (Volatile.Read(ref loop->IsStopScheduled) == 0)
            return;
        ReceiveTasks(loop);
        if (loop->StopTask.abi_extension.scheduled)
            TaskScheduler.CancelTask(&loop->Scheduler, &loop->StopTask);
    }

    /// <summary>
    /// Cancels what the scheduler has, then what came across threads and was not received, then what those have
    /// scheduled in turn, until nothing is left.
    /// </summary>
    private static void CancelTasks(aws_event_loop* event_loop, EpollLoop* loop)
    {
        do
        {
            TaskScheduler.CleanUp(&loop->Scheduler);
            TaskScheduler.Init(&loop->Scheduler, event_loop->alloc);
        }
        while (CancelIncoming(loop) || TaskScheduler.HasTasks(&loop->Scheduler, null));
    }

    private static bool CancelIncoming(EpollLoop* loop)
    {
        // A list in its own right, so that one cancelled task can cancel another.
        aws_linked_list tasks;
        LinkedList.Init(&tasks);
        aws_linked_list_node* node = CrossThreadTaskQueue.TakeAll(&loop->Incoming);
        while (node != null)
        {
            aws_linked_list_node* older = CrossThreadTaskQueue.Older(&loop->Incoming, node);
            LinkedList.PushFront(&tasks, node);
            node = older;
        }

        if (LinkedList.IsEmpty(&tasks))
            return false;
        while (!LinkedList.IsEmpty(&tasks))
            ScheduledTask.Run(TaskOf(LinkedList.PopFront(&tasks)), AWS_TASK_STATUS_CANCELED);
        return true;
    }

    private static bool TryOpen(aws_event_loop* event_loop, EpollLoop* loop)
    {
        loop->EpollFd = epoll_create1(EPOLL_CLOEXEC);
        if (loop->EpollFd >= 0)
        {
            if (WakeUp.TryCreate(&loop->WakeUp, loop->EpollFd))
                return true;
            Close(loop);
        }

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_FATAL,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)event_loop:x}: could not open the loop's descriptors: errno {error}");
        Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
        return false;
    }

    private static void Close(EpollLoop* loop)
    {
        int error = Libc.Errno;
        WakeUp.Close(&loop->WakeUp);
        Libc.close(loop->EpollFd);
        Libc.Errno = error;
    }

    /// <summary>The name is copied, since a loop can be run again when its caller's text is long gone.</summary>
    private static void KeepThreadOptions(EpollLoop* loop, aws_thread_options* options)
    {
        loop->ThreadOptions = options == null ? *Threads.DefaultOptions() : *options;

        // The loop joins its thread itself.
        loop->ThreadOptions.join_strategy = AWS_TJS_MANUAL;

        aws_byte_cursor name = loop->ThreadOptions.name;
        nuint length = Math.Min(name.len, EpollLoop.NameCapacity);
        Buffer.MemoryCopy(name.ptr, loop->ThreadName, EpollLoop.NameCapacity, length);
        loop->ThreadOptions.name.ptr = loop->ThreadName;
        loop->ThreadOptions.name.len = length;
    }

    /// <summary>
    /// Whether a clock is aws_high_res_clock_get_ticks, ours or another library's: both read the clock that we read
    /// ourselves.
    /// </summary>
    private static bool IsMonotonicClock(aws_io_clock_fn clock)
    {
        if ((void*)clock == (void*)EventLoop.HighResolutionClock)
            return true;
        byte* name = Literal.Of("aws_high_res_clock_get_ticks"u8);
        return (void*)clock == Libc.dlsym(Libc.RTLD_DEFAULT, name);
    }
}
