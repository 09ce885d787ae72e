// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>Every backend keeps the contract of loops (LoopBackend.cs): these tests run once for each.</summary>
public unsafe class BackendTests
{
    private const int Readable = (int)aws_io_event_type.AWS_IO_EVENT_TYPE_READABLE;
    private static readonly string[] s_names =
        OperatingSystem.IsWindows() ? ["iocp", "virtual time"]
        : TestLoop.HasIoUring ? ["epoll", "io_uring", "virtual time"]
        : ["epoll", "virtual time"];

    private const int Closed = (int)aws_io_event_type.AWS_IO_EVENT_TYPE_CLOSED;

    /// <summary>By the names that the backends have in log lines.</summary>
    public static TheoryData<string> Backends { get; } = new(s_names);

    /// <summary>Those whose handles have events; what the other one has instead is in IocpTests.</summary>
    public static TheoryData<string> BackendsWithEvents { get; } = new(s_names.Where(name => name != "iocp"));

    [Fact]
    public void EveryRegisteredBackendIsTestedHere()
    {
        foreach (aws_event_loop_type type in Enum.GetValues<aws_event_loop_type>())
        {
            LoopBackend* backend = LoopBackends.Find(type);
            if (backend != null)
                Assert.Contains(Marshal.PtrToStringUTF8((nint)backend->Name)!, s_names);
        }
    }

    // ---- Tasks ----

    [Theory, MemberData(nameof(Backends))]
    public void TasksOfOneThreadRunInOrder(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        List<int> order = [];
        List<LoopTask> tasks = Enumerable.Range(0, 100).Select(i => new LoopTask(_ => order.Add(i))).ToList();
        foreach (LoopTask task in tasks)
            EventLoop.ScheduleTaskNow(loop.Native, task.Native);
        loop.Run();
        loop.RunUntil(() => tasks[^1].Runs == 1);
        Assert.Equal(Enumerable.Range(0, 100), order);
        tasks.ForEach(task => task.Dispose());
    }

    [Theory, MemberData(nameof(Backends))]
    public void TimersRunInOrderAndNeverEarly(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        ulong[] delays = [3_000_000, 1_000_000, 2_000_000, 40_000];
        ulong now = loop.Now();
        List<(int Number, bool IsEarly)> runs = [];
        List<LoopTask> tasks = delays.Select((delay, i) => new LoopTask(
            _ => runs.Add((i, loop.Now() < now + delay)))).ToList();
        for (int i = 0; i < delays.Length; i++)
            EventLoop.ScheduleTaskFuture(loop.Native, tasks[i].Native, now + delays[i]);
        loop.Run();
        loop.RunUntil(() => tasks.All(task => task.Runs == 1));
        Assert.Equal([(3, false), (1, false), (2, false), (0, false)], runs);
        tasks.ForEach(task => task.Dispose());
    }

    [Theory, MemberData(nameof(Backends))]
    public void ACancelledTaskRunsOnceAsCancelled(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using LoopTask soon = new();
        using LoopTask later = new();
        loop.Run();
        loop.InTask(() =>
        {
            EventLoop.ScheduleTaskNow(loop.Native, soon.Native);
            EventLoop.ScheduleTaskFuture(loop.Native, later.Native, ulong.MaxValue);
            EventLoop.CancelTask(loop.Native, soon.Native);
            EventLoop.CancelTask(loop.Native, later.Native);
        });
        loop.Tick(3);
        Assert.Equal((0, 1), (soon.Runs, soon.Cancellations));
        Assert.Equal((0, 1), (later.Runs, later.Cancellations));
    }

