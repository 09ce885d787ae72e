// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.Virtual;
using Xunit;

namespace Reseau.Native.Tests.Channels;

/// <summary>
/// Channels over connections in memory: windows, the order of a shutdown, how long it waits for a peer. On virtual time,
/// for both shapes of sockets.
/// </summary>
public unsafe class ChannelTimeTests
{
    private const ulong Second = 1_000_000_000;

    public static TheoryData<string> Backends { get; } = new("virtual readiness", "virtual completion");

    // ---- Messages and windows ----

    [Theory, MemberData(nameof(Backends))]
    public void MessagesTravelBothWays(string backend)
    {
        using ChannelWorld world = new(backend);
        world.OnLoop(() =>
        {
            world.Far.ReadWhatComes();
            world.Far.Write("to the channel");
            world.Handler.Write("from the channel");
        });
        world.RunUntil(() => world.Handler.Completed.Count == 1);
        world.RunUntilIdle();
        Assert.Equal("to the channel", world.Handler.ReceivedText);
        Assert.Equal("from the channel", world.Far.ReceivedText);
        Assert.Equal([AWS_ERROR_SUCCESS], world.Handler.Completed);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AWindowHoldsTheStreamBack(string backend)
    {
        using ChannelWorld world = new(backend, window: 10);
        byte[] bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7 >> 2)).ToArray();
        world.OnLoop(() => world.Far.Write(bytes));
        world.Advance(60 * Second);
        Assert.Equal(10, world.Handler.Received.Count);

        foreach (int grant in new[] { 1, 2, 30_000, 5 })
        {
            int before = world.Handler.Received.Count;
            world.OnLoop(() => world.Handler.GrantWindow((nuint)grant));
            world.RunUntilIdle();
            Assert.Equal(before + grant, world.Handler.Received.Count);
        }

