// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Iocp;
using Reseau.Native.Interop.Windows;
using static Reseau.Native.Interop.Windows.NamedPipes;
using static Reseau.Native.Interop.Windows.Winsock;

namespace Reseau.Native.Sockets.Winsock;

/// <summary>A connection attempt of TCP that is under way, by ConnectEx.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct WinConnect
{
    /// <summary>SO_CONNECT_TIME of a socket that is not.</summary>
    private const int NotConnected = -1;

    private IocpOperation _operation;
    private aws_allocator* _allocator;

    /// <summary>NULL once the attempt has been abandoned.</summary>
    private WinSocket* _socket;
    private SocketAddress _address;

    /// <summary>See <see cref="SocketBackend.StartConnect"/>.</summary>
    internal static int Start(SocketCore* core, SocketAddress* address)
    {
        WinSocket* socket = WinSocket.Of(core);
        if (SocketCore.DomainOf(core) == AWS_SOCKET_LOCAL)
            return WinsockAddress.IsPipe(address) ? OpenPipe(core, socket, address) : Unix(core, socket, address);
        if (socket->Kind == WinSocketKind.Datagram)
            return Datagram(core, socket, address);

        // A socket of IPv6 knows no address of IPv4, unless it is asked to.
        if (WinsockAddress.IsMapped(address))
            WinsockOptions.Set(socket->Handle, IPPROTO_IPV6, IPV6_V6ONLY, 0);

        // ConnectEx needs a name, and a loop, on which the answer comes.
        SocketAddress any;
        WinsockAddress.AnyFor(address, &any);
        if (bind(socket->Handle, SocketAddress.BytesOf(&any), (int)any.Length) != 0)
        {
            int error = Iocp.LastError;
            if (error != WSAEINVAL || !IsBound(socket->Handle))
                return Failed(core, error);
        }

        if (socket->Target == null)
            socket->Target = (SocketAddress*)Allocator.Acquire(core->Allocator, (nuint)sizeof(SocketAddress));
        *socket->Target = *address;
        return SocketResult.Pending;
    }

    /// <summary>The socket is attached.</summary>
    internal static void Begin(SocketCore* core, WinSocket* socket)
    {
        WinConnect* attempt = Allocator.New<WinConnect>(core->Loop->alloc);
        attempt->_allocator = core->Loop->alloc;
        attempt->_socket = socket;
        attempt->_address = *socket->Target;
        socket->Connect = attempt;
        if (!IocpOperation.TryBegin(&attempt->_operation, socket->Port, socket->Handle, &OnDone))
        {
            End(attempt, AWS_IO_EVENT_LOOP_SHUTDOWN);
            return;
        }

        uint sent;
        bool isDone = WinsockFunctions.Find(socket->Handle)->ConnectEx(
            socket->Handle,
            SocketAddress.BytesOf(&attempt->_address),
            (int)attempt->_address.Length,
            null,
            0,
            &sent,
            &attempt->_operation.Overlapped) != 0;
        int error = isDone ? 0 : Iocp.LastError;
        if (isDone ? !socket->SkipsPackets : error == Iocp.ERROR_IO_PENDING)
            return;

        IocpOperation.NoPacket(&attempt->_operation);
        End(attempt, isDone ? AWS_ERROR_SUCCESS : Failed(core, error));
    }

    /// <summary>The attempt is abandoned, or over.</summary>
    internal static void Orphan(WinSocket* socket)
    {
        WinConnect* attempt = socket->Connect;
        if (attempt == null)
            return;

        socket->Connect = null;
        attempt->_socket = null;
        IocpOperation.Cancel(&attempt->_operation);
    }

    private static void OnDone(IocpOperation* operation)
    {
        WinConnect* attempt = (WinConnect*)operation;
        End(attempt, WinsockErrors.FromStatus(operation->Status));
    }

    private static void End(WinConnect* attempt, int error)
    {
        WinSocket* socket = attempt->_socket;
        Allocator.Release(attempt->_allocator, attempt);
        if (socket == null)
            return;

        socket->Connect = null;
        SocketCore* core = socket->Core;
        SocketCore.Acquire(core);

        // Before this the system knows no peer's address, and no other function works on the socket.
        if (error == AWS_ERROR_SUCCESS &&
            setsockopt(socket->Handle, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, null, 0) != 0)
            error = Failed(core, Iocp.LastError);
        if (error == AWS_ERROR_SUCCESS && !IsConnected(socket->Handle))
            error = AWS_IO_SOCKET_CONNECTION_REFUSED;
        SocketConnect.Finish(core, error);
        if (core->IsAttached && core->Phase == SocketPhase.Connected)
            WinReceive.Watch(WinSocket.Of(core));
        SocketCore.Release(core);
    }

    // By its program, to an address of its choice.
    private static bool IsBound(nint handle)
    {
        SocketAddress name;
        int length = SocketAddress.Size;
        return getsockname(handle, SocketAddress.BytesOf(&name), &length) == 0;
    }

    // Wine may report success for an attempt that the peer has refused; what that was is lost then.
    private static bool IsConnected(nint handle)
    {
        int seconds = NotConnected;
        int size = sizeof(int);
        return getsockopt(handle, SOL_SOCKET, SO_CONNECT_TIME, &seconds, &size) != 0 || seconds != NotConnected;
    }

    private static int OpenPipe(SocketCore* core, WinSocket* socket, SocketAddress* address)
    {
        char* name = stackalloc char[SocketAddress.Size];
        if (!WinsockAddress.TryWiden(address, name))
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        nint handle = Kernel32.CreateFileW(
            name,
            GENERIC_READ | GENERIC_WRITE,
            0,
            null,
            OPEN_EXISTING,
            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT_IDENTIFICATION,
            0);
        int error = handle == Kernel32.INVALID_HANDLE_VALUE ? Iocp.LastError : 0;
        if (error == ERROR_PIPE_BUSY)
            return SocketResult.RetryLater;
        if (error != 0)
            return Failed(core, error);

        WinSocket.CloseSystemHandle(socket->Handle, socket->Kind);
        socket->Handle = handle;
        return AWS_ERROR_SUCCESS;
    }

    // The listener of a Unix socket is there or not: nothing is to be waited for.
    private static int Unix(SocketCore* core, WinSocket* socket, SocketAddress* address)
    {
        int error = WinsockBackend.OpenUnix(socket);
        if (error != AWS_ERROR_SUCCESS)
            return error;
        return connect(socket->Handle, SocketAddress.BytesOf(address), (int)address->Length) == 0
            ? AWS_ERROR_SUCCESS
            : Failed(core, Iocp.LastError);
    }

    // What a peer says that has no such port is for a connected socket to know (it is lost on others).
    private static int Datagram(SocketCore* core, WinSocket* socket, SocketAddress* address)
    {
        if (connect(socket->Handle, SocketAddress.BytesOf(address), (int)address->Length) != 0)
            return Failed(core, Iocp.LastError);

        WinsockBackend.ReportUnreachablePorts(socket->Handle, true);
        return AWS_ERROR_SUCCESS;
    }

    private static int Failed(SocketCore* core, int error)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"{new SocketId(core)}: connecting failed with error {error}");
        return WinsockErrors.FromAddressError(error);
    }
}
