// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>
/// What one end of a connection sends: segments that wait, that are on their way, and how many may be. A segment is
/// lost when three that were sent after it have been acknowledged, or when nothing has been for too long; the rate is
/// halved for each round that lost some, and grows as RFC 5681 says.
/// </summary>
internal unsafe struct WireSender
{
    private const ulong BufferMax = 512 * 1024;
    private const ulong Mss = WirePacket.ContentMax;
    private const ulong InitialRate = 10 * Mss;
    private const ulong ReorderingMax = 3;
    private const ulong TimeoutMin = 10_000_000;
    private const ulong TimeoutMax = 4_000_000_000;
    private const ulong InitialTimeout = 200_000_000;
    private const int TimeoutsMax = 12;

    private enum SegmentState
    {
        Waiting,
        Flying,
        Acknowledged,
    }

    /// <summary>Part of the stream, as it is cut once and for all; the bytes lie behind it.</summary>
    private struct Segment
    {
        internal Segment* Next;
        internal ulong Offset;
        internal ulong SentAt;
        internal ulong Order;
        internal int Length;
        internal int Tries;
        internal SegmentState State;
        internal bool IsEnd;
    }

    private Segment* _first;
    private Segment* _last;
    private ulong _buffered;
    private ulong _flying;
    private ulong _nextOffset;
    private ulong _nextOrder;

    // The rate in bytes that may fly, below what threshold it doubles, and which orders were sent at an older rate.
    private ulong _rate;
    private ulong _threshold;
    private ulong _recoveryOrder;

    // Where the peer's room ends.
    private ulong _limit;
    private ulong _smoothed;
    private ulong _variation;
    private ulong _timeout;
    private ulong _probedAt;
    private int _timeouts;

    internal static void Init(WireSender* sender)
    {
        *sender = default;
        sender->_rate = InitialRate;
        sender->_threshold = ulong.MaxValue;
        sender->_timeout = InitialTimeout;
    }

    internal static void CleanUp(WireSender* sender)
    {
        while (sender->_first != null)
            RemoveFirst(sender);
    }

    internal readonly bool IsEmpty => _first == null;

    /// <summary>Whether all is acknowledged but the end.</summary>
    internal readonly bool HasOnlyEnd => _first != null && _first->IsEnd;

    internal readonly ulong Room => BufferMax - _buffered;

    /// <summary>Whether so much is taken at once, or all that ever is.</summary>
    internal readonly bool HasRoomFor(nuint needed) => Room >= ulong.Min(needed, BufferMax);

    /// <summary>How long to wait for an answer.</summary>
    internal readonly ulong Timeout => _timeout;

    internal void SetLimit(ulong limit) => _limit = ulong.Max(_limit, limit);

    /// <summary>An attempt has had no answer: false if there have been too many.</summary>
    internal bool BackOff()
    {
        _timeout = ulong.Min(_timeout * 2, TimeoutMax);
        return ++_timeouts <= TimeoutsMax;
    }

    /// <summary>Takes as much as there is room for; how much.</summary>
    internal static nuint Add(WireSender* sender, byte* data, nuint length)
    {
        nuint taken = nuint.Min(length, (nuint)sender->Room);
        for (nuint left = taken; left > 0;)
        {
            int part = (int)nuint.Min(left, WirePacket.ContentMax);
            Segment* segment = Append(sender, part);
            NativeMemory.Copy(data, segment + 1, (nuint)part);
            data += part;
            left -= (nuint)part;
        }

        return taken;
    }

    /// <summary>The stream ends behind what has been added.</summary>
    internal static void AddEnd(WireSender* sender) => Append(sender, 0)->IsEnd = true;

    /// <summary>Sends what waits, as far as the rate, the peer's room and the link allow.</summary>
    internal static void Transmit(WireSender* sender, WireEndpoint* endpoint, ulong now)
    {
        for (Segment* segment = sender->_first; segment != null; segment = segment->Next)
        {
            if (segment->State != SegmentState.Waiting)
                continue;
            ulong length = (ulong)segment->Length;
            bool hasRate = sender->_flying == 0 || sender->_flying + length <= sender->_rate;
            bool hasRoom = segment->IsEnd || segment->Offset + length <= sender->_limit;
            if (!hasRate || !hasRoom || !WireLink.HasRoom(&endpoint->Network->Link))
                return;

            segment->State = SegmentState.Flying;
            segment->SentAt = now;
            segment->Order = ++sender->_nextOrder;
            segment->Tries++;
            sender->_flying += length;
            WireEndpoint.SendSegment(
                endpoint, segment->Offset, (byte*)(segment + 1), segment->Length, segment->IsEnd);
        }
    }

