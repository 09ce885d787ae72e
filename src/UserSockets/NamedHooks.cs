// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets;

/// <summary>
/// The hooks that are the same for every transport between two ends: those that only concern names. Their endpoints
/// begin with a <see cref="NamedEndpoint"/>, their networks with a <see cref="NamedNetwork"/>.
/// </summary>
internal static unsafe class NamedHooks
{
    internal static void Set(reseau_transport_hooks* hooks)
    {
        hooks->size = (nuint)sizeof(reseau_transport_hooks);
        hooks->bind = &Bind;
        hooks->listen = &Listen;
        hooks->connect = &Connect;
        hooks->local_address = &LocalAddress;
        hooks->peer_address = &PeerAddress;
    }

    /// <summary>Whether there are such sockets: 0 or a negated error.</summary>
    internal static int CheckKind(int domain, int type, int protocol, bool hasPackets)
    {
        if (domain is not (SocketApi.AF_INET or SocketApi.AF_INET6 or SocketApi.AF_UNIX))
            return -SocketApi.EAFNOSUPPORT;
        if (type == SocketApi.SOCK_SEQPACKET && !(hasPackets && domain == SocketApi.AF_UNIX))
            return -SocketApi.ESOCKTNOSUPPORT;

        int usual = domain == SocketApi.AF_UNIX ? 0
            : type == SocketApi.SOCK_STREAM ? SocketApi.IPPROTO_TCP
            : SocketApi.IPPROTO_UDP;
        return protocol != 0 && protocol != usual ? -SocketApi.EPROTONOSUPPORT : 0;
    }

    /// <summary>A call of an endpoint begins: its network is locked.</summary>
    internal static void* Enter(void* state)
    {
        Mutex.Lock(&((NamedEndpoint*)state)->Network->Lock);
        return state;
    }

    /// <summary>It ends with this result.</summary>
    internal static int Leave(void* state, int result)
    {
        NamedNetwork* network = ((NamedEndpoint*)state)->Network;
        if (network->Leaving != null)
            network->Leaving(network);
        Mutex.Unlock(&network->Lock);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Bind(void* state, void* address, uint length)
    {
        NamedEndpoint* endpoint = (NamedEndpoint*)Enter(state);
        return Leave(state, EndpointNames.Bind(&endpoint->Network->Names, endpoint, address, length));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Listen(void* state, int backlog)
    {
        NamedEndpoint* endpoint = (NamedEndpoint*)Enter(state);
        return Leave(state, EndpointNames.Listen(&endpoint->Network->Names, endpoint));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(void* state, void* address, uint length)
    {
        NamedEndpoint* endpoint = (NamedEndpoint*)Enter(state);
        bool isDatagram = endpoint->Type == SocketApi.SOCK_DGRAM;
        if (isDatagram && *(ushort*)address == SocketApi.AF_UNSPEC)
        {
            endpoint->HasPeer = false;
            endpoint->Remote = default;
            return Leave(state, 0);
        }

        SocketName to;
        int error = SocketName.Parse(endpoint->Domain, address, length, &to);
        if (error != 0)
            return Leave(state, error);

        to.MakeReachable();
        return Leave(state, isDatagram
            ? EndpointNames.SetPeer(&endpoint->Network->Names, endpoint, &to)
            : endpoint->Network->Connect(endpoint, &to));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LocalAddress(void* state, void* address, uint* length)
    {
        NamedEndpoint* endpoint = (NamedEndpoint*)Enter(state);
        SocketName.Answer(&endpoint->Local, endpoint->Domain, address, length);
        return Leave(state, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PeerAddress(void* state, void* address, uint* length)
    {
        NamedEndpoint* endpoint = (NamedEndpoint*)Enter(state);
        if (endpoint->HasPeer)
            SocketName.Answer(&endpoint->Remote, endpoint->Domain, address, length);
        return Leave(state, endpoint->HasPeer ? 0 : -SocketApi.ENOTCONN);
    }
}
