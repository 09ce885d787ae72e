// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>Small made-up sources that break each rule once, and are reported.</summary>
public class LayerProbeTests
{
    private const string Tables = """
        | folder | holds | may use |
        |---|---|---|
        | `src/Low/**` | the bottom | nothing |
        | `src/Middle` | a contract | the above |
        | `src/Middle/Leaf` | one way to keep it | the above |
        | `src/Side` | what uses one folder only | `src/Low/**` |
        | `src/High` | the top | the above |
        | `src/Roof` | what uses everything | all |

        | leaf | contract | named only by |
        |---|---|---|
        | `src/Middle/Leaf` | `src/Middle` | `src/Middle/Registry.cs` |

        """;

    private static readonly LayerTable s_table = LayerTable.Parse(Tables);

    private static readonly (string, string)[] s_tree =
    [
        ("src/Low/Ground.cs", "namespace Reseau.Native.Low; public class Ground { public static int Depth; }"),
        ("src/Middle/Contract.cs", "namespace Reseau.Native.Middle; public class Contract { public static int Count; }"),
        ("src/Middle/Leaf/Kind.cs", "namespace Reseau.Native.Middle.Leaf; public class Kind { public const int Number = 1; public static Kind Make() => new(); }"),
        ("src/Middle/Registry.cs", "namespace Reseau.Native.Middle; public class Registry { public static object Choose() => Leaf.Kind.Make(); }"),
        ("src/High/Roofed.cs", """
            namespace Reseau.Native.High;
            public class Roofed { public int Height; public static Roofed Make() => new(); public static implicit operator int(Roofed value) => value.Height; }
            public class Nest { public class Egg { } }
            public static class Extensions { public static void Lift(this int value) { } }
            public class List { public System.Collections.Generic.List<Roofed>.Enumerator GetEnumerator() => default; }
            """),
    ];

    private static List<Violation> Upward(string path, string text) => [.. LayerRules.Upward(s_table, Uses(path, text))];

    private static List<Violation> NamedLeaves(string path, string text) => [.. LayerRules.NamedLeaves(s_table, Uses(path, text))];

    private static IReadOnlyList<Use> Uses(string path, string text)
    {
        SourceModel sources = SourceModel.Of([.. s_tree, (path, text)]);
        Report.Nothing(sources.Errors);
        return SymbolUses.Of(sources);
    }

    [Theory]
    [InlineData("using Reseau.Native.High; namespace Reseau.Native.Low; class Probe { Roofed? x; }", "using directive")]
    [InlineData("namespace Reseau.Native.Low; class Probe { object x = new Reseau.Native.High.Roofed(); }", "full name")]
    [InlineData("namespace Reseau.Native.Low; class Probe { object x = new global::Reseau.Native.High.Roofed(); }", "global name")]
    [InlineData("namespace Reseau.Native.Low; class Probe { object x = new High.Roofed(); }", "relative name")]
    [InlineData("namespace Reseau.Native { using High; namespace Low { class Probe { Roofed? x; } } }", "relative using directive")]
    [InlineData("using static Reseau.Native.High.Nest; namespace Reseau.Native.Low; class Probe { Egg? x; }", "using static")]
    [InlineData("using H = Reseau.Native.High.Roofed; namespace Reseau.Native.Low; class Probe { H? x; }", "alias of a type")]
    [InlineData("using H = Reseau.Native.High; namespace Reseau.Native.Low; class Probe { H.Roofed? x; }", "alias of a namespace")]
    [InlineData("namespace Reseau.Native.Low; class Probe { string x = nameof(High.Roofed); }", "nameof")]
    [InlineData("namespace Reseau.Native.Low; class Probe { System.Type x = typeof(High.Roofed); }", "typeof")]
    [InlineData("namespace Reseau.Native.Low; class Probe { unsafe delegate*<High.Roofed, void> x; }", "function pointer")]
    [InlineData("namespace Reseau.Native.Low; class Probe : High.Roofed;", "base class")]
    [InlineData("using Reseau.Native.High; namespace Reseau.Native.Low; class Probe { void M() => 1.Lift(); }", "extension method")]
    public void AUseOfAHigherLayerIsReported(string text, string how) =>
        Assert.True(Upward("src/Low/Probe.cs", text).Any(violation => violation.Folder == "src/High"), how);

    [Theory]
    [InlineData("var x = Bridge.Value;", "var")]
    [InlineData("int x = Bridge.Value;", "conversion that a type defines")]
    [InlineData("Bridge.Take(Bridge.Value);", "value passed on")]
    [InlineData("Bridge.Take(new());", "new() without a name")]
    [InlineData("foreach (var x in Bridge.All) { }", "foreach")]
    [InlineData("_ = Bridge.Value.Height;", "member")]
    public void AUseThatNamesNothingIsReported(string statement, string how)
    {
        SourceModel sources = SourceModel.Of([.. s_tree,
            ("src/Roof/Bridge.cs", "namespace Reseau.Native.Roof; public static class Bridge { public static High.Roofed Value = new(); public static High.List All = new(); public static void Take(High.Roofed value) { } }"),
            ("src/Low/Probe.cs", $"using Reseau.Native.Roof; namespace Reseau.Native.Low; class Probe {{ void M() {{ {statement} }} }}")]);
        Report.Nothing(sources.Errors);
        IEnumerable<Violation> violations = LayerRules.Upward(s_table, SymbolUses.Of(sources));
        Assert.True(violations.Any(violation => violation is { File: "src/Low/Probe.cs", Folder: "src/High" }), how);
    }

