// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>
/// One end of shared memory: its sockets, the link, and the thread that reads what comes, looks whether there is still
/// another end, and frees the network when it is to end and nothing is left to send.
/// </summary>
internal unsafe struct SharedNetwork
{
    private const ulong LookAfterPeer = 200_000_000;
    private const int FramesPerTurn = 64;
    private const int Buckets = 256;

    internal NamedNetwork Base;
    internal SharedLink Link;

    /// <summary>A closed socket may be over.</summary>
    internal bool NeedsSweep;

    /// <summary>Endpoints that only answer.</summary>
    internal int AnswerCount;

    private uint _lastId;
    private ulong _lastDatagram;
    private SpinWindow _spin;
    private bool _hasDebts;
    private bool _hasWaiters;
    private bool _hadPeer;
    private bool _isEnding;
    private fixed ulong _buckets[Buckets];

    /// <summary>The network, in memory that its thread frees; or a negated error.</summary>
    internal static int New(int descriptor, SharedNetwork** made)
    {
        SharedNetwork* network = Common.Allocator.New<SharedNetwork>(Common.Allocator.Default());
        int error = SharedLink.Init(&network->Link, descriptor);
        if (error != 0)
        {
            Common.Allocator.Release(Common.Allocator.Default(), network);
            return error;
        }

        Mutex.Init(&network->Base.Lock);
        network->Base.Connect = &SharedConnect.Connect;
        network->Base.Leaving = &Leaving;
        network->_lastId = (uint)Platform.ConditionVariable.Now();
        network->_hadPeer = SharedLink.HasPeer(&network->Link);
        *made = network;
        return 0;
    }

    /// <summary>False if the system gives no thread.</summary>
    internal static bool Start(SharedNetwork* network) => TransportThread.Start(&Main, network);

    /// <summary>There are no sockets any more, and will be none: the thread ends when all has been sent.</summary>
    internal static void End(SharedNetwork* network)
    {
        Mutex.Lock(&network->Base.Lock);
        network->_isEnding = true;
        SharedLink.WakeUp(&network->Link);
        Mutex.Unlock(&network->Base.Lock);
    }

    // The other end is woken for what the call has sent.
    private static void Leaving(NamedNetwork* network) => SharedLink.Ring(&((SharedNetwork*)network)->Link);

    internal static void Free(SharedNetwork* network)
    {
        while (network->Base.Names.First != null)
        {
            SharedEndpoint* endpoint = (SharedEndpoint*)network->Base.Names.First;
            network->Base.Names.First = endpoint->Named.Next;
            SharedEndpoint.Free(endpoint);
        }

        SharedLink.CleanUp(&network->Link);
        Mutex.CleanUp(&network->Base.Lock);
        Common.Allocator.Release(Common.Allocator.Default(), network);
    }

    // ---- Endpoints: under the lock ----

    /// <summary>An endpoint joins, with its socket, which is held, or without one.</summary>
    internal static void Add(SharedNetwork* network, SharedEndpoint* endpoint, UserSocket* socket)
    {
        if (socket != null)
            endpoint->Socket = UserSocket.Acquired(socket);
        // 0 is nobody's.
        endpoint->Id = ++network->_lastId == 0 ? ++network->_lastId : network->_lastId;
        EndpointNames.Add(&network->Base.Names, &endpoint->Named);
        ulong* bucket = &network->_buckets[endpoint->Id % Buckets];
        endpoint->NextInBucket = (SharedEndpoint*)*bucket;
        *bucket = (ulong)endpoint;
    }

    internal static SharedEndpoint* Find(SharedNetwork* network, uint id)
    {
        SharedEndpoint* endpoint = (SharedEndpoint*)network->_buckets[id % Buckets];
        while (endpoint != null && endpoint->Id != id)
            endpoint = endpoint->NextInBucket;
        return endpoint;
    }

    // ---- Sending: under the lock ----

    /// <summary>How much content a frame may have; with less than is needed the endpoint waits for room.</summary>
    internal static nuint Room(SharedEndpoint* endpoint, nuint needed)
    {
        SharedNetwork* network = endpoint->Network;
        nuint room = SharedLink.Room(&network->Link, isControl: false);
        if (room >= needed)
            return room;

        endpoint->WaitsForRoom = true;
        network->_hasWaiters = true;
        return SharedLink.AskForRoom(&network->Link, needed)
            ? 0
            : SharedLink.Room(&network->Link, isControl: false);
    }

    internal static void SendData(SharedEndpoint* endpoint, void* bytes, nuint length)
    {
        SharedFrame frame = Frame(endpoint, SharedFrameType.Data, endpoint->Sent);
        frame.Length = (uint)length;
        SharedLink.Put(&endpoint->Network->Link, &frame, bytes, frame.Length, null);
    }

