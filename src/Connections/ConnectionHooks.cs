// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// The hooks of one connection: those above TLS, or all of them if there is none, and those below. Made with the first
/// one; it lasts as long as the connection, and the hooks until after the last callback.
/// </summary>
internal unsafe struct ConnectionHooks
{
    /// <summary>A call that waits until its hook has been added, on its thread's stack.</summary>
    internal struct Request
    {
        internal Request* Next;
        internal Hook* Hook;
        internal bool IsDone;
        internal bool IsAdded;
    }

    internal HookStack Upper;
    internal HookStack Lower;

    /// <summary>How many have ever been added: the number of the newest. Changed under the connection's lock.</summary>
    internal ulong Added;

    /// <summary>The lowest of those that have been added since the last look at what nobody has read.</summary>
    internal Hook* FirstNew;

    /// <summary>From the hooks below, on its way into TLS.</summary>
    internal Inbox Records;

    /// <summary>A function of a hook is being called: the connection must not end.</summary>
    internal bool IsRunning;
    internal bool IsSending;

    /// <summary>There are hooks above TLS that have left, and keep their places.</summary>
    internal bool HasLeft;

    /// <summary>The program has asked for a flush. Under the connection's lock.</summary>
    internal bool IsFlushAsked;

    /// <summary>A write goes through hooks before TLS.</summary>
    internal static bool AreBefore(Connection* connection, OutItem* item) =>
        connection->Hooks != null && HookStack.At(&connection->Hooks->Upper, item->OnHook) != null;

    /// <summary>A function of a hook is being called on this thread, which is the loop's.</summary>
    internal static bool AreRunning(Connection* connection) =>
        connection->Hooks != null && connection->Hooks->IsRunning;

    /// <summary>
    /// Adds a hook. On the loop's thread at once; on others it waits for the loop. Returns 0 or an error, after which
    /// the state has been destroyed. Any thread.
    /// </summary>
    internal static int Add(Connection* connection, reseau_hook* functions)
    {
        Hook* hook = Hook.New(functions);
        int error = Connection.IsOnLoop(connection) ? TryAdd(connection, hook)
            : EventLoop.MustNotWaitFor(connection->Object.Loop) ? RESEAU_ERROR_WOULD_BLOCK_LOOP
            : TryAskToAdd(connection, hook);
        if (error != 0)
            Hook.Free(hook);
        return error;
    }

    private static int TryAdd(Connection* connection, Hook* hook)
    {
        WordLock.Lock(&connection->Lock);
        DirectReceive.TakeBackLocked(connection, isForGood: false);
        int error = WhyNot(connection);
        if (error == 0)
            Push(connection, hook);
        WordLock.Unlock(&connection->Lock);
        if (error == 0)
            Connection.Post(connection, ConnectionRequests.Read);
        return error;
    }

    private static int TryAskToAdd(Connection* connection, Hook* hook)
    {
        Request request = new() { Hook = hook };
        WordLock.Lock(&connection->Lock);
        int error = WhyNot(connection);
        if (error == 0)
        {
            Append(connection, &request);
            bool isFirst = Connection.Request(connection, ConnectionRequests.Hook);
            WordLock.Unlock(&connection->Lock);
            if (isFirst)
                Connection.Schedule(connection);
            WordLock.Lock(&connection->Lock);
            while (!request.IsDone)
                Connection.Wait(connection, Deadline.Never);
            error = request.IsAdded ? 0 : RESEAU_ERROR_CLOSED;
        }

        WordLock.Unlock(&connection->Lock);
        return error;
    }

    private static void Append(Connection* connection, Request* request)
    {
        Request** last = &ConnectionExtras.Of(connection)->HookRequests;
        while (*last != null)
            last = &(*last)->Next;
        *last = request;
    }

    /// <summary>
    /// Takes the newest hook with this state away: from what comes in now, or when the loop gets to it, and from what
    /// goes out behind all that is queued. Returns 0 or an error. Any thread.
    /// </summary>
    internal static int Remove(Connection* connection, void* state)
    {
        OutItem* place = OutItem.New(connection, 0);
        bool isOnLoop = Connection.IsOnLoop(connection);
        WordLock.Lock(&connection->Lock);
        int error = WhyNot(connection);
        Hook* hook = null;
        if (error == 0)
            error = Find(connection, state, &hook);
        if (error == 0)
        {
            hook->IsLeaving = true;
            place->Leaving = hook;
            place->OnHook = HookStack.Newest(&connection->Hooks->Upper);
            Outbox.Append(&connection->Outbox, place);
            if (isOnLoop)
                Hook.PassReads(hook);
        }

        WordLock.Unlock(&connection->Lock);
        if (error != 0)
            OutItem.Free(place);
        else
            Connection.Post(
                connection, ConnectionRequests.Hook | ConnectionRequests.Send | ConnectionRequests.Read);
        return error;
    }

