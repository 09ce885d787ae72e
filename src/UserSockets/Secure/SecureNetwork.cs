// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;

namespace Reseau.Native.UserSockets.Secure;

/// <summary>
/// Sockets with TLS, over those of another transport: its endpoints, and the thread that waits for what happens below.
/// </summary>
internal unsafe struct SecureNetwork
{
    /// <summary>How much is received at a time.</summary>
    internal const int RecordsSize = 64 * 1024;

    private const ulong HandshakeMax = 30_000_000_000;
    private const int EventsMax = 64;
    private const int LookAfterHandshakes = 1000;

    internal aws_mutex Lock;
    internal SecureEndpoint* First;
    internal Transport* Below;
    internal TlsSettings* Client;
    internal TlsSettings* Server;

    /// <summary>What has been received, for the time of its decryption.</summary>
    internal byte* Records;

    private int _epoll;
    private bool _isEnding;

    /// <summary>Takes the settings over, and holds the transport. 0 or a negated error.</summary>
    internal static int New(Transport* below, TlsSettings* client, TlsSettings* server, SecureNetwork** made)
    {
        int epoll = EpollCalls.Create(0);
        if (epoll < 0)
            return epoll;

        SecureNetwork* network = Common.Allocator.New<SecureNetwork>(Common.Allocator.Default());
        Mutex.Init(&network->Lock);
        network->_epoll = epoll;
        network->Below = Transport.Acquired(below);
        network->Records = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), RecordsSize);
        if (!TransportThread.Start(&Main, network))
        {
            SocketCalls.Close(epoll);
            Free(network);
            return -SocketApi.EAGAIN;
        }

        network->Client = client;
        network->Server = server;
        *made = network;
        return 0;
    }

    /// <summary>There are no sockets any more, and will be none: the thread ends when all has been sent.</summary>
    internal static void End(SecureNetwork* network)
    {
        Mutex.Lock(&network->Lock);
        network->_isEnding = true;
        int epoll = network->_epoll;
        Mutex.Unlock(&network->Lock);

        // It waits for ever otherwise: nothing happens below.
        SocketCalls.Close(epoll);
    }

    /// <summary>Under the lock: the thread is notified of what happens to the socket below.</summary>
    internal static bool Watch(SecureNetwork* network, SecureEndpoint* endpoint)
    {
        byte* change = stackalloc byte[EpollApi.EventSizeMax];
        uint events = (uint)(SocketApi.POLLIN | SocketApi.POLLOUT | SocketApi.POLLRDHUP) | Registration.EdgeTriggered;
        EpollApi.SetEvent(change, 0, events, endpoint);
        return EpollCalls.Control(network->_epoll, EpollApi.EPOLL_CTL_ADD, endpoint->Lower, change) == 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* state)
    {
        Platform.Thread.SetName(Literal.Of("ReseauSecure"u8));
        SecureNetwork* network = (SecureNetwork*)state;
        byte* events = stackalloc byte[EpollApi.EventSizeMax * EventsMax];
        bool isOver = false;
        while (!isOver)
        {
            int count = EpollCalls.Wait(network->_epoll, events, EventsMax, LookAfterHandshakes);
            Mutex.Lock(&network->Lock);
            for (int i = 0; i < count; i++)
                Happened((SecureEndpoint*)EpollApi.EventData(events, i));
            Sweep(network);
            isOver = network->_isEnding && (network->First == null || count == -SocketApi.EBADF);
            if (isOver)
                GiveUp(network);
            Mutex.Unlock(&network->Lock);
        }

        Free(network);
        return null;
    }

    private static void Happened(SecureEndpoint* endpoint)
    {
        if (endpoint->Phase == SecurePhase.Listening)
            SecureAccept.AcceptAll(endpoint);
        else
            SecureEndpoint.GoOn(endpoint);
    }

    // Frees those that are over, and ends handshakes that take too long.
    private static void Sweep(SecureNetwork* network)
    {
        ulong now = Platform.ConditionVariable.Now();
        SecureEndpoint** link = &network->First;
        while (*link != null)
        {
            SecureEndpoint* endpoint = *link;
            if (endpoint->Phase == SecurePhase.Handshaking && now > endpoint->StartedAt + HandshakeMax)
                SecureEndpoint.Fail(endpoint, SocketApi.ETIMEDOUT);
            if (SecureEndpoint.IsOver(endpoint))
            {
                *link = endpoint->Next;
                SecureEndpoint.Free(endpoint);
            }
            else
            {
                link = &endpoint->Next;
            }
        }
    }

    // What sockets that are closed have not sent yet is sent by blocking calls: nobody waits for this thread.
    private static void GiveUp(SecureNetwork* network)
    {
        while (network->First != null)
        {
            SecureEndpoint* endpoint = network->First;
            network->First = endpoint->Next;
            SecureEndpoint.FlushBlocking(endpoint);
            SecureEndpoint.Free(endpoint);
        }
    }

    private static void Free(SecureNetwork* network)
    {
        TlsSettings.Release(network->Client);
        TlsSettings.Release(network->Server);
        Transport.Release(network->Below);
        Mutex.CleanUp(&network->Lock);
        Common.Allocator.Release(Common.Allocator.Default(), network->Records);
        Common.Allocator.Release(Common.Allocator.Default(), network);
    }
}
