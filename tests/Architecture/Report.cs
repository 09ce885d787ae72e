// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Reseau.Native.Tests.Architecture;

/// <summary>Assertions that print every finding; those of xunit stop after five.</summary>
internal static class Report
{
    internal static void Nothing<T>(IEnumerable<T> findings)
    {
        List<T> all = [.. findings];
        Assert.True(all.Count == 0, string.Join(Environment.NewLine, all.Select(finding => $"  {finding}").Prepend($"{all.Count} findings:")));
    }
}
