// SPDX-License-Identifier: Apache-2.0
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>
/// The connector's own: cancellation, its limit, what it reports and when it is gone. The race of addresses is tested
/// through bootstraps (native-tests/io/channel_bootstrap_test.cc).
/// </summary>
public sealed class ConnectorTests
{
    private const ulong Long = 60_000;

    [Theory]
    [InlineData("epoll")]
    [InlineData("virtual time")]
    public unsafe void CancellingWhileResolvingReportsOnceAndTheLateAnswerIsIgnored(string backend)
    {
        using Fixture fixture = new(backend);
        ConnectResult result = fixture.Result;
        Assert.Equal(AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_IPV4, "name", 80, fixture.Resolver.Native, Long));
        Connector.Cancel(result.Handle);
        Connector.Cancel(result.Handle);
        result.AwaitResult();
        Assert.Equal((int)AWS_ERROR_IO_OPERATION_CANCELLED, result.Error);
        Assert.True(result.WasOnLoop);

        Connector.Release(result.Handle);
        fixture.Loop.Tick(2);
        Assert.False(result.IsReleased, "the resolver has the connector until its answer");
        fixture.Resolver.Answer("127.0.0.1");
        fixture.Loop.RunUntil(() => result.IsReleased);
        Assert.Equal(1, result.Results);
        Assert.Empty(fixture.Resolver.Failures);
    }

    [Theory]
    [InlineData("epoll", 1)]
    [InlineData("virtual time", 1000)]
    public unsafe void TheLimitCountsWhileResolving(string backend, int limit)
    {
        using Fixture fixture = new(backend);
        ConnectResult result = fixture.Result;
        ulong start = fixture.Loop.Now();
        Assert.Equal(
            AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_IPV4, "name", 80, fixture.Resolver.Native, (ulong)limit));
        result.AwaitResult();
        Assert.Equal((int)AWS_IO_SOCKET_TIMEOUT, result.Error);
        Assert.True(fixture.Loop.Now() - start >= (ulong)limit * 1_000_000);

        fixture.Resolver.Answer();
        result.Release();
        Assert.Equal(1, result.Results);
    }

    [Fact]
    public unsafe void TheLogIsWrittenOnTheLoop()
    {
        const int before = 7;
        using Fixture fixture = new("virtual time");
        ConnectLog log = new() { ResolverCode = before };
        ConnectResult result = fixture.Result;
        result.Record = &log;
        Assert.Equal(AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_IPV4, "name", 1, fixture.Resolver.Native, Long));
        fixture.Resolver.Answer();
        Assert.Equal(before, log.ResolverCode);
        result.AwaitResult();
        Assert.Equal(0, log.ResolverCode);
        Assert.Equal((int)AWS_IO_DNS_NO_ADDRESS_FOR_HOST, result.Error);
        result.Release();
    }

    [Fact]
    public unsafe void CancellingClosesAttemptsThatAreUnderWay()
    {
        using Fixture fixture = new("epoll");
        using SilentHost host = new();
        ConnectResult result = fixture.Result;
        Assert.Equal(
            AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_IPV4, "name", host.Port, fixture.Resolver.Native, Long));
        fixture.Resolver.Answer("127.0.0.1");
        fixture.Loop.Tick(2);
        Assert.Equal(0, result.Results);

        Connector.Cancel(result.Handle);
        result.AwaitResult();
        Assert.Equal((int)AWS_ERROR_IO_OPERATION_CANCELLED, result.Error);
        result.Release();
        Assert.Equal(1, result.Results);
        Assert.Empty(fixture.Resolver.Failures);
    }

    [Fact]
    public unsafe void TheLimitCountsWhileConnecting()
    {
        using Fixture fixture = new("epoll");
        using SilentHost host = new();
        ConnectResult result = fixture.Result;
        Assert.Equal(
            AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_IPV4, "name", host.Port, fixture.Resolver.Native, 20));
        fixture.Resolver.Answer("127.0.0.1");
        result.AwaitResult();
        Assert.Equal((int)AWS_IO_SOCKET_TIMEOUT, result.Error);
        result.Release();
        Assert.Equal(1, result.Results);
    }

    [Fact]
    public unsafe void CancellingInsideOrAfterTheResultChangesNothing()
    {
        using Fixture fixture = new("epoll");
        using Socket listener = Listen(16);
        ConnectResult result = fixture.Result;
        result.OnResult = () => Connector.Cancel(result.Handle);
        Assert.Equal(
            AWS_ERROR_SUCCESS,
            result.Start(AWS_SOCKET_IPV4, "name", PortOf(listener), fixture.Resolver.Native, Long));
        fixture.Resolver.Answer("127.0.0.1");
        result.AwaitResult();
        Assert.Equal(AWS_ERROR_SUCCESS, result.Error);
        Connector.Cancel(result.Handle);
        result.Release();
        Assert.Equal(1, result.Results);
    }

    [Fact]
    public unsafe void ACancellationAndAResultAtTheSameTimeAreOneResult()
    {
        using Socket listener = Listen(512);
        using TestLoop loop = TestLoop.New("epoll");
        loop.Run();
        for (int round = 0; round < 200; round++)
        {
            using HeldResolver resolver = new(loop.Allocator);
            using ConnectResult result = new(loop);
            Assert.Equal(
                AWS_ERROR_SUCCESS,
                result.Start(AWS_SOCKET_IPV4, "name", PortOf(listener), resolver.Native, Long));
            nint handle = (nint)result.Handle;
            Thread canceller = new(() => Connector.Cancel((Connector*)handle));
            canceller.Start();
            resolver.Answer("127.0.0.1");
            canceller.Join();
            result.AwaitResult();
            result.Release();
            Assert.Equal(1, result.Results);
            Assert.Contains(result.Error, new[] { AWS_ERROR_SUCCESS, (int)AWS_ERROR_IO_OPERATION_CANCELLED });
        }
    }

    [Fact]
    public unsafe void APathIsConnectedToWithoutAResolver()
    {
        using Fixture fixture = new("epoll");
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        ConnectResult result = fixture.Result;
        Assert.Equal(AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_LOCAL, path, 0, null, Long));
        result.AwaitResult();
        Assert.Equal(AWS_ERROR_SUCCESS, result.Error);
        Assert.True(result.WasOnLoop);
        result.Release();
        File.Delete(path);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0:0::FFFF:7F00:1")]
    public unsafe void TheRemoteEndpointIsWrittenAsTheProgramsResolverWroteIt(string text)
    {
        using Fixture fixture = new("epoll");
        using Socket listener = Listen(16);
        ConnectResult result = fixture.Result;
        Assert.Equal(
            AWS_ERROR_SUCCESS,
            result.Start(AWS_SOCKET_IPV4, "name", PortOf(listener), fixture.Resolver.Native));
        fixture.Resolver.Answer(text);
        result.AwaitResult();
        Assert.Equal(AWS_ERROR_SUCCESS, result.Error);
        Assert.Equal(text, result.RemoteText);
        result.Release();
    }

    [Fact]
    public unsafe void ATextThatIsNoAddressFailsAndIsReportedToItsResolverAsItWas()
    {
        using Fixture fixture = new("epoll");
        using Socket listener = Listen(16);
        ConnectResult result = fixture.Result;
        Assert.Equal(
            AWS_ERROR_SUCCESS,
            result.Start(AWS_SOCKET_IPV4, "name", PortOf(listener), fixture.Resolver.Native));
        fixture.Resolver.Answer("no address", "0:0::no address", "127.0.0.1");
        result.AwaitResult();
        Assert.Equal(AWS_ERROR_SUCCESS, result.Error);
        Assert.Equal(["0:0::no address", "no address"], fixture.Resolver.Failures);
        result.Release();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public unsafe void ALoopThatEndsIsNoFailureOfAnAddress(int limit)
    {
        using Fixture fixture = new("epoll");
        using SilentHost host = new();
        ConnectResult result = fixture.Result;
        Assert.Equal(
            AWS_ERROR_SUCCESS,
            result.Start(AWS_SOCKET_IPV4, "name", host.Port, fixture.Resolver.Native, (ulong)limit));
        fixture.Resolver.Answer("127.0.0.1", "127.0.0.1", "127.0.0.1");
        fixture.Loop.Tick(2);
        Assert.Equal(0, result.Results);

        Connector.Release(result.Handle);
        fixture.Loop.Destroy();
        Assert.Equal(1, result.Results);
        Assert.Equal((int)AWS_IO_EVENT_LOOP_SHUTDOWN, result.Error);
        Assert.True(result.IsReleased);
        Assert.Empty(fixture.Resolver.Failures);
    }

    [Fact]
    public unsafe void ARefusedRequestIsAnErrorOfTheCallAlone()
    {
        using Fixture fixture = new("virtual time");
        fixture.Resolver.Refusal = (int)AWS_ERROR_UNSUPPORTED_OPERATION;
        ConnectResult result = fixture.Result;
        Assert.Equal(
            (int)AWS_ERROR_UNSUPPORTED_OPERATION,
            result.Start(AWS_SOCKET_IPV4, "name", 80, fixture.Resolver.Native, Long));
        Assert.Equal((int)AWS_ERROR_INVALID_ARGUMENT, result.Start(AWS_SOCKET_IPV6, "name", 80, null, Long));
        fixture.Loop.Tick(2);
        Assert.Equal(0, result.Results);
        Assert.False(result.IsReleased);
    }

    [Fact]
    public unsafe void AResolverThatFailsWithoutAReasonIsAnErrorOfTheCallAlone()
    {
        using Fixture fixture = new("epoll");
        ConnectResult result = fixture.Result;
        fixture.Resolver.FailsSilently = true;
        Errors.ResetError();
        Assert.Equal(
            (int)AWS_ERROR_UNKNOWN, result.Start(AWS_SOCKET_IPV4, "name", 80, fixture.Resolver.Native, Long));
        fixture.Loop.Tick(2);
        Assert.Equal(0, result.Results);
        Assert.False(result.IsReleased);
    }

    [Fact]
    public unsafe void APathThatRefusesIsAnErrorOfTheCallAlone()
    {
        using Fixture fixture = new("epoll");
        ConnectResult result = fixture.Result;
        string nowhere = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.NotEqual(AWS_ERROR_SUCCESS, result.Start(AWS_SOCKET_LOCAL, nowhere, 0, null, Long));
        Assert.Equal(
            (int)AWS_IO_SOCKET_INVALID_ADDRESS, result.Start(AWS_SOCKET_LOCAL, new string('x', 108), 0, null, Long));
        fixture.Loop.Tick(2);
        Assert.Equal(0, result.Results);
        Assert.False(result.IsReleased);
    }

    private static Socket Listen(int backlog)
    {
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    private static uint PortOf(Socket socket) => (uint)((IPEndPoint)socket.LocalEndPoint!).Port;

    private sealed unsafe class Fixture : IDisposable
    {
        internal Fixture(string backend)
        {
            Loop = TestLoop.New(backend);
            Loop.Run();
            Resolver = new HeldResolver(Loop.Allocator);
            Result = new ConnectResult(Loop);
        }

        internal TestLoop Loop { get; }

        internal HeldResolver Resolver { get; }

        internal ConnectResult Result { get; }

        public void Dispose()
        {
            Resolver.Dispose();
            Loop.Dispose();
            Result.Dispose();
        }
    }

    /// <summary>A listener whose backlog is full: who connects gets no answer.</summary>
    private sealed class SilentHost : IDisposable
    {
        private readonly Socket _listener = Listen(0);
        private readonly Socket _first = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        internal SilentHost() => _first.Connect(_listener.LocalEndPoint!);

        internal uint Port => PortOf(_listener);

        public void Dispose()
        {
            _first.Dispose();
            _listener.Dispose();
        }
    }
}
