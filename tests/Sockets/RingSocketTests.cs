// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using System.Net;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.IoUring;
using Reseau.Native.Tests.EventLoops;
using Xunit;
using TcpListener = System.Net.Sockets.TcpListener;

namespace Reseau.Native.Tests.Sockets;

/// <summary>
/// Streams on a ring: what they have beside the contract, whose tests are in SocketBackendTests. Where the system has no
/// rings for us nothing is tested here.
/// </summary>
public unsafe class RingSocketTests
{
    private const string Backend = "io_uring";

    [Fact]
    public void AStreamHasOperationsOnItsLoopsRing()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        (TestSocket client, TestSocket server) = world.Connect();
        Assert.True(IoUringLoop.HasRing(IoUringLoop.Of(world.Loop.Native)));
        Assert.True(RingSocket.Of(AwsSocket.CoreOf(client.Native)) != null);
        Assert.True(RingSocket.Of(AwsSocket.CoreOf(server.Native)) != null);
    }

    [Fact]
    public void BytesAndOperationsOutlastTheLoopsThread()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() =>
        {
            server.ReadWhatComes();
            client.Write("one ");
        });
        world.RunUntil(() => server.ReceivedText == "one ");

        // Received into a buffer of the loop's, and not read.
        int before = server.Readable.Count;
        world.OnLoop(() =>
        {
            server.OnReadable = () => { };
            client.Write("two ");
        });
        world.RunUntil(() => server.Readable.Count > before && client.Completed.Count == 2);
        for (int round = 0; round < 3; round++)
        {
            world.Loop.Stop();
            Assert.False(IoUringLoop.HasRing(IoUringLoop.Of(world.Loop.Native)));
            world.Loop.Run();
        }

        world.OnLoop(() => server.ReadAll(3));
        Assert.Equal("one two ", server.ReceivedText);
        world.OnLoop(() =>
        {
            server.OnReadable = () => server.ReadAll();
            client.Write("three");
        });
        world.RunUntil(() => server.ReceivedText == "one two three");
    }

    [Fact]
    public void WhatIsQueuedDoesNotReachTheNextSocketOfItsNumber()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        TestSocket listener = world.NewListener();
        for (int round = 0; round < 100; round++)
        {
            (TestSocket client, TestSocket server) = world.Connect();
            TestSocket? next = null;
            world.OnLoop(() =>
            {
                server.OnReadable = () =>
                {
                    if (next != null)
                        return;

                    // This queues a receive; the next socket most likely gets the number.
                    server.ReadAll();
                    server.Close();
                    next = world.NewSocket();
                    Assert.Equal(AWS_OP_SUCCESS, next.Connect(listener.Local, world.Loop.Native));
                };
                server.Subscribe();
                client.Write("go");
            });
            world.RunUntil(() => next is { Connected: >= 0 } && listener.Accepted.Count == round + 1);
            TestSocket peer = listener.Accepted[round];
            world.OnLoop(() =>
            {
                peer.Assign(world.Loop.Native);
                next!.ReadWhatComes();
                peer.Write("for the next one");
            });
            world.RunUntil(() => next!.ReceivedText == "for the next one");
            world.OnLoop(() =>
            {
                client.Close();
                next!.Close();
                peer.Close();
            });
        }
    }

    [Fact]
    public void WritesBeforeACloseOrAHalfCloseAllArrive()
    {
        if (!TestLoop.HasIoUring)
            return;

        const int Writes = 300;
        const int Size = 1000;
        foreach (bool isClose in (bool[])[true, false])
        {
            using SocketWorld world = new(Backend);
            (TestSocket client, TestSocket server) = world.Connect();
            world.OnLoop(() =>
            {
                server.ReadWhatComes();
                for (int i = 0; i < Writes; i++)
                    Assert.Equal(AWS_ERROR_SUCCESS, client.Write(new byte[Size]));
                if (isClose)
                    client.Close();
                else
                    client.Shutdown(aws_channel_direction.AWS_CHANNEL_DIR_WRITE);
            });
            world.RunUntil(() => server.ReadError == AWS_IO_SOCKET_CLOSED && client.Completed.Count == Writes);
            Assert.Equal(Writes * Size, server.Received.Count);
            Assert.All(client.Completed, written => Assert.Equal((AWS_ERROR_SUCCESS, (nuint)Size), written));
        }
    }

    [Fact]
    public void MessagesOfAllSizesComeInOrder()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        (TestSocket client, TestSocket server) = world.Connect();
        Random random = new(1);
        byte[] all = new byte[400_000];
        random.NextBytes(all);
        world.OnLoop(() => server.ReadWhatComes(1500));
        for (int at = 0; at < all.Length;)
        {
            // Around the size of the loop's buffers, much less, and much more.
            int size = int.Min(random.Next(3) switch
            {
                0 => random.Next(1, 100),
                1 => (int)RingBuffers.Size + random.Next(-2, 3),
                _ => random.Next(1, 20_000),
            }, all.Length - at);
            byte[] part = all[at..(at + size)];
            at += size;
            int upTo = at;
            bool waits = random.Next(2) == 0;
            world.OnLoop(() => client.Write(part));
            if (waits)
                world.RunUntil(() => server.Received.Count == upTo);
        }

        world.RunUntil(() => server.Received.Count == all.Length);
        Assert.True(server.Received.SequenceEqual(all));
    }

    [Fact]
    public void AHandleIsNotTakenOutWithBytesThatItsReceiveHasTaken()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        (TestSocket client, TestSocket server) = world.Connect();
        SocketCore* core = AwsSocket.CoreOf(server.Native);
        world.OnLoop(() =>
        {
            server.ReadWhatComes();
            client.Write("a");
        });
        world.RunUntil(() => server.ReceivedText == "a");
        Assert.True(world.OnLoop(() => core->Backend->StopReceiving(core)));

        // It is read again, so that a receive is under way, and then not any more.
        world.OnLoop(() =>
        {
            server.ReadAll();
            client.Write("b");
        });
        world.RunUntil(() => server.ReceivedText == "ab");
        int before = server.Readable.Count;
        world.OnLoop(() =>
        {
            server.OnReadable = () => { };
            client.Write("c");
        });
        world.RunUntil(() => server.Readable.Count > before);
        Assert.False(world.OnLoop(() => core->Backend->StopReceiving(core)));
        world.OnLoop(() => server.ReadAll());
        Assert.Equal("abc", server.ReceivedText);
    }

    [Fact]
    public void AStreamIsOnTheRingAlsoIfItsLoopHasOnlyJustBeenStarted()
    {
        if (!TestLoop.HasIoUring)
            return;

        using TcpListener listener = NewListener(out aws_socket_endpoint endpoint);
        for (int round = 0; round < 50; round++)
        {
            using SocketWorld world = new(Backend);
            TestSocket client = world.NewSocket();
            Assert.Equal(AWS_OP_SUCCESS, client.Connect(endpoint, world.Loop.Native));
            world.RunUntil(() => client.Connected >= 0);
            Assert.True(world.OnLoop(() => RingSocket.Of(AwsSocket.CoreOf(client.Native)) != null));
        }
    }

    /// <summary>By the loop, before the task runs that was to begin the operations.</summary>
    [Fact]
    public void ASocketMayGoBeforeItsOperationsHaveBegun()
    {
        if (!TestLoop.HasIoUring)
            return;

        using TcpListener listener = NewListener(out aws_socket_endpoint endpoint);
        using SocketWorld world = new(Backend);
        TestSocket client = world.NewSocket();
        world.OnLoop(() =>
        {
            Thread thread = new(() => Assert.Equal(AWS_OP_SUCCESS, client.Connect(endpoint, world.Loop.Native)));
            thread.Start();
            thread.Join();
            client.CleanUp();
        });
        world.Loop.Tick(2);
        Assert.Equal(-1, client.Connected);
    }

    /// <summary>The task that sends has run by then, and the kernel's answer has not been looked at.</summary>
    [Fact]
    public void AHalfCloseBehindASendLosesNoCallbackOfTheWrite()
    {
        if (!TestLoop.HasIoUring)
            return;

        using SocketWorld world = new(Backend);
        (TestSocket client, TestSocket server) = world.Connect();
        using LoopTask gather = new(_ => GatherSends(world));
        using LoopTask halfClose = new(_ =>
        {
            Assert.Equal(SendState.UnderWay, AwsSocket.CoreOf(client.Native)->SendState);
            Assert.Equal(AWS_ERROR_SUCCESS, client.Shutdown(aws_channel_direction.AWS_CHANNEL_DIR_WRITE));
        });
        world.OnLoop(() =>
        {
            server.ReadWhatComes();
            EventLoop.ScheduleTaskNow(world.Loop.Native, gather.Native);
            client.Write("the last");
            EventLoop.ScheduleTaskNow(world.Loop.Native, halfClose.Native);
        });
        world.RunUntil(() => server.ReadError == AWS_IO_SOCKET_CLOSED && client.Completed.Count == 1);
        Assert.Equal("the last", server.ReceivedText);
        Assert.Equal((AWS_ERROR_SUCCESS, (nuint)8), client.Completed[0]);
    }

    /// <summary>The kernel reports it once: to the send, behind which the receive finds an end of the stream.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AResetThatASendHasMetIsNoEndOfTheStream(bool isGathered)
    {
        if (!TestLoop.HasIoUring)
            return;

        using TcpListener listener = NewListener(out aws_socket_endpoint endpoint);
        using SocketWorld world = new(Backend);
        TestSocket client = world.NewSocket();
        Assert.Equal(AWS_OP_SUCCESS, client.Connect(endpoint, world.Loop.Native));
        System.Net.Sockets.Socket peer = listener.AcceptSocket();
        world.RunUntil(() => client.Connected >= 0);
        world.OnLoop(() => client.ReadWhatComes());
        peer.Send("so that a receive is under way"u8);
        world.RunUntil(() => client.Received.Count > 0);
        world.OnLoop(() =>
        {
            Reset(peer);
            if (isGathered)
                GatherSends(world);

            // Before the kernel can end the receive.
            client.Write("lost");
            SocketWriter.Flush(AwsSocket.CoreOf(client.Native));
        });
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED && client.Completed.Count == 1);
        Assert.Equal((AWS_IO_SOCKET_CLOSED, (nuint)0), client.Completed[0]);
        Assert.True(AwsSocket.CoreOf(client.Native)->HasMetReset);
        Assert.False(AwsSocket.CoreOf(client.Native)->HasReadEnd);
    }

    // By one call: what .NET does beside it may be an end of the stream.
    private static void Reset(System.Net.Sockets.Socket peer)
    {
        peer.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        Libc.close((int)peer.Handle);
        peer.SafeHandle.SetHandleAsInvalid();
    }

    // Of the present tick: none is a call of its own.
    private static void GatherSends(SocketWorld world)
    {
        while (IoUringLoop.TakeSendByCall(IoUringLoop.Of(world.Loop.Native)))
        {
        }
    }

    // Of the system's own, on another thread than any loop's.
    private static TcpListener NewListener(out aws_socket_endpoint endpoint)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        endpoint = SocketWorld.Endpoint("127.0.0.1", (uint)((IPEndPoint)listener.LocalEndpoint).Port);
        return listener;
    }
}
