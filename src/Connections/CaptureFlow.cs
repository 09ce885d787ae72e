// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>A captured connection: its addresses, and how far each direction is. Under the capture's lock.</summary>
internal unsafe struct CaptureFlow
{
    /// <summary>The next one whose id has the same place in the table.</summary>
    internal CaptureFlow* Next;
    internal long Id;

    private IpAddress _own;
    private IpAddress _peer;
    private ushort _ownPort;
    private ushort _peerPort;

    // The number that the next byte of each side has.
    private uint _ownNext;
    private uint _peerNext;
    private bool _hasOwnEnded;
    private bool _hasPeerEnded;

    /// <summary>
    /// For a connection that has its socket. Unix sockets get loopback addresses, and ports of their id.
    /// </summary>
    internal static CaptureFlow* New(Connection* connection)
    {
        CaptureFlow* flow = Allocator.New<CaptureFlow>(Allocator.Default());
        flow->Id = connection->Object.Id;
        bool isRead =
            TryReadAddress(connection, isPeer: false, &flow->_own, &flow->_ownPort) &
            TryReadAddress(connection, isPeer: true, &flow->_peer, &flow->_peerPort);
        if (!isRead || flow->_own.Family != flow->_peer.Family)
            MakeUp(flow);
        return flow;
    }

    internal static void Free(CaptureFlow* flow) => Allocator.Release(Allocator.Default(), flow);

    /// <summary>The next packet of one side, with a part of its stream. It counts even if it is dropped.</summary>
    internal static MadePacket Make(CaptureFlow* flow, bool isOwn, byte flags, byte* data, nuint length)
    {
        MadePacket packet = new()
        {
            From = isOwn ? &flow->_own : &flow->_peer,
            To = isOwn ? &flow->_peer : &flow->_own,
            FromPort = isOwn ? flow->_ownPort : flow->_peerPort,
            ToPort = isOwn ? flow->_peerPort : flow->_ownPort,
            Sequence = isOwn ? flow->_ownNext : flow->_peerNext,
            Acknowledged = isOwn ? flow->_peerNext : flow->_ownNext,
            Flags = flags,
            Data = data,
            Length = length,
        };
        uint step = (uint)length + ((flags & (MadePacket.Syn | MadePacket.Fin)) != 0 ? 1u : 0u);
        if (isOwn)
            flow->_ownNext += step;
        else
            flow->_peerNext += step;
        return packet;
    }

    /// <summary>So many bytes of this side's stream are not captured.</summary>
    internal static void Skip(CaptureFlow* flow, ulong length) => flow->_ownNext += (uint)length;

    /// <summary>False if that side's end has been captured.</summary>
    internal static bool TryEnd(CaptureFlow* flow, bool isOwn)
    {
        bool hadEnded = isOwn ? flow->_hasOwnEnded : flow->_hasPeerEnded;
        if (isOwn)
            flow->_hasOwnEnded = true;
        else
            flow->_hasPeerEnded = true;
        return !hadEnded;
    }

    private static bool TryReadAddress(Connection* connection, bool isPeer, IpAddress* ip, ushort* port)
    {
        aws_socket_endpoint endpoint;
        if (ConnectionAddresses.Get(connection, isPeer, &endpoint) != 0 || !IpAddress.TryParse(endpoint.address, ip))
            return false;

        *ip = IpAddress.UnmapFromIPv6(ip);
        *port = (ushort)endpoint.port;
        return true;
    }

    private static void MakeUp(CaptureFlow* flow)
    {
        uint loopback = 0;
        byte* bytes = (byte*)&loopback;
        bytes[0] = 127;
        bytes[3] = 1;
        flow->_own = IpAddress.FromBytes(IpFamily.IPv4, bytes, 0);
        flow->_peer = flow->_own;
        flow->_ownPort = (ushort)(0x8000 | (flow->Id & 0x7FFF));
        flow->_peerPort = 1;
    }
}
