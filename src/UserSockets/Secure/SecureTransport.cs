// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.UserSockets.Secure;

/// <summary>The hooks of a transport of streams with TLS over another transport.</summary>
internal static unsafe class SecureTransport
{
    /// <summary>0 or a negated error.</summary>
    internal static int New(
        Transport* below, reseau_tls_options* client, reseau_tls_options* server, Transport** made)
    {
        if (below == null || made == null || (client == null && server == null))
            return -SocketApi.EINVAL;
        if (client != null && !HasSizeForName(client))
            return -SocketApi.EINVAL;

        TlsSettings* clients = null;
        TlsSettings* servers = null;
        int error = client == null ? 0 : TlsSettings.TryMake(client, isServer: false, &clients);
        if (error == 0 && server != null)
            error = TlsSettings.TryMake(server, isServer: true, &servers);
        SecureNetwork* network = null;
        error = error != 0 ? ErrorOf(error) : SecureNetwork.New(below, clients, servers, &network);
        if (error != 0)
        {
            TlsSettings.Release(clients);
            TlsSettings.Release(servers);
            return error;
        }

        reseau_transport_hooks hooks = default;
        hooks.size = (nuint)sizeof(reseau_transport_hooks);
        hooks.create = &Create;
        hooks.close = &Close;
        hooks.destroy = &Destroy;
        hooks.end = &End;
        hooks.bind = &Bind;
        hooks.listen = &Listen;
        hooks.connect = &Connect;
        hooks.accepted = &Accepted;
        hooks.shutdown = &Shutdown;
        hooks.local_address = &LocalAddress;
        hooks.peer_address = &PeerAddress;
        hooks.get_option = &GetOption;
        hooks.set_option = &SetOption;
        hooks.write = &Write;
        hooks.is_writable = &IsWritable;
        hooks.has_read = &HasRead;
        *made = Transport.New(&hooks, network);
        return 0;
    }

    // An address has no name that a certificate could be verified for.
    private static bool HasSizeForName(reseau_tls_options* client) =>
        client->size == (nuint)sizeof(reseau_tls_options) && (client->server_name != null || client->insecure != 0);

    private static int ErrorOf(int error) => error switch
    {
        RESEAU_ERROR_NOT_FOUND => -SocketApi.ENOENT,
        RESEAU_ERROR_TLS_OPTIONS => -SocketApi.EPROTO,
        _ => -SocketApi.EINVAL,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(
        void* state, void* socket, int domain, int type, int protocol, reseau_transport_traits* traits, void** made)
    {
        if (type != SocketApi.SOCK_STREAM)
            return -SocketApi.ESOCKTNOSUPPORT;

        SecureNetwork* network = (SecureNetwork*)state;
        int lower = SocketCalls.SocketOn(network->Below, domain, type | SocketApi.SOCK_NONBLOCK, protocol);
        if (lower < 0)
            return lower;

        Mutex.Lock(&network->Lock);
        SecureEndpoint* endpoint = SecureEndpoint.New(network, lower);
        endpoint->Socket = UserSocket.Acquired((UserSocket*)socket);
        Mutex.Unlock(&network->Lock);
        *made = endpoint;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(void* state, int how)
    {
        SecureEndpoint* endpoint = Enter(state);
        if (endpoint->Phase == SecurePhase.Listening)
            SecureAccept.Refuse(endpoint);
        bool isSent = SecureEndpoint.Close(endpoint, how == (int)RESEAU_TRANSPORT_CLOSE_ABORT);
        return Leave(endpoint, isSent ? 0 : -SocketApi.EINPROGRESS);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(void* state)
    {
        SecureEndpoint* endpoint = (SecureEndpoint*)state;
        if (endpoint->IsWithdrawn)
        {
            endpoint->IsDestroyed = true;
            return;
        }

        Enter(state);
        endpoint->IsDestroyed = true;
        Leave(endpoint, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(void* state) => SecureNetwork.End((SecureNetwork*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Bind(void* state, void* address, uint length) =>
        SocketCalls.Bind(((SecureEndpoint*)state)->Lower, address, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Listen(void* state, int backlog)
    {
        SecureEndpoint* endpoint = Enter(state);
        int error = endpoint->Network->Server == null
            ? -SocketApi.EOPNOTSUPP
            : SocketCalls.Listen(endpoint->Lower, backlog);
        if (error == 0 && endpoint->Phase == SecurePhase.Fresh)
        {
            endpoint->Phase = SecurePhase.Listening;
            error = SecureNetwork.Watch(endpoint->Network, endpoint) ? 0 : -SocketApi.ENOBUFS;
        }

        return Leave(endpoint, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(void* state, void* address, uint length)
    {
        SecureEndpoint* endpoint = Enter(state);
        if (endpoint->Network->Client == null)
            return Leave(endpoint, -SocketApi.EOPNOTSUPP);
        if (endpoint->Phase != SecurePhase.Fresh)
            return Leave(endpoint, -SocketApi.ECONNABORTED);

        int error = SocketCalls.Connect(endpoint->Lower, address, length);
        if (error is not (0 or -SocketApi.EINPROGRESS))
            return Leave(endpoint, error);

        endpoint->Phase = SecurePhase.Connecting;
        error = SecureNetwork.Watch(endpoint->Network, endpoint) ? -SocketApi.EINPROGRESS : -SocketApi.ENOBUFS;
        return Leave(endpoint, error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Accepted(void* state)
    {
        SecureEndpoint* listener = Enter(state);
        SecureAccept.OfferAll(listener);
        Leave(listener, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(void* state, int how)
    {
        SecureEndpoint* endpoint = Enter(state);
        if (how != SocketApi.SHUT_RD)
            SecureEndpoint.EndWriting(endpoint);
        return Leave(endpoint, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LocalAddress(void* state, void* address, uint* length) =>
        SocketCalls.LocalAddress(((SecureEndpoint*)state)->Lower, address, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PeerAddress(void* state, void* address, uint* length) =>
        SocketCalls.PeerAddress(((SecureEndpoint*)state)->Lower, address, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetOption(void* state, int level, int name, void* value, uint* length) =>
        ControlCalls.GetOption(((SecureEndpoint*)state)->Lower, level, name, value, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetOption(void* state, int level, int name, void* value, uint length) =>
        ControlCalls.SetOption(((SecureEndpoint*)state)->Lower, level, name, value, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(void* state, reseau_fragment* fragment)
    {
        SecureEndpoint* endpoint = Enter(state);
        nint taken = SecureEndpoint.Write(endpoint, fragment->data, fragment->length);
        Leave(endpoint, 0);
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsWritable(void* state, nuint needed)
    {
        SecureEndpoint* endpoint = Enter(state);
        return Leave(endpoint, SecureEndpoint.IsWritable(endpoint) ? 1 : 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HasRead(void* state)
    {
        SecureEndpoint* endpoint = Enter(state);
        SecureEndpoint.GoOn(endpoint);
        Leave(endpoint, 0);
    }

    private static SecureEndpoint* Enter(void* state)
    {
        SecureEndpoint* endpoint = (SecureEndpoint*)state;
        Mutex.Lock(&endpoint->Network->Lock);
        return endpoint;
    }

    private static int Leave(SecureEndpoint* endpoint, int result)
    {
        Mutex.Unlock(&endpoint->Network->Lock);
        return result;
    }
}
