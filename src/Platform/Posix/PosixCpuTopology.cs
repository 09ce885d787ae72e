// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Platform.Posix;

/// <summary>
/// Which processors are on a NUMA node, and which are second threads of a core, from /sys. A machine
/// without nodes, or a sandbox without /sys, has one group with all processors.
/// </summary>
internal static unsafe class PosixCpuTopology
{
    private const int FileCapacity = 8192;

    /// <summary>The nodes that have processors; at least 1.</summary>
    internal static int GroupCount()
    {
        Span<byte> buffer = stackalloc byte[FileCapacity];
        return Math.Max(1, CountMembers(Read("/sys/devices/system/node/has_cpu"u8, -1, ""u8, buffer)));
    }

    /// <summary>
    /// How many processors a group has: 0 if there is no such group, all of them if nothing is known.
    /// </summary>
    internal static int ProcessorCount(int group)
    {
        Span<byte> buffer = stackalloc byte[FileCapacity];
        return TryReadProcessors(group, buffer, out ReadOnlySpan<byte> processors)
            ? CountMembers(processors)
            : (int)PosixSystemInfo.ProcessorCount();
    }

    /// <summary>
    /// Lists a group's processors, one thread of every core first, so that whoever takes only some gets whole cores.
    /// Entries beyond the last have the id −1.
    /// </summary>
    internal static void ListProcessors(int group, Span<aws_cpu_info> list)
    {
        list.Fill(new aws_cpu_info { cpu_id = -1 });

        Span<byte> buffer = stackalloc byte[FileCapacity];
        if (!TryReadProcessors(group, buffer, out ReadOnlySpan<byte> processors))
        {
            ListAll(list);
            return;
        }

        int count = 0;
        foreach (bool isSecond in (ReadOnlySpan<bool>)[false, true])
        {
            ReadOnlySpan<byte> rest = processors;
            while (TryTakeRange(ref rest, out int first, out int last))
            {
                for (int cpu = first; cpu <= last && count < list.Length; cpu++)
                {
                    if (IsSecondThread(cpu) == isSecond)
                        list[count++] = new aws_cpu_info { cpu_id = cpu, suspected_hyper_thread = isSecond };
                }
            }
        }
    }

    /// <summary>
    /// Without nodes all that is known are numbers. Second threads mostly have the upper half of them.
    /// </summary>
    private static void ListAll(Span<aws_cpu_info> list)
    {
        int count = Math.Min(list.Length, (int)PosixSystemInfo.ProcessorCount());
        for (int i = 0; i < count; i++)
            list[i] = new aws_cpu_info { cpu_id = i, suspected_hyper_thread = list.Length > 1 && i >= list.Length / 2 };
    }

    /// <summary>
    /// The processors of a group, none if there is no such group. False if the machine has no nodes, or does not say,
    /// as when the process has no descriptor left to look with.
    /// </summary>
    private static bool TryReadProcessors(int group, Span<byte> buffer, out ReadOnlySpan<byte> processors)
    {
        processors = default;
        ReadOnlySpan<byte> nodes = Read("/sys/devices/system/node/has_cpu"u8, -1, ""u8, buffer);
        if (nodes.IsEmpty)
            return false;

        int node = MemberAt(nodes, group);
        if (node < 0)
            return true;

        processors = Read("/sys/devices/system/node/node"u8, node, "/cpulist"u8, buffer);
        return !processors.IsEmpty;
    }

    private static bool IsSecondThread(int cpu)
    {
        Span<byte> buffer = stackalloc byte[256];
        ReadOnlySpan<byte> siblings =
            Read("/sys/devices/system/cpu/cpu"u8, cpu, "/topology/thread_siblings_list"u8, buffer);
        return KernelTextFile.TryTakeNumber(ref siblings, out int first) && first != cpu;
    }

    /// <summary>
    /// The text of a file whose path has a number inside, or none if it is negative; empty if unreadable.
    /// </summary>
    private static ReadOnlySpan<byte> Read(
        ReadOnlySpan<byte> before, int number, ReadOnlySpan<byte> after, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[128];
        path.Clear();
        before.CopyTo(path);
        int length = before.Length;
        if (number >= 0 && number.TryFormat(path[length..], out int digits))
            length += digits;

        after.CopyTo(path[length..]);
        fixed (byte* start = path)
            return buffer[..Math.Max(0, KernelTextFile.Read(start, buffer))];
    }

    private static int CountMembers(ReadOnlySpan<byte> list)
    {
        int count = 0;
        while (TryTakeRange(ref list, out int first, out int last))
            count += last - first + 1;

        return count;
    }

    private static int MemberAt(ReadOnlySpan<byte> list, int index)
    {
        while (TryTakeRange(ref list, out int first, out int last))
        {
            if (index <= last - first)
                return first + index;

            index -= last - first + 1;
        }

        return -1;
    }

    /// <summary>Takes "3" or "0-7", and a comma, off the front of a list.</summary>
    private static bool TryTakeRange(ref ReadOnlySpan<byte> list, out int first, out int last)
    {
        last = -1;
        if (!KernelTextFile.TryTakeNumber(ref list, out first))
            return false;

        last = first;
        if (!list.IsEmpty && list[0] == '-')
        {
            list = list[1..];
            if (!KernelTextFile.TryTakeNumber(ref list, out last) || last < first)
                return false;
        }

        if (!list.IsEmpty && list[0] == ',')
            list = list[1..];

        return true;
    }
}