        world.Handler.OnMessage = () => world.Handler.GrantWindow(1000);
        world.OnLoop(() => world.Handler.GrantWindow(1000));
        world.RunUntil(() => world.Handler.Received.Count == bytes.Length);
        Assert.True(bytes.AsSpan().SequenceEqual(world.Handler.Received.ToArray()));
    }

    [Theory, MemberData(nameof(Backends))]
    public void AClosedWindowFillsTheSystemsBuffersAndThenThePeerWaits(string backend)
    {
        using ChannelWorld world = new(backend, window: 0, settings: network =>
        {
            ((VirtualNetwork*)network)->SendCapacity = 1000;
            ((VirtualNetwork*)network)->ReceiveCapacity = 500;
        });
        world.OnLoop(() => world.Far.Write(new byte[2000]));
        world.Advance(Second);
        Assert.Empty(world.Far.Completed);
        Assert.Empty(world.Handler.Received);
        world.OnLoop(() => world.Handler.GrantWindow(2000));
        world.RunUntil(() => world.Far.Completed.Count == 1 && world.Handler.Received.Count == 2000);
    }

    // ---- Shutdown ----

    [Theory, MemberData(nameof(Backends))]
    public void AShutdownEndsReadingThenWritingAndReportsOnce(string backend)
    {
        using ChannelWorld world = new(backend);
        world.Shutdown(AWS_IO_BROKEN_PIPE);
        world.Shutdown(AWS_ERROR_INVALID_STATE);
        world.RunUntil(() => world.HasShutDown);
        world.OnLoop(world.Destroy);
        Assert.Equal(
            [
                $"handler ends read with {AWS_IO_BROKEN_PIPE}",
                $"handler ends write with {AWS_IO_BROKEN_PIPE}",
                $"shut down with {AWS_IO_BROKEN_PIPE}",
                "handler destroyed",
            ],
            world.Log);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ThePeersEndShutsTheChannelDownAfterItsBytes(string backend)
    {
        using ChannelWorld world = new(backend);
        world.OnLoop(() =>
        {
            world.Far.Write("last");
            world.Far.Close();
        });
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal("last", world.Handler.ReceivedText);
        Assert.Equal(AWS_IO_SOCKET_CLOSED, world.ShutdownError);
    }

    [Theory, MemberData(nameof(Backends))]
    public void WhatThePeerSentBeforeItsEndWaitsForAWindowForDays(string backend)
    {
        using ChannelWorld world = new(backend, window: 5);
        world.OnLoop(() =>
        {
            world.Far.Write("first, second");
            world.Far.Close();
        });
        world.Advance(3 * 24 * 3600 * Second);
        Assert.Equal("first", world.Handler.ReceivedText);
        Assert.False(world.HasShutDown);
        world.OnLoop(() => world.Handler.GrantWindow(100));
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal("first, second", world.Handler.ReceivedText);
    }

    [Theory, MemberData(nameof(Backends))]
    public void TheProgramsShutdownWaitsForNoWindow(string backend)
    {
        using ChannelWorld world = new(backend, window: 5);
        world.OnLoop(() => world.Far.Write("hello, and more"));
        world.RunUntilIdle();
        ulong start = world.Now;
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(start, world.Now);
        Assert.Equal("hello", world.Handler.ReceivedText);
    }

    [Theory, MemberData(nameof(Backends))]
    public void WritesThatArePendingAreSentToASlowPeerFirst(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        byte[] bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 11 >> 4)).ToArray();
        world.OnLoop(() => world.Handler.Write(bytes));
        ulong start = world.Now;
        world.Shutdown(AWS_ERROR_SUCCESS);

        // Ten thousand bytes a second: more than the eight thousand that keep a connection alive.
        for (int i = 0; i < bytes.Length / 500; i++)
        {
            world.Advance(Second / 20);
            world.OnLoop(() => world.Far.Read(500));
        }

        world.RunUntil(() => world.HasShutDown);
        Assert.True(bytes.AsSpan().SequenceEqual(world.Far.Received.ToArray()));
        Assert.All(world.Handler.Completed, error => Assert.Equal(AWS_ERROR_SUCCESS, error));
        Assert.True(world.Now - start >= 9 * Second);
    }

    [Theory, MemberData(nameof(Backends))]
    public void APeerThatTakesNothingIsGivenUpAfterASecond(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.RunUntilIdle();
        ulong start = world.Now;
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(Second, world.Now - start);
        world.RunUntilIdle();
        Assert.Contains(AWS_IO_SOCKET_CLOSED, world.Handler.Completed);
    }

    [Fact]
    public void AChannelLastsUntilTheSystemHasGivenItsMessagesBack()
    {
        using ChannelWorld world = NewWithSmallBuffers("virtual completion");
        world.Network->AbortNanoseconds = 3 * Second;
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.RunUntilIdle();
        ulong start = world.Now;
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.Shutdown(AWS_IO_SOCKET_TIMEOUT);
        world.Advance(2 * Second);
        Assert.False(world.HasShutDown);
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(3 * Second, world.Now - start);
        Assert.NotEmpty(world.Handler.Completed);
        world.OnLoop(world.Destroy);
        int completed = world.Handler.Completed.Count;
        world.Advance(60 * Second);
        Assert.Equal(completed, world.Handler.Completed.Count);
    }

    [Theory, MemberData(nameof(Backends))]
    public void APeerThatHasEndedItsInputIsGivenTenSeconds(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.RunUntilIdle();
        ulong start = world.Now;
        world.OnLoop(() => world.Far.Shutdown(aws_channel_direction.AWS_CHANNEL_DIR_WRITE));
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(10 * Second, world.Now - start);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AFurtherShutdownWithAnErrorEndsTheWait(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.Advance(Second / 2);
        Assert.False(world.HasShutDown);
        ulong start = world.Now;
        world.Shutdown(AWS_IO_SOCKET_TIMEOUT);
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(start, world.Now);
        Assert.Equal(AWS_ERROR_SUCCESS, world.ShutdownError);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AHandleLingersForASecondAtMostWhileThePeerHasNotEverything(string backend)
    {
        using ChannelWorld world = new(backend, settings: network => ((VirtualNetwork*)network)->ReceiveCapacity = 100);
        int sockets = world.SocketCount;
        world.OnLoop(() => world.Handler.Write(new byte[5_000]));
        world.RunUntil(() => world.Handler.Completed.Count == 1);
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);

        // It is there, throws away what comes in, and does not reset the connection for that.
        world.OnLoop(() => world.Far.Write("nobody reads this"));
        world.Advance(Second / 2);
        world.OnLoop(() => world.Far.ReadAll());
        Assert.Equal(AWS_IO_SOCKET_CLOSED, world.Far.ReadError);
        Assert.Equal(5_000, world.Far.Received.Count);
        world.Advance(Second);
        Assert.Equal(sockets - 1, world.SocketCount);
    }

    [Theory, MemberData(nameof(Backends))]
    public void RemovingTheSocketsSlotWhileItDrainsLeavesNoTaskBehind(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntilIdle();
        Assert.False(world.HasShutDown);
        world.OnLoop(() => ChannelSlot.Remove(Channel.GetFirstSlot(world.Channel)));
        world.Advance(20 * Second);
    }

    [Theory, MemberData(nameof(Backends))]
    public void RemovingTheSocketsSlotLeavesItsWritesToTheSocketAndHoldsTheChannelForThem(string backend)
    {
        using ChannelWorld world = NewWithSmallBuffers(backend);
        world.OnLoop(() => world.Handler.Write(new byte[10_000]));
        world.RunUntilIdle();
        world.OnLoop(() => ChannelSlot.Remove(Channel.GetFirstSlot(world.Channel)));
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);
        world.OnLoop(world.Destroy);
        world.Advance(60 * Second);
        Assert.DoesNotContain("handler destroyed", world.Log);

        world.OnLoop(() => world.Far.ReadWhatComes());
        world.RunUntil(() => world.Far.Received.Count == 10_000 && world.Log.Contains("handler destroyed"));
        Assert.All(world.Handler.Completed, error => Assert.Equal(AWS_ERROR_SUCCESS, error));
    }

    [Fact]
    public void RemovingTheSocketsSlotWhileItDrainsHoldsTheChannelForWhatTheSystemHas()
    {
        using ChannelWorld world = NewWithSmallBuffers("virtual completion");
        world.Network->AbortNanoseconds = 3 * Second;
        world.OnLoop(() => world.Handler.Write(new byte[100_000]));
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntilIdle();
        world.OnLoop(() => ChannelSlot.Remove(Channel.GetFirstSlot(world.Channel)));
        world.RunUntil(() => world.HasShutDown);
        world.OnLoop(world.Destroy);
        Assert.DoesNotContain("handler destroyed", world.Log);
        world.Advance(3 * Second);
        Assert.Contains("handler destroyed", world.Log);
    }

    // ---- Tasks and statistics ----

    [Theory, MemberData(nameof(Backends))]
    public void AChannelsTaskRunsAtItsTimeOrIsCancelledByTheShutdown(string backend)
    {
        using ChannelWorld world = new(backend);
        List<string> calls = [];
        ulong start = world.Now;
        using ChannelTaskProbe early = new(status => calls.Add($"{world.Now - start}: {status}"));
        using ChannelTaskProbe late = new(status => calls.Add($"{world.Now - start}: {status}"));
        world.OnLoop(() =>
        {
            Channel.ScheduleTaskFuture(world.Channel, early.Native, start + Second);
            Channel.ScheduleTaskFuture(world.Channel, late.Native, start + (3600 * Second));
        });
        world.Advance(2 * Second);
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);
        Assert.Equal(
            [
                $"{Second}: {aws_task_status.AWS_TASK_STATUS_RUN_READY}",
                $"{2 * Second}: {aws_task_status.AWS_TASK_STATUS_CANCELED}",
            ],
            calls);
    }

    [Theory, MemberData(nameof(Backends))]
    public void StatisticsAreSampledByTheLoopsClock(string backend)
    {
        using ChannelWorld world = new(backend);
        StatisticsProbe probe = new(intervalMs: 1000);
        world.OnLoop(() => Channel.SetStatisticsHandler(world.Channel, probe.NewHandler(world.Allocator)));
        world.OnLoop(() => world.Far.Write("twelve bytes"));
        world.Advance((3 * Second) + (Second / 2));
        Assert.Equal([12, 0, 0], probe.BytesRead);
        Assert.Equal([1000, 1000, 1000], probe.Lengths);
        world.Shutdown(AWS_ERROR_SUCCESS);
        world.RunUntil(() => world.HasShutDown);
        world.Advance(10 * Second);
        Assert.Equal(3, probe.Lengths.Count);
    }

    private static ChannelWorld NewWithSmallBuffers(string backend) => new(backend, settings: network =>
    {
        ((VirtualNetwork*)network)->SendCapacity = 1000;
        ((VirtualNetwork*)network)->ReceiveCapacity = 1000;
    });
}

