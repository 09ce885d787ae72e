// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

internal enum SharedPhase
{
    Fresh,
    Opening,

    /// <summary>A connection that its listener has no room for yet.</summary>
    Waiting,
    Open,

    /// <summary>Nothing is sent or received any more, but what is owed.</summary>
    Dead,
}

/// <summary>Frames that are to be sent as soon as there is room for them.</summary>
[Flags]
internal enum SharedDebt
{
    None = 0,
    Open = 1,
    Accepted = 2,
    Refused = 4,
    Window = 8,
    End = 16,
    Reset = 32,
}

/// <summary>
/// The transport's half of a socket over shared memory. All under the network's lock. It outlives the socket until both
/// directions have ended.
/// </summary>
internal unsafe struct SharedEndpoint
{
    private const nuint SmallestBuffer = 2048;

    internal NamedEndpoint Named;

    /// <summary>The front's half, held; null for what only answers.</summary>
    internal UserSocket* Socket;
    internal SharedEndpoint* NextInBucket;
    internal SharedPhase Phase;
    internal SharedDebt Owed;
    internal uint Id;
    internal uint PeerId;

    /// <summary>Whose queue it waits for.</summary>
    internal SharedEndpoint* Listener;
    internal int WaitingCount;

    internal SharedReceiver Receiver;
    internal ulong Sent;
    internal ulong SendLimit;
    internal bool WaitsForRoom;
    internal bool HasSentEnd;
    internal bool IsClosed;

    /// <summary>The front has called `destroy`.</summary>
    internal bool IsDestroyed;

    internal readonly SharedNetwork* Network => (SharedNetwork*)Named.Network;

    internal static SharedEndpoint* New(SharedNetwork* network, int domain, int type)
    {
        SharedEndpoint* endpoint = Common.Allocator.New<SharedEndpoint>(Common.Allocator.Default());
        endpoint->Named.Network = &network->Base;
        endpoint->Named.Domain = domain;
        endpoint->Named.Type = type;
        return endpoint;
    }

    internal static void Free(SharedEndpoint* endpoint)
    {
        if (endpoint->Named.Type == 0)
            endpoint->Network->AnswerCount--;
        SharedReceiver.CleanUp(&endpoint->Receiver);
        UserSocket.ReleaseIfAny(endpoint->Socket);
        Common.Allocator.Release(Common.Allocator.Default(), endpoint);
    }

    /// <summary>Whether nobody needs it any more.</summary>
    internal static bool IsOver(SharedEndpoint* endpoint) =>
        endpoint->IsDestroyed && endpoint->Owed == SharedDebt.None
        && (endpoint->Phase is SharedPhase.Fresh or SharedPhase.Dead
            || (endpoint->HasSentEnd && endpoint->Receiver.HasEnd));

    // ---- Sending ----

    internal static void Owe(SharedEndpoint* endpoint, SharedDebt debt)
    {
        endpoint->Owed |= debt;
        Flush(endpoint);
    }

    /// <summary>Sends what is owed, in its order, as far as there is room. Whether that was all.</summary>
    internal static bool Flush(SharedEndpoint* endpoint)
    {
        while (endpoint->Owed != SharedDebt.None)
        {
            SharedDebt first = endpoint->Owed & (SharedDebt)(-(int)endpoint->Owed);
            if (!SharedNetwork.Send(endpoint, first))
                return false;
            endpoint->Owed &= ~first;
        }

        if (endpoint->IsClosed && endpoint->Socket != null)
            TransportReports.Drained(endpoint->Socket);
        endpoint->Network->NeedsSweep |= endpoint->IsDestroyed;
        return true;
    }

    /// <summary>How many bytes were taken; -EAGAIN without room.</summary>
    internal static nint Write(SharedEndpoint* endpoint, reseau_fragment* fragment)
    {
        if (endpoint->Phase != SharedPhase.Open)
            return -SocketApi.EPIPE;

        // What is still owed says that there is a connection.
        bool isBehind = endpoint->Owed != SharedDebt.None && !Flush(endpoint);
        nuint room = isBehind ? 0 : RoomFor(endpoint, fragment->length, 1);
        if (room == 0)
            return -SocketApi.EAGAIN;

        SharedNetwork.SendData(endpoint, fragment->data, room);
        endpoint->Sent += room;
        return (nint)room;
    }

