// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;
using Reseau.Native.Platform;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>
/// Sockets of Windows, by completion; see <see cref="SocketBackend"/> for what each function is for. Local sockets are
/// named pipes, or Unix sockets if their address is a path.
/// </summary>
internal static unsafe class WinsockBackend
{
    private static nint s_instance;

    internal static SocketBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    private static SocketBackend Functions() => new()
    {
        Name = Literal.Of("winsock"u8),
        LendsPieces = true,
        KeepsBuffers = true,
        Open = &Open,
        ApplyOptions = &WinsockOptions.Apply,
        Import = &Import,
        Export = &Export,
        Set = &WinsockOptions.Set,
        Datagrams = WinDatagrams.Instance,
        CloseHandle = &WinSocket.Close,
        SystemHandle = &SystemHandle,
        ParseAddress = &WinsockAddress.FromEndpoint,
        FromIp = &WinsockAddress.FromIp,
        FormatAddress = &WinsockAddress.ToEndpoint,
        GetLocalAddress = &GetLocalAddress,
        GetPeerAddress = &GetPeerAddress,
        TakeError = &TakeError,
        Bind = &Bind,
        Listen = &Listen,
        Attach = &WinsockEvents.Attach,
        Detach = &WinsockEvents.Detach,
        StartConnect = &WinConnect.Start,
        Accept = &WinAccept.Accept,
        Receive = &WinReceive.Receive,
        ReceiveInto = &WinReceive.ReceiveInto,
        HoldsInput = &WinReceive.HoldsInput,
        HasInput = &WinReceive.HasInput,
        Send = &WinSend.Start,
        AbandonSend = &WinSend.Abandon,
        SendProgress = &SendProgress,
        SendFile = &WinSend.StartFile,
        ShutdownDirection = &ShutdownDirection,
        Discard = &WinReceive.Discard,
        UnconfirmedBytes = &UnconfirmedBytes,
    };

