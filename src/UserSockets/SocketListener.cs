// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Listening and accepting.</summary>
internal static unsafe class SocketListener
{
    private const int BacklogMax = 4096;

    /// <summary>listen(): 0 or a negated error.</summary>
    internal static int Listen(UserSocket* socket, int backlog)
    {
        if (!socket->HasConnections)
            return -SocketApi.EOPNOTSUPP;
        if (socket->Phase is not (SocketPhase.Fresh or SocketPhase.Listening))
            return -SocketApi.EINVAL;

        backlog = int.Clamp(backlog, 1, BacklogMax);
        int error = Transport.Listen(socket, backlog);
        if (error < 0)
            return error;

        Mutex.Lock(&socket->PhaseLock);
        bool isAllowed = socket->Phase is SocketPhase.Fresh or SocketPhase.Listening;
        if (isAllowed)
        {
            socket->Accepts.Backlog = backlog;
            socket->Phase = SocketPhase.Listening;
        }

        Mutex.Unlock(&socket->PhaseLock);
        if (!isAllowed)
            return -SocketApi.EINVAL;

        // A larger backlog has room for those who wait.
        Transport.Accepted(socket);
        return 0;
    }

    /// <summary>accept4(): the descriptor of the connection and the connection, which the caller has entered.</summary>
    internal static int Accept(
        UserSocket* listener, bool isClosedByExec, bool isNonBlocking, DescriptorTable.Entry** entry)
    {
        if (!listener->HasConnections)
            return -SocketApi.EOPNOTSUPP;

        ulong deadline = 0;
        while (true)
        {
            int descriptor = TakeConnection(listener, isClosedByExec, isNonBlocking, entry);
            if (descriptor != -SocketApi.EAGAIN || listener->Description.IsNonBlocking)
                return descriptor;

            deadline = deadline == 0 ? listener->Options.ReceiveDeadline() : deadline;
            int waited = Description.Wait(
                &listener->Description, SocketReadiness.Everything, deadline, &SocketReadiness.CanAccept, 0);
            if (waited < 0)
                return waited;
        }
    }

    /// <summary>A socket that a transport has prepared joins the queue: 0 or a negated error.</summary>
    internal static int Offer(UserSocket* listener, UserSocket* socket)
    {
        Mutex.Lock(&listener->PhaseLock);
        int error = listener->Phase != SocketPhase.Listening ? -SocketApi.ECONNREFUSED
            : listener->Accepts.Count >= listener->Accepts.Backlog ? -SocketApi.EAGAIN
            : 0;
        if (error == 0)
            AcceptQueue.Add(&listener->Accepts, socket);
        Mutex.Unlock(&listener->PhaseLock);
        if (error == 0)
            UserSocket.Raise(listener, SocketReadiness.Readable);
        return error;
    }

    private static int TakeConnection(
        UserSocket* listener, bool isClosedByExec, bool isNonBlocking, DescriptorTable.Entry** entry)
    {
        Mutex.Lock(&listener->PhaseLock);
        if (listener->Phase != SocketPhase.Listening)
        {
            Mutex.Unlock(&listener->PhaseLock);
            return -SocketApi.EINVAL;
        }

        UserSocket* socket = AcceptQueue.Take(&listener->Accepts);
        int descriptor = -SocketApi.EAGAIN;
        if (socket != null)
        {
            socket->Description.IsNonBlocking = isNonBlocking;
            descriptor = DescriptorTable.AddEntered(&socket->Description, isClosedByExec, out *entry);
            if (descriptor < 0)
                AcceptQueue.PutBack(&listener->Accepts, socket);
        }

        Mutex.Unlock(&listener->PhaseLock);
        if (descriptor < 0)
            return descriptor;

        Transport.Accepted(listener);
        return descriptor;
    }
}
