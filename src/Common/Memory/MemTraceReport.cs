// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Memory;

/// <summary>
/// The memory tracer's report: every block in use, then the call stacks that hold most. The state is copied under the
/// tracer's lock and written without it, for the logger may itself use the traced allocator.
/// </summary>
internal static unsafe class MemTraceReport
{
    private const uint Subject = AWS_LS_COMMON_MEMTRACE;
    private const int TextCapacity = 4096;

    private struct Total
    {
        internal TracedStack* Stack;
        internal nuint Count;
        internal nuint Bytes;
    }

    internal static void Write(MemTracer.State* tracer)
    {
        aws_array_list allocations;
        MemTracer.Enter(tracer);
        nuint bytes = tracer->LiveBytes;
        nuint count = tracer->Allocations.Count;
        ArrayList.InitDynamic(&allocations, Allocator.Default(), count + 1, (nuint)sizeof(TracedAllocation));
        tracer->Allocations.CopyTo((TracedAllocation*)allocations.data);
        allocations.length = count;
        ForkLock.Exit(&tracer->Lock);

        ArrayList.Sort(&allocations, &CompareAge);

        Log.Write(AWS_LL_TRACE, Subject, $"memory in use: {bytes} bytes in {count} blocks, oldest first");
        for (nuint i = 0; i < count; i++)
        {
            TracedAllocation* allocation = (TracedAllocation*)ArrayList.ItemAt(&allocations, i);
            Log.Write(AWS_LL_TRACE, Subject, $"{allocation->Size} bytes at 0x{(nint)allocation->Block:x}");
            if (allocation->Stack != null)
                WriteStack(allocation->Stack);
        }

        if (tracer->Level == AWS_MEMTRACE_STACKS)
            WriteStacks(tracer, &allocations);

        Log.Write(AWS_LL_TRACE, Subject, $"end of memory in use");
        ArrayList.CleanUp(&allocations);
    }

    private static void WriteStacks(MemTracer.State* tracer, aws_array_list* allocations)
    {
        aws_array_list totals;
        ArrayList.InitDynamic(&totals, Allocator.Default(), 16, (nuint)sizeof(Total));
        MemTracer.Enter(tracer);
        Add(allocations, &totals);
        ForkLock.Exit(&tracer->Lock);

        Log.Write(AWS_LL_TRACE, Subject, $"callers by bytes in use");
        ArrayList.Sort(&totals, &CompareBytes);
        WriteTotals(&totals);

        Log.Write(AWS_LL_TRACE, Subject, $"callers by blocks in use");
        ArrayList.Sort(&totals, &CompareCount);
        WriteTotals(&totals);

        ArrayList.CleanUp(&totals);
    }

    /// <summary>
    /// Adds the blocks up by stack; each stack remembers the place of its total while the lock is held.
    /// </summary>
    private static void Add(aws_array_list* allocations, aws_array_list* totals)
    {
        for (nuint i = 0; i < allocations->length; i++)
        {
            TracedStack* stack = ((TracedAllocation*)ArrayList.ItemAt(allocations, i))->Stack;
            if (stack != null)
                stack->TotalNumber = 0;
        }

        for (nuint i = 0; i < allocations->length; i++)
        {
            TracedAllocation* allocation = (TracedAllocation*)ArrayList.ItemAt(allocations, i);
            TracedStack* stack = allocation->Stack;
            if (stack == null)
                continue;

            if (stack->TotalNumber == 0)
            {
                Total none = new() { Stack = stack };
                ArrayList.PushBack(totals, &none);
                stack->TotalNumber = totals->length;
            }

            Total* total = (Total*)ArrayList.ItemAt(totals, stack->TotalNumber - 1);
            total->Count++;
            total->Bytes += allocation->Size;
        }
    }

    private static void WriteTotals(aws_array_list* totals)
    {
        for (nuint i = 0; i < totals->length; i++)
        {
            Total* total = (Total*)ArrayList.ItemAt(totals, i);
            Log.Write(AWS_LL_TRACE, Subject, $"{total->Bytes} bytes in {total->Count} blocks from");
            WriteStack(total->Stack);
        }
    }

    private static void WriteStack(TracedStack* stack)
    {
        if (!Log.IsEnabled(AWS_LL_TRACE, Subject))
            return;

        byte** symbols = Platform.Backtrace.Symbols(TracedStack.Frames(stack), (int)stack->Depth);
        if (symbols == null)
            return;

        byte* text = stackalloc byte[TextCapacity];
        aws_byte_buf lines = ByteBuf.FromEmptyArray(text, TextCapacity);
        for (nuint i = 0; i < stack->Depth; i++)
        {
            aws_byte_cursor symbol = ByteCursor.FromCStr(symbols[i]);
            if (lines.capacity - lines.len <= symbol.len)
                break;

            ByteBuf.WriteFromWholeCursor(&lines, symbol);
            ByteBuf.WriteU8(&lines, (byte)'\n');
        }

        Platform.Heap.Free(symbols);
        VariadicLogging.Write(AWS_LL_TRACE, Subject, lines.buffer, lines.len);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CompareAge(void* a, void* b) =>
        ((TracedAllocation*)a)->Number.CompareTo(((TracedAllocation*)b)->Number);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CompareBytes(void* a, void* b) => ((Total*)b)->Bytes.CompareTo(((Total*)a)->Bytes);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CompareCount(void* a, void* b) => ((Total*)b)->Count.CompareTo(((Total*)a)->Count);
}
