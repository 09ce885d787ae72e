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
        readonly get => Has(LoopFacts.HasDeliveredEnd);
        set => Set(LoopFacts.HasDeliveredEnd, value);
    }

    /// <summary>The end of the stream has been queued behind all writes, or sent.</summary>
    internal bool HasSentEnd
    {
        readonly get => Has(LoopFacts.HasSentEnd);
        set => Set(LoopFacts.HasSentEnd, value);
    }

    internal bool IsServer
    {
        readonly get => Has(LoopFacts.IsServer);
        set => Set(LoopFacts.IsServer, value);
    }

    /// <summary>It could be used once.</summary>
    internal bool HasOpened
    {
        readonly get => Has(LoopFacts.HasOpened);
        set => Set(LoopFacts.HasOpened, value);
    }

    /// <summary>It closes because the peer's stream has ended.</summary>
    internal bool IsClosedByPeer
    {
        readonly get => Has(LoopFacts.IsClosedByPeer);
        set => Set(LoopFacts.IsClosedByPeer, value);
    }

    /// <summary>A TLS handshake has succeeded.</summary>
    internal bool IsEncrypted
    {
        readonly get => Has(LoopFacts.IsEncrypted);
        set => Set(LoopFacts.IsEncrypted, value);
    }

    /// <summary>The program has taken its descriptor out.</summary>
    internal bool IsDetached
    {
        readonly get => Has(LoopFacts.IsDetached);
        set => Set(LoopFacts.IsDetached, value);
    }

    // ---- Under the lock ----

    /// <summary>`on_open` has returned, if there is one.</summary>
    internal bool IsOpenReported
    {
        readonly get => Has(SharedFacts.IsOpenReported);
        set => Set(SharedFacts.IsOpenReported, value);
    }

    /// <summary>It is to end without an end of its stream: whoever sends it at this moment does not.</summary>
    internal bool IsAborting
    {
        readonly get => Has(SharedFacts.IsAborting);
        set => Set(SharedFacts.IsAborting, value);
    }

    /// <summary>The program has asked for nothing to be read.</summary>
    internal bool IsPaused
    {
        readonly get => Has(SharedFacts.IsPaused);
        set => Set(SharedFacts.IsPaused, value);
    }

    /// <summary>Only the loop sends and receives: the socket goes.</summary>
    internal bool IsDirectOver
    {
        readonly get => Has(SharedFacts.IsDirectOver);
        set => Set(SharedFacts.IsDirectOver, value);
    }

    /// <summary>The program has closed it, or never got its id: nobody will ask for it any more.</summary>
    internal bool IsForgotten
    {
        readonly get => Has(SharedFacts.IsForgotten);
        set => Set(SharedFacts.IsForgotten, value);
    }

    /// <summary>The last callback has returned.</summary>
    internal bool IsFinished
    {
        readonly get => Has(SharedFacts.IsFinished);
        set => Set(SharedFacts.IsFinished, value);
    }

    /// <summary>It has been taken off the table of ids.</summary>
    internal bool IsEnded
    {
        readonly get => Has(SharedFacts.IsEnded);
        set => Set(SharedFacts.IsEnded, value);
    }

    private readonly bool Has(LoopFacts fact) => (_loopFacts & fact) != 0;

    private readonly bool Has(SharedFacts fact) => (_sharedFacts & fact) != 0;

    private void Set(LoopFacts fact, bool isSo) => _loopFacts = isSo ? _loopFacts | fact : _loopFacts & ~fact;

    private void Set(SharedFacts fact, bool isSo) => _sharedFacts = isSo ? _sharedFacts | fact : _sharedFacts & ~fact;
}
