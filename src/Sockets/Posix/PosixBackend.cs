// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Sockets.Posix;

/// <summary>Sockets of the operating system by the calls of POSIX: readiness, one descriptor each.</summary>
internal static unsafe class PosixBackend
{
    private static nint s_instance;

    internal static SocketBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    internal static int DescriptorOf(SocketCore* core) => core->Io.data.fd;

    private static SocketBackend Functions() => new()
    {
        Name = Literal.Of("posix"u8),
        Open = &Open,
        ApplyOptions = &PosixOptions.Apply,
        Import = &Import,
        Set = &PosixOptions.Set,
        GetTcpInfo = &PosixOptions.GetTcpInfo,
        CloseHandle = &CloseHandle,
        ParseAddress = &PosixAddress.FromEndpoint,
        FromIp = &PosixAddress.FromIp,
        FormatAddress = &PosixAddress.ToEndpoint,
        GetLocalAddress = &GetLocalAddress,
        GetPeerAddress = &GetPeerAddress,
        TakeError = &TakeError,
        Bind = &Bind,
        Listen = &Listen,
        Attach = &PosixEvents.Attach,
        Detach = &SocketWatch.End,
        AwaitRoom = &PosixEvents.AwaitRoom,
        StartConnect = &StartConnect,
        Accept = &PosixAccept.Accept,
        Receive = &PosixTransfer.Receive,
        HasInput = &PosixTransfer.HasInput,
        ReceiveInto = &PosixTransfer.ReceiveInto,
        Send = &PosixTransfer.Send,
        SendFile = &PosixTransfer.SendFile,
        Datagrams = PosixDatagrams.Instance,
        Direct = PosixDirect.Instance,
        ShutdownDirection = &ShutdownDirection,
        Discard = &PosixTransfer.Discard,
        UnconfirmedBytes = &PosixTransfer.UnconfirmedBytes,
    };

    private static int Open(SocketCore* core)
    {
        int family = PosixAddress.FamilyOf(SocketCore.DomainOf(core));
        if (family < 0)
            return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        if (core->Type is not ((byte)AWS_SOCKET_STREAM or (byte)AWS_SOCKET_DGRAM))
            return AWS_IO_SOCKET_INVALID_OPTIONS;

        int type = SocketCore.IsStream(core) ? Libc.SOCK_STREAM : Libc.SOCK_DGRAM;
        int fd = Libc.OpenNonBlockingSocket(family, type);
        if (fd >= 0)
        {
            SocketCore.SetHandle(core, fd);
            return AWS_ERROR_SUCCESS;
        }

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"no socket of domain {core->Domain} and type {core->Type}: errno {error}");
        return PosixErrors.FromErrno(error);
    }

    private static int Import(aws_allocator* allocator, nint* handle, SocketAddress* peer)
    {
        int fd = (int)*handle;
        if (Libc.SocketTypeOf(fd) != Libc.SOCK_STREAM)
            return AWS_IO_SOCKET_INVALID_OPERATION_FOR_TYPE;

        *peer = default;
        peer->Length = SocketAddress.Size;
        if (Libc.getpeername(fd, SocketAddress.BytesOf(peer), &peer->Length) != 0)
            return AWS_IO_SOCKET_NOT_CONNECTED;

        peer->Domain = PosixAddress.DomainOf(*(ushort*)SocketAddress.BytesOf(peer));
        return Libc.SetNonBlocking(fd) ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(Libc.Errno);
    }

    private static void CloseHandle(nint handle) => Libc.close((int)handle);

    private static int GetLocalAddress(SocketCore* core, SocketAddress* address)
    {
        *address = default;
        address->Domain = SocketCore.DomainOf(core);
        address->Length = SocketAddress.Size;
        if (Libc.getsockname(DescriptorOf(core), SocketAddress.BytesOf(address), &address->Length) == 0)
            return AWS_ERROR_SUCCESS;

        int error = Libc.Errno;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: getsockname failed with errno {error}");
        return PosixErrors.FromErrno(error);
    }

    private static int GetPeerAddress(SocketCore* core, SocketAddress* address)
    {
        *address = default;
        address->Domain = SocketCore.DomainOf(core);
        address->Length = SocketAddress.Size;
        return Libc.getpeername(DescriptorOf(core), SocketAddress.BytesOf(address), &address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : PosixErrors.FromErrno(Libc.Errno);
    }

    private static int TakeError(SocketCore* core)
    {
        int error = Libc.TakeSocketError(DescriptorOf(core));
        return error == 0 ? AWS_ERROR_SUCCESS : PosixErrors.FromErrno(error);
    }

    private static int Bind(SocketCore* core, SocketAddress* address)
    {
        PosixOptions.AllowAddressReuse(core);
        return Libc.bind(DescriptorOf(core), SocketAddress.BytesOf(address), address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : Failed(core, "bind"u8, Libc.Errno);
    }

    private static int Listen(SocketCore* core, int backlog) =>
        Libc.listen(DescriptorOf(core), backlog) == 0 ? AWS_ERROR_SUCCESS : Failed(core, "listen"u8, Libc.Errno);

    private static int Failed(SocketCore* core, System.ReadOnlySpan<byte> call, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: {Literal.Of(call)} failed with errno {error}");
        return PosixErrors.FromAddressErrno(error, SocketCore.DomainOf(core));
    }

    private static int StartConnect(SocketCore* core, SocketAddress* address)
    {
        // A signal interrupts the wait that there is none of; the attempt goes on.
        bool isDone = Libc.connect(DescriptorOf(core), SocketAddress.BytesOf(address), address->Length) == 0;
        int error = isDone ? 0 : Libc.Errno;
        switch (error)
        {
            case 0:
                return AWS_ERROR_SUCCESS;
            case Libc.EINPROGRESS or Libc.EALREADY or Libc.EINTR:
                return SocketResult.Pending;

            // The backlog of a Unix socket is full, and no poller says when there is room.
            case Libc.EAGAIN when SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL:
                return SocketResult.RetryLater;
            default:
                Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
                    $"{new SocketId(core)}: connecting failed with errno {error}");
                return PosixErrors.FromAddressErrno(error, SocketCore.DomainOf(core));
        }
    }

    private static int ShutdownDirection(nint handle, bool isSending) =>
        Libc.shutdown((int)handle, isSending ? Libc.SHUT_WR : Libc.SHUT_RD) == 0
            ? AWS_ERROR_SUCCESS
            : PosixErrors.FromErrno(Libc.Errno);
}
