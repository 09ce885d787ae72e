// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets;

/// <summary>
/// A socket and its loop. One attachment serves the connection attempt and the connection after it. Events are those of
/// aws_io_event_type.
/// </summary>
internal static unsafe class SocketEvents
{
    internal const int Readable = (int)AWS_IO_EVENT_TYPE_READABLE;
    internal const int Writable = (int)AWS_IO_EVENT_TYPE_WRITABLE;
    internal const int HangUp = (int)(AWS_IO_EVENT_TYPE_REMOTE_HANG_UP | AWS_IO_EVENT_TYPE_CLOSED);
    internal const int Failed = (int)AWS_IO_EVENT_TYPE_ERROR;

    /// <summary>
    /// From any thread; events may come, and the consumer may be gone, before this returns. On failure the socket is on
    /// no loop.
    /// </summary>
    internal static int Attach(SocketCore* core, aws_event_loop* loop, bool accepts)
    {
        core->IsAttached = true;
        SocketCore.SetLoop(core, loop);
        int error = core->Backend->Attach(core, loop, accepts);
        if (error == AWS_ERROR_SUCCESS)
            return AWS_ERROR_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: could not subscribe to event loop 0x{(nint)loop:x}, error {error}");
        core->IsAttached = false;
        SocketCore.SetLoop(core, null);
        return error;
    }

    /// <summary>
    /// Takes the socket off its loop. On the loop's thread. A loop that refuses does not watch the handle any more, for
    /// instance because the program closed it. That must not keep the socket from its end.
    /// </summary>
    internal static void Detach(SocketCore* core, bool isLoopGone = false)
    {
        if (!core->IsAttached)
            return;

        int error = core->Backend->Detach(core, isLoopGone);
        if (error != AWS_ERROR_SUCCESS)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: leaves its event loop with error {error}");
        core->IsAttached = false;
    }

    /// <summary>
    /// The consumer gets readable events from now on. Edges come once: those that came before would be lost for good.
    /// </summary>
    internal static void Subscribe(SocketCore* core)
    {
        // Behind the callback, which the loop's thread, if it is another one, calls as soon as it sees this.
        Volatile.Write(ref core->IsSubscribed, true);
        int missed = Interlocked.Exchange(ref core->DeferredEvents, (byte)0);
        if (missed != 0 && core->Loop != null)
            LateEvents.Schedule(core, missed);
    }

    /// <summary>Passes events on to the consumer, data before the end of data. The socket is held.</summary>
    internal static void Deliver(SocketCore* core, int events)
    {
        if (!Volatile.Read(ref core->IsSubscribed))
            events = (events & Writable) | Defer(core, events & ~Writable);

        // What the consumer fills up when it can read, this event does not yet know to be writable again.
        bool wasBlocked = core->SendState == SendState.Blocked;
        if ((events & Readable) != 0)
            NotifyReadable(core, AWS_ERROR_SUCCESS);
        if (wasBlocked && core->IsAttached && (events & Writable) != 0)
            SocketWriter.OnWritable(core);
        if (!core->IsAttached || (events & (HangUp | Failed)) == 0)
            return;

        int error = (events & HangUp) != 0 ? AWS_IO_SOCKET_CLOSED : core->Backend->TakeError(core);
        Log.Write(AWS_LL_TRACE, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: the peer hung up or failed, error {error}");
        NotifyReadable(core, error);
    }

    // Keeps events until somebody subscribes. Returns those that are to be delivered now all the same, because somebody
    // has just subscribed on another thread and did not find them yet.
    private static int Defer(SocketCore* core, int events)
    {
        if (events == 0)
            return 0;

        byte known = Volatile.Read(ref core->DeferredEvents);
        while (true)
        {
            byte seen = Interlocked.CompareExchange(ref core->DeferredEvents, (byte)(known | events), known);
            if (seen == known)
                break;
            known = seen;
        }

        return Volatile.Read(ref core->IsSubscribed) ? Interlocked.Exchange(ref core->DeferredEvents, (byte)0) : 0;
    }

    private static void NotifyReadable(SocketCore* core, int error)
    {
        if (Volatile.Read(ref core->IsSubscribed) && core->Owner != null)
            core->Observer->OnReadable(core, error);
    }
}

/// <summary>Events that were deferred, on their way to the loop's thread.</summary>
internal unsafe struct LateEvents
{
    private aws_task _task;
    private SocketCore* _core;
    private int _events;

    /// <summary>From any thread. The socket belongs to a loop.</summary>
    internal static void Schedule(SocketCore* core, int events)
    {
        LateEvents* late = Allocator.New<LateEvents>(core->Allocator);
        late->_core = core;
        late->_events = events;
        SocketCore.Prepare(core, &late->_task, &Run, "socket_late_events"u8);
        late->_task.arg = late;
        EventLoop.ScheduleTaskNow(core->Loop, &late->_task);
    }

    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        LateEvents* late = (LateEvents*)argument;
        SocketCore* core = late->_core;
        int events = late->_events;
        Allocator.Release(core->Allocator, late);

        if (status == AWS_TASK_STATUS_RUN_READY && core->IsAttached)
            SocketEvents.Deliver(core, events);
        SocketCore.Release(core);
    }
}
