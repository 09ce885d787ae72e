// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Tls;

/// <summary>Where a connection of an engine takes records from, and where it puts them. Its owner provides both.</summary>
internal unsafe struct TlsTransport
{
    /// <summary>Moves at most this many bytes; 0 when there are none at present.</summary>
    internal delegate*<TlsTransport*, byte*, nuint, nuint> Take;

    /// <summary>All of it is accepted, or the connection is broken.</summary>
    internal delegate*<TlsTransport*, byte*, nuint, bool> Put;
}
