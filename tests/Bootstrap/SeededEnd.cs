// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Reseau.Native.Channels.Handlers;
using Reseau.Native.Sockets;
using Reseau.Native.Sockets.Virtual;
using Reseau.Native.Tests.Channels;
using Reseau.Native.Tests.Sockets;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>
/// One end of a connection that a <see cref="SeededConversation"/> has set up: what it writes, how it grants its
/// window, and how it ends. The first byte of what it sends is its number; the others follow from that and their place.
/// </summary>
internal sealed unsafe class SeededEnd
{
    private const int NotYet = -1;

    private readonly SeededConversation _world;
    private readonly SeededDraws _draws;
    private readonly TestHandler _handler;
    private readonly byte _number;
    private readonly bool _hasBackPressure;
    private readonly bool _grantsAtOnce;
    private readonly List<int> _writes = [];
    private int _messagesLeft;
    private readonly int _endsAfterWrites;
    private readonly ulong _began;
    private readonly ulong _ownSocket;
    private readonly ulong _otherSocket;
    private aws_channel* _channel;
    private int _seen;
    private int _granted;
    private int _shutdown = NotYet;
    private ulong _shutdownTime;
    private bool _isAborted;
    private int _acceptedBytes;

    internal SeededEnd(SeededConversation world, byte number, aws_channel* channel, bool hasBackPressure, ulong seed)
    {
        _world = world;
        _number = number;
        _channel = channel;
        _hasBackPressure = hasBackPressure;
        _draws = new SeededDraws(seed);
        _began = world.Now;
        _grantsAtOnce = _draws.OneIn(2);
        aws_socket* socket = SocketHandler.GetSocket(Channel.GetFirstSlot(channel)->handler);
        if (Socket.IsOpen(socket))
        {
            VirtualSocket* own = VirtualSocket.Of(AwsSocket.CoreOf(socket));
            _ownSocket = own->Number;
            _otherSocket = own->Peer == null ? 0 : own->Peer->Number;
        }

        nuint window = (nuint)_draws.Size(15);
        _handler = new TestHandler($"end {number}", hasBackPressure ? window : nuint.MaxValue, world.Log)
        {
            OnMessage = OnMessage,
            OnCompletion = OnCompletion,
        };
        for (int i = _draws.UpTo(4); i > 0; i--)
            _writes.Add((int)_draws.Size(world.MaxWriteBits));
        _messagesLeft = _draws.OneIn(4) ? 1 + _draws.UpTo(3) : int.MaxValue;
        _endsAfterWrites = _draws.OneIn(3) ? _draws.UpTo(_writes.Count) : int.MaxValue;
        if (hasBackPressure)
            world.Write($"end {number}: window of {window}, {(_grantsAtOnce ? "granted at once" : "granted late")}");
        _handler.Install(channel);
        _granted = (int)window;
        Begin();
    }

    internal byte Number => _number;

    internal bool HadToGetAll { get; private set; }

    internal bool IsThere => _channel != null;

    private IReadOnlyList<byte> Received => _handler.Received;

    /// <summary>By a program that ends everything, or by the plan.</summary>
    internal void ShutDown(int error)
    {
        if (_channel == null)
            return;

        _world.Write($"end {_number} is shut down with {error}");
        if (_shutdown == NotYet)
        {
            _shutdown = error;
            _shutdownTime = _world.Now;
            _acceptedBytes = _handler.WrittenBytes;
        }
        else
        {
            _isAborted |= error != AWS_ERROR_SUCCESS;
        }

        Channel.Shutdown(_channel, error);
    }

    /// <summary>The shutdown callback has come.</summary>
    internal void OnEnd(int error)
    {
        _world.Write($"end {_number} has ended with {error}");
        _channel = null;
        if (_shutdown == NotYet)
            _acceptedBytes = _handler.WrittenBytes;
        else if (error != _shutdown)
            _isAborted = true;
    }

