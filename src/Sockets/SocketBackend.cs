// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Resolver;

namespace Reseau.Native.Sockets;

/// <summary>
/// The contract between a socket (<see cref="SocketCore"/>: its state, connecting and accepting with their time-outs,
/// the write queue, closing) and a backend: what the operating system does for it. A backend is a leaf: a folder of
/// this one, which nobody names but <see cref="SocketBackends"/>. docs/backends.md walks through the writing of one.
/// <para>
/// <b>Memory.</b> There is one SocketBackend per backend; it is made on first use and never freed. Of a socket a
/// backend has the handle: <see cref="SocketCore.Io"/> for the event loop, with a descriptor or a pointer to the
/// backend's own state in it, and <see cref="SocketCore.BackendFlags"/>, a byte that is the backend's. A handle never
/// is <see cref="SocketCore.NoHandle"/>.
/// </para>
/// <para>
/// <b>Errors.</b> A function returns 0, an AWS_* error, or, where its comment says so, one of <see
/// cref="SocketResult"/>'s, which are negative. It raises no last error. It logs the system's own error, which nobody
/// else sees; its caller logs nothing again. What fails has changed nothing. No function throws or waits.
/// </para>
/// <para>
/// <b>Threads.</b> Before <see cref="Attach"/>, any, one at a time; after it the loop's, unless a comment says
/// otherwise. From Attach to <see cref="Detach"/> the backend reports on the loop's thread, never inside a function of
/// the contract: that connecting has ended by <see cref="SocketConnect.Finish"/>; that connections wait by
/// <see cref="SocketListener.AcceptAll"/>; what can be read or written by <see cref="SocketEvents.Deliver"/>, edge by
/// edge, data before the end of data. Any of these calls may close the socket, so the backend holds a reference
/// meanwhile and looks at <see cref="SocketCore.IsAttached"/> after each.
/// </para>
/// <para>
/// <b>Two kinds of backends.</b> A <i>readiness</i> backend (POSIX sockets) is called when the system is ready, and
/// makes the call. A <i>completion</i> backend (Winsock, io_uring) has operations under way in the system. Both are
/// asked in the same way: after a report the socket calls Receive or Accept until there is nothing more. A completion
/// backend hands out what its finished operations have brought, and starts the next one when nothing is left.
/// </para>
/// <para>
/// <b>The life of a buffer, sending.</b> The memory of a write is lent from <see cref="Send"/> until the bytes are
/// counted off. A readiness backend copies inside Send. A completion backend returns <see cref="SocketResult.Pending"/>
/// and keeps pieces and their memory until it calls <see cref="SocketWriter.Sent"/>; there is one Send under way per
/// socket. The array of pieces is lent inside the call only if there is one, and else as long as the memory is. Small
/// writes are copied together into a stage, which lives on the stack for a readiness backend and belongs to the write
/// queue, until Sent, for a completion backend:
/// <see cref="LendsPieces"/> says which. A close does not end the lending: the requests stay queued, the socket stays
/// referenced, and when Sent has come they complete with AWS_IO_SOCKET_CLOSED.
/// </para>
/// <para>
/// <b>The life of a buffer, receiving.</b> Buffers come from the consumer's <see cref="ReceiveSource"/>, which is asked
/// only inside <see cref="Receive"/>. A readiness backend acquires some, fills them by one system call, and returns
/// those that stayed empty, all inside the call. A completion backend acquires them when it starts an operation (in a
/// Receive that has found nothing; or, with buffers provided to the system, when it finds them filled) and keeps them
/// until it is done; the next Receive hands them out without copying: as many as it may, also if its consumer's window
/// is smaller by now than what was admitted. After a close they stay lent until the operation has come home, and then
/// go back to their source. So the function that takes them back must not need the consumer, and their memory is the
/// loop's. Nobody calls Receive while the consumer's window is closed: a backend has at most what one call has
/// admitted.
/// </para>
/// </summary>
internal unsafe struct SocketBackend
{
    /// <summary>For log lines: a C string such as "posix".</summary>
    internal byte* Name;

    /// <summary>Send may answer <see cref="SocketResult.Pending"/>: pieces must last until then.</summary>
    internal bool LendsPieces;

    /// <summary>
    /// Receive may keep buffers of its source until later: consumers that bring their memory with each call use
    /// <see cref="ReceiveInto"/>.
    /// </summary>
    internal bool KeepsBuffers;

    /// <summary>
    /// Makes the handle of a new socket whose Domain and Type are set, non-blocking and not inherited by exec.
    /// AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY for a domain that it does not have, AWS_IO_SOCKET_INVALID_OPTIONS for a
    /// type. Handles that <see cref="Accept"/> gave need no opening.
    /// </summary>
    internal delegate*<SocketCore*, int> Open;

    /// <summary>
    /// Sets what aws_socket_options ask for. A setting of TCP that the system refuses is logged only; an interface that
    /// the socket cannot be bound to is AWS_IO_SOCKET_INVALID_OPTIONS.
    /// </summary>
    internal delegate*<SocketCore*, aws_socket_options*, int> ApplyOptions;

