// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets;

/// <summary>
/// The part of a socket backend's contract (<see cref="SocketBackend"/>) that is about datagrams to and from any
/// address, many by one call of the system. Errors are those of the contract. Of the socket, whose handle is open,
/// nothing is changed, so that any number of threads may call at the same time. Nothing waits.
/// </summary>
internal unsafe struct DatagramBackend
{
    /// <summary>
    /// Names the socket. Port 0 lets the system choose. The flags are <see cref="DatagramFlags"/>'s.
    /// </summary>
    internal delegate*<SocketCore*, SocketAddress*, DatagramFlags, int> Bind;

    /// <summary>
    /// Sends datagrams, in order, as many as there is room for; the last argument is their number. An error, or
    /// WouldBlock, only if it is that of the first.
    /// </summary>
    internal delegate*<SocketCore*, DatagramPiece*, int, int*, int> Send;

    /// <summary>
    /// Receives datagrams, as many as are there; the last argument is their number. WouldBlock if there are none.
    /// </summary>
    internal delegate*<SocketCore*, DatagramPiece*, int, int*, int> Receive;

    /// <summary>Joins a multicast group, or leaves it, on an interface; 0 is the system's choice.</summary>
    internal delegate*<SocketCore*, IpAddress*, uint, bool, int> ChangeGroup;

    /// <summary>Sets an option to a number.</summary>
    internal delegate*<SocketCore*, DatagramSetting, int, int> Set;
}

/// <summary>How a datagram socket gets its name.</summary>
[System.Flags]
internal enum DatagramFlags
{
    None = 0,

    /// <summary>Others that ask for it too may have the same name.</summary>
    Share = 1,

    /// <summary>It may send to broadcast addresses.</summary>
    Broadcast = 2,

    /// <summary>An IPv6 socket takes no IPv4.</summary>
    IPv6Only = 4,
}

internal enum DatagramSetting
{
    /// <summary>Hops of datagrams to one address.</summary>
    Hops,
    MulticastHops,

    /// <summary>Whether datagrams to groups come back to this host.</summary>
    MulticastLoop,

    /// <summary>The interface, by number, by which datagrams to groups leave.</summary>
    MulticastInterface,

    /// <summary>Bytes that may wait to be received; the system has bounds of its own.</summary>
    ReceiveQueue,

    /// <summary>Whether several datagrams of one sender may be received as one piece.</summary>
    JoinReceived,
}

/// <summary>A datagram to send, or room for one and then what came.</summary>
internal unsafe struct DatagramPiece
{
    /// <summary>Of one call of the system, at most.</summary>
    internal const int MaxPieces = 32;

    internal byte* Data;

    /// <summary>Bytes to send; room, then bytes received.</summary>
    internal nuint Length;

    /// <summary>The other end; without family, to send: the peer of a connected socket.</summary>
    internal IpAddress Ip;
    internal ushort Port;

    /// <summary>Received: it was longer than the room for it.</summary>
    internal bool IsTruncated;

    /// <summary>
    /// Not 0: it is several datagrams of so many bytes, the last maybe shorter. What cannot be sent so is
    /// AWS_ERROR_UNSUPPORTED_OPERATION: then each is to be a piece of its own.
    /// </summary>
    internal int SegmentSize;

    /// <summary>Datagrams in one piece, at most.</summary>
    internal const int MaxSegments = 64;

    /// <summary>Bytes of a piece that is several, at most.</summary>
    internal const int MaxJoined = 65000;
}
