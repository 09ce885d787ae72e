// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// Batches by a ring of their own. Each operation is one that does not wait (MSG_DONTWAIT), so that it is over when the
/// call returns in which it began.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingBatch
{
    private const int Capacity = 256;

    private static nint s_instance;

    private Ring _ring;
    private ulong _thread;

    internal static DescriptorBatch* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static DescriptorBatch Functions() => new()
    {
        Open = &Open,
        Close = &Close,
        Capacity = Capacity,
        Run = &Run,
    };

    private static void* Open()
    {
        Ring ring;
        if (!Ring.TryOpen(&ring))
            return null;
        if (!Ring.TryEnable(&ring))
        {
            Ring.Close(&ring);
            return null;
        }

        RingBatch* batch = Allocator.New<RingBatch>(Allocator.Default());
        batch->_ring = ring;
        batch->_thread = Threads.CurrentId();
        return batch;
    }

    private static void Close(void* batch)
    {
        Ring.Close(&((RingBatch*)batch)->_ring);
        Allocator.Release(Allocator.Default(), batch);
    }

    private static bool Run(void* state, BatchItem* items, int count)
    {
        RingBatch* batch = (RingBatch*)state;
        if (batch->_thread != Threads.CurrentId())
            return false;

        Ring* ring = &batch->_ring;
        for (int i = 0; i < count; i++)
            Queue(ring, &items[i], (ulong)i);
        int error = Ring.Poll(ring);
        int begun = count - Ring.DropQueued(ring);
        for (int taken = 0; taken < begun; taken++)
        {
            // All are there, but nobody has promised that.
            while (Ring.Completed(ring) == 0)
                Ring.Sleep(ring, LoopBackend.Forever);
            io_uring_cqe completion = Ring.Take(ring);
            items[completion.user_data].Result = completion.res;
        }

        return error == 0 && begun == count;
    }

    private static void Queue(Ring* ring, BatchItem* item, ulong index)
    {
        io_uring_sqe* entry = Ring.Queue(ring, out _);
        entry->opcode = item->IsSend ? IORING_OP_SEND : IORING_OP_RECV;
        entry->fd = item->Descriptor;
        entry->addr = (ulong)item->Data;
        entry->len = (uint)nuint.Min(item->Length, int.MaxValue);
        entry->op_flags = (uint)(item->IsSend ? Libc.MSG_DONTWAIT | Libc.MSG_NOSIGNAL : Libc.MSG_DONTWAIT);
        entry->user_data = index;
    }
}