/// <summary>A channel task that calls a delegate.</summary>
internal sealed unsafe class ChannelTaskProbe : IDisposable
{
    private readonly Action<aws_task_status> _action;
    private GCHandle _self;

    internal ChannelTaskProbe(Action<aws_task_status> action)
    {
        _action = action;
        _self = GCHandle.Alloc(this);
        Native = (aws_channel_task*)NativeMemory.AllocZeroed((nuint)sizeof(aws_channel_task));
        ChannelTask.Init(Native, &OnTask, (void*)GCHandle.ToIntPtr(_self), null);
    }

    internal aws_channel_task* Native { get; }

    public void Dispose()
    {
        _self.Free();
        NativeMemory.Free(Native);
    }

    private static void OnTask(aws_channel_task* task, void* self, aws_task_status status) =>
        ((ChannelTaskProbe)GCHandle.FromIntPtr((nint)self).Target!)._action(status);
}

/// <summary>A statistics handler that keeps what it was given.</summary>
internal sealed unsafe class StatisticsProbe(ulong intervalMs)
{
    private static readonly aws_crt_statistics_handler_vtable* s_vtable = NewVTable();

    internal List<ulong> Lengths { get; } = [];

    internal List<ulong> BytesRead { get; } = [];

    /// <summary>The handler's, who frees itself.</summary>
    internal aws_crt_statistics_handler* NewHandler(aws_allocator* allocator)
    {
        aws_crt_statistics_handler* handler =
            (aws_crt_statistics_handler*)Allocator.Calloc(allocator, 1, (nuint)sizeof(aws_crt_statistics_handler));
        handler->vtable = s_vtable;
        handler->allocator = allocator;
        handler->impl = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
        return handler;
    }

