// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.Sockets;
using Reseau.Native.Tests.Tls;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>
/// Clients, a server, and clients that speak no protocol, on a network with faults: all drawn from a seed. It runs
/// until nothing happens any more, ends what is left, and keeps what was wrong.
/// </summary>
internal sealed unsafe class SeededConversation : BootstrapWorld
{
    internal const ulong Second = 1_000_000_000;

    private const int MaxSteps = 1_000_000;
    private const int FirstServer = 100;

    // An attempt to connect, a handshake, the writes that are left.
    private const ulong MaxEnd = 200 * Second;

    // The clock goes no further.
    private const ulong MaxTime = 1UL << 62;

    private readonly ulong _seed;
    private readonly SeededDraws _draws;
    private readonly TlsIdentity? _identity;
    private readonly bool _clientsHaveBackPressure;
    private readonly bool _serversHaveBackPressure;
    private readonly SeededClient[] _clients;
    private readonly List<SeededEnd> _servers = [];
    private readonly Dictionary<nint, SeededEnd> _serversByChannel = [];
    private readonly List<TestSocket> _bareClients = [];
    private readonly PriorityQueue<Action, (ulong When, int Number)> _atTimes = new();
    private readonly PriorityQueue<Action, (ulong When, int Number)> _atSteps = new();
    private int _actions;
    private ulong _steps;
    private bool _isListenerGone;
    private bool _isResolving;

    // Or when the last client began, if that was later.
    private ulong _endBegan;

    internal SeededConversation(ulong seed, bool hasTls)
        : base(isCompletion: seed % 2 == 0, seed: seed % 3 == 0 ? 0 : seed, isTcp: seed % 4 < 2)
    {
        _seed = seed;
        _draws = new SeededDraws(seed);
        _clients = new SeededClient[1 + _draws.UpTo(3)];
        _clientsHaveBackPressure = _draws.OneIn(2);
        _serversHaveBackPressure = _draws.OneIn(2);
        DrawNetwork();
        if (hasTls)
        {
            _identity = new TlsIdentity(Allocator, clientTrustsServer: !_draws.OneIn(8));
            _identity.Client->timeout_ms = (uint)_draws.OneOf(1, 500, 10_000);
            _identity.Server->timeout_ms = (uint)_draws.OneOf(1, 500, 10_000);
        }
    }

    /// <summary>What has happened, in order.</summary>
    internal List<string> Log { get; } = [];

    /// <summary>Directions of connections whose reader had to get everything.</summary>
    internal int WholeStreams => Ends().Count(end => end.HadToGetAll);

    internal bool HasTls => _identity != null;

    /// <summary>What was wrong.</summary>
    internal List<string> Findings { get; } = [];

    /// <summary>Of one write: more would take too long through a small buffer.</summary>
    internal int MaxWriteBits { get; private set; }

    internal void Run()
    {
        Write($"buffers of {Network->SendCapacity} and {Network->ReceiveCapacity}, transfers of " +
            $"{Network->MaxSend} and {Network->MaxReceive}, failing accepts {Network->FailingAccepts}, " +
            $"windows: clients {_clientsHaveBackPressure}, servers {_serversHaveBackPressure}");
        Listen(_identity == null ? null : _identity.Server, _serversHaveBackPressure);
        for (int i = 0; i < _clients.Length; i++)
        {
            int number = i;
            _clients[i] = new SeededClient();
            Later(_draws, () => Connect(number));
        }

        for (int i = _draws.OneIn(3) ? 1 + _draws.UpTo(1) : 0; i > 0; i--)
            Later(_draws, ConnectBareClient);
        if (_draws.OneIn(3))
            Later(_draws, EndListener);
        if (_draws.OneIn(4))
            Later(_draws, EndAll);
        RunToTheEnd();
        CheckAll();
    }

    public override void Dispose()
    {
        _bareClients.ForEach(bare => bare.Dispose());
        _identity?.Dispose();
        base.Dispose();
    }

