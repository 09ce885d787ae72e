// SPDX-License-Identifier: Apache-2.0
global using unsafe ChannelTaskFunction =
    delegate*<Reseau.Native.Abi.aws_channel_task*, void*, Reseau.Native.Abi.aws_task_status, void>;

using System.Runtime.CompilerServices;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>
/// A task bound to a channel: it runs on the channel's loop, or is cancelled when the channel shuts down. Only this
/// class calls its function, so that a managed one of ours is kept in the same field as a program's C function,
/// distinguished by a bit that no address of a program has.
/// </summary>
internal static unsafe class ChannelTask
{
    private static nint ManagedMark => nint.MinValue;

    /// <summary>
    /// Must precede every scheduling. The caller keeps the memory until the task has run or was cancelled.
    /// </summary>
    internal static void Init(
        aws_channel_task* channel_task, ChannelTaskFunction function, void* arg, byte* type_tag) =>
        Init(channel_task, (aws_channel_task_fn)((nint)function | ManagedMark), arg, type_tag);

    /// <summary>The same with a C function.</summary>
    internal static void Init(aws_channel_task* channel_task, aws_channel_task_fn task_fn, void* arg, byte* type_tag)
    {
        *channel_task = default;
        channel_task->task_fn = task_fn;
        channel_task->arg = arg;
        channel_task->type_tag = type_tag;
    }

    /// <summary>Calls the task's function, which may free the task.</summary>
    internal static void Run(aws_channel_task* task, aws_task_status status)
    {
        nint function = (nint)task->task_fn;
        if ((function & ManagedMark) != 0)
            ((ChannelTaskFunction)(function & ~ManagedMark))(task, task->arg, status);
        else
            RunOfC(task, status);
    }

    // Apart, so that a task of ours does not prepare to leave managed code.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunOfC(aws_channel_task* task, aws_task_status status) =>
        task->task_fn(task, task->arg, status);
}