    private static aws_crt_statistics_handler_vtable* NewVTable()
    {
        aws_crt_statistics_handler_vtable* vtable = (aws_crt_statistics_handler_vtable*)NativeMemory.AllocZeroed(
            (nuint)sizeof(aws_crt_statistics_handler_vtable));
        vtable->process_statistics = &OnSample;
        vtable->destroy = &OnDestroy;
        vtable->get_report_interval_ms = &IntervalOf;
        return vtable;
    }

    private static StatisticsProbe Of(aws_crt_statistics_handler* handler) =>
        (StatisticsProbe)GCHandle.FromIntPtr((nint)handler->impl).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSample(
        aws_crt_statistics_handler* handler,
        aws_crt_statistics_sample_interval* interval,
        aws_array_list* list,
        void* context)
    {
        StatisticsProbe self = Of(handler);
        self.Lengths.Add(interval->end_time_ms - interval->begin_time_ms);
        for (nuint i = 0; i < list->length; i++)
        {
            aws_crt_statistics_base* sample = ((aws_crt_statistics_base**)list->data)[i];
            if (sample->category == (uint)aws_crt_io_statistics_category.AWSCRT_STAT_CAT_SOCKET)
                self.BytesRead.Add(((aws_crt_statistics_socket*)sample)->bytes_read);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(aws_crt_statistics_handler* handler)
    {
        GCHandle.FromIntPtr((nint)handler->impl).Free();
        Allocator.Release(handler->allocator, handler);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong IntervalOf(aws_crt_statistics_handler* handler) => Of(handler).IntervalMs;

    private ulong IntervalMs { get; } = intervalMs;
}
