// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>What another thread asks of a connection's loop. Several become one task.</summary>
[System.Flags]
internal enum ConnectionRequests : ushort
{
    None = 0,

    /// <summary>The socket has been accepted or adopted; it is to go on the loop.</summary>
    Start = 1,

    /// <summary>There is something in the outbox, or the sending is to end.</summary>
    Send = 2,

    /// <summary>There is room in the inbox, or the content is to be delivered again.</summary>
    Read = 4,
    Close = 8,
    Abort = 16,

    /// <summary>A time limit has changed.</summary>
    Time = 32,

    /// <summary>The socket is gone: the last callback is due.</summary>
    Finish = 64,
    StartTls = 128,
    Detach = 256,

    /// <summary>The queue is full, and the policy is to close then.</summary>
    FailSlow = 512,

    /// <summary>Hooks are to be added or flushed.</summary>
    Hook = 1024,

    /// <summary>A queue that was full may have room again.</summary>
    Room = 2048,

    /// <summary>A thread that reads by itself has found a failure.</summary>
    FailReading = 4096,

    /// <summary>Somebody waits for an answer that only the loop can give.</summary>
    Query = 8192,
}

/// <summary>
/// A stream of bytes with a socket, perhaps TLS, an inbox and an outbox of bounded size, by callbacks, by blocking
/// calls, or by both. What it does is in ConnectionOpen, ConnectionInput, ConnectionOutput, ConnectionTls,
/// ConnectionTimer and ConnectionClose, on the loop's thread, and in ConnectionRead and ConnectionWrite, on any; rules
/// 106 to 120 of docs/lifetimes.md. What several threads use is under the lock; no function of the program's is called
/// under it. Other fields are the loop thread's.
/// </summary>
internal unsafe partial struct Connection
{
    // First, so that a pointer to the one is a pointer to the other.
    internal IdObject Object;
    internal ConnectionSettings* Settings;

    /// <summary>The program's, for its callbacks. Any thread may change it.</summary>
    internal nint State;

    /// <summary>The listener that has accepted it, held, or NULL.</summary>
    internal ConnectionListener* Listener;

    /// <summary>NULL before it is connected and after its end.</summary>
    internal SocketCore* Socket;
    internal PeerAddress Peer;

    /// <summary>Held while it connects.</summary>
    internal Connector* Connector;

    /// <summary>How the connector has fared; NULL if there was none. Written before it can be seen.</summary>
    internal ConnectLog* ConnectLog;

    /// <summary>NULL for plain connections.</summary>
    internal ConnectionTls* Tls;

    internal LoopScratch* Scratch;

    /// <summary>The others on a loop of the program's, and what points to this one: see LoopConnections.</summary>
    internal Connection* NextOnLoop;
    internal Connection** LinkOnLoop;

    /// <summary>NULL while there are no limits of time.</summary>
    internal ConnectionTimer* Timer;

    /// <summary>NULL before the first of them is needed.</summary>
    internal ConnectionExtras* Extras;

    /// <summary>The write that the loop is at.</summary>
    internal OutItem* Sending;

    /// <summary>Bytes that the socket has in its queue, and in how many writes.</summary>
    internal nuint SocketBytes;
    internal int SocketWrites;

    /// <summary>The tick of the loop in which its thread has last written much.</summary>
    internal uint LastTick;

    /// <summary>Bytes of the writes that have ended.</summary>
    internal ulong SocketSent;
    internal ulong BytesRead;
    internal ulong BytesWritten;
    internal ulong ReceiveCalls;

    /// <summary>On the loop's clock: when it was made.</summary>
    internal ulong Started;

    /// <summary>Readable, as far as is known.</summary>
    internal bool MayHaveData;
    internal bool IsReading;

    /// <summary>The content is to be delivered again although nothing has come.</summary>
    internal bool IsDeliveryDue;

    /// <summary>What has happened: see ConnectionFacts.</summary>
    private LoopFacts _loopFacts;

    // ---- Under the lock, from here on ----

    /// <summary>Set on the loop's thread.</summary>
    internal ConnectionPhase Phase;
    private SharedFacts _sharedFacts;
    internal ConnectionRequests Requests;
    internal WordLock Lock;

    /// <summary>Why it has ended, once it has.</summary>
    internal int EndError;
    internal Inbox Inbox;
    internal Outbox Outbox;

    /// <summary>Bytes of memory that the system has not taken.</summary>
    internal nuint QueuedBytes;
    internal nuint MaxQueuedBytes;

    /// <summary>Calls and callbacks that have consumed bytes, calls that have queued some.</summary>
    internal ulong Reads;
    internal ulong Writes;

    /// <summary>The socket's, when that has gone.</summary>
    internal uint SendCalls;

