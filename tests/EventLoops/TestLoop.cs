// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Epoll;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.EventLoops.Virtual;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>
/// A loop of one backend, made under a tracing allocator, and how a test has it run. Disposing destroys the loop, if
/// the test has not, and finds leaks.
/// </summary>
internal abstract unsafe class TestLoop : IDisposable
{
    private static readonly object s_gate = new();

    protected TestLoop() => Allocator = MemTracer.New(
        Reseau.Native.Common.Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);

    /// <summary>Whether this system lets us have rings; a sandbox may not.</summary>
    internal static bool HasIoUring { get; } = OperatingSystem.IsLinux() && IoUringBackend.IsAvailable();

    internal aws_allocator* Allocator { get; }

    internal aws_event_loop* Native { get; private protected set; }

    internal LoopCore* Core => EventLoop.CoreOf(Native);

    /// <summary>Whether the loop runs while the test does not have it run.</summary>
    internal abstract bool HasThread { get; }

    internal abstract TestHandle NewHandle();

    internal abstract void RunUntil(Func<bool> condition);

    internal static TestLoop New(string backend) => backend switch
    {
        "epoll" => new ThreadLoop(EpollBackend.Instance),
        "io_uring" => new ThreadLoop(IoUringBackend.Instance),
        "iocp" => new ThreadLoop(aws_event_loop_type.AWS_EVENT_LOOP_IOCP),
        "virtual time" => new VirtualTestLoop(0),
        _ => throw new ArgumentException(backend),
    };

    /// <summary>Something that a condition of <see cref="RunUntil"/> may be about has happened.</summary>
    internal static void Changed()
    {
        lock (s_gate)
            Monitor.PulseAll(s_gate);
    }

    internal void Run() => Assert.Equal(AWS_OP_SUCCESS, EventLoop.Run(Native));

    /// <summary>By the loop's clock.</summary>
    internal ulong Now()
    {
        ulong now;
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.CurrentClockTime(Native, &now));
        return now;
    }

    internal void Stop()
    {
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.Stop(Native));
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.WaitForStopCompletion(Native));
    }

    /// <summary>Runs something in a task, and waits until it has.</summary>
    internal void InTask(Action action)
    {
        using LoopTask task = new(_ => action());
        EventLoop.ScheduleTaskNow(Native, task.Native);
        RunUntil(() => task.Runs == 1);
    }

    /// <summary>Has so many ticks pass, at least.</summary>
    internal void Tick(int ticks)
    {
        for (int i = 0; i < ticks; i++)
            InTask(() => { });
    }

    internal void Destroy()
    {
        EventLoop.Destroy(Native);
        Native = null;
    }

    public virtual void Dispose()
    {
        if (Native != null)
            Destroy();
        Assert.Equal(0u, MemTracer.Bytes(Allocator));
        MemTracer.Destroy(Allocator);
    }

    protected static void AwaitChange(Func<bool> condition)
    {
        DateTime limit = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        lock (s_gate)
        {
            while (!condition())
                Assert.True(Monitor.Wait(s_gate, limit - DateTime.UtcNow), "nothing happened for two minutes");
        }
    }
}

/// <summary>A loop of the registry, with a thread.</summary>
internal sealed unsafe class ThreadLoop : TestLoop
{
    internal ThreadLoop(LoopBackend* backend)
    {
        aws_event_loop_options options = new() { clock = EventLoop.HighResolutionClock };
        Native = LoopLife.New(backend, Allocator, &options, null);
        Assert.True(Native != null);
    }

    internal ThreadLoop(aws_event_loop_type type)
    {
        aws_event_loop_options options = new() { clock = EventLoop.HighResolutionClock, type = type };
        Native = EventLoop.New(Allocator, &options);
        Assert.True(Native != null);
    }

    internal override bool HasThread => true;

    internal override TestHandle NewHandle() => new PipeHandle();

    internal override void RunUntil(Func<bool> condition) => AwaitChange(condition);
}

/// <summary>A loop that the test steps.</summary>
internal sealed unsafe class VirtualTestLoop : TestLoop
{
    internal VirtualTestLoop(ulong seed)
    {
        Time = VirtualTime.New(Allocator, seed);
        Native = VirtualLoop.New(Time);
        Assert.True(Native != null);
    }

    internal VirtualTime* Time { get; }

    internal override bool HasThread => false;

    internal override TestHandle NewHandle() => new MemoryHandle(Time);

    internal override void RunUntil(Func<bool> condition)
    {
        while (!condition())
        {
            // What another thread brings after the first of these may be run by the second, which is no timer.
            if (VirtualTime.Step(Time) || VirtualTime.RunToNextTimer(Time) || condition())
                continue;
            Assert.True(VirtualTime.WaitForOtherThreads(Time, 120_000_000_000), "nothing happened for two minutes");
        }
    }

    public override void Dispose()
    {
        if (Native != null)
            Destroy();
        Assert.Equal(AWS_OP_SUCCESS, VirtualTime.Destroy(Time));
        base.Dispose();
    }
}