    internal static void SendDatagram(SharedEndpoint* endpoint, SocketName* to, reseau_fragment* fragment)
    {
        byte* names = stackalloc byte[EndpointNames.SizeMax];
        int size = EndpointNames.Write(names, to, &endpoint->Named.Local);
        SharedFrame frame = Frame(endpoint, SharedFrameType.Datagram, 0);
        frame.Length = (uint)size + (uint)fragment->length;
        SharedLink.Put(&endpoint->Network->Link, &frame, names, (uint)size, fragment->data);
    }

    /// <summary>Sends one frame that is owed. False without room, and it is sent when there is some.</summary>
    internal static bool Send(SharedEndpoint* endpoint, SharedDebt debt)
    {
        SharedNetwork* network = endpoint->Network;
        if (network->Link.IsBroken)
            return true;
        if (SharedLink.Room(&network->Link, isControl: true) < EndpointNames.SizeMax)
        {
            network->_hasDebts = true;
            SharedLink.AskForRoom(&network->Link, EndpointNames.SizeMax);
            return false;
        }

        byte* names = stackalloc byte[EndpointNames.SizeMax];
        SharedFrame frame = debt switch
        {
            SharedDebt.Open => Frame(endpoint, SharedFrameType.Open, endpoint->Receiver.Limit),
            SharedDebt.Accepted => Frame(endpoint, SharedFrameType.Accepted, endpoint->Receiver.Limit),
            SharedDebt.Refused => Frame(endpoint, SharedFrameType.Refused, 0),
            SharedDebt.Window => Frame(endpoint, SharedFrameType.Window, endpoint->Receiver.Limit),
            SharedDebt.End => Frame(endpoint, SharedFrameType.End, endpoint->Sent),
            _ => Frame(endpoint, SharedFrameType.Reset, 0),
        };
        if (debt == SharedDebt.Open)
            frame.Length = (uint)EndpointNames.Write(names, &endpoint->Named.Remote, &endpoint->Named.Local);
        SharedLink.Put(&network->Link, &frame, names, frame.Length, null);
        return true;
    }

    private static SharedFrame Frame(SharedEndpoint* endpoint, SharedFrameType type, ulong value) =>
        new() { Type = type, To = endpoint->PeerId, From = endpoint->Id, Value = value };

    // ---- Receiving ----

    /// <summary>Under the lock: reads frames, so many at most. Whether there may be more.</summary>
    internal static bool Receive(SharedNetwork* network, int limit)
    {
        SharedFrame frame;
        while (limit > 0 && SharedLink.Next(&network->Link, &frame))
        {
            Take(network, &frame);
            SharedLink.Pass(&network->Link, &frame);
            limit--;
        }

        if (network->Link.IsBroken)
            Cut(network);
        return limit == 0;
    }

    private static void Take(SharedNetwork* network, SharedFrame* frame)
    {
        switch (frame->Type)
        {
            case SharedFrameType.Hello:
                TakeHello(network, frame);
                return;
            case SharedFrameType.Open:
                SharedConnect.TakeOpen(network, frame);
                return;
            case SharedFrameType.Datagram:
                SharedDatagrams.Take(network, frame, ++network->_lastDatagram);
                return;
        }

        // An attempt that was given up has no number of the other end's yet.
        SharedEndpoint* endpoint = frame->To != 0
            ? Find(network, frame->To)
            : SharedConnect.FindWaiting(network, frame->From);
        bool isOpening = endpoint != null && endpoint->Phase == SharedPhase.Opening;
        bool isOpen = endpoint != null && endpoint->PeerId == frame->From
            && endpoint->Phase is SharedPhase.Open or SharedPhase.Waiting;
        if (frame->Type == SharedFrameType.Accepted && !isOpening)
            SharedConnect.Answer(network, frame, SharedDebt.Reset);
        else if (isOpening)
            TakeAnswer(endpoint, frame);
        else if (isOpen)
            TakeForConnection(endpoint, frame);
    }

    private static void TakeAnswer(SharedEndpoint* endpoint, SharedFrame* frame)
    {
        if (frame->Type == SharedFrameType.Accepted)
            SharedEndpoint.Opened(endpoint, frame);
        else if (frame->Type is SharedFrameType.Refused or SharedFrameType.Reset)
            SharedEndpoint.Fail(endpoint, SocketApi.ECONNREFUSED);
    }

    private static void TakeForConnection(SharedEndpoint* endpoint, SharedFrame* frame)
    {
        switch (frame->Type)
        {
            case SharedFrameType.Data when endpoint->Phase == SharedPhase.Open:
                SharedEndpoint.TakeData(endpoint, frame);
                break;
            case SharedFrameType.Window:
                SharedEndpoint.TakeWindow(endpoint, frame->Value);
                break;
            case SharedFrameType.End when endpoint->Phase == SharedPhase.Open:
                SharedEndpoint.TakeEnd(endpoint);
                break;
            case SharedFrameType.Reset when endpoint->Phase == SharedPhase.Waiting:
                SharedConnect.Withdraw(endpoint);
                break;
            case SharedFrameType.Reset:
                SharedEndpoint.Fail(endpoint, SocketApi.ECONNRESET);
                break;
        }
    }

