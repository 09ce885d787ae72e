// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// Sockets in memory, on loops with a <see cref="VirtualTime"/>, and how the network between them behaves. From
/// <see cref="New"/> to <see cref="Destroy"/> the sockets that the calling thread makes are of this network, if their
/// options name no implementation. That thread is the time's driver, and the only one that may use them.
/// </summary>
internal unsafe struct VirtualNetwork
{
    /// <summary>The error of a route on which nothing is ever answered.</summary>
    internal const int NoAnswer = -1;

    private const uint FirstEphemeralPort = 49152;
    private const uint LastPort = 65535;
    private const nuint DefaultCapacity = 64 * 1024;

    // A table of the networks that there are, and its lock.
    private static nint s_registry;

    private struct Registry
    {
        internal aws_mutex Lock;
        internal VirtualNetwork* First;
    }

    /// <summary>How connection attempts to an address fare, whatever the port.</summary>
    private struct Route
    {
        internal Route* Next;
        internal SocketAddress Address;
        internal ulong Nanoseconds;
        internal int Error;
    }

    internal aws_allocator* Allocator;
    internal VirtualTime* Time;

    // What a test may change at any time; the capacities are those of connections that are made afterwards.

    /// <summary>Bytes that a socket takes for sending while the peer has no room.</summary>
    internal nuint SendCapacity;

    /// <summary>Bytes that may wait to be received.</summary>
    internal nuint ReceiveCapacity;

    /// <summary>Bytes of one send, at most.</summary>
    internal nuint MaxSend;

    /// <summary>Bytes of one receive, at most.</summary>
    internal nuint MaxReceive;

    /// <summary>How long the answer to a connection attempt takes, where no route says otherwise.</summary>
    internal ulong ConnectNanoseconds;

    /// <summary>How long the operations of a handle that is closed take to come back.</summary>
    internal ulong AbortNanoseconds;

    /// <summary>So many accepts fail with the error.</summary>
    internal int FailingAccepts;
    internal int AcceptError;

    internal VirtualSocket* FirstSocket;

    /// <summary>The number of the last socket that was made.</summary>
    internal ulong LastNumber;

    // ---- A network of hosts ----

    internal VirtualHost* FirstHost;
    internal SeededRandom Random;

    /// <summary>Of paths between hosts that have nothing of their own.</summary>
    internal PathSettings Usual;

    /// <summary>Called for each packet, with the state; or NULL.</summary>
    internal delegate*<void*, NetworkEvent*, void> OnEvent;
    internal void* OnEventState;
    private VirtualPath* _paths;

    private Route* _routes;
    private uint _lastPort;
    private VirtualNetwork* _next;
    private ulong _thread;
    private bool _isCompletion;

    /// <summary>
    /// A network of readiness sockets, or of completion sockets. The thread has no other at this time.
    /// </summary>
    internal static VirtualNetwork* New(VirtualTime* time, bool isCompletion)
    {
        VirtualNetwork* network = Common.Allocator.New<VirtualNetwork>(time->Allocator);
        network->Allocator = time->Allocator;
        network->Time = time;
        network->SendCapacity = DefaultCapacity;
        network->ReceiveCapacity = DefaultCapacity;
        network->MaxSend = nuint.MaxValue;
        network->MaxReceive = nuint.MaxValue;
        network->_lastPort = FirstEphemeralPort - 1;
        network->_thread = Threads.CurrentId();
        network->_isCompletion = isCompletion;
        Registry* registry = LockRegistry();
        network->_next = registry->First;
        registry->First = network;
        Mutex.Unlock(&registry->Lock);
        SocketBackends.AskFirst(&BackendOfThread);
        return network;
    }

    /// <summary>
    /// A network of hosts, for whoever has their tables: no thread gets its sockets otherwise. The seed decides what
    /// happens by chance.
    /// </summary>
    internal static VirtualNetwork* NewOfHosts(VirtualTime* time, ulong seed)
    {
        VirtualNetwork* network = Common.Allocator.New<VirtualNetwork>(time->Allocator);
        network->Allocator = time->Allocator;
        network->Time = time;
        network->Random = SeededRandom.Of(seed);
        network->Usual = PathSettings.Perfect;
        network->MaxSend = nuint.MaxValue;
        network->MaxReceive = nuint.MaxValue;
        network->_lastPort = FirstEphemeralPort - 1;
        return network;
    }

    /// <summary>
    /// Frees a network of hosts, whose loops have ended, with what is still on its way.
    /// </summary>
    internal static void DestroyOfHosts(VirtualNetwork* network)
    {
        while (network->FirstSocket != null)
            VirtualSocket.Free(network->FirstSocket);
        VirtualTime.CancelEvents(network->Time);
        for (VirtualPath* path = network->_paths; path != null;)
        {
            VirtualPath* next = path->Next;
            Common.Allocator.Release(network->Allocator, path);
            path = next;
        }

        for (VirtualHost* host = network->FirstHost; host != null;)
        {
            VirtualHost* next = host->Next;
            Common.Allocator.Release(network->Allocator, host);
            host = next;
        }

        Common.Allocator.Release(network->Allocator, network);
    }

