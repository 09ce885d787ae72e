// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// An operation on a loop's ring. It is under way from <see cref="Queue"/> until its last completion has been taken, or
/// until it was retracted. Meanwhile it must stay where it is, and so must its buffers, whatever has been cancelled or
/// closed (rule 300). Owner of the loop only, while the loop has a ring.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingOperation
{
    private const int CancelTries = 100;
    private const ulong CancelRetryNanos = 1_000_000;

    private delegate*<RingOperation*, int, uint, void> _onCompletion;
    private uint _position;

    /// <summary>The kernel has it, or will.</summary>
    internal bool IsUnderWay;

    /// <summary>
    /// The entry to fill in. The function gets each completion's result, a negative errno or what the operation says,
    /// and its flags; when it gets the last one (without IORING_CQE_F_MORE) the operation is not under way any more,
    /// and may be begun again, or freed.
    /// </summary>
    internal static io_uring_sqe* Queue(
        RingOperation* operation, IoUringLoop* loop, delegate*<RingOperation*, int, uint, void> onCompletion)
    {
        io_uring_sqe* entry = Ring.Queue(&loop->Ring, out operation->_position);
        entry->user_data = (ulong)operation;
        operation->_onCompletion = onCompletion;
        operation->IsUnderWay = true;
        loop->UnderWay++;
        return entry;
    }

    /// <summary>
    /// Comes to an end with it. True if it is not under way any more; else its last completion is still to come, and
    /// the kernel holds its file open until the next call.
    /// </summary>
    internal static bool Cancel(RingOperation* operation, IoUringLoop* loop)
    {
        if (!operation->IsUnderWay)
            return true;
        if (!IoUringLoop.HasRing(loop))
            return false;
        if (TryRetract(operation, loop))
            return true;

        io_uring_sqe* entry = Ring.Queue(&loop->Ring, out _);
        entry->opcode = IORING_OP_ASYNC_CANCEL;
        entry->flags = IOSQE_CQE_SKIP_SUCCESS;
        entry->fd = -1;
        entry->addr = (ulong)operation;
        return false;
    }

    /// <summary>It is not to begin. False if it has begun, or none is under way.</summary>
    internal static bool TryRetract(RingOperation* operation, IoUringLoop* loop)
    {
        if (!operation->IsUnderWay || !IoUringLoop.HasRing(loop) ||
            !Ring.TryRetract(&loop->Ring, operation->_position, (ulong)operation))
        {
            return false;
        }

        Forget(operation, loop);
        return true;
    }

    /// <summary>
    /// Takes the last completion of an operation out of its turn, if it is there. Only for those with one completion.
    /// </summary>
    internal static bool TryTakeDone(RingOperation* operation, IoUringLoop* loop, out int result, out uint flags)
    {
        bool isDone = Ring.TryTakeOf(&loop->Ring, (ulong)operation, out io_uring_cqe completion);
        result = completion.res;
        flags = completion.flags;
        if (isDone)
            Forget(operation, loop);
        return isDone;
    }

    /// <summary>
    /// Takes the next completion of an operation out of its turn, if it is there; with its last one the operation is
    /// not under way any more.
    /// </summary>
    internal static bool TryTakeNext(RingOperation* operation, IoUringLoop* loop, out int result, out uint flags)
    {
        bool isThere = Ring.TryTakeOf(&loop->Ring, (ulong)operation, out io_uring_cqe completion);
        result = completion.res;
        flags = completion.flags;
        if (isThere && (flags & IORING_CQE_F_MORE) == 0)
            Forget(operation, loop);
        return isThere;
    }

    /// <summary>
    /// Has the kernel do what is asked of it, for one that was cancelled and has not come home; the argument counts
    /// the tries. The kernel may have no memory just now; false if it has had none for long, or no room for
    /// completions.
    /// </summary>
    internal static bool TryAwaitCancelled(IoUringLoop* loop, int tries)
    {
        if (tries >= CancelTries)
            return false;
        if (tries > 0)
            Threads.CurrentSleep(CancelRetryNanos);
        IoUringLoop.CollectNow(loop);
        return true;
    }

    /// <summary>For the loop: a completion has been taken.</summary>
    internal static void Complete(RingOperation* operation, IoUringLoop* loop, int result, uint flags)
    {
        if ((flags & IORING_CQE_F_MORE) == 0)
            Forget(operation, loop);
        operation->_onCompletion(operation, result, flags);
    }

    private static void Forget(RingOperation* operation, IoUringLoop* loop)
    {
        operation->IsUnderWay = false;
        loop->UnderWay--;
    }
}
