// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using Reseau.Native.Tests.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Reseau.Native.Tests.Resolver;

/// <summary>
/// Thousands of resolvers on virtual time, each drawn from a seed with its names, their faults and what its program
/// does. A failure names its seed.
/// </summary>
public class ResolverSeedTests(ITestOutputHelper output)
{
    private const int MaxLines = 60;
    private const ulong NanosecondsPerDay = 86_400_000_000_000;

    [Fact]
    public void ResolversKeepTheRulesWhateverHappens()
    {
        SeedRange seeds = new(3_000);
        long lookUps = 0;
        long successes = 0;
        ulong days = 0;
        for (ulong seed = seeds.First; seed <= seeds.Last; seed++)
        {
            SeededResolver resolver = Run(seed);
            lookUps += resolver.LookUps;
            successes += resolver.Successes;
            days += resolver.End / NanosecondsPerDay;
        }

        output.WriteLine(
            $"seeds to {seeds.Last}: {lookUps} look-ups, {successes} requests with addresses, {days} days");
        Assert.True(seeds.IsOne || successes > 0);
    }

    [Fact]
    public void ASeedGivesTheSameResolverAgain()
    {
        for (ulong seed = 1; seed <= 50; seed++)
            Assert.Equal(Run(seed).Log, Run(seed).Log);
    }

    private static SeededResolver Run(ulong seed)
    {
        SeededResolver resolver = new(seed);
        try
        {
            resolver.Run();
            if (resolver.Findings.Count == 0)
                resolver.Dispose();
        }
        catch (Exception exception)
        {
            resolver.Findings.Add(exception.Message);
        }

        if (resolver.Findings.Count > 0)
        {
            Assert.Fail($"{SeedRange.Command(seed, nameof(ResolversKeepTheRulesWhateverHappens))}\n" +
                $"{string.Join('\n', resolver.Findings)}\n{string.Join('\n', resolver.Log.TakeLast(MaxLines))}");
        }

        return resolver;
    }
}
