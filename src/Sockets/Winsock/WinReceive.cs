// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// What a socket receives. One operation is under way, of two kinds: with buffers of the consumer's, which are filled
/// before it knows of them; or, for a consumer that brings its memory with each call, a watch: of zero bytes for a
/// stream, and for a datagram, which that would cut off, into a buffer of our own (MSG_PEEK is not for overlapped
/// sockets). It is one block for the life of the socket, unless the system still has it at the end.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WinReceive
{
    private const nuint DatagramSize = 64 * 1024;
    private const int ReadableAndEnd = SocketEvents.Readable | (int)AWS_IO_EVENT_TYPE_REMOTE_HANG_UP;

    private static nint s_overflow;

    private IocpOperation _operation;
    private aws_allocator* _allocator;

    /// <summary>NULL once the socket has left it.</summary>
    private WinSocket* _socket;
    private ReceiveSource* _source;
    private fixed ulong _buffers[ReceiveBatch.MaxBuffers * 3];

    /// <summary>Buffers that are not the consumer's, from the first of them on.</summary>
    private int _first;
    private int _count;
    private nuint _offered;

    /// <summary>Bytes in them, or in the datagram, that were not handed out.</summary>
    private nuint _received;

    /// <summary>What a watch for datagrams receives into.</summary>
    private byte* _datagram;
    private bool _hasDatagram;
    private uint _flags;

    // ---- Contract ----

    /// <summary>See <see cref="SocketBackend.Receive"/>.</summary>
    internal static int Receive(SocketCore* core, ReceiveBatch* batch)
    {
        WinSocket* socket = WinSocket.Of(core);
        WinReceive* receive = Of(socket, core);
        batch->Count = 0;
        batch->Received = 0;
        batch->Offered = 0;
        batch->IsDrained = false;
        if (IocpOperation.IsUnderWay(&receive->_operation))
            return SocketResult.WouldBlock;
        if (receive->_hasDatagram)
            return HandOutDatagram(receive, batch);
        if (receive->_count > 0)
            return HandOut(socket, receive, batch);
        return HasEnded(socket) ? OnEnd(core, socket) : Start(core, socket, receive, batch);
    }

    /// <summary>See <see cref="SocketBackend.ReceiveInto"/>.</summary>
    internal static int ReceiveInto(SocketCore* core, byte* into, nuint size, nuint* amount)
    {
        WinSocket* socket = WinSocket.Of(core);
        WinReceive* receive = Of(socket, core);
        if (IocpOperation.IsUnderWay(&receive->_operation))
            return SocketResult.WouldBlock;
        if (size == 0)
            return AWS_ERROR_SUCCESS;
        if (receive->_hasDatagram || receive->_count > 0)
            return CopyOut(socket, receive, into, size, amount);
        if (HasEnded(socket))
            return OnEnd(core, socket);

        int received = socket->Kind == WinSocketKind.Pipe
            ? ReadPipe(receive, socket, into, size)
            : recv(socket->Handle, into, (int)nuint.Min(size, int.MaxValue), 0);
        return received > 0 || (received == 0 && socket->Kind == WinSocketKind.Datagram)
            ? Took(received, amount)
            : OnNothing(core, socket, received, size, amount);
    }

    /// <summary>
    /// See <see cref="SocketBackend.HoldsInput"/>. What an operation has received counts before its packet has come;
    /// the watch of a stream takes nothing from the system.
    /// </summary>
    internal static bool HoldsInput(SocketCore* core)
    {
        WinReceive* receive = SocketCore.IsOpen(core) ? WinSocket.Of(core)->Receive : null;
        if (receive == null)
            return false;
        return IocpOperation.IsUnderWay(&receive->_operation)
            ? IocpOperation.IsDone(&receive->_operation) && receive->_operation.Overlapped.InternalHigh > 0
            : receive->_hasDatagram || (receive->_count > 0 && receive->_received > 0);
    }

    /// <summary>
    /// See <see cref="SocketBackend.HasInput"/>. What is done has a packet on its way; what has not begun cannot say.
    /// </summary>
    internal static bool HasInput(SocketCore* core)
    {
        if (!SocketCore.IsOpen(core))
            return false;
        WinReceive* receive = WinSocket.Of(core)->Receive;
        return receive == null || !IocpOperation.IsUnderWay(&receive->_operation) ||
            IocpOperation.IsDone(&receive->_operation);
    }

    /// <summary>See <see cref="SocketBackend.Discard"/>.</summary>
    internal static bool Discard(nint handle)
    {
        const int most = 16;
        const int size = 16 * 1024;
        WinSocket* socket = (WinSocket*)handle;
        WinReceive* receive = socket->Receive;
        if (receive != null && IocpOperation.IsUnderWay(&receive->_operation))
            return false;
        if (receive != null)
        {
            ReturnBuffers(receive);
            receive->_hasDatagram = false;
        }

        if (HasEnded(socket) || socket->Handle == SocketCore.NoHandle)
            return true;

        byte* nowhere = stackalloc byte[size];
        int count = 1;
        for (int i = 0; i < most && count > 0; i++)
            count = socket->Kind == WinSocketKind.Pipe
                ? receive == null ? -1 : ReadPipe(receive, socket, nowhere, size)
                : recv(socket->Handle, nowhere, size, 0);
        return count == 0 || (count < 0 && Iocp.LastError is not (WSAEWOULDBLOCK or ERROR_MORE_DATA));
    }

    /// <summary>
    /// Has the loop report when there is something, unless an operation that will is under way. The socket is attached.
    /// </summary>
    internal static void Watch(WinSocket* socket)
    {
        WinReceive* receive = Of(socket, socket->Core);
        if (IocpOperation.IsUnderWay(&receive->_operation) || receive->_count > 0 || receive->_hasDatagram ||
            HasEnded(socket))
            return;

        bool isDatagram = socket->Kind == WinSocketKind.Datagram;
        if (isDatagram && receive->_datagram == null)
            receive->_datagram = (byte*)Allocator.Acquire(receive->_allocator, DatagramSize);
        WSABUF buffer = new() { buf = (byte*)receive };
        if (isDatagram)
            buffer = new WSABUF { buf = receive->_datagram, len = (uint)DatagramSize };
        uint received = 0;
        int error = Begin(socket, receive, &buffer, 1, &received);
        if (error == Iocp.ERROR_IO_PENDING)
            return;

        Conclude(socket, receive, received, WinsockErrors.FromTransferError(error));
        WinsockEvents.ReportSoon(socket, HasEnded(socket) ? ReadableAndEnd : SocketEvents.Readable);
    }

    /// <summary>Nothing is reported any more. An operation that is under way frees itself when it is back.</summary>
    internal static void Orphan(WinSocket* socket)
    {
        WinReceive* receive = socket->Receive;
        if (receive == null)
            return;

        socket->Receive = null;
        receive->_socket = null;
        if (IocpOperation.IsUnderWay(&receive->_operation))
            IocpOperation.Cancel(&receive->_operation);
        else
            Free(receive);
    }

    // ---- Operation ----

    private static int Start(SocketCore* core, WinSocket* socket, WinReceive* receive, ReceiveBatch* batch)
    {
        int limit = batch->Limit;
        if (socket->Kind == WinSocketKind.Pipe)
            batch->Limit = int.Min(limit, 1);
        ReceiveBatch.AcquireBuffers(batch);
        batch->Limit = limit;
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        WSABUF* buffers = stackalloc WSABUF[ReceiveBatch.MaxBuffers + 1];
        int count = Lend(socket, receive, batch, buffers);
        uint received = 0;
        int error = Begin(socket, receive, buffers, count, &received);
        if (error == Iocp.ERROR_IO_PENDING)
        {
            batch->Count = 0;
            batch->Offered = 0;
            return SocketResult.WouldBlock;
        }

        // The buffers are the batch's again.
        receive->_count = 0;
        ReceiveBatch.Keep(batch, nuint.Min(received, batch->Offered));
        socket->HasEnd |= error == 0 && received == 0 && socket->Kind == WinSocketKind.Stream;
        if (error != 0)
            Conclude(socket, receive, 0, WinsockErrors.FromTransferError(error));
        if (HasEnded(socket))
            return OnEnd(core, socket);
        return received > batch->Offered ? Truncated(received, batch->Offered) : Nothing(socket, received);
    }

    // The operation takes the buffers of the batch. A datagram that is longer than these goes on into nothing: one that
    // is cut off would be an error, of which the system does not say whether a packet follows.
    private static int Lend(WinSocket* socket, WinReceive* receive, ReceiveBatch* batch, WSABUF* buffers)
    {
        receive->_source = batch->Source;
        receive->_first = 0;
        receive->_count = batch->Count;
        receive->_offered = batch->Offered;
        for (int i = 0; i < batch->Count; i++)
        {
            BuffersOf(receive)[i] = batch->Buffers[i];
            buffers[i].buf = batch->Buffers[i].Data;
            buffers[i].len = (uint)nuint.Min(batch->Buffers[i].Length, int.MaxValue);
        }

        if (socket->Kind != WinSocketKind.Datagram)
            return batch->Count;
        buffers[batch->Count].buf = Overflow();
        buffers[batch->Count].len = (uint)DatagramSize;
        return batch->Count + 1;
    }

    // 0, with the number of bytes, or the system's error: ERROR_IO_PENDING if a packet comes.
    private static int Begin(WinSocket* socket, WinReceive* receive, WSABUF* buffers, int count, uint* received)
    {
        if (!IocpOperation.TryBegin(&receive->_operation, socket->Port, socket->Handle, &OnDone))
            return ERROR_OPERATION_ABORTED;

        receive->_flags = 0;
        OVERLAPPED* overlapped = &receive->_operation.Overlapped;
        bool isDone = socket->Kind == WinSocketKind.Pipe
            ? Kernel32.ReadFile(socket->Handle, buffers->buf, buffers->len, received, overlapped) != 0
            : WSARecv(socket->Handle, buffers, (uint)count, received, &receive->_flags, overlapped, null) == 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone && !socket->SkipsPackets)
            error = Iocp.ERROR_IO_PENDING;
        if (error != Iocp.ERROR_IO_PENDING)
            IocpOperation.NoPacket(&receive->_operation);
        return error;
    }

    private static void OnDone(IocpOperation* operation)
    {
        WinReceive* receive = (WinReceive*)operation;
        WinSocket* socket = receive->_socket;
        if (socket == null)
        {
            Free(receive);
            return;
        }

        int error = WinsockErrors.FromTransferStatus(operation->Status);
        Conclude(socket, receive, operation->Bytes, error);
        WinsockEvents.Report(socket, HasEnded(socket) ? ReadableAndEnd : SocketEvents.Readable);
    }

    // An operation is over, with so many bytes.
    private static void Conclude(WinSocket* socket, WinReceive* receive, uint received, int error)
    {
        bool isDatagram = socket->Kind == WinSocketKind.Datagram;
        bool hasBuffers = receive->_count > 0;
        receive->_received = received;
        if (error == AWS_ERROR_SUCCESS && isDatagram)
        {
            receive->_hasDatagram = !hasBuffers;
            return;
        }

        if (received > 0)
            return;

        // A watch of zero bytes does not know what it has seen.
        bool isEnd = socket->Kind == WinSocketKind.Stream && hasBuffers;
        ReturnBuffers(receive);
        if (error == AWS_ERROR_SUCCESS)
            socket->HasEnd |= isEnd;
        else if (socket->Kind == WinSocketKind.Pipe && error == AWS_IO_SOCKET_CLOSED)
            socket->HasEnd = true;
        else
            socket->ReceiveError = isDatagram && error == AWS_IO_SOCKET_CLOSED
                ? AWS_IO_SOCKET_CONNECTION_REFUSED
                : error;
    }

    // ---- Handing out ----

    private static int HandOut(WinSocket* socket, WinReceive* receive, ReceiveBatch* batch)
    {
        nuint left = nuint.Min(receive->_received, receive->_offered);
        bool isTruncated = receive->_received > receive->_offered;
        bool isDatagram = socket->Kind == WinSocketKind.Datagram;
        while (left > 0 && receive->_count > 0 && batch->Count < batch->Limit)
        {
            ReceiveBuffer* buffer = &batch->Buffers[batch->Count++];
            *buffer = BuffersOf(receive)[receive->_first++];
            receive->_count--;
            batch->Offered += buffer->Length;
            buffer->Length = nuint.Min(buffer->Length, left);
            batch->Received += buffer->Length;
            left -= buffer->Length;
        }

        receive->_received = left;
        receive->_offered = left;
        if (left > 0 && !isDatagram)
            return AWS_ERROR_SUCCESS;

        ReturnBuffers(receive);
        return isTruncated || left > 0 ? Truncated(receive->_received, batch->Received) : AWS_ERROR_SUCCESS;
    }

    private static int HandOutDatagram(WinReceive* receive, ReceiveBatch* batch)
    {
        ReceiveBatch.AcquireBuffers(batch);
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        nuint copied = 0;
        for (int i = 0; i < batch->Count && copied < receive->_received; i++)
        {
            nuint part = nuint.Min(batch->Buffers[i].Length, receive->_received - copied);
            NativeMemory.Copy(receive->_datagram + copied, batch->Buffers[i].Data, part);
            copied += part;
        }

        receive->_hasDatagram = false;
        ReceiveBatch.Keep(batch, copied);
        return copied < receive->_received ? Truncated(receive->_received, copied) : AWS_ERROR_SUCCESS;
    }

    private static int CopyOut(WinSocket* socket, WinReceive* receive, byte* into, nuint size, nuint* amount)
    {
        if (receive->_hasDatagram)
        {
            *amount = nuint.Min(size, receive->_received);
            NativeMemory.Copy(receive->_datagram, into, *amount);
            receive->_hasDatagram = false;
            return *amount < receive->_received ? Truncated(receive->_received, *amount) : AWS_ERROR_SUCCESS;
        }

        nuint left = nuint.Min(receive->_received, receive->_offered);
        bool isTruncated = receive->_received > receive->_offered;
        while (size > 0 && left > 0)
        {
            ReceiveBuffer* buffer = &BuffersOf(receive)[receive->_first];
            nuint there = nuint.Min(buffer->Length, left);
            nuint part = nuint.Min(there, size);
            NativeMemory.Copy(buffer->Data, into, part);
            into += part;
            size -= part;
            *amount += part;
            left -= part;
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

        receive->_received = left;
        receive->_offered = left;
        bool isDatagram = socket->Kind == WinSocketKind.Datagram;
        if (left == 0 || isDatagram)
            ReturnBuffers(receive);
        return isDatagram && (isTruncated || left > 0) ? Truncated(*amount + left, *amount) : AWS_ERROR_SUCCESS;
    }

    // ---- What a call finds ----

    private static int Took(int received, nuint* amount)
    {
        *amount = (nuint)received;
        return AWS_ERROR_SUCCESS;
    }

    private static int OnNothing(SocketCore* core, WinSocket* socket, int received, nuint size, nuint* amount)
    {
        int error = received == 0 ? 0 : Iocp.LastError;
        if (error is WSAEWOULDBLOCK or ERROR_MORE_DATA)
        {
            Watch(socket);
            return SocketResult.WouldBlock;
        }

        if (error == WSAEMSGSIZE && socket->Kind == WinSocketKind.Datagram)
        {
            *amount = size;
            return Truncated(size + 1, size);
        }

        WinReceive* receive = socket->Receive;
        if (received == 0)
            socket->HasEnd = true;
        else
            Conclude(socket, receive, 0, WinsockErrors.FromTransferError(error));
        return OnEnd(core, socket);
    }

    // -1 with ERROR_MORE_DATA if there is nothing yet. What is there is read without waiting.
    private static int ReadPipe(WinReceive* receive, WinSocket* socket, byte* into, nuint size)
    {
        uint available;
        if (PeekNamedPipe(socket->Handle, null, 0, null, &available, null) == 0)
            return -1;
        if (available > 0 && socket->Port != null && IocpPort.IsPrograms(socket->Port))
            return ReadWithoutPacket(socket, into, (uint)nuint.Min(size, available));
        if (available == 0 || socket->Port == null ||
            !IocpOperation.TryBegin(&receive->_operation, socket->Port, socket->Handle, &OnDone))
        {
            Kernel32.SetLastError(ERROR_MORE_DATA);
            return -1;
        }

        uint read = 0;
        IocpOperation* operation = &receive->_operation;
        bool isDone = Kernel32.ReadFile(
            socket->Handle, into, (uint)nuint.Min(size, available), &read, &operation->Overlapped) != 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone ? !socket->SkipsPackets : error == Iocp.ERROR_IO_PENDING)
        {
            // The memory is the caller's again after this call.
            IocpOperation.TakeBack(operation);
            read = operation->Bytes;
        }
        else
        {
            IocpOperation.NoPacket(operation);
        }

        if (read == 0)
            Kernel32.SetLastError((uint)(error is 0 or Iocp.ERROR_IO_PENDING ? ERROR_MORE_DATA : error));
        return read > 0 ? (int)read : -1;
    }

    private static int ReadWithoutPacket(WinSocket* socket, byte* into, uint size)
    {
        uint read;
        int error = IocpPort.ReadWithoutPacket(socket->Handle, into, size, &read);
        if (read > 0)
            return (int)read;

        Kernel32.SetLastError((uint)(error is 0 or ERROR_OPERATION_ABORTED ? ERROR_MORE_DATA : error));
        return -1;
    }

    private static bool HasEnded(WinSocket* socket) => socket->HasEnd || socket->ReceiveError != AWS_ERROR_SUCCESS;

    // The error of a datagram is said once, and says nothing about the next.
    private static int OnEnd(SocketCore* core, WinSocket* socket)
    {
        int error = socket->ReceiveError;
        if (socket->Kind == WinSocketKind.Datagram)
            socket->ReceiveError = AWS_ERROR_SUCCESS;
        if (!socket->HasEnd)
        {
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: reading failed with error {error}");
            return error;
        }

        if (!core->HasReadEnd)
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: end of stream");
        core->HasReadEnd = true;
        return AWS_IO_SOCKET_CLOSED;
    }

    // A write of zero bytes on the other side of a pipe is nothing.
    private static int Nothing(WinSocket* socket, uint received)
    {
        if (received == 0 && socket->Kind == WinSocketKind.Pipe)
            WinsockEvents.ReportSoon(socket, SocketEvents.Readable);
        return received == 0 && socket->Kind == WinSocketKind.Pipe ? SocketResult.WouldBlock : AWS_ERROR_SUCCESS;
    }

    private static int Truncated(nuint length, nuint room)
    {
        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"a datagram of {length} bytes was longer than the {room} bytes that there was room for");
        return SocketResult.Truncated;
    }

    // ---- Memory ----

    private static WinReceive* Of(WinSocket* socket, SocketCore* core)
    {
        if (socket->Receive != null)
            return socket->Receive;

        aws_allocator* allocator = core->Loop->alloc;
        WinReceive* receive = Allocator.New<WinReceive>(allocator);
        receive->_allocator = allocator;
        receive->_socket = socket;
        socket->Receive = receive;
        return receive;
    }

    private static ReceiveBuffer* BuffersOf(WinReceive* receive) => (ReceiveBuffer*)receive->_buffers;

    private static void ReturnBuffers(WinReceive* receive)
    {
        for (; receive->_count > 0; receive->_count--)
            receive->_source->Return(&BuffersOf(receive)[receive->_first++]);
    }

    private static void Free(WinReceive* receive)
    {
        ReturnBuffers(receive);
        if (receive->_datagram != null)
            Allocator.Release(receive->_allocator, receive->_datagram);
        Allocator.Release(receive->_allocator, receive);
    }

    // For all sockets: nobody reads it.
    private static byte* Overflow()
    {
        nint overflow = System.Threading.Volatile.Read(ref s_overflow);
        return overflow != 0
            ? (byte*)overflow
            : (byte*)StaticMemory.PublishBlock(ref s_overflow, StaticMemory.Allocate(DatagramSize));
    }
}
