// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Secure;

/// <summary>Connections that come to a listener: they are offered when their handshake is done.</summary>
internal static unsafe class SecureAccept
{
    /// <summary>Takes what the listener below has.</summary>
    internal static void AcceptAll(SecureEndpoint* listener)
    {
        SecureNetwork* network = listener->Network;
        while (listener->Phase == SecurePhase.Listening)
        {
            int lower = SocketCalls.Accept(listener->Lower, null, null, SocketApi.SOCK_NONBLOCK);
            if (lower < 0)
                return;

            SecureEndpoint* endpoint = SecureEndpoint.New(network, lower);
            endpoint->Listener = listener;
            if (!SecureEndpoint.BeginSession(endpoint, network->Server) || !SecureNetwork.Watch(network, endpoint))
                SecureEndpoint.Fail(endpoint, SocketApi.EPROTO);
            else
                SecureEndpoint.GoOn(endpoint);
        }
    }

    /// <summary>A handshake is done: the connection joins the listener's queue, or waits for room in it.</summary>
    internal static void Offer(SecureEndpoint* endpoint)
    {
        SecureEndpoint* listener = endpoint->Listener;
        if (endpoint->Socket == null)
        {
            UserSocket* socket;
            if (TransportReports.Prepare(listener->Socket, endpoint, null, &socket) != 0)
            {
                SecureEndpoint.Fail(endpoint, SocketApi.ECONNREFUSED);
                return;
            }

            endpoint->Socket = UserSocket.Acquired(socket);
        }

        endpoint->Phase = SecurePhase.Open;
        int error = SocketListener.Offer(listener->Socket, endpoint->Socket);
        if (error == -SocketApi.EAGAIN)
            endpoint->Phase = SecurePhase.Waiting;
        else if (error == 0)
            endpoint->Listener = null;
        else
            Withdraw(endpoint);
    }

    /// <summary>The listener may have room for those who wait, or does not listen any more.</summary>
    internal static void OfferAll(SecureEndpoint* listener)
    {
        SecureEndpoint* endpoint;
        while ((endpoint = Oldest(listener)) != null)
        {
            Offer(endpoint);
            if (endpoint->Phase == SecurePhase.Waiting)
                return;
            SecureEndpoint.GoOn(endpoint);
        }
    }

    /// <summary>A listener is closed: nobody waits for it any more.</summary>
    internal static void Refuse(SecureEndpoint* listener)
    {
        SecureEndpoint* endpoint = listener->Network->First;
        for (; endpoint != null; endpoint = endpoint->Next)
        {
            if (endpoint->Listener != listener)
                continue;
            if (endpoint->Phase == SecurePhase.Waiting)
                Withdraw(endpoint);
            else
                SecureEndpoint.Fail(endpoint, SocketApi.ECONNREFUSED);
            endpoint->Listener = null;
        }
    }

    private static void Withdraw(SecureEndpoint* endpoint)
    {
        endpoint->Listener = null;
        endpoint->Phase = SecurePhase.Dead;
        endpoint->IsClosed = true;
        endpoint->IsWithdrawn = true;
        UserSocket.Destroy(endpoint->Socket);
    }

    private static SecureEndpoint* Oldest(SecureEndpoint* listener)
    {
        SecureEndpoint* oldest = null;
        SecureEndpoint* endpoint = listener->Network->First;
        for (; endpoint != null; endpoint = endpoint->Next)
        {
            // Who joins last is first in the list.
            if (endpoint->Phase == SecurePhase.Waiting && endpoint->Listener == listener)
                oldest = endpoint;
        }

        return oldest;
    }
}
