// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>The hooks of a transport over a wire.</summary>
internal static unsafe class WireTransport
{
    private const nuint DatagramMax = 65507;

    /// <summary>0, and the transport owns the descriptor; or a negated error.</summary>
    internal static int New(int descriptor, int kind, Transport** made)
    {
        if (made == null || kind is not ((int)RESEAU_WIRE_DATAGRAMS or (int)RESEAU_WIRE_BYTES))
            return -SocketApi.EINVAL;

        WireNetwork* network;
        int error = WireNetwork.New(descriptor, kind == (int)RESEAU_WIRE_BYTES, &network);
        if (error != 0)
            return error;

        if (!WireNetwork.Start(network))
        {
            WireLink.Disown(&network->Link);
            WireNetwork.Free(network);
            return -SocketApi.EAGAIN;
        }

        reseau_transport_hooks hooks = default;
        NamedHooks.Set(&hooks);
        hooks.create = &Create;
        hooks.close = &Close;
        hooks.destroy = &Destroy;
        hooks.end = &End;
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
        {
            traits->max_fragment = WireDatagrams.FragmentMax;
            traits->max_datagram = DatagramMax;
        }

        WireNetwork* network = (WireNetwork*)state;
        WireEndpoint* endpoint = WireEndpoint.New(network, domain, type);
        Mutex.Lock(&network->Base.Lock);
        WireNetwork.Add(network, endpoint, (UserSocket*)socket);
        Mutex.Unlock(&network->Base.Lock);
        *made = endpoint;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(void* state, int how)
    {
        WireEndpoint* endpoint = Enter(state);
        endpoint->Named.IsNamed = false;
        endpoint->Named.IsListening = false;
        endpoint->IsClosed = true;
        endpoint->ClosedAt = Platform.ConditionVariable.Now();
        bool isOpen = endpoint->Phase == WirePhase.Open;
        if (isOpen && how == (int)RESEAU_TRANSPORT_CLOSE_ABORT)
        {
            WireEndpoint.SendReset(endpoint);
            endpoint->Phase = WirePhase.Dead;
        }
        else if (isOpen)
        {
            SendEnd(endpoint);
        }

        bool isDrained = endpoint->Phase != WirePhase.Open || endpoint->Sender.IsEmpty;
        return Leave(endpoint, isDrained ? 0 : -SocketApi.EINPROGRESS);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(void* state)
    {
        // Also called for a socket that the network has prepared and withdraws, under its lock, on its thread.
        WireEndpoint* endpoint = (WireEndpoint*)state;
        if (endpoint->Phase == WirePhase.Dead && !endpoint->IsClosed)
        {
            endpoint->IsDestroyed = true;
            return;
        }

        WireNetwork* network = endpoint->Network;
        Mutex.Lock(&network->Base.Lock);
        endpoint->IsDestroyed = true;
        Mutex.Unlock(&network->Base.Lock);
        WireLink.WakeUp(&network->Link);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void End(void* state) => WireNetwork.End((WireNetwork*)state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Shutdown(void* state, int how)
    {
        WireEndpoint* endpoint = Enter(state);
        if (how != SocketApi.SHUT_RD && endpoint->Phase == WirePhase.Open)
            SendEnd(endpoint);
        return Leave(endpoint, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(void* state, reseau_fragment* fragment)
    {
        WireEndpoint* endpoint = Enter(state);
        nint taken = endpoint->Named.Type == SocketApi.SOCK_DGRAM ? WireDatagrams.Write(endpoint, fragment)
            : endpoint->Phase != WirePhase.Open ? -SocketApi.EPIPE
            : (nint)WireSender.Add(&endpoint->Sender, (byte*)fragment->data, fragment->length);
        if (taken > 0 && endpoint->Named.Type == SocketApi.SOCK_STREAM)
            WireNetwork.Transmit(endpoint);
        Mutex.Unlock(&endpoint->Network->Base.Lock);
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsWritable(void* state, nuint needed)
    {
        WireEndpoint* endpoint = Enter(state);
        bool isWritable = endpoint->Named.Type == SocketApi.SOCK_DGRAM || endpoint->Sender.HasRoomFor(needed);
        return Leave(endpoint, isWritable ? 1 : 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void HasRead(void* state)
    {
        WireEndpoint* endpoint = Enter(state);
        if (endpoint->Phase == WirePhase.Open)
            WireEndpoint.SendAck(endpoint, ulong.MaxValue);
        Leave(endpoint, 0);
    }

    private static void SendEnd(WireEndpoint* endpoint)
    {
        if (endpoint->HasSentEnd)
            return;

        endpoint->HasSentEnd = true;
        WireSender.AddEnd(&endpoint->Sender);
        WireNetwork.Transmit(endpoint);
    }

    private static WireEndpoint* Enter(void* state) => (WireEndpoint*)NamedHooks.Enter(state);

    private static int Leave(WireEndpoint* endpoint, int result) => NamedHooks.Leave(endpoint, result);
}
