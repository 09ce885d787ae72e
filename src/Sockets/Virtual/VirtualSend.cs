// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// A send that is under way: it has pieces of the socket's, whose memory it reads as the peer makes room, until a task
/// of the loop reports its end.
/// </summary>
internal unsafe struct VirtualSend
{
    private aws_task _task;
    private aws_allocator* _allocator;
    private aws_event_loop* _loop;
    private SocketCore* _core;

    /// <summary>NULL once the handle is closed.</summary>
    private VirtualSocket* _socket;
    private fixed ulong _pieces[SendStage.MaxPieces * 2];
    private int _count;
    private int _current;

    /// <summary>Bytes that it may still send; it is done without the others.</summary>
    private nuint _limit;
    private nuint _sent;
    private int _error;
    private bool _isDone;

    internal static int Start(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        if (socket->IsStream && VirtualTransfer.CannotSend(socket))
            return AWS_IO_SOCKET_CLOSED;

        VirtualSend* send = Allocator.New<VirtualSend>(socket->Network->Allocator);
        send->_allocator = socket->Network->Allocator;
        send->_loop = core->Loop;
        send->_core = core;
        send->_socket = socket;
        send->_limit = socket->Network->MaxSend;
        send->_count = count;
        for (int i = 0; i < count; i++)
            PiecesOf(send)[i] = pieces[i];
        socket->SendUnderWay = send;
        if (socket->IsStream)
        {
            Progress(socket);
        }
        else
        {
            send->_sent = VirtualDatagram.Send(socket, pieces, count);
            Complete(send, AWS_ERROR_SUCCESS, 0);
        }

        return SocketResult.Pending;
    }

    /// <summary>Bytes that have been taken and not reported.</summary>
    internal static nuint ProgressOf(nint handle)
    {
        VirtualSend* send = ((VirtualSocket*)handle)->SendUnderWay;
        return send == null ? 0 : send->_sent;
    }

    /// <summary>There may be room for more, or no peer any longer.</summary>
    internal static void Progress(VirtualSocket* socket)
    {
        VirtualSend* send = socket->SendUnderWay;
        if (send == null || send->_isDone)
            return;

        while (!IsOver(socket) && send->_current < send->_count && send->_limit > 0)
        {
            SendPiece* piece = &PiecesOf(send)[send->_current];
            nuint taken = VirtualStream.Take(socket, piece->Data, nuint.Min(piece->Length, send->_limit));
            piece->Data += taken;
            piece->Length -= taken;
            send->_limit -= taken;
            send->_sent += taken;
            if (piece->Length == 0)
                send->_current++;
            else if (taken == 0)
                return;
        }

        Complete(send, IsOver(socket) ? AWS_IO_SOCKET_CLOSED : AWS_ERROR_SUCCESS, 0);
    }

    private static bool IsOver(VirtualSocket* socket) => socket->IsReset || socket->HasNoReader;

    /// <summary>The handle is closed: what has not been taken until now will not be.</summary>
    internal static void Abort(VirtualSocket* socket)
    {
        VirtualSend* send = socket->SendUnderWay;
        if (send == null)
            return;

        socket->SendUnderWay = null;
        send->_socket = null;
        if (!send->_isDone)
            Complete(send, AWS_IO_SOCKET_CLOSED, socket->Network->AbortNanoseconds);
    }

    private static SendPiece* PiecesOf(VirtualSend* send) => (SendPiece*)send->_pieces;

    private static void Complete(VirtualSend* send, int error, ulong delay)
    {
        if (send->_isDone)
            return;

        send->_isDone = true;
        send->_error = error;
        ScheduledTask.Init(&send->_task, &Report, send, Literal.Of("virtual_send"u8));
        ulong now = 0;
        EventLoop.CurrentClockTime(send->_loop, &now);
        EventLoop.ScheduleTaskFuture(send->_loop, &send->_task, delay == 0 ? 0 : now + delay);
    }

    private static void Report(aws_task* task, void* argument, aws_task_status status)
    {
        VirtualSend* send = (VirtualSend*)argument;
        SocketCore* core = send->_core;
        nuint sent = send->_sent;
        int error = send->_error;
        if (send->_socket != null)
            send->_socket->SendUnderWay = null;
        Allocator.Release(send->_allocator, send);
        SocketWriter.Sent(core, sent, error);
    }
}
