// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.Sockets;

namespace Reseau.Native.Tests.Channels;

/// <summary>
/// A channel, its program and its peer, which all do what a seed says, on a network that behaves as the seed says. It
/// ends when everything has been done, and keeps what was wrong.
/// </summary>
internal sealed unsafe class SeededChannel : IDisposable
{
    private const ulong Second = 1_000_000_000;

    // What is left to send: a second for a peer that takes nothing, ten when it has ended its input, and what it takes
    // from time to time earns it more.
    private const ulong MaxEnd = 60 * Second;

    private readonly SeededDraws _draws;
    private readonly ChannelWorld _world;
    private readonly SeededPeer _peer;
    private readonly List<SeededTask> _tasks = [];
    private readonly List<StatisticsProbe> _statistics = [];
    private readonly PriorityQueue<Action, (ulong When, int Number)> _plan = new();
    private readonly nuint? _window;
    private int _planned;
    private int _granted;
    private int _acceptedBytes;
    private int _programsShutdown = -1;
    private bool _isAborted;
    private bool _isReset;
    private bool _isSlotRemoved;
    private bool _isDestroyed;

    // Not while a function of its handler is running (rule 47).
    private bool _mayRemoveSlot = true;

    internal SeededChannel(ulong seed)
    {
        _draws = new SeededDraws(seed);
        _window = _draws.OneIn(2) ? null : _draws.OneIn(8) ? 0 : (nuint)_draws.Size(16);
        _granted = (int)(_window ?? 0);
        _world = new ChannelWorld(
            seed % 2 == 0 ? "virtual completion" : "virtual readiness", _window, network => DrawNetwork(network));
        _peer = new SeededPeer(_draws, _world.Far, Note);
        _world.Handler.OnMessage = OnMessage;
        _world.Handler.OnCompletion = OnCompletion;
        Note($"window {_window}, buffers of {_world.Network->SendCapacity} and {_world.Network->ReceiveCapacity}, " +
            $"transfers of {_world.Network->MaxSend} and {_world.Network->MaxReceive}");
        for (int i = 2 + _draws.UpTo(12); i > 0; i--)
            Later(DrawAction());
    }

    /// <summary>What has happened, in order.</summary>
    internal List<string> Log => _world.Log;

    /// <summary>What was wrong.</summary>
    internal List<string> Findings { get; } = [];

    /// <summary>Directions whose reader had to get everything.</summary>
    internal int WholeStreams { get; private set; }

    /// <summary>When it ended.</summary>
    internal ulong Now { get; private set; }

    private bool MayUseChannel => !_isDestroyed;

    internal void Run()
    {
        if (_peer.ReadsAll)
            _world.OnLoop(() => _world.Far.ReadWhatComes(1 + _draws.UpTo(5000)));
        while (_plan.TryDequeue(out Action? action, out (ulong When, int Number) place))
        {
            if (place.When > _world.Now)
                _world.Advance(place.When - _world.Now);
            if (_draws.OneIn(2))
                action();
            else
                _world.OnLoop(action);
        }

        EndChannel();
        EndPeer();
        CheckAll();
        Now = _world.Now;
    }

    public void Dispose()
    {
        _world.Dispose();
        _tasks.ForEach(task => task.Dispose());
    }

    // ---- What the seed decides ----

    private void DrawNetwork(nint pointer)
    {
        VirtualNetwork* network = (VirtualNetwork*)pointer;
        network->SendCapacity = (nuint)_draws.Size(17);
        network->ReceiveCapacity = (nuint)_draws.Size(17);
        if (_draws.OneIn(3))
            network->MaxSend = (nuint)_draws.Size(16);
        if (_draws.OneIn(3))
            network->MaxReceive = (nuint)_draws.Size(16);
        if (_draws.OneIn(2))
            network->AbortNanoseconds = _draws.Size(32);
    }

