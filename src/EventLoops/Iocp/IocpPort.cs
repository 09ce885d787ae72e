// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.Iocp;

namespace Reseau.Native.EventLoops.Iocp;

/// <summary>
/// Where the packets of a handle's operations come to: the port of a loop, be it ours or a program's own. The latter
/// ties handles to its port by its vtable, and calls the function that is in every operation, as if it were one of the
/// program's (struct aws_overlapped). What only our loops do is to wait for one packet, and to take all back at their
/// end (rules 91, 93 and 393 of docs/lifetimes.md).
/// </summary>
internal static unsafe class IocpPort
{
    /// <summary>Whether the loop has a port.</summary>
    internal static bool IsOf(aws_event_loop* event_loop) =>
        IocpLoop.IsOne(event_loop)
        || (IsPrograms(event_loop) && event_loop->vtable != null
            && event_loop->vtable->connect_to_io_completion_port != null);

    /// <summary>Whether the loop is not one of ours.</summary>
    internal static bool IsPrograms(aws_event_loop* event_loop) => EventLoop.CoreOf(event_loop) == null;

    /// <summary>Whether the loop takes back what the system has, and begins nothing any more.</summary>
    internal static bool IsEnding(aws_event_loop* event_loop)
    {
        IocpLoop* loop = IocpLoop.Of(event_loop);
        return loop != null && loop->IsEnding;
    }

    /// <summary>
    /// Has the packets of a handle's operations come to the loop. Any thread. 0 or an error. What a program's loop
    /// keeps with the handle stays in it, for <see cref="Release"/>.
    /// </summary>
    internal static int Adopt(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        IocpLoop* loop = IocpLoop.Of(event_loop);
        if (loop == null)
            return EventLoop.ConnectHandleToIoCompletionPort(event_loop, handle) == AWS_OP_SUCCESS
                ? AWS_ERROR_SUCCESS
                : Errors.LastErrorOrUnknown();
        if (IocpLoop.Adopt(loop, (nint)handle->data.handle))
            return AWS_ERROR_SUCCESS;

        int error = LastError;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)event_loop:x}: handle 0x{(nint)handle->data.handle:x} could not be tied to the completion " +
            $"port: error {error}");
        return AWS_ERROR_SYS_CALL_FAILURE;
    }

    /// <summary>
    /// The handle may go to another loop: none of its operations is under way. False if it stays tied to this one.
    /// </summary>
    internal static bool Release(aws_event_loop* event_loop, aws_io_handle* handle)
    {
        if (IsPrograms(event_loop))
            return EventLoop.UnsubscribeFromIoEvents(event_loop, handle) == AWS_OP_SUCCESS;

        int status = IocpLoop.Release((nint)handle->data.handle);
        if (status >= 0)
            return true;

        Log.Write(AWS_LL_WARN, AWS_LS_IO_EVENT_LOOP,
            $"handle 0x{(nint)handle->data.handle:x} could not leave its completion port: status 0x{(uint)status:x}");
        return false;
    }

    /// <summary>
    /// Reads from a pipe what is there, without a packet: for loops whose packets cannot be waited for. 0 or the
    /// system's error; ERROR_OPERATION_ABORTED if there was nothing.
    /// </summary>
    internal static int ReadWithoutPacket(nint pipe, byte* into, uint size, uint* count)
    {
        *count = 0;
        nint done = CreateEventW(null, 1, 0, null);
        if (done == 0)
            return LastError;

        // The lowest bit says that there is to be no packet.
        OVERLAPPED overlapped = new() { hEvent = (void*)(done | 1) };
        int error = Kernel32.ReadFile(pipe, into, size, count, &overlapped) != 0 ? 0 : LastError;
        if (error == ERROR_IO_PENDING)
        {
            CancelIoEx(pipe, &overlapped);
            error = Kernel32.GetOverlappedResult(pipe, &overlapped, count, 1) != 0 ? 0 : LastError;
        }

        Kernel32.CloseHandle(done);
        return error;
    }
}
