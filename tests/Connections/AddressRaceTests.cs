// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>
/// The race of addresses on a clock that moves only when nothing is left to do, so that delays are exact, over virtual
/// sockets by readiness and by completion.
/// </summary>
public sealed unsafe class AddressRaceTests
{
    private const string Readiness = "virtual readiness";
    private const string Completion = "virtual completion";
    private const string Silent = "192.0.2.1";
    private const string AlsoSilent = "192.0.2.2";
    private const string Refusing = "192.0.2.3";

    [Theory]
    [InlineData(Readiness)]
    [InlineData(Completion)]
    public void ASilentAddressIsPassedAfterAQuarterOfASecond(string backend)
    {
        using Race race = new(backend);
        race.Connect(Silent, AlsoSilent, race.Listening);
        Assert.Equal(AWS_ERROR_SUCCESS, race.Result.Error);
        Assert.Equal(500u, race.Milliseconds);
        Assert.Empty(race.Resolver.Failures);
    }

    [Theory]
    [InlineData(Readiness)]
    [InlineData(Completion)]
    public void AFailureBeginsTheNextAttemptAtOnce(string backend)
    {
        using Race race = new(backend);
        race.Connect(Refusing, race.Listening);
        Assert.Equal(AWS_ERROR_SUCCESS, race.Result.Error);
        Assert.Equal(10u, race.Milliseconds);
        Assert.Equal([Refusing], race.Resolver.Failures);
    }

    [Theory]
    [InlineData(Readiness)]
    [InlineData(Completion)]
    public void WhenAllFailTheLastErrorIsReported(string backend)
    {
        using Race race = new(backend);
        race.Connect(Silent, Refusing);
        Assert.Equal((int)AWS_IO_SOCKET_TIMEOUT, race.Result.Error);
        Assert.Equal(Race.AttemptTimeout, race.Milliseconds);
        Assert.Equal([Refusing, Silent], race.Resolver.Failures);
    }

    [Theory]
    [InlineData(Readiness)]
    [InlineData(Completion)]
    public void TheLimitEndsARaceThatNobodyHasWon(string backend)
    {
        using Race race = new(backend, limit: 333);
        race.Connect(Silent, AlsoSilent);
        Assert.Equal((int)AWS_IO_SOCKET_TIMEOUT, race.Result.Error);
        Assert.Equal(333u, race.Milliseconds);
        Assert.Empty(race.Resolver.Failures);
    }

    [Theory]
    [InlineData(Readiness)]
    [InlineData(Completion)]
    public void ACancelledRaceBeginsNoOtherAttempt(string backend)
    {
        using Race race = new(backend);
        race.Start(Silent, race.Listening);
        race.World.Loop.Tick(2);
        Connector.Cancel(race.Result.Handle);
        race.Await();
        Assert.Equal((int)AWS_ERROR_IO_OPERATION_CANCELLED, race.Result.Error);
        Assert.Equal(0u, race.Milliseconds);
        Assert.Equal(0, race.Accepted);
    }

    private sealed class Race : IDisposable
    {
        internal const uint AttemptTimeout = 60_000;
        private readonly TestSocket _listener;
        private readonly uint _port;
        private readonly ulong _limit;
        private ulong _start;

        internal Race(string backend, ulong limit = 0)
        {
            World = new SocketWorld(backend);
            Resolver = new HeldResolver(World.Loop.Allocator);
            Result = new ConnectResult(World.Loop);
            _limit = limit;
            _listener = World.NewListener();
            _port = _listener.Local.port;
            SetRoute(Silent, 0, VirtualNetwork.NoAnswer);
            SetRoute(AlsoSilent, 0, VirtualNetwork.NoAnswer);
            SetRoute(Refusing, 10, (int)AWS_IO_SOCKET_CONNECTION_REFUSED);
        }

        internal SocketWorld World { get; }

        internal HeldResolver Resolver { get; }

        internal ConnectResult Result { get; }

        internal string Listening => "127.0.0.1";

        internal int Accepted => _listener.Accepted.Count;

        /// <summary>From the answer to the result.</summary>
        internal ulong Milliseconds { get; private set; }

        internal void Connect(params string[] addresses)
        {
            Start(addresses);
            Await();
        }

        internal void Start(params string[] addresses)
        {
            Assert.Equal(
                AWS_ERROR_SUCCESS, Result.Start(AWS_SOCKET_IPV4, "name", _port, Resolver.Native, _limit));
            _start = World.Loop.Now();
            Resolver.Answer(addresses);
        }

        internal void Await()
        {
            Result.AwaitResult();
            Milliseconds = (World.Loop.Now() - _start) / 1_000_000;
            Result.Release();
            Assert.Equal(1, Result.Results);
        }

        /// <summary>Finds sockets that were not closed.</summary>
        public void Dispose()
        {
            Resolver.Dispose();
            World.Dispose();
            Result.Dispose();
        }

        private void SetRoute(string address, ulong milliseconds, int error)
        {
            aws_socket_endpoint endpoint = SocketWorld.Endpoint(address, 0);
            VirtualNetwork.SetRoute(World.Network, &endpoint, AWS_SOCKET_IPV4, milliseconds * 1_000_000, error);
        }
    }
}
