// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>Rules that a text search can hold.</summary>
public class SourceRuleTests
{
    private static readonly string[] s_code = [".cs", ".c", ".h", ".inl", ".cc"];

    private static IEnumerable<string> AllCode() =>
        new[] { "src", "include", "native-tests", "examples", "benchmarks" }.SelectMany(folder => SourceTree.Files(folder, s_code));

    [Fact]
    public void EverySourceNamesItsLicence() =>
        Assert.Empty(AllCode().Where(file => !File.ReadLines(file).Take(3).Any(line => line.Contains("SPDX-License-Identifier: Apache-2.0"))).Select(SourceTree.Relative));

    [Fact]
    public void NothingIsLeftUndone() =>
        Assert.Empty(Matches(AllCode(), "NotImplemented" + "Exception|TO" + "DO|FIX" + @"ME|\bX" + @"XX\b|DISAB" + "LED_"));

    [Fact]
    public void TheCoreUsesNoTaskAndNoThreadPool() =>
        Assert.Empty(Matches(SourceTree.Files("src", ".cs"), @"\basync\b|\bawait\b|System\.Threading\.Tasks|ThreadPool|System\.Linq"));

    /// <summary>Signatures of C stay on one line in the exports.</summary>
    [Fact]
    public void LinesKeepToTheirWidth()
    {
        IEnumerable<string> files = SourceTree.Files("src", s_code)
            .Where(file => !SourceTree.Relative(file).StartsWith("src/Exports/", StringComparison.Ordinal));
        Report.Nothing(Matches(files, "^.{121}"));
    }

    /// <summary>
    /// Each thread's would be an object on the managed heap; see ThreadStorage.cs. So would be a system error that the
    /// runtime keeps for the thread.
    /// </summary>
    [Fact]
    public void ThreadsKeepNothingInManagedMemory() =>
        Assert.Empty(Matches(SourceTree.Files("src", ".cs"), @"^\s*\[ThreadStatic\]|ThreadLocal<|AsyncLocal<|SetLastError\s*=\s*true"));

    [Fact]
    public void EachNativeFunctionIsImportedOnce()
    {
        Regex import = new(@"static extern [\w*\s<>]+?\b(\w+)\(");
        IEnumerable<string> twice = SourceTree.Files("src/Interop", ".cs")
            .SelectMany(file => import.Matches(File.ReadAllText(file)).Select(match => $"{Path.GetDirectoryName(file)}:{match.Groups[1].Value}"))
            .GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(twice);
        Assert.Empty(Matches(SourceTree.Files("src", ".cs").Where(file => !SourceTree.Relative(file).StartsWith("src/Interop/", StringComparison.Ordinal)), @"\[DllImport|\[LibraryImport"));
    }

    /// <summary>
    /// Handshakes run on stacks of their own, where managed code must not: see OpenSslCallbacks.cs. The few listed here are
    /// called elsewhere.
    /// </summary>
    [Fact]
    public void OpenSslCallsManagedCodeByWayOfTheShim()
    {
        string[] elsewhere = ["Load", "OnPasswordWanted"];
        string table = File.ReadAllText(SourceTree.Files("src/Tls/OpenSsl", ".cs").Single(file => file.EndsWith("OpenSslCallbacks.cs", StringComparison.Ordinal)));
        Regex callback = new(@"\[UnmanagedCallersOnly[^\n]*\n\s*(?:internal|private) static [\w*]+ (\w+)\(");
        IEnumerable<string> strays = SourceTree.Files("src/Tls/OpenSsl", ".cs")
            .SelectMany(file => callback.Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups[1].Value}"))
            .Where(name => !elsewhere.Contains(name.Split('.')[1]) && !table.Contains($"&{name},"));
        Assert.Empty(strays);
    }

    private static IEnumerable<string> Matches(IEnumerable<string> files, string pattern)
    {
        Regex forbidden = new(pattern);
        foreach (string file in files)
        {
            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                if (forbidden.IsMatch(line))
                    yield return $"{SourceTree.Relative(file)}:{number}: {line.Trim()}";
            }
        }
    }
}
