// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;

namespace Reseau.Native.Connections;

/// <summary>
/// What a completion queue receives and sends by one call of the system, where several descriptors have something to do
/// (<see cref="DescriptorBatch"/>). Belongs to whoever has the queue's loop. Rule 480 of docs/lifetimes.md.
/// </summary>
internal unsafe struct CompletionBatch
{
    // Fewer are done one by one: a ring costs something, too.
    internal const int MinReceives = 4;
    private const int MinSends = 2;

    /// <summary>A receive that is to be done: of which source, and for which completion.</summary>
    internal struct Receive
    {
        internal CompletionSource* Source;
        internal int Position;
        internal nuint Offset;
    }

    private DescriptorBatch* _functions;
    private void* _state;
    private bool _isTried;
    private int _capacity;
    private int _count;
    private BatchItem* _items;
    private Receive* _receives;

    internal readonly int Count => _count;

    internal readonly bool HasRoom => _count < _capacity;

    /// <summary>Whether the system has batches for us. It is asked once.</summary>
    internal static bool TryOpen(CompletionBatch* batch)
    {
        if (batch->_isTried)
            return batch->_state != null;

        batch->_isTried = true;
        batch->_functions = LoopBackends.Batches;
        batch->_state = batch->_functions == null ? null : batch->_functions->Open();
        if (batch->_state == null)
            return false;

        batch->_capacity = batch->_functions->Capacity;
        nuint capacity = (nuint)batch->_capacity;
        batch->_items = (BatchItem*)Allocator.Calloc(Allocator.Default(), capacity, (nuint)sizeof(BatchItem));
        batch->_receives = (Receive*)Allocator.Calloc(Allocator.Default(), capacity, (nuint)sizeof(Receive));
        return true;
    }

    internal static void Close(CompletionBatch* batch)
    {
        if (batch->_state == null)
            return;
        batch->_functions->Close(batch->_state);
        Allocator.Release(Allocator.Default(), batch->_items);
        Allocator.Release(Allocator.Default(), batch->_receives);
        batch->_state = null;
    }

    /// <summary>There is room for it.</summary>
    internal static void Add(CompletionBatch* batch, Receive receive, byte* memory, nuint length)
    {
        batch->_receives[batch->_count] = receive;
        batch->_items[batch->_count++] = new BatchItem
        {
            Descriptor = CompletionSource.DescriptorOf(receive.Source),
            Data = memory + receive.Offset,
            Length = length,
            Result = DescriptorBatch.NotDone,
        };
    }

    /// <summary>Does the receives that were added. Each is a <see cref="Finish"/> then.</summary>
    internal static void Run(CompletionBatch* batch) => Run(batch, batch->_count);

    /// <summary>Writes down what came of one. Returns it.</summary>
    internal static Receive Finish(CompletionBatch* batch, int index, reseau_completion* completions)
    {
        BatchItem* item = &batch->_items[index];
        Receive receive = batch->_receives[index];
        reseau_completion* completion = &completions[receive.Position];
        if (CompletionSource.Received(receive.Source, item->Result, item->Length, completion))
            completion->offset = receive.Offset;
        return receive;
    }

    internal static void Clear(CompletionBatch* batch) => batch->_count = 0;

    /// <summary>Sends what there is room for. Not while there are receives.</summary>
    internal static void Send(CompletionBatch* batch, reseau_completion_send* sends, nuint count)
    {
        bool isOpen = count >= MinSends && TryOpen(batch);
        while (count > 0)
        {
            int part = isOpen ? (int)nuint.Min(count, (nuint)batch->_capacity) : 1;
            BatchItem one;
            BatchItem* items = isOpen ? batch->_items : &one;
            for (int i = 0; i < part; i++)
                items[i] = ItemOf(&sends[i]);
            if (isOpen)
                Run(batch, part);
            else
                RunAlone(&one);
            for (int i = 0; i < part; i++)
                SetResult(&sends[i], items[i].Result);
            sends += part;
            count -= (nuint)part;
        }
    }

    private static void Run(CompletionBatch* batch, int count)
    {
        if (batch->_functions->Run(batch->_state, batch->_items, count))
            return;
        for (int i = 0; i < count; i++)
        {
            if (batch->_items[i].Result == DescriptorBatch.NotDone)
                RunAlone(&batch->_items[i]);
        }
    }

    private static void RunAlone(BatchItem* item) => item->Result = item->IsSend
        ? Descriptors.Send(item->Descriptor, item->Data, item->Length)
        : Descriptors.Receive(item->Descriptor, item->Data, item->Length);

    private static BatchItem ItemOf(reseau_completion_send* send) => new()
    {
        Descriptor = send->descriptor,
        IsSend = true,
        Data = (byte*)send->data,
        Length = (nuint)send->length,
        Result = DescriptorBatch.NotDone,
    };

    private static void SetResult(reseau_completion_send* send, nint result)
    {
        send->sent = result > 0 ? (ulong)result : 0;
        send->error = result >= 0 || Descriptors.IsNothingNow(result) ? 0 : (int)-result;
    }
}
