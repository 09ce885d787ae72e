// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// A listening socket and what its connections need. References: the listening socket's own, one per accepted
/// connection, one while the setup callback is due.
/// </summary>
internal unsafe struct Listener
{
    private const int Backlog = 1024;

    // First: the pointer that the user holds is the socket's.
    private aws_socket _socket;
    private aws_server_bootstrap* _bootstrap;
    private aws_server_bootstrap_on_listener_setup_fn _setupCallback;
    private aws_server_bootstrap_on_accept_channel_setup_fn _incomingCallback;
    private aws_server_bootstrap_on_accept_channel_shutdown_fn _shutdownCallback;
    private aws_server_bootstrap_on_server_listener_destroy_fn _destroyCallback;
    private void* _userData;
    private aws_event_loop* _loop;
    private bool _backPressure;
    private TlsSetup* _tls;
    private int _references;
    private aws_task _destroyTask;

    internal readonly aws_server_bootstrap* Bootstrap => _bootstrap;

    internal readonly aws_allocator* Allocator => _bootstrap->allocator;

    internal readonly bool BackPressure => _backPressure;

    internal readonly void* UserData => _userData;

    internal static TlsSetup* TlsOf(Listener* listener) => listener->_tls;

    internal static aws_socket* New(aws_server_socket_channel_bootstrap_options* options)
    {
        aws_allocator* allocator = options->bootstrap->allocator;
        Listener* listener = (Listener*)Common.Allocator.Calloc(allocator, 1, (nuint)sizeof(Listener));
        listener->_bootstrap = ServerBootstrap.Acquire(options->bootstrap);
        listener->_setupCallback = options->setup_callback;
        listener->_incomingCallback = options->incoming_callback;
        listener->_shutdownCallback = options->shutdown_callback;
        listener->_destroyCallback = options->destroy_callback;
        listener->_userData = options->user_data;
        listener->_backPressure = options->enable_read_back_pressure;
        listener->_references = 1;
        listener->_tls =
            TlsSetup.New(listener->Allocator, options->tls_options, options->bootstrap->on_protocol_negotiated);
        Log.Write(AWS_LL_INFO, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)options->bootstrap:x}: listening on {options->host_name}:{options->port}");

        if (Socket.Init(&listener->_socket, allocator, options->socket_options) != AWS_OP_SUCCESS)
        {
            int initError = Errors.LastError();
            Release(listener);
            Errors.Raise(initError);
            return null;
        }

        if (Listen(listener, options) == AWS_OP_SUCCESS)
            return &listener->_socket;

        int error = Errors.LastError();
        CloseSocket(listener);
        Errors.Raise(error);
        return null;
    }

    private static int Listen(Listener* listener, aws_server_socket_channel_bootstrap_options* options)
    {
        aws_socket_endpoint endpoint = default;
        nuint length;
        if (AwsString.SecureLength(options->host_name, AddressText.MaxLength, &length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        NativeMemory.Copy(options->host_name, endpoint.address, length);
        endpoint.port = options->port;

        listener->_loop = EventLoopGroup.GetNextLoop(listener->_bootstrap->event_loop_group);
        aws_socket_bind_options bind = new() { local_endpoint = &endpoint, user_data = listener };
        if (Socket.Bind(&listener->_socket, &bind) != AWS_OP_SUCCESS ||
            Socket.Listen(&listener->_socket, Backlog) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        aws_socket_listener_options accept = new()
        {
            on_accept_result = &OnAccepted,
            on_accept_result_user_data = listener,
        };
        if (listener->_setupCallback == null)
            return Socket.StartAccept(&listener->_socket, listener->_loop, accept);

        accept.on_accept_start = &OnAcceptStarted;
        accept.on_accept_start_user_data = listener;
        AddReference(listener);
        if (Socket.StartAccept(&listener->_socket, listener->_loop, accept) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        int error = Errors.LastError();
        Release(listener);
        return Errors.Raise(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAcceptStarted(aws_socket* socket, int error, void* userData)
    {
        Listener* listener = (Listener*)userData;
        if (error != AWS_ERROR_SUCCESS)
            CloseSocket(listener);
        listener->_setupCallback(listener->_bootstrap, error, listener->_userData);
        Release(listener);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnAccepted(aws_socket* socket, int error, aws_socket* accepted, void* userData)
    {
        Listener* listener = (Listener*)userData;
        if (error == AWS_ERROR_SUCCESS)
            AcceptedConnection.Start(listener, accepted);
        else
            CallIncoming(listener, error, null);
    }

    internal static void CallIncoming(Listener* listener, int error, aws_channel* channel) =>
        listener->_incomingCallback(listener->_bootstrap, error, channel, listener->_userData);

    internal static void CallShutdown(Listener* listener, int error, aws_channel* channel) =>
        listener->_shutdownCallback(listener->_bootstrap, error, channel, listener->_userData);

    internal static void Destroy(aws_socket* socket)
    {
        Listener* listener = (Listener*)socket;
        ScheduledTask.Init(&listener->_destroyTask, &OnDestroy, listener, Literal.Of("listener_destroy"u8));

        // Not the socket's loop: a user who has stopped it has taken it off.
        EventLoop.ScheduleTaskNow(listener->_loop, &listener->_destroyTask);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDestroy(aws_task* task, void* arg, aws_task_status status)
    {
        Listener* listener = (Listener*)arg;
        Socket.StopAccept(&listener->_socket);
        CloseSocket(listener);
    }

    private static void CloseSocket(Listener* listener)
    {
        Socket.SetCleanupCompleteCallback(&listener->_socket, &OnSocketClosed, listener);
        Socket.CleanUp(&listener->_socket);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnSocketClosed(void* userData) => Release((Listener*)userData);

    internal static void AddReference(Listener* listener) => Interlocked.Increment(ref listener->_references);

    internal static void Release(Listener* listener)
    {
        if (Interlocked.Decrement(ref listener->_references) != 0)
            return;

        aws_server_bootstrap* bootstrap = listener->_bootstrap;
        if (listener->_destroyCallback != null)
            listener->_destroyCallback(bootstrap, listener->_userData);
        TlsSetup.Destroy(listener->Allocator, listener->_tls);
        Common.Allocator.Release(bootstrap->allocator, listener);
        ServerBootstrap.Release(bootstrap);
    }
}
