// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using ConditionVariable = Reseau.Native.Common.Threading.ConditionVariable;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Connections;

/// <summary>
/// A listener that C knows by an id: its connections are the callbacks' as they come, or wait for a call that accepts.
/// Accepting pauses while there are as many connections as there may be, while too many wait for that call, and when
/// the program asks for it. Rules 121 to 125 of docs/lifetimes.md.
/// </summary>
internal unsafe struct ConnectionListener
{
    // First, so that a pointer to the one is a pointer to the other.
    internal IdObject Object;
    private Listener _listener;
    private ConnectionSettings* _settings;

    /// <summary>Given to each of its connections.</summary>
    private nint _state;

    /// <summary>What is removed with it, or NULL.</summary>
    private aws_string* _path;
    private aws_task _task;

    // On a loop of the program's: scheduled as long as the listener is there, so that it ends with its loop.
    private aws_task _anchor;
    private bool _isAnchored;

    // ---- Under the lock ----

    // In place of that of the settings, once it has been reloaded; held.
    private TlsSettings* _tls;

    private aws_mutex _lock;
    private aws_condition_variable _changed;

    // Connections that can be used and were not accepted, the oldest first, held.
    private Connection* _firstReady;
    private Connection* _lastReady;
    private int _readyCount;

    // Connections, also those that cannot be used yet.
    private nuint _live;
    private LinkedObjects _links;
    private bool _isPausedByProgram;
    private bool _isAccepting;
    private bool _isClosed;
    private bool _isTaskScheduled;

    private static nint s_operations;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    private static IdOperations NewOperations() => new()
    {
        Kind = IdKind.Listener,
        Free = &Free,
        Close = &Close,
        Pause = &Pause,
        GetLocalAddress = &GetLocalAddress,
        Link = &Link,
    };

    /// <summary>
    /// As the program asks: on a port of a host, or on a path. Returns the id or an error. A name is looked up, which
    /// may wait for the system.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Listen(byte* host, uint port, bool isPath, reseau_options* options)
    {
        ConnectionSettings* settings;
        int error = ConnectionSettings.TryMake(options, isServer: true, &settings);
        if (error != 0)
            return error;

        HostText text;
        aws_socket_domain domain = AWS_SOCKET_LOCAL;
        aws_event_loop* loop = settings->Loop == null ? null : settings->Loop->Object.Loop;
        error =
            !isPath ? HostText.ReadLocal(host, loop, &text, &domain)
            : HostText.TryRead(host, isPath, &text) ? LoopObject.WhyNoSystem(settings->Loop)
            : RESEAU_ERROR_BAD_ADDRESS;
        if (error != 0)
        {
            ConnectionSettings.Release(settings);
            return error;
        }

        nint state = ConnectionSettings.StateOf(options);
        long result = Listen(settings, state, text.Bytes, port, domain);

        // A host may have no IPv6.
        if (result == RESEAU_ERROR_UNSUPPORTED && text.IsAny)
        {
            HostText.SetAnyIPv4(&text);
            result = Listen(settings, state, text.Bytes, port, AWS_SOCKET_IPV4);
        }

        ConnectionSettings.Release(settings);
        return result;
    }

    /// <summary>The same on the first port that is free, from the given one upwards.</summary>
    internal static long ListenAny(byte* host, uint firstPort, reseau_options* options)
    {
        long result = RESEAU_ERROR_ADDRESS_IN_USE;
        for (uint port = firstPort; port <= ushort.MaxValue && IsTaken(result); port++)
            result = Listen(host, port, isPath: false, options);
        return result;
    }

    private static bool IsTaken(long result) =>
        result is RESEAU_ERROR_ADDRESS_IN_USE or RESEAU_ERROR_ACCESS_DENIED;