    private static void TakeHello(SharedNetwork* network, SharedFrame* frame)
    {
        if (frame->Value == network->Link.PeerIncarnation)
            return;

        network->Link.PeerIncarnation = frame->Value;
        Cut(network);
        network->_hadPeer = true;
    }

    // Whoever had the other end is gone: no connection goes on.
    private static void Cut(SharedNetwork* network)
    {
        SharedEndpoint* endpoint = (SharedEndpoint*)network->Base.Names.First;
        for (; endpoint != null; endpoint = (SharedEndpoint*)endpoint->Named.Next)
        {
            endpoint->Owed = SharedDebt.None;
            if (endpoint->Phase == SharedPhase.Waiting)
                SharedConnect.Withdraw(endpoint);
            else if (endpoint->Phase is SharedPhase.Open or SharedPhase.Opening)
                SharedEndpoint.Fail(endpoint, SocketApi.ECONNRESET);
        }

        network->NeedsSweep = true;
    }

    // ---- The thread ----

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Main(void* state)
    {
        Platform.Thread.SetName(Literal.Of("ReseauShared"u8));
        SharedNetwork* network = (SharedNetwork*)state;
        ulong lookAt = 0;
        while (true)
        {
            bool looks = Platform.ConditionVariable.Now() >= lookAt;
            if (looks)
                lookAt = Platform.ConditionVariable.Now() + LookAfterPeer;
            Mutex.Lock(&network->Base.Lock);
            bool hasMore = Turn(network, looks);
            bool isOver = network->_isEnding && network->Base.Names.First == null;
            Mutex.Unlock(&network->Base.Lock);
            if (isOver)
                break;
            if (!hasMore)
                Rest(network);
        }

        Free(network);
        return null;
    }

    // Until something comes, or it is time to look for the other end.
    private static void Rest(SharedNetwork* network)
    {
        if (SpinWindow.Wait(&network->_spin, &SharedLink.HasFrame, &network->Link, 0))
            return;

        uint bell = SharedLink.BeforeSleep(&network->Link);
        Mutex.Lock(&network->Base.Lock);
        bool isAwake = network->_isEnding && network->Base.Names.First == null;
        Mutex.Unlock(&network->Base.Lock);
        if (!isAwake && !SharedLink.HasFrame(&network->Link, 0))
            SharedLink.Sleep(&network->Link, bell, LookAfterPeer);
        SharedLink.AfterSleep(&network->Link);
    }

    // Receives, sends, and forgets. Whether there may be more to receive.
    private static bool Turn(SharedNetwork* network, bool looks)
    {
        bool hasMore = Receive(network, FramesPerTurn);
        if (looks && network->_hadPeer && !SharedLink.HasPeer(&network->Link))
        {
            // What it has written before is there by now.
            while (Receive(network, FramesPerTurn))
            {
            }

            network->_hadPeer = false;
            Cut(network);
        }

        if (network->_hasDebts)
            PayDebts(network);
        if (network->_hasWaiters)
            WakeWaiters(network);
        SharedLink.Ring(&network->Link);
        if (network->NeedsSweep)
            Sweep(network);
        return hasMore;
    }

    private static void PayDebts(SharedNetwork* network)
    {
        network->_hasDebts = false;
        SharedEndpoint* endpoint = (SharedEndpoint*)network->Base.Names.First;
        while (endpoint != null && (endpoint->Owed == SharedDebt.None || SharedEndpoint.Flush(endpoint)))
            endpoint = (SharedEndpoint*)endpoint->Named.Next;
    }

    private static void WakeWaiters(SharedNetwork* network)
    {
        if (SharedLink.Room(&network->Link, isControl: false) < SharedFrame.ContentMax
            && SharedLink.AskForRoom(&network->Link, SharedFrame.ContentMax))
        {
            return;
        }

        network->_hasWaiters = false;
        SharedEndpoint* endpoint = (SharedEndpoint*)network->Base.Names.First;
        for (; endpoint != null; endpoint = (SharedEndpoint*)endpoint->Named.Next)
        {
            if (endpoint->WaitsForRoom && endpoint->Socket != null)
                TransportReports.Writable(endpoint->Socket);
            endpoint->WaitsForRoom = false;
        }
    }

    private static void Sweep(SharedNetwork* network)
    {
        network->NeedsSweep = false;
        NamedEndpoint** link = &network->Base.Names.First;
        while (*link != null)
        {
            SharedEndpoint* endpoint = (SharedEndpoint*)*link;
            if (!SharedEndpoint.IsOver(endpoint))
            {
                link = &endpoint->Named.Next;
                continue;
            }

            *link = endpoint->Named.Next;
            ulong* bucket = &network->_buckets[endpoint->Id % Buckets];
            while (*bucket != (ulong)endpoint)
                bucket = (ulong*)&((SharedEndpoint*)*bucket)->NextInBucket;
            *bucket = (ulong)endpoint->NextInBucket;
            SharedEndpoint.Free(endpoint);
        }
    }
}
