// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>
/// Words that docs/glossary.md replaces by the field's terms. They are looked for in text and, taken apart, in names:
/// `IsTold` and `is_told` are "is told".
/// </summary>
public class WordTests
{
    private static readonly (string Word, string Instead)[] s_words =
    [
        (@"told|tells?|telling", "report, notify, return, distinguish"),
        (@"hears?|heard", "get, be called, be notified"),
        (@"wants?", "need, require, ask for"),
        (@"whom", "name the object, the callback or the thread"),
        (@"patience", "timeout"),
        (@"wish(es)?", "request, option, hint"),
        (@"mend(s|ed|ing)?", "fix"),
        (@"neighbours?", "left or right handler, adjacent node, peer, external library"),
        (@"strangers?", "peer, untrusted input"),
        (@"goes by|go by|going by", "use"),
        (@"is through|are through", "has ended"),
        (@"hand(s|ed|ing)? in", "post, schedule, pass"),
        (@"g[ia]ve(s|n)? back|giving back", "release (references, memory), return (pools)"),
        (@"turn(s|ed)? round", "reverse, change direction"),
        (@"good ?-?bye", "close_notify, last write"),
        (@"withh[eo]ld(s|ing)?", "defer, keep"),
        (@"dice", "random numbers"),
        (@"anew", "again"),
        (@"let(s|ting)? go( of)?", "release"),
        (@"spoil(s|t|ed)?", "damage"),
        (@"storms?", "random faults"),
        (@"nonsense|rubbish", "garbage"),
        (@"swallow(s|ed)?", "drop"),
        (@"reckon(s|ed)?", "compute, count"),
        (@"vouch(es)?", "certify, be trusted"),
        (@"comes? to grief", "fail"),
        (@"duels?", "exchange"),
        (@"upstream s|upstream's", "aws-c-io's: \"upstream\" is a direction in a channel"),
    ];

    /// <summary>Numbers' bounds are Max and Min; in names only, for prose has its "at most".</summary>
    private static readonly Regex s_bounds =
        new(
            @"\b_?(s_)?(Most|Least)[A-Z]\w*|\b\w*[a-z](Most|Least)\b|\b(most|least)_\w+|\b\w+_(most|least)\b",
            RegexOptions.Compiled);

    /// <summary>Facts and names of others, and this list.</summary>
    private static readonly Regex s_passedOver =
        new(@"^native-tests/(fuzz/corpus|abi|parity|PARITY\.md)|^tests/Architecture/WordTests\.cs$");

    private static readonly Regex s_capital = new("([a-z0-9])([A-Z])", RegexOptions.Compiled);

    /// <summary>Names of OpenSSL's, such as SSL_ERROR_WANT_READ.</summary>
    private static readonly Regex s_foreignNames = new(@"\bSSL_\w+", RegexOptions.Compiled);

    private static readonly Regex s_old =
        new($@"\b({string.Join('|', s_words.Select(entry => entry.Word))})\b", RegexOptions.Compiled);

    [Fact]
    public void OneWordForEachThing() => Report.Nothing(Texts().SelectMany(Findings));

    [Theory]
    [InlineData("/* The handler is told of it. */", true)]
    [InlineData("TEST_F(Socket, a_close_is_told_once)", true)]
    [InlineData("internal static void TellOwner(", true)]
    [InlineData("private const int MostFrames = 64;", true)]
    [InlineData("/* At most one; it is recommended. */", false)]
    [InlineData("void AwaitHeader(int wanted)", false)]
    public void NamesAreTakenApart(string line, bool isOld) => Assert.Equal(isOld, Describe(line) != null);

    private static IEnumerable<string> Texts()
    {
        string[] endings = [".cs", ".c", ".h", ".inl", ".cc", ".md", ".txt", ".sh", ".py", ".cmake", ".json"];
        string[] folders = ["src", "include", "native-tests", "tests", "examples", "benchmarks", "docs", "cmake"];
        return folders.SelectMany(folder => SourceTree.Files(folder, endings))
            .Concat(Directory.EnumerateFiles(SourceTree.Root, "*.md"))
            .Where(file => !s_passedOver.IsMatch(SourceTree.Relative(file)));
    }

    private static IEnumerable<string> Findings(string file)
    {
        if (Describe(Path.GetFileNameWithoutExtension(file)) is string name)
            yield return $"{SourceTree.Relative(file)}: {name}";

        // Nearly all files have none, and a whole text is searched much faster than its lines.
        if (Describe(File.ReadAllText(file)) == null)
            yield break;
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (Describe(line) is string found)
                yield return $"{SourceTree.Relative(file)}:{number}: {found}: {line.Trim()}";
        }
    }

    /// <summary>The old word in a line and what to use instead; null if there is none.</summary>
    private static string? Describe(string line)
    {
        if (s_bounds.Match(line) is { Success: true } bound)
            return $"\"{bound.Value}\" (Max, Min)";
        string ours = s_foreignNames.Replace(line, "");
        string words = s_capital.Replace(ours, "$1 $2").Replace('_', ' ').ToLowerInvariant();
        if (s_old.Match(words) is not { Success: true } match)
            return null;
        string instead = s_words.First(entry => Regex.IsMatch(match.Value, $"^({entry.Word})$")).Instead;
        return $"\"{match.Value}\" ({instead})";
    }
}
