// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>Tasks of ours and of programs, run by our schedulers and by a program's.</summary>
public unsafe class ScheduledTaskTests
{
    private const aws_task_status Ready = aws_task_status.AWS_TASK_STATUS_RUN_READY;
    private const aws_task_status Canceled = aws_task_status.AWS_TASK_STATUS_CANCELED;

    private readonly List<string> _calls = [];
    private GCHandle _self;

    [Fact]
    public void ATaskOfOursRunsItsManagedFunction()
    {
        aws_task task = NewOurs();
        ScheduledTask.Run(&task, Ready);
        ScheduledTask.Run(&task, Canceled);
        AssertCalls("managed ready", "managed canceled");
    }

    [Fact]
    public void AProgramsTaskRunsItsCFunction()
    {
        aws_task task;
        ScheduledTask.Init(&task, &OnTaskOfC, Argument(), null);
        ScheduledTask.Run(&task, Ready);
        AssertCalls("C ready");
    }

    [Fact]
    public void AProgramsSchedulerRunsATaskOfOursByItsFunctionPointer()
    {
        aws_task task = NewOurs();
        task.abi_extension.scheduled = true;
        task.abi_extension.scheduled = false;
        task.fn(&task, task.arg, Canceled);

        aws_task copy = task;
        copy.abi_extension.scheduled = true;
        copy.fn(&copy, copy.arg, Ready);
        AssertCalls("managed canceled", "managed ready");
    }

    [Fact]
    public void MemoryOfATaskOfOursServesAProgramsTask()
    {
        aws_task task = NewOurs();
        task.fn = &OnTaskOfC;
        ScheduledTask.Run(&task, Ready);
        AssertCalls("C ready");
    }

    [Fact]
    public void WhetherATaskIsScheduledDoesNotTouchItsFunction()
    {
        aws_task_scheduler scheduler;
        aws_task task = NewOurs();
        Assert.Equal(AWS_OP_SUCCESS, TaskScheduler.Init(&scheduler, Allocator.Default()));
        TaskScheduler.ScheduleNow(&scheduler, &task);
        Assert.True(task.abi_extension.scheduled);
        TaskScheduler.RunAll(&scheduler, 0);
        Assert.False(task.abi_extension.scheduled);
        TaskScheduler.ScheduleFuture(&scheduler, &task, 1);
        TaskScheduler.CancelTask(&scheduler, &task);
        TaskScheduler.CleanUp(&scheduler);
        AssertCalls("managed ready", "managed canceled");
    }

    private aws_task NewOurs()
    {
        aws_task task;
        ScheduledTask.Init(&task, &OnTask, Argument(), null);
        return task;
    }

    private void* Argument()
    {
        _self = GCHandle.Alloc(this);
        return (void*)GCHandle.ToIntPtr(_self);
    }

    private void AssertCalls(params string[] expected)
    {
        _self.Free();
        Assert.Equal(expected, _calls);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status) =>
        Add("managed", argument, status);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTaskOfC(aws_task* task, void* argument, aws_task_status status) =>
        Add("C", argument, status);

    private static void Add(string kind, void* argument, aws_task_status status) =>
        ((ScheduledTaskTests)GCHandle.FromIntPtr((nint)argument).Target!)._calls.Add(
            $"{kind} {(status == Ready ? "ready" : "canceled")}");
}
