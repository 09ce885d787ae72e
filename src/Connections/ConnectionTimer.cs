// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// The limits of time of one connection, by one task that is scheduled for the nearest of them. What puts a limit off
/// only changes a number: the task finds when it runs that it is too early. Loop thread.
/// </summary>
internal unsafe struct ConnectionTimer
{
    private const ulong Never = ulong.MaxValue;

    // How often the progress of a queue is looked at within its limit.
    private const ulong LooksPerLimit = 4;

    // Over which the rate is measured if the program has named no time.
    private const long DefaultMeasure = 10_000;
    private const ulong MillisecondsPerSecond = 1000;

    private aws_task _task;

    /// <summary>When the task runs, if it is scheduled.</summary>
    private ulong _scheduled;
    private bool _isScheduled;
    private bool _isCancelling;

    /// <summary>Of what is said to a proxy, of the handshake, and of the close.</summary>
    private ulong _proxyEnd;
    private ulong _tlsEnd;
    private ulong _closeEnd;

    /// <summary>What the socket had taken, and since when it has been that.</summary>
    private ulong _taken;
    private ulong _takenSince;
    private bool _isWatchingQueue;

    /// <summary>The same at the beginning of the present time of measuring its rate.</summary>
    private ulong _measured;
    private ulong _measuredSince;

    /// <summary>The same when the connection was last idle for as long as it may be.</summary>
    private ulong _takenWhenIdle;

    internal static void BeginProxy(Connection* connection)
    {
        Of(connection)->_proxyEnd = Later(Connection.Now(connection), connection->Settings->Options.proxy_timeout_ms);
        Update(connection);
    }

    internal static void BeginTls(Connection* connection)
    {
        Of(connection)->_tlsEnd = Later(Connection.Now(connection), connection->Settings->Options.tls_timeout_ms);
        Update(connection);
    }

    internal static void BeginClose(Connection* connection)
    {
        Of(connection)->_closeEnd = Later(Connection.Now(connection), connection->Settings->Options.close_timeout_ms);
        Update(connection);
    }

    /// <summary>Something is queued: whether the peer takes it is looked at from now on, if it is to be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WatchQueue(Connection* connection)
    {
        reseau_options* options = &connection->Settings->Options;
        if (options->slow_reader_timeout_ms >= 0 || options->slow_reader_bytes_per_second != 0)
            BeginToWatch(connection);
    }

    private static void BeginToWatch(Connection* connection)
    {
        ConnectionTimer* timer = Of(connection);
        if (timer->_isWatchingQueue)
            return;

        timer->_isWatchingQueue = true;
        timer->_taken = Taken(connection);
        timer->_takenSince = Connection.Now(connection);
        timer->_measured = timer->_taken;
        timer->_measuredSince = timer->_takenSince;
        Update(connection);
    }

    /// <summary>Less than 0 is none. Any thread.</summary>
    internal static void SetIdleTimeout(Connection* connection, long milliseconds)
    {
        Connection.PutIdleTimeoutOff(connection);
        connection->IdleTimeout = milliseconds;
        Connection.Post(connection, ConnectionRequests.Time);
    }

    /// <summary>Puts the idle time-out off. Any thread.</summary>
    internal static void Touch(Connection* connection) => Connection.PutIdleTimeoutOff(connection);

    /// <summary>Schedules the task for the nearest limit, unless it comes sooner as it is.</summary>
    internal static void Update(Connection* connection)
    {
        if (connection->Phase == ConnectionPhase.Closed)
            return;

        LoopConnections.Join(connection);
        ulong next = Next(connection);
        if (next == Never)
        {
            // Silent connections without limits do without.
            Cancel(connection);
            Free(connection);
            return;
        }

        ConnectionTimer* timer = Of(connection);
        if (timer->_isScheduled && timer->_scheduled <= next)
            return;

        Cancel(connection);
        timer->_isScheduled = true;
        timer->_scheduled = next;
        IdTable.Acquire(&connection->Object);
        ScheduledTask.Init(&timer->_task, &OnTask, connection, Literal.Of("connection_timer"u8));
        EventLoop.ScheduleTaskFuture(connection->Object.Loop, &timer->_task, next);
    }

