// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>A socket operation that another thread has the loop's thread do, and waits for.</summary>
internal unsafe struct LoopCall
{
    private aws_task _task;
    private aws_mutex _lock;
    private aws_condition_variable _finished;
    private aws_socket* _socket;
    private delegate*<aws_socket*, int> _work;
    private int _error;
    private bool _isFinished;

    /// <summary>Returns what the work returned, with its error raised on the calling thread.</summary>
    internal static int Run(aws_event_loop* loop, aws_socket* socket, delegate*<aws_socket*, int> work)
    {
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x}: waits for event loop 0x{(nint)loop:x} from another thread");
        LoopCall call = default;
        call._socket = socket;
        call._work = work;
        ScheduledTask.Init(&call._task, &Work, &call, StaticMemory.Text("socket_loop_call"u8));
        Mutex.Init(&call._lock);
        ConditionVariable.Init(&call._finished);

        // Not under the lock: a loop that is not in this process cancels the task at once.
        EventLoop.ScheduleTaskNow(loop, &call._task);
        Mutex.Lock(&call._lock);
        while (!call._isFinished)
            ConditionVariable.Wait(&call._finished, &call._lock);
        Mutex.Unlock(&call._lock);

        ConditionVariable.CleanUp(&call._finished);
        Mutex.CleanUp(&call._lock);
        return call._error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(call._error);
    }

    // Also when the loop is going away: the caller waits.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Work(aws_task* task, void* argument, aws_task_status status)
    {
        LoopCall* call = (LoopCall*)argument;
        int error = call->_work(call->_socket) == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();

        // Told under the lock: once it is free, the caller may be gone, and the call with it.
        Mutex.Lock(&call->_lock);
        call->_error = error;
        call->_isFinished = true;
        ConditionVariable.NotifyOne(&call->_finished);
        Mutex.Unlock(&call->_lock);
    }
}
