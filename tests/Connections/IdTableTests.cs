// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Xunit;

namespace Reseau.Native.Tests.Connections;

/// <summary>Ids and the objects behind them, without connections. Other tests may use the table meanwhile.</summary>
public unsafe class IdTableTests
{
    private const int IndexBits = 31;

    private struct Item
    {
        internal IdObject Object;
        internal int* Freed;
    }

    private static readonly IdOperations* s_operations = NewOperations();

    private static IdOperations* NewOperations()
    {
        IdOperations* operations = (IdOperations*)NativeMemory.AllocZeroed((nuint)sizeof(IdOperations));
        operations->Kind = IdKind.Timer;
        operations->Free = &Free;
        return operations;
    }

    private static void Free(IdObject* item)
    {
        Interlocked.Increment(ref *((Item*)item)->Freed);
        NativeMemory.Free(item);
    }

    private static IdObject* Add(int* freed)
    {
        Item* item = (Item*)NativeMemory.AllocZeroed((nuint)sizeof(Item));
        item->Freed = freed;
        item->Object.Operations = s_operations;
        Assert.True(IdTable.Add(&item->Object));
        return &item->Object;
    }

    private static long IndexOf(long id) => id & ((1L << IndexBits) - 1);

    [Fact]
    public void AnObjectLastsAsLongAsItsReferences()
    {
        int freed = 0;
        long id = Add(&freed)->Id;
        IdObject* held;
        Assert.Equal(0, IdTable.TryAcquire(id, IdKind.Timer, &held));
        Assert.Equal(RESEAU_ERROR_WRONG_KIND, TryAcquire(id, IdKind.Connection));
        Assert.Equal(RESEAU_ERROR_TIMED_OUT, IdTable.AwaitEnd(id, 0));
        IdTable.End(held);
        Assert.Equal(0, freed);
        Assert.Equal(RESEAU_ERROR_BAD_ID, TryAcquire(id, IdKind.Any));
        Assert.Equal(0, IdTable.AwaitEnd(id, 0));
        IdTable.Release(held);
        Assert.Equal(1, freed);
        Assert.Equal(0, IdTable.AwaitEnd(id, -1));
    }

    [Fact]
    public void ASlotIsNotUsedAgainBeforeAThousandOthersAre()
    {
        int freed = 0;
        for (int round = 0; round < 3; round++)
        {
            IdObject* item = Add(&freed);
            long old = item->Id;
            CloseRecord kept = new() { ClosedBy = RESEAU_CLOSED_BY_LOCAL, BytesRead = (ulong)round };
            IdTable.KeepRecord(item, &kept);
            IdTable.End(item);
            List<nint> items = [];
            for (int i = 0; i < IdTable.MinFree; i++)
            {
                IdObject* other = Add(&freed);
                Assert.NotEqual(IndexOf(old), IndexOf(other->Id));
                items.Add((nint)other);
            }

            CloseRecord record;
            Assert.True(IdTable.TryReadRecord(old, &record));
            Assert.Equal((ulong)round, record.BytesRead);
            foreach (nint other in items)
                IdTable.End((IdObject*)other);
        }
    }

    [Fact]
    public void RecordsLastUntilAThousandMoreAreKept()
    {
        int freed = 0;
        List<long> ids = [];
        for (int i = 0; i < 5000; i++)
        {
            IdObject* item = Add(&freed);
            CloseRecord kept = new() { ClosedBy = RESEAU_CLOSED_BY_LOCAL, BytesRead = (ulong)item->Id };
            IdTable.KeepRecord(item, &kept);
            ids.Add(item->Id);
            IdTable.End(item);
            CloseRecord record;
            Assert.True(IdTable.TryReadRecord(ids[int.Max(0, i - 1023)], &record));
            Assert.Equal((ulong)ids[int.Max(0, i - 1023)], record.BytesRead);
        }

        CloseRecord gone;
        Assert.False(IdTable.TryReadRecord(ids[0], &gone));
        Assert.False(IdTable.TryReadRecord(Add(&freed)->Id, &gone));
    }

    [Fact]
    public void ARecordLastsWhenItsSlotIsUsedAgain()
    {
        int freed = 0;
        IdObject* first = Add(&freed);
        long id = first->Id;
        CloseRecord kept = new() { BytesRead = 7 };
        IdTable.KeepRecord(first, &kept);
        IdTable.End(first);
        IdObject* again;
        do
        {
            again = Add(&freed);
            if (IndexOf(again->Id) == IndexOf(id))
                break;
            IdTable.End(again);
        }
        while (true);

        CloseRecord other = new() { BytesRead = 8 };
        IdTable.KeepRecord(again, &other);
        long later = again->Id;
        IdTable.End(again);
        CloseRecord record;
        Assert.True(IdTable.TryReadRecord(id, &record));
        Assert.Equal(7UL, record.BytesRead);
        Assert.True(IdTable.TryReadRecord(later, &record));
        Assert.Equal(8UL, record.BytesRead);
    }

    [Fact]
    public void ASlotThatIsUsedAgainHasTheNextGeneration()
    {
        int freed = 0;
        Dictionary<long, long> generations = [];
        int again = 0;
        for (int i = 0; i < 20_000; i++)
        {
            IdObject* item = Add(&freed);
            long id = item->Id;
            long generation = id >> IndexBits;
            if (generations.TryGetValue(IndexOf(id), out long last))
            {
                again++;
                Assert.True(generation > last);
                Assert.Equal(RESEAU_ERROR_BAD_ID, TryAcquire((last << IndexBits) | IndexOf(id), IdKind.Any));
            }

            generations[IndexOf(id)] = generation;
            IdTable.End(item);
        }

        Assert.True(again > 10_000, $"{again} slots were used again");
        Assert.Equal(20_000, freed);
    }

    [Fact]
    public void ThreadsThatLookIdsUpWhileTheyEndFindTheObjectOrNothing()
    {
        int freed = 0;
        long current = 0;
        bool ends = false;
        long found = 0;
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (!Volatile.Read(ref ends))
                {
                    IdObject* item;
                    long id = Volatile.Read(ref current);
                    if (IdTable.TryAcquire(id, IdKind.Timer, &item) != 0)
                        continue;
                    Assert.Equal(id, item->Id);
                    Interlocked.Increment(ref found);
                    IdTable.Release(item);
                }
            });
            threads[i].Start();
        }

        for (int i = 0; i < 100_000; i++)
        {
            IdObject* item = Add(&freed);
            Volatile.Write(ref current, item->Id);
            IdTable.End(item);
        }

        Volatile.Write(ref ends, true);
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(100_000, freed);
    }

    private static int TryAcquire(long id, IdKind kind)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, kind, &item);
        if (error == 0)
            IdTable.Release(item);
        return error;
    }
}
