// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Memory;

/// <summary>
/// Datagrams in memory. Those of AF_INET and AF_INET6 are lost when nobody is there or there is no room, as UDP's are;
/// those of AF_UNIX wait.
/// </summary>
internal static unsafe class MemoryDatagrams
{
    internal static nint Write(MemoryEndpoint* sender, reseau_fragment* fragment)
    {
        if (fragment->address == null && sender->Peer != null)
            return WriteToPair(sender, fragment);

        SocketName to;
        int error = Destination(sender, fragment, &to);
        if (error != 0)
            return error;

        nint taken = Deliver(sender, fragment, &to, isLastTry: false);
        return sender->Domain == SocketApi.AF_UNIX && taken == -SocketApi.EAGAIN
            ? Deliver(sender, fragment, &to, isLastTry: true)
            : taken;
    }

    internal static bool IsWritable(MemoryEndpoint* sender, nuint needed)
    {
        if (sender->Domain != SocketApi.AF_UNIX)
            return true;
        if (sender->Peer != null)
            return TransportReports.HasRoom(sender->Peer, needed);

        Mutex.Lock(&sender->Network->Lock);
        MemoryEndpoint* receiver = sender->HasPeer
            ? MemoryNames.Find(&sender->Network->Names, sender->Type, &sender->Remote)
            : null;
        bool isWritable = receiver == null || TransportReports.HasRoom(receiver->Self, needed);
        if (!isWritable)
        {
            MemoryWaiters.Join(sender, receiver);
            isWritable = TransportReports.HasRoom(receiver->Self, needed);
        }

        Mutex.Unlock(&sender->Network->Lock);
        return isWritable;
    }

    internal static void HasRead(MemoryEndpoint* receiver)
    {
        if (receiver->Peer != null)
            TransportReports.Writable(receiver->Peer);

        Mutex.Lock(&receiver->Network->Lock);
        MemoryWaiters.WakeAll(&receiver->Waiters);
        Mutex.Unlock(&receiver->Network->Lock);
    }

    private static nint WriteToPair(MemoryEndpoint* sender, reseau_fragment* fragment)
    {
        nint taken = TransportReports.Deliver(sender->Peer, fragment);
        return taken == -SocketApi.EPIPE ? -SocketApi.ECONNREFUSED : taken;
    }

    private static int Destination(MemoryEndpoint* sender, reseau_fragment* fragment, SocketName* to)
    {
        if (fragment->address != null)
        {
            int error = SocketName.Parse(sender->Domain, fragment->address, fragment->address_length, to);
            if (error != 0)
                return error;
        }

        Mutex.Lock(&sender->Network->Lock);
        if (fragment->address == null)
            *to = sender->Remote;
        int result = to->IsSet ? MemoryNames.AddAutomatic(&sender->Network->Names, sender) : -SocketApi.EDESTADDRREQ;
        Mutex.Unlock(&sender->Network->Lock);
        to->MakeReachable();
        return result;
    }

    private static nint Deliver(MemoryEndpoint* sender, reseau_fragment* fragment, SocketName* to, bool isLastTry)
    {
        SocketName from;
        int error = Find(sender, to, &from, isLastTry, out UserSocket* receiver);
        nint taken = error;
        if (receiver != null)
        {
            reseau_fragment delivered = *fragment;
            delivered.address = SocketName.Bytes(&from);
            delivered.address_length = from.Length;
            taken = TransportReports.Deliver(receiver, &delivered);
            Description.Release(&receiver->Description);
        }

        if (taken == -SocketApi.EPIPE)
            taken = -SocketApi.ECONNREFUSED;
        return taken >= 0 || sender->Domain == SocketApi.AF_UNIX ? taken : Lose(sender, fragment, (int)taken);
    }

    // Who is to get it, held; or null and a negated error. With a name that the receiver can send an answer to.
    private static int Find(
        MemoryEndpoint* sender, SocketName* to, SocketName* from, bool waitsForRoom, out UserSocket* found)
    {
        found = null;
        Mutex.Lock(&sender->Network->Lock);
        MemoryEndpoint* receiver = MemoryNames.Find(&sender->Network->Names, sender->Type, to);
        int error = receiver == null ? MemoryConnect.Missing(sender, to) : 0;
        *from = sender->Local;
        if (from->IsSet && from->IsAnyHost)
            SocketName.CopyHost(to, from);
        if (receiver != null && from->IsSet)
            SocketName.MakeOf(from, receiver->Domain);
        if (receiver != null && receiver->HasPeer && !SocketName.IsPeer(&receiver->Remote, from))
            error = sender->Domain == SocketApi.AF_UNIX ? -SocketApi.EPERM : -SocketApi.ECONNREFUSED;
        if (error == 0)
        {
            if (waitsForRoom)
                MemoryWaiters.Join(sender, receiver);
            found = receiver->Self;
            Description.Acquire(&found->Description);
        }

        Mutex.Unlock(&sender->Network->Lock);
        return error;
    }

    // A connected socket gets to know by its next call that nobody was there.
    private static nint Lose(MemoryEndpoint* sender, reseau_fragment* fragment, int error)
    {
        if (error == -SocketApi.ECONNREFUSED && sender->HasPeer && fragment->address == null)
            TransportReports.Fail(sender->Self, SocketApi.ECONNREFUSED);
        return (nint)fragment->length;
    }
}
