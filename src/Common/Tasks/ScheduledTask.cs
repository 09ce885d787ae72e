// SPDX-License-Identifier: Apache-2.0
global using unsafe TaskFunction =
    delegate*<Reseau.Native.Abi.aws_task*, void*, Reseau.Native.Abi.aws_task_status, void>;

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Interop;

namespace Reseau.Native.Common.Tasks;

/// <summary>
/// A function to be called once, later; its memory belongs to whoever made it. A task of a program has a C function. A
/// task of ours has a managed function, which our loops and schedulers call directly. Its fn is a C function all the
/// same (<see cref="Entry"/>), for a program's loop calls that; it is also the mark by which we know the task. The
/// managed function is in the upper bytes of abi_extension, which aws_task_init clears and of which C uses the lowest.
/// </summary>
internal static unsafe class ScheduledTask
{
    // Above the byte of abi_extension.scheduled. Addresses of programs have 57 bits at most.
    private const int FunctionShift = 8;

    private static aws_task_fn Entry => &OnRun;

    /// <summary>What all tasks of ours have for a C function.</summary>
    internal static aws_task_fn EntryOfOurs => Entry;

    /// <summary>
    /// Prepares a task of ours. The tag, a string that outlives it, names it in logs; it may be NULL.
    /// </summary>
    internal static void Init(aws_task* task, TaskFunction function, void* arg, byte* type_tag)
    {
        *task = new aws_task { fn = Entry, arg = arg, type_tag = type_tag };
        task->abi_extension.reserved = (nuint)function << FunctionShift;
    }

    /// <summary>Prepares a task that calls a C function.</summary>
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
        if ((void*)task->fn == (void*)Entry)
            FunctionOf(task)(task, task->arg, status);
        else
            RunOfC(task, status);
    }

    /// <summary>A constant string.</summary>
    internal static byte* StatusToCStr(aws_task_status status) => status switch
    {
        AWS_TASK_STATUS_RUN_READY => Literal.Of("<Running>"u8),
        AWS_TASK_STATUS_CANCELED => Literal.Of("<Canceled>"u8),
        _ => Literal.Of("<Unknown>"u8),
    };

    private static TaskFunction FunctionOf(aws_task* task) =>
        (TaskFunction)(task->abi_extension.reserved >> FunctionShift);

    /// <summary>
    /// Calls tasks from the front of a list, each as it is taken out, up to the first that is of ours or has no
    /// function: managed code is left once for all. They are not traced.
    /// </summary>
    internal static void RunAllOfC(aws_linked_list* tasks, aws_task_status status) =>
        Shim.reseau_run_tasks(tasks, Entry, status);

    /// <summary>Whether the task is a program's, which has a C function.</summary>
    internal static bool IsOfC(aws_task* task) => task->fn != null && (void*)task->fn != (void*)Entry;

    // Apart, so that a task of ours does not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunOfC(aws_task* task, aws_task_status status) => task->fn(task, task->arg, status);

    /// <summary>What a program's loop calls of a task of ours.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRun(aws_task* task, void* arg, aws_task_status status) =>
        FunctionOf(task)(task, arg, status);

    // Apart, so that running a task needs no room for a line of text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LogRun(aws_task* task, aws_task_status status) => Log.Write(
        AWS_LL_TRACE,
        AWS_LS_COMMON_TASK_SCHEDULER,
        $"id=0x{(nint)task:x}: running {task->type_tag} task with status {StatusToCStr(status)}");
}
