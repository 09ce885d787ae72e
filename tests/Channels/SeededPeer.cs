// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using Reseau.Native.Abi;
using Reseau.Native.Tests.Sockets;

namespace Reseau.Native.Tests.Channels;

/// <summary>The other end of the connection: a bare socket.</summary>
internal sealed unsafe class SeededPeer(SeededDraws draws, TestSocket socket, Action<string> note)
{
    private bool _hasEndedInput;
    private bool _hadSentAll;
    private bool _isClosed;

    /// <summary>It reads whatever comes, at once.</summary>
    internal bool ReadsAll { get; } = draws.OneIn(2);

    internal List<byte> Received => socket.Received;

    internal int Completions => socket.Completed.Count;

    internal int Writes { get; private set; }

    internal int WrittenBytes { get; private set; }

    /// <summary>It has sent its end behind everything, and reads on: what is queued is not sent after it.</summary>
    internal bool HasEndedInOrder => _hasEndedInput && _hadSentAll && !HasClosedItself;

    /// <summary>Before the channel had ended.</summary>
    internal bool HasClosedItself { get; private set; }

    internal static byte ByteAt(int place) => (byte)((place * 13) + (place >> 7) + 3);

    internal void Write(int maxBits)
    {
        if (_isClosed)
            return;
        byte[] bytes = new byte[draws.Size(maxBits)];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = ByteAt(WrittenBytes + i);
        int result = socket.Write(bytes);
        note($"the peer writes {bytes.Length}: {result}");
        if (result != AWS_ERROR_SUCCESS)
            return;
        Writes++;
        WrittenBytes += bytes.Length;
    }

    internal void ReadSome()
    {
        if (_isClosed)
            return;
        socket.Read((int)draws.Size(16));
        note($"the peer has {socket.Received.Count} bytes");
    }

    internal void EndInput()
    {
        if (_isClosed || _hasEndedInput)
            return;
        note("the peer ends its stream");
        _hadSentAll = Completions == Writes;
        _hasEndedInput = socket.Shutdown(aws_channel_direction.AWS_CHANNEL_DIR_WRITE) == AWS_ERROR_SUCCESS;
    }

    internal void Close()
    {
        if (_isClosed)
            return;
        note("the peer closes");
        HasClosedItself = true;
        CloseAtEnd();
    }

    /// <summary>When everything else is over.</summary>
    internal void CloseAtEnd()
    {
        if (!_isClosed)
            socket.Close();
        _isClosed = true;
    }
}
