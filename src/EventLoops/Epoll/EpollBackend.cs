// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;
using static Reseau.Native.Interop.Linux.Epoll;

namespace Reseau.Native.EventLoops.Epoll;

/// <summary>Loops on Linux's epoll; see <see cref="LoopBackend"/> for what each function is for.</summary>
internal static unsafe class EpollBackend
{
    /// <summary>Events taken from the kernel at once.</summary>
    internal const int BatchCapacity = 256;

    // How exactly the kernel keeps the time of sleeps.
    private const uint TimerSlackNanos = 1_000;

    private static nint s_instance;

    /// <summary>The backend's state of one loop; loops on io_uring have it at their front.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct EpollLoop
    {
        internal LoopCore Core;
        internal int EpollFd;
        internal WakeUp WakeUp;
        internal fixed byte Batch[BatchCapacity * EventSizeMax];
    }

    internal static LoopBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static LoopBackend Functions() => new()
    {
        Name = Literal.Of("epoll"u8),
        LoopSize = (nuint)sizeof(EpollLoop),
        ReportsUrgentData = true,
        TryOpen = &TryOpen,
        Close = &Close,
        Start = &LoopThread.Start,
        Join = &LoopThread.Join,
        ThreadStarted = &OnThreadStarted,
        Wait = &Wait,
        Deliver = &Deliver,
        Wake = &Wake,
        Subscribe = &Subscribe,
        ChangeEvents = &ChangeEvents,
        Unsubscribe = &Unsubscribe,
        FreeSubscription = &IoSubscription.Free,
    };

    internal static bool TryOpen(LoopCore* core, void* argument)
    {
        EpollLoop* loop = (EpollLoop*)core;
        loop->EpollFd = epoll_create1(EPOLL_CLOEXEC);
        if (loop->EpollFd >= 0)
        {
            if (WakeUp.TryCreate(&loop->WakeUp, loop->EpollFd))
                return true;
            Close(core);
        }

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_FATAL,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: could not open the loop's descriptors: errno {error}");
        Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
        return false;
    }

    internal static void Close(LoopCore* core)
    {
        EpollLoop* loop = (EpollLoop*)core;
        int error = Libc.Errno;
        WakeUp.Close(&loop->WakeUp);
        Libc.close(loop->EpollFd);
        Libc.Errno = error;
    }

    internal static void OnThreadStarted(LoopCore* core) => Prctl.SetTimerSlack(TimerSlackNanos);

    internal static int Wait(LoopCore* core, ulong nanoseconds)
    {
        EpollLoop* loop = (EpollLoop*)core;
        int count = nanoseconds == 0
            ? Poll(loop->EpollFd, loop->Batch, BatchCapacity)
            : Sleep(loop->EpollFd, loop->Batch, BatchCapacity, nanoseconds);
        if (count >= 0)
            return count;

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: waiting for events failed: errno {error}");
        return 0;
    }

    /// <summary>
    /// Collects what is there, as Wait with zero nanoseconds does. Negative with errno set if that has failed, be it by
    /// a signal, and there may be something still.
    /// </summary>
    internal static int Look(LoopCore* core)
    {
        EpollLoop* loop = (EpollLoop*)core;
        return PollOnce(loop->EpollFd, loop->Batch, BatchCapacity);
    }

    internal static void Deliver(LoopCore* core, int count)
    {
        byte* batch = ((EpollLoop*)core)->Batch;
        for (int i = 0; i < count; i++)
        {
            // NULL is the wake-up, which has done its work by ending the sleep.
            IoSubscription* subscription = (IoSubscription*)EventData(batch, i);
            if (subscription != null)
                IoSubscription.Notify(core, subscription, EpollEvents.TypesOf(EventFlags(batch, i)));
        }
    }

    internal static void Wake(LoopCore* core) => WakeUp.Send(&((EpollLoop*)core)->WakeUp);

    internal static int Subscribe(LoopCore* core, aws_io_handle* handle, int events, IoCallback* callback)
    {
        int fd = handle->data.fd;
        IoSubscription* subscription = IoSubscription.NewOrInside(core, handle, callback);
        void* previous = handle->additional_data;
        handle->additional_data = subscription;
        int epoll = ((EpollLoop*)core)->EpollFd;
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, EpollEvents.InterestIn(events), subscription) == 0)
            return AWS_OP_SUCCESS;

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: could not subscribe to events of fd {fd}: errno {error}");
        handle->additional_data = previous;
        IoSubscription.Free(subscription);
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }

    internal static int ChangeEvents(LoopCore* core, aws_io_handle* handle, int events)
    {
        int fd = handle->data.fd;
        int epoll = ((EpollLoop*)core)->EpollFd;
        if (epoll_ctl(epoll, EPOLL_CTL_MOD, fd, EpollEvents.InterestIn(events), handle->additional_data) == 0)
            return AWS_OP_SUCCESS;

        int error = Libc.Errno;
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: could not change the events of fd {fd}: errno {error}");
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }

    internal static int Unsubscribe(LoopCore* core, aws_io_handle* handle)
    {
        int fd = handle->data.fd;
        int removed = epoll_ctl(((EpollLoop*)core)->EpollFd, EPOLL_CTL_DEL, fd, 0, null);
        int error = Libc.Errno;

        // The kernel refuses only what it does not watch, such as a descriptor that was closed too early: the
        // subscription has ended either way.
        IoSubscription.Retire(core, (IoSubscription*)handle->additional_data);
        handle->additional_data = null;
        if (removed == 0)
            return AWS_OP_SUCCESS;

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: could not unsubscribe from events of fd {fd}: errno {error}");
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }
}