    /// <summary>
    /// A socket that no child inherits, whose plain calls do not wait. NoHandle with the system's error.
    /// </summary>
    internal static nint NewHandle(int family, int type)
    {
        nint handle = WSASocketW(family, type, 0, null, 0, WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
        if (handle == INVALID_SOCKET)
            return SocketCore.NoHandle;

        uint isOn = 1;
        if (ioctlsocket(handle, FIONBIO, &isOn) == 0)
            return handle;

        int error = Iocp.LastError;
        closesocket(handle);
        Kernel32.SetLastError((uint)error);
        return SocketCore.NoHandle;
    }

    /// <summary>A local socket gets a path for its name. 0 or an error.</summary>
    internal static int OpenUnix(WinSocket* socket)
    {
        nint handle = NewHandle(AF_UNIX, SOCK_STREAM);
        if (handle == SocketCore.NoHandle || WinsockFunctions.Find(handle) == null)
        {
            int error = Iocp.LastError;
            WinSocket.CloseSystemHandle(handle, WinSocketKind.Stream);
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"no Unix sockets on this system: error {error}");
            return WinsockErrors.FromError(error);
        }

        WinSocket.CloseSystemHandle(socket->Handle, socket->Kind);
        socket->Handle = handle;
        socket->Family = AF_UNIX;
        socket->Kind = WinSocketKind.Stream;
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>Whether a receive fails because a datagram that was sent had reached no port.</summary>
    internal static void ReportUnreachablePorts(nint handle, bool reports)
    {
        int value = reports ? 1 : 0;
        uint returned;
        WSAIoctl(handle, SIO_UDP_CONNRESET, &value, sizeof(int), null, 0, &returned, null, null);
    }

    private static int Open(SocketCore* core)
    {
        aws_socket_domain domain = SocketCore.DomainOf(core);
        bool isStream = core->Type == (byte)AWS_SOCKET_STREAM;
        int family = WinsockAddress.FamilyOf(domain);
        if (family < 0 && domain != AWS_SOCKET_LOCAL)
            return AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY;
        if (!isStream && (core->Type != (byte)AWS_SOCKET_DGRAM || domain == AWS_SOCKET_LOCAL))
            return AWS_IO_SOCKET_INVALID_OPTIONS;

        int error = Network.Start();
        if (error != 0)
            return NotOpen(core, error);

        // The name that a local socket gets says what it is made of.
        nint handle = SocketCore.NoHandle;
        WinSocketKind kind = WinSocketKind.Pipe;
        if (domain != AWS_SOCKET_LOCAL)
        {
            kind = isStream ? WinSocketKind.Stream : WinSocketKind.Datagram;
            handle = NewHandle(family, isStream ? SOCK_STREAM : SOCK_DGRAM);
            if (handle == SocketCore.NoHandle || (isStream && WinsockFunctions.Find(handle) == null))
            {
                error = Iocp.LastError;
                WinSocket.CloseSystemHandle(handle, kind);
                return NotOpen(core, error);
            }
        }

        if (kind == WinSocketKind.Datagram)
            ReportUnreachablePorts(handle, false);
        WinSocket* socket = WinSocket.New(core->Allocator, handle, kind);
        socket->Family = family;
        SocketCore.SetHandle(core, (nint)socket);
        return AWS_ERROR_SUCCESS;
    }

    private static int Import(aws_allocator* allocator, nint* handle, SocketAddress* peer)
    {
        int type;
        int size = sizeof(int);
        if (Network.Start() != 0 || getsockopt(*handle, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM)
            return AWS_IO_SOCKET_INVALID_OPERATION_FOR_TYPE;

        *peer = default;
        int length = SocketAddress.Size;
        if (getpeername(*handle, SocketAddress.BytesOf(peer), &length) != 0)
            return AWS_IO_SOCKET_NOT_CONNECTED;

        SocketAddress copy = *peer;
        WinsockAddress.FromSystem(SocketAddress.BytesOf(&copy), length, AWS_SOCKET_LOCAL, peer);
        uint isOn = 1;
        if (ioctlsocket(*handle, FIONBIO, &isOn) != 0)
            return WinsockErrors.FromError(Iocp.LastError);

        WinSocket* socket = WinSocket.New(allocator, *handle, WinSocketKind.Stream);
        socket->Family = *(ushort*)SocketAddress.BytesOf(peer);
        *handle = (nint)socket;
        return AWS_ERROR_SUCCESS;
    }

    private static nint Export(nint handle)
    {
        WinSocket* socket = (WinSocket*)handle;
        nint system = socket->Handle;
        socket->Handle = SocketCore.NoHandle;
        WinSocket.Close(handle);
        return system;
    }

    private static int NotOpen(SocketCore* core, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"no socket of domain {core->Domain} and type {core->Type}: error {error}");
        return WinsockErrors.FromError(error);
    }

    private static nint SystemHandle(nint handle) => ((WinSocket*)handle)->Handle;

    private static int GetLocalAddress(SocketCore* core, SocketAddress* address)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (socket->Kind == WinSocketKind.Pipe)
        {
            if (socket->Listener != null)
                *address = socket->Listener->Name;
            else
                WinsockAddress.Nameless(address);
            return AWS_ERROR_SUCCESS;
        }

        *address = default;
        address->Domain = SocketCore.DomainOf(core);
        int length = SocketAddress.Size;
        if (getsockname(socket->Handle, SocketAddress.BytesOf(address), &length) != 0)
            return Failed(core, "getsockname"u8, Iocp.LastError);

        address->Length = (uint)length;
        return AWS_ERROR_SUCCESS;
    }

    private static int GetPeerAddress(SocketCore* core, SocketAddress* address)
    {
        *address = default;
        address->Domain = SocketCore.DomainOf(core);
        int length = SocketAddress.Size;
        if (getpeername(WinSocket.Of(core)->Handle, SocketAddress.BytesOf(address), &length) != 0)
            return WinsockErrors.FromError(Iocp.LastError);

        address->Length = (uint)length;
        return AWS_ERROR_SUCCESS;
    }

