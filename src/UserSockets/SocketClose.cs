// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>The end of a socket, and of one of its directions.</summary>
internal static unsafe class SocketClose
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The last descriptor is gone, and no call is under way.</summary>
    internal static void Close(Description* description)
    {
        UserSocket* socket = (UserSocket*)description;
        EventQueue.Forget(description);
        EndListening(socket);
        bool wasAllRead = DropInput(socket);
        api_linger linger = socket->Options.Linger;
        bool isAbort = socket->HasConnections && (!wasAllRead || (linger.l_onoff != 0 && linger.l_linger == 0));
        int result = Transport.Close(
            socket, isAbort ? RESEAU_TRANSPORT_CLOSE_ABORT : RESEAU_TRANSPORT_CLOSE_GRACEFUL);
        if (result == -SocketApi.EINPROGRESS)
        {
            TransportDrain.Begin(socket);
            if (linger.l_onoff != 0)
                AwaitDrained(socket, (ulong)linger.l_linger * NanosecondsPerSecond);
        }

        UserSocket.Destroy(socket);
    }

    /// <summary>shutdown().</summary>
    internal static int Shutdown(UserSocket* socket, int how)
    {
        if (how is < SocketApi.SHUT_RD or > SocketApi.SHUT_RDWR)
            return -SocketApi.EINVAL;
        bool endsReading = how != SocketApi.SHUT_WR;
        if (socket->Phase == SocketPhase.Listening)
        {
            if (endsReading)
                EndListening(socket);
            return 0;
        }

        if (socket->HasConnections && (socket->Phase != SocketPhase.Connected || socket->IsBroken))
            return -SocketApi.ENOTCONN;

        int result = End(socket, how);
        UserSocket.Raise(socket, uint.MaxValue);
        return socket->Phase == SocketPhase.Connected ? result : -SocketApi.ENOTCONN;
    }

    /// <summary>Connections that nobody has accepted are closed, and no more may come.</summary>
    private static void EndListening(UserSocket* listener)
    {
        AcceptQueue left = default;
        Mutex.Lock(&listener->PhaseLock);
        bool wasListening = listener->Phase == SocketPhase.Listening;
        if (wasListening)
        {
            // Who notices may listen again, and has what comes then.
            listener->Phase = SocketPhase.Fresh;
            left = AcceptQueue.TakeAll(&listener->Accepts);
        }

        Mutex.Unlock(&listener->PhaseLock);
        if (!wasListening)
            return;

        UserSocket.Raise(listener, uint.MaxValue);
        UserSocket* waiting;
        while ((waiting = AcceptQueue.Take(&left)) != null)
        {
            DropInput(waiting);
            Transport.Close(waiting, RESEAU_TRANSPORT_CLOSE_ABORT);
            UserSocket.Destroy(waiting);
        }

        Transport.Accepted(listener);
    }

    // No write is under way while its direction ends: the transport knows then where the stream does.
    private static int End(UserSocket* socket, int how)
    {
        Mutex.Lock(&socket->WriteLock);
        if (how != SocketApi.SHUT_WR)
            Volatile.Write(ref socket->IsReadShut, true);
        if (how != SocketApi.SHUT_RD)
            Volatile.Write(ref socket->IsWriteShut, true);
        int result = socket->Phase == SocketPhase.Connected ? Transport.Shutdown(socket, how) : 0;
        Mutex.Unlock(&socket->WriteLock);
        return result;
    }

    // Deliveries are refused from here on. False if something had come that nobody has read.
    private static bool DropInput(UserSocket* socket)
    {
        Mutex.Lock(&socket->DeliverLock);
        socket->IsClosed = true;
        bool wasAllRead = socket->IsStream
            ? socket->Stream.Available == 0
            : !DatagramRing.HasNext(&socket->Datagrams);
        StreamRing.CleanUp(&socket->Stream);
        DatagramRing.CleanUp(&socket->Datagrams);
        Mutex.Unlock(&socket->DeliverLock);
        return wasAllRead;
    }

    private static void AwaitDrained(UserSocket* socket, ulong nanoseconds)
    {
        ulong deadline = Waiter.After(nanoseconds);
        Waiter waiter;
        Waiter.Init(&waiter);
        Watch watch;
        Waiter.Prepare(&waiter, &watch, SocketReadiness.Writable);
        WatchList.Add(&socket->Description.Watches, &watch);
        while (!Volatile.Read(ref socket->IsDrained) && Waiter.Sleep(&waiter, deadline) is 0 or -SocketApi.EINTR)
        {
        }

        WatchList.Remove(&socket->Description.Watches, &watch);
        Waiter.CleanUp(&waiter);
    }
}
