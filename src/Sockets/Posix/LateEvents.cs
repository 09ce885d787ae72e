// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Events that came before anybody wanted them, on their way to the one who now does.</summary>
internal unsafe struct LateEvents
{
    private aws_task _task;
    private PosixSocket* _impl;
    private int _events;

    /// <summary>From any thread. The socket belongs to a loop.</summary>
    internal static void Schedule(PosixSocket* impl, int events)
    {
        LateEvents* late = (LateEvents*)Allocator.Calloc(impl->Allocator, 1, (nuint)sizeof(LateEvents));
        late->_impl = impl;
        late->_events = events;
        PosixSocket.Prepare(impl, &late->_task, &Run, "socket_late_events"u8);
        late->_task.arg = late;
        EventLoop.ScheduleTaskNow(impl->Socket->event_loop, &late->_task);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(aws_task* task, void* argument, aws_task_status status)
    {
        LateEvents* late = (LateEvents*)argument;
        PosixSocket* impl = late->_impl;
        int events = late->_events;
        Allocator.Release(impl->Allocator, late);

        if (status == AWS_TASK_STATUS_RUN_READY && impl->IsSubscribed)
            PosixEvents.Deliver(impl, events);
        PosixSocket.Release(impl);
    }
}