    /// <summary>Binds and listens. Returns the id or an error. The caller holds the settings.</summary>
    private static long Listen(
        ConnectionSettings* settings, nint state, byte* address, uint port, aws_socket_domain domain)
    {
        aws_event_loop* loop = ConnectionSettings.NextLoop(settings);
        if (loop == null)
            return RESEAU_ERROR_NO_MEMORY;

        ConnectionListener* listener = Allocator.New<ConnectionListener>(Allocator.Default());
        Mutex.Init(&listener->_lock);
        ConditionVariable.Init(&listener->_changed);
        ConnectionSettings.Acquire(settings);
        listener->_settings = settings;
        listener->_state = state;
        listener->Object.Operations = Operations;
        listener->Object.Loop = loop;
        listener->_isAccepting = true;
        if (!IdTable.Add(&listener->Object))
        {
            FreeMemory(listener);
            return RESEAU_ERROR_NO_MEMORY;
        }

        long id = listener->Object.Id;
        int error = Start(listener, address, port, domain);
        if (error == AWS_ERROR_SUCCESS)
            return settings->Loop == null || TryAnchor(listener) ? id : RESEAU_ERROR_LOOP_ENDED;

        IdTable.End(&listener->Object);
        return error == AWS_IO_SOCKET_INVALID_ADDRESS && domain == AWS_SOCKET_LOCAL
            ? RESEAU_ERROR_BAD_ADDRESS
            : ConnectionErrors.From(error);
    }

    private static int Start(ConnectionListener* listener, byte* address, uint port, aws_socket_domain domain)
    {
        aws_socket_options socket = listener->_settings->Socket;
        socket.domain = domain;
        bool isAbstract = UnixPath.IsAbstract(address, domain);
        bool isPath = domain == AWS_SOCKET_LOCAL && !isAbstract;
        ListenOptions options = new()
        {
            Allocator = Allocator.Default(),
            Address = address,
            Port = port,
            Backlog = listener->_settings->Options.backlog,
            SocketOptions = &socket,
            IsAbstract = isAbstract,
            IsIpv6Only = listener->_settings->Options.ipv6_only != 0,
            SharesPort = listener->_settings->Options.reuse_port != 0,
            AcceptsEarly = listener->_settings->Options.fast_open != 0 && domain != AWS_SOCKET_LOCAL,
            PathMode = isPath ? listener->_settings->Options.path_mode : 0,
            Loop = listener->Object.Loop,
            State = listener,
            OnAccepted = &OnAccepted,
            OnClosed = &OnClosed,
        };
        int error = Listener.Start(&listener->_listener, &options);

        // What a listener left behind that was not closed is in nobody's use.
        if (error == AWS_IO_SOCKET_ADDRESS_IN_USE && isPath && UnixPath.TryRemoveStale(address))
            error = Listener.Start(&listener->_listener, &options);
        if (error == AWS_ERROR_SUCCESS && isPath)
            listener->_path = AwsString.NewFromCStr(Allocator.Default(), address);
        return error;
    }

