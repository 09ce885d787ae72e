// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Wire;

/// <summary>What one end of a connection has received: which parts of the stream, and where it ends.</summary>
internal unsafe struct WireReceiver
{
    private const uint WindowMax = 128 * 1024;

    private IntervalSet _arrived;

    internal bool HasEnd;

    /// <summary>Up to where everything has arrived.</summary>
    internal readonly ulong Before => _arrived.Count > 0 && _arrived.FirstStart == 0 ? _arrived.FirstEnd : 0;

    /// <summary>How much more than that there is room for. If it is little, more of it will be reported.</summary>
    internal static uint Window(UserSocket* socket)
    {
        nuint room = TransportReports.RoomOf(socket);
        if (room < WindowMax / 4)
            TransportReports.HasRoom(socket, WindowMax / 2);
        return (uint)nuint.Min(room, WindowMax);
    }

    /// <summary>A segment has arrived. Whether to acknowledge it: it is in the buffer, or was before.</summary>
    internal static bool Take(WireReceiver* receiver, UserSocket* socket, WirePacket* packet, out bool isRefused)
    {
        isRefused = false;
        if (packet->Length > 0 && !TakeBytes(receiver, socket, packet, out isRefused))
            return false;

        if ((packet->Flags & WirePacket.EndFlag) != 0)
        {
            ulong end = packet->Offset + (ulong)packet->Length;
            receiver->HasEnd |= TransportReports.End(socket, end) == 0;
        }

        return true;
    }

    // A segment that does not fit whole would be cut, and overlap with itself when it comes again.
    private static bool TakeBytes(
        WireReceiver* receiver, UserSocket* socket, WirePacket* packet, out bool isRefused)
    {
        isRefused = false;
        ulong end = packet->Offset + (ulong)packet->Length;
        if (end <= receiver->Before)
            return true;
        // One interval less than the buffer keeps, whose first one is not counted there.
        if (receiver->_arrived.Count >= IntervalSet.Capacity - 1 && packet->Offset != receiver->Before)
            return false;

        ulong needed = end - receiver->Before;
        if (TransportReports.RoomOf(socket) < needed)
        {
            TransportReports.HasRoom(socket, (nuint)needed);
            return false;
        }

        reseau_fragment fragment = default;
        fragment.offset = packet->Offset;
        fragment.data = WirePacket.Content(packet);
        fragment.length = (nuint)packet->Length;
        nint taken = TransportReports.Deliver(socket, &fragment);
        isRefused = taken == -SocketApi.EPIPE;
        if (taken == packet->Length)
            receiver->_arrived.Add(packet->Offset, end);
        return taken == packet->Length || taken == -SocketApi.EEXIST;
    }
}
