// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Reseau.Native.Tests.House;

/// <summary>Folders of src/ are layers: each may use those below it, never one above, and namespaces follow folders.</summary>
public class LayerTests
{
    private static readonly string[] s_bottomToTop =
    [
        "Abi", "Interop", "Platform", "Runtime", "Common", "EventLoops", "Sockets", "Channels", "Futures", "Streams", "Retry", "Tls",
        "Bootstrap", "Connections", "Exports",
    ];

    [Fact]
    public void NoLayerUsesOneAboveIt()
    {
        List<string> upward = [];
        foreach (string file in SourceTree.Files("src", ".cs"))
        {
            int own = LayerOf(SourceTree.Relative(file));
            if (own < 0)
                continue;
            foreach (Match use in Regex.Matches(File.ReadAllText(file), @"\bReseau\.Native\.(\w+)"))
            {
                int used = Array.IndexOf(s_bottomToTop, use.Groups[1].Value);
                if (used > own)
                    upward.Add($"{SourceTree.Relative(file)} uses {use.Value}");
            }
        }

        Assert.Empty(upward);
    }

    [Fact]
    public void NamespacesFollowFolders()
    {
        List<string> strays = [];
        foreach (string file in SourceTree.Files("src", ".cs"))
        {
            string relative = SourceTree.Relative(file);
            int layer = LayerOf(relative);
            Match declared = Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+);", RegexOptions.Multiline);
            if (layer < 0 || !declared.Success)
                continue;
            string expected = "Reseau.Native." + s_bottomToTop[layer];
            if (declared.Groups[1].Value != expected && !declared.Groups[1].Value.StartsWith(expected + ".", StringComparison.Ordinal))
                strays.Add($"{relative}: {declared.Groups[1].Value}");
        }

        Assert.Empty(strays);
    }

    private static int LayerOf(string relative)
    {
        string[] parts = relative.Split('/');
        return parts.Length < 3 ? -1 : Array.IndexOf(s_bottomToTop, parts[1]);
    }
}
