// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Names and connections: bind(), connect(), socketpair(). Results are 0 or a negated error.</summary>
internal static unsafe class SocketConnect
{
    internal static int Bind(UserSocket* socket, void* address, uint length)
    {
        int error = CheckAddress(address, length);
        return error != 0 ? error : Transport.Bind(socket, address, length);
    }

    internal static int Connect(UserSocket* socket, void* address, uint length, bool isNonBlocking)
    {
        int error = CheckAddress(address, length);
        if (error != 0)
            return error;
        if (!socket->HasConnections)
            return SetPeer(socket, address, length);

        error = Begin(socket);
        if (error == 0)
            error = Report(socket, Transport.Connect(socket, address, length));
        if (error is not (-SocketApi.EINPROGRESS or -SocketApi.EALREADY) || isNonBlocking)
            return error;

        int waited = Description.Wait(
            &socket->Description,
            SocketReadiness.Everything,
            socket->Options.SendDeadline(),
            &SocketReadiness.HasConnected,
            0);
        return waited == -SocketApi.EAGAIN ? -SocketApi.EINPROGRESS : waited < 0 ? waited : Result(socket);
    }

    /// <summary>The answer to a connection attempt has come: 0, or a positive number.</summary>
    internal static void Finish(UserSocket* socket, int error)
    {
        Mutex.Lock(&socket->PhaseLock);
        bool wasConnecting = socket->Phase == SocketPhase.Connecting;
        if (wasConnecting)
        {
            socket->HasFailed = error != 0;
            Volatile.Write(ref socket->PendingError, error);
            socket->Phase = error == 0 ? SocketPhase.Connected : SocketPhase.Fresh;
        }

        Mutex.Unlock(&socket->PhaseLock);
        if (wasConnecting)
            UserSocket.Raise(socket, uint.MaxValue);
    }

    internal static int Pair(UserSocket* socket, UserSocket* other)
    {
        int error = Transport.Pair(socket, other);
        if (error < 0)
            return error;

        socket->Phase = SocketPhase.Connected;
        other->Phase = SocketPhase.Connected;
        return 0;
    }

    private static int CheckAddress(void* address, uint length) =>
        CallerMemory.IsMissing(address, 0) ? -SocketApi.EFAULT
        : length < sizeof(ushort) || length > DatagramRing.AddressMax ? -SocketApi.EINVAL
        : 0;

    private static int SetPeer(UserSocket* socket, void* address, uint length)
    {
        int error = Transport.Connect(socket, address, length);
        if (error < 0)
            return error;

        bool hasPeer = *(ushort*)address != SocketApi.AF_UNSPEC;
        socket->Phase = hasPeer ? SocketPhase.Connected : SocketPhase.Fresh;
        return 0;
    }

    private static int Begin(UserSocket* socket)
    {
        Mutex.Lock(&socket->PhaseLock);
        int error = socket->Phase switch
        {
            SocketPhase.Connecting => SocketApi.EALREADY,
            SocketPhase.Connected => SocketApi.EISCONN,
            SocketPhase.Listening => SocketApi.EOPNOTSUPP,
            _ => UserSocket.TakeError(socket),
        };
        if (error == 0)
            socket->Phase = SocketPhase.Connecting;
        if (socket->Phase is SocketPhase.Fresh or SocketPhase.Connecting)
            socket->HasFailed = false;
        Mutex.Unlock(&socket->PhaseLock);
        return -error;
    }

    private static int Report(UserSocket* socket, int result)
    {
        if (result == -SocketApi.EINPROGRESS)
            return result;

        Finish(socket, result < 0 ? -result : 0);
        return result < 0 ? Result(socket) : 0;
    }

    // connect() itself reports a failure: the socket is as one that was just made, also for poll().
    private static int Result(UserSocket* socket)
    {
        Mutex.Lock(&socket->PhaseLock);
        int error = UserSocket.TakeError(socket);
        socket->HasFailed &= error == 0;
        Mutex.Unlock(&socket->PhaseLock);
        return error != 0 ? -error : socket->Phase == SocketPhase.Connected ? 0 : -SocketApi.ECONNABORTED;
    }
}
