// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;

namespace Reseau.Native.Tests.Architecture;

/// <summary>
/// Files that break a rule today, each with the folder that it should not use. The lists only shrink: an entry that is no
/// longer needed fails a test.
/// </summary>
internal static class KnownExceptions
{
    internal static readonly (string File, string Folder)[] Upward = [];

    internal static readonly (string File, string Folder)[] NamedLeaves = [];

    internal static IEnumerable<Violation> Without((string, string)[] exceptions, IEnumerable<Violation> violations) =>
        violations.Where(violation => !exceptions.Contains((violation.File, violation.Folder)));

    internal static IEnumerable<string> Unneeded((string File, string Folder)[] exceptions, IEnumerable<Violation> violations) =>
        exceptions.Except(violations.Select(violation => (violation.File, violation.Folder)))
            .Select(entry => $"{entry.File} no longer uses {entry.Folder}: strike the exception");
}
