// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// What the library keeps for each thread, in native memory that comes and goes with the thread, zero at first. A
/// static with [ThreadStatic] would cost each thread an object on the managed heap, and a heap that grows is collected
/// one day: a child that came out of fork would then wait for the parent's threads. Each field is used by one class
/// only.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Capacity)]
internal unsafe struct ThreadStorage
{
    /// <summary>What src/Shim/thread_storage.c has room for.</summary>
    internal const int Capacity = 72;

    // Errors
    internal int LastError;
    internal nint ErrorHandler;
    internal void* ErrorHandlerContext;

    // ThreadExit
    internal aws_allocator* ExitAllocator;
    internal void* ExitEntries;

    // OnceFlag
    internal OnceFlag.PendingCall PendingCall;

    // EventLoops.FastRandom
    internal uint Random;

    // EventLoops.EventLoop
    internal aws_event_loop* Loop;

    /// <summary>The calling thread's; good until it ends.</summary>
    internal static ThreadStorage* Current => (ThreadStorage*)Shim.reseau_thread_storage();
}
