// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Sockets;

/// <summary>
/// The table of operations that every socket of ours points to, whatever its backend. It is made once, lives as long as
/// the process, and its entries only check that the socket has an implementation, and translate.
/// </summary>
internal static unsafe class AwsSocketVtable
{
    private static nint s_table;

    internal static aws_socket_vtable* Pointer => StaticMemory.Get(ref s_table, &Entries);

    /// <summary>
    /// The socket, which is not NULL, has exactly our operations: shortcuts past its vtable are sound.
    /// </summary>
    internal static bool IsOurs(aws_socket* socket) => socket->vtable == Pointer;

    private static aws_socket_vtable Entries() => new()
    {
        socket_cleanup_fn = &CleanUp,
        socket_connect_fn = &Connect,
        socket_bind_fn = &Bind,
        socket_listen_fn = &Listen,
        socket_start_accept_fn = &StartAccept,
        socket_stop_accept_fn = &StopAccept,
        socket_close_fn = &Close,
        socket_shutdown_dir_fn = &ShutdownDir,
        socket_set_options_fn = &SetOptions,
        socket_assign_to_event_loop_fn = &AssignToEventLoop,
        socket_subscribe_to_readable_events_fn = &SubscribeToReadableEvents,
        socket_read_fn = &Read,
        socket_write_fn = &Write,
        socket_get_error_fn = &GetError,
        socket_is_open_fn = &IsOpen,
        socket_set_close_callback = &SetCloseCallback,
        socket_set_cleanup_callback = &SetCleanupCallback,
        socket_get_protocol_fn = &GetProtocol,
        socket_get_server_name_fn = &GetServerName,
    };

    private static bool HasImplementation(aws_socket* socket)
    {
        if (socket->impl != null)
            return true;
        Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return false;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CleanUp(aws_socket* socket)
    {
        if (socket->impl != null)
            AwsSocketClose.CleanUp(socket);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(aws_socket* socket, aws_socket_connect_options* options) =>
        HasImplementation(socket) ? AwsSocketConnect.Connect(socket, options) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Bind(aws_socket* socket, aws_socket_bind_options* options) =>
        HasImplementation(socket) ? AwsSocketListener.Bind(socket, options) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Listen(aws_socket* socket, int backlog) =>
        HasImplementation(socket) ? AwsSocketListener.Listen(socket, backlog) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int StartAccept(aws_socket* socket, aws_event_loop* loop, aws_socket_listener_options options) =>
        HasImplementation(socket) ? AwsSocketListener.StartAccept(socket, loop, &options) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int StopAccept(aws_socket* socket) =>
        HasImplementation(socket) ? AwsSocketListener.StopAccept(socket) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(aws_socket* socket) =>
        HasImplementation(socket) ? AwsSocketClose.Close(socket) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShutdownDir(aws_socket* socket, aws_channel_direction direction) =>
        HasImplementation(socket) ? AwsSocketClose.ShutdownDirection(socket, direction) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetOptions(aws_socket* socket, aws_socket_options* options) =>
        HasImplementation(socket) ? AwsSocketSetup.SetOptions(socket, options) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AssignToEventLoop(aws_socket* socket, aws_event_loop* loop) =>
        HasImplementation(socket) ? AwsSocketSetup.AssignToEventLoop(socket, loop) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SubscribeToReadableEvents(
        aws_socket* socket,
        aws_socket_on_readable_fn onReadable,
        void* userData) =>
        HasImplementation(socket) ? AwsSocketTransfer.SubscribeToReadable(socket, onReadable, userData) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount) =>
        HasImplementation(socket) ? AwsSocketTransfer.Read(socket, buffer, amount) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(
        aws_socket* socket,
        aws_byte_cursor* data,
        aws_socket_on_write_completed_fn onWritten,
        void* userData) =>
        HasImplementation(socket) ? AwsSocketTransfer.Write(socket, data, onWritten, userData) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetError(aws_socket* socket) =>
        HasImplementation(socket) ? AwsSocket.TakeError(socket) : AWS_ERROR_INVALID_ARGUMENT;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool IsOpen(aws_socket* socket) => socket->impl != null && AwsSocket.IsOpen(socket);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetCloseCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn onClosed,
        void* userData) =>
        HasImplementation(socket) ? AwsSocket.SetOnClosed(socket, onClosed, userData) : AWS_OP_ERR;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetCleanupCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn onCleanedUp,
        void* userData) =>
        HasImplementation(socket) ? AwsSocket.SetOnCleanedUp(socket, onCleanedUp, userData) : AWS_OP_ERR;

    // Only sockets that negotiate TLS themselves know a protocol or a server name.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static aws_byte_buf GetProtocol(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x}: has no protocol of its own");
        return default;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static aws_string* GetServerName(aws_socket* socket)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET, $"id=0x{(nint)socket:x}: has no server name of its own");
        return null;
    }
}
