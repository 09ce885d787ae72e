// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets.Memory;

/// <summary>
/// A network that exists only in memory. Written against &lt;reseau/transport.h&gt; like any other transport: a
/// fragment that is sent is delivered to the receiver inside the same call.
/// </summary>
internal unsafe struct MemoryTransport
{
    /// <summary>What UDP can carry over IPv4.</summary>
    private const nuint InternetDatagramMax = 65507;

    /// <summary>Protects names, peers that are not settled yet, and lists of those who wait.</summary>
    internal aws_mutex Lock;
    internal MemoryNames Names;

    internal static Transport* New()
    {
        MemoryTransport* network = Common.Allocator.New<MemoryTransport>(Common.Allocator.Default());
        Mutex.Init(&network->Lock);
        MemoryNames.Init(&network->Names);
        reseau_transport_hooks hooks = default;
        hooks.size = (nuint)sizeof(reseau_transport_hooks);
        hooks.create = &Create;
        hooks.close = &Close;
        hooks.destroy = &Destroy;
        hooks.end = &End;
        hooks.pair = &Pair;
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
        return Transport.New(&hooks, network);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(
        void* network, void* socket, int domain, int type, int protocol, reseau_transport_traits* traits, void** state)
    {
        int error = NamedHooks.CheckKind(domain, type, protocol, hasPackets: true);
        if (error != 0)
            return error;

        if (domain != SocketApi.AF_UNIX && type == SocketApi.SOCK_DGRAM)
            traits->max_datagram = InternetDatagramMax;
        MemoryEndpoint* endpoint = MemoryEndpoint.New((MemoryTransport*)network, domain, type);
        endpoint->Self = (UserSocket*)socket;
        *state = endpoint;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(void* state, int how) =>
        MemoryEndpoint.Close((MemoryEndpoint*)state, how == (int)RESEAU_TRANSPORT_CLOSE_ABORT);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(void* state) => MemoryEndpoint.Destroy((MemoryEndpoint*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(void* network)
    {
        Mutex.CleanUp(&((MemoryTransport*)network)->Lock);
        Common.Allocator.Release(Common.Allocator.Default(), network);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Pair(void* state, void* other) =>
        MemoryConnect.Pair((MemoryEndpoint*)state, (MemoryEndpoint*)other);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Bind(void* state, void* address, uint length) =>
        MemoryConnect.Bind((MemoryEndpoint*)state, address, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Listen(void* state, int backlog) => MemoryConnect.Listen((MemoryEndpoint*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(void* state, void* address, uint length) =>
        MemoryConnect.Connect((MemoryEndpoint*)state, address, length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Accepted(void* state) => MemoryConnect.Accepted((MemoryEndpoint*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(void* state, int how) => MemoryEndpoint.Shutdown((MemoryEndpoint*)state, how);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LocalAddress(void* state, void* address, uint* length)
    {
        MemoryEndpoint* endpoint = (MemoryEndpoint*)state;
        Mutex.Lock(&endpoint->Network->Lock);
        SocketName.Answer(&endpoint->Local, endpoint->Domain, address, length);
        Mutex.Unlock(&endpoint->Network->Lock);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PeerAddress(void* state, void* address, uint* length)
    {
        MemoryEndpoint* endpoint = (MemoryEndpoint*)state;
        Mutex.Lock(&endpoint->Network->Lock);
        bool hasPeer = endpoint->HasPeer;
        if (hasPeer)
            SocketName.Answer(&endpoint->Remote, endpoint->Domain, address, length);
        Mutex.Unlock(&endpoint->Network->Lock);
        return hasPeer ? 0 : -SocketApi.ENOTCONN;
    }

    // Kept: IPV6_V6ONLY is looked at when a name is, and there is nothing to delay.

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetOption(void* state, int level, int name, void* value, uint* length)
    {
        int* kept = MemoryEndpoint.OptionOf((MemoryEndpoint*)state, level, name);
        if (kept == null)
            return -SocketApi.ENOPROTOOPT;

        *length = uint.Min(*length, sizeof(int));
        NativeMemory.Copy(kept, value, *length);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetOption(void* state, int level, int name, void* value, uint length)
    {
        int* kept = MemoryEndpoint.OptionOf((MemoryEndpoint*)state, level, name);
        if (kept == null)
            return -SocketApi.ENOPROTOOPT;
        if (length < sizeof(int))
            return -SocketApi.EINVAL;

        Volatile.Write(ref *kept, *(int*)value != 0 ? 1 : 0);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(void* state, reseau_fragment* fragment)
    {
        MemoryEndpoint* endpoint = (MemoryEndpoint*)state;
        return endpoint->Type == SocketApi.SOCK_DGRAM
            ? MemoryDatagrams.Write(endpoint, fragment)
            : MemoryEndpoint.Write(endpoint, fragment);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsWritable(void* state, nuint needed)
    {
        MemoryEndpoint* endpoint = (MemoryEndpoint*)state;
        bool isWritable = endpoint->Type == SocketApi.SOCK_DGRAM
            ? MemoryDatagrams.IsWritable(endpoint, needed)
            : MemoryEndpoint.IsWritable(endpoint, needed);
        return isWritable ? 1 : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HasRead(void* state)
    {
        MemoryEndpoint* endpoint = (MemoryEndpoint*)state;
        if (endpoint->Type == SocketApi.SOCK_DGRAM)
            MemoryDatagrams.HasRead(endpoint);
        else
            MemoryEndpoint.HasRead(endpoint);
    }
}