    internal void Write(string text) => Log.Add($"{_steps} {Now}: {text}");

    internal void Fail(string text) => Findings.Add(text);

    /// <summary>After some steps, at a time, or both: in no loop's tick.</summary>
    internal void Later(SeededDraws draws, Action action)
    {
        int number = _actions++;
        ulong delay = draws.OneIn(2) ? draws.Delay() : 0;
        ulong steps = draws.OneIn(2) ? draws.Size(7) : 0;
        if (delay == 0 || Now + delay > MaxTime)
            _atSteps.Enqueue(action, (_steps + steps, number));
        else
            _atTimes.Enqueue(() => _atSteps.Enqueue(action, (_steps + steps, number)), (Now + delay, number));
    }

    /// <summary>A message has come to an end: now and then others end because of it, on whichever loop.</summary>
    internal void OnMessage()
    {
        if (!_draws.OneIn(100))
            return;
        SeededEnd[] ends = Ends().Where(end => end.IsThere).ToArray();
        if (ends.Length > 0)
            ends[_draws.UpTo(ends.Length - 1)].ShutDown(_draws.Error());
    }

    private void DrawNetwork()
    {
        int sendBits = _draws.UpTo(17);
        int receiveBits = _draws.UpTo(17);
        MaxWriteBits = int.Min(17, int.Min(sendBits, receiveBits) + 9);
        Network->SendCapacity = (nuint)_draws.Size(sendBits);
        Network->ReceiveCapacity = (nuint)_draws.Size(receiveBits);
        if (_draws.OneIn(3))
            Network->MaxSend = (nuint)_draws.Size(16);
        if (_draws.OneIn(3))
            Network->MaxReceive = (nuint)_draws.Size(16);
        if (_draws.OneIn(2))
            Network->AbortNanoseconds = _draws.Size(32);
        if (_draws.OneIn(2))
            Network->ConnectNanoseconds = _draws.Size(36);
        SetRoute("10.0.0.1", AWS_IO_SOCKET_CONNECTION_REFUSED);
        SetRoute("10.0.0.2", VirtualNetwork.NoAnswer);
        SetRoute("10.0.0.3", AWS_IO_SOCKET_NO_ROUTE_TO_HOST);
        if (_draws.OneIn(4))
        {
            Network->FailingAccepts = 1 + _draws.UpTo(3);
            Network->AcceptError = _draws.OneOf(AWS_ERROR_MAX_FDS_EXCEEDED, AWS_ERROR_OOM, AWS_ERROR_SYS_CALL_FAILURE);
        }
    }

    private void SetRoute(string address, int error)
    {
        aws_socket_endpoint endpoint = SocketWorld.Endpoint(address, 0);
        VirtualNetwork.SetRoute(Network, &endpoint, AWS_SOCKET_IPV4, _draws.Size(36), error);
    }

    // ---- Running ----

    private void RunToTheEnd()
    {
        while (!IsOver() && Findings.Count == 0)
        {
            if (_steps++ == MaxSteps)
                Fail("there is no end of steps");
            else if (_endBegan != 0 && Now - _endBegan > MaxEnd && !HasEnded())
                Fail("the end takes too long");
            else if (!TryDoWhatIsDue() && !VirtualTime.Step(Time) && !TryMoveClock())
                EndOrFail();
        }
    }

    private bool IsOver() =>
        HasEnded() && _atTimes.Count == 0 && _atSteps.Count == 0 && _clients.All(client => client.IsOver);

    private bool HasEnded() =>
        _isListenerGone && _clients.All(client => client.IsIdle) && _servers.All(server => !server.IsThere);

    private bool TryDoWhatIsDue()
    {
        bool isDue = _atSteps.TryPeek(out _, out (ulong When, int) step) && step.When <= _steps;
        if (isDue)
        {
            _atSteps.Dequeue()();
            return true;
        }

        isDue = _atTimes.TryPeek(out _, out (ulong When, int) time) && time.When <= Now;
        if (isDue)
            _atTimes.Dequeue()();
        return isDue;
    }

