// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Memory;

/// <summary>Names and connections in memory. Results are 0 or a negated error.</summary>
internal static unsafe class MemoryConnect
{
    internal static int Bind(MemoryEndpoint* endpoint, void* address, uint length)
    {
        SocketName name;
        int error = SocketName.Parse(endpoint->Domain, address, length, &name);
        if (error != 0)
            return error;

        Mutex.Lock(&endpoint->Network->Lock);
        error = endpoint->Local.IsSet ? -SocketApi.EINVAL
            : name.IsNamelessLocal ? MemoryNames.AddLocal(&endpoint->Network->Names, endpoint)
            : MemoryNames.Add(&endpoint->Network->Names, endpoint, &name);
        Mutex.Unlock(&endpoint->Network->Lock);
        return error;
    }

    internal static int Listen(MemoryEndpoint* endpoint)
    {
        Mutex.Lock(&endpoint->Network->Lock);
        int error = MemoryNames.AddAutomatic(&endpoint->Network->Names, endpoint);
        if (error == 0 && !endpoint->IsNamed)
            error = -SocketApi.EINVAL;
        endpoint->IsListening = error == 0;
        Mutex.Unlock(&endpoint->Network->Lock);
        return error;
    }

    internal static int Pair(MemoryEndpoint* one, MemoryEndpoint* other)
    {
        if (one->Domain != SocketApi.AF_UNIX)
            return -SocketApi.EOPNOTSUPP;

        Mutex.Lock(&one->Network->Lock);
        MemoryEndpoint.SetPeer(one, other->Self);
        MemoryEndpoint.SetPeer(other, one->Self);
        Mutex.Unlock(&one->Network->Lock);
        return 0;
    }

    internal static int Connect(MemoryEndpoint* endpoint, void* address, uint length)
    {
        bool isDatagram = endpoint->Type == SocketApi.SOCK_DGRAM;
        SocketName to = default;
        bool dissolves = isDatagram && *(ushort*)address == SocketApi.AF_UNSPEC;
        int error = dissolves ? 0 : SocketName.Parse(endpoint->Domain, address, length, &to);
        if (error != 0)
            return error;

        Mutex.Lock(&endpoint->Network->Lock);
        error = dissolves ? Dissolve(endpoint)
            : isDatagram ? SetPeer(endpoint, &to)
            : ConnectTo(endpoint, &to);
        Mutex.Unlock(&endpoint->Network->Lock);
        return error;
    }

    /// <summary>A listener may have room for those who wait, or does not listen any more.</summary>
    internal static void Accepted(MemoryEndpoint* listener)
    {
        Mutex.Lock(&listener->Network->Lock);
        while (listener->Waiters.HasAny)
        {
            MemoryEndpoint* waiter = listener->Waiters.First;
            int error = SocketListener.Offer(listener->Self, waiter->Prepared);
            if (error == -SocketApi.EAGAIN)
                break;

            MemoryWaiters.Leave(waiter);
            if (error == 0)
                Settle(waiter);
            else
                Withdraw(waiter);
            SocketConnect.Finish(waiter->Self, -error);
        }

        Mutex.Unlock(&listener->Network->Lock);
    }

    /// <summary>Under the network's lock: a connection that the listener has not taken is no more.</summary>
    internal static void Withdraw(MemoryEndpoint* endpoint)
    {
        UserSocket* prepared = endpoint->Prepared;
        if (prepared == null)
            return;

        endpoint->Prepared = null;
        MemoryEndpoint.ReleasePeer(endpoint);
        UserSocket.Destroy(prepared);
    }

    /// <summary>What is said of an address that nobody has.</summary>
    internal static int Missing(MemoryEndpoint* endpoint, SocketName* to)
    {
        bool isOther = endpoint->Domain == SocketApi.AF_UNIX
            && MemoryNames.Find(&endpoint->Network->Names, MemoryNames.AnyType, to) != null;
        return isOther ? -SocketApi.EPROTOTYPE : to->IsPath ? -SocketApi.ENOENT : -SocketApi.ECONNREFUSED;
    }

    private static int Dissolve(MemoryEndpoint* endpoint)
    {
        MemoryEndpoint.ReleasePeer(endpoint);
        endpoint->Remote = default;
        return 0;
    }

    private static int SetPeer(MemoryEndpoint* endpoint, SocketName* to)
    {
        to->MakeReachable();
        if (endpoint->Domain == SocketApi.AF_UNIX
            && MemoryNames.Find(&endpoint->Network->Names, endpoint->Type, to) == null)
            return Missing(endpoint, to);

        int error = Name(endpoint, to);
        if (error != 0)
            return error;

        MemoryEndpoint.ReleasePeer(endpoint);
        endpoint->Remote = *to;
        endpoint->HasPeer = true;
        return 0;
    }

    private static int ConnectTo(MemoryEndpoint* endpoint, SocketName* to)
    {
        to->MakeReachable();
        MemoryEndpoint* listener = MemoryNames.Find(&endpoint->Network->Names, endpoint->Type, to);
        if (listener == null || !listener->IsListening)
            return listener == null ? Missing(endpoint, to) : -SocketApi.ECONNREFUSED;

        int error = Name(endpoint, to);
        return error != 0 ? error : Offer(endpoint, listener, to);
    }

    // A socket that has no name of its own gets one, and one of any host gets that of its peer.
    private static int Name(MemoryEndpoint* endpoint, SocketName* to)
    {
        int error = MemoryNames.AddAutomatic(&endpoint->Network->Names, endpoint);
        if (error == 0 && endpoint->Local.IsSet && endpoint->Local.IsAnyHost)
            SocketName.CopyHost(to, &endpoint->Local);
        return error;
    }

    private static int Offer(MemoryEndpoint* endpoint, MemoryEndpoint* listener, SocketName* to)
    {
        MemoryEndpoint* accepted = MemoryEndpoint.New(endpoint->Network, listener->Domain, endpoint->Type);
        MemoryEndpoint.CopyOptions(listener, accepted);
        accepted->Local = *to;
        accepted->Remote = endpoint->Local;
        SocketName.MakeOf(&accepted->Local, listener->Domain);
        SocketName.MakeOf(&accepted->Remote, listener->Domain);
        UserSocket* prepared;
        int error = TransportReports.Prepare(listener->Self, accepted, null, &prepared);
        if (error != 0)
        {
            MemoryEndpoint.Destroy(accepted);
            return error;
        }

        accepted->Self = prepared;
        MemoryEndpoint.SetPeer(accepted, endpoint->Self);
        endpoint->Remote = *to;
        MemoryEndpoint.SetPeer(endpoint, prepared);
        endpoint->Prepared = prepared;
        error = SocketListener.Offer(listener->Self, prepared);
        if (error == 0)
        {
            Settle(endpoint);
            return 0;
        }

        if (error != -SocketApi.EAGAIN)
        {
            Withdraw(endpoint);
            return error;
        }

        MemoryWaiters.Join(endpoint, listener);
        return -SocketApi.EINPROGRESS;
    }

    // The listener has the other end.
    private static void Settle(MemoryEndpoint* endpoint) => endpoint->Prepared = null;
}
