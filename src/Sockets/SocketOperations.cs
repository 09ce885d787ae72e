// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Sockets;

/// <summary>
/// What a channel does with its socket, which may be the program's own: ours by <see cref="ChannelSocket"/>, others by
/// <see cref="ForeignSocket"/>. The table is found once and kept; its functions are managed. Loop thread.
/// </summary>
internal unsafe struct SocketOperations
{
    /// <summary>Has the consumer notified of readable events, with its state as readable_user_data of an
    /// aws_socket, or as owner of a core. Raises.</summary>
    internal delegate*<LazySocket*, SocketConsumer*, void*, int> Subscribe;

    /// <summary>Ends what Subscribe with this state has begun, if the socket can.</summary>
    internal delegate*<LazySocket*, void*, void> Unsubscribe;
    internal delegate*<LazySocket*, bool> IsOpen;

    /// <summary>Receives into buffers of the batch's source. 0 or an error; nothing is raised.</summary>
    internal delegate*<LazySocket*, ReceiveBatch*, int> Receive;

    /// <summary>
    /// After a failed write: see <see cref="SocketBackend.HasInput"/>. NULL for sockets of programs, whose vtable
    /// cannot say.
    /// </summary>
    internal delegate*<LazySocket*, bool> HasInput;

    /// <summary>
    /// Queues bytes, which stay the caller's until the consumer's OnWritten has run once, never inside this call. 0 or
    /// an error: AWS_IO_SOCKET_CLOSED if it is not open.
    /// </summary>
    internal delegate*<LazySocket*, byte*, nuint, SocketConsumer*, void*, int> Write;

    /// <summary>Hands the system now what would wait for the end of the tick.</summary>
    internal delegate*<LazySocket*, void> Flush;

    /// <summary>
    /// Hands over to the system what it takes of the queued writes, and throws away what has come in. True when no
    /// write waits any more, or when only the socket's own vtable would know.
    /// </summary>
    internal delegate*<LazySocket*, bool> TryFinishWriting;

    /// <summary>
    /// Whether writes have not been reported: after a close, those that the system still has a part of.
    /// </summary>
    internal delegate*<LazySocket*, bool> HasWrites;

    /// <summary>What of the queued writes the peer's system has not confirmed, as far as this one knows.</summary>
    internal delegate*<LazySocket*, nuint> UnconfirmedBytes;

    /// <summary>
    /// Has the next close keep the handle for a moment where dropping it could lose bytes that were handed over.
    /// </summary>
    internal delegate*<LazySocket*, void> LingerAfterClose;

    internal static SocketOperations* Of(aws_socket* socket) =>
        Socket.IsOurs(socket) ? ChannelSocket.Operations : ForeignSocket.Operations;
}

/// <summary>
/// A kind of consumer of sockets: one static table. Sockets of ours call the managed functions, others those of C.
/// </summary>
internal unsafe struct SocketConsumer
{
    /// <summary>By <see cref="AwsSocket.NewObserver"/>.</summary>
    internal SocketObserver Observer;

    /// <summary>Of a socket that C has not asked for: by <see cref="AwsSocket.NewCoreObserver"/>.</summary>
    internal SocketObserver CoreObserver;
    internal delegate*<SocketCore*, WriteResult*, void> OnWritten;
    internal aws_socket_on_readable_fn OnReadableOfC;
    internal aws_socket_on_write_completed_fn OnWrittenOfC;
}