    internal static ulong Now(VirtualNetwork* network) => VirtualTime.Now(network->Time);

    internal static void Report(VirtualNetwork* network, NetworkEvent* happened)
    {
        if (network->OnEvent != null)
            network->OnEvent(network->OnEventState, happened);
    }

    /// <summary>
    /// A host that has left is there again, as another: what is sent to it comes to one that knows nothing of it.
    /// </summary>
    internal static void Replace(VirtualNetwork* network, VirtualHost* old, VirtualHost* now)
    {
        for (VirtualPath* path = network->_paths; path != null; path = path->Next)
        {
            if (path->From != old && path->To != old)
                continue;
            VirtualPath* same = PathOf(
                network, path->From == old ? now : path->From, path->To == old ? now : path->To);
            same->Settings = path->Settings;
            same->IsCut = path->IsCut;
        }

        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = socket->Next)
        {
            if (socket->RemoteHost == old)
                socket->RemoteHost = now;
        }
    }

    /// <summary>A host is no more: so are its sockets, which nobody is notified of.</summary>
    internal static void FreeSocketsOf(VirtualNetwork* network, VirtualHost* host)
    {
        VirtualSocket* next;
        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = next)
        {
            next = socket->Next;
            if (socket->Host == host)
                VirtualSocket.Free(socket);
        }
    }

    /// <summary>Resets the connections between two hosts; NULL is any. Returns how many there were.</summary>
    internal static int ResetAll(VirtualNetwork* network, VirtualHost* a, VirtualHost* b)
    {
        int count = 0;
        for (VirtualSocket* socket = network->FirstSocket; socket != null;)
        {
            bool isOne = socket->IsStream && socket->Peer != null &&
                (IsBetween(socket, a, b) || IsBetween(socket, b, a));
            if (!isOne)
            {
                socket = socket->Next;
                continue;
            }

            // It may be gone then, and so may the next one.
            count++;
            VirtualStream.ResetBoth(socket);
            socket = network->FirstSocket;
        }

        return count;
    }

    private static bool IsBetween(VirtualSocket* socket, VirtualHost* a, VirtualHost* b) =>
        (a == null || socket->Host == a) && (b == null || socket->RemoteHost == b);

    /// <summary>The way from one host to another, or to itself.</summary>
    internal static VirtualPath* PathOf(VirtualNetwork* network, VirtualHost* from, VirtualHost* to)
    {
        VirtualPath* path = network->_paths;
        while (path != null && (path->From != from || path->To != to))
            path = path->Next;
        if (path != null)
            return path;

        path = Common.Allocator.New<VirtualPath>(network->Allocator);
        path->From = from;
        path->To = to;
        path->Settings = from == to ? PathSettings.Perfect : network->Usual;
        path->Next = network->_paths;
        network->_paths = path;
        return path;
    }

    /// <summary>The host that has an address, seen from one; NULL if there is none.</summary>
    internal static VirtualHost* HostOf(VirtualNetwork* network, VirtualHost* from, IpAddress* address)
    {
        if (IpAddress.IsLoopback(address))
            return from;
        VirtualHost* host = network->FirstHost;
        while (host != null && (host->HasLeft || !VirtualHost.Has(host, address)))
            host = host->Next;
        return host;
    }

    /// <summary>
    /// The bound socket of a host that gets what is sent to an address of it: one of several by chance. NULL if there
    /// is none.
    /// </summary>
    internal static VirtualSocket* FindOnHost(
        VirtualNetwork* network, VirtualHost* host, SocketAddress* address, bool isStream)
    {
        VirtualSocket* found = null;
        ulong count = 0;
        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = socket->Next)
        {
            if (!socket->IsBound || socket->Host != host || socket->IsStream != isStream ||
                (isStream && !socket->IsListening) ||
                !VirtualAddress.CoversBoth(&socket->Local, address, socket->IsIPv6Only))
            {
                continue;
            }

            if (++count == 1 || network->Random.UpTo(count - 1) == 0)
                found = socket;
        }

        return found;
    }

    /// <summary>All its sockets have been closed before; else AWS_ERROR_INVALID_STATE, and it stays as it is.</summary>
    internal static int Destroy(VirtualNetwork* network)
    {
        if (network->FirstSocket != null)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        while (network->_routes != null)
        {
            Route* route = network->_routes;
            network->_routes = route->Next;
            Common.Allocator.Release(network->Allocator, route);
        }

        Registry* registry = LockRegistry();
        VirtualNetwork** link = &registry->First;
        while (*link != network)
            link = &(*link)->_next;
        *link = network->_next;
        Mutex.Unlock(&registry->Lock);
        Common.Allocator.Release(network->Allocator, network);
        return AWS_OP_SUCCESS;
    }

    /// <summary>That of the calling thread; NULL if it has none.</summary>
    internal static VirtualNetwork* Current
    {
        get
        {
            ulong thread = Threads.CurrentId();
            Registry* registry = LockRegistry();
            VirtualNetwork* network = registry->First;
            while (network != null && network->_thread != thread)
                network = network->_next;
            Mutex.Unlock(&registry->Lock);
            return network;
        }
    }

    /// <summary>
    /// Attempts to connect to this address are answered after so many nanoseconds: with the error, or, if that is 0, by
    /// whoever listens there; or, with <see cref="NoAnswer"/>, not at all.
    /// </summary>
    internal static void SetRoute(
        VirtualNetwork* network, aws_socket_endpoint* endpoint, aws_socket_domain domain, ulong nanoseconds, int error)
    {
        Route* route = Common.Allocator.New<Route>(network->Allocator);
        VirtualAddress.Parse(endpoint, domain, &route->Address);
        route->Nanoseconds = nanoseconds;
        route->Error = error;
        route->Next = network->_routes;
        network->_routes = route;
    }

    internal static void FindRoute(VirtualNetwork* network, SocketAddress* to, ulong* nanoseconds, int* error)
    {
        *nanoseconds = network->ConnectNanoseconds;
        *error = AWS_ERROR_SUCCESS;
        for (Route* route = network->_routes; route != null; route = route->Next)
        {
            if (!VirtualAddress.IsSameHost(&route->Address, to))
                continue;
            *nanoseconds = route->Nanoseconds;
            *error = route->Error;
            return;
        }
    }

    /// <summary>The bound socket of that type which gets what is sent to an address; NULL if there is none.</summary>
    internal static VirtualSocket* Find(VirtualNetwork* network, SocketAddress* address, bool isStream)
    {
        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = socket->Next)
        {
            if (socket->IsBound && socket->IsStream == isStream && VirtualAddress.Covers(&socket->Local, address))
                return socket;
        }

        return null;
    }

    /// <summary>Binds a socket; port 0 means one that nobody uses.</summary>
    internal static int Bind(VirtualNetwork* network, VirtualSocket* socket, SocketAddress* address)
    {
        SocketAddress local = *address;
        IpAddress ip = VirtualAddress.IpOf(address);
        if (socket->Host != null && !VirtualAddress.IsAny(address) && !VirtualHost.Has(socket->Host, &ip))
            return AWS_IO_SOCKET_INVALID_ADDRESS;
        if (VirtualAddress.HasFreePort(&local))
            TakePort(network, socket, &local);
        else if (IsTaken(network, socket, &local))
            return AWS_IO_SOCKET_ADDRESS_IN_USE;

        socket->Local = local;
        socket->IsBound = true;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Gives a socket of a host that sends to an address one of its own, if it has none. False if it has none of that
    /// family.
    /// </summary>
    internal static bool TryBindForSending(VirtualNetwork* network, VirtualSocket* socket, SocketAddress* remote)
    {
        if (socket->Local.Length != 0 && !VirtualAddress.IsAny(&socket->Local))
            return true;

        IpAddress to = VirtualAddress.IpOf(remote);
        IpAddress source;
        if (!VirtualHost.TryGetSource(socket->Host, &to, &source))
            return false;
        uint port = socket->Local.Length == 0 ? 0 : VirtualAddress.PortOf(&socket->Local);
        VirtualAddress.FromIp(&source, port, &socket->Local);
        if (port == 0)
            TakePort(network, socket, &socket->Local);
        return true;
    }

    /// <summary>Gives a socket that connects an address of its own, if it has none.</summary>
    internal static void BindForConnect(VirtualNetwork* network, VirtualSocket* socket, SocketAddress* remote)
    {
        if (socket->Local.Length != 0)
            return;

        socket->Local = *remote;
        if (remote->Domain == AWS_SOCKET_LOCAL)
            VirtualAddress.SetNameless(&socket->Local);
        else
            TakePort(network, socket, &socket->Local);
    }

    private static SocketBackend* BackendOfThread()
    {
        VirtualNetwork* network = Current;
        return network == null ? null
            : network->_isCompletion ? VirtualSocketBackend.OfCompletion
            : VirtualSocketBackend.OfReadiness;
    }

    private static Registry* LockRegistry()
    {
        Registry* registry = (Registry*)Volatile.Read(ref s_registry);
        if (registry == null)
        {
            Registry* made = (Registry*)StaticMemory.Allocate((nuint)sizeof(Registry));
            Mutex.Init(&made->Lock);
            registry = (Registry*)StaticMemory.PublishBlock(ref s_registry, made);
        }

        Mutex.Lock(&registry->Lock);
        return registry;
    }

    private static void TakePort(VirtualNetwork* network, VirtualSocket* socket, SocketAddress* local)
    {
        do
        {
            network->_lastPort = network->_lastPort == LastPort ? FirstEphemeralPort : network->_lastPort + 1;
            VirtualAddress.SetPort(local, network->_lastPort);
        }
        while (IsTaken(network, socket, local));
    }

    private static bool IsTaken(VirtualNetwork* network, VirtualSocket* wanting, SocketAddress* local)
    {
        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = socket->Next)
        {
            if (socket->IsBound && socket->IsStream == wanting->IsStream && socket->Host == wanting->Host &&
                !(socket->SharesPort && wanting->SharesPort) &&
                (VirtualAddress.Covers(&socket->Local, local) || VirtualAddress.Covers(local, &socket->Local)))
            {
                return true;
            }
        }

        return false;
    }
}
