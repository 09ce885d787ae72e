// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.IoUring;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Sockets.Posix;
using static Reseau.Native.Interop.Linux.IoUring;

namespace Reseau.Native.Sockets.IoUring;

/// <summary>
/// Sending. Sends of one tick are handed over together, when the loop waits next; but for the first of a tick in which
/// little has happened, which are calls of their own. Each takes what there is room for (MSG_DONTWAIT), so that it has
/// completed when that call returns: none stays with the kernel. A poll says when there is room again.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingOutput
{
    private const int Flags = Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT;

    private RingOperation _send;
    private RingOperation _room;

    /// <summary>Whose send is under way; it is held until that is over.</summary>
    private SocketCore* _core;
    private nuint _total;

    /// <summary>What it sends, if that is one piece.</summary>
    private SendPiece _piece;

    /// <summary>What it sends otherwise; read when the send begins.</summary>
    private msghdr _message;

    /// <summary>
    /// The last send has not taken all. While that is so each is a call of its own: there is much to send, and it is to
    /// go as soon as there is room.
    /// </summary>
    private bool _isFull;

    /// <summary>See <see cref="SocketBackend.Send"/>.</summary>
    internal static int Send(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket == null)
            return PosixTransfer.Send(core, pieces, count, sent);

        nuint total = 0;
        for (int i = 0; i < count; i++)
            total += pieces[i].Length;
        RingOutput* output = &socket->Output;
        if (output->_isFull || !IoUringLoop.HasRing(socket->Loop) || IoUringLoop.TakeSendByCall(socket->Loop))
            return AwaitRoom(socket, PosixTransfer.Send(core, pieces, count, sent), *sent, total);

        output->_core = core;
        output->_total = total;
        io_uring_sqe* entry = RingOperation.Queue(&output->_send, socket->Loop, &OnSent);
        entry->fd = PosixBackend.DescriptorOf(core);
        entry->op_flags = Flags;
        output->_message = default;
        if (count == 1)
        {
            output->_piece = *pieces;
            entry->opcode = IORING_OP_SEND;
            entry->addr = (ulong)pieces->Data;
            entry->len = (uint)nuint.Min(total, int.MaxValue);
            return SocketResult.Pending;
        }

        // SendPiece is laid out as struct iovec.
        output->_message = msghdr.Of((Libc.iovec*)pieces, count);
        entry->opcode = IORING_OP_SENDMSG;
        entry->addr = (ulong)&output->_message;
        entry->len = 1;
        return SocketResult.Pending;
    }

    /// <summary>See <see cref="SocketBackend.SettleSend"/>.</summary>
    internal static bool Settle(SocketCore* core)
    {
        RingSocket* socket = RingSocket.Of(core);
        if (socket == null)
            return false;

        Outcome outcome;
        if (RingOperation.TryRetract(&socket->Output._send, socket->Loop))
            outcome = SendNow(socket);
        else if (RingOperation.TryTakeDone(&socket->Output._send, socket->Loop, out int result, out _))
            outcome = OutcomeOf(socket, result);
        else
            return false;

        SocketWriter.Settled(core, outcome.Sent, outcome.Error, outcome.HasRoom);
        return true;
    }

    /// <summary>See <see cref="SocketBackend.SendFile"/>.</summary>
    internal static int SendFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent)
    {
        RingSocket* socket = RingSocket.Of(core);
        int result = PosixTransfer.SendFile(core, file, offset, length, sent);
        return socket == null ? result : AwaitRoom(socket, result, *sent, length);
    }

    internal static bool IsUnderWay(RingSocket* socket) =>
        socket->Output._send.IsUnderWay || socket->Output._room.IsUnderWay;

    /// <summary>The loop has another thread.</summary>
    internal static void Resume(RingSocket* socket)
    {
        if (socket->Core->SendState == SendState.Blocked)
            WatchRoom(socket);
    }

    /// <summary>The socket is detached. A send goes on to its end, and is with the kernel by now.</summary>
    internal static void End(RingSocket* socket)
    {
        if (socket->Output._send.IsUnderWay && IoUringLoop.HasRing(socket->Loop))
            Ring.Submit(&socket->Loop->Ring);
        RingOperation.Cancel(&socket->Output._room, socket->Loop);
    }

    private struct Outcome
    {
        internal nuint Sent;
        internal int Error;
        internal bool HasRoom;
    }

    private static int AwaitRoom(RingSocket* socket, int result, nuint sent, nuint total)
    {
        socket->Output._isFull = result == SocketResult.WouldBlock || (result == AWS_ERROR_SUCCESS && sent < total);
        if (socket->Output._isFull)
            WatchRoom(socket);
        return result;
    }

    // Edge by edge, and for good: a system that is short of memory takes nothing while a poll says that there is room,
    // so that one which looks at the present state each time would never rest.
    private static void WatchRoom(RingSocket* socket)
    {
        RingOutput* output = &socket->Output;
        if (output->_room.IsUnderWay || socket->Core == null || !IoUringLoop.HasRing(socket->Loop))
            return;

        io_uring_sqe* entry = RingOperation.Queue(&output->_room, socket->Loop, &OnRoom);
        entry->opcode = IORING_OP_POLL_ADD;
        entry->fd = RingSocket.DescriptorOf(socket);
        entry->len = IORING_POLL_ADD_MULTI;
        entry->op_flags = RingEvents.Of(SocketEvents.Writable);
    }

    private static void OnRoom(RingOperation* operation, int result, uint flags)
    {
        RingSocket any;
        RingSocket* socket = (RingSocket*)((byte*)operation - ((byte*)&any.Output._room - (byte*)&any));
        if (socket->Core == null)
        {
            RingSocket.FreeIfHome(socket);
            return;
        }

        if (IoUringLoop.IsEnding(socket->Loop))
            return;
        if ((flags & IORING_CQE_F_MORE) == 0 && socket->Core->SendState == SendState.Blocked)
            WatchRoom(socket);
        RingSocket.Report(socket, SocketEvents.Writable);
    }

    private static void OnSent(RingOperation* operation, int result, uint flags)
    {
        RingSocket any;
        RingSocket* socket = (RingSocket*)((byte*)operation - ((byte*)&any.Output._send - (byte*)&any));
        SocketCore* core = socket->Output._core;
        Outcome outcome = OutcomeOf(socket, result);
        RingSocket.FreeIfHome(socket);
        SocketWriter.Sent(core, outcome.Sent, outcome.Error, outcome.HasRoom);
    }

    // What was queued is a call of its own now.
    private static Outcome SendNow(RingSocket* socket)
    {
        RingOutput* output = &socket->Output;
        SocketCore* core = output->_core;
        bool isOne = output->_message.msg_iov == null;
        nuint sent = 0;
        int result = PosixTransfer.Send(
            core,
            isOne ? &output->_piece : (SendPiece*)output->_message.msg_iov,
            isOne ? 1 : (int)output->_message.msg_iovlen,
            &sent);
        output->_core = null;
        AwaitRoom(socket, result, sent, output->_total);
        return new Outcome { Sent = sent, Error = int.Max(result, 0), HasRoom = !output->_isFull };
    }

    private static Outcome OutcomeOf(RingSocket* socket, int result)
    {
        RingOutput* output = &socket->Output;
        SocketCore* core = output->_core;
        output->_core = null;
        bool isRefused = result < 0 && -result is not (Libc.EAGAIN or Libc.EINTR or ECANCELED);
        if (isRefused)
        {
            core->HasMetReset |= result == -Libc.ECONNRESET;
            Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: sending failed with errno {-result}");
            return new Outcome { Error = PosixErrors.FromTransferErrno(-result), HasRoom = true };
        }

        nuint sent = (nuint)int.Max(result, 0);
        bool hasRoom = sent == output->_total;
        output->_isFull = !hasRoom;
        if (!hasRoom)
            WatchRoom(socket);
        return new Outcome { Sent = sent, HasRoom = hasRoom };
    }
}
