// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// A socket operation that another thread has the loop's thread do, and waits for. That thread may be a loop's itself;
/// then two loops may wait for each other. So a thread that waits here does, meanwhile, what others want of its own
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
    }

    // Calls are rare: one lock will do for all of them.
    private static readonly Shared* s_shared = CreateShared();

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
        ScheduledTask.Init(&call._task, &OnTask, &call, StaticMemory.Text("socket_loop_call"u8));

        // Listed only when its task is on the way: whoever does the call early takes the task back. Not under the lock:
        // a loop that is not in this process cancels the task at once.
        EventLoop.ScheduleTaskNow(loop, &call._task);
        Mutex.Lock(&s_shared->Lock);
        if (call._state == State.Open)
        {
            LinkedList.PushBack(&s_shared->Waiting, &call._node);
            call._isListed = true;
            ConditionVariable.NotifyAll(&s_shared->Changed);
        }

        Await(&call);
        Mutex.Unlock(&s_shared->Lock);
        return call._error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(call._error);
    }

    // Called and left with the lock.
    private static void Await(LoopCall* call)
    {
        while (call->_state != State.Finished)
        {
            LoopCall* other = FindForThisThread();
            if (other == null)
            {
                ConditionVariable.Wait(&s_shared->Changed, &s_shared->Lock);
                continue;
            }

            Take(other);
            Mutex.Unlock(&s_shared->Lock);
            EventLoop.CancelTask(other->_loop, &other->_task);
            Do(other);
            Mutex.Lock(&s_shared->Lock);
        }
    }

    // A listed call's loop lives: its end would take the call. Only loops of ours can be asked under a lock.
    private static LoopCall* FindForThisThread()
    {
        aws_linked_list* waiting = &s_shared->Waiting;
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
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        LoopCall* call = (LoopCall*)argument;
        Mutex.Lock(&s_shared->Lock);
        bool isOpen = call->_state == State.Open;
        if (isOpen)
            Take(call);
        Mutex.Unlock(&s_shared->Lock);
        if (isOpen)
            Do(call);
    }

    private static void Do(LoopCall* call)
    {
        int error = call->_work(call->_socket) == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();

        // Told under the lock: once it is free, the caller may be gone, and the call with it.
        Mutex.Lock(&s_shared->Lock);
        call->_error = error;
        call->_state = State.Finished;
        ConditionVariable.NotifyAll(&s_shared->Changed);
        Mutex.Unlock(&s_shared->Lock);
    }

    private static Shared* CreateShared()
    {
        Shared* shared = StaticMemory.Allocate<Shared>();
        Mutex.Init(&shared->Lock);
        ConditionVariable.Init(&shared->Changed);
        LinkedList.Init(&shared->Waiting);
        return shared;
    }
}
