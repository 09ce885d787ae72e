// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform;

/// <summary>Which processors stand together on a NUMA node, and which are second threads of a core.</summary>
internal static class CpuTopology
{
    /// <summary>The nodes that have processors; at least 1.</summary>
    internal static int GroupCount() => CpuTopologyLeaf.GroupCount();

    /// <summary>
    /// How many processors a group has: 0 if there is no such group, all of them if nothing is known.
    /// </summary>
    internal static int ProcessorCount(int group) => CpuTopologyLeaf.ProcessorCount(group);

    /// <summary>
    /// Lists a group's processors, one thread of every core first, so that whoever takes only some gets whole cores.
    /// Entries beyond the last have the id −1.
    /// </summary>
    internal static void ListProcessors(int group, Span<aws_cpu_info> list) =>
        CpuTopologyLeaf.ListProcessors(group, list);
}
