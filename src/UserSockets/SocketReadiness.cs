// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>What could be done with a socket now, as poll() says it.</summary>
internal static unsafe class SocketReadiness
{
    internal const uint Readable = SocketApi.POLLIN | SocketApi.POLLRDNORM;
    internal const uint Writable = SocketApi.POLLOUT | SocketApi.POLLWRNORM;

    /// <summary>Reported whether asked for or not.</summary>
    internal const uint Always = SocketApi.POLLERR | SocketApi.POLLHUP;

    internal const uint Everything = Readable | Writable | Always | SocketApi.POLLRDHUP;

    internal static uint Of(UserSocket* socket)
    {
        if (socket->Phase == SocketPhase.Listening)
            return Volatile.Read(ref socket->Accepts.Count) > 0 ? Readable : 0;

        uint ready = Volatile.Read(ref socket->PendingError) != 0 ? (uint)SocketApi.POLLERR : 0;
        if (socket->HasConnections && socket->Phase == SocketPhase.Connecting)
            return ready;
        if (socket->HasConnections && socket->Phase == SocketPhase.Fresh)
            return ready | Writable | SocketApi.POLLHUP | (socket->HasFailed ? Readable | SocketApi.POLLRDHUP : 0);

        bool isReadOver = IsReadOver(socket);
        bool isWriteOver = socket->IsWriteShut || IsWriteOver(socket);
        if (isReadOver)
            ready |= Readable | SocketApi.POLLRDHUP;
        else if (HasData(socket, socket->Options.ReceiveLowWater))
            ready |= Readable;
        if (isWriteOver || Transport.IsWritable(socket, socket->Options.SendLowWater))
            ready |= Writable;
        if (isReadOver && isWriteOver)
            ready |= SocketApi.POLLHUP;
        return ready;
    }

    /// <summary>Nothing arrives any more. What has arrived may not have been read.</summary>
    internal static bool IsReadOver(UserSocket* socket) =>
        Volatile.Read(ref socket->IsReadShut) || Volatile.Read(ref socket->IsBroken)
        || (socket->IsStream ? socket->Stream.HasEnd : Volatile.Read(ref socket->HasPeerEnded));

    /// <summary>The peer takes nothing any more.</summary>
    internal static bool IsWriteOver(UserSocket* socket) =>
        Volatile.Read(ref socket->AreWritesRefused) || Volatile.Read(ref socket->IsBroken);

    /// <summary>Whether so many bytes can be read, or as many as there may ever be; or a datagram.</summary>
    internal static bool HasData(UserSocket* socket, nuint needed) => socket->IsStream
        ? socket->Stream.Available >= ulong.Min(needed, socket->Stream.Limit)
        : HasDatagram(socket);

    // Who waits for a call to go on.

    internal static bool CanRead(void* state, nuint needed)
    {
        UserSocket* socket = (UserSocket*)state;
        return HasData(socket, needed) || IsReadOver(socket) || Volatile.Read(ref socket->PendingError) != 0;
    }

    internal static bool CanWrite(void* state, nuint needed)
    {
        UserSocket* socket = (UserSocket*)state;
        return Volatile.Read(ref socket->IsWriteShut) || IsWriteOver(socket)
            || Volatile.Read(ref socket->PendingError) != 0
            || (socket->Phase != SocketPhase.Connecting && Transport.IsWritable(socket, needed));
    }

    internal static bool CanWriteDatagram(void* state, nuint needed)
    {
        UserSocket* socket = (UserSocket*)state;
        return Volatile.Read(ref socket->IsWriteShut) || IsWriteOver(socket)
            || Volatile.Read(ref socket->PendingError) != 0 || !Volatile.Read(ref socket->IsWriteBlocked);
    }

    internal static bool CanAccept(void* state, nuint unused)
    {
        UserSocket* socket = (UserSocket*)state;
        return Volatile.Read(ref socket->Accepts.Count) > 0 || socket->Phase != SocketPhase.Listening;
    }

    internal static bool HasConnected(void* state, nuint unused) =>
        ((UserSocket*)state)->Phase != SocketPhase.Connecting;

    // One datagram after the other is taken under the lock of reading, which moves what Find looks at.
    private static bool HasDatagram(UserSocket* socket)
    {
        Mutex.Lock(&socket->ReadLock);
        bool hasNext = DatagramRing.HasNext(&socket->Datagrams);
        Mutex.Unlock(&socket->ReadLock);
        return hasNext;
    }
}
