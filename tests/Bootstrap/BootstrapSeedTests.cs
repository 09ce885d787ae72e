// SPDX-License-Identifier: Apache-2.0
using System;
using System.Linq;
using System.Runtime.CompilerServices;
using Reseau.Native.Tests.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Reseau.Native.Tests.Bootstrap;

/// <summary>
/// Thousands of conversations of clients and servers that bootstraps have made, on virtual time, each drawn from a seed
/// with its network, its faults and its end. A failure names its seed; RESEAU_SEED runs one alone, and RESEAU_SEEDS
/// says how many are run. With TLS the lengths of signatures are random: a seed may behave a little differently again.
/// </summary>
public class BootstrapSeedTests(ITestOutputHelper output)
{
    private const int MaxLines = 100;
    private const ulong NanosecondsPerDay = 86_400_000_000_000;

    private int _wholeStreams;
    private ulong _days;

    [Fact]
    public void PlainConversationsKeepTheRules() => RunAll(4000, hasTls: false);

    [Fact]
    public void ConversationsOverTlsKeepTheRules() => RunAll(250, hasTls: true);

    [Fact]
    public void ASeedGivesTheSameConversationAgain()
    {
        for (ulong seed = 1; seed <= 50; seed++)
            Assert.Equal(LogOf(seed), LogOf(seed));
    }

    private void RunAll(int count, bool hasTls, [CallerMemberName] string test = "")
    {
        SeedRange seeds = new(count);
        for (ulong seed = seeds.First; seed <= seeds.Last; seed++)
            Run(seed, hasTls, SeedRange.Command(seed, test));
        output.WriteLine(
            $"seeds to {seeds.Last}: {_wholeStreams} streams had to come whole, {_days} days of virtual time");
        Assert.True(seeds.IsOne || _wholeStreams > 0);
    }

    private void Run(ulong seed, bool hasTls, string command)
    {
        SeededConversation conversation = new(seed, hasTls);
        try
        {
            conversation.Run();
            _wholeStreams += conversation.WholeStreams;
            _days += conversation.Now / NanosecondsPerDay;
            if (conversation.Findings.Count == 0)
                conversation.Dispose();
        }
        catch (Exception exception)
        {
            conversation.Fail(exception.Message);
        }

        if (conversation.Findings.Count > 0)
        {
            Assert.Fail($"{command}\n{string.Join('\n', conversation.Findings)}\n" +
                string.Join('\n', conversation.Log.TakeLast(MaxLines)));
        }
    }

    private static string LogOf(ulong seed)
    {
        using SeededConversation conversation = new(seed, hasTls: false);
        conversation.Run();
        return string.Join('\n', conversation.Log);
    }
}
