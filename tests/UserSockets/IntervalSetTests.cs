// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.UserSockets;
using Xunit;

namespace Reseau.Native.Tests.UserSockets;

/// <summary>Intervals against a plain array of positions.</summary>
public class IntervalSetTests
{
    private const int Positions = 300;

    [Fact]
    public void SaysWhatAnArrayOfPositionsSays()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            IntervalSet set = default;
            bool[] model = new bool[Positions];
            for (int step = 0; step < 300; step++)
            {
                int start = random.Next(Positions - 1);
                int end = Math.Min(Positions, start + 1 + random.Next(random.Next(2) == 0 ? 2 : 30));
                Arrival expected = ExpectedOf(model, start, end);
                Arrival arrival = set.Add((ulong)start, (ulong)end);
                if (arrival == Arrival.TooMany)
                {
                    Assert.Equal(Arrival.Taken, expected);
                    Assert.Equal(IntervalSet.Capacity, CountOf(model));
                    continue;
                }

                Assert.True(expected == arrival, $"seed {seed}, step {step}: {start}..{end} is {arrival}, not {expected}");
                if (arrival == Arrival.Taken)
                    Array.Fill(model, true, start, end - start);
                Assert.Equal(CountOf(model), set.Count);
            }

            Assert.Equal(Array.IndexOf(model, true), (int)set.FirstStart);
            Assert.Equal(Array.LastIndexOf(model, true) + 1, (int)set.LastEnd);
        }
    }

    [Fact]
    public void IsBounded()
    {
        IntervalSet set = default;
        for (ulong i = 0; i < IntervalSet.Capacity; i++)
            Assert.Equal(Arrival.Taken, set.Add(i * 2, i * 2 + 1));
        Assert.Equal(Arrival.TooMany, set.Add(1000, 1001));
        Assert.Equal(Arrival.Taken, set.Add(1, 2));
        Assert.Equal(Arrival.Taken, set.Add(1000, 1001));
    }

    private static Arrival ExpectedOf(bool[] model, int start, int end)
    {
        int there = model.AsSpan(start, end - start).Count(true);
        return there == 0 ? Arrival.Taken : there == end - start ? Arrival.Duplicate : Arrival.Overlap;
    }

    private static int CountOf(bool[] model)
    {
        int count = 0;
        for (int i = 0; i < model.Length; i++)
        {
            if (model[i] && (i == 0 || !model[i - 1]))
                count++;
        }

        return count;
    }
}
