// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.UserSockets;
using Reseau.Native.UserSockets.Memory;
using Reseau.Native.UserSockets.Secure;
using Reseau.Native.UserSockets.Shared;
using Reseau.Native.UserSockets.Wire;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/transport.h&gt;.</summary>
public static unsafe class Exports_reseau_transport
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_new", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_new(reseau_transport_hooks* hooks, void* state, void** transport) => Given(hooks == null || transport == null ? null : Transport.New(hooks, state), transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_new_memory", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_new_memory(void** transport) => Given(transport == null ? null : MemoryTransport.New(), transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_new_wire", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_new_wire(int descriptor, int kind, void** transport) => -WireTransport.New(descriptor, kind, (Transport**)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_new_shared", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_new_shared(int descriptor, void** transport) => -SharedTransport.New(descriptor, (Transport**)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_new_tls", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_new_tls(void* below, reseau_tls_options* client, reseau_tls_options* server, void** transport) => -SecureTransport.New((Transport*)below, client, server, (Transport**)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void* reseau_transport_acquire(void* transport) => transport == null ? null : Transport.Acquired((Transport*)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_release(void* transport) => Transport.ReleaseIfAny((Transport*)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_await_drained", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_await_drained(void* transport, uint milliseconds) => transport == null ? SocketApi.EINVAL : -TransportDrain.Await(Transport.DrainOf((Transport*)transport), milliseconds);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_select", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_select(int domain, void* transport) => -TransportSelection.Select(domain, (Transport*)transport);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_socket_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void* reseau_transport_socket_acquire(void* socket) => socket == null ? null : UserSocket.Acquired((UserSocket*)socket);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_socket_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_socket_release(void* socket) => UserSocket.ReleaseIfAny((UserSocket*)socket);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_deliver", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_transport_deliver(void* socket, reseau_fragment* fragment) => socket == null ? -SocketApi.EINVAL : TransportReports.Deliver((UserSocket*)socket, fragment);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_has_room", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_has_room(void* socket, nuint needed) => socket == null ? 0 : TransportReports.HasRoom((UserSocket*)socket, needed) ? 1 : 0;

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_room", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint reseau_transport_room(void* socket) => socket == null ? 0 : TransportReports.RoomOf((UserSocket*)socket);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_abandon", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_abandon(void* socket, ulong datagram)
    {
        if (socket != null)
            TransportReports.Abandon((UserSocket*)socket, datagram);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_end", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_end(void* socket, ulong offset) => socket == null ? -SocketApi.EINVAL : TransportReports.End((UserSocket*)socket, offset);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_refuse_writes", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_refuse_writes(void* socket)
    {
        if (socket != null)
            TransportReports.RefuseWrites((UserSocket*)socket);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_fail", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_fail(void* socket, int error)
    {
        if (socket != null)
            TransportReports.Fail((UserSocket*)socket, error);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_connected", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_connected(void* socket, int error)
    {
        if (socket != null)
            SocketConnect.Finish((UserSocket*)socket, error);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_prepare", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_prepare(void* listener, void* state, reseau_transport_traits* traits, void** socket) => listener == null || socket == null ? -SocketApi.EINVAL : TransportReports.Prepare((UserSocket*)listener, state, traits, (UserSocket**)socket);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_offer", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_transport_offer(void* listener, void* socket) => listener == null || socket == null ? -SocketApi.EINVAL : SocketListener.Offer((UserSocket*)listener, (UserSocket*)socket);

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_withdraw", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_withdraw(void* socket)
    {
        if (socket != null)
            UserSocket.Destroy((UserSocket*)socket);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_writable", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_writable(void* socket)
    {
        if (socket != null)
            TransportReports.Writable((UserSocket*)socket);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_transport_drained", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_transport_drained(void* socket)
    {
        if (socket != null)
            TransportReports.Drained((UserSocket*)socket);
    }

    private static int Given(Transport* made, void** transport)
    {
        if (made == null)
            return SocketApi.EINVAL;

        *transport = made;
        return 0;
    }
}
