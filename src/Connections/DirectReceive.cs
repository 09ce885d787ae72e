// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>Where a call is to put its bytes, which do not go through the inbox while that is empty.</summary>
internal unsafe struct DirectBuffer
{
    internal byte* Data;
    internal nuint Size;

    /// <summary>How many have been put there. A call that fails gives them back.</summary>
    internal nuint Received;
}

/// <summary>
/// Receiving by the thread that reads, for connections that only calls read from. The first call that would wait takes
/// the input from the loop, which does not watch it then, until something happens that is the loop's: a hang-up, a
/// hook, TLS, a close. One thread at a time; while it is inside the system's call the socket stays (rules 270 to 276 of
/// docs/lifetimes.md). Functions are called under the lock, with the connection held, and may leave it for a time.
/// </summary>
internal static unsafe class DirectReceive
{
    // A call that asks for less gets what is behind, too, as far as this: the next calls find it in the inbox.
    private const int SpillSize = 4 * 1024;
    private const nuint MaxReceive = 256 * 1024;

    // A stream is received from at once, an answer is waited for first: which of the two it is shows.
    private const byte WaitsAfterNothing = 8;

    /// <summary>The windows of one receive, one behind the other; the second may be empty.</summary>
    private struct Windows
    {
        internal ReceiveBuffer First;
        internal ReceiveBuffer Second;
    }

    /// <summary>Whether a call may receive by itself now.</summary>
    internal static bool MayBegin(Connection* connection) =>
        connection->Phase == ConnectionPhase.Open && connection->Settings->ReceivesDirectly &&
        !connection->IsDirectOver && !connection->IsInputTheLoops && !connection->IsPaused && !connection->HasEnd &&
        !connection->IsForgotten &&
        connection->Tls == null && connection->Hooks == null && connection->NextTls == null &&
        connection->Socket != null && !connection->IsReceivingDirectly && !connection->Inbox.IsFilling;

    /// <summary>
    /// One step of the only reader: a receive, or a wait for something to receive. 0 means that it is to look again;
    /// else an error says why not to wait. The buffer may be NULL.
    /// </summary>
    internal static int Step(Connection* connection, DirectBuffer* buffer, bool mayWait)
    {
        if (!connection->IsReadByCalls && !TryTakeInput(connection, mayWait))
            return mayWait ? 0 : RESEAU_ERROR_WOULD_BLOCK;
        if (mayWait && ShouldWait(connection) && !connection->ReadDeadline.IsOver)
        {
            Await(connection);
            return 0;
        }

        // A look comes first: what is there is there also when the deadline has passed.
        return TryReceive(connection, buffer) ? 0
            : !mayWait ? RESEAU_ERROR_WOULD_BLOCK
            : connection->ReadDeadline.IsOver ? RESEAU_ERROR_TIMED_OUT
            : 0;
    }

    // Asked when nobody knows whether something is there: who has found nothing waits first the next times, too.
    private static bool ShouldWait(Connection* connection)
    {
        if (connection->HasAwaitedInput)
            return false;
        if (connection->IsInputEmpty)
            return true;
        if (connection->WaitsFirst == 0)
            return false;

        connection->WaitsFirst--;
        return true;
    }

    /// <summary>For calls that only look: brings what has come into the inbox, as far as there is room.</summary>
    internal static void Look(Connection* connection)
    {
        if (!connection->IsReadByCalls || connection->HasReader || !MayBegin(connection) ||
            ConnectionInput.Room(connection) == 0)
        {
            return;
        }

        TryReceive(connection, null);
        Connection.Notify(connection);
    }

    /// <summary>A call has failed: what it has received is before all that nobody has read.</summary>
    internal static void PutBack(Connection* connection, DirectBuffer* buffer)
    {
        connection->Waiters++;
        while (connection->Inbox.IsFilling)
            Connection.Wait(connection, Deadline.Never);
        connection->Waiters--;
        Inbox.PutBack(&connection->Inbox, buffer->Data, buffer->Received);
    }

    /// <summary>
    /// The loop receives from now on, until a call takes the input again, if <paramref name="isForGood"/> is false.
    /// When it returns nobody else is in a receive. Loop thread.
    /// </summary>
    internal static void TakeBack(Connection* connection, bool isForGood)
    {
        WordLock.Lock(&connection->Lock);
        TakeBackLocked(connection, isForGood);
        WordLock.Unlock(&connection->Lock);
    }

