// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Connections;

/// <summary>
/// What has happened to a connection, a bit each, since there are many connections and each byte of theirs counts. What
/// changes with every message has a byte of its own (<see cref="Connection"/>).
/// </summary>
internal unsafe partial struct Connection
{
    [Flags]
    private enum LoopFacts : byte
    {
        HasDeliveredEnd = 1,
        HasSentEnd = 2,
        IsServer = 4,
        HasOpened = 8,
        IsClosedByPeer = 16,
        IsEncrypted = 32,
        IsDetached = 64,
    }

    // Changed under the lock only: a change of one is a change of all.
    [Flags]
    private enum SharedFacts : byte
    {
        IsOpenReported = 1,
        IsAborting = 2,
        IsPaused = 4,
        IsDirectOver = 8,
        IsForgotten = 16,
        IsFinished = 32,
        IsEnded = 64,
    }

    // ---- The loop thread's ----

    /// <summary>The end has been delivered.</summary>
    internal bool HasDeliveredEnd
    {
        readonly get => (_loopFacts & LoopFacts.HasDeliveredEnd) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.HasDeliveredEnd : _loopFacts & ~LoopFacts.HasDeliveredEnd;
    }

    /// <summary>The end of the stream has been queued behind all writes, or sent.</summary>
    internal bool HasSentEnd
    {
        readonly get => (_loopFacts & LoopFacts.HasSentEnd) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.HasSentEnd : _loopFacts & ~LoopFacts.HasSentEnd;
    }

    internal bool IsServer
    {
        readonly get => (_loopFacts & LoopFacts.IsServer) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.IsServer : _loopFacts & ~LoopFacts.IsServer;
    }

    /// <summary>It could be used once.</summary>
    internal bool HasOpened
    {
        readonly get => (_loopFacts & LoopFacts.HasOpened) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.HasOpened : _loopFacts & ~LoopFacts.HasOpened;
    }

    /// <summary>It closes because the peer's stream has ended.</summary>
    internal bool IsClosedByPeer
    {
        readonly get => (_loopFacts & LoopFacts.IsClosedByPeer) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.IsClosedByPeer : _loopFacts & ~LoopFacts.IsClosedByPeer;
    }

    /// <summary>A TLS handshake has succeeded.</summary>
    internal bool IsEncrypted
    {
        readonly get => (_loopFacts & LoopFacts.IsEncrypted) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.IsEncrypted : _loopFacts & ~LoopFacts.IsEncrypted;
    }

    /// <summary>The program has taken its descriptor out.</summary>
    internal bool IsDetached
    {
        readonly get => (_loopFacts & LoopFacts.IsDetached) != 0;
        set => _loopFacts = value ? _loopFacts | LoopFacts.IsDetached : _loopFacts & ~LoopFacts.IsDetached;
    }

    // ---- Under the lock ----

    /// <summary>`on_open` has returned, if there is one.</summary>
    internal bool IsOpenReported
    {
        readonly get => (_sharedFacts & SharedFacts.IsOpenReported) != 0;
        set => _sharedFacts = value
            ? _sharedFacts | SharedFacts.IsOpenReported
            : _sharedFacts & ~SharedFacts.IsOpenReported;
    }

    /// <summary>It is to end without an end of its stream: whoever sends it at this moment does not.</summary>
    internal bool IsAborting
    {
        readonly get => (_sharedFacts & SharedFacts.IsAborting) != 0;
        set => _sharedFacts = value ? _sharedFacts | SharedFacts.IsAborting : _sharedFacts & ~SharedFacts.IsAborting;
    }

    /// <summary>The program has asked for nothing to be read.</summary>
    internal bool IsPaused
    {
        readonly get => (_sharedFacts & SharedFacts.IsPaused) != 0;
        set => _sharedFacts = value ? _sharedFacts | SharedFacts.IsPaused : _sharedFacts & ~SharedFacts.IsPaused;
    }

    /// <summary>Only the loop sends and receives: the socket goes.</summary>
    internal bool IsDirectOver
    {
        readonly get => (_sharedFacts & SharedFacts.IsDirectOver) != 0;
        set => _sharedFacts = value
            ? _sharedFacts | SharedFacts.IsDirectOver
            : _sharedFacts & ~SharedFacts.IsDirectOver;
    }

    /// <summary>The program has closed it, or never got its id: nobody will ask for it any more.</summary>
    internal bool IsForgotten
    {
        readonly get => (_sharedFacts & SharedFacts.IsForgotten) != 0;
        set => _sharedFacts = value ? _sharedFacts | SharedFacts.IsForgotten : _sharedFacts & ~SharedFacts.IsForgotten;
    }

    /// <summary>The last callback has returned.</summary>
    internal bool IsFinished
    {
        readonly get => (_sharedFacts & SharedFacts.IsFinished) != 0;
        set => _sharedFacts = value ? _sharedFacts | SharedFacts.IsFinished : _sharedFacts & ~SharedFacts.IsFinished;
    }

    /// <summary>It has been taken off the table of ids.</summary>
    internal bool IsEnded
    {
        readonly get => (_sharedFacts & SharedFacts.IsEnded) != 0;
        set => _sharedFacts = value ? _sharedFacts | SharedFacts.IsEnded : _sharedFacts & ~SharedFacts.IsEnded;
    }
}