    // Records of TLS go through those below for good.
    private static int Find(Connection* connection, void* state, Hook** hook)
    {
        ConnectionHooks* hooks = connection->Hooks;
        if (hooks == null)
            return RESEAU_ERROR_NOT_FOUND;
        *hook = HookStack.Find(&hooks->Upper, state);
        return *hook != null ? 0
            : HookStack.Find(&hooks->Lower, state) != null ? RESEAU_ERROR_UNSUPPORTED
            : RESEAU_ERROR_NOT_FOUND;
    }

    /// <summary>Has all hooks flushed soon. Any thread.</summary>
    internal static void FlushSoon(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool isFirst = connection->Hooks != null && Connection.Request(connection, ConnectionRequests.Hook);
        if (connection->Hooks != null)
            connection->Hooks->IsFlushAsked = true;
        WordLock.Unlock(&connection->Lock);
        if (isFirst)
            Connection.Schedule(connection);
    }

    /// <summary>For the loop: what has been asked for, unless the connection is closing.</summary>
    internal static void OnLoop(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        bool isAsked = connection->HookRequests != null;
        if (isAsked)
            DirectReceive.TakeBackLocked(connection, isForGood: false);
        for (Request* request = connection->HookRequests; request != null; request = request->Next)
        {
            request->IsAdded = WhyNot(connection) == 0;
            if (request->IsAdded)
                Push(connection, request->Hook);
        }

        for (Hook* hook = connection->Hooks == null ? null : connection->Hooks->Upper.Top;
            hook != null;
            hook = hook->Below)
        {
            if (hook->IsLeaving && !hook->PassesReads)
                Hook.PassReads(hook);
        }

        // Whoever reads next reads what the hooks have made of it.
        HookInput.TakeUnreadLocked(connection);
        AnswerAll(connection);
        bool isFlush = connection->Hooks != null && connection->Hooks->IsFlushAsked;
        if (isFlush)
            connection->Hooks->IsFlushAsked = false;
        WordLock.Unlock(&connection->Lock);
        if (isAsked)
            ConnectionInput.GoOn(connection);
        if (isFlush)
            HookOutput.Flush(connection);
        if (connection->Hooks != null)
            DropLeft(connection);
    }

    /// <summary>Under the lock. Those that have not been added are refused.</summary>
    internal static void AnswerAll(Connection* connection)
    {
        for (Request* request = connection->HookRequests; request != null; request = request->Next)
            request->IsDone = true;
        if (connection->Extras != null)
            connection->Extras->HookRequests = null;
        Connection.Notify(connection);
    }

    // Under the lock.
    private static int WhyNot(Connection* connection) =>
        connection->Phase >= ConnectionPhase.Closing || connection->IsEnding ? RESEAU_ERROR_CLOSED
        : connection->NextTls != null ? RESEAU_ERROR_BUSY
        : 0;

    // Under the lock.
    private static void Push(Connection* connection, Hook* hook)
    {
        if (connection->Hooks == null)
            connection->Hooks = Allocator.New<ConnectionHooks>(Allocator.Default());
        ConnectionHooks* hooks = connection->Hooks;
        hook->Number = ++hooks->Added;
        HookStack.Push(&hooks->Upper, hook);
        if (hooks->FirstNew == null)
            hooks->FirstNew = hook;
    }

    /// <summary>
    /// Those that have left give up their places when nothing is on its way through them. Only in the connection's
    /// task: elsewhere somebody may be at one. Not under the lock.
    /// </summary>
    internal static void DropLeft(Connection* connection)
    {
        ConnectionHooks* hooks = connection->Hooks;
        if (!hooks->HasLeft || hooks->IsRunning || connection->IsReading || hooks->Upper.NeedsFlush)
            return;

        hooks->HasLeft = false;
        WordLock.Lock(&connection->Lock);
        Hook* above;
        for (Hook* hook = hooks->Upper.Bottom; hook != null; hook = above)
        {
            above = hook->Above;
            bool isDone = hook->HasLeft && hook->Work == HookWork.None && hook->ReadInput.Length == 0 &&
                hook->WriteInput.Length == 0 && !hook->HasReadEnd && hook != hooks->FirstNew;
            if (!isDone)
            {
                hooks->HasLeft |= hook->HasLeft;
                continue;
            }

            HookStack.Remove(&hooks->Upper, hook);

            // Its state has been destroyed before: no function of the program's is called.
            Hook.Free(hook);
        }

        WordLock.Unlock(&connection->Lock);
    }

    /// <summary>Under the lock, on the loop's thread: TLS begins, above all hooks that there are.</summary>
    internal static void BeginTls(Connection* connection)
    {
        ConnectionHooks* hooks = connection->Hooks;
        if (hooks == null)
            return;

        hooks->Lower = hooks->Upper;
        hooks->Upper = default;
    }

    /// <summary>After the last callback. The program's functions are called.</summary>
    internal static void Free(Connection* connection)
    {
        ConnectionHooks* hooks = connection->Hooks;
        if (hooks == null)
            return;

        HookStack.Free(&hooks->Upper);
        HookStack.Free(&hooks->Lower);
        Inbox.Clear(&hooks->Records);
    }
}
