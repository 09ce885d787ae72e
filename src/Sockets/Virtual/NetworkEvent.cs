// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>What a network reports of itself. The numbers are part of what traces are compared by.</summary>
internal enum NetworkEventKind : byte
{
    /// <summary>A packet leaves its host: with its time of arrival, if that is known.</summary>
    Sent = 1,

    /// <summary>A packet has come to whoever it is for.</summary>
    Arrived = 2,

    /// <summary>A packet is lost for good.</summary>
    Lost = 3,

    /// <summary>A packet that could not arrive is to be sent again.</summary>
    Delayed = 4,
}

/// <summary>A packet, and what has become of it. Good inside the call only.</summary>
internal unsafe struct NetworkEvent
{
    internal const byte Fin = 0x01;
    internal const byte Syn = 0x02;
    internal const byte Rst = 0x04;
    internal const byte Ack = 0x10;

    internal NetworkEventKind Kind;
    internal bool IsStream;
    internal VirtualHost* FromHost;
    internal VirtualHost* ToHost;
    internal IpAddress From;
    internal IpAddress To;
    internal ushort FromPort;
    internal ushort ToPort;

    /// <summary>Of a stream: the place of the first byte, what has come the other way, and flags of TCP.</summary>
    internal uint Sequence;
    internal uint Acknowledged;
    internal byte Flags;

    internal byte* Data;
    internal nuint Length;
    internal ulong Arrival;
}
