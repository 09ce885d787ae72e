// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;
using static Reseau.Native.Interop.Windows.Iocp;

namespace Reseau.Native.Sockets.Winsock;

internal enum WinSocketKind : byte
{
    Stream,
    Datagram,

    /// <summary>A named pipe, or a local socket that has no name yet.</summary>
    Pipe,
}

/// <summary>
/// What the handle of a socket of Windows points to: the system's handle and the operations on it. It goes with the
/// handle; an operation that the system still has then outlives it, and frees itself when it has come back.
/// </summary>
internal unsafe struct WinSocket
{
    private aws_allocator* _allocator;

    /// <summary>The system's; <see cref="SocketCore.NoHandle"/> before a local socket has a name.</summary>
    internal nint Handle;

    /// <summary>The socket that it is attached for; NULL at other times.</summary>
    internal SocketCore* Core;

    /// <summary>The loop to whose port the handle is tied; NULL if to none.</summary>
    internal aws_event_loop* Port;

    /// <summary>What is to be done or reported soon, by a task of the loop.</summary>
    internal aws_task SoonTask;
    internal int SoonEvents;
    internal bool IsSoonScheduled;

    internal WinSocketKind Kind;

    /// <summary>AF_*, of those that are no pipes.</summary>
    internal int Family;

    /// <summary>An operation that succeeds at once brings no packet.</summary>
    internal bool SkipsPackets;

    /// <summary>The end of the stream has come, or, in <see cref="ReceiveError"/>, something worse.</summary>
    internal bool HasEnd;
    internal int ReceiveError;

    /// <summary>Where to connect to, from StartConnect until the loop begins it.</summary>
    internal SocketAddress* Target;

    internal WinConnect* Connect;
    internal WinReceive* Receive;
    internal WinSend* Send;

    /// <summary>Of sockets that listen, and of named pipes that are bound.</summary>
    internal WinListener* Listener;

    /// <summary>
    /// Any thread sends and receives by plain calls (<see cref="DatagramBackend"/>); the loop watches it by this
    /// handle, whose data is the system's.
    /// </summary>
    internal bool IsWatched;
    internal aws_io_handle Watched;

    /// <summary>What the loop to whose port it is tied knows it by.</summary>
    internal aws_io_handle Tied;

    /// <summary>What a call of many datagrams has met behind the first: an AWS_* error, or 0. Any thread.</summary>
    internal int LaterError;

    /// <summary>For the connections of a listener.</summary>
    internal aws_socket_options Options;

    internal static WinSocket* Of(SocketCore* core) => (WinSocket*)SocketCore.HandleOf(core);

    internal static WinSocket* New(aws_allocator* allocator, nint handle, WinSocketKind kind)
    {
        WinSocket* socket = Allocator.New<WinSocket>(allocator);
        socket->_allocator = allocator;
        socket->Handle = handle;
        socket->Kind = kind;
        return socket;
    }

    /// <summary>Has the packets of its operations come to the loop. 0 or an error.</summary>
    internal static int Adopt(WinSocket* socket, aws_event_loop* loop)
    {
        if (socket->Port == loop)
            return AWS_ERROR_SUCCESS;

        socket->Tied.data.handle = (void*)socket->Handle;
        int error = IocpPort.Adopt(loop, &socket->Tied);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        socket->Port = loop;
        socket->SkipsPackets = SkipPackets(socket->Handle);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>The handle may go to another loop; no operation is under way.</summary>
    internal static void LeavePort(WinSocket* socket)
    {
        if (socket->Port != null && IocpPort.Release(socket->Port, &socket->Tied))
            socket->Port = null;
    }

    internal static bool SkipPackets(nint handle) => SetFileCompletionNotificationModes(
        handle, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS | FILE_SKIP_SET_EVENT_ON_HANDLE) != 0;

    internal static void CloseSystemHandle(nint handle, WinSocketKind kind)
    {
        if (handle == SocketCore.NoHandle)
            return;
        if (kind == WinSocketKind.Pipe)
            Interop.Windows.Kernel32.CloseHandle(handle);
        else
            Interop.Windows.Winsock.closesocket(handle);
    }

    /// <summary>It is attached to no loop. See <see cref="SocketBackend.CloseHandle"/>.</summary>
    internal static void Close(nint handle)
    {
        WinSocket* socket = (WinSocket*)handle;
        WinSend.Orphan(socket);
        WinReceive.Orphan(socket);
        CloseSystemHandle(socket->Handle, socket->Kind);
        WinListener.Free(socket);
        if (socket->Target != null)
            Allocator.Release(socket->_allocator, socket->Target);
        Allocator.Release(socket->_allocator, socket);
    }
}
