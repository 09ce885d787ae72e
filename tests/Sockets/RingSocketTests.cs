// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.IoUring;
using Reseau.Native.Tests.EventLoops;
using Xunit;

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
}
