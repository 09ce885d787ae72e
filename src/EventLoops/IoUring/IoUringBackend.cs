// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Epoll;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>Loops on Linux's io_uring; see <see cref="LoopBackend"/> for what each function is for.</summary>
internal static unsafe class IoUringBackend
{
    private static nint s_instance;

    internal static LoopBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    /// <summary>Whether this system lets us have rings of the kind that we need.</summary>
    internal static bool IsAvailable()
    {
        Ring ring;
        if (!Ring.TryOpen(&ring))
            return false;

        Ring.Close(&ring);
        return true;
    }

    private static LoopBackend Functions() => new()
    {
        Name = Literal.Of("io_uring"u8),
        LoopSize = (nuint)sizeof(IoUringLoop),
        ReportsUrgentData = true,
        TryOpen = &TryOpen,
        Close = &Close,
        Start = &Start,
        Join = &LoopThread.Join,
        ThreadStarted = &OnThreadStarted,
        ThreadEnding = &OnThreadEnding,
        Wait = &Wait,
        Deliver = &Deliver,
        Wake = &EpollBackend.Wake,
        Subscribe = &EpollBackend.Subscribe,
        ChangeEvents = &EpollBackend.ChangeEvents,
        Unsubscribe = &EpollBackend.Unsubscribe,
        FreeSubscription = &IoSubscription.Free,
    };

    private static bool TryOpen(LoopCore* core, void* argument)
    {
        LinkedList.Init(&((IoUringLoop*)core)->Clients);
        return EpollBackend.TryOpen(core, argument);
    }

    private static int Start(LoopCore* core)
    {
        IoUringLoop* loop = (IoUringLoop*)core;
        if (!IoUringLoop.TryPrepare(loop))
            return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
        if (LoopThread.Start(core) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        IoUringLoop.Drop(loop);
        return AWS_OP_ERR;
    }

    // Clients that outlive the loop have no operations any more.
    private static void Close(LoopCore* core)
    {
        IoUringLoop* loop = (IoUringLoop*)core;
        while (!LinkedList.IsEmpty(&loop->Clients))
            LinkedList.PopFront(&loop->Clients);
        IoUringLoop.Drop(loop);
        EpollBackend.Close(core);
    }

    private static void OnThreadStarted(LoopCore* core)
    {
        EpollBackend.OnThreadStarted(core);
        IoUringLoop.Begin((IoUringLoop*)core);
    }

    private static void OnThreadEnding(LoopCore* core) => IoUringLoop.End((IoUringLoop*)core);

    private static int Wait(LoopCore* core, ulong nanoseconds)
    {
        IoUringLoop* loop = (IoUringLoop*)core;
        return IoUringLoop.HasRing(loop)
            ? IoUringLoop.Collect(loop, nanoseconds)
            : EpollBackend.Wait(core, nanoseconds);
    }

    private static void Deliver(LoopCore* core, int count)
    {
        IoUringLoop* loop = (IoUringLoop*)core;
        if (IoUringLoop.HasRing(loop))
            IoUringLoop.Deliver(loop);
        else
            EpollBackend.Deliver(core, count);
    }
}
