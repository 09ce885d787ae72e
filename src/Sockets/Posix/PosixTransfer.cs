// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Receiving and sending.</summary>
internal static unsafe class PosixTransfer
{
    // One peer that never stops sending must not hold the loop up.
    private const int MaxDiscards = 16;
    private const int DiscardSize = 16 * 1024;
    private const int FilePartSize = 16 * 1024;

    internal static int Receive(SocketCore* core, ReceiveBatch* batch)
    {
        ReceiveBatch.AcquireBuffers(batch);
        if (batch->Count == 0)
            return AWS_ERROR_SUCCESS;

        nint received = batch->Count == 1
            ? ReceiveOne(core, batch->Buffers->Data, batch->Buffers->Length, out int flags)
            : ReceiveMany(core, batch, out flags);
        int result = received > 0 ? Judge(core, received, flags) : OnNothing(core, received);
        if (result == AWS_ERROR_SUCCESS && received > 0)
            batch->IsDrained = (nuint)received < batch->Offered && ShortReceiveMeansEmpty(core, flags);
        ReceiveBatch.Keep(batch, received > 0 ? (nuint)received : 0);
        return result;
    }

    internal static int ReceiveInto(SocketCore* core, byte* into, nuint size, nuint* amount)
    {
        // An empty buffer shows nothing of a stream, and takes no datagram.
        int flags = 0;
        nint received = size == 0 || SocketCore.IsStream(core)
            ? Libc.read(PosixBackend.DescriptorOf(core), into, size)
            : ReceiveOne(core, into, size, out flags);
        if (received == 0 && size == 0)
            return AWS_ERROR_SUCCESS;
        if (received <= 0)
            return OnNothing(core, received);

        *amount = (nuint)received;
        return Judge(core, received, flags);
    }

    /// <summary>See <see cref="SocketBackend.HasInput"/>.</summary>
    internal static bool HasInput(SocketCore* core)
    {
        byte first;
        return Libc.recv(PosixBackend.DescriptorOf(core), &first, 1, Libc.MSG_DONTWAIT | Libc.MSG_PEEK) > 0;
    }

