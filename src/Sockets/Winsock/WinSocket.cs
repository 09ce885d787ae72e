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
    internal IocpLoop* Port;

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

    /// <summary>Has the packets of its operations come to the loop. False with the system's error.</summary>
    internal static bool Adopt(WinSocket* socket, IocpLoop* loop)
    {
        if (socket->Port == loop)
            return true;
        if (!IocpLoop.Adopt(loop, socket->Handle))
            return false;

        socket->Port = loop;
        socket->SkipsPackets = SkipPackets(socket->Handle);
        return true;
    }

    /// <summary>The handle may go to another loop; no operation is under way.</summary>
    internal static void LeavePort(WinSocket* socket)
    {
        if (socket->Port != null && TryLeavePort(socket->Handle))
            socket->Port = null;
    }

    /// <summary>False if it stays tied to its loop, which then is the only one that it can go to.</summary>
    internal static bool TryLeavePort(nint handle)
    {
        int status = IocpLoop.Release(handle);
        if (status >= 0)
            return true;

        Log.Write(AWS_LL_WARN, AWS_LS_IO_SOCKET,
            $"handle 0x{handle:x} could not leave its completion port: status 0x{(uint)status:x}");
        return false;
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