    /// <summary>Threads that wait for room or for the queue to be empty, or for others to be out of a call.</summary>
    internal int Waiters;

    /// <summary>What a receive of a thread's has failed with.</summary>
    internal ushort ReadError;

    /// <summary>The task is scheduled.</summary>
    internal bool IsPosted;

    /// <summary>A write has found no room.</summary>
    internal bool WasFull;

    /// <summary>Nothing more is accepted for sending: by reseau_end(), or a close.</summary>
    internal bool IsEnding;

    /// <summary>The peer's stream has ended; what came before is in the inbox.</summary>
    internal bool HasEnd;

    /// <summary>The inbox is full, and reading has stopped.</summary>
    internal bool IsStopped;

    /// <summary>A thread is in a call that reads.</summary>
    internal bool HasReader;

    /// <summary>A thread is in a send, or in a receive: see DirectSend and DirectReceive.</summary>
    internal bool IsSendingDirectly;
    internal bool IsReceivingDirectly;

    /// <summary>The threads that read receive by themselves, and the loop does not watch the input.</summary>
    internal bool IsReadByCalls;

    /// <summary>The last receive of theirs has left nothing; and somebody has waited since.</summary>
    internal bool IsInputEmpty;
    internal bool HasAwaitedInput;

    /// <summary>A thread has sent something since one has waited for input.</summary>
    internal bool ExpectsReply;

    /// <summary>So many receives that may find nothing are tried after a wait only.</summary>
    internal byte WaitsFirst;

    /// <summary>Only the loop receives: for good, or while it has something to do with the input.</summary>
    internal bool IsInputTheLoops;

    private static nint s_operations;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    private static IdOperations NewOperations() => new()
    {
        Kind = IdKind.Connection,
        Free = &Free,
        Close = &ConnectionClose.Close,
        Pause = &ConnectionInput.Pause,
        GetLocalAddress = &GetLocalAddress,
        Link = &ConnectionClose.Link,
    };

    /// <summary>
    /// In the phase Connecting, with an id, on a loop. The settings are held. NULL if there are no loops or ids left.
    /// </summary>
    internal static Connection* New(ConnectionSettings* settings, nint state, ConnectionListener* listener)
    {
        aws_event_loop* loop = ConnectionSettings.NextLoop(settings);
        if (loop == null)
            return null;

        Connection* connection = Allocator.New<Connection>(Allocator.Default());
        ConnectionSettings.Acquire(settings);
        connection->Settings = settings;
        connection->State = state;
        connection->Listener = listener;
        connection->Object.Operations = Operations;
        connection->Object.Loop = loop;
        connection->Started = Now(connection);
        if (listener != null)
            IdTable.Acquire(&listener->Object);
        if (IdTable.Add(&connection->Object))
        {
            ProcessCounters.Add(listener != null);
            return connection;
        }

        FreeMemory(connection);
        return null;
    }

    internal static bool IsOnLoop(Connection* connection) =>
        EventLoop.ThreadIsCallersThread(connection->Object.Loop);

    /// <summary>The clock of its loop. Any thread.</summary>
    internal static ulong Now(Connection* connection) => Now(connection->Object.Loop);

    internal static ulong Now(aws_event_loop* loop)
    {
        ulong now = 0;
        EventLoop.CurrentClockTime(loop, &now);
        return now;
    }

    /// <summary>Something was read or written, which puts the idle time-out off. Loop thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BeActive(Connection* connection)
    {
        if (connection->IdleTimeout >= 0)
            PutOffAndTouch(connection);
    }

    private static void PutOffAndTouch(Connection* connection)
    {
        PutIdleTimeoutOff(connection);
        if (connection->HasOpened)
            ConnectionCallbacks.Touch(connection);
    }

    internal static void PutIdleTimeoutOff(Connection* connection) =>
        connection->LastActivity = Now(connection);

    /// <summary>Loop thread. Rule 107: nothing else sets the phase.</summary>
    internal static void Enter(Connection* connection, ConnectionEvent happened)
    {
        WordLock.Lock(&connection->Lock);
        connection->Phase = ConnectionTransitions.After(connection->Phase, happened);
        connection->IsEnding |= connection->Phase >= ConnectionPhase.Closing;
        Notify(connection);
        WordLock.Unlock(&connection->Lock);
    }

    /// <summary>Under the lock: whoever waits looks again.</summary>
    internal static void Notify(Connection* connection)
    {
        ConnectionExtras* extras = connection->Extras;
        if (extras == null)
            return;
        if (extras->Changed != null)
            ConnectionChange.Report(extras->Changed);

        // When the socket goes, the wait has been ended before.
        if (extras->ReadWait != null && connection->Socket != null)
            DirectReceive.EndWait(connection);
    }

