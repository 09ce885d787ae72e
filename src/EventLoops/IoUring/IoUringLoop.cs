// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Epoll;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.Epoll;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// A loop on io_uring: a loop on epoll whose thread has a ring, which watches the epoll set. Descriptors that the loop
/// is to watch are in the set: any thread may put them there, and whoever closes one too early has closed it, while an
/// operation of a ring keeps it open. Sockets of ours have operations on the ring instead. A ring belongs to a thread:
/// it is opened when the loop's thread starts, and closed before it ends. While there is none (before, afterwards, on a
/// loop that callers run, and where the kernel refuses) the loop is one on epoll.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoUringLoop
{
    /// <summary>Completions delivered in one tick, at most.</summary>
    private const uint MaxBatch = 256;

    /// <summary>A tick with no more completions than this has as many sends by calls of their own.</summary>
    private const uint FewSends = 2;

    internal EpollBackend.EpollLoop OnEpoll;
    internal Ring Ring;

    /// <summary>Operations that the kernel has, or will.</summary>
    internal int UnderWay;

    /// <summary>What has operations, and begins them again on the next thread. Owner only.</summary>
    internal aws_linked_list Clients;

    internal RingBuffers Buffers;

    /// <summary>One while there is a ring; volatile for other threads than the owner.</summary>
    private int _hasRing;

    /// <summary>One while the ring waits for its thread, which has been started; volatile for all.</summary>
    private int _isStarting;

    /// <summary>Sends of this tick that are still calls of their own.</summary>
    private uint _sendsByCall;

    /// <summary>The ring is about to be closed: nothing begins any more, and nothing is reported.</summary>
    private bool _isEnding;

    /// <summary>There may be events in the epoll set.</summary>
    private bool _hasEvents;

    private RingOperation _eventsWait;

    internal static bool IsOne(aws_event_loop* event_loop)
    {
        LoopCore* core = EventLoop.CoreOf(event_loop);
        return core != null && core->Backend == IoUringBackend.Instance;
    }

    internal static IoUringLoop* Of(aws_event_loop* event_loop) => (IoUringLoop*)EventLoop.CoreOf(event_loop);

    /// <summary>
    /// Whether operations may begin; on another thread than the owner's, whether the owner would say so just now. Never
    /// in a child of fork: the ring's memory is shared with the parent (rule 303).
    /// </summary>
    internal static bool HasRing(IoUringLoop* loop) =>
        Volatile.Read(ref loop->_hasRing) != 0 && !loop->_isEnding && !LoopCore.IsInherited(&loop->OnEpoll.Core);

    /// <summary>
    /// Whether there is a ring, or there will be when the loop's thread begins, if the kernel does not refuse it that.
    /// Any thread.
    /// </summary>
    internal static bool ExpectsRing(IoUringLoop* loop) =>
        HasRing(loop) || (Volatile.Read(ref loop->_isStarting) != 0 && !LoopCore.IsInherited(&loop->OnEpoll.Core));

    /// <summary>
    /// Whether a send had better be a call of its own: little has happened in this tick. Then the call costs less than
    /// another round for the send's completion.
    /// </summary>
    internal static bool TakeSendByCall(IoUringLoop* loop)
    {
        if (loop->_sendsByCall == 0)
            return false;

        loop->_sendsByCall--;
        return true;
    }

    /// <summary>Whether completions are only taken back: see rule 302.</summary>
    internal static bool IsEnding(IoUringLoop* loop) => loop->_isEnding;

    /// <summary>
    /// Opens the ring of a thread that is about to be made. Without one the loop is one on epoll; false if that will
    /// not do, since sockets of its last thread need a ring. Errno is set.
    /// </summary>
    internal static bool TryPrepare(IoUringLoop* loop)
    {
        if (Ring.TryOpen(&loop->Ring))
        {
            Volatile.Write(ref loop->_isStarting, 1);
            return true;
        }

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)loop->OnEpoll.Core.Loop:x}: the loop has no ring: errno {error}");
        return LinkedList.IsEmpty(&loop->Clients);
    }

    /// <summary>The thread could not be made, or gets no ring.</summary>
    internal static void Drop(IoUringLoop* loop)
    {
        Volatile.Write(ref loop->_isStarting, 0);
        if (Ring.IsOpen(&loop->Ring))
            Ring.Close(&loop->Ring);
    }

    /// <summary>On the loop's new thread.</summary>
    internal static void Begin(IoUringLoop* loop)
    {
        if (Ring.IsOpen(&loop->Ring) && Ring.TryEnable(&loop->Ring))
        {
            Volatile.Write(ref loop->_hasRing, 1);
            Volatile.Write(ref loop->_isStarting, 0);
            WatchEvents(loop);
        }
        else if (Ring.IsOpen(&loop->Ring))
        {
            int error = Libc.Errno;
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_EVENT_LOOP,
                $"id=0x{(nint)loop->OnEpoll.Core.Loop:x}: the loop's ring could not be enabled: errno {error}");
            Drop(loop);
        }

        RingClient.NotifyAll(&loop->Clients, hasStarted: true);
    }

    /// <summary>
    /// On the same thread, at its end: cancels what the kernel has, waits until all of it has come back, and closes the
    /// ring (rule 302).
    /// </summary>
    internal static void End(IoUringLoop* loop)
    {
        if (loop->_hasRing == 0)
            return;

        loop->_isEnding = true;
        while (loop->UnderWay > 0)
        {
            io_uring_sqe* entry = Ring.Queue(&loop->Ring, out _);
            entry->opcode = IORING_OP_ASYNC_CANCEL;
            entry->flags = IOSQE_CQE_SKIP_SUCCESS;
            entry->fd = -1;
            entry->op_flags = IORING_ASYNC_CANCEL_ALL | IORING_ASYNC_CANCEL_ANY;
            Ring.Sleep(&loop->Ring, 1_000_000);
            DeliverCompletions(loop, uint.MaxValue);
        }

        RingClient.NotifyAll(&loop->Clients, hasStarted: false);
        Volatile.Write(ref loop->_hasRing, 0);
        loop->_isEnding = false;
        loop->_hasEvents = false;
        RingBuffers.Close(&loop->Buffers);
        Ring.Close(&loop->Ring);
    }

    /// <summary>See <see cref="LoopBackend.Wait"/>; there is a ring.</summary>
    internal static int Collect(IoUringLoop* loop, ulong nanoseconds)
    {
        Ring* ring = &loop->Ring;
        bool mustReturn = nanoseconds == 0 || loop->_hasEvents || Ring.Completed(ring) > 0;
        int error = mustReturn ? Ring.Poll(ring) : Ring.Sleep(ring, nanoseconds);
        if (error != 0)
            OnError(loop, error);
        uint completed = Ring.Completed(ring);
        loop->_sendsByCall = completed <= FewSends ? FewSends : 0;
        return (int)uint.Min(completed, MaxBatch) + (loop->_hasEvents ? 1 : 0);
    }

    /// <summary>
    /// Begins what is queued, and has the kernel end what it can: completions are there, and are delivered later.
    /// </summary>
    internal static void CollectNow(IoUringLoop* loop) => Ring.Poll(&loop->Ring);

    /// <summary>See <see cref="LoopBackend.Deliver"/>; there is a ring.</summary>
    internal static void Deliver(IoUringLoop* loop)
    {
        DeliverCompletions(loop, MaxBatch);
        if (!loop->_hasEvents)
            return;

        // The set reports its events to the ring once: what has not been collected is looked for again.
        int count = EpollBackend.Look(&loop->OnEpoll.Core);
        if (count < 0)
            OnError(loop, Libc.Errno);
        loop->_hasEvents = count is < 0 or EpollBackend.BatchCapacity;
        EpollBackend.Deliver(&loop->OnEpoll.Core, count);
    }

    // Those that come meanwhile are for the next tick.
    private static void DeliverCompletions(IoUringLoop* loop, uint limit)
    {
        for (uint left = uint.Min(Ring.Completed(&loop->Ring), limit); left > 0; left--)
        {
            io_uring_cqe completion = Ring.Take(&loop->Ring);
            if (completion.user_data != 0)
                RingOperation.Complete(
                    (RingOperation*)completion.user_data, loop, completion.res, completion.flags);
        }
    }

    // The set is edge after edge readable, once for each event or for some that come together.
    private static void WatchEvents(IoUringLoop* loop)
    {
        io_uring_sqe* entry = RingOperation.Queue(&loop->_eventsWait, loop, &OnEvents);
        entry->opcode = IORING_OP_POLL_ADD;
        entry->fd = loop->OnEpoll.EpollFd;
        entry->len = IORING_POLL_ADD_MULTI;
        entry->op_flags = EPOLLIN;
    }

    private static void OnEvents(RingOperation* operation, int result, uint flags)
    {
        IoUringLoop any;
        IoUringLoop* loop = (IoUringLoop*)((byte*)operation - ((byte*)&any._eventsWait - (byte*)&any));
        if (loop->_isEnding)
            return;

        loop->_hasEvents = true;
        if ((flags & IORING_CQE_F_MORE) == 0)
            WatchEvents(loop);
    }

    // A signal, the end of the time, and what passes by itself are none.
    private static void OnError(IoUringLoop* loop, int error)
    {
        if (error is Libc.EINTR or ETIME or Libc.EAGAIN or Libc.EBUSY)
            return;
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)loop->OnEpoll.Core.Loop:x}: waiting for events failed: errno {error}");
    }
}
