// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>"Rule 44" in a comment is a rule of docs/lifetimes.md.</summary>
public class RuleCitationTests
{
    private static readonly Regex s_rule = new(@"^(\d+)\. ", RegexOptions.Multiline);
    private static readonly Regex s_citation = new(@"\brules? (\d+)(?:(?:,| to| and) (\d+))*", RegexOptions.IgnoreCase);

    private static List<int> Rules =>
        [.. s_rule.Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "lifetimes.md")))
            .Select(match => int.Parse(match.Groups[1].Value))];

    [Fact]
    public void NumbersOfRulesAreUnique()
    {
        Assert.NotEmpty(Rules);
        Report.Nothing(Rules.GroupBy(rule => rule).Where(group => group.Count() > 1).Select(group => $"rule {group.Key} twice"));
    }

    [Fact]
    public void RulesThatAreCitedExist()
    {
        HashSet<int> rules = [.. Rules];
        string[] folders = ["src", "include", "docs", "tests", "native-tests"];
        IEnumerable<string> files = folders.SelectMany(folder => SourceTree.Files(folder, ".cs", ".c", ".h", ".cc", ".md"));
        List<(string Where, int Rule)> cited = [.. files.SelectMany(Citations)];
        Assert.NotEmpty(cited);
        Report.Nothing(cited.Where(citation => !rules.Contains(citation.Rule)).Select(citation => citation.Where));
    }

    private static IEnumerable<(string Where, int Rule)> Citations(string file) =>
        from citation in s_citation.Matches(File.ReadAllText(file))
        from number in citation.Groups[1].Captures.Concat(citation.Groups[2].Captures)
        select ($"{SourceTree.Relative(file)}: {citation.Value}", int.Parse(number.Value));
}
