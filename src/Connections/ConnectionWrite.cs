// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// Writing by calls, on any thread, with the connection held: each puts the whole of its data into the outbox, or
/// nothing. A call that finds no room does what the policy says.
/// </summary>
internal static unsafe class ConnectionWrite
{
    // On the loop's thread smaller ones go together at the end of its turn; larger ones, if another has gone before.
    private const nuint MinSentAtOnce = 16 * 1024;
    private const nuint MinSentAlone = 64 * 1024;

    /// <summary>Where a write goes.</summary>
    private enum Way : byte
    {
        Outbox,

        /// <summary>To the system, by the thread that writes.</summary>
        Direct,

        /// <summary>Into the socket's queue, by the loop's thread.</summary>
        ToSocket,

        /// <summary>It has gone: behind the bytes of the newest that is in the outbox.</summary>
        Joined,
    }

    /// <summary>A copy of the bytes, behind or before all that is queued. Returns how many, or an error.</summary>
    internal static long Write(Connection* connection, void* data, nuint length, bool isFirst)
    {
        Way way;
        int error = Begin(connection, isFirst ? null : data, length, null, isFirst, out way);
        if (error != 0 || length == 0)
            return error;
        if (way == Way.Joined)
            return (long)length;

        // What the system takes at once need not be copied.
        if (way == Way.Direct)
        {
            DirectSend.Send(connection, (byte*)data, length, null);
            return (long)length;
        }

        if (way == Way.ToSocket)
        {
            if (connection->SocketWrites == 0 || !ConnectionOutput.TryJoin(connection, data, length))
                HandToSocket(connection, data, length);
            return (long)length;
        }

        // The copy is made without the lock.
        OutItem* item = NewItem(connection, length);
        OutItem.SetCopy(item, data, length);
        return Queue(connection, item, length, isFirst);
    }

    // One that waits on the loop's thread is likely to be followed by more, which share its block. Not between files:
    // blocks would cost much more than what is written.
    private static OutItem* NewItem(Connection* connection, nuint length) =>
        Connection.IsOnLoop(connection) && connection->Phase == ConnectionPhase.Open &&
        connection->QueuedFileBytes == 0 && MayShare(connection)
            ? OutItemPool.Take(LoopScratch.ItemsOf(connection->Scratch), connection, length)
            : OutItem.New(connection, length);

    private static void HandToSocket(Connection* connection, void* data, nuint length)
    {
        OutItem* item = OutItemPool.Take(LoopScratch.ItemsOf(connection->Scratch), connection, length);
        OutItem.SetCopy(item, data, length);
        ConnectionOutput.TryHandToSocket(connection, item);
    }

    /// <summary>The bytes themselves, which the function frees, also after a failure.</summary>
    internal static long WriteOwned(
        Connection* connection,
        void* data,
        nuint length,
        delegate* unmanaged[Cdecl]<void*, void*, void> destroy,
        void* argument)
    {
        Way way;
        int error = Begin(connection, null, length, null, isFirst: false, out way);
        if (error != 0 || length == 0)
        {
            if (destroy != null)
                destroy(data, argument);
            return error;
        }

        if (way == Way.ToSocket)
        {
            OutItem* pooled = OutItemPool.Take(LoopScratch.ItemsOf(connection->Scratch), connection, 0);
            OutItem.SetOwned(pooled, data, length, destroy, argument);
            ConnectionOutput.TryHandToSocket(connection, pooled);
            return (long)length;
        }

        OutItem* item = OutItem.New(connection, 0);
        OutItem.SetOwned(item, data, length, destroy, argument);
        if (way == Way.Outbox)
            return Queue(connection, item, length, isFirst: false);
        DirectSend.Send(connection, (byte*)data, length, item);
        return (long)length;
    }

