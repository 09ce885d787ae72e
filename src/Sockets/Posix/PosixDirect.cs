// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Threads that use the descriptor of a connection themselves. See <see cref="DirectBackend"/>.</summary>
internal static unsafe class PosixDirect
{
    private static nint s_instance;

    internal static DirectBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static DirectBackend Functions() => new()
    {
        WatchInput = &WatchInput,
        AcquireWait = &AcquireWait,
        ReleaseWait = &ReleaseWait,
        Wait = &Wait,
        EndWait = &EndWait,
    };

    // The kernel notifies whoever asks for urgent data of ordinary input, too.
    private static int WatchInput(SocketCore* core, bool isWatched)
    {
        int events = SocketEvents.Writable;
        if (isWatched)
            events |= SocketEvents.Readable;
        if (isWatched && EventLoop.ReportsUrgentData(core->Loop))
            events |= LoopBackend.Urgent;
        return EventLoop.ChangeIoEvents(core->Loop, &core->Io, events) == AWS_OP_SUCCESS
            ? AWS_ERROR_SUCCESS
            : Errors.LastErrorOrUnknown();
    }

    private static void* AcquireWait() => PosixWait.Acquire();

    private static void ReleaseWait(void* wait) => PosixWait.Release((PosixWait*)wait);

    private static void Wait(void* wait, nint handle, int milliseconds, bool expectsReply) =>
        PosixWait.Sleep((PosixWait*)wait, (int)handle, milliseconds, expectsReply);

    private static void EndWait(void* wait) => PosixWait.End((PosixWait*)wait);
}
