// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Reseau.Native.Tests.Architecture;

/// <summary>A row of the table of folders. A row `src/Abi/**` stands for the folders below it as well.</summary>
internal sealed record Layer(string Folder, bool HasSubfolders, string MayUse)
{
    private const string Deep = "/**";

    internal static Layer FromRow(string path, string mayUse) => path.EndsWith(Deep, StringComparison.Ordinal)
        ? new(path[..^Deep.Length], true, mayUse)
        : new(path, false, mayUse);

    internal bool Holds(string folder) =>
        folder == Folder || (HasSubfolders && folder.StartsWith(Folder + "/", StringComparison.Ordinal));
}

/// <summary>A row of the table of leaves: a folder that only these files name, or the files of a folder.</summary>
internal sealed record Leaf(string Folder, string Contract, IReadOnlyList<string> NamedBy)
{
    internal bool MayBeNamedBy(string file) => NamedBy.Any(entry => Covers(entry, file));

    internal static bool Covers(string entry, string file) => file == entry || SourceModel.FolderOf(file) == entry;
}

/// <summary>The two tables of CONTRIBUTING.md: which folders there are, and which may use which.</summary>
internal sealed class LayerTable
{
    private const string LayerHeader = "| folder | holds | may use |";
    private const string LeafHeader = "| leaf | contract | named only by |";

    internal IReadOnlyList<Layer> Layers { get; }
    internal IReadOnlyList<Leaf> Leaves { get; }

    private LayerTable(IReadOnlyList<Layer> layers, IReadOnlyList<Leaf> leaves)
    {
        Layers = layers;
        Leaves = leaves;
    }

    internal static LayerTable OfTheProject() => Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "CONTRIBUTING.md")));

    internal static LayerTable Parse(string markdown) => new(
        [.. Rows(markdown, LayerHeader).Select(cells => Layer.FromRow(Quoted(cells[0]).Single(), cells[2].Trim()))],
        [.. Rows(markdown, LeafHeader).Select(cells => new Leaf(Quoted(cells[0]).Single(), Quoted(cells[1]).Single(), Quoted(cells[2])))]);

    /// <summary>The row that a folder belongs to, or null.</summary>
    internal Layer? LayerOf(string folder) =>
        Layers.Where(layer => layer.Holds(folder)).MaxBy(layer => layer.Folder.Length);

    internal Leaf? LeafOf(string folder) => Leaves.FirstOrDefault(leaf =>
        folder == leaf.Folder || folder.StartsWith(leaf.Folder + "/", StringComparison.Ordinal));

    /// <summary>Whether code of one layer may use what another declares, leaves aside.</summary>
    internal bool MayUse(Layer user, Layer used)
    {
        if (user == used || user.MayUse == "all")
            return true;
        if (user.MayUse == "the above")
            return Position(used) < Position(user);
        return Quoted(user.MayUse).Any(path => Layer.FromRow(path, "").Holds(used.Folder));
    }

    /// <summary>What is wrong with the tables themselves, given the folders that exist.</summary>
    internal IEnumerable<string> Faults(IReadOnlyCollection<string> folders) =>
        FaultsOfLayers(folders).Concat(FaultsOfLeaves());

    private IEnumerable<string> FaultsOfLayers(IReadOnlyCollection<string> folders)
    {
        foreach (string folder in folders.Where(folder => LayerOf(folder) == null))
            yield return $"{folder} has no row in CONTRIBUTING.md";
        foreach (Layer layer in Layers.Where(layer => !folders.Any(layer.Holds)))
            yield return $"CONTRIBUTING.md has a row for {layer.Folder}, which holds no source";
        foreach (string twice in Layers.GroupBy(layer => layer.Folder).Where(rows => rows.Count() > 1).Select(rows => rows.Key))
            yield return $"CONTRIBUTING.md has two rows for {twice}";
        foreach (Layer layer in Layers.Where(layer => !IsUnderstood(layer.MayUse)))
            yield return $"the row of {layer.Folder} says neither \"the above\" nor which folders it may use: {layer.MayUse}";
    }

    private IEnumerable<string> FaultsOfLeaves()
    {
        foreach (Leaf leaf in Leaves)
        {
            if (Layers.All(layer => layer.Folder != leaf.Folder))
                yield return $"the leaf {leaf.Folder} has no row among the folders";
            if (LayerOf(leaf.Contract) == null)
                yield return $"the contract of {leaf.Folder} is in {leaf.Contract}, which has no row";
            if (leaf.NamedBy.Count(IsNeitherExportNorLeaf) > 1)
                yield return $"the leaf {leaf.Folder} is named by more than one file besides its exports and other leaves";
        }
    }

    // Leaves of one system may belong together: sockets to their loop.
    private bool IsNeitherExportNorLeaf(string name) =>
        !name.StartsWith("src/Exports/", StringComparison.Ordinal) && Leaves.All(leaf => leaf.Folder != name);

    private static bool IsUnderstood(string mayUse) => mayUse is "all" or "the above" or "nothing" or "headers" || Quoted(mayUse).Count > 0;

    private int Position(Layer layer) => Layers.ToList().IndexOf(layer);

    private static IReadOnlyList<string> Quoted(string cell) => [.. Regex.Matches(cell, "`([^`]+)`").Select(match => match.Groups[1].Value)];

    private static IEnumerable<string[]> Rows(string markdown, string header)
    {
        string[] lines = markdown.Split('\n');
        int start = Array.IndexOf(lines, header);
        if (start < 0)
            throw new InvalidDataException($"There is no table \"{header}\".");
        return lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split('|'));
    }
}