    /// <summary>The same under the lock. Nobody takes the input again before that is left.</summary>
    internal static void TakeBackLocked(Connection* connection, bool isForGood)
    {
        bool wasTheLoops = connection->IsInputTheLoops;
        connection->IsInputTheLoops = true;
        if (connection->IsReadByCalls)
        {
            ReturnInput(connection);
            AwaitUsers(connection, alsoSending: false);
            connection->MayHaveData = true;
        }

        connection->IsInputTheLoops = wasTheLoops || isForGood || connection->ReadError != 0;
    }

    /// <summary>
    /// Nobody sends or receives any more but the loop; when it returns, nobody else does. Before the socket goes. Loop
    /// thread.
    /// </summary>
    internal static void EndAll(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        connection->IsDirectOver = true;
        AwaitUsers(connection, alsoSending: true);
        WordLock.Unlock(&connection->Lock);
    }

    /// <summary>
    /// An idle time-out has passed in which the loop did not look: true if something had come after all, or the
    /// connection has ended. Loop thread, not under the lock.
    /// </summary>
    internal static bool FindsInput(Connection* connection)
    {
        if (!connection->Settings->ReceivesDirectly)
            return false;

        ulong before = connection->LastActivity;
        TakeBack(connection, isForGood: false);
        ConnectionInput.Read(connection);
        return connection->Phase != ConnectionPhase.Open || connection->LastActivity != before;
    }

    /// <summary>A thread that waits for the socket looks again.</summary>
    internal static void EndWait(Connection* connection) =>
        connection->Socket->Backend->Direct->EndWait(connection->ReadWait);

    /// <summary>
    /// A receive has found the end: whether it is the peer's, and not what is left of a reset that a send has met, be
    /// it one that is under way. Not under the lock.
    /// </summary>
    internal static bool IsEndOfStream(Connection* connection)
    {
        SocketCore* core = connection->Socket;
        if (!core->HasReadEnd)
            return false;

        WordLock.Lock(&connection->Lock);
        connection->Waiters++;
        while (connection->IsSendingDirectly)
            Connection.Wait(connection, Deadline.Never);
        connection->Waiters--;
        WordLock.Unlock(&connection->Lock);
        return !core->HasMetReset;
    }

    // System calls that do not wait, so this is short; and nobody begins another.
    private static void AwaitUsers(Connection* connection, bool alsoSending)
    {
        connection->Waiters++;
        while (connection->IsReceivingDirectly || (alsoSending && connection->IsSendingDirectly))
            Connection.Wait(connection, Deadline.Never);
        connection->Waiters--;
    }

    private static bool TryTakeInput(Connection* connection, bool mayWait)
    {
        SocketCore* core = connection->Socket;
        DirectBackend* direct = core->Backend->Direct;
        if (!mayWait)
            return false;
        if (direct == null || !SocketCore.IsOpen(core) || direct->WatchInput(core, false) != AWS_ERROR_SUCCESS)
        {
            connection->IsInputTheLoops = true;
            return false;
        }

        connection->IsReadByCalls = true;
        connection->IsInputEmpty = false;
        connection->IsStopped = false;
        return true;
    }

    // What is there is an event for the loop.
    private static void ReturnInput(Connection* connection)
    {
        connection->IsReadByCalls = false;
        SocketCore* core = connection->Socket;
        if (core != null && SocketCore.IsOpen(core))
            core->Backend->Direct->WatchInput(core, true);
        Connection.Notify(connection);
    }

    private static void Await(Connection* connection)
    {
        SocketCore* core = connection->Socket;
        DirectBackend* direct = core->Backend->Direct;
        void* wait = direct->AcquireWait();
        if (wait == null)
        {
            connection->IsInputTheLoops = true;
            ReturnInput(connection);
            return;
        }

        nint handle = SocketCore.HandleOf(core);
        int milliseconds = connection->ReadDeadline.MillisecondsLeft;
        connection->ReadWait = wait;
        connection->HasAwaitedInput = true;
        bool expectsReply = connection->ExpectsReply;
        connection->ExpectsReply = false;
        WordLock.Unlock(&connection->Lock);
        direct->Wait(wait, handle, milliseconds, expectsReply);
        WordLock.Lock(&connection->Lock);
        connection->ReadWait = null;
        direct->ReleaseWait(wait);
    }