    internal static bool IsWritable(SharedEndpoint* endpoint, nuint needed)
    {
        // No receive buffer is smaller.
        nuint enough = nuint.Clamp(needed, 1, SmallestBuffer);
        return endpoint->Phase != SharedPhase.Open || RoomFor(endpoint, enough, enough) == enough;
    }

    /// <summary>The stream ends here.</summary>
    internal static void SendEnd(SharedEndpoint* endpoint)
    {
        if (endpoint->HasSentEnd)
            return;

        endpoint->HasSentEnd = true;
        Owe(endpoint, SharedDebt.End);
    }

    /// <summary>The connection is over on this end, and the other one is to know.</summary>
    internal static void Reset(SharedEndpoint* endpoint)
    {
        endpoint->Phase = SharedPhase.Dead;
        endpoint->Owed = SharedDebt.None;
        Owe(endpoint, SharedDebt.Reset);
    }

    // ---- What comes ----

    internal static void Opened(SharedEndpoint* endpoint, SharedFrame* frame)
    {
        endpoint->Phase = SharedPhase.Open;
        endpoint->PeerId = frame->From;
        endpoint->SendLimit = frame->Value;
        SocketConnect.Finish(endpoint->Socket, 0);
        TransportReports.Writable(endpoint->Socket);
    }

    internal static void TakeWindow(SharedEndpoint* endpoint, ulong limit)
    {
        if (limit <= endpoint->SendLimit)
            return;

        endpoint->SendLimit = limit;
        TransportReports.Writable(endpoint->Socket);
    }

    internal static void TakeData(SharedEndpoint* endpoint, SharedFrame* frame)
    {
        Arrival arrival = endpoint->IsClosed
            ? Arrival.Invalid
            : SharedReceiver.Take(&endpoint->Receiver, endpoint->Socket, &endpoint->Network->Link, frame);
        if (arrival == Arrival.Taken)
        {
            Widen(endpoint);
            return;
        }

        Reset(endpoint);
        if (!endpoint->IsClosed)
            TransportReports.Fail(endpoint->Socket, SocketApi.ECONNRESET);
    }

    internal static void TakeEnd(SharedEndpoint* endpoint)
    {
        SharedReceiver.TakeEnd(&endpoint->Receiver, endpoint->Socket);
        endpoint->Network->NeedsSweep |= endpoint->IsDestroyed;
    }

    /// <summary>The program has read: there is room for more.</summary>
    internal static void Widen(SharedEndpoint* endpoint)
    {
        if (endpoint->Phase == SharedPhase.Open && SharedReceiver.Widen(&endpoint->Receiver, endpoint->Socket))
            Owe(endpoint, SharedDebt.Window);
    }

    /// <summary>The connection is over, and the other end knows, or is gone.</summary>
    internal static void Fail(SharedEndpoint* endpoint, int error)
    {
        // Who has everything, and has sent everything, does not miss it.
        bool isMissed = !endpoint->IsClosed && !(endpoint->HasSentEnd && endpoint->Receiver.HasEnd);
        endpoint->Phase = SharedPhase.Dead;
        endpoint->Owed = SharedDebt.None;
        endpoint->Network->NeedsSweep = true;
        if (endpoint->Socket == null)
            return;
        if (isMissed)
            TransportReports.Fail(endpoint->Socket, error);
        if (endpoint->IsClosed)
            TransportReports.Drained(endpoint->Socket);
    }

    // 0 also means that somebody says when there is more.
    private static nuint RoomFor(SharedEndpoint* endpoint, nuint length, nuint needed)
    {
        nuint allowed = (nuint)ulong.Min(length, endpoint->SendLimit - endpoint->Sent);
        return allowed < needed ? 0 : nuint.Min(allowed, SharedNetwork.Room(endpoint, needed));
    }
}
