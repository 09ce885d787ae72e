// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Reseau.Native.Tests.Architecture;

/// <summary>A use that a rule forbids: the file, what it uses, and where.</summary>
internal sealed record Violation(string File, string Folder, string Where)
{
    public override string ToString() => Where;
}

/// <summary>What the tables of CONTRIBUTING.md forbid.</summary>
internal static class LayerRules
{
    /// <summary>Uses of a layer that the user's row does not allow.</summary>
    internal static IEnumerable<Violation> Upward(LayerTable table, IEnumerable<Use> uses) => uses
        .Where(use => table.LayerOf(SourceModel.FolderOf(use.File)) is { } user && table.LayerOf(use.Folder) is { } used
            && table.LeafOf(use.Folder) == null && !table.MayUse(user, used))
        .Select(use => new Violation(use.File, use.Folder, $"{use.File}:{use.Line} uses {use.What}, which {use.Folder} declares"));

    /// <summary>Uses of a leaf outside it and outside the files that may name it.</summary>
    internal static IEnumerable<Violation> NamedLeaves(LayerTable table, IEnumerable<Use> uses)
    {
        foreach (Use use in uses)
        {
            Leaf? leaf = table.LeafOf(use.Folder);
            if (leaf == null || table.LeafOf(SourceModel.FolderOf(use.File)) == leaf || leaf.MayBeNamedBy(use.File))
                continue;
            yield return new Violation(use.File, leaf.Folder, $"{use.File}:{use.Line} names {use.What} of the leaf {leaf.Folder}");
        }
    }

    /// <summary>Files that may name a leaf and do not, or do not exist.</summary>
    internal static IEnumerable<string> IdleRegistries(LayerTable table, IReadOnlyCollection<Use> uses) =>
        from leaf in table.Leaves
        from file in leaf.NamedBy
        where !uses.Any(use => Leaf.Covers(file, use.File) && table.LeafOf(use.Folder) == leaf)
        select $"{leaf.Folder} is not named by {file}, as CONTRIBUTING.md says";

    /// <summary>Files whose namespace is not that of their folder's row.</summary>
    internal static IEnumerable<string> StrayNamespaces(LayerTable table, SourceModel sources) =>
        from tree in sources.Compilation.SyntaxTrees
        let layer = table.LayerOf(SourceModel.FolderOf(tree.FilePath))
        let declared = Regex.Match(tree.ToString(), @"^namespace ([\w.]+);", RegexOptions.Multiline).Groups[1].Value
        where layer != null && declared != ""
        let expected = "Reseau.Native" + layer.Folder["src".Length..].Replace('/', '.')
        where declared != expected && !(layer.HasSubfolders && declared.StartsWith(expected + ".", StringComparison.Ordinal))
        select $"{tree.FilePath}: {declared}, not {expected}";
}
