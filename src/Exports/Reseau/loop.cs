// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/loop.h&gt;.</summary>
public static unsafe class Exports_reseau_loop
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_choose_event_loop", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_choose_event_loop(int event_loop)
    {
        if (event_loop is not (RESEAU_EVENT_LOOP_EPOLL or RESEAU_EVENT_LOOP_IO_URING))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        bool isChosen = LoopBackends.Choose(event_loop == RESEAU_EVENT_LOOP_IO_URING
            ? LoopBackends.LinuxKind.IoUring
            : LoopBackends.LinuxKind.Epoll);
        return isChosen ? 0 : RESEAU_ERROR_UNSUPPORTED;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_new", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_loop_new() => LoopObject.New();

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_loop_run(long loop, long timeout_ms)
    {
        if (timeout_ms < -1)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;
        LoopObject* item;
        int error = IdTable.TryAcquire(loop, IdKind.Loop, (IdObject**)&item);
        if (error != 0)
            return error;
        error = LoopObject.Run(item, timeout_ms);
        LoopObject.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_stop", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_loop_stop(long loop)
    {
        LoopObject* item;
        int error = IdTable.TryAcquire(loop, IdKind.Loop, (IdObject**)&item);
        if (error != 0)
            return error;
        error = LoopObject.Stop(item);
        LoopObject.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_of", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_loop_of(long id)
    {
        IdObject* item;
        int error = IdTable.TryAcquire(id, IdKind.Any, &item);
        if (error != 0)
            return error;
        long loop = LoopObject.IdOf(item->Loop);
        IdTable.Release(item);
        return loop;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_loop_current", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_loop_current() => LoopObject.IdOf(EventLoop.OfCallersThread);

    [UnmanagedCallersOnly(EntryPoint = "reseau_post", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_post(long loop, reseau_posted_fn function, void* state)
    {
        if (function == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        LoopObject* item;
        int error = LoopObject.TryAcquire(loop, &item);
        if (error != 0)
            return error;
        error = PostedCall.Post(item, function, state);
        LoopObject.Release(item);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_timer_start", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_timer_start(long loop, long delay_ms, long period_ms, reseau_timer_fn function, void* state)
    {
        if (function == null || delay_ms < 0 || period_ms < 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        LoopObject* item;
        int error = LoopObject.TryAcquire(loop, &item);
        return error != 0 ? error : LoopTimer.Start(item, delay_ms, period_ms, function, state);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_timer_restart", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_timer_restart(long timer, long delay_ms)
    {
        if (delay_ms < 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        LoopTimer* item;
        int error = IdTable.TryAcquire(timer, IdKind.Timer, (IdObject**)&item);
        if (error != 0)
            return error;
        error = LoopTimer.Restart(item, delay_ms);
        IdTable.Release(&item->Member.Object);
        return error;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_watch", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_watch(long loop, int descriptor, int events, reseau_watch_fn function, void* state)
    {
        if (function == null || descriptor < 0 || events == 0 || (events & ~(RESEAU_READABLE | RESEAU_WRITABLE)) != 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        LoopObject* item;
        int error = LoopObject.TryAcquireOfSystem(loop, &item);
        return error != 0 ? error : LoopWatch.Start(item, descriptor, events, function, state);
    }
}
