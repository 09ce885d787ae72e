// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets.Posix;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.Sockets.IoUring;

/// <summary>
/// What a socket receives. One operation is under way, when its consumer has found nothing more: while small messages
/// come, a receive into a buffer of the loop's, from which they are copied; after some of them one that repeats itself;
/// else a poll, after which the consumer reads by calls of its own into its own memory. The kernel looks at the present
/// state when an operation begins, so that nothing is missed between two of them; and between its calls it does
/// nothing, so that reading past an operation which has come home takes bytes in their order. One that repeats itself
/// is cancelled as soon as its consumer leaves something, or a message fills a buffer: what it brings until then, the
/// kernel's part of one call, waits in a list.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingInput
{
    private enum Kind : byte
    {
        Poll,
        Receive,

        /// <summary>Nothing but its completion, by which something is reported that is here already.</summary>
        Notice,
    }

    /// <summary>So many small messages, one after the other, let a receive repeat itself.</summary>
    private const byte SteadyRounds = 4;

    private const int ReadableAndEnd = SocketEvents.Readable | (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;
    private const int ReadableAndFailed =
        SocketEvents.Readable | (int)(AWS_IO_EVENT_TYPE_CLOSED | AWS_IO_EVENT_TYPE_ERROR);

    private RingOperation _operation;

    /// <summary>
    /// Watches for the end while the consumer does not read; begun when that is found, and then left to itself.
    /// </summary>
    private RingOperation _endWatch;

    /// <summary>Hang-ups and errors that have been reported.</summary>
    private int _reported;

    /// <summary>Bytes that came and were not handed out: in a buffer of the loop's, or in memory of our own.</summary>
    private byte* _data;
    private byte* _ownMemory;
    private uint _length;
    private ushort _buffer;
    private bool _isInBuffer;

    /// <summary>Buffers behind that one, first and last; None if there are none.</summary>
    private ushort _firstWaiting;
    private ushort _lastWaiting;

    /// <summary>Small messages that receives have brought in succession.</summary>
    private byte _smallRounds;

    private Kind _kind;

    /// <summary>There is more behind the bytes, or may be.</summary>
    private bool _hasMore;

    private bool _hasEnd;

    /// <summary>A receive that repeats itself has been cancelled, and is not home yet.</summary>
    private bool _isStopping;

    /// <summary>An errno, which the kernel says once; 0 if there is none.</summary>
    private int _error;

    /// <summary>Bytes that came since an operation was begun last.</summary>
    private nuint _recent;

    // ---- Contract ----

    /// <summary>See <see cref="SocketBackend.Receive"/>.</summary>
    internal static int Receive(SocketCore* core, ReceiveBatch* batch)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket == null)
            return PosixTransfer.Receive(core, batch);

        RingInput* input = &socket->Input;
        if (input->_length == 0 && input->_operation.IsUnderWay && !TryTakeHome(socket))
            return Nothing(batch);
        if (input->_length > 0)
            return HandOut(socket, batch);
        if (HasEnded(input))
        {
            Nothing(batch);
            return OnEnd(core, input);
        }

        int result = PosixTransfer.Receive(core, batch);
        if (result == AWS_ERROR_SUCCESS)
            input->_recent += batch->Received;
        if (result == SocketResult.WouldBlock || (result == AWS_ERROR_SUCCESS && batch->IsDrained))
            BeginNext(socket);
        return result;
    }

    /// <summary>See <see cref="SocketBackend.ReceiveInto"/>.</summary>
    internal static int ReceiveInto(SocketCore* core, byte* into, nuint size, nuint* amount)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket == null || size == 0)
            return PosixTransfer.ReceiveInto(core, into, size, amount);

        RingInput* input = &socket->Input;
        if (input->_length == 0 && input->_operation.IsUnderWay && !TryTakeHome(socket))
            return SocketResult.WouldBlock;
        if (input->_length > 0)
        {
            *amount = nuint.Min(size, input->_length);
            Copy(socket, into, *amount);
            return AWS_ERROR_SUCCESS;
        }

        if (HasEnded(input))
            return OnEnd(core, input);
        int result = PosixTransfer.ReceiveInto(core, into, size, amount);
        if (result == AWS_ERROR_SUCCESS)
            input->_recent += *amount;
        if (result == SocketResult.WouldBlock)
            BeginNext(socket);
        return result;
    }

    /// <summary>See <see cref="SocketBackend.StopReceiving"/>.</summary>
    internal static bool Stop(SocketCore* core)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket == null || !IoUringLoop.HasRing(socket->Loop))
            return true;

        RingInput* input = &socket->Input;
        BringHome(socket);

        // What the kernel still has, it may yet take from the system.
        if (input->_length == 0 && !HasEnded(input))
            return !input->_operation.IsUnderWay;
        if (!input->_operation.IsUnderWay)
            Notify(socket);
        return false;
    }

    /// <summary>See <see cref="SocketBackend.HoldsInput"/>.</summary>
    internal static bool HoldsInput(SocketCore* core)
    {
        RingSocket* socket = RingSocket.Of(core);
        return socket != null && socket->Input._length > 0;
    }

    /// <summary>
    /// See <see cref="SocketBackend.HasInput"/>. What is under way comes home by itself if the connection is over, and
    /// poll() reports that, too.
    /// </summary>
    internal static bool HasInput(SocketCore* core)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket != null && socket->Input._length > 0)
            return true;
        if (socket == null || !socket->Input._operation.IsUnderWay)
            return PosixTransfer.HasInput(core);

        Libc.pollfd descriptor = new() { fd = RingSocket.DescriptorOf(socket), events = Libc.POLLIN };
        return Libc.poll(&descriptor, 1, 0) > 0;
    }

    // ---- Life ----

    /// <summary>In zeroed memory.</summary>
    internal static void Init(RingInput* input)
    {
        input->_firstWaiting = RingBuffers.None;
        input->_lastWaiting = RingBuffers.None;
    }

    internal static bool IsUnderWay(RingSocket* socket) =>
        socket->Input._operation.IsUnderWay || socket->Input._endWatch.IsUnderWay;

    /// <summary>The socket is attached, or its loop has another thread.</summary>
    internal static void Begin(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        if (!IoUringLoop.HasRing(socket->Loop) || input->_operation.IsUnderWay)
            return;
        if (input->_length > 0 || HasEnded(input))
            Notify(socket);
        else
            BeginPoll(socket);
    }

    /// <summary>The socket is detached.</summary>
    internal static void End(RingSocket* socket)
    {
        Drop(socket);
        RingOperation.Cancel(&socket->Input._operation, socket->Loop);
        RingOperation.Cancel(&socket->Input._endWatch, socket->Loop);
    }

    /// <summary>The loop's buffers are about to go.</summary>
    internal static void KeepOwn(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        if (!input->_isInBuffer && input->_firstWaiting == RingBuffers.None)
            return;

        RingBuffers* buffers = &socket->Loop->Buffers;
        uint total = input->_length;
        for (ushort next = input->_firstWaiting; next != RingBuffers.None;)
            total += RingBuffers.InList(buffers, next, out next);
        byte* own = RingSocket.Allocate(socket, total);
        for (uint copied = 0; copied < total;)
        {
            uint part = input->_length;
            NativeMemory.Copy(input->_data, own + copied, part);
            copied += part;
            input->_length = 0;
            DropFirst(socket);
            TakeWaiting(socket);
        }

        input->_data = own;
        input->_ownMemory = own;
        input->_length = total;
    }

    // ---- Operations ----

    // The consumer has found nothing more. What has come lately says what is likely to come.
    private static void BeginNext(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        IoUringLoop* loop = socket->Loop;
        if (!IoUringLoop.HasRing(loop) || input->_operation.IsUnderWay)
            return;

        bool isSmall = input->_recent <= RingBuffers.Size;
        input->_recent = 0;
        if (!isSmall || !RingBuffers.AreThere(&loop->Buffers, &loop->Ring))
        {
            input->_smallRounds = 0;
            BeginPoll(socket);
            return;
        }

        input->_kind = Kind.Receive;
        input->_isStopping = false;
        io_uring_sqe* entry = RingOperation.Queue(&input->_operation, loop, &OnCompletion);
        entry->opcode = IORING_OP_RECV;
        entry->flags = IOSQE_BUFFER_SELECT;
        entry->ioprio = IORING_RECVSEND_POLL_FIRST;
        if (input->_smallRounds >= SteadyRounds)
            entry->ioprio |= IORING_RECV_MULTISHOT;
        else
            input->_smallRounds++;
        entry->fd = RingSocket.DescriptorOf(socket);
        entry->buf_group = RingBuffers.Group;
    }

    // The consumer asks although something is under way that will report what there is. Once a write has failed there
    // may be no time for that: what the peer sent before it went is to be had now, or never.
    private static bool TryTakeHome(RingSocket* socket)
    {
        if (socket->Core->WriteError == AWS_ERROR_SUCCESS || !IoUringLoop.HasRing(socket->Loop))
            return false;

        BringHome(socket);
        return !socket->Input._operation.IsUnderWay;
    }

    // Nothing is under way afterwards, unless the kernel keeps it. What it has brought is kept, too.
    private static void BringHome(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        RingOperation* operation = &input->_operation;
        input->_isStopping = true;
        bool isOver = RingOperation.Cancel(operation, socket->Loop);
        for (int tries = 0; !isOver && RingOperation.TryAwaitCancelled(socket->Loop, tries); tries++)
        {
            while (!isOver && RingOperation.TryTakeNext(operation, socket->Loop, out int result, out uint flags))
            {
                if (input->_kind == Kind.Receive)
                    Keep(socket, result, flags);
                isOver = !operation->IsUnderWay;
            }
        }
    }

    private static void BeginPoll(RingSocket* socket)
    {
        bool isConnecting = socket->Core->Phase == SocketPhase.Connecting;
        socket->Input._kind = Kind.Poll;
        io_uring_sqe* entry = RingOperation.Queue(&socket->Input._operation, socket->Loop, &OnCompletion);
        entry->opcode = IORING_OP_POLL_ADD;
        entry->fd = RingSocket.DescriptorOf(socket);
        entry->op_flags = RingEvents.Of(SocketEvents.Readable | (isConnecting ? SocketEvents.Writable : 0));
    }

    private static void Notify(RingSocket* socket)
    {
        socket->Input._kind = Kind.Notice;
        RingOperation.Queue(&socket->Input._operation, socket->Loop, &OnCompletion)->opcode = IORING_OP_NOP;
    }

    private static void OnCompletion(RingOperation* operation, int result, uint flags)
    {
        RingSocket any;
        RingSocket* socket = (RingSocket*)((byte*)operation - ((byte*)&any.Input - (byte*)&any));
        RingInput* input = &socket->Input;
        if (input->_kind == Kind.Receive)
            Keep(socket, result, flags);
        if (socket->Core == null)
        {
            Drop(socket);
            RingSocket.FreeIfHome(socket);
        }
        else if (IoUringLoop.IsEnding(socket->Loop))
        {
            // The next thread begins another.
        }
        else if (input->_kind == Kind.Poll)
        {
            OnPolled(socket, result);
        }
        else if (result == -Libc.EINTR)
        {
            BeginPoll(socket);
        }
        else if (result == -ECANCELED)
        {
            OnStopped(socket);
        }
        else
        {
            Report(socket);
        }
    }

    // What a receive has brought.
    private static void Report(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        SocketCore* core = socket->Core;
        int events =
            input->_error != 0 ? ReadableAndFailed
            : input->_hasEnd ? ReadableAndEnd
            : SocketEvents.Readable;
        SocketCore.Acquire(core);
        Deliver(core, events);
        SocketCore.Release(core);
    }

    // More comes than is consumed at once: what follows is polled for.
    private static void StopRepeating(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        if (input->_isStopping || input->_kind != Kind.Receive)
            return;

        input->_isStopping = true;
        input->_recent = RingBuffers.Size + 1;
        RingOperation.Cancel(&input->_operation, socket->Loop);
    }

    // A receive that repeated itself was cancelled.
    private static void OnStopped(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        if (input->_operation.IsUnderWay)
            return;
        if (input->_length == 0 && !HasEnded(input))
            BeginNext(socket);
        else
            WatchEnd(socket);
    }

    // What a receive has brought. Without a buffer nothing has been taken: the consumer reads.
    private static void Keep(RingSocket* socket, int result, uint flags)
    {
        RingInput* input = &socket->Input;
        RingBuffers* buffers = &socket->Loop->Buffers;
        ushort buffer = RingBuffers.None;
        byte* data = (flags & IORING_CQE_F_BUFFER) != 0 ? RingBuffers.Take(buffers, flags, out buffer) : null;
        if (result > 0)
        {
            bool hasMore = (flags & IORING_CQE_F_SOCK_NONEMPTY) != 0 || (uint)result == RingBuffers.Size;
            bool isRepeated = (flags & IORING_CQE_F_MORE) != 0;
            input->_hasMore = hasMore && !isRepeated;
            Add(socket, data, buffer, (uint)result);
            if (!isRepeated)
                input->_recent += (uint)result;
            else if (hasMore)
                StopRepeating(socket);
            return;
        }

        if (data != null)
            RingBuffers.Return(buffers, buffer);
        if (result == 0)
            input->_hasEnd = true;
        else if (-result is not (Libc.ENOBUFS or Libc.EAGAIN or Libc.EINTR or ECANCELED))
            input->_error = -result;
    }

    // Behind what waits.
    private static void Add(RingSocket* socket, byte* data, ushort buffer, uint length)
    {
        RingInput* input = &socket->Input;
        if (input->_length == 0)
        {
            input->_data = data;
            input->_buffer = buffer;
            input->_isInBuffer = true;
            input->_length = length;
            return;
        }

        RingBuffers.Append(&socket->Loop->Buffers, input->_lastWaiting, buffer, length);
        if (input->_firstWaiting == RingBuffers.None)
            input->_firstWaiting = buffer;
        input->_lastWaiting = buffer;
    }

    // The bytes at hand have been consumed.
    private static void TakeWaiting(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        ushort buffer = input->_firstWaiting;
        if (buffer == RingBuffers.None)
            return;

        RingBuffers* buffers = &socket->Loop->Buffers;
        uint length = RingBuffers.InList(buffers, buffer, out input->_firstWaiting);
        if (input->_firstWaiting == RingBuffers.None)
            input->_lastWaiting = RingBuffers.None;
        Add(socket, RingBuffers.AddressOf(buffers, buffer), buffer, length);
    }

    private static void OnPolled(RingSocket* socket, int result)
    {
        SocketCore* core = socket->Core;
        int events = result < 0 ? ReadableAndFailed : RingEvents.TypesOf((uint)result);
        SocketCore.Acquire(core);
        if (core->Phase == SocketPhase.Connecting)
            PosixEvents.FinishConnecting(core, events);
        if (core->IsAttached && core->Phase != SocketPhase.Connecting)
            Deliver(core, events);
        if (core->Phase == SocketPhase.Connecting || (events & ~SocketEvents.Writable) == 0)
            GoOn(core);
        SocketCore.Release(core);
    }

    // The socket is held. It is attached, and may be on another loop, or on none, afterwards.
    private static void Deliver(SocketCore* core, int events)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket != null)
            socket->Input._reported |= events & (SocketEvents.HangUp | SocketEvents.Failed);
        PosixEvents.Deliver(core, events);
        socket = core->IsAttached ? RingSocket.Of(core) : null;
        const int watched = SocketEvents.Readable | SocketEvents.HangUp;
        if (socket == null || (events & watched) == 0)
            return;

        if (!socket->Input._operation.IsUnderWay)
            WatchEnd(socket);
        else if (socket->Input._length > 0)
            StopRepeating(socket);
    }

    // What has not been read says nothing of what is behind it; nor does the end of the peer's output of a reset.
    private static void WatchEnd(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        bool isOver = (input->_reported & ~(int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP) != 0;
        if (isOver || input->_endWatch.IsUnderWay || input->_error != 0 || !IoUringLoop.HasRing(socket->Loop))
            return;

        io_uring_sqe* entry = RingOperation.Queue(&input->_endWatch, socket->Loop, &OnEndOfConnection);
        entry->opcode = IORING_OP_POLL_ADD;
        entry->fd = RingSocket.DescriptorOf(socket);
        entry->op_flags = RingEvents.OfEnd(isEndOfStreamKnown: input->_reported != 0);
    }

    private static void OnEndOfConnection(RingOperation* operation, int result, uint flags)
    {
        RingSocket any;
        RingSocket* socket = (RingSocket*)((byte*)operation - ((byte*)&any.Input._endWatch - (byte*)&any));
        SocketCore* core = socket->Core;
        if (core == null)
        {
            RingSocket.FreeIfHome(socket);
            return;
        }

        // What is under way brings the end by itself, behind what it has taken by now.
        if (result < 0 || socket->Input._operation.IsUnderWay || IoUringLoop.IsEnding(socket->Loop))
            return;
        SocketCore.Acquire(core);
        Deliver(core, RingEvents.TypesOf((uint)result));
        SocketCore.Release(core);
    }

    // No report has said that there is something to read, after which Receive would do this.
    private static void GoOn(SocketCore* core)
    {
        RingSocket* socket = core->IsAttached ? RingSocket.Of(core) : null;
        if (socket != null)
            Begin(socket);
    }

    // ---- Handing out ----

    private static int Nothing(ReceiveBatch* batch)
    {
        batch->Count = 0;
        batch->Received = 0;
        batch->Offered = 0;
        batch->IsDrained = false;
        return SocketResult.WouldBlock;
    }

    private static int HandOut(RingSocket* socket, ReceiveBatch* batch)
    {
        ReceiveBatch.AcquireBuffers(batch);
        nuint copied = 0;
        for (int i = 0; i < batch->Count; i++)
            copied += Fill(socket, batch->Buffers[i].Data, batch->Buffers[i].Length);

        RingInput* input = &socket->Input;
        if (copied > 0 && input->_length == 0 && !input->_hasMore && !HasEnded(input))
        {
            batch->IsDrained = true;
            if (!input->_operation.IsUnderWay)
                BeginNext(socket);
        }

        ReceiveBatch.Keep(batch, copied);
        return AWS_ERROR_SUCCESS;
    }

    private static nuint Fill(RingSocket* socket, byte* into, nuint size)
    {
        nuint filled = 0;
        while (filled < size && socket->Input._length > 0)
        {
            nuint part = nuint.Min(size - filled, socket->Input._length);
            Copy(socket, into + filled, part);
            filled += part;
        }

        return filled;
    }

    private static void Copy(RingSocket* socket, byte* into, nuint size)
    {
        RingInput* input = &socket->Input;
        NativeMemory.Copy(input->_data, into, size);
        input->_data += size;
        input->_length -= (uint)size;
        if (input->_length > 0)
            return;

        DropFirst(socket);
        TakeWaiting(socket);
    }

    private static void Drop(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        do
        {
            DropFirst(socket);
            TakeWaiting(socket);
        }
        while (input->_length > 0);
    }

    private static void DropFirst(RingSocket* socket)
    {
        RingInput* input = &socket->Input;
        if (input->_isInBuffer)
            RingBuffers.Return(&socket->Loop->Buffers, input->_buffer);
        else if (input->_ownMemory != null)
            RingSocket.Free(socket, input->_ownMemory);
        input->_isInBuffer = false;
        input->_ownMemory = null;
        input->_data = null;
        input->_length = 0;
    }

    private static bool HasEnded(RingInput* input) => input->_hasEnd || input->_error != 0;

    private static int OnEnd(SocketCore* core, RingInput* input)
    {
        if (input->_error != 0)
        {
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
                $"{new SocketId(core)}: reading failed with errno {input->_error}");
            return PosixErrors.FromTransferErrno(input->_error);
        }

        if (!core->HasReadEnd)
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: end of stream");
        core->HasReadEnd |= !core->HasMetReset;
        return AWS_IO_SOCKET_CLOSED;
    }
}
