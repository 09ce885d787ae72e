// SPDX-License-Identifier: Apache-2.0
using System;
using System.Numerics;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>
/// NUMA nodes. A processor's number is 64 times that of its group, as the system calls each 64 of them, and its place
/// in it. A system that does not say has one node with all processors.
/// </summary>
internal static unsafe class WindowsCpuTopology
{
    internal static int GroupCount()
    {
        uint highest;
        return Kernel32.GetNumaHighestNodeNumber(&highest) == 0 ? 1 : (int)highest + 1;
    }

    internal static int ProcessorCount(int group)
    {
        if (group < 0 || group >= GroupCount())
            return 0;

        return TryRead(group, out Kernel32.GROUP_AFFINITY processors)
            ? BitOperations.PopCount(processors.Mask)
            : (int)WindowsSystemInfo.ProcessorCount();
    }

    internal static void ListProcessors(int group, Span<aws_cpu_info> list)
    {
        list.Fill(new aws_cpu_info { cpu_id = -1 });
        if (group < 0 || group >= GroupCount())
            return;

        if (!TryRead(group, out Kernel32.GROUP_AFFINITY processors))
        {
            ListAll(list);
            return;
        }

        nuint seconds = SecondThreads(processors.Group);
        int count = 0;
        foreach (bool isSecond in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < Kernel32.ProcessorsOfGroup && count < list.Length; i++)
            {
                nuint bit = (nuint)1 << i;
                if ((processors.Mask & bit) == 0 || (seconds & bit) != 0 != isSecond)
                    continue;

                int id = processors.Group * Kernel32.ProcessorsOfGroup + i;
                list[count++] = new aws_cpu_info { cpu_id = id, suspected_hyper_thread = isSecond };
            }
        }
    }

    private static void ListAll(Span<aws_cpu_info> list)
    {
        int count = Math.Min(list.Length, (int)WindowsSystemInfo.ProcessorCount());
        for (int i = 0; i < count; i++)
            list[i] = new aws_cpu_info { cpu_id = i };
    }

    // A node whose processors are all off has none.
    private static bool TryRead(int node, out Kernel32.GROUP_AFFINITY processors)
    {
        Kernel32.GROUP_AFFINITY found = default;
        bool isKnown = Kernel32.GetNumaNodeProcessorMaskEx((ushort)node, &found) != 0;
        processors = found;
        return isKnown;
    }

    /// <summary>Of each core in a group, all processors but the first.</summary>
    private static nuint SecondThreads(ushort group)
    {
        uint size = 0;
        Kernel32.GetLogicalProcessorInformationEx(Kernel32.RelationProcessorCore, null, &size);
        byte* cores = (byte*)WindowsHeap.Allocate(size);
        nuint seconds = 0;
        if (cores != null &&
            Kernel32.GetLogicalProcessorInformationEx(Kernel32.RelationProcessorCore, cores, &size) != 0)
        {
            Kernel32.PROCESSOR_CORE* core;
            for (byte* next = cores; next < cores + size; next += core->Size)
            {
                core = (Kernel32.PROCESSOR_CORE*)next;
                if (core->FirstGroup.Group == group)
                    seconds |= core->FirstGroup.Mask & (core->FirstGroup.Mask - 1);
            }
        }

        WindowsHeap.Free(cores);
        return seconds;
    }
}
