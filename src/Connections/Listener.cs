// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>Where to listen, and what to call. Read inside <see cref="Listener.Start"/>.</summary>
internal unsafe struct ListenOptions
{
    internal aws_allocator* Allocator;

    /// <summary>A C string: an address, a path or a VSOCK context id, as the domain says.</summary>
    internal byte* Address;
    internal uint Port;
    internal int Backlog;

    /// <summary>The path, whose first byte is not used, is one of Linux's abstract names.</summary>
    internal bool IsAbstract;

    /// <summary>IPv6: IPv4 is left out.</summary>
    internal bool IsIpv6Only;

    /// <summary>Others may listen on the port, too.</summary>
    internal bool SharesPort;

    /// <summary>TCP fast open, if the system has it.</summary>
    internal bool AcceptsEarly;

    /// <summary>The permission bits that a path gets; 0 leaves them.</summary>
    internal uint PathMode;
    internal aws_socket_options* SocketOptions;

    /// <summary>Where connections are accepted. It lasts as long as the listener.</summary>
    internal aws_event_loop* Loop;
    internal void* State;

    /// <summary>
    /// The state and an error, before the first connection; after an error the listener is closed. May be NULL.
    /// </summary>
    internal delegate*<void*, int, void> OnStarted;

    /// <summary>
    /// The state with the listening socket, a connection's handle and its peer, for <see cref="AwsSocket.Adopt"/> or
    /// <see cref="LazySocket.Adopt"/>; or with an error, after which others may come.
    /// </summary>
    internal delegate*<void*, SocketCore*, nint, SocketAddress*, int, void> OnAccepted;

    /// <summary>The state, when the listening socket is gone and no other callback comes any more.</summary>
    internal delegate*<void*, void> OnClosed;
}

/// <summary>
/// A socket that accepts: bound, listening, on a loop for life. The first field of its owner's state, in memory that
/// lasts until <see cref="ListenOptions.OnClosed"/>. Callbacks come on the loop's thread
/// (docs/lifetimes.md, rule 82).
/// </summary>
internal unsafe struct Listener
{
    private static nint s_observer;

    private static SocketObserver* Observer => StaticMemory.Get(ref s_observer, &NewObserver);

    private static SocketObserver NewObserver() => AwsSocket.NewAcceptingObserver(&OnAccepted);

    // First: programs know a listener by its socket.
    private aws_socket _socket;
    private aws_event_loop* _loop;
    private void* _state;
    private delegate*<void*, int, void> _onStarted;
    private delegate*<void*, SocketCore*, nint, SocketAddress*, int, void> _onAccepted;
    private delegate*<void*, void> _onClosed;
    private aws_task _destroyTask;
    private bool _isDestroyed;

    internal static aws_socket* SocketOf(Listener* listener) => &listener->_socket;

    internal static Listener* Of(aws_socket* socket) => (Listener*)socket;

    /// <summary>Any thread. Returns 0 or an error, after which nothing is open and no callback comes.</summary>
    internal static int Start(Listener* listener, ListenOptions* options)
    {
        *listener = default;
        listener->_loop = options->Loop;
        listener->_state = options->State;
        listener->_onStarted = options->OnStarted;
        listener->_onAccepted = options->OnAccepted;
        listener->_onClosed = options->OnClosed;
        aws_socket* socket = &listener->_socket;
        if (Socket.Init(socket, options->Allocator, options->SocketOptions, options->Loop) != AWS_OP_SUCCESS)
            return Errors.LastError();

        int error = Open(listener, options);
        if (error != AWS_ERROR_SUCCESS)
            Socket.CleanUp(socket);
        return error;
    }