    /// <summary>
    /// Takes a handle that was made elsewhere, that of a connected stream, which becomes non-blocking: says its peer's
    /// address with its domain, and replaces the handle by the backend's. NULL if the backend cannot. The handle stays
    /// the caller's if it fails.
    /// </summary>
    internal delegate*<aws_allocator*, nint*, SocketAddress*, int> Import;

    /// <summary>
    /// The reverse, for backends whose handle points to a state of their own, which goes: the system's handle is the
    /// caller's again. It has been attached to no loop. NULL for others.
    /// </summary>
    internal delegate*<nint, nint> Export;

    /// <summary>
    /// Sets what aws_socket_options have no field for. NULL if the backend has none of it; else an error if the system
    /// refuses.
    /// </summary>
    internal delegate*<SocketCore*, SocketSetting, int, int> Set;

    /// <summary>
    /// What TCP knows, for a connected socket: fills in what it can, from any thread. NULL if the backend cannot.
    /// </summary>
    internal delegate*<SocketCore*, reseau_tcp_info*, int> GetTcpInfo;

    /// <summary>
    /// Gives a handle back. Once, and nothing is attached to a loop then. Operations under way come to an end; their
    /// reports come all the same, as the lives of the buffers ask. Loop thread, or whoever had the socket without loop.
    /// </summary>
    internal delegate*<nint, void> CloseHandle;

    /// <summary>
    /// What programs find in aws_socket::io_handle, for backends whose handle points to a state of their own; NoHandle
    /// if there is nothing yet. NULL for others, whose handle is the system's.
    /// </summary>
    internal delegate*<nint, nint> SystemHandle;

    /// <summary>An endpoint's text as an address in the backend's form.</summary>
    internal delegate*<aws_socket_endpoint*, aws_socket_domain, SocketAddress*, int> ParseAddress;

    /// <summary>An address of IPv4 or IPv6, which has a family, and a port of 16 bits, in the backend's form.</summary>
    internal delegate*<IpAddress*, uint, SocketAddress*, void> FromIp;

    /// <summary>The reverse of ParseAddress. The endpoint is unchanged if it fails.</summary>
    internal delegate*<SocketAddress*, aws_socket_endpoint*, int> FormatAddress;

    internal delegate*<SocketCore*, SocketAddress*, int> GetLocalAddress;

    /// <summary>The peer's, of a stream that is connected. NULL for those on which none connects to itself.</summary>
    internal delegate*<SocketCore*, SocketAddress*, int> GetPeerAddress;

    /// <summary>Takes the pending error off the socket.</summary>
    internal delegate*<SocketCore*, int> TakeError;

    /// <summary>
    /// Names the socket, also when old connections of the name linger. Port 0 lets the system choose.
    /// </summary>
    internal delegate*<SocketCore*, SocketAddress*, int> Bind;

    /// <summary>Lets so many connections wait to be accepted.</summary>
    internal delegate*<SocketCore*, int, int> Listen;

    /// <summary>
    /// Begins to report to the loop: what a connection attempt and a connection need, or, if the last argument is true,
    /// connections to accept. The state at this time counts as a change. Any thread: reports may come before this
    /// returns, so the socket is not touched after the call that makes the system watch it.
    /// </summary>
    internal delegate*<SocketCore*, aws_event_loop*, bool, int> Attach;

    /// <summary>
    /// No report comes any more, but for <see cref="SocketWriter.Sent"/>. The second argument is true when the loop is
    /// on its way out and polls no more, so that its record of the handle can only be freed. A failure is that of the
    /// system, which did not watch the handle any more; the socket is detached all the same.
    /// </summary>
    internal delegate*<SocketCore*, bool, int> Detach;

    /// <summary>
    /// There is no room for what is to be sent: a writable event will say when there is; or there is an error. NULL if
    /// such events come anyhow. On the loop's thread; the state at this time counts as a change.
    /// </summary>
    internal delegate*<SocketCore*, int> AwaitRoom;

    /// <summary>
    /// Connects. 0 if that is done; Pending if Finish will be called once the socket is attached (it may be by now, or
    /// not yet); RetryLater if there is no room in the peer's backlog, and no report when there is. Any thread. An
    /// attempt is abandoned by Detach and CloseHandle.
    /// </summary>
    internal delegate*<SocketCore*, SocketAddress*, int> StartConnect;

    /// <summary>
    /// Takes a connection: its handle, and its peer's address with its domain. WouldBlock if there is none; Lost if
    /// one has failed, which says nothing about the next; AWS_ERROR_MAX_FDS_EXCEEDED or AWS_ERROR_OOM if it can be
    /// tried later, which nobody will report.
    /// </summary>
    internal delegate*<SocketCore*, nint*, SocketAddress*, int> Accept;

    /// <summary>
    /// Receives into buffers of the source. WouldBlock if there is nothing now; AWS_IO_SOCKET_CLOSED at the end of the
    /// stream, after <see cref="SocketCore.HasReadEnd"/> was set, and after a reset; Truncated if all went well, but a
    /// datagram was longer than its buffers. Everything that has come is handed out before an end or an error is.
    /// </summary>
    internal delegate*<SocketCore*, ReceiveBatch*, int> Receive;

