// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace Reseau.Native.Common.Tasks;

/// <summary>A function to be called once, later; its memory belongs to whoever made it.</summary>
internal static unsafe class ScheduledTask
{
    private static readonly byte* s_running = Literal.Of("<Running>"u8);
    private static readonly byte* s_canceled = Literal.Of("<Canceled>"u8);
    private static readonly byte* s_unknown = Literal.Of("<Unknown>"u8);

    /// <summary>Prepares a task. The tag, a string that outlives it, names it in logs; it may be NULL.</summary>
    internal static void Init(aws_task* task, aws_task_fn fn, void* arg, byte* type_tag)
    {
        if (task == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *task = new aws_task { fn = fn, arg = arg, type_tag = type_tag };
    }

    /// <summary>Calls the task's function, which may free the task. It must be in no queue any more.</summary>
    internal static void Run(aws_task* task, aws_task_status status)
    {
        if (task == null || task->fn == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        if (Log.IsEnabled(AWS_LL_TRACE, AWS_LS_COMMON_TASK_SCHEDULER))
            LogRun(task, status);

        task->abi_extension.scheduled = false;
        task->fn(task, task->arg, status);
    }

    /// <summary>A constant string.</summary>
    internal static byte* StatusToCStr(aws_task_status status) => status switch
    {
        AWS_TASK_STATUS_RUN_READY => s_running,
        AWS_TASK_STATUS_CANCELED => s_canceled,
        _ => s_unknown,
    };

    // Apart, so that running a task needs no room for a line of text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LogRun(aws_task* task, aws_task_status status) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_COMMON_TASK_SCHEDULER,
        $"id=0x{(nint)task:x}: running {task->type_tag} task with status {StatusToCStr(status)}");
}