    private Action DrawAction() => _draws.UpTo(31) switch
    {
        < 7 => Write,
        < 13 => () => _peer.Write(MaxWriteBits),
        < 18 => Grant,
        < 22 => ScheduleTask,
        < 24 => _peer.ReadSome,
        24 => _peer.EndInput,
        25 => _peer.Close,
        26 => Reset,
        27 => RemoveSlot,
        28 => SetStatistics,
        _ => () => ShutDown(_draws.Error()),
    };

    // More would take too many steps through small buffers.
    private int MaxWriteBits => int.Min(17, 8 + (int)nuint.Log2(nuint.Min(
        nuint.Min(_world.Network->SendCapacity, _world.Network->ReceiveCapacity),
        nuint.Min(_world.Network->MaxSend, _world.Network->MaxReceive))));

    private void Later(Action action) => _plan.Enqueue(action, (_world.Now + _draws.Delay(), _planned++));

    private void Note(string text) => Log.Add($"{_world.Now}: {text}");

    // ---- What the program does ----

    private void Write()
    {
        if (!MayUseChannel)
            return;
        byte[] bytes = new byte[_draws.Size(MaxWriteBits)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ByteAt(_world.Handler.WrittenBytes + i);
        Note($"the program writes {bytes.Length}");
        _world.Handler.Write(bytes);
    }

    private void Grant()
    {
        if (!MayUseChannel)
            return;
        nuint size = (nuint)_draws.Size(17);
        _granted += (int)size;
        Note($"the program grants {size}");
        _world.Handler.GrantWindow(size);
    }

    private void ScheduleTask()
    {
        if (!MayUseChannel)
            return;
        SeededTask task = new(_world, _draws.OneIn(3) ? 0 : _world.Now + _draws.Delay(), OnTask);
        _tasks.Add(task);
        Note($"the program schedules task {_tasks.Count - 1} for {task.When}");
        task.Schedule(isSerialized: _draws.OneIn(2));
    }

    private void ShutDown(int error)
    {
        if (!MayUseChannel)
            return;
        Note($"the program ends the channel with {error}");
        if (_programsShutdown < 0 && !_world.HasShutDown)
        {
            _programsShutdown = error;
            _acceptedBytes = _world.Handler.WrittenBytes;
        }
        else
        {
            _isAborted |= error != AWS_ERROR_SUCCESS;
        }

        _world.Shutdown(error);
    }

    private void RemoveSlot()
    {
        if (_isSlotRemoved || !_mayRemoveSlot || !MayUseChannel || !_draws.OneIn(4))
            return;
        _isSlotRemoved = true;
        Note("the program removes the socket's slot");
        ChannelSlot.Remove(Channel.GetFirstSlot(_world.Channel));
    }

    private void SetStatistics()
    {
        if (!MayUseChannel)
            return;
        StatisticsProbe probe = new(intervalMs: 60_000 * _draws.Size(10)); // of a year, too
        _statistics.Add(probe);
        Note("the program sets a statistics handler");
        Channel.SetStatisticsHandler(_world.Channel, probe.NewHandler(_world.Allocator));
    }

    private void Reset()
    {
        _isReset = true;
        Note("the network resets the connection");
        VirtualNetwork.ResetAll(_world.Network, null, null);
    }

    // ---- What is called ----

    private void OnMessage()
    {
        Note($"the program has {_world.Handler.Received.Count} bytes");
        ActUnderTheSocketsHandler();
    }

    private void OnCompletion()
    {
        Note($"completion {_world.Handler.Completed.Count} with {_world.Handler.Completed[^1]}");
        if (_isDestroyed && _world.Log.Contains("handler destroyed"))
            Findings.Add("a completion after the handler's end");
        ActUnderTheSocketsHandler();
    }

    private void OnTask(SeededTask task, aws_task_status status)
    {
        Note($"task {_tasks.IndexOf(task)}: {status}");
        if (status == aws_task_status.AWS_TASK_STATUS_RUN_READY && _world.Now < task.When)
            Findings.Add($"task {_tasks.IndexOf(task)} runs too early");
        ActInCallback();
    }

    private void ActUnderTheSocketsHandler()
    {
        _mayRemoveSlot = false;
        ActInCallback();
        _mayRemoveSlot = true;
    }

    private void ActInCallback()
    {
        if (_draws.OneIn(16))
            DrawAction()();
    }

    // ---- The end ----

    private void EndChannel()
    {
        ulong began = _world.Now;
        ShutDown(_draws.Error());
        while (!_world.HasShutDown && Findings.Count == 0)
        {
            if (!VirtualTime.Step(_world.Time) && !VirtualTime.RunToNextTimer(_world.Time))
                Findings.Add("the shutdown waits for ever");
            else if (_world.Now - began > MaxEnd + _world.Network->AbortNanoseconds)
                Findings.Add("the shutdown takes too long");
        }

        if (Findings.Count > 0)
            return;
        if (_draws.OneIn(2))
            _world.Advance(_draws.Delay());
        Note("the program destroys the channel");
        _isDestroyed = true;
        _world.OnLoop(_world.Destroy);
    }

    private void EndPeer()
    {
        if (Findings.Count > 0)
            return;
        _world.RunUntilIdle();
        _world.OnLoop(_peer.CloseAtEnd);
        _world.Advance((60 * Second) + _world.Network->AbortNanoseconds);
    }

    // ---- Rules ----

    private void CheckAll()
    {
        TestHandler handler = _world.Handler;
        Check(handler.Completed.Count == handler.WrittenMessages, "a completion for each message");
        Check(_peer.Completions == _peer.Writes, "a completion for each write of the peer");
        Check(_window == null || handler.Received.Count <= _granted, "no more than the window comes");
        Check(IsBeginning(handler.Received, _peer.WrittenBytes, SeededPeer.ByteAt), "what the peer has sent comes");
        Check(IsBeginning(_peer.Received, handler.WrittenBytes, ByteAt), "what the program has sent comes");
        Check(_tasks.All(task => task.Calls == 1), "each task is called once");
        Check(_statistics.All(probe => probe.BytesRead.Sum(bytes => (long)bytes) <= handler.Received.Count ||
            _isSlotRemoved || _window != null), "statistics count what has come");
        CheckOrder();
        CheckWholeStreams();
    }

    private void CheckOrder()
    {
        string[] expected = ["handler ends read", "handler ends write", "shut down", "handler destroyed"];
        IEnumerable<string> found = _world.Log
            .Select(line => expected.FirstOrDefault(line.StartsWith))
            .Where(line => line != null)!;
        Check(found.SequenceEqual(expected), "a shutdown ends reading, then writing, and is reported once");
    }

    private void CheckWholeStreams()
    {
        TestHandler handler = _world.Handler;
        bool endsInOrder = _programsShutdown == AWS_ERROR_SUCCESS && _world.ShutdownError == AWS_ERROR_SUCCESS &&
            !_isAborted && !_isReset && !_isSlotRemoved;
        if (endsInOrder && _peer.ReadsAll && !_peer.HasClosedItself)
        {
            WholeStreams++;
            Check(_peer.Received.Count >= _acceptedBytes, $"{_acceptedBytes} bytes before an end in order come whole");
        }

        bool readsAll = _window == null && !_isReset && !_isSlotRemoved;
        if (readsAll && _peer.HasEndedInOrder && _programsShutdown < 0)
        {
            WholeStreams++;
            Check(handler.Received.Count == _peer.WrittenBytes, "what comes before the peer's end comes whole");
        }
    }

    private void Check(bool isTrue, string rule)
    {
        if (!isTrue)
            Findings.Add($"not so: {rule}");
    }

    private static bool IsBeginning(List<byte> received, int sent, Func<int, byte> byteAt) =>
        received.Count <= sent && !received.Where((value, place) => value != byteAt(place)).Any();

    private static byte ByteAt(int place) => (byte)((place * 31) + (place >> 8) + 7);
}
