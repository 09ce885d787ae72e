// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Sockets;

/// <summary>
/// What sockets do as time passes, and when a network behaves badly. On virtual time, so that every moment is exact.
/// </summary>
public unsafe class VirtualNetworkTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Second = 1000 * Millisecond;
    private const aws_socket_domain IPv4 = aws_socket_domain.AWS_SOCKET_IPV4;
    private const aws_socket_domain Local = aws_socket_domain.AWS_SOCKET_LOCAL;

    /// <summary>Both shapes of the contract.</summary>
    public static TheoryData<string> Backends { get; } = new("virtual readiness", "virtual completion");

    // ---- Connecting ----

    [Theory, MemberData(nameof(Backends))]
    public void AnAttemptWithoutAnswerEndsAtItsTimeout(string backend)
    {
        using SocketWorld world = new(backend);
        aws_socket_endpoint nowhere = SocketWorld.Endpoint("192.0.2.1", 80);
        world.SetRoute(nowhere, 0, VirtualNetwork.NoAnswer);
        TestSocket client = world.NewSocket(timeoutMs: 3000);
        ulong start = Now(world);
        world.OnLoop(() => client.Connect(nowhere, world.Loop.Native));
        world.RunUntil(() => client.Connected >= 0);
        Assert.Equal(AWS_IO_SOCKET_TIMEOUT, client.Connected);
        Assert.Equal(3 * Second, Now(world) - start);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AnAnswerJustBeforeTheTimeoutIsGoodEnough(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener();
        world.Network->ConnectNanoseconds = (3 * Second) - 1;
        TestSocket client = world.NewSocket(timeoutMs: 3000);
        ulong start = Now(world);
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => client.Connected >= 0);
        Assert.Equal(AWS_ERROR_SUCCESS, client.Connected);
        Assert.Equal((3 * Second) - 1, Now(world) - start);

        // The time-out that was set is gone with the attempt.
        VirtualTime.Advance(TimeOf(world), 10 * Second);
        Assert.Equal(AWS_ERROR_SUCCESS, client.Connected);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AnErrorOfTheNetworkEndsTheAttemptWhenItComes(string backend)
    {
        using SocketWorld world = new(backend);
        aws_socket_endpoint far = SocketWorld.Endpoint("192.0.2.1", 80);
        world.SetRoute(far, 70 * Millisecond, AWS_IO_SOCKET_NO_ROUTE_TO_HOST);
        TestSocket client = world.NewSocket();
        ulong start = Now(world);
        world.OnLoop(() => client.Connect(far, world.Loop.Native));
        world.RunUntil(() => client.Connected >= 0);
        Assert.Equal(AWS_IO_SOCKET_NO_ROUTE_TO_HOST, client.Connected);
        Assert.Equal(70 * Millisecond, Now(world) - start);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AnAttemptThatIsClosedIsNotNotified(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener();
        world.Network->ConnectNanoseconds = Second;
        TestSocket client = world.NewSocket();
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.OnLoop(client.Close);
        VirtualTime.Advance(TimeOf(world), 300 * Second);
        Assert.Equal(-1, client.Connected);
        Assert.Empty(listener.Accepted);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ALocalSocketTriesAgainWhileTheBacklogIsFull(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(Local, backlog: 1, accepts: false);
        TestSocket first = world.NewSocket(Local);
        TestSocket second = world.NewSocket(Local);
        TestSocket third = world.NewSocket(Local, timeoutMs: 500);
        foreach (TestSocket socket in new[] { first, second, third })
            world.OnLoop(() => socket.Connect(listener.Local, world.Loop.Native));
        ulong start = Now(world);
        world.RunUntil(() => third.Connected >= 0);
        Assert.Equal(AWS_ERROR_SUCCESS, first.Connected);
        Assert.Equal(-1, second.Connected);
        Assert.Equal(AWS_IO_SOCKET_TIMEOUT, third.Connected);
        Assert.Equal(500 * Millisecond, Now(world) - start);

        world.OnLoop(() => listener.StartAccept(world.Loop.Native));
        world.RunUntil(() => second.Connected == AWS_ERROR_SUCCESS && listener.Accepted.Count == 2);
        Assert.InRange(Now(world) - start, 500 * Millisecond, 532 * Millisecond);
    }

    // ---- Accepting ----

    [Theory, MemberData(nameof(Backends))]
    public void AListenerWithoutDescriptorsTriesAgainEachTenthOfASecond(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener();
        world.Network->FailingAccepts = 3;
        world.Network->AcceptError = AWS_ERROR_MAX_FDS_EXCEEDED;
        TestSocket client = world.NewSocket();
        ulong start = Now(world);
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => listener.Accepted.Count == 1);
        Assert.Equal(Enumerable.Repeat(AWS_ERROR_MAX_FDS_EXCEEDED, 3), listener.AcceptErrors);
        Assert.Equal(300 * Millisecond, Now(world) - start);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AListenerThatFailsForGoodOnlyReports(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener();
        world.Network->FailingAccepts = 1;
        world.Network->AcceptError = AWS_IO_SOCKET_INVALID_OPTIONS;
        TestSocket client = world.NewSocket();
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => listener.AcceptErrors.Count == 1);
        Assert.Equal(AWS_IO_SOCKET_INVALID_OPTIONS, listener.AcceptErrors[0]);
    }

    // ---- Transfer ----

    [Theory, MemberData(nameof(Backends))]
    public void BytesArriveWholeThroughAnyBuffersAndLimits(string backend)
    {
        Random random = new(1);
        for (int round = 0; round < 20; round++)
        {
            using SocketWorld world = new(backend);
            world.Network->SendCapacity = (nuint)random.Next(1, 5000);
            world.Network->ReceiveCapacity = (nuint)random.Next(1, 5000);
            world.Network->MaxSend = (nuint)random.Next(1, 3000);
            world.Network->MaxReceive = (nuint)random.Next(1, 3000);
            (TestSocket client, TestSocket server) = world.Connect();
            byte[] bytes = new byte[random.Next(1, 100_000)];
            random.NextBytes(bytes);
            int cut = random.Next(bytes.Length);
            world.OnLoop(() =>
            {
                server.ReadWhatComes(random.Next(1, 3000));
                client.Write(bytes[..cut]);
                client.Write(bytes[cut..]);
            });
            world.RunUntil(() => server.Received.Count == bytes.Length && client.Completed.Count == 2);
            Assert.True(bytes.AsSpan().SequenceEqual(server.Received.ToArray()));
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void WhatComesTwiceComesTheSameWay(string backend)
    {
        List<string> first = Trace(backend);
        Assert.Equal(first, Trace(backend));
    }

    // ---- Ends ----

    [Theory, MemberData(nameof(Backends))]
    public void WhatAClosedSocketHasSentStillArrives(string backend)
    {
        using SocketWorld world = new(backend);
        world.Network->ReceiveCapacity = 100;
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() => client.Write(new byte[5000]));
        world.RunUntil(() => client.Completed.Count == 1);
        world.OnLoop(client.Close);
        VirtualTime.Advance(TimeOf(world), 60 * Second);
        world.OnLoop(() => server.ReadWhatComes());
        world.RunUntil(() => server.ReadError == AWS_IO_SOCKET_CLOSED);
        Assert.Equal(5000, server.Received.Count);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ATickOfOneLoopWaitsForAnother(string backend)
    {
        using SocketWorld world = new(backend);
        aws_event_loop* other = VirtualLoop.New(TimeOf(world));
        Assert.Equal(AWS_OP_SUCCESS, EventLoop.Run(other));
        TestSocket listener = world.NewListener();
        TestSocket client = world.NewSocket();
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => listener.Accepted.Count == 1);
        world.OnLoop(() => listener.Accepted[0].Assign(other));
        VirtualTime.RunUntilIdle(TimeOf(world));

        // Only its own loop may close the socket, which here nobody else steps.
        world.OnLoop(listener.Accepted[0].CleanUp);
        world.OnLoop(() => client.ReadWhatComes());
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED);
        EventLoop.Destroy(other);
    }

    [Fact]
    public void ALoopOfTheSystemTakesNoSocketOfMemory()
    {
        using SocketWorld world = new("virtual readiness");
        using TestLoop system = TestLoop.New("epoll");
        TestSocket socket = world.NewSocket(type: aws_socket_type.AWS_SOCKET_DGRAM);
        Assert.Equal(AWS_OP_SUCCESS, socket.Bind(SocketWorld.Unused(IPv4)));
        Assert.Equal(AWS_OP_ERR, Socket.AssignToEventLoop(socket.Native, system.Native));
        Assert.Equal(AWS_ERROR_PLATFORM_NOT_SUPPORTED, Errors.LastError());
    }

    [Theory, InlineData("virtual readiness"), InlineData("virtual completion")]
    public void ShortSendsIntoAFullBufferGoOnWhenThereIsRoom(string backend)
    {
        using SocketWorld world = new(backend);
        world.Network->MaxSend = 1;
        world.Network->SendCapacity = 1;
        world.Network->ReceiveCapacity = 6;
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() => client.Write(new byte[100]));
        VirtualTime.RunUntilIdle(TimeOf(world));
        Assert.Empty(client.Completed);
        world.OnLoop(() => server.ReadWhatComes());
        world.RunUntil(() => server.Received.Count == 100 && client.Completed.Count == 1);
    }

    private static VirtualTime* TimeOf(SocketWorld world) => ((VirtualTestLoop)world.Loop).Time;

    private static ulong Now(SocketWorld world) => world.Loop.Now();

    private static List<string> Trace(string backend)
    {
        List<string> trace = [];
        using SocketWorld world = new(backend);
        world.Network->MaxSend = 700;
        world.Network->MaxReceive = 300;
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() =>
        {
            server.OnReadable = () =>
            {
                server.ReadAll(500);
                trace.Add($"{Now(world)}: {server.Received.Count}");
            };
            server.Subscribe();
            client.Write(new byte[10_000]);
        });
        world.RunUntil(() => server.Received.Count == 10_000 && client.Completed.Count == 1);
        return trace;
    }
}
