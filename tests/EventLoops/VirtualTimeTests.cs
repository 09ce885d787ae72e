// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>What is special about loops on virtual time. What they have in common with others: BackendTests.</summary>
public unsafe class VirtualTimeTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Hour = 3600UL * 1_000_000_000;

    // ---- The clock ----

    [Fact]
    public void NothingHappensByItself()
    {
        using VirtualWorld world = new(1);
        using LoopTask timer = new();
        ulong start = VirtualTime.Now(world.Time);
        EventLoop.ScheduleTaskFuture(world.Loops[0], timer.Native, start + 1);
        Assert.True(VirtualTime.RunUntilIdle(world.Time));
        Assert.Equal(0, timer.Runs);
        Assert.Equal(start, VirtualTime.Now(world.Time));
        VirtualTime.Advance(world.Time, 1);
        Assert.Equal(1, timer.Runs);
    }

    [Fact]
    public void EachTimerSeesItsOwnTimeHoweverFarTheClockIsMoved()
    {
        using VirtualWorld world = new(2);
        ulong start = VirtualTime.Now(world.Time);
        ulong[] delays = [7, 3, Hour, 5 * Millisecond, 0];
        List<(int Number, ulong Time)> runs = [];
        List<LoopTask> timers = delays.Select(
            (_, i) => new LoopTask(_ => runs.Add((i, VirtualTime.Now(world.Time) - start)))).ToList();
        for (int i = 0; i < delays.Length; i++)
            EventLoop.ScheduleTaskFuture(world.Loops[i % 2], timers[i].Native, start + delays[i]);
        VirtualTime.Advance(world.Time, 2 * Hour);
        Assert.Equal([(4, 0), (1, 3), (0, 7), (3, 5 * Millisecond), (2, Hour)], runs);
        Assert.Equal(start + 2 * Hour, VirtualTime.Now(world.Time));
        timers.ForEach(timer => timer.Dispose());
    }

    [Fact]
    public void TheClockMovesToTheNextTimer()
    {
        using VirtualWorld world = new(2);
        ulong start = VirtualTime.Now(world.Time);
        using LoopTask first = new();
        using LoopTask second = new();
        EventLoop.ScheduleTaskFuture(world.Loops[0], second.Native, start + Hour);
        EventLoop.ScheduleTaskFuture(world.Loops[1], first.Native, start + Millisecond);
        Assert.True(VirtualTime.RunToNextTimer(world.Time));
        Assert.Equal((1, 0, start + Millisecond), (first.Runs, second.Runs, VirtualTime.Now(world.Time)));
        Assert.True(VirtualTime.RunToNextTimer(world.Time));
        Assert.Equal((1, 1, start + Hour), (first.Runs, second.Runs, VirtualTime.Now(world.Time)));
        Assert.False(VirtualTime.RunToNextTimer(world.Time));
        Assert.Equal(start + Hour, VirtualTime.Now(world.Time));
    }

    [Fact]
    public void ATaskThatTakesTimeMakesTheNextOneLate()
    {
        using VirtualWorld world = new(1);
        ulong start = VirtualTime.Now(world.Time);
        ulong seen = 0;
        using LoopTask slow = new(_ => VirtualTime.Spend(world.Time, 10));
        using LoopTask late = new(_ => seen = VirtualTime.Now(world.Time) - start);
        EventLoop.ScheduleTaskFuture(world.Loops[0], slow.Native, start + 100);
        EventLoop.ScheduleTaskFuture(world.Loops[0], late.Native, start + 105);
        VirtualTime.Advance(world.Time, 200);
        Assert.Equal(110u, seen);
    }

    [Fact]
    public void TheClockSaturates()
    {
        using VirtualWorld world = new(1);
        VirtualTime.Advance(world.Time, ulong.MaxValue);
        VirtualTime.Advance(world.Time, 1);
        Assert.Equal(ulong.MaxValue, VirtualTime.Now(world.Time));
    }

    [Fact]
    public void AChainOfTasksIsBoundedByTicks()
    {
        using VirtualWorld world = new(1);
        LoopTask? chain = null;
        chain = new LoopTask(status =>
        {
            if (status == aws_task_status.AWS_TASK_STATUS_RUN_READY)
                EventLoop.ScheduleTaskNow(world.Loops[0], chain!.Native);
        });
        EventLoop.ScheduleTaskNow(world.Loops[0], chain.Native);
        Assert.False(VirtualTime.RunUntilIdle(world.Time, 10));
        Assert.Equal(10, chain.Runs);
        EventLoop.CancelTask(world.Loops[0], chain.Native);
        Assert.True(VirtualTime.RunUntilIdle(world.Time));
        chain.Dispose();
    }

    [Fact]
    public void LoadIsMeasuredOnTheSameClock()
    {
        using VirtualWorld world = new(1);
        using LoopTask work = new(_ => VirtualTime.Spend(world.Time, 300 * Millisecond));
        Assert.Equal(0u, EventLoop.GetLoadFactor(world.Loops[0]));
        for (int i = 0; i < 30; i++)
        {
            EventLoop.ScheduleTaskNow(world.Loops[0], work.Native);
            VirtualTime.Advance(world.Time, 1000 * Millisecond);
        }

        // It is published in every other second.
        Assert.Equal(600 * Millisecond, EventLoop.GetLoadFactor(world.Loops[0]));
        VirtualTime.Advance(world.Time, Hour);
        Assert.Equal(0u, EventLoop.GetLoadFactor(world.Loops[0]));
    }

    // ---- Several loops ----

    [Fact]
    public void WithoutSeedLoopsTakeTurns()
    {
        using VirtualWorld world = new(3);
        List<int> order = [];
        List<LoopTask> tasks = [];
        for (int i = 0; i < 3; i++)
            tasks.Add(Repeat(world, i, 3, order));
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], order);
        tasks.ForEach(task => task.Dispose());
    }

    [Fact]
    public void ASeedDecidesTheOrder()
    {
        Assert.Equal(OrderOf(7), OrderOf(7));
        Assert.True(
            Enumerable.Range(1, 10).Select(seed => string.Join(',', OrderOf((ulong)seed))).Distinct().Count() > 5);
    }

    [Fact]
    public void ASeedDecidesWhichLoopAGroupGives()
    {
        Assert.Equal(ChoicesOf(3), ChoicesOf(3));
        Assert.True(
            Enumerable.Range(1, 10).Select(seed => string.Join(',', ChoicesOf((ulong)seed))).Distinct().Count() > 5);
    }

    [Fact]
    public void InATickTheOthersHaveAnotherThread()
    {
        using VirtualWorld world = new(2);
        aws_event_loop* first = world.Loops[0];
        aws_event_loop* second = world.Loops[1];
        Assert.True(EventLoop.ThreadIsCallersThread(first) && EventLoop.ThreadIsCallersThread(second));

        List<string> log = [];
        using LoopTask cancelled = new(_ => log.Add("cancelled"));
        using LoopTask inner = new(_ => log.Add("inner"));
        using LoopTask outer = new(_ =>
        {
            log.Add($"{EventLoop.ThreadIsCallersThread(first)} {EventLoop.ThreadIsCallersThread(second)}");
            EventLoop.ScheduleTaskNow(second, inner.Native);
            EventLoop.CancelTask(second, cancelled.Native);
            log.Add(Errors.LastError() == AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY ? "refused" : "allowed");
        });
        EventLoop.ScheduleTaskFuture(second, cancelled.Native, ulong.MaxValue);
        EventLoop.ScheduleTaskNow(first, outer.Native);
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(["True False", "refused", "inner"], log);
        EventLoop.CancelTask(second, cancelled.Native);
        Assert.Equal("cancelled", log[^1]);
    }

    [Fact]
    public void ALoopIsDestroyedInATickOfAnother()
    {
        using VirtualWorld world = new(2);
        using LoopTask left = new();
        using LoopTask ready = new();
        EventLoop.ScheduleTaskFuture(world.Loops[1], left.Native, ulong.MaxValue);
        using LoopTask destroyer = new(_ =>
        {
            EventLoop.ScheduleTaskNow(world.Loops[1], ready.Native);
            EventLoop.Destroy(world.Loops[1]);
            world.Loops[1] = null;
        });
        EventLoop.ScheduleTaskNow(world.Loops[0], destroyer.Native);
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal((1, 1, 1), (destroyer.Runs, ready.Runs, left.Cancellations));
    }

    [Fact]
    public void LoopsThatWaitForEachOtherAreADeadlock()
    {
        using VirtualWorld world = new(2);
        int error = 0;
        using LoopTask inner = new(_ =>
            error = BackendTests.ErrorOf(() => EventLoop.WaitForStopCompletion(world.Loops[0])));
        using LoopTask outer = new(_ =>
        {
            EventLoop.ScheduleTaskNow(world.Loops[1], inner.Native);
            EventLoop.Stop(world.Loops[1]);
            EventLoop.WaitForStopCompletion(world.Loops[1]);
        });
        EventLoop.ScheduleTaskNow(world.Loops[0], outer.Native);
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(1, outer.Runs);
        Assert.Equal(AWS_ERROR_THREAD_DEADLOCK_DETECTED, error);
    }

    [Fact]
    public void TwoTimesAreIndependent()
    {
        using VirtualWorld one = new(1);
        using VirtualWorld other = new(1);
        using LoopTask timer = new();
        EventLoop.ScheduleTaskFuture(one.Loops[0], timer.Native, VirtualTime.Now(one.Time) + 1);
        VirtualTime.Advance(other.Time, Hour);
        Assert.Equal(0, timer.Runs);
        VirtualTime.Advance(one.Time, 1);
        Assert.Equal(1, timer.Runs);
    }

    // ---- Stopping ----

    [Fact]
    public void AStopCompletesWithTheNextTick()
    {
        using VirtualWorld world = new(1);
        aws_event_loop* loop = world.Loops[0];
        using LoopTask task = new();
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.Stop(loop));
        Assert.True(VirtualTime.Step(world.Time));
        EventLoop.ScheduleTaskNow(loop, task.Native);
        Assert.False(VirtualTime.Step(world.Time));
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.WaitForStopCompletion(loop));
        Assert.Equal(0, task.Runs);
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.Run(loop));
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(1, task.Runs);
    }

    [Fact]
    public void ATimeWithLoopsStays()
    {
        using VirtualWorld world = new(1);
        Assert.Equal(AWS_ERROR_INVALID_STATE, BackendTests.ErrorOf(() => VirtualTime.Destroy(world.Time)));
    }

    [Fact]
    public void AGroupEndsAtOnceOutsideOfTicks()
    {
        using VirtualWorld world = new(0);
        using LoopTask left = new();
        using ShutdownCallback shutdown = new();
        aws_event_loop_group* group = VirtualLoop.NewGroup(world.Time, 3, shutdown.Options);
        Assert.Equal(3u, EventLoopGroup.GetLoopCount(group));
        EventLoop.ScheduleTaskFuture(EventLoopGroup.GetLoopAt(group, 1), left.Native, ulong.MaxValue);
        EventLoopGroup.Release(group);
        Assert.Equal((1, 1), (left.Cancellations, shutdown.Calls));
    }

    [Fact]
    public void AGroupReleasedInATickOfItsOwnEndsAfterIt()
    {
        using VirtualWorld world = new(0);
        using ShutdownCallback shutdown = new();
        aws_event_loop_group* group = VirtualLoop.NewGroup(world.Time, 2, shutdown.Options);
        nint address = (nint)group;
        int callsInTick = -1;
        using LoopTask release = new(_ =>
        {
            EventLoopGroup.Release((aws_event_loop_group*)address);
            callsInTick = shutdown.Calls;
        });
        EventLoop.ScheduleTaskNow(EventLoopGroup.GetLoopAt(group, 0), release.Native);
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal((0, 1), (callsInTick, shutdown.Calls));
    }

    // ---- Other threads ----

    [Fact]
    public void AnotherThreadsTaskEndsTheWait()
    {
        using VirtualWorld world = new(2);
        using LoopTask task = new();
        Assert.False(VirtualTime.WaitForOtherThreads(world.Time, 1));
        Thread other = new(() => EventLoop.ScheduleTaskNow(world.Loops[1], task.Native));
        other.Start();
        Assert.True(VirtualTime.WaitForOtherThreads(world.Time, 120_000_000_000));
        other.Join();
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(1, task.Runs);
    }

    [Fact]
    public void AnotherThreadsEventEndsTheWait()
    {
        using VirtualWorld world = new(1);
        using MemoryHandle handle = new(world.Time);
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(world.Loops[0]));
        Thread other = new(handle.SendByte);
        other.Start();
        Assert.True(VirtualTime.WaitForOtherThreads(world.Time, 120_000_000_000));
        other.Join();
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Single(handle.Events);
        EventLoop.UnsubscribeFromIoEvents(world.Loops[0], handle.Native);
    }

    [Fact]
    public void AnotherThreadReleasesAGroup()
    {
        using VirtualWorld world = new(0);
        using ShutdownCallback shutdown = new();
        aws_event_loop_group* group = VirtualLoop.NewGroup(world.Time, 1, shutdown.Options);
        nint address = (nint)group;
        Thread other = new(() => EventLoopGroup.Release((aws_event_loop_group*)address));
        other.Start();
        Assert.True(VirtualTime.WaitForOtherThreads(world.Time, 120_000_000_000));
        other.Join();
        Assert.Equal(0, shutdown.Calls);
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(1, shutdown.Calls);
    }

    [Fact]
    public void AnotherThreadStopsALoopThatIsWaitedFor()
    {
        using VirtualWorld world = new(1);
        aws_event_loop* loop = world.Loops[0];
        Thread other = new(() => EventLoop.Stop(world.Loops[0]));
        other.Start();
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.WaitForStopCompletion(loop));
        other.Join();
        Assert.False(EventLoop.ThreadIsCallersThread(loop));
    }

    [Fact]
    public void WhoeverRunsTicksIsTheDriver()
    {
        using VirtualWorld world = new(1);
        using LoopTask task = new();
        bool isDriver = false;
        EventLoop.ScheduleTaskNow(world.Loops[0], task.Native);
        Thread other = new(() =>
        {
            VirtualTime.RunUntilIdle(world.Time);
            isDriver = EventLoop.ThreadIsCallersThread(world.Loops[0]);
        });
        other.Start();
        other.Join();
        Assert.Equal(1, task.Runs);
        Assert.True(isDriver);
        Assert.False(EventLoop.ThreadIsCallersThread(world.Loops[0]));
    }

    private static LoopTask Repeat(VirtualWorld world, int loop, int times, List<int> order)
    {
        LoopTask? task = null;
        task = new LoopTask(_ =>
        {
            order.Add(loop);
            if (task!.Runs + 1 < times)
                EventLoop.ScheduleTaskNow(world.Loops[loop], task.Native);
        });
        EventLoop.ScheduleTaskNow(world.Loops[loop], task.Native);
        return task;
    }

    private static List<int> OrderOf(ulong seed)
    {
        using VirtualWorld world = new(3, seed);
        List<int> order = [];
        List<LoopTask> tasks = Enumerable.Range(0, 3).Select(i => Repeat(world, i, 5, order)).ToList();
        VirtualTime.RunUntilIdle(world.Time);
        Assert.Equal(15, order.Count);
        tasks.ForEach(task => task.Dispose());
        return order;
    }

    private static List<int> ChoicesOf(ulong seed)
    {
        using VirtualWorld world = new(0, seed);
        aws_event_loop_group* group = VirtualLoop.NewGroup(world.Time, 4, null);
        List<int> choices = [];
        for (int i = 0; i < 20; i++)
        {
            aws_event_loop* chosen = EventLoopGroup.GetNextLoop(group);
            for (int loop = 0; loop < 4; loop++)
            {
                if (EventLoopGroup.GetLoopAt(group, (nuint)loop) == chosen)
                    choices.Add(loop);
            }
        }

        EventLoopGroup.Release(group);
        Assert.Equal(20, choices.Count);
        return choices;
    }
}
