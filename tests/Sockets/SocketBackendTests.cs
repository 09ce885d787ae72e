// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Sockets;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Sockets;

/// <summary>Every backend keeps the contract of sockets (SocketBackend.cs): these tests run once for each.</summary>
public unsafe class SocketBackendTests
{
    private const aws_channel_direction Reading = aws_channel_direction.AWS_CHANNEL_DIR_READ;
    private const aws_channel_direction Writing = aws_channel_direction.AWS_CHANNEL_DIR_WRITE;
    private const aws_socket_domain IPv4 = aws_socket_domain.AWS_SOCKET_IPV4;
    private const aws_socket_type Datagrams = aws_socket_type.AWS_SOCKET_DGRAM;

    private static readonly string[] s_names =
        OperatingSystem.IsWindows() ? ["winsock", "virtual readiness", "virtual completion"]
        : TestLoop.HasIoUring ? ["posix", "io_uring", "virtual readiness", "virtual completion"]
        : ["posix", "virtual readiness", "virtual completion"];

    /// <summary>By the names that the backends have in log lines.</summary>
    public static TheoryData<string> Backends { get; } = new(s_names);

    /// <summary>The same with each domain that all backends have.</summary>
    public static TheoryData<string, string> BackendsAndDomains
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string name in s_names)
            {
                data.Add(name, nameof(aws_socket_domain.AWS_SOCKET_IPV4));
                data.Add(name, nameof(aws_socket_domain.AWS_SOCKET_IPV6));
                data.Add(name, nameof(aws_socket_domain.AWS_SOCKET_LOCAL));
            }

            return data;
        }
    }

    /// <summary>The same without named pipes, which end in both directions at once.</summary>
    public static TheoryData<string, string> BackendsAndDomainsWithDirections
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (object[] row in BackendsAndDomains)
            {
                if (row is not ["winsock", nameof(aws_socket_domain.AWS_SOCKET_LOCAL)])
                    data.Add((string)row[0], (string)row[1]);
            }

            return data;
        }
    }

    [Fact]
    public void EveryRegisteredBackendIsTestedHere()
    {
        foreach (aws_socket_impl_type type in Enum.GetValues<aws_socket_impl_type>())
        {
            SocketBackend* backend = SocketBackends.Find(type);
            if (backend != null)
                Assert.Contains(Marshal.PtrToStringUTF8((nint)backend->Name)!, s_names);
        }
    }

    // ---- Connecting and accepting ----

    [Theory, MemberData(nameof(BackendsAndDomains))]
    public void AConnectionCarriesBytesBothWays(string backend, string domain)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect(Enum.Parse<aws_socket_domain>(domain));
        world.OnLoop(() =>
        {
            server.ReadWhatComes();
            client.ReadWhatComes();
            client.Write("there");
            server.Write("and back");
        });
        world.RunUntil(() => server.ReceivedText == "there" && client.ReceivedText == "and back");
        world.RunUntil(() => client.Completed.Count == 1 && server.Completed.Count == 1);
        Assert.Equal((AWS_ERROR_SUCCESS, 5u), client.Completed[0]);
        Assert.Equal((AWS_ERROR_SUCCESS, 8u), server.Completed[0]);
        Assert.Equal(AWS_IO_READ_WOULD_BLOCK, server.ReadError);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ConnectingToAPortWithoutListenerIsRefused(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(accepts: false);
        aws_socket_endpoint gone = listener.Local;
        listener.Close();

        TestSocket client = world.NewSocket();
        Assert.Equal(AWS_OP_SUCCESS, world.OnLoop(() => client.Connect(gone, world.Loop.Native)));
        Assert.Equal(-1, world.OnLoop(() => -1));
        world.RunUntil(() => client.Connected >= 0);
        Assert.Equal(AWS_IO_SOCKET_CONNECTION_REFUSED, client.Connected);
    }

    [Theory, MemberData(nameof(BackendsAndDomains))]
    public void WhatWasSentBeforeTheAcceptIsThere(string backend, string domain)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(Enum.Parse<aws_socket_domain>(domain), accepts: false);
        TestSocket client = world.NewSocket(Enum.Parse<aws_socket_domain>(domain));
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => client.Connected == AWS_ERROR_SUCCESS);
        world.OnLoop(() => client.Write("early"));
        world.RunUntil(() => client.Completed.Count == 1);

        world.OnLoop(() => listener.StartAccept(world.Loop.Native));
        world.RunUntil(() => listener.Accepted.Count == 1);
        TestSocket server = listener.Accepted[0];
        world.OnLoop(() =>
        {
            server.Assign(world.Loop.Native);
            server.ReadWhatComes();
        });
        world.RunUntil(() => server.ReceivedText == "early");
    }

    [Theory, MemberData(nameof(Backends))]
    public void ManyConnectionsAreAcceptedInOneGo(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(accepts: false);
        TestSocket[] clients = Enumerable.Range(0, 10).Select(_ => world.NewSocket()).ToArray();
        foreach (TestSocket client in clients)
            world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => clients.All(client => client.Connected == AWS_ERROR_SUCCESS));
        world.OnLoop(() => listener.StartAccept(world.Loop.Native));
        world.RunUntil(() => listener.Accepted.Count == clients.Length);
        Assert.Empty(listener.AcceptErrors);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AListenerThatHasStoppedAcceptsAgain(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener();
        world.OnLoop(() => Socket.StopAccept(listener.Native));
        TestSocket client = world.NewSocket();
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => client.Connected == AWS_ERROR_SUCCESS);
        world.Loop.Tick(3);
        Assert.Empty(listener.Accepted);
        world.OnLoop(() => listener.StartAccept(world.Loop.Native));
        world.RunUntil(() => listener.Accepted.Count == 1);
    }

    [Theory, MemberData(nameof(Backends))]
    public void AnAddressIsBoundOnce(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(accepts: false);
        Assert.NotEqual(0u, listener.Local.port);
        TestSocket other = world.NewSocket();
        Assert.Equal(AWS_OP_ERR, other.Bind(listener.Local));
        Assert.Equal(AWS_IO_SOCKET_ADDRESS_IN_USE, Errors.LastError());
    }

    [Theory, MemberData(nameof(Backends))]
    public void AnAddressOfAnotherDomainIsNone(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket socket = world.NewSocket(IPv4);
        Assert.Equal(AWS_OP_ERR, socket.Bind(SocketWorld.Endpoint("::1", 0)));
        Assert.Equal(AWS_IO_SOCKET_INVALID_ADDRESS, Errors.LastError());
    }

    // ---- Transfer ----

    [Theory, MemberData(nameof(Backends))]
    public void AStreamArrivesWholeHoweverItIsRead(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect();
        byte[] bytes = Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 >> 3)).ToArray();
        world.OnLoop(() =>
        {
            server.ReadWhatComes(4099);
            for (int i = 0; i < bytes.Length; i += 1_000_000)
                Assert.Equal(AWS_ERROR_SUCCESS, client.Write(bytes[i..(i + 1_000_000)]));
        });
        world.RunUntil(() => server.Received.Count == bytes.Length && client.Completed.Count == 3);
        Assert.True(bytes.AsSpan().SequenceEqual(server.Received.ToArray()));
        Assert.All(client.Completed, write => Assert.Equal((AWS_ERROR_SUCCESS, 1_000_000u), write));
    }

    [Theory, MemberData(nameof(Backends))]
    public void WhetherInputWaitsIsSaidWithoutReadingIt(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket reader, TestSocket writer) = world.Connect();
        world.OnLoop(() =>
        {
            reader.ReadWhatComes();
            writer.Write("read");
        });
        world.RunUntil(() => reader.ReceivedText == "read");
        Assert.False(world.OnLoop(() => HasInput(reader)));

        (TestSocket other, TestSocket sender) = world.Connect();
        world.OnLoop(() => sender.Write("waits"));
        world.RunUntil(() => world.OnLoop(() => HasInput(other)));
        world.OnLoop(() => other.ReadWhatComes());
        world.RunUntil(() => other.ReceivedText == "waits");
    }

    [Theory, MemberData(nameof(Backends))]
    public void AWriteWaitsForAPeerThatDoesNotRead(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect();
        byte[] bytes = new byte[20_000_000];
        world.OnLoop(() => client.Write(bytes));
        world.Loop.Tick(5);
        Assert.Empty(client.Completed);
        world.OnLoop(() => server.ReadWhatComes(1 << 20));
        world.RunUntil(() => server.Received.Count == bytes.Length && client.Completed.Count == 1);
    }

    [Theory, MemberData(nameof(Backends))]
    public void DatagramsKeepTheirLimits(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket receiver = world.NewSocket(IPv4, Datagrams);
        Assert.Equal(AWS_OP_SUCCESS, receiver.Bind(SocketWorld.Unused(IPv4)));
        TestSocket sender = world.NewSocket(IPv4, Datagrams);
        world.OnLoop(() =>
        {
            receiver.Assign(world.Loop.Native);
            receiver.ReadWhatComes(8);
            Assert.Equal(AWS_OP_SUCCESS, sender.Connect(receiver.Local, world.Loop.Native));
        });
        world.RunUntil(() => sender.Connected == AWS_ERROR_SUCCESS);
        world.OnLoop(() =>
        {
            sender.Write("one,");
            sender.Write("two,");
            sender.Write("too long for the buffer");
        });
        world.RunUntil(() => sender.Completed.Count == 3 && receiver.Received.Count == 16);
        Assert.Equal("one,two,too long", receiver.ReceivedText);
    }

    // ---- Ends ----

    [Theory, MemberData(nameof(BackendsAndDomains))]
    public void TheLastBytesComeBeforeTheEnd(string backend, string domain)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect(Enum.Parse<aws_socket_domain>(domain));
        world.OnLoop(() =>
        {
            client.Write("last words");
            client.Close();
        });
        world.RunUntil(() => client.Completed.Count == 1);
        Assert.Equal((AWS_ERROR_SUCCESS, 10u), client.Completed[0]);
        world.OnLoop(() => server.ReadWhatComes(3));
        world.RunUntil(() => server.ReadError == AWS_IO_SOCKET_CLOSED);
        Assert.Equal("last words", server.ReceivedText);
    }

    [Theory, MemberData(nameof(BackendsAndDomainsWithDirections))]
    public void OneDirectionEndsAndTheOtherGoesOn(string backend, string domain)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect(Enum.Parse<aws_socket_domain>(domain));
        world.OnLoop(() =>
        {
            server.ReadWhatComes();
            client.ReadWhatComes();
            client.Write("question");
            Assert.Equal(AWS_ERROR_SUCCESS, client.Shutdown(Writing));
        });
        world.RunUntil(() => server.ReadError == AWS_IO_SOCKET_CLOSED);
        Assert.Equal("question", server.ReceivedText);
        world.OnLoop(() => server.Write("answer"));
        world.RunUntil(() => client.ReceivedText == "answer");
        Assert.Equal(AWS_IO_SOCKET_NOT_CONNECTED, world.OnLoop(() => client.Write([1])));
    }

    [Theory, MemberData(nameof(Backends))]
    public void NothingIsReadAfterItsDirectionHasEnded(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() => Assert.Equal(AWS_ERROR_SUCCESS, server.Shutdown(Reading)));
        Assert.Equal(AWS_IO_SOCKET_NOT_CONNECTED, world.OnLoop(() => server.Read(1)));
        world.OnLoop(() => client.ReadWhatComes());
        world.OnLoop(() => server.Write("still"));
        world.RunUntil(() => client.ReceivedText == "still");
    }

    [Theory, MemberData(nameof(Backends))]
    public void UnreadInputAtACloseResetsTheConnection(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() => client.Write("nobody reads this"));
        world.RunUntil(() => client.Completed.Count == 1);
        world.OnLoop(() => client.ReadWhatComes());
        world.OnLoop(server.Close);
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED);
        world.OnLoop(() => client.Write("into the void"));
        world.RunUntil(() => client.Completed.Count == 2);
        Assert.NotEqual(AWS_ERROR_SUCCESS, client.Completed[1].Error);
    }

    // As on Linux: what a local socket has sent is with its peer, and an error comes behind it.
    [Theory, MemberData(nameof(Backends))]
    public void UnreadInputAtALocalCloseLosesNothingThatWasSent(string backend)
    {
        if (backend == "winsock")
            return;

        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect(aws_socket_domain.AWS_SOCKET_LOCAL);
        byte[] sent = new byte[100_000];
        new Random(1).NextBytes(sent);
        world.OnLoop(() =>
        {
            client.Write("nobody reads this");
            Assert.Equal(AWS_ERROR_SUCCESS, server.Write(sent));
        });
        world.RunUntil(() => client.Completed.Count == 1 && server.Completed.Count == 1);
        Assert.Equal((AWS_ERROR_SUCCESS, (nuint)sent.Length), server.Completed[0]);
        world.OnLoop(server.Close);
        world.OnLoop(() => client.Write("nor this"));
        world.RunUntil(() => client.Completed.Count == 2);
        Assert.Equal(AWS_IO_SOCKET_CLOSED, client.Completed[1].Error);
        world.OnLoop(() => client.ReadWhatComes());
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED);
        Assert.Equal(sent, client.Received);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ACloseCompletesWhatWasNotSent(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket _) = world.Connect();
        world.OnLoop(() =>
        {
            client.Write(new byte[20_000_000]);
            client.Write("behind it");
        });
        world.Loop.Tick(5);
        world.OnLoop(client.Close);
        world.RunUntil(() => client.Completed.Count == 2);
        Assert.All(client.Completed, write => Assert.Equal(AWS_IO_SOCKET_CLOSED, write.Error));
        Assert.Equal(AWS_IO_SOCKET_NOT_CONNECTED, world.OnLoop(() => client.Write([1])));
    }

    [Theory, MemberData(nameof(Backends))]
    public void AClosedListenerTakesNobody(string backend)
    {
        using SocketWorld world = new(backend);
        TestSocket listener = world.NewListener(accepts: false);
        TestSocket client = world.NewSocket();
        world.OnLoop(() => client.Connect(listener.Local, world.Loop.Native));
        world.RunUntil(() => client.Connected == AWS_ERROR_SUCCESS);
        world.OnLoop(() => client.ReadWhatComes());
        listener.Close();
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED);
    }

    [Theory, MemberData(nameof(Backends))]
    public void ASocketIsCleanedUpInItsOwnCallback(string backend)
    {
        using SocketWorld world = new(backend);
        (TestSocket client, TestSocket server) = world.Connect();
        world.OnLoop(() =>
        {
            server.OnReadable = server.CleanUp;
            server.Subscribe();
            client.ReadWhatComes();
            client.Write("the end");
        });
        world.RunUntil(() => client.ReadError == AWS_IO_SOCKET_CLOSED);
    }

    private static bool HasInput(TestSocket socket)
    {
        SocketCore* core = AwsSocket.CoreOf(socket.Native);
        return core->Backend->HasInput(core);
    }
}