    // Nothing happens at this time: an action that waits for steps need not wait any longer.
    private bool TryMoveClock()
    {
        if (_atSteps.TryDequeue(out Action? action, out _))
        {
            action();
            return true;
        }

        ulong next = VirtualTime.NextTimer(Time);
        if (_atTimes.TryPeek(out _, out (ulong When, int) time))
            next = ulong.Min(next, time.When);
        if (next == ulong.MaxValue)
            return false;
        VirtualTime.MoveTo(Time, next);
        return true;
    }

    private void EndOrFail()
    {
        if (_endBegan != 0)
            Fail("something waits for ever");
        EndAll();
    }

    private void EndAll()
    {
        Write("everything ends");
        if (_endBegan == 0)
            _endBegan = Now;
        AnswerResolver();
        EndListener();
        _bareClients.ForEach(bare => bare.CleanUp());
        foreach (SeededEnd end in Ends().ToArray())
            end.ShutDown(AWS_ERROR_SUCCESS);
    }

    private void EndListener()
    {
        if (!HasListener)
            return;
        Write("the listener ends");
        DestroyListener();
    }

    private IEnumerable<SeededEnd> Ends() =>
        _clients.Select(client => client.End).Where(end => end != null).Concat(_servers)!;

    // ---- Clients ----

    private void Connect(int number)
    {
        SeededClient client = _clients[number];
        int result = Connect(number, _identity == null ? null : _identity.Client, _clientsHaveBackPressure);
        client.Phase = result == AWS_OP_SUCCESS ? ClientPhase.Connecting : ClientPhase.Over;
        Write($"client {number} connects: {result}");
        _isResolving = IsTcp;
        if (_endBegan != 0)
            _endBegan = Now;

        // The resolver keeps one request.
        if (_clients.Length > 1 || _endBegan != 0)
            AnswerResolver();
        else
            Later(_draws, AnswerResolver);
    }

    private void AnswerResolver()
    {
        if (!_isResolving)
            return;
        _isResolving = false;
        List<string> addresses = [];
        if (!_draws.OneIn(16))
            addresses.Add(Address);
        for (int i = _draws.UpTo(3); i > 0; i--)
            addresses.Insert(_draws.UpTo(addresses.Count), $"10.0.0.{i}");
        Write($"the resolver answers {string.Join(", ", addresses)}");
        Resolver.Answer([.. addresses]);
    }

    /// <summary>It sends what is no TLS and no message, if anything, and leaves, or stays until the end.</summary>
    private void ConnectBareClient()
    {
        if (!HasListener)
            return;
        TestSocket bare = new(Allocator, Stream());
        _bareClients.Add(bare);
        if (bare.Connect(Endpoint, Loop) != AWS_ERROR_SUCCESS)
            return;
        Write("a bare client connects");
        bool sends = _identity != null && _draws.OneIn(2);
        Later(_draws, () =>
        {
            if (sends && bare.Connected == AWS_ERROR_SUCCESS && bare.Native->impl != null)
                bare.Write(new byte[_draws.Size(12)]);
        });
        if (!_draws.OneIn(3))
            Later(_draws, bare.CleanUp);
    }

    private protected override void OnCreated(int number, aws_channel* channel)
    {
        SeededClient client = _clients[number];
        if (client.Phase != ClientPhase.Connecting)
            Fail($"client {number} is created in phase {client.Phase}");
        if (!_draws.OneIn(6))
            return;

        // Before it is set up, or later.
        nint held = (nint)channel;
        Channel.AcquireHold(channel);
        Later(_draws, () =>
        {
            Write($"client {number} is cut short");
            client.IsCut = true;
            client.End?.ShutDown(AWS_IO_SOCKET_TIMEOUT);
            Channel.Shutdown((aws_channel*)held, AWS_IO_SOCKET_TIMEOUT);
            Channel.ReleaseHold((aws_channel*)held);
        });
    }

