// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops.Virtual;

/// <summary>
/// Loops without threads and system calls; see <see cref="LoopBackend"/> for what each function is for. A readiness
/// backend: in-memory objects raise events by <see cref="VirtualPoller"/>.
/// </summary>
internal static unsafe class VirtualBackend
{
    private static nint s_instance;

    internal static LoopBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static LoopBackend Functions() => new()
    {
        Name = Literal.Of("virtual time"u8),
        LoopSize = (nuint)sizeof(VirtualLoop),
        ReportsUrgentData = true,
        TryOpen = &TryOpen,
        Close = &Close,
        Start = &Start,
        Join = &Join,
        Wait = &Wait,
        Deliver = &VirtualPoller.Deliver,
        Wake = &Wake,
        Subscribe = &VirtualPoller.Subscribe,
        Unsubscribe = &VirtualPoller.Unsubscribe,
        FreeSubscription = &VirtualPoller.FreeSubscription,
        ReadClock = &ReadClock,
        CallOutsideTicks = &CallOutsideTicks,
        StepForWaiter = &StepForWaiter,
    };

    private static VirtualTime* TimeOf(LoopCore* core) => ((VirtualLoop*)core)->Time;

    private static bool TryOpen(LoopCore* core, void* time)
    {
        VirtualLoop* loop = (VirtualLoop*)core;
        loop->Time = (VirtualTime*)time;
        VirtualPoller.Open(loop);
        VirtualTime.Add(loop->Time, loop);
        return true;
    }

    private static void Close(LoopCore* core)
    {
        VirtualLoop* loop = (VirtualLoop*)core;
        VirtualPoller.Close(loop);
        VirtualTime.Remove(loop->Time, loop);
    }

    private static int Start(LoopCore* core)
    {
        VirtualTime.OnStarted(TimeOf(core));
        return AWS_OP_SUCCESS;
    }

    private static int Join(LoopCore* core)
    {
        if (core->IsInTick)
            return Errors.Raise(AWS_ERROR_THREAD_DEADLOCK_DETECTED);
        VirtualTime.RunUntilStopped((VirtualLoop*)core);
        return AWS_OP_SUCCESS;
    }

    // Never sleeps: what it would sleep for comes only after it has returned.
    private static int Wait(LoopCore* core, ulong nanoseconds) => VirtualPoller.Collect((VirtualLoop*)core);

    private static void Wake(LoopCore* core)
    {
        VirtualTime.Lock(TimeOf(core));
        VirtualTime.UnlockAndWake(TimeOf(core));
    }

    private static int ReadClock(LoopCore* core, ulong* now)
    {
        *now = VirtualTime.Now(TimeOf(core));
        return AWS_OP_SUCCESS;
    }

    private static void CallOutsideTicks(LoopCore* core, delegate*<void*, void> function, void* argument) =>
        VirtualTime.CallOutsideTicks(TimeOf(core), function, argument);

    private static bool StepForWaiter(LoopCore* core) => VirtualTime.StepFor((VirtualLoop*)core);
}
