// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;
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
        if (VirtualAddress.HasFreePort(&local))
            TakePort(network, socket, &local);
        else if (IsTaken(network, &local, socket->IsStream))
            return AWS_IO_SOCKET_ADDRESS_IN_USE;

        socket->Local = local;
        socket->IsBound = true;
        return AWS_ERROR_SUCCESS;
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
        while (IsTaken(network, local, socket->IsStream));
    }

    private static bool IsTaken(VirtualNetwork* network, SocketAddress* local, bool isStream)
    {
        for (VirtualSocket* socket = network->FirstSocket; socket != null; socket = socket->Next)
        {
            if (socket->IsBound && socket->IsStream == isStream &&
                (VirtualAddress.Covers(&socket->Local, local) || VirtualAddress.Covers(local, &socket->Local)))
            {
                return true;
            }
        }

        return false;
    }
}
