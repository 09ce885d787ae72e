// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;

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

    [ThreadStatic]
    private static nint t_current;

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

    /// <summary>So many accepts fail with the error.</summary>
    internal int FailingAccepts;
    internal int AcceptError;

    internal VirtualSocket* FirstSocket;
    private Route* _routes;
    private uint _lastPort;

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
        t_current = (nint)network;
        SocketBackends.OfThread =
            isCompletion ? VirtualSocketBackend.OfCompletion : VirtualSocketBackend.OfReadiness;
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

        t_current = 0;
        SocketBackends.OfThread = null;
        Common.Allocator.Release(network->Allocator, network);
        return AWS_OP_SUCCESS;
    }

    /// <summary>That of the calling thread.</summary>
    internal static VirtualNetwork* Current => (VirtualNetwork*)t_current;

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
