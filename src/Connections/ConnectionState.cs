// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Connections;

/// <summary>Where a connection is. The table of transitions is in docs/lifetimes.md, rule 107.</summary>
internal enum ConnectionPhase : byte
{
    /// <summary>A name is looked up, or addresses are tried.</summary>
    Connecting,

    /// <summary>A proxy is asked for the connection.</summary>
    Proxying,

    /// <summary>The TLS handshake goes on.</summary>
    Handshaking,
    Open,

    /// <summary>Closed by this side: what is queued still goes, and what comes in is thrown away.</summary>
    Closing,

    /// <summary>The socket is gone; the last callback is called, or was.</summary>
    Closed,
}

/// <summary>What moves a connection from one phase to another.</summary>
internal enum ConnectionEvent : byte
{
    /// <summary>The socket is connected, to a proxy.</summary>
    ProxyBegun,

    /// <summary>The socket is connected, and a handshake is to follow.</summary>
    TlsBegun,

    /// <summary>The connection can be used.</summary>
    Opened,

    /// <summary>This side closes it, behind what is queued.</summary>
    CloseBegun,

    /// <summary>The socket goes, for whatever reason.</summary>
    Ended,
}

/// <summary>The transitions of a connection, all of them.</summary>
internal static class ConnectionTransitions
{
    /// <summary>The phase that follows. Where the table has no entry, the event changes nothing.</summary>
    internal static ConnectionPhase After(ConnectionPhase phase, ConnectionEvent happened) => (phase, happened) switch
    {
        (ConnectionPhase.Connecting, ConnectionEvent.ProxyBegun) => ConnectionPhase.Proxying,
        (ConnectionPhase.Connecting or ConnectionPhase.Proxying or ConnectionPhase.Open, ConnectionEvent.TlsBegun) =>
            ConnectionPhase.Handshaking,
        ( < ConnectionPhase.Open, ConnectionEvent.Opened) => ConnectionPhase.Open,
        (ConnectionPhase.Open, ConnectionEvent.CloseBegun) => ConnectionPhase.Closing,
        (_, ConnectionEvent.Ended) => ConnectionPhase.Closed,
        _ => phase,
    };
}
