// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>The thread of a loop: one tick after another until the loop is stopped.</summary>
internal static unsafe class LoopThread
{
    /// <summary>The Start of backends whose loops have threads.</summary>
    internal static int Start(LoopCore* core)
    {
        Threads.IncrementUnjoinedCount();
        Threads.Init(&core->Thread, core->Loop->alloc);
        if (Threads.Launch(&core->Thread, &Main, core, &core->ThreadOptions) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Threads.DecrementUnjoinedCount();
        return AWS_OP_ERR;
    }

    /// <summary>The Join of backends whose loops have threads.</summary>
    internal static int Join(LoopCore* core)
    {
        if (LoopCore.IsOnCallersThread(core))
            return Errors.Raise(AWS_ERROR_THREAD_DEADLOCK_DETECTED);
        if (Threads.Join(&core->Thread) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        Threads.DecrementUnjoinedCount();
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Main(void* argument)
    {
        LoopCore* core = (LoopCore*)argument;
        Volatile.Write(ref core->Owner, Threads.CurrentId());
        Log.Write(AWS_LL_INFO, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: the loop's thread runs");
        CryptoLibrary.FreeThreadStateAtExit(&ThreadExit.Add);
        if (core->Backend->ThreadStarted != null)
            core->Backend->ThreadStarted(core);

        core->IsInTick = true;
        EventLoop.EnterCallersThread(core->Loop);
        LoopTick.ReadClocks(core);
        while (core->ShouldContinue)
            LoopTick.Run(core);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_EVENT_LOOP, $"id=0x{(nint)core->Loop:x}: the loop's thread ends");
        if (core->Backend->ThreadEnding != null)
            core->Backend->ThreadEnding(core);
        EventLoop.EnterCallersThread(null);
        core->IsInTick = false;
        Volatile.Write(ref core->Owner, 0);
    }
}