    /// <summary>An acknowledgement: of one segment, of all before a position, and of the end.</summary>
    internal static void Acknowledge(WireSender* sender, ulong offset, ulong before, bool hasEnd, ulong now)
    {
        // It answers, even if all that it says is that there is no room.
        sender->_timeouts = 0;
        ulong newest = 0;
        ulong acknowledged = 0;
        for (Segment* segment = sender->_first; segment != null; segment = segment->Next)
        {
            bool isIt = segment->IsEnd
                ? hasEnd
                : segment->Offset == offset || segment->Offset + (ulong)segment->Length <= before;
            if (!isIt || segment->State == SegmentState.Acknowledged || segment->Tries == 0)
                continue;

            if (segment->State == SegmentState.Flying)
                sender->_flying -= (ulong)segment->Length;
            segment->State = SegmentState.Acknowledged;
            newest = ulong.Max(newest, segment->Order);
            acknowledged += (ulong)segment->Length;
            if (segment->Tries == 1)
                sender->Measure(now - segment->SentAt);
        }

        if (newest == 0)
            return;

        sender->Grow(acknowledged);
        FindLost(sender, newest);
        while (sender->_first != null && sender->_first->State == SegmentState.Acknowledged)
            RemoveFirst(sender);
    }

    /// <summary>When something is to be done if nothing arrives; none if there is nothing to wait for.</summary>
    internal static ulong Deadline(WireSender* sender)
    {
        ulong deadline = ulong.MaxValue;
        bool isWaiting = false;
        for (Segment* segment = sender->_first; segment != null; segment = segment->Next)
        {
            if (segment->State == SegmentState.Flying)
                deadline = ulong.Min(deadline, segment->SentAt + sender->_timeout);
            isWaiting |= segment->State == SegmentState.Waiting;
        }

        return sender->_flying == 0 && isWaiting ? sender->_probedAt + sender->_timeout : deadline;
    }

    /// <summary>
    /// The deadline has passed: all that flies is taken for lost, or the peer is asked for room. False if it has not
    /// answered too often.
    /// </summary>
    internal static bool TimedOut(WireSender* sender, WireEndpoint* endpoint, ulong now)
    {
        if (Deadline(sender) > now)
            return true;
        if (!sender->BackOff())
            return false;

        sender->_threshold = ulong.Max(sender->_flying / 2, 2 * Mss);
        sender->_rate = 2 * Mss;
        sender->_recoveryOrder = sender->_nextOrder;
        for (Segment* segment = sender->_first; segment != null; segment = segment->Next)
        {
            if (segment->State == SegmentState.Flying)
                segment->State = SegmentState.Waiting;
        }

        sender->_flying = 0;
        sender->_probedAt = now;
        WireEndpoint.SendProbe(endpoint);
        Transmit(sender, endpoint, now);
        return true;
    }

    private static Segment* Append(WireSender* sender, int length)
    {
        Segment* segment = (Segment*)Common.Allocator.Acquire(
            Common.Allocator.Default(), (nuint)(sizeof(Segment) + length));
        *segment = default;
        segment->Offset = sender->_nextOffset;
        segment->Length = length;
        sender->_nextOffset += (ulong)length;
        sender->_buffered += (ulong)length;
        if (sender->_first == null)
            sender->_first = segment;
        else
            sender->_last->Next = segment;
        sender->_last = segment;
        return segment;
    }

    private static void RemoveFirst(WireSender* sender)
    {
        Segment* segment = sender->_first;
        sender->_first = segment->Next;
        sender->_buffered -= (ulong)segment->Length;
        Common.Allocator.Release(Common.Allocator.Default(), segment);
    }

    private static void FindLost(WireSender* sender, ulong newest)
    {
        for (Segment* segment = sender->_first; segment != null; segment = segment->Next)
        {
            if (segment->State != SegmentState.Flying || segment->Order + ReorderingMax > newest)
                continue;

            segment->State = SegmentState.Waiting;
            sender->_flying -= (ulong)segment->Length;
            if (segment->Order <= sender->_recoveryOrder)
                continue;
            sender->_recoveryOrder = sender->_nextOrder;
            sender->_threshold = ulong.Max(sender->_rate / 2, 2 * Mss);
            sender->_rate = sender->_threshold;
        }
    }

    private void Grow(ulong acknowledged) => _rate = ulong.Min(
        BufferMax,
        _rate + (_rate < _threshold ? acknowledged : ulong.Max(1, Mss * acknowledged / _rate)));

    // RFC 6298.
    private void Measure(ulong time)
    {
        if (_smoothed == 0)
        {
            _smoothed = time;
            _variation = time / 2;
        }
        else
        {
            ulong difference = _smoothed > time ? _smoothed - time : time - _smoothed;
            _variation = (3 * _variation + difference) / 4;
            _smoothed = (7 * _smoothed + time) / 8;
        }

        _timeout = ulong.Clamp(_smoothed + 4 * _variation, TimeoutMin, TimeoutMax);
    }
}