    /// <summary>It is not scheduled.</summary>
    internal static void Free(Connection* connection)
    {
        if (connection->Timer != null)
            Allocator.Release(Allocator.Default(), connection->Timer);
        connection->Timer = null;
    }

    private static ConnectionTimer* Of(Connection* connection)
    {
        if (connection->Timer == null)
        {
            connection->Timer = Allocator.New<ConnectionTimer>(Allocator.Default());
            connection->Timer->_proxyEnd = Never;
            connection->Timer->_tlsEnd = Never;
            connection->Timer->_closeEnd = Never;
        }

        return connection->Timer;
    }

    /// <summary>The connection has ended.</summary>
    internal static void Stop(Connection* connection) => Cancel(connection);

    private static void Cancel(Connection* connection)
    {
        ConnectionTimer* timer = connection->Timer;
        if (timer == null || !timer->_isScheduled)
            return;

        timer->_isCancelling = true;
        EventLoop.CancelTask(connection->Object.Loop, &timer->_task);
        timer->_isCancelling = false;
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        Connection* connection = (Connection*)argument;
        ConnectionTimer* timer = connection->Timer;
        timer->_isScheduled = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
        {
            EndIfDue(connection);
            Update(connection);
        }
        else if (!timer->_isCancelling)
        {
            ConnectionClose.EndWithLoop(connection);
        }

        IdTable.Release(&connection->Object);
    }

    private static ulong Next(Connection* connection)
    {
        ulong next = Never;
        switch (connection->Phase)
        {
            case ConnectionPhase.Connecting:
                next = ulong.Min(OpenEnd(connection), NamesEnd(connection));
                break;
            case ConnectionPhase.Proxying:
                next = ulong.Min(OpenEnd(connection), ProxyEnd(connection));
                break;
            case ConnectionPhase.Handshaking:
                next = ulong.Min(OpenEnd(connection), TlsEnd(connection));
                break;
            case ConnectionPhase.Open:
                next = ulong.Min(IdleEnd(connection), NextLook(connection));
                break;
            case ConnectionPhase.Closing:
                next = ulong.Min(CloseEnd(connection), NextLook(connection));
                break;
        }

        return next;
    }

    private static void EndIfDue(Connection* connection)
    {
        ulong now = Connection.Now(connection);
        switch (connection->Phase)
        {
            case ConnectionPhase.Connecting
                when now >= ulong.Min(OpenEnd(connection), NamesEnd(connection)):
                ConnectionClose.FailByLimit(
                    connection, ConnectionClose.PhaseNow(connection), RESEAU_ERROR_TIMED_OUT);
                break;
            case ConnectionPhase.Proxying
                when now >= ulong.Min(OpenEnd(connection), ProxyEnd(connection)):
                ConnectionClose.FailByLimit(connection, RESEAU_PHASE_PROXY, RESEAU_ERROR_TIMED_OUT);
                break;
            case ConnectionPhase.Handshaking
                when now >= ulong.Min(OpenEnd(connection), TlsEnd(connection)):
                ConnectionClose.FailByLimit(connection, RESEAU_PHASE_TLS, RESEAU_ERROR_TIMED_OUT);
                break;
            case ConnectionPhase.Open when now >= IdleEnd(connection) && !IsSending(connection, now) &&
                !DirectReceive.FindsInput(connection):
                ConnectionClose.FailByLimit(connection, RESEAU_PHASE_IDLE, RESEAU_ERROR_TIMED_OUT);
                break;
            case ConnectionPhase.Closing when now >= CloseEnd(connection):
                ConnectionClose.FailByLimit(connection, RESEAU_PHASE_CLOSE, RESEAU_ERROR_TIMED_OUT);
                break;
            case ConnectionPhase.Open or ConnectionPhase.Closing when connection->Timer->_isWatchingQueue:
                LookAtQueue(connection, now);
                break;
        }
    }