    private protected override void OnSetup(int number, int error, aws_channel* channel)
    {
        Write($"client {number} is set up: {error}");
        SeededClient client = _clients[number];
        if (client.Phase != ClientPhase.Connecting)
            Fail($"client {number} is set up in phase {client.Phase}");
        if (error != AWS_ERROR_SUCCESS != (channel == null))
            Fail($"client {number} is set up with error {error} and {(channel == null ? "no" : "a")} channel");
        client.Phase = error == AWS_ERROR_SUCCESS ? ClientPhase.SetUp : ClientPhase.Over;
        if (error == AWS_ERROR_SUCCESS)
            client.End = NewEnd(number, channel, _clientsHaveBackPressure, client);
    }

    private protected override void OnClientEnd(int number, int error, aws_channel* channel)
    {
        SeededClient client = _clients[number];
        if (client.Phase != ClientPhase.SetUp)
            Fail($"client {number} ends in phase {client.Phase}");
        client.Phase = ClientPhase.Over;
        client.End!.OnEnd(error);
    }

    // ---- The server ----

    private protected override void OnIncoming(int error, aws_channel* channel)
    {
        Write($"incoming: {error}");
        if (_isListenerGone)
            Fail("a connection after the listener's end");
        if (error != AWS_ERROR_SUCCESS != (channel == null))
            Fail($"incoming with error {error} and {(channel == null ? "no" : "a")} channel");
        if (channel == null)
            return;
        SeededEnd server = NewEnd(FirstServer + _servers.Count, channel, _serversHaveBackPressure, null);
        _servers.Add(server);
        if (!_serversByChannel.TryAdd((nint)channel, server))
            Fail("a connection of the server is set up twice");
    }

    private protected override void OnServerEnd(int error, aws_channel* channel)
    {
        if (_isListenerGone)
            Fail("a shutdown callback after the listener's end");
        if (_serversByChannel.Remove((nint)channel, out SeededEnd? server))
            server.OnEnd(error);
        else
            Fail("a connection of the server ends that was not set up, or has ended before");
    }

    private protected override void OnListenerGone()
    {
        Write("the listener is gone");
        if (_isListenerGone)
            Fail("the listener has gone twice");
        if (_serversByChannel.Count > 0)
            Fail("the listener goes before its connections");
        _isListenerGone = true;
    }

    private SeededEnd NewEnd(int number, aws_channel* channel, bool hasBackPressure, SeededClient? client)
    {
        SeededEnd end = new(this, (byte)number, channel, hasBackPressure, (_seed << 8) + (ulong)number);
        if (client is { IsCut: true })
            end.ShutDown(AWS_IO_SOCKET_TIMEOUT);
        if (_endBegan != 0)
            end.ShutDown(AWS_ERROR_SUCCESS);
        return end;
    }

    private void CheckAll()
    {
        SeededEnd[] ends = Ends().ToArray();
        foreach (SeededEnd end in ends)
        {
            SeededEnd[] peers = ends.Where(end.IsPeerOf).ToArray();
            if (peers.Length > 1)
                Fail($"end {end.Number} has {peers.Length} peers");
            else if (end.Check(peers.FirstOrDefault()) is string finding && Findings.Count == 0)
                Fail($"end {end.Number}, peer {peers.FirstOrDefault()?.Number}: {finding}");
        }
    }
}

/// <summary>Where a client is.</summary>
internal enum ClientPhase
{
    NotBegun,
    Connecting,
    SetUp,
    Over,
}

/// <summary>What a conversation knows of a client.</summary>
internal sealed class SeededClient
{
    internal ClientPhase Phase { get; set; }

    internal bool IsOver => Phase == ClientPhase.Over;

    internal bool IsIdle => Phase is ClientPhase.NotBegun or ClientPhase.Over;

    /// <summary>The program has ended it by what it got when it was created.</summary>
    internal bool IsCut { get; set; }

    internal SeededEnd? End { get; set; }
}
