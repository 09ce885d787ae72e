// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>
/// What one end of a connection receives: how much the other one may send, and what the receive buffer had no room for
/// all the same, since the program has made it smaller meanwhile.
/// </summary>
internal unsafe struct SharedReceiver
{
    private const ulong WorthSaying = 128 * 1024;

    private ulong _delivered;
    private ulong _kept;
    private byte* _keptBytes;

    /// <summary>Up to which position of the stream may be sent.</summary>
    internal ulong Limit;

    /// <summary>Nothing more comes.</summary>
    internal bool HasEnd;

    internal static void CleanUp(SharedReceiver* receiver)
    {
        Common.Allocator.Release(Common.Allocator.Default(), receiver->_keptBytes);
        receiver->_keptBytes = null;
        receiver->_kept = 0;
    }

    /// <summary>The first limit.</summary>
    internal static void Begin(SharedReceiver* receiver, UserSocket* socket) =>
        receiver->Limit = TransportReports.RoomOf(socket);

    /// <summary>Takes the content of a frame; or not, from an end that does not keep to the limit.</summary>
    internal static Arrival Take(SharedReceiver* receiver, UserSocket* socket, SharedLink* link, SharedFrame* frame)
    {
        ulong received = receiver->_delivered + receiver->_kept;
        if (receiver->HasEnd || frame->Length > receiver->Limit - received)
            return Arrival.Invalid;

        ulong at = 0;
        while (at < frame->Length)
        {
            nuint length = (nuint)(frame->Length - at);
            byte* piece = SharedLink.Piece(link, at, ref length);
            nint taken = receiver->_kept > 0 ? 0 : Deliver(receiver, socket, piece, length);
            if (taken < 0)
                return Arrival.Invalid;
            if ((nuint)taken < length)
                Keep(receiver, piece + taken, length - (nuint)taken);
            at += length;
        }

        return Arrival.Taken;
    }

    internal static void TakeEnd(SharedReceiver* receiver, UserSocket* socket)
    {
        receiver->HasEnd = true;
        if (receiver->_kept == 0)
            TransportReports.End(socket, receiver->_delivered);
    }

    /// <summary>Delivers what was kept. Whether the other end may send more, so much that it is to know.</summary>
    internal static bool Widen(SharedReceiver* receiver, UserSocket* socket)
    {
        if (receiver->_kept > 0 && !DeliverKept(receiver, socket))
            return false;
        if (receiver->HasEnd || receiver->Limit - receiver->_delivered >= WorthSaying)
            return false;
        if (!TransportReports.HasRoom(socket, (nuint)WorthSaying))
            return false;

        ulong limit = receiver->_delivered + TransportReports.RoomOf(socket);
        bool isMore = limit > receiver->Limit;
        receiver->Limit = ulong.Max(receiver->Limit, limit);
        return isMore;
    }

    private static nint Deliver(SharedReceiver* receiver, UserSocket* socket, byte* bytes, nuint length)
    {
        reseau_fragment fragment = default;
        fragment.offset = receiver->_delivered;
        fragment.data = bytes;
        fragment.length = length;
        nint taken = TransportReports.Deliver(socket, &fragment);
        if (taken == -SocketApi.EAGAIN)
            return 0;
        if (taken > 0)
            receiver->_delivered += (ulong)taken;
        return taken;
    }

    private static void Keep(SharedReceiver* receiver, byte* bytes, nuint length)
    {
        byte* all = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), (nuint)receiver->_kept + length);
        NativeMemory.Copy(receiver->_keptBytes, all, (nuint)receiver->_kept);
        NativeMemory.Copy(bytes, all + receiver->_kept, length);
        Common.Allocator.Release(Common.Allocator.Default(), receiver->_keptBytes);
        receiver->_keptBytes = all;
        receiver->_kept += length;
    }

    // Whether that was all; the rest comes when there is room again.
    private static bool DeliverKept(SharedReceiver* receiver, UserSocket* socket)
    {
        nint taken = Deliver(receiver, socket, receiver->_keptBytes, (nuint)receiver->_kept);
        if (taken < 0)
            return false;

        receiver->_kept -= (ulong)taken;
        NativeMemory.Copy(receiver->_keptBytes + taken, receiver->_keptBytes, (nuint)receiver->_kept);
        if (receiver->_kept > 0)
            return false;

        CleanUp(receiver);
        if (receiver->HasEnd)
            TransportReports.End(socket, receiver->_delivered);
        return true;
    }
}
