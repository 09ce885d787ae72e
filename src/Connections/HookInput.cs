// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// What comes in through hooks: from the socket through those below TLS, through TLS, and through those above it to the
/// inbox. Hooks run as long as the inbox has room; what is on its way waits in their inputs. On the loop's thread.
/// </summary>
internal static unsafe class HookInput
{
    /// <summary>A hook is to read, and may.</summary>
    internal static bool IsDue(Connection* connection) =>
        connection->Hooks != null && connection->Phase is (ConnectionPhase.Open or ConnectionPhase.Handshaking) &&
        Next(connection, out _) != null;

    /// <summary>Has hooks read until the inbox has no room, or they wait for more.</summary>
    internal static void GoOn(Connection* connection)
    {
        TakeUnread(connection);
        while (IsDue(connection) && ConnectionInput.MayReceive(connection))
        {
            HookStack* stack;
            Hook* hook = Next(connection, out stack);
            if (!TryRun(connection, stack, hook))
                return;

            // The hook may have added another.
            TakeUnread(connection);
        }
    }

    /// <summary>
    /// Where the socket's bytes go, if hooks stand on it: behind what the first has left. Memory is lent for the time
    /// until <see cref="EndReceive"/>.
    /// </summary>
    internal static byte* BeginReceive(Connection* connection, byte* lent, ref nuint room)
    {
        Inbox* input = &First(connection)->ReadInput;
        return Inbox.BeginFill(input, Hook.MinWindow, lent, room, out room);
    }

    internal static void EndReceive(Connection* connection, nuint received)
    {
        Hook* first = First(connection);
        Inbox.EndFill(&first->ReadInput, received);
        if (received > 0)
            first->Work |= HookWork.Read;
        GoOn(connection);
        Inbox.KeepOwn(&first->ReadInput);
    }

    /// <summary>The socket's bytes go to hooks, and not to TLS or the inbox.</summary>
    internal static bool IsFirst(Connection* connection) => connection->Hooks != null && First(connection) != null;

    /// <summary>Where TLS puts what it has decrypted, if that is not the inbox; or NULL.</summary>
    internal static Inbox* InputAboveTls(Connection* connection) =>
        connection->Hooks == null || connection->Hooks->Upper.Bottom == null
            ? null
            : &connection->Hooks->Upper.Bottom->ReadInput;

    /// <summary>TLS has put something there; or its content has ended.</summary>
    internal static void OnDecrypted(Connection* connection, bool isEnd)
    {
        Hook* bottom = connection->Hooks->Upper.Bottom;
        bottom->IsReadEnding |= isEnd;
        bottom->Work |= HookWork.Read;
        GoOn(connection);
        Inbox.KeepOwn(&bottom->ReadInput);
    }

    /// <summary>The socket brings no more.</summary>
    internal static void EndOfSocket(Connection* connection)
    {
        Hook* first = First(connection);
        first->IsReadEnding = true;
        first->Work |= HookWork.Read;
        GoOn(connection);
    }

    /// <summary>
    /// What nobody has read goes through hooks that have been added since. Not while somebody looks at it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TakeUnread(Connection* connection)
    {
        if (connection->Hooks != null && connection->Hooks->FirstNew != null)
            TakeAllUnread(connection);
    }

    private static void TakeAllUnread(Connection* connection)
    {
        WordLock.Lock(&connection->Lock);
        TakeUnreadLocked(connection);
        WordLock.Unlock(&connection->Lock);
    }

    /// <summary>The same under the lock.</summary>
    internal static void TakeUnreadLocked(Connection* connection)
    {
        Hook* hook = connection->Hooks == null ? null : connection->Hooks->FirstNew;
        if (hook == null)
            return;

        // Where nobody is called for the end, it is only noted.
        connection->Hooks->FirstNew = null;
        bool isOver = connection->HasDeliveredEnd && !ConnectionCallbacks.TakesEnd(connection);
        connection->HasDeliveredEnd &= !isOver;
        if (connection->HasDeliveredEnd)
            return;

        Inbox.KeepOwn(&connection->Inbox);
        Inbox later = hook->ReadInput;
        hook->ReadInput = Inbox.TakeAll(&connection->Inbox);
        AddLater(&hook->ReadInput, &later);
        hook->IsReadEnding |= connection->HasEnd;
        connection->HasEnd = false;
        if (hook->ReadInput.Length > 0 || hook->IsReadEnding)
            hook->Work |= HookWork.Read;
    }

