// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Sockets.Virtual;

/// <summary>
/// A receive that is under way: it has buffers of the consumer's and fills them once something has come, or has come to
/// its end without. Then it waits to be asked for them.
/// </summary>
internal unsafe struct VirtualReceive
{
    private aws_task _task;
    private aws_allocator* _allocator;
    private ReceiveSource* _source;
    private fixed ulong _buffers[ReceiveBatch.MaxBuffers * 3];

    /// <summary>Buffers that have not been handed out, from the first of them on.</summary>
    private int _first;
    private int _count;
    private nuint _received;
    private int _result;
    private bool _isDone;

    /// <summary>
    /// Hands out what the last receive has brought; if there was none, starts one with buffers of the batch.
    /// </summary>
    internal static int Receive(SocketCore* core, ReceiveBatch* batch)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        VirtualReceive* receive = socket->ReceiveUnderWay;
        batch->Count = 0;
        batch->Received = 0;
        batch->Offered = 0;
        batch->IsDrained = false;
        if (receive == null)
            return Start(core, batch);
        if (!receive->_isDone)
            return SocketResult.WouldBlock;
        if (receive->_received > 0 || !socket->IsStream)
            return HandOut(socket, receive, batch);

        Free(socket, receive);
        return VirtualTransfer.OnNothing(core);
    }

    /// <summary>The same for memory that is lent inside the call: what has been brought is copied.</summary>
    internal static int ReceiveInto(SocketCore* core, byte* into, nuint size, nuint* amount)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        VirtualReceive* receive = socket->ReceiveUnderWay;
        if (receive == null)
            return VirtualTransfer.ReceiveInto(core, into, size, amount);
        if (!receive->_isDone)
            return SocketResult.WouldBlock;
        if (receive->_received == 0)
        {
            Free(socket, receive);
            return VirtualTransfer.ReceiveInto(core, into, size, amount);
        }

        CopyOut(socket, receive, into, size, amount);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>See <see cref="SocketBackend.HasInput"/>.</summary>
    internal static bool HasInput(SocketCore* core)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        return IsDone(socket) || !VirtualTransfer.IsEmpty(socket);
    }

    /// <summary>Whether there is something to hand out.</summary>
    internal static bool IsDone(VirtualSocket* socket) =>
        socket->ReceiveUnderWay != null && socket->ReceiveUnderWay->_isDone;

    /// <summary>Something may have come.</summary>
    internal static void Progress(VirtualSocket* socket)
    {
        VirtualReceive* receive = socket->ReceiveUnderWay;
        if (receive == null || receive->_isDone)
            return;

        if (!socket->IsStream)
        {
            receive->_result = VirtualDatagram.Take(
                socket, BuffersOf(receive), receive->_count, &receive->_received);
            receive->_isDone = receive->_result != SocketResult.WouldBlock;
        }
        else
        {
            receive->_received = VirtualTransfer.FromStream(socket, BuffersOf(receive), receive->_count);
            receive->_isDone = receive->_received > 0 || VirtualStream.HasEnd(socket);
        }

        if (receive->_isDone)
            VirtualSocket.Raise(socket, SocketEvents.Readable);
    }

    /// <summary>Throws away what has been brought and not handed out.</summary>
    internal static void Discard(VirtualSocket* socket)
    {
        VirtualReceive* receive = socket->ReceiveUnderWay;
        if (receive != null && receive->_isDone)
            Free(socket, receive);
    }

    /// <summary>The handle is closed: the buffers go back later, as if the system still had them.</summary>
    internal static void Abort(VirtualSocket* socket)
    {
        VirtualReceive* receive = socket->ReceiveUnderWay;
        if (receive == null)
            return;

        socket->ReceiveUnderWay = null;
        ScheduledTask.Init(&receive->_task, &ReturnLate, receive, Literal.Of("virtual_receive"u8));
        ulong now = 0;
        ulong delay = socket->Network->AbortNanoseconds;
        EventLoop.CurrentClockTime(socket->Loop, &now);
        EventLoop.ScheduleTaskFuture(socket->Loop, &receive->_task, delay == 0 ? 0 : now + delay);
    }

    private static ReceiveBuffer* BuffersOf(VirtualReceive* receive) => (ReceiveBuffer*)receive->_buffers;

    private static int Start(SocketCore* core, ReceiveBatch* batch)
    {
        VirtualSocket* socket = VirtualSocket.Of(core);
        ReceiveBatch.AcquireBuffers(batch);
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        VirtualReceive* receive = Allocator.New<VirtualReceive>(socket->Network->Allocator);
        receive->_allocator = socket->Network->Allocator;
        receive->_source = batch->Source;
        receive->_count = batch->Count;
        for (int i = 0; i < batch->Count; i++)
            BuffersOf(receive)[i] = batch->Buffers[i];
        batch->Count = 0;
        batch->Offered = 0;
        socket->ReceiveUnderWay = receive;

        // What is there is brought at once, and still is not for this call to hand out.
        Progress(socket);
        if (receive->_isDone && socket->IsStream)
            VirtualStream.MadeRoom(socket);
        return SocketResult.WouldBlock;
    }

    private static int HandOut(VirtualSocket* socket, VirtualReceive* receive, ReceiveBatch* batch)
    {
        while (receive->_count > 0 && batch->Count < batch->Limit && receive->_received > 0)
        {
            ReceiveBuffer* buffer = &batch->Buffers[batch->Count++];
            *buffer = BuffersOf(receive)[receive->_first++];
            receive->_count--;
            batch->Offered += buffer->Length;
            buffer->Length = nuint.Min(buffer->Length, receive->_received);
            batch->Received += buffer->Length;
            receive->_received -= buffer->Length;
        }

        int result = receive->_result;
        if (receive->_received == 0)
            Free(socket, receive);
        return result;
    }

    private static void CopyOut(
        VirtualSocket* socket, VirtualReceive* receive, byte* into, nuint size, nuint* amount)
    {
        while (size > 0 && receive->_received > 0)
        {
            ReceiveBuffer* buffer = &BuffersOf(receive)[receive->_first];
            nuint there = nuint.Min(buffer->Length, receive->_received);
            nuint part = nuint.Min(there, size);
            NativeMemory.Copy(buffer->Data, into, part);
            into += part;
            size -= part;
            *amount += part;
            receive->_received -= part;
            if (part < there)
            {
                NativeMemory.Copy(buffer->Data + part, buffer->Data, there - part);
                buffer->Length = there - part;
                break;
            }

            receive->_source->Return(buffer);
            receive->_first++;
            receive->_count--;
        }

        if (receive->_received == 0)
            Free(socket, receive);
    }

    private static void Free(VirtualSocket* socket, VirtualReceive* receive)
    {
        socket->ReceiveUnderWay = null;
        if (socket->IsStream && socket->In.Count == 0 && !VirtualStream.HasEnd(socket))
            VirtualSocket.Lower(socket, SocketEvents.Readable);
        Return(receive);
    }

    private static void Return(VirtualReceive* receive)
    {
        for (int i = 0; i < receive->_count; i++)
            receive->_source->Return(&BuffersOf(receive)[receive->_first + i]);
        Allocator.Release(receive->_allocator, receive);
    }

    private static void ReturnLate(aws_task* task, void* argument, aws_task_status status) =>
        Return((VirtualReceive*)argument);
}
