// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.UserSockets;
using Xunit;

namespace Reseau.Native.Tests.UserSockets;

/// <summary>The receive buffer of datagrams against a plain list of them.</summary>
public unsafe class DatagramRingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CompleteDatagramsComeOutWhole(bool isOrdered)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            using Model model = new(seed, 4096, isOrdered);
            for (int step = 0; step < 1500; step++)
                model.Step(random);
            model.Drain();
        }
    }

    [Fact]
    public void LengthsAndAddressesThatCannotBeAreRefused()
    {
        DatagramRing ring;
        DatagramRing.Init(&ring, 4096, isOrdered: false);
        byte* data = stackalloc byte[200];
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, ulong.MaxValue, 2, 10, data));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 9, 2, 10, data));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 0, 11, 10, data));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 0, 0, 10, data));
        Assert.Equal(Arrival.TooLarge, Write(&ring, 1, 0, 10, 5000, data));
        Assert.Equal(Arrival.TooLarge, Write(&ring, 1, ulong.MaxValue - 20, 10, ulong.MaxValue, data));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 0, 10, 20, data, addressLength: 129));

        Assert.Equal(Arrival.Taken, Write(&ring, 1, 0, 10, 20, data, addressLength: 8));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 10, 10, 21, data, addressLength: 8));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 10, 10, 20, data, addressLength: 4));
        Assert.Equal(Arrival.Invalid, Write(&ring, 1, 10, 10, 20, data, addressLength: 8, address: 7));
        Assert.Equal(Arrival.Overlap, Write(&ring, 1, 0, 20, 20, data, addressLength: 8));
        Assert.Equal(Arrival.Overlap, Write(&ring, 1, 5, 10, 20, data, addressLength: 8));
        Assert.Equal(Arrival.Duplicate, Write(&ring, 1, 2, 5, 20, data, addressLength: 8));
        Assert.False(DatagramRing.HasNext(&ring));
        Assert.Equal(Arrival.Taken, Write(&ring, 1, 10, 10, 20, data, addressLength: 8));
        Assert.True(DatagramRing.HasNext(&ring));
        Assert.Equal(Arrival.Duplicate, Write(&ring, 1, 10, 10, 20, data, addressLength: 8));
        DatagramRing.CleanUp(&ring);
    }

    [Fact]
    public void UnfinishedDatagramsAreBounded()
    {
        DatagramRing ring;
        DatagramRing.Init(&ring, 1 << 16, isOrdered: false);
        byte* data = stackalloc byte[10];
        for (ulong i = 0; i < DatagramRing.AssembliesMax; i++)
            Assert.Equal(Arrival.Taken, Write(&ring, i, 0, 1, 10, data));
        Assert.Equal(Arrival.TooMany, Write(&ring, 1000, 0, 1, 10, data));
        Assert.True(DatagramRing.Abandon(&ring, 3));
        Assert.False(DatagramRing.Abandon(&ring, 3));
        Assert.Equal(Arrival.Taken, Write(&ring, 1000, 0, 1, 10, data));
        DatagramRing.CleanUp(&ring);
    }

    [Fact]
    public void AnUnfinishedDatagramDoesNotHoldUpOthersUnlessTheyAreInOrder()
    {
        byte* data = stackalloc byte[10];
        foreach (bool isOrdered in new[] { false, true })
        {
            DatagramRing ring;
            DatagramRing.Init(&ring, 4096, isOrdered);
            Assert.Equal(Arrival.Taken, Write(&ring, 1, 0, 1, 2, data));
            Assert.Equal(Arrival.Taken, Write(&ring, 2, 0, 5, 5, data));
            Assert.Equal(!isOrdered, DatagramRing.HasNext(&ring));
            DatagramRing.Abandon(&ring, 1);
            Assert.True(DatagramRing.NextLength(&ring, out ulong length));
            Assert.Equal(5UL, length);
            DatagramRing.Take(&ring);
            Assert.Equal(0UL, ring.Used);
            DatagramRing.CleanUp(&ring);
        }
    }

    /// <summary>One thread writes, in fragments, while another one reads.</summary>
    [Fact]
    public void BothEndsMayWorkAtOnce()
    {
        const int Total = 200_000;
        DatagramRing ring;
        DatagramRing.Init(&ring, 1 << 14, isOrdered: true);
        nint address = (nint)(&ring);
        Thread writer = new(() => WriteNumbers((DatagramRing*)address, Total));
        writer.Start();
        byte* room = stackalloc byte[300];
        for (int i = 0; i < Total;)
        {
            if (!DatagramRing.NextLength(&ring, out ulong length))
            {
                Thread.Yield();
                continue;
            }

            if (length != LengthOf(i) || DatagramRing.Peek(&ring, 0, room, 300) != length)
                Assert.Fail($"datagram {i} has {length} bytes");
            if (room[0] != (byte)i || room[length - 1] != (byte)i)
                Assert.Fail($"datagram {i} has other bytes");
            DatagramRing.Take(&ring);
            i++;
        }

        writer.Join();
        Assert.Equal(0UL, ring.Used);
        DatagramRing.CleanUp(&ring);
    }

    private static ulong LengthOf(int i) => (ulong)(i % 250) + 2;

    private static void WriteNumbers(DatagramRing* ring, int total)
    {
        byte* data = stackalloc byte[300];
        for (int i = 0; i < total; i++)
        {
            new Span<byte>(data, 300).Fill((byte)i);
            ulong half = LengthOf(i) / 2;
            WriteAll(ring, (ulong)i, half, LengthOf(i) - half, LengthOf(i), data);
            WriteAll(ring, (ulong)i, 0, half, LengthOf(i), data);
        }
    }

    private static void WriteAll(DatagramRing* ring, ulong datagram, ulong offset, ulong length, ulong total, byte* data)
    {
        reseau_fragment fragment = new() { datagram = datagram, offset = offset, length = (nuint)length, total = total, data = data };
        while (true)
        {
            if (DatagramRing.Write(ring, &fragment, out bool isTaken) != Arrival.Taken)
                Environment.FailFast("a fragment was refused");
            if (isTaken)
                return;
            Thread.Yield();
        }
    }

    private static Arrival Write(
        DatagramRing* ring,
        ulong datagram,
        ulong offset,
        ulong length,
        ulong total,
        byte* data,
        uint addressLength = 0,
        byte address = 1)
    {
        byte* name = stackalloc byte[200];
        new Span<byte>(name, 200).Fill(address);
        reseau_fragment fragment = new()
        {
            datagram = datagram,
            offset = offset,
            length = (nuint)length,
            total = total,
            data = data,
            address = name,
            address_length = addressLength,
        };
        return DatagramRing.Write(ring, &fragment, out _);
    }

    private sealed class Datagram
    {
        internal ulong Id;
        internal byte[] Bytes = [];
        internal byte[] Address = [];
        internal List<(int Start, int End)> Missing = [];
        internal bool IsAbandoned;
        internal bool IsTaken;

        internal ulong Size => (64 + (ulong)Address.Length + (ulong)Bytes.Length + 63) & ~63UL;
    }

    private sealed class Model : IDisposable
    {
        private readonly List<Datagram> _all = [];
        private readonly DatagramRing* _ring;
        private readonly int _seed;
        private readonly bool _isOrdered;
        private ulong _limit;
        private ulong _lastId;

        internal Model(int seed, ulong limit, bool isOrdered)
        {
            _seed = seed;
            _limit = limit;
            _isOrdered = isOrdered;
            _ring = (DatagramRing*)NativeMemory.Alloc((nuint)sizeof(DatagramRing));
            DatagramRing.Init(_ring, limit, isOrdered);
        }

        public void Dispose()
        {
            DatagramRing.CleanUp(_ring);
            NativeMemory.Free(_ring);
        }

        internal void Step(Random random)
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    Begin(random);
                    break;
                case 2 or 3 or 4:
                    Continue(random);
                    break;
                case 5 when random.Next(10) == 0:
                    Abandon(random);
                    break;
                case 6 when random.Next(30) == 0:
                    _limit = (ulong)random.Next(2000, 8000);
                    DatagramRing.Resize(_ring, _limit);
                    break;
                default:
                    Take();
                    break;
            }
        }

        internal void Drain()
        {
            foreach (Datagram datagram in _all.Where(one => one.Missing.Count > 0).ToList())
                Abandon(datagram);
            while (_all.Count > 0)
                Take();
            DatagramRing.Reclaim(_ring);
            Check(_ring->Used == 0, "room is left over");
        }

        private void Begin(Random random)
        {
            Datagram datagram = new() { Id = ++_lastId, Bytes = new byte[random.Next(1200)], Address = new byte[random.Next(30)] };
            random.NextBytes(datagram.Bytes);
            random.NextBytes(datagram.Address);
            int pieces = datagram.Bytes.Length < 2 ? 1 : 1 + random.Next(5);
            List<int> cuts = [0, datagram.Bytes.Length];
            for (int i = 1; i < pieces; i++)
                cuts.Add(random.Next(datagram.Bytes.Length));
            List<int> sorted = [.. cuts.Distinct().Order()];
            if (datagram.Bytes.Length == 0)
                sorted = [0, 0];
            for (int i = 1; i < sorted.Count; i++)
                datagram.Missing.Add((sorted[i - 1], sorted[i]));
            bool hasRoom = UsedNow() + datagram.Size <= _limit;
            Arrival arrival = Send(datagram, random.Next(datagram.Missing.Count), out bool isTaken);
            bool isTooMany = hasRoom && arrival == Arrival.TooMany && _all.Count(one => one.Missing.Count > 0) >= DatagramRing.AssembliesMax;
            if (datagram.Size > _limit)
                Check(arrival == Arrival.TooLarge && !isTaken, "too large");
            else if (!isTooMany)
                Check(arrival == Arrival.Taken && isTaken == hasRoom, $"{datagram.Bytes.Length} bytes: {arrival}, {isTaken}");
            if (isTaken)
                _all.Add(datagram);
        }

        private void Continue(Random random)
        {
            List<Datagram> open = [.. _all.Where(one => one.Missing.Count > 0)];
            if (open.Count == 0)
                return;
            Datagram datagram = open[random.Next(open.Count)];
            Check(Send(datagram, random.Next(datagram.Missing.Count), out bool isTaken) == Arrival.Taken && isTaken, "continue");
        }

        private void Abandon(Random random)
        {
            List<Datagram> open = [.. _all.Where(one => one.Missing.Count > 0)];
            if (open.Count > 0)
                Abandon(open[random.Next(open.Count)]);
        }

        private void Abandon(Datagram datagram)
        {
            Check(DatagramRing.Abandon(_ring, datagram.Id), "abandon");
            DatagramRing.Reclaim(_ring);
            datagram.IsAbandoned = true;
            datagram.Missing.Clear();
            Forget();
        }

        private Arrival Send(Datagram datagram, int piece, out bool isTaken)
        {
            (int start, int end) = datagram.Missing[piece];
            Arrival arrival;
            fixed (byte* bytes = datagram.Bytes)
            fixed (byte* address = datagram.Address)
            {
                reseau_fragment fragment = new()
                {
                    datagram = datagram.Id,
                    offset = (ulong)start,
                    length = (nuint)(end - start),
                    total = (ulong)datagram.Bytes.Length,
                    data = bytes + start,
                    address = address,
                    address_length = (uint)datagram.Address.Length,
                };
                arrival = DatagramRing.Write(_ring, &fragment, out isTaken);
            }

            if (isTaken)
                datagram.Missing.RemoveAt(piece);
            return arrival;
        }

        private void Take()
        {
            Datagram? expected = _all.FirstOrDefault(one => !one.IsAbandoned && !one.IsTaken && (_isOrdered || one.Missing.Count == 0));
            if (expected is { Missing.Count: > 0 })
                expected = null;
            Check(DatagramRing.NextLength(_ring, out ulong length) == (expected != null), "next");
            if (expected == null)
                return;

            byte* room = stackalloc byte[1300];
            Check(length == (ulong)expected.Bytes.Length, "length");
            Check(DatagramRing.Peek(_ring, 0, room, 1300) == length, "peek");
            Check(expected.Bytes.AsSpan().SequenceEqual(new(room, (int)length)), "bytes");
            ulong tail = length > 5 ? length - 5 : 0;
            Check(DatagramRing.Peek(_ring, tail, room, 1300) == length - tail, "peek at the end");
            Check(DatagramRing.PeekAddress(_ring, room, 1300) == expected.Address.Length, "length of the address");
            Check(expected.Address.AsSpan().SequenceEqual(new(room, expected.Address.Length)), "address");
            DatagramRing.Take(_ring);
            expected.IsTaken = true;
            Forget();
        }

        private ulong UsedNow() => _all.Aggregate(0UL, (sum, one) => sum + one.Size);

        // Room is free again in order.
        private void Forget()
        {
            while (_all.Count > 0 && (_all[0].IsTaken || _all[0].IsAbandoned))
                _all.RemoveAt(0);
            Check(_ring->Used == UsedNow(), "used");
        }

        private void Check(bool isSo, string what) => Assert.True(isSo, $"seed {_seed}: {what}");
    }
}