    // What has come to it before anybody has looked is behind what nobody has read.
    private static void AddLater(Inbox* input, Inbox* later)
    {
        if (later->Length > 0)
        {
            byte* into = Inbox.BeginFill(input, later->Length, null, 0, out _);
            NativeMemory.Copy(later->Data, into, later->Length);
            Inbox.EndFill(input, later->Length);
        }

        Inbox.Clear(later);
    }

    /// <summary>
    /// A function of a hook has failed, or done what it must not: the number is in the record. What came before is
    /// delivered first.
    /// </summary>
    internal static void Fail(Connection* connection, int phase, int error)
    {
        if (phase == RESEAU_PHASE_READ && connection->IsDeliveryDue)
            ConnectionInput.Deliver(connection);
        ConnectionClose.FailByHook(connection, phase, error);
    }

    // The one that the socket's bytes go to: below TLS, or above if there is no TLS.
    private static Hook* First(Connection* connection) =>
        connection->Hooks->Lower.Bottom != null ? connection->Hooks->Lower.Bottom
        : connection->Tls == null ? connection->Hooks->Upper.Bottom
        : null;

    private static Hook* Next(Connection* connection, out HookStack* stack)
    {
        stack = &connection->Hooks->Upper;
        Hook* hook = HookStack.NextToRead(stack);
        if (hook != null)
            return hook;

        stack = &connection->Hooks->Lower;
        return HookStack.NextToRead(stack);
    }

    // One call. False after the connection has ended.
    private static bool TryRun(Connection* connection, HookStack* stack, Hook* hook)
    {
        if (hook->HasReadEnd)
        {
            Inbox.Clear(&hook->ReadInput);
            hook->Work &= ~HookWork.Read;
            return true;
        }

        Inbox* next = hook->Above != null ? &hook->Above->ReadInput
            : stack == &connection->Hooks->Upper ? &connection->Inbox
            : &connection->Hooks->Records;
        byte* window = BeginPut(connection, next, out nuint room);
        nuint produced;
        int result = Hook.Run(connection, hook, HookWork.Read, window, room, &produced);
        EndPut(connection, next, window, produced);
        if (result == 0 && hook->ReadInput.Length > Hook.MaxKept && (hook->Work & HookWork.Read) == 0)
            result = RESEAU_ERROR_TOO_LARGE;
        if (result < 0)
        {
            Fail(connection, RESEAU_PHASE_READ, result);
            return false;
        }

        hook->HasReadEnd =
            result == RESEAU_HOOK_END || (hook->IsReadEnding && (hook->Work & HookWork.Read) == 0);
        if (hook->HasReadEnd)
            Inbox.Clear(&hook->ReadInput);
        return TryPassOn(connection, stack, hook, produced);
    }

    private static byte* BeginPut(Connection* connection, Inbox* next, out nuint room)
    {
        if (next != &connection->Inbox)
            return Inbox.BeginFill(next, Hook.MinWindow, null, 0, out room);

        byte* lent = connection->Tls == null ? LoopScratch.PlainOf(connection->Scratch) : null;
        WordLock.Lock(&connection->Lock);
        byte* window = Inbox.BeginFill(next, Hook.MinWindow, lent, LoopScratch.PlainSize, out room);
        room = nuint.Min(room, nuint.Max(ConnectionInput.Room(connection), Hook.MinWindow));
        WordLock.Unlock(&connection->Lock);
        return window;
    }

    private static void EndPut(Connection* connection, Inbox* next, byte* window, nuint produced)
    {
        if (next != &connection->Inbox)
        {
            Inbox.EndFill(next, produced);
            return;
        }

        ConnectionInput.CountRead(connection, window, produced);
        ConnectionInput.EndFill(connection, produced);
    }

    // To the hook above, to TLS, or, at the top, the end to whoever reads.
    private static bool TryPassOn(Connection* connection, HookStack* stack, Hook* hook, nuint produced)
    {
        bool isEnd = hook->HasReadEnd;
        if (hook->Above != null)
        {
            hook->Above->IsReadEnding |= isEnd;
            if (produced > 0 || isEnd)
                hook->Above->Work |= HookWork.Read;
            return true;
        }

        if (stack == &connection->Hooks->Upper)
        {
            if (isEnd)
                ConnectionInput.ReachEnd(connection);
            return true;
        }

        return TryDecrypt(connection, isEnd);
    }

    private static bool TryDecrypt(Connection* connection, bool isEnd)
    {
        Inbox records = connection->Hooks->Records;
        connection->Hooks->Records = default;
        if (records.Length > 0)
            ConnectionTls.Decrypt(connection, records.Data, records.Length);
        Inbox.Clear(&records);
        if (isEnd && connection->Socket != null)
            ConnectionInput.EndOfRecords(connection);
        return connection->Socket != null;
    }
}
