// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Platform;

namespace Reseau.Native.Sockets;

/// <summary>
/// An aws_socket as everybody else uses it. This is the dispatcher: <see cref="IsOurs"/> distinguishes sockets of ours
/// from those that a program has made with a vtable of its own, once for each call; the former are called directly, the
/// latter by <see cref="ForeignSocket"/>. What a backend of ours must do is in <see cref="SocketBackend"/>.
/// </summary>
internal static unsafe class Socket
{
    /// <summary>
    /// Fills <paramref name="socket"/> and opens its descriptor; copies the options. On failure nothing is left open
    /// and the socket holds no implementation.
    /// </summary>
    internal static int Init(aws_socket* socket, aws_allocator* alloc, aws_socket_options* options) =>
        Init(socket, alloc, options, null);

    /// <summary>The same for a socket that will be on a loop, if that is not NULL.</summary>
    internal static int Init(
        aws_socket* socket, aws_allocator* alloc, aws_socket_options* options, aws_event_loop* loop)
    {
        if (socket == null || alloc == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_socket_impl_type type = options->impl_type;
        SocketBackend* backend = SocketBackends.Find(type, loop);
        if (backend != null)
            return AwsSocket.Init(socket, alloc, backend, options);

        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"socket implementation {(int)type} does not exist on this platform");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    /// <summary>
    /// Closes the socket if it is open and releases what it holds. A socket cleaned up before is left alone.
    /// </summary>
    internal static void CleanUp(aws_socket* socket)
    {
        if (IsOurs(socket))
            AwsSocketClose.CleanUp(socket);
        else
            ForeignSocket.CleanUp(socket);
    }

    /// <summary>Cleans a socket up and frees it. Its owner's functions do not come after this has returned.</summary>
    internal static void Destroy(aws_socket* socket)
    {
        aws_allocator* allocator = socket->allocator;
        CleanUp(socket);
        Allocator.Release(allocator, socket);
    }

    /// <summary>Begins to connect; the result comes on the loop's thread.</summary>
    internal static int Connect(aws_socket* socket, aws_socket_connect_options* options) =>
        IsOurs(socket) ? AwsSocketConnect.Connect(socket, options) : ForeignSocket.Connect(socket, options);

    /// <summary>Gives the socket a local address.</summary>
    internal static int Bind(aws_socket* socket, aws_socket_bind_options* options) =>
        IsOurs(socket) ? AwsSocketListener.Bind(socket, options) : ForeignSocket.Bind(socket, options);

    /// <summary>Copies the address that the socket is bound to; fails when it is not bound.</summary>
    internal static int GetBoundAddress(aws_socket* socket, aws_socket_endpoint* out_address)
    {
        if (socket == null || out_address == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // An abstract name begins with a NUL.
        if (socket->local_endpoint.address[0] == 0 && socket->local_endpoint.address[1] == 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"id=0x{(nint)socket:x} fd={socket->io_handle.data.fd}: has no local address before it is bound");
            return Errors.Raise(AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE);
        }

        *out_address = socket->local_endpoint;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Lets a bound socket queue incoming connections.</summary>
    internal static int Listen(aws_socket* socket, int backlog) =>
        IsOurs(socket) ? AwsSocketListener.Listen(socket, backlog) : ForeignSocket.Listen(socket, backlog);

    /// <summary>Begins to report incoming connections on the loop's thread.</summary>
    internal static int StartAccept(aws_socket* socket, aws_event_loop* loop, aws_socket_listener_options options) =>
        IsOurs(socket)
            ? AwsSocketListener.StartAccept(socket, loop, &options)
            : ForeignSocket.StartAccept(socket, loop, &options);

    /// <summary>Ends that; from another thread than the loop's it waits for the loop.</summary>
    internal static int StopAccept(aws_socket* socket) =>
        IsOurs(socket) ? AwsSocketListener.StopAccept(socket) : ForeignSocket.StopAccept(socket);

    /// <summary>Closes the socket on its loop's thread; only a listener may be closed from elsewhere.</summary>
    internal static int Close(aws_socket* socket) =>
        IsOurs(socket) ? AwsSocketClose.Close(socket) : ForeignSocket.Close(socket);

    /// <summary>Ends one direction of a connection.</summary>
    internal static int ShutdownDir(aws_socket* socket, aws_channel_direction direction) =>
        IsOurs(socket)
            ? AwsSocketClose.ShutdownDirection(socket, direction)
            : ForeignSocket.ShutdownDirection(socket, direction);

    /// <summary>Applies other options to the same kind of socket.</summary>
    internal static int SetOptions(aws_socket* socket, aws_socket_options* options) =>
        IsOurs(socket) ? AwsSocketSetup.SetOptions(socket, options) : ForeignSocket.SetOptions(socket, options);

    /// <summary>Binds the socket to a loop for the rest of its life.</summary>
    internal static int AssignToEventLoop(aws_socket* socket, aws_event_loop* loop) =>
        IsOurs(socket)
            ? AwsSocketSetup.AssignToEventLoop(socket, loop)
            : ForeignSocket.AssignToEventLoop(socket, loop);

    /// <summary>The loop that the socket belongs to, or NULL.</summary>
    internal static aws_event_loop* GetEventLoop(aws_socket* socket) => socket == null ? null : socket->event_loop;

    /// <summary>Has a function called, edge by edge, when the socket can be read or has failed.</summary>
    internal static int SubscribeToReadableEvents(
        aws_socket* socket,
        aws_socket_on_readable_fn onReadable,
        void* userData) =>
        IsOurs(socket)
            ? AwsSocketTransfer.SubscribeToReadable(socket, onReadable, userData)
            : ForeignSocket.SubscribeToReadable(socket, onReadable, userData);

    /// <summary>Reads what is there into the free part of <paramref name="buffer"/>; never waits.</summary>
    internal static int Read(aws_socket* socket, aws_byte_buf* buffer, nuint* amount) =>
        IsOurs(socket) ? AwsSocketTransfer.Read(socket, buffer, amount) : ForeignSocket.Read(socket, buffer, amount);

    /// <summary>
    /// Queues the bytes, which stay the caller's until <paramref name="onWritten"/> has run once, on the loop's thread
    /// and never inside this call.
    /// </summary>
    internal static int Write(
        aws_socket* socket,
        aws_byte_cursor* data,
        aws_socket_on_write_completed_fn onWritten,
        void* userData) =>
        IsOurs(socket)
            ? AwsSocketTransfer.Write(socket, data, onWritten, userData)
            : ForeignSocket.Write(socket, data, onWritten, userData);

    /// <summary>Sets what runs, once, when the next close is done; NULL takes it back.</summary>
    internal static int SetCloseCompleteCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn function,
        void* userData) =>
        IsOurs(socket)
            ? AwsSocket.SetOnClosed(socket, function, userData)
            : ForeignSocket.SetOnClosed(socket, function, userData);

    /// <summary>Sets what runs when the clean-up is done; NULL takes it back.</summary>
    internal static int SetCleanupCompleteCallback(
        aws_socket* socket,
        aws_socket_on_shutdown_complete_fn function,
        void* userData) =>
        IsOurs(socket)
            ? AwsSocket.SetOnCleanedUp(socket, function, userData)
            : ForeignSocket.SetOnCleanedUp(socket, function, userData);

    /// <summary>Takes the socket's pending error and returns it without raising it.</summary>
    internal static int GetError(aws_socket* socket) =>
        IsOurs(socket) ? AwsSocket.TakeError(socket) : ForeignSocket.GetError(socket);

    /// <summary>True until the socket has been closed.</summary>
    internal static bool IsOpen(aws_socket* socket) =>
        IsOurs(socket) ? AwsSocket.IsOpen(socket) : ForeignSocket.IsOpen(socket);

    /// <summary>Raises AWS_IO_SOCKET_INVALID_ADDRESS for a port that cannot be connected to.</summary>
    internal static int ValidatePortForConnect(uint port, aws_socket_domain domain) =>
        Check(SocketPort.CheckForConnect(port, domain));

    /// <summary>Raises AWS_IO_SOCKET_INVALID_ADDRESS for a port that cannot be bound to.</summary>
    internal static int ValidatePortForBind(uint port, aws_socket_domain domain) =>
        Check(SocketPort.CheckForBind(port, domain));

    /// <summary>True when a network interface of this name exists now, and sockets can be bound to it.</summary>
    internal static bool IsInterfaceNameValid(byte* interface_name)
    {
        if (interface_name == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        if (!Network.CanBindToInterfaces)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
                $"{interface_name}: this system binds no sockets to network interfaces");
            return false;
        }

        if (Network.InterfaceIndex(interface_name) != 0)
            return true;

        int error = OsErrors.Last;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_SOCKET,
            $"there is no network interface named {interface_name}: errno {error}");
        return false;
    }

    /// <summary>Names a local socket that nobody else uses: on a Unix, in the current directory.</summary>
    internal static void EndpointInitLocalAddressForTest(aws_socket_endpoint* endpoint)
    {
        if (endpoint == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        aws_uuid uuid;
        if (Uuid.Init(&uuid) != AWS_OP_SUCCESS)
            return;

        aws_byte_buf text = default;
        text.buffer = endpoint->address;
        text.capacity = EndpointText.MaxLength;
        bool isPipe = System.OperatingSystem.IsWindows();
        Append(&text, isPipe ? @"\\.\pipe\testsock"u8 : "testsock"u8);
        Uuid.ToStr(&uuid, &text);
        Append(&text, isPipe ? "\0"u8 : ".sock\0"u8);
    }

    /// <summary>The implementation that a socket gets when its options name none.</summary>
    internal static aws_socket_impl_type GetDefaultImplType() => SocketBackends.DefaultType;

    /// <summary>The socket has our operations, and has not been cleaned up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsOurs(aws_socket* socket) =>
        socket != null && AwsSocketVtable.IsOurs(socket) && socket->impl != null;

    private static int Check(int error) => error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);

    private static void Append(aws_byte_buf* buffer, System.ReadOnlySpan<byte> text)
    {
        text.CopyTo(new System.Span<byte>(buffer->buffer + buffer->len, (int)(buffer->capacity - buffer->len)));
        buffer->len += (nuint)text.Length;
    }
}
