// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>The hooks of a transport over shared memory.</summary>
internal static unsafe class SharedTransport
{
    private const nuint DatagramMax = 65507;

    /// <summary>0, and the transport owns the descriptor; or a negated error.</summary>
    internal static int New(int descriptor, Transport** made)
    {
        if (made == null)
            return -SocketApi.EINVAL;

        SharedNetwork* network;
        int error = SharedNetwork.New(descriptor, &network);
        if (error != 0)
            return error;

        if (!SharedNetwork.Start(network))
        {
            SharedNetwork.Free(network);
            return -SocketApi.EAGAIN;
        }

        Platform.SharedFile.CloseGiven(descriptor);
        reseau_transport_hooks hooks = default;
        NamedHooks.Set(&hooks);
        hooks.create = &Create;
        hooks.close = &Close;
        hooks.destroy = &Destroy;
        hooks.end = &End;
        hooks.accepted = &Accepted;
        hooks.shutdown = &Shutdown;
        hooks.write = &Write;
        hooks.is_writable = &IsWritable;
        hooks.has_read = &HasRead;
        *made = Transport.New(&hooks, network);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(
        void* state, void* socket, int domain, int type, int protocol, reseau_transport_traits* traits, void** made)
    {
        int error = NamedHooks.CheckKind(domain, type, protocol, hasPackets: false);
        if (error != 0)
            return error;

        if (type == SocketApi.SOCK_DGRAM)
            traits->max_datagram = DatagramMax;
        SharedNetwork* network = (SharedNetwork*)state;
        SharedEndpoint* endpoint = SharedEndpoint.New(network, domain, type);
        Mutex.Lock(&network->Base.Lock);
        SharedNetwork.Add(network, endpoint, (UserSocket*)socket);
        Mutex.Unlock(&network->Base.Lock);
        *made = endpoint;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(void* state, int how)
    {
        SharedEndpoint* endpoint = Enter(state);
        endpoint->Named.IsNamed = false;
        endpoint->Named.IsListening = false;
        endpoint->IsClosed = true;
        bool isOpen = endpoint->Phase == SharedPhase.Open;
        if (endpoint->Phase == SharedPhase.Opening || (isOpen && how == (int)RESEAU_TRANSPORT_CLOSE_ABORT))
            SharedEndpoint.Reset(endpoint);
        else if (isOpen)
            SharedEndpoint.SendEnd(endpoint);
        return Leave(endpoint, endpoint->Owed == SharedDebt.None ? 0 : -SocketApi.EINPROGRESS);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(void* state)
    {
        // Also called for a socket that the network has prepared and withdraws, under its lock.
        SharedEndpoint* endpoint = (SharedEndpoint*)state;
        if (endpoint->Phase == SharedPhase.Dead && !endpoint->IsClosed)
        {
            endpoint->IsDestroyed = true;
            return;
        }

        Enter(state);
        endpoint->IsDestroyed = true;
        endpoint->Network->NeedsSweep = true;
        if (SharedEndpoint.IsOver(endpoint))
            SharedLink.WakeUp(&endpoint->Network->Link);
        Leave(endpoint, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(void* state) => SharedNetwork.End((SharedNetwork*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Accepted(void* state)
    {
        SharedEndpoint* listener = Enter(state);
        SharedConnect.Accepted(listener);
        Leave(listener, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(void* state, int how)
    {
        SharedEndpoint* endpoint = Enter(state);
        if (how != SocketApi.SHUT_RD && endpoint->Phase == SharedPhase.Open)
            SharedEndpoint.SendEnd(endpoint);
        return Leave(endpoint, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(void* state, reseau_fragment* fragment)
    {
        SharedEndpoint* endpoint = Enter(state);
        nint taken = endpoint->Named.Type == SocketApi.SOCK_DGRAM
            ? SharedDatagrams.Write(endpoint, fragment)
            : SharedEndpoint.Write(endpoint, fragment);
        Leave(endpoint, 0);
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsWritable(void* state, nuint needed)
    {
        SharedEndpoint* endpoint = Enter(state);
        bool isWritable = endpoint->Named.Type == SocketApi.SOCK_DGRAM
            ? SharedNetwork.Room(endpoint, needed) > 0
            : SharedEndpoint.IsWritable(endpoint, needed);
        return Leave(endpoint, isWritable ? 1 : 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HasRead(void* state)
    {
        SharedEndpoint* endpoint = Enter(state);
        SharedEndpoint.Widen(endpoint);
        Leave(endpoint, 0);
    }

    private static SharedEndpoint* Enter(void* state) => (SharedEndpoint*)NamedHooks.Enter(state);

    private static int Leave(SharedEndpoint* endpoint, int result) => NamedHooks.Leave(endpoint, result);
}
