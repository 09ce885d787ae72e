// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>How connections over shared memory begin. Under the network's lock.</summary>
internal static unsafe class SharedConnect
{
    private const int AllFrames = int.MaxValue;

    // Who asks for more than so many connections that nobody accepts is refused.
    private const int WaitingMax = 4096;

    // An end that asks on and on, and reads no answers, is none of ours.
    private const int AnswersMax = 16 * 1024;

    /// <summary>connect() of a stream: -EINPROGRESS, or another negated error.</summary>
    internal static int Connect(NamedEndpoint* named, SocketName* to)
    {
        SharedEndpoint* endpoint = (SharedEndpoint*)named;
        return endpoint->Phase == SharedPhase.Fresh ? Begin(endpoint, to) : -SocketApi.ECONNABORTED;
    }

    private static int Begin(SharedEndpoint* endpoint, SocketName* to)
    {
        SharedNetwork* network = endpoint->Network;
        int error = EndpointNames.BindForUse(&network->Base.Names, &endpoint->Named, to);
        if (error != 0)
            return error;

        // What ends the connections with whoever was there before must not end this one.
        if (SharedLink.HasNewPeer(&network->Link))
            SharedNetwork.Receive(network, AllFrames);
        if (network->Link.IsBroken || !SharedLink.HasPeer(&network->Link))
            return -SocketApi.ECONNREFUSED;

        endpoint->Named.Remote = *to;
        endpoint->Named.HasPeer = true;
        endpoint->Phase = SharedPhase.Opening;
        SharedReceiver.Begin(&endpoint->Receiver, endpoint->Socket);
        SharedEndpoint.Owe(endpoint, SharedDebt.Open);
        return -SocketApi.EINPROGRESS;
    }

    /// <summary>The other end asks for a connection.</summary>
    internal static void TakeOpen(SharedNetwork* network, SharedFrame* frame)
    {
        byte* names = stackalloc byte[EndpointNames.SizeMax];
        SocketName to;
        SocketName from;
        if (frame->Length > EndpointNames.SizeMax)
            return;

        SharedLink.Copy(&network->Link, frame, names);
        if (EndpointNames.Read(names, (int)frame->Length, &to, &from) == 0 || !to.IsSet)
            return;

        SharedEndpoint* listener = (SharedEndpoint*)EndpointNames.Find(
            &network->Base.Names, SocketApi.SOCK_STREAM, &to, &from);
        bool isOpen = listener != null && listener->Named.IsListening && listener->WaitingCount < WaitingMax
            && Prepare(listener, frame, &to, &from);
        if (!isOpen)
            Answer(network, frame, SharedDebt.Refused);
    }

    /// <summary>To a frame that no connection here takes.</summary>
    internal static void Answer(SharedNetwork* network, SharedFrame* frame, SharedDebt answer)
    {
        if (network->AnswerCount == AnswersMax)
        {
            network->Link.IsBroken = true;
            return;
        }

        network->AnswerCount++;
        SharedEndpoint* endpoint = SharedEndpoint.New(network, 0, 0);
        SharedNetwork.Add(network, endpoint, null);
        endpoint->Phase = SharedPhase.Dead;
        endpoint->PeerId = frame->From;
        endpoint->IsDestroyed = true;
        SharedEndpoint.Owe(endpoint, answer);
    }

    /// <summary>A listener may have room for those who wait, or does not listen any more.</summary>
    internal static void Accepted(SharedEndpoint* listener)
    {
        // In the order in which they came, which is that of their numbers.
        SharedEndpoint* waiting;
        while (listener->WaitingCount > 0 && (waiting = Oldest(listener)) != null && Offer(listener, waiting))
        {
        }
    }

    /// <summary>The connection of the other end's that has this number and waits; null if there is none.</summary>
    internal static SharedEndpoint* FindWaiting(SharedNetwork* network, uint peerId)
    {
        SharedEndpoint* endpoint = (SharedEndpoint*)network->Base.Names.First;
        while (endpoint != null && !(endpoint->Phase == SharedPhase.Waiting && endpoint->PeerId == peerId))
            endpoint = (SharedEndpoint*)endpoint->Named.Next;
        return endpoint;
    }

    /// <summary>A connection that waits is not wanted any more.</summary>
    internal static void Withdraw(SharedEndpoint* endpoint)
    {
        endpoint->Listener->WaitingCount--;
        endpoint->Listener = null;
        endpoint->Phase = SharedPhase.Dead;
        endpoint->Network->NeedsSweep = true;
        UserSocket.Destroy(endpoint->Socket);
    }

    private static bool Prepare(SharedEndpoint* listener, SharedFrame* frame, SocketName* to, SocketName* from)
    {
        SharedNetwork* network = listener->Network;
        SharedEndpoint* endpoint = SharedEndpoint.New(network, listener->Named.Domain, listener->Named.Type);
        UserSocket* socket;
        if (TransportReports.Prepare(listener->Socket, endpoint, null, &socket) != 0)
        {
            SharedEndpoint.Free(endpoint);
            return false;
        }

        endpoint->Named.Local = *to;
        endpoint->Named.Remote = *from;
        endpoint->Named.HasPeer = true;
        endpoint->PeerId = frame->From;
        endpoint->SendLimit = frame->Value;
        endpoint->Phase = SharedPhase.Waiting;
        endpoint->Listener = listener;
        listener->WaitingCount++;
        SharedNetwork.Add(network, endpoint, socket);
        Offer(listener, endpoint);
        return true;
    }

    // False when there is no room in the queue.
    private static bool Offer(SharedEndpoint* listener, SharedEndpoint* endpoint)
    {
        SharedReceiver.Begin(&endpoint->Receiver, endpoint->Socket);
        endpoint->Phase = SharedPhase.Open;
        int error = SocketListener.Offer(listener->Socket, endpoint->Socket);
        if (error == -SocketApi.EAGAIN)
        {
            endpoint->Phase = SharedPhase.Waiting;
            return false;
        }

        if (error != 0)
        {
            Withdraw(endpoint);
            SharedEndpoint.Owe(endpoint, SharedDebt.Refused);
            return true;
        }

        endpoint->Listener = null;
        listener->WaitingCount--;
        SharedEndpoint.Owe(endpoint, SharedDebt.Accepted);
        return true;
    }

    private static SharedEndpoint* Oldest(SharedEndpoint* listener)
    {
        SharedEndpoint* oldest = null;
        SharedEndpoint* endpoint = (SharedEndpoint*)listener->Network->Base.Names.First;
        for (; endpoint != null; endpoint = (SharedEndpoint*)endpoint->Named.Next)
        {
            // Who joins last is first in the list.
            if (endpoint->Phase == SharedPhase.Waiting && endpoint->Listener == listener)
                oldest = endpoint;
        }

        return oldest;
    }
}
