// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>One accept of a listener: by AcceptEx, or by ConnectNamedPipe on an instance of the pipe.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WinAccept
{
    private enum State : byte
    {
        Idle,
        UnderWay,
        Ready,
    }

    /// <summary>Room for an address of any family, and 16 bytes that AcceptEx asks for.</summary>
    private const int AddressSize = 128 + 16;
    private const uint PipeBufferSize = 64 * 1024;

    private IocpOperation _operation;
    private WinSocket* _listener;
    private WinListener* _owner;

    /// <summary>For the list of those that are done.</summary>
    internal WinAccept* NextReady;

    /// <summary>The connection's, also before there is one.</summary>
    internal nint Handle;

    /// <summary>Of an instance of a pipe: the loop to whose port it is tied.</summary>
    private aws_event_loop* _port;
    private aws_io_handle _tied;
    private int _error;
    private bool _skipsPackets;
    private State _state;
    private fixed ulong _addresses[2 * AddressSize / sizeof(ulong)];

    internal static void Init(WinAccept* accept, WinSocket* socket, WinListener* listener)
    {
        accept->_listener = socket;
        accept->_owner = listener;
        accept->Handle = SocketCore.NoHandle;
    }

    internal static bool IsUnderWay(WinAccept* accept) => accept->_state == State.UnderWay;

    /// <summary>See <see cref="SocketBackend.Accept"/>.</summary>
    internal static int Accept(SocketCore* core, nint* handle, SocketAddress* peer)
    {
        WinSocket* socket = WinSocket.Of(core);
        bool isAnyUnderWay = false;
        int error = BeginAll(core, socket, &isAnyUnderWay);
        WinAccept* accept = WinListener.TakeReady(socket->Listener);
        if (accept == null)
            return isAnyUnderWay || error == AWS_ERROR_SUCCESS ? SocketResult.WouldBlock : error;

        nint accepted = accept->Handle;
        accept->Handle = SocketCore.NoHandle;
        accept->_state = State.Idle;
        if (accept->_error != 0)
            return Lose(core, socket, accepted, accept->_error);
        return socket->Kind == WinSocketKind.Pipe
            ? HandOutPipe(core, accept, accepted, handle, peer)
            : HandOut(core, accept, accepted, handle, peer);
    }

    /// <summary>
    /// Makes an instance of the pipe that is not there yet: clients can connect to it from now on. 0 or the system's
    /// error.
    /// </summary>
    internal static int MakeInstance(WinAccept* accept, bool isFirst)
    {
        if (accept->Handle != SocketCore.NoHandle)
            return 0;

        char* name = stackalloc char[SocketAddress.Size];
        if (!WinsockAddress.TryWiden(&accept->_listener->Listener->Name, name))
            return ERROR_INVALID_NAME;

        nint instance = CreateNamedPipeW(
            name,
            PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | (isFirst ? FILE_FLAG_FIRST_PIPE_INSTANCE : 0),
            PIPE_TYPE_BYTE | PIPE_REJECT_REMOTE_CLIENTS,
            PIPE_UNLIMITED_INSTANCES,
            PipeBufferSize,
            PipeBufferSize,
            0,
            null);
        if (instance == Kernel32.INVALID_HANDLE_VALUE)
            return Iocp.LastError;

        accept->Handle = instance;
        return 0;
    }

    /// <summary>Also if there is no instance, or one that is tied to it. 0 or an error.</summary>
    internal static int AdoptInstance(WinAccept* accept, aws_event_loop* port)
    {
        if (accept->Handle == SocketCore.NoHandle || accept->_state == State.Ready || accept->_port == port)
            return AWS_ERROR_SUCCESS;

        accept->_tied.data.handle = (void*)accept->Handle;
        int error = IocpPort.Adopt(port, &accept->_tied);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        accept->_port = port;
        accept->_skipsPackets = WinSocket.SkipPackets(accept->Handle);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// The system gives it back before this returns. False if the packet of a program's loop is still to come.
    /// </summary>
    internal static bool TakeBack(WinAccept* accept)
    {
        if (accept->_state == State.UnderWay)
        {
            if (!IocpOperation.TakeBack(&accept->_operation))
                return false;
            Finish(accept);
        }

        if (accept->_port != null && accept->_state == State.Idle && IocpPort.Release(accept->_port, &accept->_tied))
            accept->_port = null;
        return true;
    }

    // Those that are idle. An error is for the caller only if none is under way.
    private static int BeginAll(SocketCore* core, WinSocket* socket, bool* isAnyUnderWay)
    {
        int result = AWS_ERROR_SUCCESS;
        for (int i = 0; i < socket->Listener->Count; i++)
        {
            WinAccept* accept = WinListener.At(socket->Listener, i);
            if (accept->_state == State.Idle)
            {
                int error = Begin(socket, accept);
                if (error != 0)
                    result = Fail(core, error);
            }

            *isAnyUnderWay |= accept->_state == State.UnderWay;
        }

        return result;
    }

    // 0 or the system's error.
    private static int Begin(WinSocket* socket, WinAccept* accept)
    {
        bool isPipe = socket->Kind == WinSocketKind.Pipe;
        int error = isPipe ? MakeInstance(accept, isFirst: false) : MakeSocket(socket, accept);
        if (error != 0)
            return error;
        if (isPipe && AdoptInstance(accept, socket->Port) != AWS_ERROR_SUCCESS)
            return ERROR_OPERATION_ABORTED;
        if (!IocpOperation.TryBegin(
                &accept->_operation, socket->Port, isPipe ? accept->Handle : socket->Handle, &OnDone))
            return ERROR_OPERATION_ABORTED;

        accept->_error = 0;
        accept->_state = State.UnderWay;
        error = isPipe ? ConnectPipe(accept) : CallAcceptEx(socket, accept);
        if (error == Iocp.ERROR_IO_PENDING)
            return 0;

        IocpOperation.NoPacket(&accept->_operation);
        accept->_state = State.Idle;
        if (error != 0)
            return error;

        accept->_state = State.Ready;
        WinListener.AddReady(socket->Listener, accept);
        return 0;
    }

    private static int MakeSocket(WinSocket* socket, WinAccept* accept)
    {
        if (accept->Handle != SocketCore.NoHandle)
            return 0;

        accept->Handle = WinsockBackend.NewHandle(socket->Family, SOCK_STREAM);
        return accept->Handle == SocketCore.NoHandle ? Iocp.LastError : 0;
    }

    // ERROR_IO_PENDING also if it is done, and a packet comes all the same.
    private static int CallAcceptEx(WinSocket* socket, WinAccept* accept)
    {
        uint received;
        bool isDone = WinsockFunctions.Find(socket->Handle)->AcceptEx(
            socket->Handle,
            accept->Handle,
            accept->_addresses,
            0,
            AddressSize,
            AddressSize,
            &received,
            &accept->_operation.Overlapped) != 0;
        if (!isDone)
            return Iocp.LastError;
        return socket->SkipsPackets ? 0 : Iocp.ERROR_IO_PENDING;
    }

    // A client may have been faster, and may even have closed its end: what it has sent is there.
    private static int ConnectPipe(WinAccept* accept)
    {
        bool isDone = ConnectNamedPipe(accept->Handle, &accept->_operation.Overlapped) != 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (error is ERROR_PIPE_CONNECTED or ERROR_NO_DATA)
            return 0;
        return isDone && !accept->_skipsPackets ? Iocp.ERROR_IO_PENDING : error;
    }

    private static void OnDone(IocpOperation* operation)
    {
        WinAccept* accept = (WinAccept*)operation;
        if (accept->_owner->IsOrphaned)
        {
            accept->_state = State.Idle;
            WinListener.FreeIfIdle(accept->_owner);
            return;
        }

        WinSocket* socket = accept->_listener;
        Finish(accept);
        SocketCore* core = socket->Core;
        if (core == null || IocpPort.IsEnding(socket->Port))
            return;

        SocketCore.Acquire(core);
        SocketListener.AcceptAll(core);
        SocketCore.Release(core);
    }

    // What was cancelled can begin once more.
    private static void Finish(WinAccept* accept)
    {
        uint status = accept->_operation.Status;
        if (status == IocpOperation.Cancelled)
        {
            accept->_state = State.Idle;
            return;
        }

        accept->_error = WinsockErrors.FromStatus(status);
        accept->_state = State.Ready;
        WinListener.AddReady(accept->_listener->Listener, accept);
    }

    private static int HandOut(SocketCore* core, WinAccept* accept, nint accepted, nint* handle, SocketAddress* peer)
    {
        // Before any other call on the connection.
        WinSocket* listener = accept->_listener;
        nint listening = listener->Handle;
        if (setsockopt(accepted, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, &listening, sizeof(nint)) != 0)
            return Lose(core, listener, accepted, WinsockErrors.FromError(Iocp.LastError));

        void* local;
        void* remote;
        int localLength;
        int remoteLength;
        WinsockFunctions.Find(listening)->GetAcceptExSockaddrs(
            accept->_addresses, 0, AddressSize, AddressSize, &local, &localLength, &remote, &remoteLength);
        WinsockAddress.FromSystem(remote, remoteLength, SocketCore.DomainOf(core), peer);
        if (SocketCore.IsTcp(core))
            WinsockOptions.ApplyTcp(accepted, &listener->Options);
        WinSocket* connection = WinSocket.New(core->Allocator, accepted, WinSocketKind.Stream);
        connection->Family = listener->Family;
        connection->Options = listener->Options;
        *handle = (nint)connection;
        return AWS_ERROR_SUCCESS;
    }

    private static int HandOutPipe(
        SocketCore* core, WinAccept* accept, nint accepted, nint* handle, SocketAddress* peer)
    {
        WinSocket* connection = WinSocket.New(core->Allocator, accepted, WinSocketKind.Pipe);
        connection->Port = accept->_port;
        connection->Tied = accept->_tied;
        connection->SkipsPackets = accept->_skipsPackets;
        accept->_port = null;
        WinSocket.LeavePort(connection);
        WinsockAddress.Nameless(peer);
        *handle = (nint)connection;
        return AWS_ERROR_SUCCESS;
    }

    private static int Lose(SocketCore* core, WinSocket* listener, nint accepted, int error)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET,
            $"{new SocketId(core)}: a connection was lost before it was accepted: error {error}");
        WinSocket.CloseSystemHandle(accepted, listener->Kind);
        return SocketResult.Lost;
    }

    private static int Fail(SocketCore* core, int error)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: accept failed with error {error}");
        return WinsockErrors.FromError(error);
    }
}