    [Theory, MemberData(nameof(Backends))]
    public void NoTaskOfAnotherThreadIsLostAndEachThreadKeepsItsOrder(string backend)
    {
        const int Threads = 3;
        const int Each = 2_000;
        using TestLoop loop = TestLoop.New(backend);
        List<int>[] seen = Enumerable.Range(0, Threads).Select(_ => new List<int>(Each)).ToArray();
        int ran = 0;
        LoopTask[][] tasks = Enumerable.Range(0, Threads).Select(thread =>
            Enumerable.Range(0, Each).Select(i => new LoopTask(_ =>
            {
                seen[thread].Add(i);
                ran++;
            })).ToArray()).ToArray();
        loop.Run();
        List<Thread> threads = tasks.Select(own => new Thread(() =>
        {
            foreach (LoopTask task in own)
                EventLoop.ScheduleTaskNow(loop.Native, task.Native);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        loop.RunUntil(() => Volatile.Read(ref ran) == Threads * Each);
        threads.ForEach(thread => thread.Join());
        Assert.All(seen, order => Assert.Equal(Enumerable.Range(0, Each), order));
        foreach (LoopTask task in tasks.SelectMany(own => own))
            task.Dispose();
    }

    [Theory, MemberData(nameof(Backends))]
    public void TheLoopKnowsItsThread(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        Assert.False(EventLoop.ThreadIsCallersThread(loop.Native));
        loop.Run();
        bool inTask = false;
        loop.InTask(() => inTask = EventLoop.ThreadIsCallersThread(loop.Native));
        Assert.True(inTask);

        bool elsewhere = true;
        Thread other = new(() => elsewhere = EventLoop.ThreadIsCallersThread(loop.Native));
        other.Start();
        other.Join();
        Assert.False(elsewhere);
        loop.Stop();
        Assert.False(EventLoop.ThreadIsCallersThread(loop.Native));
    }

    // ---- Events ----

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ACFunctionGetsEventsUntilItsSubscriptionEnds(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.SubscribeByC(loop.Native));
        handle.SendByte();
        loop.RunUntil(() => handle.Events.Count == 1);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
        handle.SendByte();
        loop.Tick(3);
        Assert.Equal([Readable], handle.Events);
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void EachChangeIsOneEvent(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        loop.Tick(3);
        Assert.Empty(handle.Events);

        handle.SendByte();
        loop.RunUntil(() => handle.Events.Count == 1);
        loop.Tick(3);
        Assert.Equal([Readable], handle.Events);

        // Nobody has read the first byte; the second is a change all the same.
        handle.SendByte();
        loop.RunUntil(() => handle.Events.Count == 2);
        loop.Tick(3);
        Assert.Equal([Readable, Readable], handle.Events);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void TheStateAtTheSubscriptionIsAnEvent(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        handle.SendByte();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        loop.RunUntil(() => handle.Events.Count == 1);

        // A second subscription finds the same state.
        loop.InTask(() =>
        {
            EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native);
            handle.Subscribe(loop.Native);
        });
        loop.RunUntil(() => handle.Events.Count == 2);
        loop.Tick(3);
        Assert.Equal([Readable, Readable], handle.Events);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ChangesBeforeATickAreOneEvent(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        loop.InTask(() =>
        {
            for (int i = 0; i < 5; i++)
                handle.SendByte();
        });
        loop.RunUntil(() => handle.Events.Count == 1);
        loop.Tick(3);
        Assert.Equal([Readable], handle.Events);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void AStateThatIsGoneAtTheTickIsNoEvent(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        loop.InTask(() =>
        {
            handle.SendByte();
            handle.ReadAll();
        });
        loop.Tick(3);
        Assert.Empty(handle.Events);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void AHangUpIsReportedUnasked(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        handle.HangUp();
        loop.RunUntil(() => handle.Events.Count == 1);
        Assert.Equal(Closed, handle.Events[0]);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ACallbackEndsSubscriptionsWithEventsInTheSameBatch(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        List<TestHandle> handles = Enumerable.Range(0, 10).Select(_ => loop.NewHandle()).ToList();
        loop.Run();
        foreach (TestHandle handle in handles)
        {
            Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
            handle.OnEvent = () =>
            {
                foreach (TestHandle other in handles)
                    EventLoop.UnsubscribeFromIoEvents(loop.Native, other.Native);
            };
        }

        loop.InTask(() => handles.ForEach(handle => handle.SendByte()));
        loop.RunUntil(() => handles.Any(handle => handle.Events.Count > 0));
        loop.Tick(3);
        Assert.Single(handles.SelectMany(handle => handle.Events));
        Assert.True(handles.All(handle => handle.Native->additional_data == null));
        handles.ForEach(handle => handle.Dispose());
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ACallbackReplacesASubscriptionWithAnEventInTheSameBatch(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        List<TestHandle> handles = Enumerable.Range(0, 2).Select(_ => loop.NewHandle()).ToList();
        loop.Run();
        foreach (TestHandle handle in handles)
        {
            Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
            handle.OnEvent = () =>
            {
                // The first to be called; the old subscription of the other must not be.
                handles.ForEach(each => each.OnEvent = () => { });
                TestHandle other = handles.Single(each => each != handle);
                EventLoop.UnsubscribeFromIoEvents(loop.Native, other.Native);
                other.Subscribe(loop.Native);
            };
        }

        loop.InTask(() => handles.ForEach(handle => handle.SendByte()));
        loop.RunUntil(() => handles.Sum(handle => handle.Events.Count) == 2);
        loop.Tick(3);
        Assert.All(handles, handle => Assert.Equal([Readable], handle.Events));
        loop.InTask(() => handles.ForEach(
            handle => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native)));
        handles.ForEach(handle => handle.Dispose());
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void AnythingElseThanASubscriptionCannotBeEnded(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        int error = 0;
        loop.InTask(() => error = ErrorOf(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native)));
        Assert.Equal(AWS_ERROR_IO_NOT_SUBSCRIBED, error);
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void AnotherThreadMaySubscribeButNotUnsubscribe(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        int subscribed = AWS_OP_ERR;
        int error = 0;
        Thread other = new(() =>
        {
            subscribed = handle.Subscribe(loop.Native);
            error = ErrorOf(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
            handle.SendByte();
        });
        other.Start();
        loop.RunUntil(() => handle.Events.Count == 1);
        other.Join();
        Assert.Equal(AWS_OP_SUCCESS, subscribed);
        Assert.Equal(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, error);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ASecondSubscriptionFailsAndLeavesTheFirst(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        void* first = handle.Native->additional_data;
        Assert.Equal(AWS_OP_ERR, handle.Subscribe(loop.Native));
        Assert.True(handle.Native->additional_data == first);
        handle.SendByte();
        loop.RunUntil(() => handle.Events.Count == 1);
        loop.InTask(() => EventLoop.UnsubscribeFromIoEvents(loop.Native, handle.Native));
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void ASubscriptionIsFreedWithoutItsLoop(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        using TestHandle outliving = loop.NewHandle();
        loop.Run();
        Assert.Equal(AWS_OP_SUCCESS, handle.Subscribe(loop.Native));
        Assert.Equal(AWS_OP_SUCCESS, outliving.Subscribe(loop.Native));
        handle.SendByte();
        loop.Stop();
        EventLoop.FreeIoEventResources(loop.Native, handle.Native);
        loop.Destroy();
        IoSubscription.FreeWithoutLoop((IoSubscription*)outliving.Native->additional_data);
    }

    [Theory, MemberData(nameof(BackendsWithEvents))]
    public void OnlyLoopsOfWindowsHaveACompletionPort(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using TestHandle handle = loop.NewHandle();
        Assert.Equal(
            AWS_ERROR_PLATFORM_NOT_SUPPORTED,
            ErrorOf(() => EventLoop.ConnectHandleToIoCompletionPort(loop.Native, handle.Native)));
    }

    // ---- Life ----

    [Theory, MemberData(nameof(Backends))]
    public void ALoopStopsAndRunsAgain(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using LoopTask between = new();
        for (int round = 1; round <= 3; round++)
        {
            loop.Run();
            Assert.Equal(AWS_ERROR_INVALID_STATE, ErrorOf(() => EventLoop.Run(loop.Native)));
            loop.Tick(2);
            loop.Stop();

            // A stop of a loop that does not run must not end the next run.
            Assert.Equal(AWS_OP_SUCCESS, EventLoop.WaitForStopCompletion(loop.Native));
            EventLoop.ScheduleTaskNow(loop.Native, between.Native);
            Assert.Equal(round - 1, between.Runs);
            loop.Run();
            loop.RunUntil(() => between.Runs == round);
            loop.Stop();
        }
    }

    /// <summary>
    /// A thread may take its time to begin. A subscription that was ended in between by another thread, which found no
    /// owner, was a race with the first tick.
    /// </summary>
    [Theory, MemberData(nameof(Backends))]
    public void ALoopThatIsBeingStartedIsNotItsMakersAnyMore(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        bool isOwned = false;
        using BackendProbe probe = new(loop.Core) { OnStart = () => isOwned = LoopCore.IsOwnedByAnother(loop.Core) };
        Assert.False(LoopCore.IsOwnedByAnother(loop.Core));
        loop.Run();
        Assert.True(isOwned);
        loop.Destroy();
    }

    [Theory, MemberData(nameof(Backends))]
    public void WhatWasScheduledBeforeTheStopStillRuns(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        List<LoopTask> tasks = Enumerable.Range(0, 50).Select(_ => new LoopTask()).ToList();
        loop.Run();
        tasks.ForEach(task => EventLoop.ScheduleTaskNow(loop.Native, task.Native));
        loop.Stop();
        Assert.All(tasks, task => Assert.Equal(1, task.Runs));
        tasks.ForEach(task => task.Dispose());
    }

    [Theory, MemberData(nameof(Backends))]
    public void ALoopIsNeitherAwaitedNorDestroyedInItsOwnTick(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        int awaited = 0;
        int destroyed = 0;
        loop.Run();
        loop.InTask(() =>
        {
            awaited = ErrorOf(() => EventLoop.WaitForStopCompletion(loop.Native));
            EventLoop.Destroy(loop.Native);
            destroyed = Errors.LastError();
        });
        Assert.Equal(AWS_ERROR_THREAD_DEADLOCK_DETECTED, awaited);
        Assert.Equal(AWS_ERROR_THREAD_DEADLOCK_DETECTED, destroyed);
        loop.Tick(1);
    }

    [Theory, MemberData(nameof(Backends))]
    public void DestroyingCancelsWhatIsLeftThenDropsLocalObjectsThenCloses(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        List<string> log = [];
        bool wasOwn = true;
        using LoopTask scheduledByCancelled = new(status => log.Add("last " + status));
        using LoopTask soon = new(status =>
        {
            wasOwn &= EventLoop.ThreadIsCallersThread(loop.Native);
            log.Add("task " + status);
            EventLoop.ScheduleTaskNow(loop.Native, scheduledByCancelled.Native);
        });
        using LoopTask later = new(status => log.Add("timer " + status));
        using LocalObject local = new(() => log.Add("object"));
        using BackendProbe probe = new(loop.Core) { OnClose = () => log.Add("closed") };

        loop.Run();
        loop.InTask(() => EventLoop.PutLocalObject(loop.Native, local.Native));
        loop.Stop();
        EventLoop.ScheduleTaskFuture(loop.Native, later.Native, ulong.MaxValue);
        EventLoop.ScheduleTaskNow(loop.Native, soon.Native);
        loop.Destroy();

        Assert.True(wasOwn);
        string cancelled = aws_task_status.AWS_TASK_STATUS_CANCELED.ToString();
        Assert.Equal(["last " + cancelled, "task " + cancelled, "timer " + cancelled], log.Take(3).Order());
        Assert.Equal(["object", "closed"], log.Skip(3));
    }

    [Theory, MemberData(nameof(Backends))]
    public void LocalObjectsAreForTheLoopsThread(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        int removals = 0;
        using LocalObject local = new(() => removals++);
        int error = 0;
        int found = AWS_OP_ERR;
        int absent = 0;
        loop.Run();
        loop.InTask(() =>
        {
            EventLoop.PutLocalObject(loop.Native, local.Native);
            found = local.FetchFrom(loop.Native);
        });
        Thread other = new(() => error = ErrorOf(() => local.FetchFrom(loop.Native)));
        other.Start();
        other.Join();
        loop.InTask(() =>
        {
            EventLoop.RemoveLocalObject(loop.Native, local.Native->key, null);
            absent = ErrorOf(() => local.FetchFrom(loop.Native));
        });
        Assert.Equal(AWS_OP_SUCCESS, found);
        Assert.Equal(AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY, error);
        Assert.Equal(AWS_ERROR_INVALID_ARGUMENT, absent);
        Assert.Equal(1, removals);
    }

    // ---- Wake-ups ----

    [Theory, MemberData(nameof(Backends))]
    public void ALoopThatIsAwakeIsNotWoken(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using BackendProbe probe = new(loop.Core);
        List<LoopTask> tasks = Enumerable.Range(0, 100).Select(_ => new LoopTask()).ToList();
        int wakeUps = -1;
        loop.Run();
        loop.InTask(() =>
        {
            int before = probe.WakeUps;
            Thread other = new(() => tasks.ForEach(task => EventLoop.ScheduleTaskNow(loop.Native, task.Native)));
            other.Start();
            other.Join();
            wakeUps = probe.WakeUps - before;
        });
        loop.RunUntil(() => tasks[^1].Runs == 1);
        Assert.Equal(0, wakeUps);
        tasks.ForEach(task => task.Dispose());
        loop.Destroy();
    }

    [Theory, MemberData(nameof(Backends))]
    public void ManyTasksCostASleepingLoopOneWakeUp(string backend)
    {
        using TestLoop loop = TestLoop.New(backend);
        using BackendProbe probe = new(loop.Core);
        List<LoopTask> tasks = Enumerable.Range(0, 100).Select(_ => new LoopTask()).ToList();
        if (loop.HasThread)
        {
            // Held between its mark and the system's sleep, which the wake-up, sent by then, has to end.
            probe.HoldBeforeSleep();
            loop.Run();
            probe.AwaitHeld();
        }
        else
        {
            loop.Run();
            loop.Tick(1);
            CrossThreadTaskQueue.TryFallAsleep(&loop.Core->Incoming);
        }

        int before = probe.WakeUps;
        Thread other = new(() => tasks.ForEach(task => EventLoop.ScheduleTaskNow(loop.Native, task.Native)));
        other.Start();
        other.Join();
        Assert.Equal(1, probe.WakeUps - before);
        probe.Release();
        if (!loop.HasThread)
            CrossThreadTaskQueue.Awake(&loop.Core->Incoming);
        loop.RunUntil(() => tasks[^1].Runs == 1);
        tasks.ForEach(task => task.Dispose());
        loop.Destroy();
    }

    /// <summary>The error that a call raises.</summary>
    internal static int ErrorOf(Func<int> call) => call() == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
}
