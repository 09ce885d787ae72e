// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.Tests.EventLoops;
using Reseau.Native.Tests.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>The race of addresses to the nanosecond, on virtual time.</summary>
public unsafe class AddressRaceTimeTests
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Stagger = 250 * Millisecond;
    private const int NoAnswer = Reseau.Native.Sockets.Virtual.VirtualNetwork.NoAnswer;

    [Fact]
    public void TheSecondAddressIsTriedWhenTheFirstHasBeenSilentForAQuarterOfASecond()
    {
        using Race race = new();
        race.Listen("127.0.0.2");
        race.Route("127.0.0.1", 0, NoAnswer);
        race.Route("127.0.0.2", 30 * Millisecond, AWS_ERROR_SUCCESS);
        race.Run("127.0.0.1", "127.0.0.2");
        race.AssertWinner("127.0.0.2", Stagger + (30 * Millisecond));
    }

    [Fact]
    public void AnErrorStartsTheNextAttemptAtOnce()
    {
        using Race race = new();
        race.Listen("127.0.0.2");
        race.Route("127.0.0.1", 10 * Millisecond, AWS_IO_SOCKET_CONNECTION_REFUSED);
        race.Route("127.0.0.2", 30 * Millisecond, AWS_ERROR_SUCCESS);
        race.Run("127.0.0.1", "127.0.0.2");
        race.AssertWinner("127.0.0.2", 40 * Millisecond);
    }

    [Fact]
    public void ALateFirstAddressWinsOverASlowerSecond()
    {
        using Race race = new();
        race.Listen("127.0.0.1");
        race.Listen("127.0.0.2");
        race.Route("127.0.0.1", 300 * Millisecond, AWS_ERROR_SUCCESS);
        race.Route("127.0.0.2", 300 * Millisecond, AWS_ERROR_SUCCESS);
        race.Run("127.0.0.1", "127.0.0.2");
        race.AssertWinner("127.0.0.1", 300 * Millisecond);
    }

    [Fact]
    public void AllAddressesAreTriedBeforeTheConnectionFails()
    {
        using Race race = new();
        race.Route("127.0.0.1", 0, NoAnswer);
        race.Route("127.0.0.2", 100 * Millisecond, AWS_IO_SOCKET_NO_ROUTE_TO_HOST);
        race.Route("127.0.0.3", 100 * Millisecond, AWS_IO_SOCKET_CONNECTION_REFUSED);
        race.Run("127.0.0.1", "127.0.0.2", "127.0.0.3");
        Assert.NotEqual(AWS_ERROR_SUCCESS, race.Result.Error);

        // The time-out of the silent one, which was the first to be tried.
        Assert.Equal(60_000 * Millisecond, race.Elapsed);
        Assert.Equal(3, race.Resolver.Failures.Count);
    }

    /// <summary>A connector for a name whose addresses the test gives, on a network in memory.</summary>
    private sealed class Race : IDisposable
    {
        private const uint Port = 443;

        private readonly SocketWorld _world = new("virtual readiness");
        private readonly ulong _start;

        internal Race()
        {
            Resolver = new HeldResolver(_world.Loop.Allocator);
            Result = new ConnectResult(_world.Loop);
            _start = _world.Loop.Now();
        }

        internal HeldResolver Resolver { get; }

        internal ConnectResult Result { get; }

        internal ulong Elapsed { get; private set; }

        internal void Route(string address, ulong nanoseconds, int error) =>
            _world.SetRoute(SocketWorld.Endpoint(address, Port), nanoseconds, error);

        internal void Listen(string address)
        {
            TestSocket listener = _world.NewSocket();
            listener.Listen(SocketWorld.Endpoint(address, Port));
        }

        internal void Run(params string[] addresses)
        {
            Assert.Equal(AWS_ERROR_SUCCESS, Result.Start(AWS_SOCKET_IPV4, "name", Port, Resolver.Native));
            Resolver.Answer(addresses);
            _world.RunUntil(() => Result.Results > 0);
            Elapsed = _world.Loop.Now() - _start;
        }

        internal void AssertWinner(string address, ulong elapsed)
        {
            Assert.Equal(AWS_ERROR_SUCCESS, Result.Error);
            Assert.Equal(address, Result.RemoteText);
            Assert.Equal(elapsed, Elapsed);
        }

        public void Dispose()
        {
            Result.Release();
            Resolver.Dispose();
            Result.Dispose();
            _world.Dispose();
        }
    }
}