    /// <summary>SendPiece is laid out as struct iovec.</summary>
    internal static int Send(SocketCore* core, SendPiece* pieces, int count, nuint* sent)
    {
        int fd = PosixBackend.DescriptorOf(core);
        nint result = count == 1
            ? Libc.send(fd, pieces->Data, pieces->Length, Libc.MSG_NOSIGNAL)
            : Libc.SendVector(fd, (Libc.iovec*)pieces, count, Libc.MSG_NOSIGNAL);
        if (result < 0)
            return OnSendError(core, Libc.Errno);

        *sent = (nuint)result;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>By the kernel alone, where it can: from files of some file systems it cannot.</summary>
    internal static int SendFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent)
    {
        // Less than asked for may be the end of the file. There is no event for that: the next call says it.
        nint last = Libc.SendFile(PosixBackend.DescriptorOf(core), file, (long)offset, length, sent);
        int error = last < 0 ? Libc.Errno : 0;
        if (last == 0 || error == Libc.EIO)
            return OnFileEnd(core, last);
        if (error is Libc.EINVAL or Libc.ENOSYS or Libc.EPERM or Libc.EOPNOTSUPP)
            return CopyFile(core, file, offset, length, sent);
        return error == 0 || (error == Libc.EAGAIN && *sent > 0) ? AWS_ERROR_SUCCESS : OnSendError(core, error);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CopyFile(SocketCore* core, int file, ulong offset, nuint length, nuint* sent)
    {
        byte* part = stackalloc byte[FilePartSize];
        while (*sent < length)
        {
            nuint wanted = nuint.Min(length - *sent, FilePartSize);
            nint count = Libc.pread(file, part, wanted, (long)(offset + *sent));
            if (count <= 0)
                return OnFileEnd(core, count);

            SendPiece piece = new() { Data = part, Length = (nuint)count };
            nuint partSent = 0;
            int result = Send(core, &piece, 1, &partSent);
            *sent += partSent;
            if (result != AWS_ERROR_SUCCESS)
                return result == SocketResult.WouldBlock && *sent > 0 ? AWS_ERROR_SUCCESS : result;
            if (partSent < (nuint)count)
                break;
        }

        return AWS_ERROR_SUCCESS;
    }

    internal static bool Discard(nint handle)
    {
        // MSG_TRUNC: nothing is copied. The buffer is for tools that do not know that.
        byte* nowhere = stackalloc byte[DiscardSize];
        nint count = 1;
        for (int i = 0; i < MaxDiscards && count > 0; i++)
            count = Libc.recv((int)handle, nowhere, DiscardSize, Libc.MSG_DONTWAIT | Libc.MSG_TRUNC);
        return count == 0 || (count < 0 && Libc.Errno != Libc.EAGAIN);
    }

    internal static nuint UnconfirmedBytes(nint handle)
    {
        int underWay = 0;
        return Libc.GetUnconfirmedBytes((int)handle, &underWay) == 0 ? (nuint)underWay : 0;
    }

    // Datagrams and Unix sockets: the flags say what the count cannot.
    private static bool NeedsFlags(SocketCore* core) =>
        !SocketCore.IsStream(core) || SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL;

    private static nint ReceiveOne(SocketCore* core, byte* into, nuint size, out int flags)
    {
        flags = 0;
        if (!NeedsFlags(core))
            return Libc.read(PosixBackend.DescriptorOf(core), into, size);

        Libc.iovec window = new() { iov_base = into, iov_len = size };
        return Libc.ReceiveVector(PosixBackend.DescriptorOf(core), &window, 1, out flags);
    }

    private static nint ReceiveMany(SocketCore* core, ReceiveBatch* batch, out int flags)
    {
        Libc.iovec* windows = stackalloc Libc.iovec[ReceiveBatch.MaxBuffers];
        for (int i = 0; i < batch->Count; i++)
        {
            windows[i].iov_base = batch->Buffers[i].Data;
            windows[i].iov_len = batch->Buffers[i].Length;
        }

        flags = 0;
        return NeedsFlags(core)
            ? Libc.ReceiveVector(PosixBackend.DescriptorOf(core), windows, batch->Count, out flags)
            : Libc.readv(PosixBackend.DescriptorOf(core), windows, batch->Count);
    }

    // What does not fit of a datagram is lost.
    private static int Judge(SocketCore* core, nint received, int flags)
    {
        if ((flags & Libc.MSG_TRUNC) == 0 || SocketCore.IsStream(core))
            return AWS_ERROR_SUCCESS;

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: a datagram was longer than the {received} bytes that there was room for");
        return SocketResult.Truncated;
    }

    // More bytes come with a new edge. After a hang-up no edge comes any more; and a datagram, urgent data and, on Unix
    // sockets, descriptors that were sent along end a receive early.
    private static bool ShortReceiveMeansEmpty(SocketCore* core, int flags) =>
        (flags & Libc.MSG_CTRUNC) == 0 && (core->BackendFlags & PosixEvents.MoreMayFollow) == 0 &&
        SocketCore.IsStream(core) && SocketCore.DomainOf(core) != AWS_SOCKET_VSOCK;

    private static int OnNothing(SocketCore* core, nint received)
    {
        if (received == 0)
        {
            // An empty datagram is one like any other.
            if (!SocketCore.IsStream(core))
                return AWS_ERROR_SUCCESS;
            Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: end of stream");
            core->HasReadEnd |= !core->HasMetReset;
            return AWS_IO_SOCKET_CLOSED;
        }

        int error = Libc.Errno;
        if (error == Libc.EAGAIN)
            return SocketResult.WouldBlock;

        Log.Write(AWS_LL_INFO, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: reading failed with errno {error}");
        return PosixErrors.FromTransferErrno(error);
    }

    private static int OnSendError(SocketCore* core, int error)
    {
        if (error == Libc.EAGAIN)
            return SocketResult.WouldBlock;

        core->HasMetReset |= error == Libc.ECONNRESET;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: sending failed with errno {error}");
        return PosixErrors.FromTransferErrno(error);
    }

    private static int OnFileEnd(SocketCore* core, nint count)
    {
        int error = count < 0 ? Libc.Errno : 0;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: the file ends before what is to be sent of it, errno {error}");
        return AWS_IO_STREAM_READ_FAILED;
    }
}
