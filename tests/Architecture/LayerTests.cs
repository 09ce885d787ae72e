// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>The sources keep to the tables of CONTRIBUTING.md.</summary>
public class LayerTests
{
    private static readonly LayerTable s_table = LayerTable.OfTheProject();
    private static readonly SourceModel s_sources = SourceModel.OfTheProject();
    private static readonly SourceModel s_forWindows = SourceModel.OfTheProject("RESEAU_WINDOWS");
    private static readonly Lazy<IReadOnlyList<Use>> s_uses = new(() => [.. SymbolUses.Of(s_sources), .. SymbolUses.Of(s_forWindows)]);

    [Fact]
    public void EverySourceBinds() => Report.Nothing(s_sources.Errors);

    [Fact]
    public void EverySourceBindsForWindows() => Report.Nothing(s_forWindows.Errors);

    [Fact]
    public void TheTablesAreThoseOfTheTree()
    {
        List<string> folders = [.. SourceTree.Files("src", ".cs", ".c").Select(SourceTree.Relative).Select(SourceModel.FolderOf).Distinct()];
        Report.Nothing(s_table.Faults(folders));
    }

    [Fact]
    public void NoLayerUsesOneThatItsRowDoesNotAllow() =>
        Report.Nothing(LayerRules.Upward(s_table, s_uses.Value));

    [Fact]
    public void OnlyTheRegistryNamesALeaf() =>
        Report.Nothing(LayerRules.NamedLeaves(s_table, s_uses.Value));

    [Fact]
    public void FilesThatMayNameALeafDoSo() => Report.Nothing(LayerRules.IdleRegistries(s_table, s_uses.Value));

    [Fact]
    public void NamespacesFollowFolders() => Report.Nothing(LayerRules.StrayNamespaces(s_table, s_sources));
}