    /// <summary>
    /// The same into memory that is lent inside the call only, for consumers that bring it with each call; a completion
    /// backend copies. The last argument is the number of bytes.
    /// </summary>
    internal delegate*<SocketCore*, byte*, nuint, nuint*, int> ReceiveInto;

    /// <summary>
    /// Sends pieces, as one datagram if it is a datagram socket. 0 with the number of bytes that are with the system:
    /// if they are not all, there is no room before the next writable event. WouldBlock if there is none now; Pending.
    /// </summary>
    internal delegate*<SocketCore*, SendPiece*, int, nuint*, int> Send;

    /// <summary>
    /// For backends that gather Sends: hands the one under way over now, and reports its end by
    /// <see cref="SocketWriter.Settled"/> in the place of Sent. False if it goes on. NULL for others.
    /// </summary>
    internal delegate*<SocketCore*, bool> SettleSend;

    /// <summary>
    /// For backends of which a send stays under way while a handle that its socket has closed waits for the peer: what
    /// the system has not taken is given up, and Sent comes soon. NULL for others.
    /// </summary>
    internal delegate*<nint, void> AbandonSend;

    /// <summary>
    /// For backends that receive ahead: nothing is taken from the system any more. False if something has been, or an
    /// end or an error, that was not handed out; it is reported again. NULL for others, and for those whose handle
    /// cannot be taken (<see cref="Export"/>).
    /// </summary>
    internal delegate*<SocketCore*, bool> StopReceiving;

    /// <summary>
    /// For backends that receive ahead: whether bytes have been taken from the system and not handed out. NULL for
    /// others.
    /// </summary>
    internal delegate*<SocketCore*, bool> HoldsInput;

    /// <summary>
    /// Asked when a send has failed: whether bytes have come that Receive has not handed out, or that a report is about
    /// to bring. A completion backend counts an end that a report will bring as well, and says true if it cannot know.
    /// Never NULL.
    /// </summary>
    internal delegate*<SocketCore*, bool> HasInput;

    /// <summary>
    /// Bytes that the system has taken of the Send under way, by which a connection's end distinguishes a slow peer
    /// from one that takes nothing. NULL for readiness backends.
    /// </summary>
    internal delegate*<nint, nuint> SendProgress;

    /// <summary>
    /// The same for a part of a file: descriptor, offset, length. AWS_IO_STREAM_READ_FAILED if the file ends before;
    /// the number is that of the bytes sent until then. AWS_ERROR_UNSUPPORTED_OPERATION if the backend cannot.
    /// </summary>
    internal delegate*<SocketCore*, int, ulong, nuint, nuint*, int> SendFile;

    /// <summary>What it has for datagrams to and from any address; NULL if nothing.</summary>
    internal DatagramBackend* Datagrams;

    /// <summary>What it has for threads that use a connection themselves; NULL if they cannot.</summary>
    internal DirectBackend* Direct;

    /// <summary>Ends a direction: true for sending.</summary>
    internal delegate*<nint, bool, int> ShutdownDirection;

    /// <summary>
    /// Throws away what has come in, a bounded amount; true when an end or an error is behind it. A completion backend
    /// also throws away what a finished Receive has brought; one that is under way may go on, since its buffers are
    /// good for this, too.
    /// </summary>
    internal delegate*<nint, bool> Discard;

    /// <summary>
    /// Bytes handed to the system, the end of the stream included, that the peer's system has not confirmed; 0 if that
    /// cannot be known. A backend that cannot know may answer 1 until the peer's end, or an error, has come: then that
    /// is what a close waits for, for a while.
    /// </summary>
    internal delegate*<nint, nuint> UnconfirmedBytes;
}

/// <summary>What a function of a backend may answer beside 0 and AWS_* errors, which are positive.</summary>
internal static class SocketResult
{
    /// <summary>Not now: an event will report when.</summary>
    internal const int WouldBlock = -1;

    /// <summary>Under way: a report will bring the result.</summary>
    internal const int Pending = -2;

    /// <summary>Not now, and nothing will report when.</summary>
    internal const int RetryLater = -3;

    /// <summary>One connection could not be accepted.</summary>
    internal const int Lost = -4;

    /// <summary>Received, but the datagram was longer.</summary>
    internal const int Truncated = -5;
}

/// <summary>
/// An address in the form of a backend, which alone reads the bytes: for POSIX sockets, a sockaddr.
/// </summary>
internal unsafe struct SocketAddress
{
    /// <summary>Room for every family, aligned as the strictest needs it.</summary>
    internal const int Size = 264;

    private fixed ulong _bytes[Size / sizeof(ulong)];

    /// <summary>Bytes in use.</summary>
    internal uint Length;

    internal aws_socket_domain Domain;

    internal static void* BytesOf(SocketAddress* address) => address->_bytes;
}

/// <summary>A piece of memory to send. The layout is that of struct iovec.</summary>
internal unsafe struct SendPiece
{
    internal byte* Data;
    internal nuint Length;
}
