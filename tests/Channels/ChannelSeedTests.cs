// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using Reseau.Native.Tests.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Reseau.Native.Tests.Channels;

/// <summary>
/// Thousands of channels over connections in memory, on virtual time, each drawn from a seed with its network, what its
/// program does, from callbacks as well, and what its peer does. A failure names its seed.
/// </summary>
public class ChannelSeedTests(ITestOutputHelper output)
{
    private const int MaxLines = 100;
    private const ulong NanosecondsPerDay = 86_400_000_000_000;

    [Fact]
    public void ChannelsKeepTheRulesWhateverHappens()
    {
        SeedRange seeds = new(10_000);
        int whole = 0;
        ulong days = 0;
        for (ulong seed = seeds.First; seed <= seeds.Last; seed++)
        {
            SeededChannel channel = Run(seed);
            whole += channel.WholeStreams;
            days += channel.Now / NanosecondsPerDay;
        }

        output.WriteLine($"seeds to {seeds.Last}: {whole} streams had to come whole, {days} days of virtual time");
        Assert.True(seeds.IsOne || whole > 0);
    }

    [Fact]
    public void ASeedGivesTheSameChannelAgain()
    {
        for (ulong seed = 1; seed <= 50; seed++)
            Assert.Equal(Run(seed).Log, Run(seed).Log);
    }

    private static SeededChannel Run(ulong seed)
    {
        SeededChannel channel = new(seed);
        try
        {
            channel.Run();
            if (channel.Findings.Count == 0)
                channel.Dispose();
        }
        catch (Exception exception)
        {
            channel.Findings.Add(exception.Message);
        }

        if (channel.Findings.Count > 0)
        {
            Assert.Fail($"{SeedRange.Command(seed, nameof(ChannelsKeepTheRulesWhateverHappens))}\n" +
                $"{string.Join('\n', channel.Findings)}\n{string.Join('\n', channel.Log.TakeLast(MaxLines))}");
        }

        return channel;
    }
}