    // True if something has come, be it the end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReceive(Connection* connection, DirectBuffer* buffer)
    {
        byte* spill = stackalloc byte[SpillSize];
        Windows windows = default;
        bool isPastInbox = buffer != null && connection->Inbox.Length == 0;
        if (isPastInbox)
            SetWindows(connection, buffer, spill, &windows);
        else
            windows.First.Data = BeginFill(connection, out windows.First.Length);
        SocketCore* core = connection->Socket;
        connection->IsReceivingDirectly = true;
        WordLock.Unlock(&connection->Lock);

        nuint received;
        bool isDrained;
        int result = ReceiveInto(core, &windows, out received, out isDrained);
        bool isEnd = result > 0 && IsEndOfStream(connection);
        if (Capture.IsOn)
            Show(connection, &windows, received, isEnd);
        if (received > 0)
            ProcessCounters.AddRead(connection->Object.Loop, received);
        if (received > 0 && connection->IdleTimeout >= 0)
            Connection.PutIdleTimeoutOff(connection);

        WordLock.Lock(&connection->Lock);
        connection->IsReceivingDirectly = false;
        connection->ReceiveCalls++;
        connection->BytesRead += received;
        if (result == SocketResult.WouldBlock && !connection->HasAwaitedInput && !connection->IsInputEmpty)
            connection->WaitsFirst = WaitsAfterNothing;
        connection->IsInputEmpty = isDrained || result == SocketResult.WouldBlock;
        connection->HasAwaitedInput = false;
        if (isPastInbox)
            Keep(connection, buffer, spill, received);
        else
            Inbox.EndFill(&connection->Inbox, received);
        if (connection->Waiters > 0)
            Connection.Notify(connection);
        if (result > 0)
            ReportEnd(connection, isEnd, result);
        return result != SocketResult.WouldBlock;
    }

    // With room behind it for what the next calls need.
    private static void SetWindows(Connection* connection, DirectBuffer* buffer, byte* spill, Windows* windows)
    {
        nuint missing = buffer->Size - buffer->Received;
        windows->First.Data = buffer->Data + buffer->Received;
        windows->First.Length = nuint.Min(missing, MaxReceive);
        windows->Second.Data = spill;
        if (missing < SpillSize)
            windows->Second.Length = nuint.Min(SpillSize, ConnectionInput.Room(connection));
    }

    private static byte* BeginFill(Connection* connection, out nuint room)
    {
        nuint admitted = nuint.Min(nuint.Max(ConnectionInput.Room(connection), 1), MaxReceive);
        nuint length = connection->Inbox.Length;
        nuint missing = connection->Wanted > length ? connection->Wanted - length : 0;
        nuint wanted = nuint.Clamp(missing, SpillSize, LoopScratch.ReceivedSize);
        byte* into = Inbox.BeginFill(&connection->Inbox, nuint.Min(admitted, wanted), null, 0, out room);
        room = nuint.Min(room, admitted);
        return into;
    }

    private static int ReceiveInto(SocketCore* core, Windows* windows, out nuint received, out bool isDrained)
    {
        ReceiveBatch batch = new()
        {
            Buffers = &windows->First,
            Limit = windows->Second.Length > 0 ? 2 : 1,
            Admitted = windows->First.Length + windows->Second.Length,
        };
        int result = core->Backend->Receive(core, &batch);
        received = batch.Received;
        isDrained = batch.IsDrained;
        return result;
    }

    // Not under the lock.
    private static void Show(Connection* connection, Windows* windows, nuint received, bool isEnd)
    {
        nuint first = nuint.Min(received, windows->First.Length);
        if (first > 0)
            Capture.Received(connection, windows->First.Data, first);
        if (received > first)
            Capture.Received(connection, windows->Second.Data, received - first);
        if (isEnd)
            Capture.EndOfStream(connection, isOwn: false);
    }

    private static void Keep(Connection* connection, DirectBuffer* buffer, byte* spill, nuint received)
    {
        nuint kept = nuint.Min(received, buffer->Size - buffer->Received);
        nuint rest = received - kept;
        buffer->Received += kept;
        if (rest == 0)
            return;

        byte* into = Inbox.BeginFill(&connection->Inbox, rest, null, 0, out _);
        NativeMemory.Copy(spill, into, rest);
        Inbox.EndFill(&connection->Inbox, rest);
    }

    // The loop has its part of it to do; of a failure, all.
    private static void ReportEnd(Connection* connection, bool isEnd, int error)
    {
        connection->HasEnd |= isEnd;
        if (!isEnd)
        {
            connection->IsInputTheLoops = true;
            connection->ReadError = (ushort)error;
        }

        Connection.Notify(connection);
        bool isFirst = Connection.Request(
            connection,
            isEnd ? ConnectionRequests.Read
            : connection->Socket->HasMetReset ? ConnectionRequests.Send
            : ConnectionRequests.FailReading);
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
        WordLock.Lock(&connection->Lock);
    }
}
