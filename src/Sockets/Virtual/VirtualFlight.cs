// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// A part of a stream on its way between hosts, its bytes behind it; or, without bytes, the end of the stream.
/// </summary>
internal unsafe struct VirtualSegment
{
    internal VirtualSegment* Next;
    internal nuint Length;
    internal ulong Arrival;

    /// <summary>When it first could not arrive; 0 if that has not happened.</summary>
    internal ulong DelayedSince;
    internal ulong Pause;
    internal uint Sequence;
    internal bool IsEnd;

    /// <summary>It resets the connection.</summary>
    internal bool Resets;

    internal static byte* BytesOf(VirtualSegment* segment) => (byte*)(segment + 1);
}

/// <summary>
/// What one end of a connection between hosts has sent and the other has not received, in order: one event for the
/// first of it. Confirmations, and what they say of room, take no time.
/// </summary>
internal unsafe struct VirtualFlight
{
    private const ulong GiveUpAfter = 15 * 60 * Clock.NanosecondsPerSecond;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private aws_task _task;
    private VirtualSegment* _first;
    private VirtualSegment* _last;
    private ulong _lastArrival;
    private bool _isScheduled;

    /// <summary>Bytes on their way.</summary>
    internal nuint Bytes;

    internal readonly bool IsEmpty => _first == null;

    /// <summary>
    /// Sends what there is room for at the other end; then, if nothing is left, the end of the stream that has been
    /// asked for.
    /// </summary>
    internal static void Depart(VirtualSocket* socket)
    {
        VirtualPath* path = VirtualNetwork.PathOf(socket->Network, socket->Host, socket->RemoteHost);
        nuint room = RoomOf(socket, path->Settings.SegmentBytes);
        while (socket->Out.Count > 0 && room > 0)
        {
            nuint length = nuint.Min(nuint.Min(socket->Out.Count, room), path->Settings.SegmentBytes);
            VirtualSegment* segment = New(socket, VirtualHost.Shorten(socket->Host, length));
            ByteRing.Take(&socket->Out, VirtualSegment.BytesOf(segment), segment->Length);
            segment->Resets = socket->Network->Random.Happens(path->Settings.Reset);
            room -= segment->Length;
            Append(socket, segment, path);
        }

        if (socket->Out.Count > 0 || !socket->HasEnded || socket->HasSentEnd)
            return;
        socket->HasSentEnd = true;
        VirtualSegment* end = New(socket, 0);
        end->IsEnd = true;
        Append(socket, end, path);
    }

    /// <summary>Nothing that is on its way arrives.</summary>
    internal static void Drop(VirtualSocket* socket)
    {
        VirtualFlight* flight = &socket->Flight;
        if (flight->_isScheduled)
        {
            flight->_isScheduled = false;
            VirtualTime.CancelEvent(socket->Network->Time, &flight->_task);
        }

        while (flight->_first != null)
            Remove(socket);
    }

    // What the other end has not been sent yet and can keep; little room is not used, as the other end would not report
    // it (RFC 9293, section 3.8.6.2.2). One that is gone can keep all: it will say so.
    private static nuint RoomOf(VirtualSocket* socket, nuint segment)
    {
        VirtualSocket* peer = socket->Peer;
        nuint used = socket->Flight.Bytes + (peer == null ? 0 : peer->In.Count);
        nuint most = peer == null ? socket->RemoteHost->Faults.BufferBytes : peer->In.Count + peer->In.Room;
        nuint room = used >= most ? 0 : most - used;
        return room < nuint.Min(segment, most / 2) ? 0 : room;
    }

    private static VirtualSegment* New(VirtualSocket* socket, nuint length)
    {
        VirtualSegment* segment = (VirtualSegment*)Allocator.Acquire(
            socket->Network->Allocator, (nuint)sizeof(VirtualSegment) + length);
        *segment = default;
        segment->Length = length;
        segment->Pause = VirtualPath.FirstPause;
        segment->Sequence = socket->SentBytes;
        return segment;
    }

