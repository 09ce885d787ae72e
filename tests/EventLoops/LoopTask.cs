// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Common;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>A task that calls a delegate, each time that it is run or cancelled. Keeps how often.</summary>
internal sealed unsafe class LoopTask : IDisposable
{
    private readonly Action<aws_task_status> _action;
    private GCHandle _self;

    internal LoopTask(Action<aws_task_status> action)
    {
        _action = action;
        _self = GCHandle.Alloc(this);
        Native = (aws_task*)NativeMemory.AllocZeroed((nuint)sizeof(aws_task));
        ScheduledTask.Init(Native, &OnTask, (void*)GCHandle.ToIntPtr(_self), null);
    }

    internal LoopTask()
        : this(_ => { })
    {
    }

    internal aws_task* Native { get; }

    internal volatile int Runs;

    internal volatile int Cancellations;

    public void Dispose()
    {
        _self.Free();
        NativeMemory.Free(Native);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        LoopTask self = (LoopTask)GCHandle.FromIntPtr((nint)argument).Target!;
        self._action(status);
        if (status == aws_task_status.AWS_TASK_STATUS_RUN_READY)
            self.Runs++;
        else
            self.Cancellations++;
        TestLoop.Changed();
    }
}