    /// <summary>
    /// The next connection, which is the program's from now on; an error after so many milliseconds, less than 0 is
    /// without limit. Any thread, with the listener held.
    /// </summary>
    internal static long Accept(ConnectionListener* listener, long milliseconds)
    {
        if (listener->_settings->AcceptsByCallback)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (milliseconds != 0 && EventLoop.MustNotWaitFor(listener->Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        Deadline deadline = Deadline.After(milliseconds);
        Connection* connection = null;
        long result = 0;
        Mutex.Lock(&listener->_lock);
        while (result == 0 && connection == null)
        {
            connection = TakeReady(listener);
            if (connection == null)
                result = AwaitReady(listener, deadline);
        }

        bool isDue = UpdateAccepting(listener);
        Mutex.Unlock(&listener->_lock);
        if (isDue)
            Schedule(listener);
        if (connection == null)
            return result;

        result = connection->Object.Id;
        IdTable.Release(&connection->Object);
        return result;
    }

    private static int AwaitReady(ConnectionListener* listener, Deadline deadline)
    {
        if (listener->_isClosed)
            return RESEAU_ERROR_CANCELED;
        if (deadline.IsOver)
            return RESEAU_ERROR_TIMED_OUT;
        if (deadline.IsNever)
            ConditionVariable.Wait(&listener->_changed, &listener->_lock);
        else
            ConditionVariable.WaitUntil(&listener->_changed, &listener->_lock, deadline.Time);
        return 0;
    }

    // One that has ended while it waited is not handed out. Under the lock, which no connection's is taken in.
    private static Connection* TakeReady(ConnectionListener* listener)
    {
        Connection* connection = listener->_firstReady;
        if (connection == null)
            return null;

        listener->_firstReady = connection->NextReady;
        if (listener->_firstReady == null)
            listener->_lastReady = null;
        listener->_readyCount--;
        return connection;
    }

    /// <summary>A connection of the listener's can be used. On its loop's thread.</summary>
    internal static void OnOpened(ConnectionListener* listener, Connection* connection)
    {
        if (listener->_settings->AcceptsByCallback)
            return;

        IdTable.Acquire(&connection->Object);
        Mutex.Lock(&listener->_lock);
        bool isLate = listener->_isClosed;
        if (!isLate)
        {
            if (listener->_firstReady == null)
                listener->_firstReady = connection;
            else
                listener->_lastReady->NextReady = connection;
            listener->_lastReady = connection;
            listener->_readyCount++;
            ConditionVariable.NotifyOne(&listener->_changed);
        }

        bool isDue = UpdateAccepting(listener);
        Mutex.Unlock(&listener->_lock);
        if (isDue)
            Schedule(listener);
        if (!isLate)
            return;

        // Nobody will get it.
        ConnectionClose.Close(&connection->Object, isAbort: true);
        IdTable.Release(&connection->Object);
    }

    /// <summary>A connection of the listener's has ended. On its loop's thread.</summary>
    internal static void OnClosed(ConnectionListener* listener, Connection* connection)
    {
        Mutex.Lock(&listener->_lock);
        listener->_live--;
        bool isDue = UpdateAccepting(listener);
        Mutex.Unlock(&listener->_lock);
        if (isDue)
            Schedule(listener);
        if (!connection->HasOpened && connection->Settings->IsBlocking)
            ConnectionClose.Forget(connection);
    }

    /// <summary>
    /// From now on its connections have this TLS, which is the listener's also after an error. Any thread.
    /// </summary>
    internal static int ReloadTls(ConnectionListener* listener, TlsSettings* tls)
    {
        TlsSettings* old = tls;
        int error = listener->_settings->Tls == null ? RESEAU_ERROR_UNSUPPORTED : 0;
        Mutex.Lock(&listener->_lock);
        if (error == 0 && listener->_isClosed)
            error = RESEAU_ERROR_CLOSED;
        if (error == 0)
        {
            old = listener->_tls;
            listener->_tls = tls;
        }

        Mutex.Unlock(&listener->_lock);
        TlsSettings.Release(old);
        return error;
    }

    /// <summary>What it was reloaded with, held for the caller, or NULL.</summary>
    internal static TlsSettings* AcquireTls(ConnectionListener* listener)
    {
        Mutex.Lock(&listener->_lock);
        TlsSettings* tls = listener->_tls;
        if (tls != null)
            TlsSettings.Acquire(tls);
        Mutex.Unlock(&listener->_lock);
        return tls;
    }

    private static int Close(IdObject* item, bool isAbort) => Close((ConnectionListener*)item, &Listener.Destroy);

    private static int Close(ConnectionListener* listener, delegate*<Listener*, void> end)
    {
        Mutex.Lock(&listener->_lock);
        bool isFirst = !listener->_isClosed;
        listener->_isClosed = true;
        Connection* ready = listener->_firstReady;
        listener->_firstReady = null;
        listener->_lastReady = null;
        listener->_readyCount = 0;
        ConditionVariable.NotifyAll(&listener->_changed);
        Mutex.Unlock(&listener->_lock);
        while (ready != null)
        {
            Connection* next = ready->NextReady;
            ConnectionClose.Close(&ready->Object, isAbort: true);
            IdTable.Release(&ready->Object);
            ready = next;
        }

        if (!isFirst)
            return 0;

        // Before the socket is closed: afterwards another listener may have the path.
        if (listener->_path != null)
            Platform.Files.Remove(listener->_path->bytes);
        end(&listener->_listener);
        return 0;
    }

    private static int Pause(IdObject* item, bool isPaused)
    {
        ConnectionListener* listener = (ConnectionListener*)item;
        Mutex.Lock(&listener->_lock);
        listener->_isPausedByProgram = isPaused;
        bool isDue = UpdateAccepting(listener);
        Mutex.Unlock(&listener->_lock);
        if (isDue)
            Schedule(listener);
        return 0;
    }

    // Freed with the memory, which the listener's connections hold.
    private static int Link(IdObject* item, void* linked, delegate* unmanaged[Cdecl]<void*, void> destroy)
    {
        ConnectionListener* listener = (ConnectionListener*)item;
        Mutex.Lock(&listener->_lock);
        LinkedObjects.TryAdd(&listener->_links, linked, destroy);
        Mutex.Unlock(&listener->_lock);
        return 0;
    }

    private static int GetLocalAddress(IdObject* item, aws_socket_endpoint* endpoint)
    {
        aws_socket* socket = Listener.SocketOf(&((ConnectionListener*)item)->_listener);
        *endpoint = socket->local_endpoint;
        return 0;
    }

    // ---- Accepting, on the listener's loop ----

    private static void OnAccepted(void* state, SocketCore* core, nint handle, SocketAddress* peer, int error)
    {
        ConnectionListener* listener = (ConnectionListener*)state;
        if (error != AWS_ERROR_SUCCESS)
            return;

        aws_socket* socket = AwsSocket.Adopt(core, handle, peer);
        Mutex.Lock(&listener->_lock);
        listener->_live++;
        bool isDue = UpdateAccepting(listener);
        Mutex.Unlock(&listener->_lock);
        Connection* connection =
            ConnectionOpen.Take(listener->_settings, listener->_state, listener, socket, isServer: true);
        if (connection != null)
            Connection.Post(connection, ConnectionRequests.Start);
        else
            CountOff(listener);
        if (isDue)
            Apply(listener);
    }

    private static void CountOff(ConnectionListener* listener)
    {
        Mutex.Lock(&listener->_lock);
        listener->_live--;
        Mutex.Unlock(&listener->_lock);
    }

    private static void OnClosed(void* state)
    {
        ConnectionListener* listener = (ConnectionListener*)state;
        if (listener->_isAnchored)
        {
            listener->_isAnchored = false;
            EventLoop.CancelTask(listener->Object.Loop, &listener->_anchor);
        }

        IdTable.End(&listener->Object);
    }

    // False if the loop has ended, and the listener with it.
    private static bool TryAnchor(ConnectionListener* listener)
    {
        listener->_isAnchored = true;
        IdTable.Acquire(&listener->Object);
        ScheduledTask.Init(&listener->_anchor, &OnAnchor, listener, Literal.Of("listener_anchor"u8));
        if (LoopTasks.TryPost(EventLoop.CoreOf(listener->Object.Loop), &listener->_anchor, TaskScheduler.NoTask))
            return true;

        listener->_isAnchored = false;
        IdTable.Release(&listener->Object);
        Close(listener, &Listener.Destroy);
        return false;
    }

    private static void OnAnchor(aws_task* task, void* argument, aws_task_status status)
    {
        ConnectionListener* listener = (ConnectionListener*)argument;
        if (listener->_isAnchored)
        {
            listener->_isAnchored = false;
            Close(listener, &Listener.EndWithLoop);
        }

        IdTable.Release(&listener->Object);
    }

    // Whether the loop has to begin or to cease accepting. Under the lock.
    private static bool UpdateAccepting(ConnectionListener* listener)
    {
        bool isDue = MayAccept(listener) != listener->_isAccepting && !listener->_isClosed &&
            !listener->_isTaskScheduled;
        listener->_isTaskScheduled |= isDue;
        return isDue;
    }

    private static bool MayAccept(ConnectionListener* listener) =>
        !listener->_isPausedByProgram && listener->_live < listener->_settings->Options.max_connections &&
        listener->_readyCount < listener->_settings->Options.backlog;

    private static void Schedule(ConnectionListener* listener)
    {
        IdTable.Acquire(&listener->Object);
        ScheduledTask.Init(&listener->_task, &OnTask, listener, Literal.Of("listener_accepting"u8));
        EventLoop.ScheduleTaskNow(listener->Object.Loop, &listener->_task);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        ConnectionListener* listener = (ConnectionListener*)argument;
        if (status == AWS_TASK_STATUS_RUN_READY)
            Apply(listener);
        IdTable.Release(&listener->Object);
    }

    private static void Apply(ConnectionListener* listener)
    {
        Mutex.Lock(&listener->_lock);
        bool accepts = MayAccept(listener);
        bool isClosed = listener->_isClosed;
        listener->_isTaskScheduled = false;
        listener->_isAccepting = accepts;
        Mutex.Unlock(&listener->_lock);
        if (!isClosed)
            Listener.SetAccepting(&listener->_listener, accepts);
    }

    private static void Free(IdObject* item) => FreeMemory((ConnectionListener*)item);

    private static void FreeMemory(ConnectionListener* listener)
    {
        ConnectionSettings.Release(listener->_settings);
        TlsSettings.Release(listener->_tls);
        AwsString.Destroy(listener->_path);
        ConditionVariable.CleanUp(&listener->_changed);
        Mutex.CleanUp(&listener->_lock);
        LinkedObjects links = LinkedObjects.Take(&listener->_links);
        Allocator.Release(Allocator.Default(), listener);
        LinkedObjects.Free(&links);
    }
}
