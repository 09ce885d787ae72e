// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>What became of a fragment that a buffer was offered.</summary>
internal enum Arrival
{
    /// <summary>It is in the buffer, or as much of it as had room.</summary>
    Taken,

    /// <summary>All of it was there before.</summary>
    Duplicate,

    /// <summary>Some of it was there before.</summary>
    Overlap,

    /// <summary>A length, an offset or an address that cannot be.</summary>
    Invalid,

    /// <summary>More holes, or more unfinished datagrams, than are kept.</summary>
    TooMany,

    /// <summary>A datagram that no room would ever be enough for.</summary>
    TooLarge,
}

/// <summary>
/// Which bytes have arrived, as intervals that do not touch, in order. So many at most: a peer that sends every other
/// byte costs no more than that.
/// </summary>
internal unsafe struct IntervalSet
{
    internal const int Capacity = 64;

    private int _count;
    private fixed ulong _starts[Capacity];
    private fixed ulong _ends[Capacity];

    internal readonly int Count => _count;

    /// <summary>Where the first one begins; only if there is one.</summary>
    internal readonly ulong FirstStart => _starts[0];

    internal readonly ulong FirstEnd => _ends[0];

    /// <summary>Where the last one ends; only if there is one.</summary>
    internal readonly ulong LastEnd => _ends[_count - 1];

    /// <summary>
    /// Adds an interval, which is not empty, and merges it with those that it touches. Changes nothing unless the
    /// result is <see cref="Arrival.Taken"/>.
    /// </summary>
    internal Arrival Add(ulong start, ulong end)
    {
        Arrival arrival = Find(start, end, out int at);
        if (arrival != Arrival.Taken)
            return arrival;

        bool joinsLeft = at > 0 && _ends[at - 1] == start;
        bool joinsRight = at < _count && _starts[at] == end;
        if (joinsLeft && joinsRight)
        {
            _ends[at - 1] = _ends[at];
            Remove(at);
        }
        else if (joinsLeft)
        {
            _ends[at - 1] = end;
        }
        else if (joinsRight)
        {
            _starts[at] = start;
        }
        else
        {
            return Insert(at, start, end);
        }

        return Arrival.Taken;
    }

    /// <summary>Whether an interval could be added, but for the number of them; its place if so.</summary>
    internal readonly Arrival Find(ulong start, ulong end, out int at)
    {
        at = 0;
        while (at < _count && _ends[at] <= start)
            at++;
        if (at == _count || _starts[at] >= end)
            return Arrival.Taken;

        return _starts[at] <= start && end <= _ends[at] ? Arrival.Duplicate : Arrival.Overlap;
    }

    internal void RemoveFirst() => Remove(0);

    private Arrival Insert(int at, ulong start, ulong end)
    {
        if (_count == Capacity)
            return Arrival.TooMany;

        for (int i = _count; i > at; i--)
        {
            _starts[i] = _starts[i - 1];
            _ends[i] = _ends[i - 1];
        }

        _starts[at] = start;
        _ends[at] = end;
        _count++;
        return Arrival.Taken;
    }

    private void Remove(int at)
    {
        _count--;
        for (int i = at; i < _count; i++)
        {
            _starts[i] = _starts[i + 1];
            _ends[i] = _ends[i + 1];
        }
    }
}