    /// <summary>Under the lock: until something has changed, or the deadline has passed.</summary>
    internal static void Wait(Connection* connection, Deadline deadline)
    {
        ConnectionExtras* extras = ConnectionExtras.Of(connection);
        if (extras->Changed == null)
            extras->Changed = ConnectionChange.New();
        ConnectionChange.Await(extras->Changed, &connection->Lock, deadline);
    }

    /// <summary>Has the loop do something. Any thread, with the connection held, not under the lock.</summary>
    internal static void Post(Connection* connection, ConnectionRequests requests)
    {
        WordLock.Lock(&connection->Lock);
        bool isFirst = Request(connection, requests);
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Schedule(connection);
    }

    /// <summary>
    /// The same under the lock: if it returns true, <see cref="Schedule"/> is to be called when that is unlocked.
    /// </summary>
    internal static bool Request(Connection* connection, ConnectionRequests requests)
    {
        connection->Requests |= requests;
        bool isFirst = !connection->IsPosted && !connection->IsFinished;
        connection->IsPosted |= isFirst;
        return isFirst;
    }

    internal static void Schedule(Connection* connection)
    {
        // Silent connections need none.
        aws_task* task = Allocator.New<aws_task>(Allocator.Default());
        IdTable.Acquire(&connection->Object);
        ScheduledTask.Init(task, &OnTask, connection, Literal.Of("connection"u8));
        EventLoop.ScheduleTaskNow(connection->Object.Loop, task);
    }

    private static void OnTask(aws_task* task, void* argument, aws_task_status status)
    {
        Connection* connection = (Connection*)argument;
        Allocator.Release(Allocator.Default(), task);
        WordLock.Lock(&connection->Lock);
        ConnectionRequests requests = connection->Requests;
        connection->Requests = ConnectionRequests.None;
        connection->IsPosted = false;
        WordLock.Unlock(&connection->Lock);
        if (status != AWS_TASK_STATUS_RUN_READY)
            ConnectionClose.EndWithLoop(connection);
        else
            Serve(connection, requests);
        IdTable.Release(&connection->Object);
    }

    // Each does nothing if the connection has ended by then.
    private static void Serve(Connection* connection, ConnectionRequests requests)
    {
        if (Has(requests, ConnectionRequests.Start))
            ConnectionOpen.Start(connection);
        if (Has(requests, ConnectionRequests.Hook))
            ConnectionHooks.OnLoop(connection);
        if (Has(requests, ConnectionRequests.StartTls))
            ConnectionUpgrade.OnLoop(connection);
        if (Has(requests, ConnectionRequests.Abort))
            ConnectionClose.AbortOnLoop(connection);
        if (Has(requests, ConnectionRequests.FailSlow))
            ConnectionClose.FailByLimit(connection, RESEAU_PHASE_WRITE, RESEAU_ERROR_SLOW_READER);
        if (Has(requests, ConnectionRequests.FailReading))
            ConnectionClose.FailReading(connection, connection->ReadError);
        if (Has(requests, ConnectionRequests.Room))
            ConnectionOutput.ReportRoomIfThereIs(connection);
        if (Has(requests, ConnectionRequests.Send))
            ConnectionOutput.Send(connection);
        if (Has(requests, ConnectionRequests.Close))
            ConnectionClose.CloseOnLoop(connection);
        if (Has(requests, ConnectionRequests.Read))
            ConnectionInput.GoOn(connection);
        if (Has(requests, ConnectionRequests.Time))
            ConnectionTimer.Update(connection);
        if (Has(requests, ConnectionRequests.Query))
            LoopQuery.OnLoop(connection);
        if (Has(requests, ConnectionRequests.Detach))
            ConnectionDetach.OnLoop(connection);
        if (Has(requests, ConnectionRequests.Finish))
            ConnectionClose.Finish(connection);
    }

    private static bool Has(ConnectionRequests requests, ConnectionRequests one) => (requests & one) != 0;

    private static int GetLocalAddress(IdObject* item, aws_socket_endpoint* endpoint) =>
        ConnectionAddresses.Get((Connection*)item, isPeer: false, endpoint);

    private static void Free(IdObject* item) => FreeMemory((Connection*)item);

    private static void FreeMemory(Connection* connection)
    {
        ConnectionListener* listener = connection->Listener;
        Inbox.Clear(&connection->Inbox);
        ConnectionSettings.Release(connection->Settings);
        PeerAddress.Free(&connection->Peer);
        ConnectionProxy.Free(connection);
        Allocator.Release(Allocator.Default(), connection->Hooks);
        ConnectionExtras.Free(connection);
        Connections.ConnectLog.Free(connection->ConnectLog);
        ConnectionTimer.Free(connection);
        Allocator.Release(Allocator.Default(), connection);
        if (listener != null)
            IdTable.Release(&listener->Object);
    }
}
