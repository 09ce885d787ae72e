// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// What a POSIX socket holds behind aws_socket::impl. It is counted: tasks and running callbacks keep it alive, so that
/// a program may clean its socket up, and free it, inside any callback.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PosixSocket
{
    internal aws_allocator* Allocator;

    /// <summary>The program's socket; NULL once it has been cleaned up.</summary>
    internal aws_socket* Socket;

    /// <summary>NULL while there is nothing to send and nothing to report.</summary>
    internal WriteQueue* Writes;

    /// <summary>The loop's, with a reference; NULL before the first write, and after the close.</summary>
    internal WriteQueuePool* WritePool;

    /// <summary>
    /// Ends a connection attempt, or lets a listener that ran out of descriptors try again. NULL at other times.
    /// </summary>
    internal aws_task* Timer;

    internal aws_socket_on_shutdown_complete_fn OnClosed;
    internal void* OnClosedUserData;
    internal aws_socket_on_shutdown_complete_fn OnCleanedUp;
    internal void* OnCleanedUpUserData;

    /// <summary>Events that came while nobody had asked to be told.</summary>
    internal int UndeliveredEvents;

    /// <summary>Changes when a listener stops, so that a running accept loop knows.</summary>
    internal int AcceptRound;

    /// <summary>The error that ended the sending direction of a stream; later writes fail with it at once.</summary>
    internal int WriteError;

    internal bool IsSubscribed;
    internal bool IsConnecting;
    internal bool IsAccepting;

    /// <summary>The timer was set on the loop's thread, which alone may cancel it.</summary>
    internal bool IsTimerCancellable;

    /// <summary>The kernel's send buffer is full: nothing is sent before the next writable event.</summary>
    internal bool IsSendBlocked;

    /// <summary>The peer has hung up: an end of stream or an error stands behind the last byte.</summary>
    internal bool IsHungUp;

    /// <summary>A read ends at the place of urgent data, whatever is behind it.</summary>
    internal bool HadUrgentData;

    /// <summary>What was accepted for sending is to arrive although the descriptor is closed. See PosixLinger.</summary>
    internal bool LingersAfterClose;

    /// <summary>Bytes have been handed to the system.</summary>
    internal bool HasSent;

    /// <summary>A read has found the end of the stream: nothing more comes in.</summary>
    internal bool HasReadEnd;

    private int _references;

    internal static PosixSocket* Of(aws_socket* socket) => (PosixSocket*)socket->impl;

    /// <summary>The socket's operations are exactly ours, so that shortcuts past its vtable are sound.</summary>
    internal static bool IsOurs(aws_socket* socket) => socket->vtable == PosixSocketVtable.Pointer;

    /// <summary>Opens a new socket.</summary>
    internal static int Init(aws_socket* socket, aws_allocator* allocator, aws_socket_options* options)
    {
        *socket = default;
        socket->io_handle.data.fd = -1;
        int fd = Open(options);
        if (fd < 0)
            return AWS_OP_ERR;

        Attach(socket, allocator, options, fd);
        if (PosixOptions.Apply(socket, options) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Libc.close(fd);
        Release(Of(socket));
        *socket = default;
        socket->io_handle.data.fd = -1;
        return AWS_OP_ERR;
    }

    /// <summary>Makes <paramref name="socket"/> the owner of an open descriptor whose options are set.</summary>
    internal static void Attach(aws_socket* socket, aws_allocator* allocator, aws_socket_options* options, int fd)
    {
        *socket = default;
        PosixSocket* impl = (PosixSocket*)Common.Allocator.Calloc(allocator, 1, (nuint)sizeof(PosixSocket));
        impl->Allocator = allocator;
        impl->Socket = socket;
        impl->_references = 1;
        socket->allocator = allocator;
        socket->vtable = PosixSocketVtable.Pointer;
        socket->options = *options;
        socket->io_handle.data.fd = fd;
        socket->state = SocketState.Init;
        socket->impl = impl;
    }

    internal static void Acquire(PosixSocket* impl) => Interlocked.Increment(ref impl->_references);

    internal static void Release(PosixSocket* impl)
    {
        if (Interlocked.Decrement(ref impl->_references) != 0)
            return;

        FreeTimer(impl);
        WriteQueuePool.Release(impl->WritePool);
        Common.Allocator.Release(impl->Allocator, impl);
    }

    /// <summary>
    /// Sets the task up and keeps the implementation alive until it has run. The task is the implementation's,
    /// or its queue's, and is not scheduled now.
    /// </summary>
    internal static void Prepare(PosixSocket* impl, aws_task* task, aws_task_fn function, System.ReadOnlySpan<byte> tag)
    {
        Acquire(impl);
        ScheduledTask.Init(task, function, impl, Literal.Of(tag));
    }

    /// <summary>As <see cref="Prepare"/>, for the timer, which lasts until <see cref="FreeTimer"/>.</summary>
    internal static aws_task* PrepareTimer(PosixSocket* impl, aws_task_fn function, System.ReadOnlySpan<byte> tag)
    {
        if (impl->Timer == null)
            impl->Timer = Common.Allocator.New<aws_task>(impl->Allocator);
        Prepare(impl, impl->Timer, function, tag);
        return impl->Timer;
    }

    /// <summary>The timer is not scheduled. NULL is allowed.</summary>
    internal static void FreeTimer(PosixSocket* impl)
    {
        if (impl->Timer != null)
            Common.Allocator.Release(impl->Allocator, impl->Timer);
        impl->Timer = null;
    }

    /// <summary>Lets the timer go; it runs now, finds nothing to do and drops its reference.</summary>
    internal static void CancelTimer(PosixSocket* impl, aws_event_loop* loop)
    {
        if (!impl->IsTimerCancellable)
            return;

        impl->IsTimerCancellable = false;
        EventLoop.CancelTask(loop, impl->Timer);
    }

    /// <summary>
    /// Takes the socket off its loop. On the loop's thread. A loop that refuses does not watch the descriptor any more:
    /// somebody closed it behind our back, say. That must not keep the socket from its end.
    /// </summary>
    internal static void Unsubscribe(PosixSocket* impl)
    {
        if (!impl->IsSubscribed)
            return;

        aws_socket* socket = impl->Socket;
        if (EventLoop.UnsubscribeFromIoEvents(socket->event_loop, &socket->io_handle) != AWS_OP_SUCCESS)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: " +
                $"leaves its event loop with error {Errors.LastError()}");
        impl->IsSubscribed = false;
    }

    /// <summary>Reads the address that the kernel gave the socket into local_endpoint.</summary>
    internal static int UpdateLocalEndpoint(aws_socket* socket)
    {
        sockaddr_storage address = default;
        uint length = (uint)sizeof(sockaddr_storage);
        if (Libc.getsockname(socket->io_handle.data.fd, &address, &length) == 0)
            return PosixAddress.ToEndpoint(&address, &socket->local_endpoint);

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: getsockname failed with errno {error}");
        return Errors.Raise(PosixErrors.FromErrno(error));
    }

    private static int Open(aws_socket_options* options)
    {
        int family = PosixAddress.FamilyOf(options->domain);
        if (family < 0)
            return Errors.Raise(AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY);
        if (options->type is not (AWS_SOCKET_STREAM or AWS_SOCKET_DGRAM))
            return Errors.Raise(AWS_IO_SOCKET_INVALID_OPTIONS);

        int type = options->type == AWS_SOCKET_STREAM ? Libc.SOCK_STREAM : Libc.SOCK_DGRAM;
        int fd = Libc.socket(family, type | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, 0);
        if (fd >= 0)
            return fd;

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"no socket of domain {(uint)options->domain} and type {(uint)options->type}: errno {error}");
        return Errors.Raise(PosixErrors.FromErrno(error));
    }
}