    /// <summary>A part of a file, whose descriptor is the connection's, also after a failure.</summary>
    internal static long WriteFile(Connection* connection, int file, ulong offset, ulong length)
    {
        OutItem* item = OutItem.New(connection, 0);
        item->File = file;
        item->FileOffset = offset;
        OutItem.SetContent(item, (nuint)length, isOfFile: true);
        WordLock.Lock(&connection->Lock);
        int error = WhyClosed(connection);
        if (error == 0)
        {
            connection->QueuedFileBytes += length;
            Put(connection, item, isFirst: false);
        }

        WordLock.Unlock(&connection->Lock);
        if (error == 0)
            SendSoon(connection);
        else
            OutItem.Free(item);
        return error == 0 ? (long)length : error;
    }

    /// <summary>Waits until the system has taken everything. Returns 0 or an error.</summary>
    internal static int Flush(Connection* connection)
    {
        if (EventLoop.MustNotWaitFor(connection->Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        int error = 0;
        WordLock.Lock(&connection->Lock);
        connection->Waiters++;
        while (error == 0 && connection->QueuedBytes + connection->QueuedFileBytes > 0)
            error = WaitForWriting(connection);

        // An end throws away what is queued.
        if (error == 0 && connection->Phase == ConnectionPhase.Closed)
            error = connection->EndError != 0 || !connection->HasSentEnd ? EndErrorOf(connection) : 0;
        connection->Waiters--;
        WordLock.Unlock(&connection->Lock);
        return error;
    }

    internal static long Pending(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        long bytes = (long)(connection->QueuedBytes + connection->QueuedFileBytes);
        WordLock.Unlock(&connection->Lock);
        return bytes;
    }

    /// <summary>Nothing more is accepted, and the stream ends behind what is queued.</summary>
    internal static int End(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool wasEnding = connection->IsEnding;
        connection->IsEnding = true;
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
        if (!wasEnding)
            SendSoon(connection);
        return 0;
    }

    /// <summary>Also for a call that waits now.</summary>
    internal static void SetDeadline(Connection* connection, long milliseconds)
    {
        WordLock.Lock(&connection->Lock);
        connection->WriteDeadline = Deadline.After(milliseconds);
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
    }

    // Waits for room, and counts the bytes as queued unless their way is the outbox and there is no item yet: what is
    // counted is there to be sent, also when the connection ends. With the data, if a copy of them may join another.
    private static int Begin(
        Connection* connection,
        void* data,
        nuint length,
        OutItem* item,
        bool isFirst,
        out Way way)
    {
        bool aborts = false;
        way = Way.Outbox;
        bool isOnLoop = Connection.IsOnLoop(connection);
        WordLock.Lock(&connection->Lock);
        int error = WhyClosed(connection);
        while (error == 0 && !HasRoom(connection, length))
        {
            error = WaitOrFail(connection, ref aborts);
            if (error == 0)
                error = WhyClosed(connection);
        }

        if (error == 0 && item == null)
        {
            way = FindWay(connection, length, isOnLoop);
            if (way == Way.Outbox && data != null && isOnLoop && TryJoin(connection, data, length))
                way = Way.Joined;
        }

        if (error == 0 && length > 0 && (item != null || way != Way.Outbox))
        {
            connection->QueuedBytes += length;
            connection->MaxQueuedBytes = nuint.Max(connection->MaxQueuedBytes, connection->QueuedBytes);
            if (item != null)
                Put(connection, item, isFirst);
            else
                connection->Writes++;
        }

        WordLock.Unlock(&connection->Lock);
        if (aborts)
            Connection.Post(connection, ConnectionRequests.FailSlow);
        return error;
    }

    // Under the lock. What is on its way begins there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Way FindWay(Connection* connection, nuint length, bool isOnLoop)
    {
        if (length > 0 && (!isOnLoop || (length >= MinSentAtOnce && IsWorthACall(connection, length))) &&
            DirectSend.TryBegin(connection, isOnLoop))
        {
            return Way.Direct;
        }

        return isOnLoop && MayGoToSocket(connection) ? Way.ToSocket : Way.Outbox;
    }

    private static long Queue(Connection* connection, OutItem* item, nuint length, bool isFirst)
    {
        int error = Begin(connection, null, length, item, isFirst, out _);
        if (error == 0)
            SendSoon(connection);
        else
            OutItem.Free(item);
        return error == 0 ? (long)length : error;
    }

    // Under the lock, on the loop's thread: nothing is before it, and nothing is between. After a failure the loop ends
    // the connection when it comes to the write, and not inside the program's call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayGoToSocket(Connection* connection) =>
        connection->Tls == null && connection->Hooks == null && connection->Phase == ConnectionPhase.Open &&
        connection->Sending == null && connection->Outbox.IsEmpty && !connection->IsSendingDirectly &&
        connection->NextTls == null && !connection->HasSentEnd && !Capture.IsOn &&
        connection->SocketBytes < ConnectionOutput.MaxSocketBytes && SocketCore.CanSend(connection->Socket) &&
        connection->Socket->WriteError == AWS_ERROR_SUCCESS;

    // Under the lock, on the loop's thread. Only that makes blocks with room, and sends what is in them.
    private static bool TryJoin(Connection* connection, void* data, nuint length)
    {
        OutItem* newest = Outbox.Newest(&connection->Outbox);
        return newest != null && MayShare(connection) && OutItemPool.TryAdd(newest, data, length);
    }

    // Each has its own place among TLS, hooks and touches.
    private static bool MayShare(Connection* connection) =>
        connection->Tls == null && connection->Hooks == null && connection->NextTls == null &&
        connection->Settings->Options.on_touch == null;

    // On the loop's thread. The first large write of a turn may be its only one; those behind it share a call.
    private static bool IsWorthACall(Connection* connection, nuint length)
    {
        uint tick = EventLoop.TickOf(connection->Object.Loop);
        bool isFirst = connection->LastTick != tick;
        connection->LastTick = tick;
        return isFirst || length >= MinSentAlone;
    }

    // What the queue can never hold goes when that is empty.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasRoom(Connection* connection, nuint length)
    {
        nuint limit = ConnectionSettings.WriteLimit(connection->Settings);
        return connection->QueuedBytes == 0 ||
            (connection->QueuedBytes <= limit && length <= limit - connection->QueuedBytes);
    }

    private static int WaitOrFail(Connection* connection, ref bool aborts)
    {
        if (!connection->WasFull)
            connection->FullSince = Connection.Now(connection);
        connection->WasFull = true;
        int policy = connection->Settings->Options.write_policy;
        aborts = policy == RESEAU_WRITE_CLOSE;
        if (policy != RESEAU_WRITE_BLOCK || EventLoop.MustNotWaitFor(connection->Object.Loop))
            return RESEAU_ERROR_NO_ROOM;

        connection->Waiters++;
        int error = WaitForWriting(connection);
        connection->Waiters--;
        return error;
    }

    private static int WaitForWriting(Connection* connection)
    {
        if (connection->WriteDeadline.IsOver)
            return RESEAU_ERROR_TIMED_OUT;
        Connection.Wait(connection, connection->WriteDeadline);
        return 0;
    }

    private static int EndErrorOf(Connection* connection) =>
        connection->EndError != 0 ? connection->EndError : RESEAU_ERROR_CLOSED;

    private static int WhyClosed(Connection* connection) =>
        connection->IsEnding || connection->Phase >= ConnectionPhase.Closing ? RESEAU_ERROR_CLOSED : 0;

    // Under the lock: its bytes have been counted.
    private static void Put(Connection* connection, OutItem* item, bool isFirst)
    {
        connection->Writes++;
        item->OnHook = connection->Hooks == null ? 0 : HookStack.Newest(&connection->Hooks->Upper);
        if (isFirst && connection->NextTls == null)
            Outbox.Prepend(&connection->Outbox, item);
        else
            Outbox.Append(&connection->Outbox, item);
    }

    // TLS puts small writes of one turn into one record, and hooks are flushed once. A hook may be running, too.
    private static void SendSoon(Connection* connection)
    {
        if (Connection.IsOnLoop(connection) && connection->Tls == null && connection->Hooks == null)
            ConnectionOutput.Send(connection);
        else
            Connection.Post(connection, ConnectionRequests.Send);
    }
}
