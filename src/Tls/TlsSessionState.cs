// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Tls;

/// <summary>Where a session is. The table of transitions is in docs/lifetimes.md, rule 84.</summary>
internal enum TlsSessionState : byte
{
    /// <summary>Nothing has happened yet.</summary>
    Idle,
    Handshaking,

    /// <summary>The handshake waits for a private key that the engine does not have.</summary>
    AwaitingKey,

    /// <summary>It failed, or was given up, before there was a connection.</summary>
    HandshakeFailed,

    /// <summary>Content goes both ways. This state and those below it have had a handshake.</summary>
    Open,

    /// <summary>The peer's close_notify has come: nothing more is read.</summary>
    ReadClosed,

    /// <summary>Our close_notify has gone: nothing more is written.</summary>
    WriteClosed,
    Closed,

    /// <summary>It failed after the handshake.</summary>
    Lost,
}

/// <summary>What moves a session from one state to another.</summary>
internal enum TlsSessionEvent : byte
{
    HandshakeStepped,
    KeyNeeded,
    KeyAnswered,
    HandshakeFinished,
    CloseNotifyReceived,
    CloseNotifySent,
    Failed,

    /// <summary>The owner gives the handshake up, at the latest because its last flight could not be sent.</summary>
    HandshakeAbandoned,
}

/// <summary>The transitions of a session, all of them.</summary>
internal static class TlsSessionTransitions
{
    /// <summary>The state that follows. Where the table has no entry, the event changes nothing.</summary>
    internal static TlsSessionState After(TlsSessionState state, TlsSessionEvent happened) => (state, happened) switch
    {
        (TlsSessionState.Idle, TlsSessionEvent.HandshakeStepped) => TlsSessionState.Handshaking,
        (TlsSessionState.Handshaking, TlsSessionEvent.KeyNeeded) => TlsSessionState.AwaitingKey,
        (TlsSessionState.Handshaking, TlsSessionEvent.HandshakeFinished) => TlsSessionState.Open,
        (TlsSessionState.AwaitingKey, TlsSessionEvent.KeyAnswered) => TlsSessionState.Handshaking,
        (TlsSessionState.Open, TlsSessionEvent.CloseNotifyReceived) => TlsSessionState.ReadClosed,
        (TlsSessionState.Open, TlsSessionEvent.CloseNotifySent) => TlsSessionState.WriteClosed,
        (TlsSessionState.ReadClosed, TlsSessionEvent.CloseNotifySent) => TlsSessionState.Closed,
        (TlsSessionState.WriteClosed, TlsSessionEvent.CloseNotifyReceived) => TlsSessionState.Closed,
        ( <= TlsSessionState.AwaitingKey, TlsSessionEvent.Failed) => TlsSessionState.HandshakeFailed,
        ( <= TlsSessionState.AwaitingKey, TlsSessionEvent.HandshakeAbandoned) => TlsSessionState.HandshakeFailed,
        (TlsSessionState.Open, TlsSessionEvent.HandshakeAbandoned) => TlsSessionState.HandshakeFailed,
        (TlsSessionState.Open, TlsSessionEvent.Failed) => TlsSessionState.Lost,
        (TlsSessionState.ReadClosed, TlsSessionEvent.Failed) => TlsSessionState.Lost,
        (TlsSessionState.WriteClosed, TlsSessionEvent.Failed) => TlsSessionState.Lost,
        _ => state,
    };
}