    /// <summary>
    /// Stops and closes, on the loop. Any thread, once; also when the program has stopped the socket by itself
    /// (rule 83).
    /// </summary>
    internal static void Destroy(Listener* listener)
    {
        listener->_isDestroyed = true;
        ScheduledTask.Init(&listener->_destroyTask, &OnDestroy, listener, Literal.Of("listener_destroy"u8));

        // Not the socket's loop: a program that has stopped it has taken it off.
        EventLoop.ScheduleTaskNow(listener->_loop, &listener->_destroyTask);
    }

    /// <summary>
    /// The loop ends, and no task runs there any more: everything comes now, unless <see cref="Destroy"/> was called,
    /// whose task is cancelled.
    /// </summary>
    internal static void EndWithLoop(Listener* listener)
    {
        if (listener->_isDestroyed)
            return;

        listener->_isDestroyed = true;
        OnDestroy(null, listener, AWS_TASK_STATUS_CANCELED);
    }

    /// <summary>Ceases to accept, or goes on. On the loop's thread.</summary>
    internal static void SetAccepting(Listener* listener, bool accepts)
    {
        if (listener->_isDestroyed)
            return;

        if (!accepts)
            Socket.StopAccept(&listener->_socket);
        else
            AwsSocketListener.StartAccept(&listener->_socket, listener->_loop, Observer, default);
    }

    private static int Open(Listener* listener, ListenOptions* options)
    {
        nuint length;
        if (AwsString.SecureLength(options->Address, EndpointText.MaxLength, &length) != AWS_OP_SUCCESS)
            return Errors.LastError();

        aws_socket_endpoint endpoint = default;
        NativeMemory.Copy(options->Address, endpoint.address, length);
        endpoint.port = options->Port;
        if (options->IsAbstract)
            endpoint.address[0] = 0;
        aws_socket* socket = &listener->_socket;
        aws_socket_bind_options bind = new() { local_endpoint = &endpoint };
        int error = AwsSocketListener.Prepare(socket, options->IsIpv6Only, options->SharesPort);
        if (error != AWS_ERROR_SUCCESS)
            return error;
        if (Socket.Bind(socket, &bind) != AWS_OP_SUCCESS)
            return Errors.LastError();

        // Before anybody can connect.
        if (options->PathMode != 0 && Platform.Files.SetMode(options->Address, options->PathMode) != 0)
            return AWS_ERROR_NO_PERMISSION;
        if (Socket.Listen(socket, options->Backlog) != AWS_OP_SUCCESS)
            return Errors.LastError();

        // Where it is refused, connections begin as they always have.
        if (options->AcceptsEarly)
            SocketSettings.Set(AwsSocket.CoreOf(socket), SocketSetting.AcceptEarly, options->Backlog);

        AcceptCallback onStarted = default;
        if (listener->_onStarted != null)
        {
            onStarted.Call = &OnStarted;
            onStarted.UserData = listener;
        }

        return AwsSocketListener.StartAccept(socket, listener->_loop, Observer, onStarted);
    }

    private static void OnStarted(SocketCore* core, int error, void* function, void* userData)
    {
        Listener* listener = (Listener*)userData;
        if (error == AWS_ERROR_SUCCESS)
        {
            listener->_onStarted(listener->_state, AWS_ERROR_SUCCESS);
            return;
        }

        Socket.CleanUp(&listener->_socket);
        listener->_onStarted(listener->_state, error);

        // The owner may have destroyed the listener inside its callback all the same: then it lasts for the task.
        if (!listener->_isDestroyed)
            listener->_onClosed(listener->_state);
    }

    private static void OnAccepted(SocketCore* core, nint handle, SocketAddress* peer, int error)
    {
        Listener* listener = Of(AwsSocket.SocketOf(core));
        listener->_onAccepted(listener->_state, core, handle, peer, error);
    }

    private static void OnDestroy(aws_task* task, void* arg, aws_task_status status)
    {
        Listener* listener = (Listener*)arg;
        Socket.StopAccept(&listener->_socket);
        Socket.CleanUp(&listener->_socket);
        listener->_onClosed(listener->_state);
    }
}
