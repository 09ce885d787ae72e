// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>What a transport reports of a socket, on any thread: the functions of &lt;reseau/transport.h&gt;.</summary>
internal static unsafe class TransportReports
{
    /// <summary>How much of a fragment is in the receive buffer; or a negated error.</summary>
    internal static nint Deliver(UserSocket* socket, reseau_fragment* fragment)
    {
        if (fragment == null || (fragment->data == null && fragment->length > 0)
            || (fragment->address == null && fragment->address_length > 0))
        {
            return -SocketApi.EINVAL;
        }

        Mutex.Lock(&socket->DeliverLock);
        nint placed = Place(socket, fragment, 0);
        bool isPart = placed >= 0 && (nuint)placed < fragment->length;
        if (isPart || placed == -SocketApi.EAGAIN)
        {
            // Room that the reader has made meanwhile is found now, or else reported.
            nuint first = placed > 0 ? (nuint)placed : 0;
            NeedRoom(socket, fragment->length - first);
            nint more = Place(socket, fragment, first);
            placed = more >= 0 ? (nint)first + more : first > 0 ? (nint)first : more;
        }

        Mutex.Unlock(&socket->DeliverLock);
        if (placed >= 0)
            UserSocket.Raise(socket, SocketReadiness.Readable);
        return placed;
    }

    internal static bool HasRoom(UserSocket* socket, nuint needed)
    {
        if (Volatile.Read(ref socket->IsClosed) || HasRoomNow(socket, needed))
            return true;

        NeedRoom(socket, needed);
        return HasRoomNow(socket, needed);
    }

    /// <summary>How much the receive buffer would take at the end of what it has.</summary>
    internal static nuint RoomOf(UserSocket* socket) => socket->IsStream
        ? (nuint)socket->Stream.Room
        : (nuint)(ulong.Max(socket->Datagrams.Limit, socket->Datagrams.Used) - socket->Datagrams.Used);

    /// <summary>The program has read: the transport gets to know it if it is waiting for that.</summary>
    internal static void NoteRead(UserSocket* socket)
    {
        Interlocked.MemoryBarrier();
        ulong needed = Volatile.Read(ref socket->RoomNeeded);
        if (needed != 0 && HasRoomNow(socket, (nuint)needed) && Interlocked.Exchange(ref socket->RoomNeeded, 0) != 0)
            Transport.HasRead(socket);
    }

    internal static void Abandon(UserSocket* socket, ulong datagram)
    {
        if (socket->IsStream)
            return;

        Mutex.Lock(&socket->ReadLock);
        Mutex.Lock(&socket->DeliverLock);
        bool wasThere = !socket->IsClosed && DatagramRing.Abandon(&socket->Datagrams, datagram);
        if (wasThere)
            DatagramRing.Reclaim(&socket->Datagrams);
        Mutex.Unlock(&socket->DeliverLock);
        Mutex.Unlock(&socket->ReadLock);
        if (wasThere)
            UserSocket.Raise(socket, SocketReadiness.Readable);
    }

    internal static int End(UserSocket* socket, ulong offset)
    {
        bool isPossible = true;
        if (socket->IsStream)
        {
            Mutex.Lock(&socket->DeliverLock);
            isPossible = StreamRing.SetEnd(&socket->Stream, offset);
            Mutex.Unlock(&socket->DeliverLock);
        }
        else
        {
            Volatile.Write(ref socket->HasPeerEnded, true);
        }

        UserSocket.Raise(socket, uint.MaxValue);
        return isPossible ? 0 : -SocketApi.EINVAL;
    }

    internal static void RefuseWrites(UserSocket* socket)
    {
        Volatile.Write(ref socket->AreWritesRefused, true);
        UserSocket.Raise(socket, uint.MaxValue);
    }

    internal static void Fail(UserSocket* socket, int error)
    {
        if (socket->HasConnections && socket->Phase == SocketPhase.Connecting)
        {
            SocketConnect.Finish(socket, error);
            return;
        }

        Volatile.Write(ref socket->PendingError, error);
        if (socket->HasConnections)
            Volatile.Write(ref socket->IsBroken, true);
        UserSocket.Raise(socket, uint.MaxValue);
    }

    internal static void Writable(UserSocket* socket)
    {
        Volatile.Write(ref socket->IsWriteBlocked, false);
        UserSocket.Raise(socket, SocketReadiness.Writable);
    }

    internal static void Drained(UserSocket* socket)
    {
        Volatile.Write(ref socket->IsDrained, true);
        TransportDrain.End(socket);
        UserSocket.Raise(socket, SocketReadiness.Writable);
    }

    /// <summary>A connected socket for a listener: 0 or a negated error.</summary>
    internal static int Prepare(
        UserSocket* listener, void* state, reseau_transport_traits* traits, UserSocket** prepared)
    {
        if (listener->Phase != SocketPhase.Listening)
            return -SocketApi.ECONNREFUSED;

        *prepared = UserSocket.NewAccepted(listener, state, traits);
        return 0;
    }

    private static bool HasRoomNow(UserSocket* socket, nuint needed) => socket->IsStream
        ? socket->Stream.Room >= ulong.Min(needed, socket->Stream.Limit)
        : socket->Datagrams.HasRoom(needed);

    // The smallest of what several need: each is asked for again when there was not enough.
    private static void NeedRoom(UserSocket* socket, nuint needed)
    {
        ulong asked = ulong.Max(needed, 1);
        ulong seen = Volatile.Read(ref socket->RoomNeeded);
        while (seen == 0 || seen > asked)
        {
            ulong before = Interlocked.CompareExchange(ref socket->RoomNeeded, asked, seen);
            if (before == seen)
                break;
            seen = before;
        }

        Interlocked.MemoryBarrier();
    }

    // From a position of the fragment on. Of a datagram all or nothing.
    private static nint Place(UserSocket* socket, reseau_fragment* fragment, nuint from)
    {
        if (socket->IsClosed || socket->IsBroken)
            return -SocketApi.EPIPE;

        if (socket->IsStream)
        {
            Arrival arrival = StreamRing.Write(
                &socket->Stream,
                fragment->offset + from,
                (byte*)fragment->data + from,
                fragment->length - from,
                out ulong taken);
            return arrival != Arrival.Taken ? ErrorOf(arrival)
                : taken == 0 && fragment->length > from ? -SocketApi.EAGAIN
                : (nint)taken;
        }

        if (socket->HasPeerEnded)
            return -SocketApi.EPIPE;
        Arrival result = DatagramRing.Write(&socket->Datagrams, fragment, out bool isTaken);
        return result != Arrival.Taken ? ErrorOf(result) : isTaken ? (nint)fragment->length : -SocketApi.EAGAIN;
    }

    private static int ErrorOf(Arrival arrival) => arrival switch
    {
        Arrival.Duplicate => -SocketApi.EEXIST,
        Arrival.TooMany => -SocketApi.ENOBUFS,
        Arrival.TooLarge => -SocketApi.EMSGSIZE,
        _ => -SocketApi.EINVAL,
    };
}
