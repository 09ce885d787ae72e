// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.UserSockets;

/// <summary>
/// A transport, ours or a program's: the hooks of &lt;reseau/transport.h&gt;, whose comments are the contract.
/// Functions of this struct call a hook, or answer for one that is missing.
/// </summary>
internal unsafe struct Transport
{
    private reseau_transport_hooks _hooks;
    private void* _state;
    private TransportDrain* _drain;
    private int _references;

    /// <summary>Null if the hooks are not as the contract says.</summary>
    internal static Transport* New(reseau_transport_hooks* hooks, void* state)
    {
        if (hooks->size != (nuint)sizeof(reseau_transport_hooks))
            return null;
        if (hooks->create == null || hooks->close == null || hooks->destroy == null || hooks->write == null)
            return null;

        Transport* transport = Common.Allocator.New<Transport>(Common.Allocator.Default());
        transport->_hooks = *hooks;
        transport->_state = state;
        transport->_drain = TransportDrain.New();
        transport->_references = 1;
        return transport;
    }

    internal static void Acquire(Transport* transport) => Interlocked.Increment(ref transport->_references);

    internal static Transport* Acquired(Transport* transport)
    {
        Acquire(transport);
        return transport;
    }

    internal static void ReleaseIfAny(Transport* transport)
    {
        if (transport != null)
            Release(transport);
    }

    internal static void Release(Transport* transport)
    {
        if (Interlocked.Decrement(ref transport->_references) != 0)
            return;

        if (transport->_hooks.end != null)
            transport->_hooks.end(transport->_state);
        TransportDrain.Release(transport->_drain);
        Common.Allocator.Release(Common.Allocator.Default(), transport);
    }

    internal static TransportDrain* DrainOf(Transport* transport) => transport->_drain;

    internal static int Create(UserSocket* socket)
    {
        Transport* transport = socket->Transport;
        return transport->_hooks.create(
            transport->_state,
            socket,
            socket->Domain,
            socket->Type,
            socket->Protocol,
            &socket->Traits,
            &socket->State);
    }

    internal static int Close(UserSocket* socket, reseau_transport_close how) =>
        socket->Transport->_hooks.close(socket->State, (int)how);

    internal static void Destroy(UserSocket* socket) => socket->Transport->_hooks.destroy(socket->State);

    internal static int Pair(UserSocket* socket, UserSocket* other) =>
        socket->Transport->_hooks.pair == null
            ? -SocketApi.EOPNOTSUPP
            : socket->Transport->_hooks.pair(socket->State, other->State);

    internal static int Bind(UserSocket* socket, void* address, uint length) =>
        socket->Transport->_hooks.bind == null
            ? -SocketApi.EOPNOTSUPP
            : socket->Transport->_hooks.bind(socket->State, address, length);

    internal static int Listen(UserSocket* socket, int backlog) =>
        socket->Transport->_hooks.listen == null
            ? -SocketApi.EOPNOTSUPP
            : socket->Transport->_hooks.listen(socket->State, backlog);

    internal static int Connect(UserSocket* socket, void* address, uint length) =>
        socket->Transport->_hooks.connect == null
            ? -SocketApi.EOPNOTSUPP
            : socket->Transport->_hooks.connect(socket->State, address, length);

    internal static void Accepted(UserSocket* listener)
    {
        if (listener->Transport->_hooks.accepted != null)
            listener->Transport->_hooks.accepted(listener->State);
    }

    internal static int Shutdown(UserSocket* socket, int how) =>
        socket->Transport->_hooks.shutdown == null ? 0 : socket->Transport->_hooks.shutdown(socket->State, how);

    internal static int LocalAddress(UserSocket* socket, void* address, uint* length) =>
        socket->Transport->_hooks.local_address == null
            ? -SocketApi.EOPNOTSUPP
            : socket->Transport->_hooks.local_address(socket->State, address, length);

    internal static int PeerAddress(UserSocket* socket, void* address, uint* length) =>
        socket->Transport->_hooks.peer_address == null
            ? -SocketApi.ENOTCONN
            : socket->Transport->_hooks.peer_address(socket->State, address, length);

    internal static int GetOption(UserSocket* socket, int level, int name, void* value, uint* length) =>
        socket->Transport->_hooks.get_option == null
            ? -SocketApi.ENOPROTOOPT
            : socket->Transport->_hooks.get_option(socket->State, level, name, value, length);

    internal static int SetOption(UserSocket* socket, int level, int name, void* value, uint length) =>
        socket->Transport->_hooks.set_option == null
            ? -SocketApi.ENOPROTOOPT
            : socket->Transport->_hooks.set_option(socket->State, level, name, value, length);

    internal static int Control(UserSocket* socket, nuint request, void* argument) =>
        socket->Transport->_hooks.control == null
            ? -SocketApi.ENOTTY
            : socket->Transport->_hooks.control(socket->State, request, argument);

    internal static nint Write(UserSocket* socket, reseau_fragment* fragment) =>
        socket->Transport->_hooks.write(socket->State, fragment);

    internal static bool IsWritable(UserSocket* socket, nuint needed) =>
        socket->Transport->_hooks.is_writable == null
        || socket->Transport->_hooks.is_writable(socket->State, needed) != 0;

    internal static void HasRead(UserSocket* socket)
    {
        if (socket->Transport->_hooks.has_read != null)
            socket->Transport->_hooks.has_read(socket->State);
    }
}