    private static void Append(VirtualSocket* socket, VirtualSegment* segment, VirtualPath* path)
    {
        VirtualFlight* flight = &socket->Flight;
        segment->Arrival = ulong.Max(VirtualPath.SendReliably(path, segment->Length), flight->_lastArrival + 1);
        flight->_lastArrival = segment->Arrival;
        socket->SentBytes += (uint)segment->Length + (segment->IsEnd ? 1u : 0);
        flight->Bytes += segment->Length;
        if (flight->_first == null)
            flight->_first = segment;
        else
            flight->_last->Next = segment;
        flight->_last = segment;
        Report(socket, segment, NetworkEventKind.Sent);
        Schedule(socket);
    }

    private static void Remove(VirtualSocket* socket)
    {
        VirtualFlight* flight = &socket->Flight;
        VirtualSegment* segment = flight->_first;
        flight->_first = segment->Next;
        flight->Bytes -= segment->Length;
        Allocator.Release(socket->Network->Allocator, segment);
    }

    private static void Schedule(VirtualSocket* socket)
    {
        VirtualFlight* flight = &socket->Flight;
        if (flight->_isScheduled || flight->_first == null)
            return;

        flight->_isScheduled = true;
        ScheduledTask.Init(&flight->_task, &OnArrival, socket, Literal.Of("virtual_flight"u8));
        VirtualTime.ScheduleEvent(socket->Network->Time, &flight->_task, flight->_first->Arrival);
    }

    private static void OnArrival(aws_task* task, void* argument, aws_task_status status)
    {
        if (status != AWS_TASK_STATUS_RUN_READY)
            return;

        VirtualSocket* socket = (VirtualSocket*)argument;
        VirtualSegment* segment = socket->Flight._first;
        socket->Flight._isScheduled = false;
        VirtualPath* path = VirtualNetwork.PathOf(socket->Network, socket->Host, socket->RemoteHost);
        if (!VirtualPath.IsOpen(path))
            Delay(socket, segment);
        else if (segment->Resets)
            VirtualStream.ResetBoth(socket);
        else
            Arrive(socket, segment);
    }

    // The socket may be gone after this.
    private static void Delay(VirtualSocket* socket, VirtualSegment* segment)
    {
        ulong now = VirtualNetwork.Now(socket->Network);
        Report(socket, segment, NetworkEventKind.Delayed);
        if (segment->DelayedSince == 0)
            segment->DelayedSince = now;
        ulong limit = socket->UserTimeout == 0 ? GiveUpAfter : socket->UserTimeout * NanosecondsPerMillisecond;
        if (now - segment->DelayedSince >= limit)
        {
            VirtualStream.ResetByNetwork(socket, AWS_IO_SOCKET_TIMEOUT);
            return;
        }

        segment->Arrival = now + segment->Pause;
        segment->Pause = ulong.Min(segment->Pause * 2, VirtualPath.MaxPause);
        Schedule(socket);
    }

    private static void Arrive(VirtualSocket* socket, VirtualSegment* segment)
    {
        Report(socket, segment, NetworkEventKind.Arrived);
        VirtualSocket* peer = socket->Peer;
        bool isEnd = segment->IsEnd;
        bool isTaken = peer != null && (isEnd || !peer->IsClosed);
        if (isTaken && !isEnd)
            ByteRing.Add(&peer->In, VirtualSegment.BytesOf(segment), segment->Length);
        if (isTaken)
            peer->ReceivedBytes = segment->Sequence + (uint)segment->Length + (isEnd ? 1u : 0);
        Remove(socket);
        Schedule(socket);
        if (!isTaken)
            VirtualStream.Refuse(socket);
        else if (isEnd)
            VirtualStream.OnEnd(socket, peer);
        else
            VirtualStream.OnBytes(socket, peer);
    }

    private static void Report(VirtualSocket* socket, VirtualSegment* segment, NetworkEventKind kind)
    {
        NetworkEvent happened = new()
        {
            Kind = kind,
            IsStream = true,
            Flags = (byte)(NetworkEvent.Ack | (segment->IsEnd ? NetworkEvent.Fin : 0)),
            Data = VirtualSegment.BytesOf(segment),
            Length = segment->Length,
            Arrival = segment->Arrival,
        };
        VirtualSocket.Describe(socket, &happened, isBack: false);
        happened.Sequence = segment->Sequence;
        VirtualNetwork.Report(socket->Network, &happened);
    }
}
