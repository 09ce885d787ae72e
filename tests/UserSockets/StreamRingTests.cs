// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Reseau.Native.UserSockets;
using Xunit;

namespace Reseau.Native.Tests.UserSockets;

/// <summary>The receive buffer of a stream against a plain model: which bytes have arrived, and how many were read.</summary>
public unsafe class StreamRingTests
{
    private const int StreamLength = 6000;

    /// <summary>Fragments in any order, again, overlapping, beyond the window; reads and looks in between.</summary>
    [Fact]
    public void FragmentsInAnyOrderMakeTheStream()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            Model model = new(seed, limit: 64 << random.Next(5));
            for (int step = 0; step < 2000; step++)
            {
                if (random.Next(3) != 0)
                    model.Write(random);
                else
                    model.Read(random);
            }

            model.Finish();
        }
    }

    [Fact]
    public void ASizeThatChangesLosesNothing()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            Model model = new(seed, limit: 256);
            for (int step = 0; step < 1000; step++)
            {
                model.Write(random);
                model.Read(random);
                if (random.Next(20) == 0)
                    model.Resize(random.Next(64, 2000));
            }

            model.Finish();
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(ulong.MaxValue - 10, 11UL)]
    [InlineData(5UL, ulong.MaxValue)]
    public void LengthsThatOverflowAreRefused(ulong offset, ulong length)
    {
        StreamRing ring;
        StreamRing.Init(&ring, 1024);
        byte data;
        Assert.Equal(Arrival.Invalid, StreamRing.Write(&ring, offset, &data, length, out ulong taken));
        Assert.Equal(0UL, taken);
        StreamRing.CleanUp(&ring);
    }

    [Fact]
    public void TheEndIsWhereItWasSaidToBe()
    {
        StreamRing ring;
        StreamRing.Init(&ring, 1024);
        byte* data = stackalloc byte[100];
        Assert.Equal(Arrival.Taken, StreamRing.Write(&ring, 10, data, 10, out _));
        Assert.False(StreamRing.SetEnd(&ring, 19));
        Assert.True(StreamRing.SetEnd(&ring, 20));
        Assert.True(StreamRing.SetEnd(&ring, 20));
        Assert.False(StreamRing.SetEnd(&ring, 21));
        Assert.Equal(Arrival.Invalid, StreamRing.Write(&ring, 15, data, 6, out _));
        Assert.False(ring.HasEnd);
        Assert.Equal(Arrival.Taken, StreamRing.Write(&ring, 0, data, 10, out _));
        Assert.True(ring.HasEnd);
        Assert.False(ring.IsAtEnd);
        Assert.Equal(20UL, StreamRing.Read(&ring, data, 100));
        Assert.True(ring.IsAtEnd);
        StreamRing.CleanUp(&ring);
    }

    [Fact]
    public void HolesAreBounded()
    {
        StreamRing ring;
        StreamRing.Init(&ring, 4096);
        byte data = 0;
        for (ulong i = 1; i <= IntervalSet.Capacity; i++)
            Assert.Equal(Arrival.Taken, StreamRing.Write(&ring, i * 2, &data, 1, out _));
        Assert.Equal(Arrival.TooMany, StreamRing.Write(&ring, 1000, &data, 1, out ulong taken));
        Assert.Equal(0UL, taken);

        // What closes the first hole always has a place.
        for (ulong i = 0; i < 2; i++)
            Assert.Equal(Arrival.Taken, StreamRing.Write(&ring, i, &data, 1, out _));
        Assert.Equal(3UL, ring.Available);
        StreamRing.CleanUp(&ring);
    }

    /// <summary>One thread writes, with holes, while another one reads.</summary>
    [Fact]
    public void BothEndsMayWorkAtOnce()
    {
        const ulong Total = 20_000_000;
        StreamRing ring;
        StreamRing.Init(&ring, 1 << 14);
        StreamRing* shared = &ring;
        nint address = (nint)shared;
        Thread writer = new(() => WriteWithHoles((StreamRing*)address, Total));
        writer.Start();

        byte* room = stackalloc byte[5000];
        ulong read = 0;
        for (ulong size = 1; read < Total; size = size * 7 % 4999 + 1)
        {
            ulong got = StreamRing.Read(&ring, room, size);
            for (ulong i = 0; i < got; i++)
            {
                if (room[i] != ByteAt(read + i))
                    Assert.Fail($"wrong byte at {read + i}");
            }

            read += got;
            if (got == 0)
                Thread.Yield();
        }

        writer.Join();
        Assert.Equal(0UL, ring.Available);
        StreamRing.CleanUp(&ring);
    }

    private static byte ByteAt(ulong offset) => (byte)(offset * 31 >> 3);

    // Of each two neighbouring fragments the second comes first.
    private static void WriteWithHoles(StreamRing* ring, ulong total)
    {
        const ulong Half = 1000;
        for (ulong at = 0; at < total; at += 2 * Half)
        {
            WriteAll(ring, at + Half, ulong.Min(Half, total - ulong.Min(total, at + Half)));
            WriteAll(ring, at, ulong.Min(Half, total - at));
        }
    }

    private static void WriteAll(StreamRing* ring, ulong offset, ulong length)
    {
        byte* data = stackalloc byte[1000];
        for (ulong i = 0; i < length; i++)
            data[i] = ByteAt(offset + i);
        for (ulong done = 0; done < length;)
        {
            if (StreamRing.Write(ring, offset + done, data + done, length - done, out ulong taken) != Arrival.Taken)
                Environment.FailFast("a fragment was refused");
            done += taken;
            if (taken == 0)
                Thread.Yield();
        }
    }

    private sealed class Model
    {
        private readonly byte[] _stream = new byte[StreamLength];
        private readonly bool[] _arrived = new bool[StreamLength];
        private readonly int _seed;
        private StreamRing* _ring;
        private int _limit;
        private int _read;

        internal Model(int seed, int limit)
        {
            _seed = seed;
            _limit = limit;
            new Random(seed).NextBytes(_stream);
            _ring = (StreamRing*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)sizeof(StreamRing));
            StreamRing.Init(_ring, (ulong)limit);
        }

        private int Published => Array.IndexOf(_arrived, false) is int hole and >= 0 ? hole : StreamLength;

        internal void Write(Random random)
        {
            int near = Math.Max(0, Published - 20 + random.Next(40 + _limit));
            int offset = Math.Min(StreamLength - 1, random.Next(2) == 0 ? Published : near);
            Write(offset, Math.Min(StreamLength - offset, 1 + random.Next(random.Next(2) == 0 ? 5 : 100)));
        }

        internal void Read(Random random)
        {
            byte* room = stackalloc byte[200];
            int size = random.Next(200);
            int expected = Math.Min(size, Published - _read);
            int ahead = random.Next(50);
            int peeked = (int)StreamRing.Peek(_ring, (ulong)ahead, room, (ulong)size);
            Check(Math.Max(0, Math.Min(size, Published - _read - ahead)) == peeked, "peek");
            Check(_stream.AsSpan(_read + (peeked == 0 ? 0 : ahead), peeked).SequenceEqual(new(room, peeked)), "peeked bytes");
            Check((ulong)(Published - _read) == _ring->Available, "available");
            Check(StreamRing.Read(_ring, room, (ulong)size) == (ulong)expected, "read");
            Check(_stream.AsSpan(_read, expected).SequenceEqual(new(room, expected)), "bytes");
            _read += expected;
        }

        internal void Resize(int limit)
        {
            _limit = limit;
            StreamRing.Resize(_ring, (ulong)limit);
        }

        /// <summary>The rest comes in order, and all is read.</summary>
        internal void Finish()
        {
            Random random = new(_seed);
            while (_read < StreamLength)
            {
                int offset = Published;
                if (offset < StreamLength)
                {
                    int next = Array.IndexOf(_arrived, true, offset);
                    Write(offset, (next < 0 ? StreamLength : next) - offset);
                }

                Read(random);
            }

            StreamRing.CleanUp(_ring);
            System.Runtime.InteropServices.NativeMemory.Free(_ring);
            _ring = null;
        }

        private void Write(int offset, int length)
        {
            int window = _read + _limit;
            int taken = Math.Clamp(window - offset, 0, length);
            int there = _arrived.AsSpan(offset, length).Count(true);
            int thereTaken = _arrived.AsSpan(offset, taken).Count(true);
            Arrival expected = offset < Published
                ? (there == length ? Arrival.Duplicate : Arrival.Overlap)
                : thereTaken == 0 ? Arrival.Taken : thereTaken == taken ? Arrival.Duplicate : Arrival.Overlap;
            Arrival arrival;
            ulong got;
            fixed (byte* data = &_stream[offset])
                arrival = StreamRing.Write(_ring, (ulong)offset, data, (ulong)length, out got);
            if (arrival == Arrival.TooMany)
            {
                Check(expected == Arrival.Taken && Islands() >= IntervalSet.Capacity, "too many holes");
                return;
            }

            Check(expected == arrival, $"{offset}+{length} is {arrival}, not {expected}");
            Check((ulong)(expected == Arrival.Taken ? taken : 0) == got, $"{offset}+{length}: {got} were taken");
            if (expected == Arrival.Taken)
                Array.Fill(_arrived, true, offset, taken);
        }

        private int Islands() => Enumerable.Range(Published, StreamLength - Published)
            .Count(i => i > 0 && _arrived[i] && !_arrived[i - 1]);

        private void Check(bool isSo, string what) => Assert.True(isSo, $"seed {_seed}: {what}");
    }
}
