// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;
using static Reseau.Native.Interop.Windows.Winsock;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// Sending: what the system takes at once is sent by the time the call returns; the first part that it does not is
/// under way. It is one block for the life of the socket, unless the system still has it at the end.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WinSend
{
    /// <summary>
    /// What the system gets at once of a stream, at most. Only when all of it has gone is known that some has, and by
    /// that a connection's end distinguishes a slow peer from one that takes nothing: then it gets less.
    /// </summary>
    private const nuint MaxPart = 64 * 1024;
    private const nuint MaxPartAtEnd = 8 * 1024;

    /// <summary>The same of a file.</summary>
    private const nuint MaxPartOfFile = 256 * 1024;

    private IocpOperation _operation;
    private aws_allocator* _allocator;

    /// <summary>NULL once the socket has left it.</summary>
    private WinSocket* _socket;

    /// <summary>Whose send is under way; it is held until it is over.</summary>
    private SocketCore* _core;

    /// <summary>Bytes that had gone before it was under way.</summary>
    private nuint _before;

    /// <summary>See <see cref="SocketBackend.Send"/>.</summary>
    internal static int Start(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        WinSocket* socket = WinSocket.Of(core);
        WinSend* send = Of(socket, core);
        WSABUF* buffers = stackalloc WSABUF[SendStage.MaxPieces];
        Position position = new() { Piece = pieces, Left = count };
        nuint total = 0;
        do
        {
            int filled = socket->Kind == WinSocketKind.Datagram
                ? FillAll(pieces, count, buffers)
                : FillPart(&position, PartOf(core), socket->Kind == WinSocketKind.Pipe ? 1 : count, buffers);
            uint taken = 0;
            int error = Begin(socket, send, buffers, filled, &taken);
            if (error != 0)
                return Stop(core, send, error, total, sent);
            total += taken;

            // Of a plain call the system may have taken a part.
            if (taken < LengthOf(buffers, filled))
                break;
        }
        while (socket->Kind != WinSocketKind.Datagram && position.Left > 0);

        *sent = total;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>See <see cref="SocketBackend.SendFile"/>.</summary>
    internal static int StartFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (socket->Kind != WinSocketKind.Stream)
            return AWS_ERROR_UNSUPPORTED_OPERATION;

        WinSend* send = Of(socket, core);
        nuint total = 0;
        while (total < length)
        {
            nuint part = nuint.Min(length - total, core->LingersAfterClose ? MaxPartAtEnd : MaxPartOfFile);
            part = nuint.Min(part, BytesFrom(file, offset + total));
            if (part == 0)
            {
                *sent = total;
                return AWS_IO_STREAM_READ_FAILED;
            }

            uint taken = 0;
            int error = BeginFile(socket, send, file, offset + total, (uint)part, &taken);
            if (error != 0)
                return Stop(core, send, error, total, sent);
            total += taken;
        }

        *sent = total;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>See <see cref="SocketBackend.AbandonSend"/>.</summary>
    internal static void Abandon(nint handle)
    {
        WinSend* send = ((WinSocket*)handle)->Send;
        if (send != null)
            IocpOperation.Cancel(&send->_operation);
    }

    /// <summary>The handle is closed: what is under way comes back by itself.</summary>
    internal static void Orphan(WinSocket* socket)
    {
        WinSend* send = socket->Send;
        if (send == null)
            return;

        socket->Send = null;
        send->_socket = null;
        if (IocpOperation.IsUnderWay(&send->_operation))
            IocpOperation.Cancel(&send->_operation);
        else
            Allocator.Release(send->_allocator, send);
    }

    private static WinSend* Of(WinSocket* socket, SocketCore* core)
    {
        if (socket->Send != null)
            return socket->Send;

        WinSend* send = Allocator.New<WinSend>(core->Loop->alloc);
        send->_allocator = core->Loop->alloc;
        send->_socket = socket;
        socket->Send = send;
        return send;
    }

    /// <summary>What of the pieces is still to be handed over.</summary>
    private struct Position
    {
        internal SendPiece* Piece;
        internal int Left;
        internal nuint Offset;
    }

    private static nuint PartOf(SocketCore* core) => core->LingersAfterClose ? MaxPartAtEnd : MaxPart;

    private static int FillAll(SendPiece* pieces, int count, WSABUF* buffers)
    {
        for (int i = 0; i < count; i++)
        {
            buffers[i].buf = pieces[i].Data;
            buffers[i].len = (uint)nuint.Min(pieces[i].Length, int.MaxValue);
        }

        return count;
    }

    private static int FillPart(Position* position, nuint room, int most, WSABUF* buffers)
    {
        int filled = 0;
        while (position->Left > 0 && filled < most && room > 0)
        {
            nuint part = nuint.Min(position->Piece->Length - position->Offset, room);
            buffers[filled].buf = position->Piece->Data + position->Offset;
            buffers[filled].len = (uint)part;
            filled++;
            room -= part;
            position->Offset += part;
            if (position->Offset < position->Piece->Length)
                continue;

            position->Piece++;
            position->Left--;
            position->Offset = 0;
        }

        return filled;
    }

    // 0, with the number of bytes, or the system's error: ERROR_IO_PENDING if a packet comes.
    private static int Begin(WinSocket* socket, WinSend* send, WSABUF* buffers, int count, uint* taken)
    {
        if (!IocpOperation.TryBegin(&send->_operation, socket->Port, socket->Handle, &OnDone))
            return SendAtOnce(socket, buffers, count, taken);

        OVERLAPPED* overlapped = &send->_operation.Overlapped;
        bool isDone = socket->Kind == WinSocketKind.Pipe
            ? Kernel32.WriteFile(socket->Handle, buffers->buf, buffers->len, taken, overlapped) != 0
            : WSASend(socket->Handle, buffers, (uint)count, taken, 0, overlapped, null) == 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone && !socket->SkipsPackets)
            error = Iocp.ERROR_IO_PENDING;
        if (error != Iocp.ERROR_IO_PENDING)
            IocpOperation.NoPacket(&send->_operation);
        return error;
    }

    // The loop ends and begins no operation any more: what the system takes at once still goes, by a plain call.
    private static int SendAtOnce(WinSocket* socket, WSABUF* buffers, int count, uint* taken)
    {
        if (socket->Kind == WinSocketKind.Pipe)
            return ERROR_OPERATION_ABORTED;
        if (WSASend(socket->Handle, buffers, (uint)count, taken, 0, null, null) == 0)
            return 0;

        int error = Iocp.LastError;
        *taken = 0;
        return error == WSAEWOULDBLOCK ? 0 : error;
    }

    private static nuint LengthOf(WSABUF* buffers, int count)
    {
        nuint length = 0;
        for (int i = 0; i < count; i++)
            length += buffers[i].len;
        return length;
    }

    private static int BeginFile(WinSocket* socket, WinSend* send, int file, ulong offset, uint length, uint* taken)
    {
        if (!IocpOperation.TryBegin(&send->_operation, socket->Port, socket->Handle, &OnDone))
            return ERROR_OPERATION_ABORTED;

        OVERLAPPED* overlapped = &send->_operation.Overlapped;
        overlapped->Offset = offset;
        bool isDone = WinsockFunctions.Find(socket->Handle)->TransmitFile(
            socket->Handle, file, length, 0, overlapped, null, 0) != 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone && !socket->SkipsPackets)
            error = Iocp.ERROR_IO_PENDING;
        if (error == Iocp.ERROR_IO_PENDING)
            return error;

        *taken = (uint)overlapped->InternalHigh;
        IocpOperation.NoPacket(&send->_operation);
        return error;
    }

    // What is behind the end cannot be asked for: how that ends is said nowhere.
    private static nuint BytesFrom(int file, ulong offset) =>
        Files.StatusOf(file, out Files.Status status) == 0 && offset < (ulong)status.Size
            ? (nuint)((ulong)status.Size - offset)
            : 0;

    // A part was not taken at once: it is under way, or has failed. Something had gone before: that is the answer then,
    // and the next call gets the error.
    private static int Stop(SocketCore* core, WinSend* send, int error, nuint total, nuint* sent)
    {
        if (error == Iocp.ERROR_IO_PENDING)
        {
            send->_core = core;
            send->_before = total;
            return SocketResult.Pending;
        }

        if (total > 0)
        {
            *sent = total;
            WinsockEvents.ReportSoon(send->_socket, SocketEvents.Writable);
            return AWS_ERROR_SUCCESS;
        }

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: sending failed with error {error}");
        return WinsockErrors.FromTransferError(error);
    }

    private static void OnDone(IocpOperation* operation)
    {
        WinSend* send = (WinSend*)operation;
        SocketCore* core = send->_core;
        nuint sent = send->_before + operation->Bytes;
        int error = WinsockErrors.FromTransferStatus(operation->Status);
        send->_core = null;

        // A loop that ends has taken it back: it is as if there were no room, and what waits is the close's to report.
        // A datagram has its own result, and was not sent.
        bool isTakenBack = send->_socket != null && IocpPort.IsEnding(send->_socket->Port) &&
            send->_socket->Kind != WinSocketKind.Datagram && operation->Status == IocpOperation.Cancelled;
        if (send->_socket == null)
            Allocator.Release(send->_allocator, send);
        SocketWriter.Sent(core, sent, isTakenBack ? AWS_ERROR_SUCCESS : error, hasRoom: !isTakenBack);
    }
}