    internal bool IsPeerOf(SeededEnd other) =>
        (_ownSocket != 0 && _ownSocket == other._otherSocket) ||
        (_otherSocket != 0 && _otherSocket == other._ownSocket);

    /// <summary>Everything is over. What is wrong, or null.</summary>
    internal string? Check(SeededEnd? peer)
    {
        if (_handler.Completed.Count != _handler.WrittenMessages)
            return $"{_handler.WrittenMessages} messages, {_handler.Completed.Count} completions";
        if (_hasBackPressure && Received.Count > _granted && _granted >= 0)
            return $"{Received.Count} bytes came, a window of {_granted} was granted";
        if (peer == null)
            return Received.Count == 0 ? null : "bytes came, but nobody has sent any";
        if (Received.Count > peer._handler.WrittenBytes)
            return $"{Received.Count} bytes came, {peer._handler.WrittenBytes} were sent";
        for (int i = 0; i < Received.Count; i++)
        {
            if (Received[i] != peer.ByteAt(i))
                return $"byte {i} is {Received[i]}, not {peer.ByteAt(i)}";
        }

        return CheckAll(peer);
    }

    // Whoever only reads gets everything from whoever ends in order.
    private string? CheckAll(SeededEnd peer)
    {
        bool isInOrder = peer._shutdown == AWS_ERROR_SUCCESS && !peer._isAborted;

        bool readsAll = _shutdown == NotYet && (!_hasBackPressure || _grantsAtOnce);

        // A peer that takes nothing is waited for a second.
        bool isInTime = _began < peer._shutdownTime + SeededConversation.Second;
        if (!isInOrder || !readsAll || !isInTime)
            return null;
        HadToGetAll = peer._acceptedBytes > 0;
        if (Received.Count < peer._acceptedBytes)
            return $"{Received.Count} bytes came of {peer._acceptedBytes} that were sent before an end in order";
        return null;
    }

    private byte ByteAt(int place) => place == 0 ? _number : (byte)((place * 31) + (place >> 8) + _number);

    private void Begin()
    {
        if (_hasBackPressure && _draws.OneIn(8))
            Grant(nuint.MaxValue);
        if (_draws.OneIn(3))
            _world.Later(_draws, () => ShutDown(_draws.Error()));
        if (_endsAfterWrites == 0 && _draws.OneIn(2))
            ShutDown(_draws.Error());
        if (_draws.OneIn(2))
            WriteNext();
        else
            _world.Later(_draws, WriteNext);
    }

    private void WriteNext()
    {
        if (_channel == null || _writes.Count == 0)
            return;

        byte[] bytes = new byte[_writes[0]];
        _writes.RemoveAt(0);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ByteAt(_handler.WrittenBytes + i);
        _world.Write($"end {_number} writes {bytes.Length}");
        _handler.Write(bytes);
    }

    private void OnCompletion()
    {
        int count = _handler.Completed.Count;
        _world.Write($"end {_number}: completion {count} with {_handler.Completed[^1]}");
        if (count >= _endsAfterWrites && _shutdown == NotYet)
            ShutDown(_draws.Error());
        else if (_draws.OneIn(2))
            WriteNext();
        else
            _world.Later(_draws, WriteNext);
    }

    private void OnMessage()
    {
        _world.Write($"end {_number} has {Received.Count} bytes");
        _world.OnMessage();
        if (--_messagesLeft <= 0 && _shutdown == NotYet)
            ShutDown(_draws.Error());
        if (!_hasBackPressure)
            return;

        if (_grantsAtOnce)
            GrantInPieces(Received.Count - _seen);
        else
            _world.Later(_draws, () => Grant((nuint)_draws.Size(16)));
        _seen = Received.Count;
    }

    private void GrantInPieces(int size)
    {
        int first = _draws.UpTo(size);
        Grant((nuint)first);
        Grant((nuint)(size - first));
    }

    private void Grant(nuint size)
    {
        if (_channel == null)
            return;

        _granted = size == nuint.MaxValue ? int.MinValue : _granted + (int)size;
        _handler.GrantWindow(size);
    }
}
