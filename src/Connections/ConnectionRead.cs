// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// Reading by calls, on any thread, with the connection held. Those that may wait do so until there is enough, the
/// stream has ended, the deadline has passed, or the connection is closed; a call that fails has consumed nothing.
/// </summary>
internal static unsafe class ConnectionRead
{
    /// <summary>Up to so many bytes; 0 at the end of the stream.</summary>
    internal static long Read(Connection* connection, void* buffer, nuint size, bool mayWait)
    {
        if (size == 0)
            return 0;

        int error = Begin(connection, mayWait);
        if (error != 0)
            return error;

        DirectBuffer direct = new() { Data = (byte*)buffer, Size = size };
        error = Await(connection, 1, 1, mayWait, &direct);
        long result = error == 0 ? Take(connection, &direct) : error;
        End(connection);
        return result;
    }

    /// <summary>Exactly so many bytes; fewer only at the end of the stream.</summary>
    internal static long ReadExactly(Connection* connection, void* buffer, nuint size)
    {
        if (size == 0)
            return 0;

        int error = Begin(connection, mayWait: true);
        if (error != 0)
            return error;

        DirectBuffer direct = new() { Data = (byte*)buffer, Size = size };
        error = Await(connection, size, size, mayWait: true, &direct);
        if (error != 0 && direct.Received > 0)
            DirectReceive.PutBack(connection, &direct);
        long result = error == 0 ? Take(connection, &direct) : error;
        End(connection);
        return result;
    }

    /// <summary>Up to and with a delimiter; at the end of the stream what is left.</summary>
    internal static long ReadUntil(
        Connection* connection, ReadOnlySpan<byte> delimiter, void* buffer, nuint size)
    {
        int error = Begin(connection, mayWait: true);
        if (error != 0)
            return error;

        long length = AwaitDelimiter(connection, delimiter, size);
        if (length > 0)
            Take(connection, buffer, (nuint)length);
        End(connection);
        return length;
    }

    /// <summary>A line without its end, which is taken too, and with a NUL instead.</summary>
    internal static long ReadLine(Connection* connection, byte* line, nuint size)
    {
        int error = Begin(connection, mayWait: true);
        if (error != 0)
            return error;

        // Room for "\r\n", of which the NUL takes one.
        long length = AwaitDelimiter(connection, "\n"u8, size == nuint.MaxValue ? size : size + 1);
        if (length > 0)
            length = TakeLine(connection, line, size, (nuint)length);
        else if (length == 0)
            length = RESEAU_ERROR_END_OF_STREAM;
        End(connection);
        return length;
    }

    /// <summary>All that comes until the end of the stream, in memory of its own.</summary>
    internal static long ReadAll(Connection* connection, void** data, nuint limit)
    {
        int error = Begin(connection, mayWait: true);
        if (error != 0)
            return error;

        nuint more = limit == nuint.MaxValue ? limit : limit + 1;
        error = Await(connection, more, more, mayWait: true);
        nuint length = connection->Inbox.Length;
        long result = error;
        if (error == 0 && length > limit)
        {
            result = RESEAU_ERROR_TOO_LARGE;
        }
        else if (error == 0)
        {
            *data = Platform.Heap.Allocate(length + 1);
            result = *data == null ? RESEAU_ERROR_NO_MEMORY : Take(connection, *data, length);
        }

        End(connection);
        return result;
    }

    /// <summary>Copies without consuming; 0 if nothing is there.</summary>
    internal static long Peek(Connection* connection, void* buffer, nuint size)
    {
        WordLock.Lock(&connection->Lock);
        DirectReceive.Look(connection);
        nuint length = nuint.Min(size, connection->Inbox.Length);
        NativeMemory.Copy(connection->Inbox.Data, buffer, length);
        WordLock.Unlock(&connection->Lock);
        return (long)length;
    }

    internal static long Available(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        DirectReceive.Look(connection);
        long length = (long)connection->Inbox.Length;
        WordLock.Unlock(&connection->Lock);
        return length;
    }

    internal static int IsAtEnd(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        if (!connection->HasEnd && connection->Inbox.Length == 0)
            DirectReceive.Look(connection);
        bool isAtEnd = connection->HasEnd && connection->Inbox.Length == 0;
        WordLock.Unlock(&connection->Lock);
        return isAtEnd ? 1 : 0;
    }

    /// <summary>Also for a call that waits now.</summary>
    internal static void SetDeadline(Connection* connection, long milliseconds)
    {
        WordLock.Lock(&connection->Lock);
        connection->ReadDeadline = Deadline.After(milliseconds);
        Connection.Notify(connection);
        WordLock.Unlock(&connection->Lock);
    }

    // Takes the lock, if there is no other reader.
    private static int Begin(Connection* connection, bool mayWait)
    {
        if (mayWait && EventLoop.MustNotWaitFor(connection->Object.Loop))
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        WordLock.Lock(&connection->Lock);
        if (!connection->HasReader)
        {
            connection->HasReader = true;
            return 0;
        }

        WordLock.Unlock(&connection->Lock);
        return RESEAU_ERROR_BUSY;
    }

    // Unlocks. What was consumed may have made room.
    private static void End(Connection* connection)
    {
        connection->HasReader = false;
        connection->Wanted = 0;
        bool isFirst = GoOnIfStopped(connection);
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
    }

    // With room for half, so that it is not one byte at a time.
    private static bool GoOnIfStopped(Connection* connection)
    {
        nuint limit = nuint.Max(ConnectionSettings.ReadLimit(connection->Settings), connection->Wanted);
        if (!connection->IsStopped || connection->IsPaused || ConnectionInput.Room(connection) < (limit / 2) + 1)
            return false;

        connection->IsStopped = false;
        return Connection.Request(connection, ConnectionRequests.Read);
    }