    [Fact]
    public void AFolderThatTheRowDoesNotListIsReported()
    {
        Assert.NotEmpty(Upward("src/Side/Probe.cs", "namespace Reseau.Native.Side; class Probe { int x = Middle.Contract.Count; }"));
        Assert.Empty(Upward("src/Side/Probe.cs", "namespace Reseau.Native.Side; class Probe { int x = Low.Ground.Depth; }"));
    }

    [Fact]
    public void AHigherLayerInASubfolderIsReported() =>
        Assert.NotEmpty(Upward("src/Low/Deep/Probe.cs", "namespace Reseau.Native.Low.Deep; class Probe { int x = Middle.Contract.Count; }"));

    [Fact]
    public void UsesOfTheAboveAreAllowed() =>
        Assert.Empty(Upward("src/High/Probe.cs", "namespace Reseau.Native.High; class Probe { int x = Middle.Contract.Count + Low.Ground.Depth; }"));

    [Theory]
    [InlineData("src/Middle/Probe.cs", "namespace Reseau.Native.Middle; class Probe { object x = Leaf.Kind.Make(); }")]
    [InlineData("src/High/Probe.cs", "namespace Reseau.Native.High; class Probe { object x = Middle.Leaf.Kind.Make(); }")]
    [InlineData("src/Roof/Probe.cs", "using static Reseau.Native.Middle.Leaf.Kind; namespace Reseau.Native.Roof; class Probe { int x = Number; }")]
    public void ALeafNamedOutsideTheRegistryIsReported(string path, string text) => Assert.NotEmpty(NamedLeaves(path, text));

    [Fact]
    public void TheRegistryAndTheLeafItselfMayNameIt()
    {
        string text = "namespace Reseau.Native.Middle.Leaf; class Probe { object x = Kind.Make(); }";
        Assert.Empty(NamedLeaves("src/Middle/Leaf/Probe.cs", text));
    }

    [Fact]
    public void ARegistryThatNamesNoLeafIsReported()
    {
        Assert.Empty(LayerRules.IdleRegistries(s_table, SymbolUses.Of(SourceModel.Of(s_tree))));
        Assert.NotEmpty(LayerRules.IdleRegistries(s_table, []));
    }

    [Theory]
    [InlineData("src/Low/Probe.cs", "namespace Reseau.Native.High;")]
    [InlineData("src/Middle/Leaf/Probe.cs", "namespace Reseau.Native.Middle;")]
    [InlineData("src/Middle/Probe.cs", "namespace Reseau.Native.Middle.Leaf;")]
    public void ANamespaceOfAnotherFolderIsReported(string path, string text) =>
        Assert.NotEmpty(LayerRules.StrayNamespaces(s_table, SourceModel.Of((path, text))));

    [Fact]
    public void ASourceThatDoesNotBindIsReported() =>
        Assert.NotEmpty(SourceModel.Of(("src/Low/Probe.cs", "class Probe { Missing? x; }")).Errors);

    [Theory]
    [InlineData("src/High", null, "a row for src/High, which holds no source")]
    [InlineData(null, "src/New", "src/New has no row")]
    [InlineData(null, "src/Middle/Other", "src/Middle/Other has no row")]
    public void AFolderWithoutARowAndARowWithoutAFolderAreReported(string? removed, string? added, string expected)
    {
        List<string> folders = ["src/Low/Deep", "src/Middle", "src/Middle/Leaf", "src/Side", "src/High", "src/Roof"];
        Report.Nothing(s_table.Faults(folders));
        IEnumerable<string> faults = s_table.Faults([.. folders.Where(folder => folder != removed), .. added == null ? [] : new[] { added }]);
        Assert.Contains(expected, Assert.Single(faults));
    }

    [Theory]
    [InlineData("| `src/Middle` | a contract | the above |", "| `src/Middle` | a contract | some |", "says neither")]
    [InlineData("| `src/Side` | what uses one folder only | `src/Low/**` |", "| `src/Low/**` | again | all |", "two rows")]
    [InlineData("`src/Middle/Registry.cs`", "`src/A.cs`, `src/B.cs`", "more than one file")]
    [InlineData("| `src/Middle/Leaf` | `src/Middle` |", "| `src/Middle/Other` | `src/Middle` |", "no row among the folders")]
    public void AMistakeInTheTablesIsReported(string right, string wrong, string expected) =>
        Assert.Contains(LayerTable.Parse(Tables.Replace(right, wrong)).Faults([]), fault => fault.Contains(expected));

    [Theory]
    [InlineData("src/Middle", true)]
    [InlineData("src/High", false)]
    public void AFolderThatMayNameALeafIsOneForItsOwnFilesOnly(string folder, bool isAllowed)
    {
        LayerTable table = LayerTable.Parse(Tables.Replace("`src/Middle/Registry.cs`", "`src/Middle`"));
        IReadOnlyList<Use> uses = Uses($"{folder}/Probe.cs", $"namespace {folder.Replace("src/", "Reseau.Native.")}; class Probe {{ object x = Reseau.Native.Middle.Leaf.Kind.Make(); }}");
        Assert.Equal(isAllowed, !LayerRules.NamedLeaves(table, uses).Any());
        Assert.Empty(LayerRules.IdleRegistries(table, uses));
    }
}
