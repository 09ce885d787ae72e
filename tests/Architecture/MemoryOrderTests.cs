// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>What threads share without a lock has its reason in docs/memory-order.md.</summary>
public class MemoryOrderTests
{
    private static readonly Regex s_named = new(@"\b(\w+\.cs)\b");
    private static readonly Regex s_shares = new(@"\b(Volatile|Interlocked)\.\w");

    private static HashSet<string> Named =>
        [.. s_named.Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "memory-order.md")))
            .Select(match => match.Groups[1].Value)];

    [Fact]
    public void EverySourceThatSharesIsNamed()
    {
        HashSet<string> named = Named;
        List<string> sharing =
            [.. SourceTree.Files("src", ".cs").Where(file => s_shares.IsMatch(File.ReadAllText(file)))];
        Assert.NotEmpty(sharing);
        Report.Nothing(sharing.Where(file => !named.Contains(Path.GetFileName(file))).Select(SourceTree.Relative));
    }

    [Fact]
    public void EverySourceThatIsNamedIsThere()
    {
        HashSet<string> there = [.. SourceTree.Files("src", ".cs").Select(file => Path.GetFileName(file))];
        Report.Nothing(Named.Where(name => !there.Contains(name) && name != "MemoryOrderTests.cs"));
    }
}
