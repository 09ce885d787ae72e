// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Sockets;

/// <summary>
/// A socket operation that another thread has the loop's thread do, and waits for. That thread may be a loop's itself;
/// then two loops may wait for each other. So a thread that waits here does, meanwhile, what others ask of its own
/// loop.
/// </summary>
internal unsafe struct LoopCall
{
    private enum State
    {
        Open,
        Taken,
        Finished,
    }

    private struct Shared
    {
        internal aws_mutex Lock;
        internal aws_condition_variable Changed;

        /// <summary>Open calls whose callers wait.</summary>
        internal aws_linked_list Waiting;

        /// <summary>What Fork.Count was when this was made.</summary>
        internal int Forks;

        /// <summary>In a forked child: the parent's, whose lock one of its threads may hold.</summary>
        internal Shared* Inherited;
    }

    // Calls are rare: one lock will do for all of them.
    private static nint s_newest;

    private static Shared* ForProcess
    {
        get
        {
            Shared* newest = (Shared*)Volatile.Read(ref s_newest);
            return newest != null && newest->Forks == Fork.Count ? newest : Replace(newest);
        }
    }

    // First, so that a node of the list is its call.
    private aws_linked_list_node _node;
    private aws_task _task;
    private aws_event_loop* _loop;
    private aws_socket* _socket;
    private delegate*<aws_socket*, int> _work;
    private int _error;

    // Under the lock.
    private State _state;
    private bool _isListed;

    /// <summary>Returns what the work returned, with its error raised on the calling thread.</summary>
    internal static int Run(aws_event_loop* loop, aws_socket* socket, delegate*<aws_socket*, int> work)
    {
        // A loop of the parent's, in a process that came out of fork, would be waited for in vain.
        if (EventLoop.IsInherited(loop))
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x}: waits for event loop 0x{(nint)loop:x} from another thread");
        LoopCall call = default;
        call._loop = loop;
        call._socket = socket;
        call._work = work;
        ScheduledTask.Init(&call._task, &OnTask, &call, Literal.Of("socket_loop_call"u8));

        // Listed only when its task is on the way: whoever does the call early takes the task back. Not under the lock:
        // a loop that is not in this process cancels the task at once.
        EventLoop.ScheduleTaskNow(loop, &call._task);
        Shared* shared = ForProcess;
        Mutex.Lock(&shared->Lock);
        if (call._state == State.Open)
        {
            LinkedList.PushBack(&shared->Waiting, &call._node);
            call._isListed = true;
            ConditionVariable.NotifyAll(&shared->Changed);
        }

        Await(&call, shared);
        Mutex.Unlock(&shared->Lock);
        return call._error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(call._error);
    }

    // Called and left with the lock.
    private static void Await(LoopCall* call, Shared* shared)
    {
        while (call->_state != State.Finished)
        {
            LoopCall* other = FindForThisThread(shared);
            if (other == null)
            {
                StepOrWait(call, shared);
                continue;
            }

            Take(other);
            Mutex.Unlock(&shared->Lock);
            EventLoop.CancelTask(other->_loop, &other->_task);
            Do(other);
            Mutex.Lock(&shared->Lock);
        }
    }

    // A loop without a thread does nothing while the caller, which runs its ticks, waits.
    private static void StepOrWait(LoopCall* call, Shared* shared)
    {
        if (EventLoop.HasThread(call->_loop))
        {
            ConditionVariable.Wait(&shared->Changed, &shared->Lock);
            return;
        }

        Mutex.Unlock(&shared->Lock);
        bool hasStepped = EventLoop.StepForWaiter(call->_loop);
        Mutex.Lock(&shared->Lock);
        if (!hasStepped && call->_state != State.Finished && FindForThisThread(shared) == null)
            ConditionVariable.Wait(&shared->Changed, &shared->Lock);
    }

    // A listed call's loop lives: its end would take the call. Only loops of ours can be asked under a lock.
    private static LoopCall* FindForThisThread(Shared* shared)
    {
        aws_linked_list* waiting = &shared->Waiting;
        for (aws_linked_list_node* node = LinkedList.Begin(waiting); node != LinkedList.End(waiting); node = node->next)
        {
            aws_event_loop* loop = ((LoopCall*)node)->_loop;
            if (EventLoop.IsOursOnCallersThread(loop))
                return (LoopCall*)node;
        }

        return null;
    }

    private static void Take(LoopCall* call)
    {
        call->_state = State.Taken;
        if (call->_isListed)
            LinkedList.Remove(&call->_node);
        call->_isListed = false;
    }

    // Also when the loop is going away: the caller waits.
    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        LoopCall* call = (LoopCall*)argument;
        Shared* shared = ForProcess;
        Mutex.Lock(&shared->Lock);
        bool isOpen = call->_state == State.Open;
        if (isOpen)
            Take(call);
        Mutex.Unlock(&shared->Lock);
        if (isOpen)
            Do(call);
    }

    private static void Do(LoopCall* call)
    {
        int error = call->_work(call->_socket) == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();

        // Signalled under the lock: once it is free, the caller may be gone, and the call with it.
        Shared* shared = ForProcess;
        Mutex.Lock(&shared->Lock);
        call->_error = error;
        call->_state = State.Finished;
        ConditionVariable.NotifyAll(&shared->Changed);
        Mutex.Unlock(&shared->Lock);
    }

    private static Shared* Replace(Shared* inherited)
    {
        Shared* made = (Shared*)StaticMemory.Allocate((nuint)sizeof(Shared));
        Mutex.Init(&made->Lock);
        ConditionVariable.Init(&made->Changed);
        LinkedList.Init(&made->Waiting);
        made->Forks = Fork.Count;
        made->Inherited = inherited;
        nint newest = Interlocked.CompareExchange(ref s_newest, (nint)made, (nint)inherited);
        if (newest == (nint)inherited)
            return made;

        Platform.Heap.Free(made);
        return (Shared*)newest;
    }
}