    // Accepted connections have no limit but that of TLS.
    private static ulong OpenEnd(Connection* connection) => connection->IsServer || connection->HasOpened
        ? Never
        : Later(connection->Started, connection->Settings->Options.connect_timeout_ms);

    private static ulong NamesEnd(Connection* connection) =>
        connection->ConnectLog != null && connection->ConnectLog->IsLookingUp
        ? Later(connection->Started, connection->Settings->Options.names_timeout_ms)
        : Never;

    // A timer that has nothing to wait for is freed.
    private static ulong ProxyEnd(Connection* connection) =>
        connection->Timer == null ? Never : connection->Timer->_proxyEnd;

    private static ulong TlsEnd(Connection* connection) =>
        connection->Timer == null ? Never : connection->Timer->_tlsEnd;

    private static ulong CloseEnd(Connection* connection) =>
        connection->Timer == null ? Never : connection->Timer->_closeEnd;

    private static ulong IdleEnd(Connection* connection) =>
        Later(connection->LastActivity, connection->IdleTimeout);

    // A large write that goes on is activity, too, although it ends only once.
    private static bool IsSending(Connection* connection, ulong now)
    {
        ulong taken = Taken(connection);
        bool hasProgress = connection->SocketWrites > 0 && taken != connection->Timer->_takenWhenIdle;
        connection->Timer->_takenWhenIdle = taken;
        if (hasProgress)
            connection->LastActivity = now;
        return hasProgress;
    }

    private static ulong NextLook(Connection* connection)
    {
        if (connection->Timer == null || !connection->Timer->_isWatchingQueue)
            return Never;

        ulong limit = Deadline.Nanoseconds(MeasureOf(connection));
        return Clock.Later(Connection.Now(connection), limit / LooksPerLimit);
    }

    private static void LookAtQueue(Connection* connection, ulong now)
    {
        ConnectionTimer* timer = connection->Timer;
        ulong taken = Taken(connection);
        bool hasProgress = taken != timer->_taken;
        timer->_taken = taken;
        if (connection->SocketWrites == 0 && connection->Sending == null)
            timer->_isWatchingQueue = false;
        else if (IsTooSlow(connection, taken, now))
            ConnectionClose.FailByLimit(connection, RESEAU_PHASE_WRITE, RESEAU_ERROR_SLOW_READER);
        else if (hasProgress)
            timer->_takenSince = now;
        else if (now >= Later(timer->_takenSince, connection->Settings->Options.slow_reader_timeout_ms))
            ConnectionClose.FailByLimit(connection, RESEAU_PHASE_WRITE, RESEAU_ERROR_SLOW_READER);
    }

    // Looked at once in each time of measuring; the next one begins then.
    private static bool IsTooSlow(Connection* connection, ulong taken, ulong now)
    {
        ConnectionTimer* timer = connection->Timer;
        ulong rate = connection->Settings->Options.slow_reader_bytes_per_second;
        long measure = MeasureOf(connection);
        if (rate == 0 || now < Later(timer->_measuredSince, measure))
            return false;

        UInt128 wanted = (UInt128)rate * (ulong)measure / MillisecondsPerSecond;
        bool isTooSlow = taken - timer->_measured < wanted;
        timer->_measured = taken;
        timer->_measuredSince = now;
        return isTooSlow;
    }

    private static long MeasureOf(Connection* connection)
    {
        long limit = connection->Settings->Options.slow_reader_timeout_ms;
        return limit < 0 ? DefaultMeasure : limit;
    }

    // Bytes that the system has taken, also of writes that are not complete; wraps at nothing that matters.
    private static ulong Taken(Connection* connection)
    {
        SocketCore* core = connection->Socket;
        ulong pending = core == null ? 0 : SocketWriter.QueuedBytes(core);
        return connection->SocketSent + connection->SocketBytes - pending;
    }

    private static ulong Later(ulong time, long milliseconds) =>
        milliseconds < 0 ? Never : Clock.Later(time, Deadline.Nanoseconds(milliseconds));
}