    // Until so many bytes are there, or all that will ever come; there may be so many as are wanted. The first wait
    // comes after a look: what is there is there also when the deadline has passed.
    private static int Await(
        Connection* connection, nuint size, nuint wanted, bool mayWait, DirectBuffer* direct = null)
    {
        connection->Wanted = wanted;
        while (connection->Inbox.Length + (direct == null ? 0 : direct->Received) < size && !connection->HasEnd)
        {
            int error = Step(connection, direct, mayWait);
            if (error != 0)
                return error;
        }

        // An abort has thrown away what has come, which may have been searched already.
        bool isShort = connection->Inbox.Length + (direct == null ? 0 : direct->Received) < size;
        return isShort && connection->IsForgotten ? RESEAU_ERROR_CANCELED : 0;
    }

    // Until more bytes are there than those that have been searched, or others than those.
    private static int AwaitOthers(Connection* connection, nuint searched, nuint wanted)
    {
        connection->Wanted = wanted;
        while (connection->Inbox.Length <= searched && !connection->Inbox.HasTaken && !connection->HasEnd)
        {
            int error = Step(connection, null, mayWait: true);
            if (error != 0)
                return error;
        }

        return connection->Inbox.Length <= searched && connection->IsForgotten ? RESEAU_ERROR_CANCELED : 0;
    }

    // One receive, or one wait.
    private static int Step(Connection* connection, DirectBuffer* direct, bool mayWait)
    {
        if (DirectReceive.MayBegin(connection))
            return DirectReceive.Step(connection, direct, mayWait);

        int error = WhyNotToWait(connection, mayWait);
        if (error == 0)
            AwaitMore(connection);
        return error;
    }

    private static int WhyNotToWait(Connection* connection, bool mayWait)
    {
        if (connection->IsForgotten)
            return RESEAU_ERROR_CANCELED;
        if (connection->Phase == ConnectionPhase.Closed)
            return connection->EndError != 0 ? connection->EndError : RESEAU_ERROR_CLOSED;
        if (!mayWait)
            return RESEAU_ERROR_WOULD_BLOCK;
        return connection->ReadDeadline.IsOver ? RESEAU_ERROR_TIMED_OUT : 0;
    }

    private static void AwaitMore(Connection* connection)
    {
        if (connection->IsStopped && !connection->IsPaused && ConnectionInput.Room(connection) > 0)
        {
            connection->IsStopped = false;
            bool isFirst = Connection.Request(connection, ConnectionRequests.Read);
            WordLock.Unlock(&connection->Lock);
            if (isFirst)
                Connection.Schedule(connection);
            WordLock.Lock(&connection->Lock);
            return;
        }

        Connection.Wait(connection, connection->ReadDeadline);
    }

    // The length of what ends with the delimiter; of what is left at the end of the stream; or an error. What has been
    // searched may be gone when more has come: a callback has consumed it, a hook has taken it, TLS has begun.
    private static long AwaitDelimiter(Connection* connection, ReadOnlySpan<byte> delimiter, nuint size)
    {
        nuint searched = 0;
        while (true)
        {
            nuint length = connection->Inbox.Length;
            searched = connection->Inbox.HasTaken ? 0 : searched;
            connection->Inbox.HasTaken = false;
            nuint found = Inbox.Find(&connection->Inbox, searched, delimiter);
            if (found != Inbox.NotFound)
            {
                nuint whole = found + (nuint)delimiter.Length;
                return whole <= size ? (long)whole : RESEAU_ERROR_TOO_LARGE;
            }

            if (length >= size)
                return RESEAU_ERROR_TOO_LARGE;
            if (connection->HasEnd)
                return length == 0 && connection->IsForgotten ? RESEAU_ERROR_CANCELED : (long)length;

            // A delimiter may have begun.
            searched = length - nuint.Min(length, (nuint)delimiter.Length - 1);
            int error = AwaitOthers(connection, length, nuint.Min(size, (length * 2) + 1));
            if (error != 0)
                return error;
        }
    }

    private static long Take(Connection* connection, void* buffer, nuint size)
    {
        nuint length = nuint.Min(size, connection->Inbox.Length);
        NativeMemory.Copy(connection->Inbox.Data, buffer, length);
        Inbox.Consume(&connection->Inbox, length);
        connection->Reads += length > 0 ? 1u : 0u;
        return (long)length;
    }

    // What is in the buffer, and behind it what is in the inbox.
    private static long Take(Connection* connection, DirectBuffer* direct)
    {
        nuint missing = direct->Size - direct->Received;
        if (direct->Received == 0 || (missing > 0 && connection->Inbox.Length > 0))
            return (long)direct->Received + Take(connection, direct->Data + direct->Received, missing);

        connection->Reads++;
        return (long)direct->Received;
    }

    private static long TakeLine(Connection* connection, byte* line, nuint size, nuint length)
    {
        byte* content = connection->Inbox.Data;
        nuint kept = length;
        if (content[kept - 1] == (byte)'\n')
            kept--;
        if (kept < length && kept > 0 && content[kept - 1] == (byte)'\r')
            kept--;
        if (kept >= size)
            return RESEAU_ERROR_TOO_LARGE;

        NativeMemory.Copy(content, line, kept);
        line[kept] = 0;
        connection->Reads++;
        Inbox.Consume(&connection->Inbox, length);
        return (long)kept;
    }
}