    private static int TakeError(SocketCore* core)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (socket->Kind == WinSocketKind.Pipe)
            return AWS_ERROR_SUCCESS;

        int error = 0;
        int length = sizeof(int);
        if (getsockopt(socket->Handle, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
            error = Iocp.LastError;
        return error == 0 ? AWS_ERROR_SUCCESS : WinsockErrors.FromError(error);
    }

    private static int Bind(SocketCore* core, SocketAddress* address)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (address->Domain == AWS_SOCKET_LOCAL)
        {
            if (WinsockAddress.IsPipe(address))
                return BindPipe(core, socket, address);
            int error = OpenUnix(socket);
            if (error != AWS_ERROR_SUCCESS)
                return error;
        }
        else
        {
            WinsockOptions.TakePortForOneself(socket->Handle);
        }

        return bind(socket->Handle, SocketAddress.BytesOf(address), (int)address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : Failed(core, "bind"u8, Iocp.LastError);
    }

    // The first instance of a pipe takes its name. Somebody else's is refused as if access were.
    private static int BindPipe(SocketCore* core, WinSocket* socket, SocketAddress* address)
    {
        WinListener* listener = WinListener.New(core->Allocator, socket, backlog: 1);
        listener->Name = *address;
        socket->Listener = listener;
        int error = WinAccept.MakeInstance(WinListener.At(listener, 0), isFirst: true);
        if (error == 0)
            return AWS_ERROR_SUCCESS;

        WinListener.Free(socket);
        socket->Listener = null;
        int result = Failed(core, "CreateNamedPipe"u8, error);
        return error == NamedPipes.ERROR_ACCESS_DENIED ? AWS_IO_SOCKET_ADDRESS_IN_USE : result;
    }

    private static int Listen(SocketCore* core, int backlog)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (socket->Kind != WinSocketKind.Pipe)
        {
            if (listen(socket->Handle, backlog) != 0)
                return Failed(core, "listen"u8, Iocp.LastError);
            socket->Listener = WinListener.New(core->Allocator, socket, backlog);
            return AWS_ERROR_SUCCESS;
        }

        // Each instance is a client that may wait.
        WinListener.SetCount(socket->Listener, socket, backlog);
        int error = 0;
        for (int i = 0; i < socket->Listener->Count && error == 0; i++)
            error = WinAccept.MakeInstance(WinListener.At(socket->Listener, i), isFirst: false);
        return error == 0 ? AWS_ERROR_SUCCESS : Failed(core, "CreateNamedPipe"u8, error);
    }

    // Of a send under way nothing is known before its end; but it is a small part of the queue.
    private static nuint SendProgress(nint handle) => 0;

    private static int ShutdownDirection(nint handle, bool isSending)
    {
        WinSocket* socket = (WinSocket*)handle;

        // A pipe has no end but that of both directions: its peer would not see that nothing follows. Who reads no
        // more needs nobody's help.
        if (socket->Kind == WinSocketKind.Pipe)
            return isSending ? AWS_ERROR_UNSUPPORTED_OPERATION : AWS_ERROR_SUCCESS;
        return shutdown(socket->Handle, isSending ? SD_SEND : SD_RECEIVE) == 0
            ? AWS_ERROR_SUCCESS
            : WinsockErrors.FromError(Iocp.LastError);
    }

    // How much of it the peer has cannot be asked; that it has all is known by its end.
    private static nuint UnconfirmedBytes(nint handle)
    {
        WinSocket* socket = (WinSocket*)handle;
        bool isOver = socket->HasEnd || socket->ReceiveError != AWS_ERROR_SUCCESS;
        return socket->Kind == WinSocketKind.Stream && !isOver ? 1u : 0;
    }

    private static int Failed(SocketCore* core, ReadOnlySpan<byte> call, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: {Literal.Of(call)} failed with error {error}");
        return SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL
            ? WinsockErrors.FromError(error)
            : WinsockErrors.FromAddressError(error);
    }
}
