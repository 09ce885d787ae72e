// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// A function of a program's on its way to a loop. It lives until the function has been called. Rule 145 of
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct PostedCall
{
    private aws_task _task;
    private reseau_posted_fn _function;
    private void* _state;

    /// <summary>
    /// Any thread. Returns 0, and the function will be called, or RESEAU_ERROR_LOOP_ENDED, and it will not.
    /// </summary>
    internal static int Post(LoopObject* loop, reseau_posted_fn function, void* state)
    {
        PostedCall* call = Allocator.New<PostedCall>(Allocator.Default());
        call->_function = function;
        call->_state = state;
        ScheduledTask.Init(&call->_task, &OnTask, call, Literal.Of("reseau_post"u8));

        // By the queue also on the loop's own thread: what this thread has posted while it was none may be there still.
        if (LoopTasks.TryPost(LoopObject.CoreOf(loop), &call->_task, 0))
            return 0;

        Allocator.Release(Allocator.Default(), call);
        return RESEAU_ERROR_LOOP_ENDED;
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        PostedCall call = *(PostedCall*)argument;
        Allocator.Release(Allocator.Default(), argument);
        call._function(call._state, status == AWS_TASK_STATUS_RUN_READY ? 0 : 1);
    }
}
