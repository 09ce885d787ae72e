// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// Gives a program's function the datagrams that have come, on the loop's thread. Many at once leave the loop to others
/// after some: a task goes on.
/// </summary>
internal static unsafe class DatagramReader
{
    private const int MaxRounds = 4;
    private const int Pieces = 16;
    private const int PieceSize = 64 * 1024;

    /// <summary>
    /// Room for the datagrams of one call, which all sockets of a loop have in common; the system gives memory only to
    /// what is used of it.
    /// </summary>
    private struct Room
    {
        // First, so that the entry's address is that of the whole.
        internal aws_event_loop_local_object Entry;
        internal bool IsInUse;
        internal fixed byte Bytes[Pieces * PieceSize];
    }

    // Its address is the key, which no other literal shares.
    private static void* Key => Literal.Of("DatagramReader.Room"u8);

    /// <summary>Has what is there read soon.</summary>
    internal static void Schedule(DatagramSocket* socket)
    {
        if (socket->Options.on_datagram == null || socket->IsReading)
            return;
        socket->IsReading = true;
        IdTable.Acquire(&socket->Member.Object);
        ScheduledTask.Init(&socket->ReadTask, &OnTask, socket, Literal.Of("reseau_datagram_read"u8));
        EventLoop.ScheduleTaskNow(socket->Member.Object.Loop, &socket->ReadTask);
    }

    /// <summary>The socket leaves its loop.</summary>
    internal static void Cancel(DatagramSocket* socket)
    {
        if (socket->IsReading)
            EventLoop.CancelTask(socket->Member.Object.Loop, &socket->ReadTask);
    }

    internal static void Read(DatagramSocket* socket)
    {
        Room* room = RoomOf(socket->Member.Object.Loop);
        if (room == null || room->IsInUse)
        {
            Schedule(socket);
            return;
        }

        IdTable.Acquire(&socket->Member.Object);
        room->IsInUse = true;
        bool mayBeMore = true;
        for (int i = 0; i < MaxRounds && mayBeMore; i++)
            mayBeMore = ReadSome(socket, room->Bytes);
        room->IsInUse = false;
        if (mayBeMore)
            Schedule(socket);
        IdTable.Release(&socket->Member.Object);
    }

    // False if nothing more is to be read for now.
    private static bool ReadSome(DatagramSocket* socket, byte* room)
    {
        if (socket->Member.HasLeft || Volatile.Read(ref socket->IsPaused) != 0)
            return false;

        DatagramPiece* pieces = stackalloc DatagramPiece[Pieces];
        for (int i = 0; i < Pieces; i++)
            pieces[i] = new DatagramPiece { Data = room + (i * PieceSize), Length = PieceSize };
        int received = 0;
        int error = socket->Core->Backend->Datagrams->Receive(socket->Core, pieces, Pieces, &received);

        // An error is that of a datagram that was sent before; there may be others behind it.
        if (error != AWS_ERROR_SUCCESS)
            return error != SocketResult.WouldBlock;
        for (int i = 0; i < received; i++)
        {
            if (!DeliverAll(socket, &pieces[i]))
                return false;
        }

        return true;
    }

    // Those that the system has joined come one by one.
    private static bool DeliverAll(DatagramSocket* socket, DatagramPiece* piece)
    {
        if (piece->SegmentSize == 0)
            return Deliver(socket, piece);
        DatagramPiece one = *piece;
        byte* end = piece->Data + piece->Length;
        for (; one.Data < end; one.Data += piece->SegmentSize)
        {
            one.Length = nuint.Min((nuint)piece->SegmentSize, (nuint)(end - one.Data));
            if (!Deliver(socket, &one))
                return false;
        }

        return true;
    }

    private static bool Deliver(DatagramSocket* socket, DatagramPiece* piece)
    {
        if (!LoopMember.TryEnterCallback(&socket->Member))
            return false;
        reseau_datagram datagram = new()
        {
            data = piece->Data,
            length = piece->Length,
            capacity = PieceSize,
            ip = ReseauIp.Of(&piece->Ip),
            port = piece->Port,
            is_truncated = piece->IsTruncated ? 1 : 0,
        };
        socket->Options.on_datagram(socket->Member.Object.Id, &datagram, socket->Options.state);
        return LoopMember.ExitCallback(&socket->Member);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        DatagramSocket* socket = (DatagramSocket*)argument;
        socket->IsReading = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
            Read(socket);
        IdTable.Release(&socket->Member.Object);
    }

    // NULL if there is none.
    private static Room* RoomOf(aws_event_loop* loop)
    {
        aws_event_loop_local_object* found = EventLoop.FindLocalObject(loop, Key);
        if (found != null)
            return (Room*)found;

        Room* room = (Room*)Allocator.Acquire(Allocator.Default(), (nuint)sizeof(Room));
        room->Entry = default;
        room->Entry.key = Key;
        room->Entry.@object = room;
        room->Entry.on_object_removed = &OnLoopGone;
        room->IsInUse = false;
        if (EventLoop.PutLocalObject(loop, &room->Entry) == AWS_OP_SUCCESS)
            return room;
        Allocator.Release(Allocator.Default(), room);
        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void OnLoopGone(aws_event_loop_local_object* entry) =>
        Allocator.Release(Allocator.Default(), entry);
}
