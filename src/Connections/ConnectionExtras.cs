// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Threading;
using Reseau.Native.Common;
using ConditionVariable = Reseau.Native.Common.Threading.ConditionVariable;
using Mutex = Reseau.Native.Common.Threading.Mutex;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// What few connections have, or only for a moment: made when the first of it is needed, and there until the memory of
/// the connection goes. Where nothing is said it is used under the connection's lock.
/// </summary>
internal unsafe struct ConnectionExtras
{
    /// <summary>What a thread waits with for anything to change; NULL before the first does.</summary>
    internal ConnectionChange* Changed;

    /// <summary>What the thread that waits for the socket waits with; or NULL.</summary>
    internal void* ReadWait;
    internal Deadline ReadDeadline;
    internal Deadline WriteDeadline;

    /// <summary>What the call that reads needs in one piece.</summary>
    internal nuint Wanted;

    /// <summary>On the loop's clock: the last read, write or touch. Any thread.</summary>
    internal ulong LastActivity;

    /// <summary>Milliseconds; less than 0 is none. Any thread.</summary>
    internal long IdleTimeout;

    /// <summary>Bytes of files that the system has not taken.</summary>
    internal ulong QueuedFileBytes;

    /// <summary>Since when the queue is full, and for how long it was altogether before.</summary>
    internal ulong FullSince;
    internal ulong FullTime;
    internal LinkedObjects Links;

    /// <summary>NULL before the first hook is added; set on the loop's thread, under the lock.</summary>
    internal ConnectionHooks* Hooks;

    /// <summary>What a proxy is still to be asked; else NULL. Loop thread.</summary>
    internal ProxyDialog* Proxy;

    /// <summary>The next one that waits to be accepted: the listener's, under its lock.</summary>
    internal Connection* NextReady;

    /// <summary>What ALPN has agreed on, the extras' own; NULL if nothing. Written once.</summary>
    internal aws_string* Protocol;

    /// <summary>What a program waits for that begins TLS on an open connection; NULL when the loop has it.</summary>
    internal TlsSettings* NextTls;

    /// <summary>Threads that wait until a hook of theirs has been added.</summary>
    internal ConnectionHooks.Request* HookRequests;

    /// <summary>What is asked of the loop's thread.</summary>
    internal LoopQuery* Queries;

    /// <summary>How many writes go before <see cref="NextTls"/>.</summary>
    internal int ItemsInTheClear;

    /// <summary>What ConnectionDetach waits for.</summary>
    internal int Detached;

    /// <summary>How it has ended. Written once, on the loop's thread.</summary>
    internal CloseRecord Record;

    /// <summary>Makes them if they are not there. Any thread, with the connection held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ConnectionExtras* Of(Connection* connection)
    {
        ConnectionExtras* known = (ConnectionExtras*)Volatile.Read(ref *(nint*)&connection->Extras);
        return known != null ? known : Make(connection);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ConnectionExtras* Make(Connection* connection)
    {
        ConnectionExtras* made = Allocator.New<ConnectionExtras>(Allocator.Default());
        made->ReadDeadline = Deadline.Never;
        made->WriteDeadline = Deadline.Never;
        made->LastActivity = connection->Started;
        made->IdleTimeout = connection->Settings->Options.idle_timeout_ms;
        nint first = Interlocked.CompareExchange(ref *(nint*)&connection->Extras, (nint)made, 0);
        if (first == 0)
            return made;

        Allocator.Release(Allocator.Default(), made);
        return (ConnectionExtras*)first;
    }

    /// <summary>With the memory of the connection.</summary>
    internal static void Free(Connection* connection)
    {
        ConnectionExtras* extras = connection->Extras;
        if (extras == null)
            return;

        ConnectionChange.Free(extras->Changed);
        AwsString.Destroy(extras->Protocol);
        Allocator.Release(Allocator.Default(), extras);
    }
}

/// <summary>What threads wait with that wait for a change of a connection's: used under its lock.</summary>
internal unsafe struct ConnectionChange
{
    private aws_mutex _mutex;
    private aws_condition_variable _changed;

    internal static ConnectionChange* New()
    {
        ConnectionChange* made = Allocator.New<ConnectionChange>(Allocator.Default());
        Mutex.Init(&made->_mutex);
        ConditionVariable.Init(&made->_changed);
        return made;
    }

    internal static void Report(ConnectionChange* change)
    {
        Mutex.Lock(&change->_mutex);
        ConditionVariable.NotifyAll(&change->_changed);
        Mutex.Unlock(&change->_mutex);
    }

    /// <summary>
    /// Opens the lock until a report, or the deadline. Who reports needs the lock first and then the mutex, which is
    /// taken before the lock is open: no report is missed.
    /// </summary>
    internal static void Await(ConnectionChange* change, WordLock* @lock, Deadline deadline)
    {
        Mutex.Lock(&change->_mutex);
        WordLock.Unlock(@lock);
        if (deadline.IsNever)
            ConditionVariable.Wait(&change->_changed, &change->_mutex);
        else
            ConditionVariable.WaitUntil(&change->_changed, &change->_mutex, deadline.Time);
        Mutex.Unlock(&change->_mutex);
        WordLock.Lock(@lock);
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(ConnectionChange* change)
    {
        if (change == null)
            return;

        ConditionVariable.CleanUp(&change->_changed);
        Mutex.CleanUp(&change->_mutex);
        Allocator.Release(Allocator.Default(), change);
    }
}

/// <summary>The extras as if they were the connection's own: those that are not there are empty.</summary>
internal unsafe partial struct Connection
{
    internal void* ReadWait
    {
        readonly get => Extras == null ? null : Extras->ReadWait;
        set
        {
            if (Extras != null || value != null)
                MakeExtras(ref this)->ReadWait = value;
        }
    }

    internal Deadline ReadDeadline
    {
        readonly get => Extras == null ? Deadline.Never : Extras->ReadDeadline;
        set => MakeExtras(ref this)->ReadDeadline = value;
    }

    internal Deadline WriteDeadline
    {
        readonly get => Extras == null ? Deadline.Never : Extras->WriteDeadline;
        set => MakeExtras(ref this)->WriteDeadline = value;
    }

    internal nuint Wanted
    {
        readonly get => Extras == null ? 0 : Extras->Wanted;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->Wanted = value;
        }
    }

    internal ulong LastActivity
    {
        readonly get => Extras == null ? Started : Volatile.Read(ref Extras->LastActivity);
        set => Volatile.Write(ref MakeExtras(ref this)->LastActivity, value);
    }

    internal ulong QueuedFileBytes
    {
        readonly get => Extras == null ? 0 : Extras->QueuedFileBytes;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->QueuedFileBytes = value;
        }
    }

    internal ulong FullSince
    {
        readonly get => Extras == null ? 0 : Extras->FullSince;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->FullSince = value;
        }
    }

    internal ulong FullTime
    {
        readonly get => Extras == null ? 0 : Extras->FullTime;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->FullTime = value;
        }
    }

    internal ProxyDialog* Proxy
    {
        readonly get => Extras == null ? null : Extras->Proxy;
        set
        {
            if (Extras != null || value != null)
                MakeExtras(ref this)->Proxy = value;
        }
    }

    internal ConnectionHooks* Hooks
    {
        readonly get => Extras == null ? null : Extras->Hooks;
        set => MakeExtras(ref this)->Hooks = value;
    }

    internal Connection* NextReady
    {
        readonly get => Extras == null ? null : Extras->NextReady;
        set
        {
            if (Extras != null || value != null)
                MakeExtras(ref this)->NextReady = value;
        }
    }

    internal TlsSettings* NextTls
    {
        readonly get => Extras == null ? null : Extras->NextTls;
        set
        {
            if (Extras != null || value != null)
                MakeExtras(ref this)->NextTls = value;
        }
    }

    internal LoopQuery* Queries
    {
        readonly get => Extras == null ? null : Extras->Queries;
        set
        {
            if (Extras != null || value != null)
                MakeExtras(ref this)->Queries = value;
        }
    }

    internal int ItemsInTheClear
    {
        readonly get => Extras == null ? 0 : Extras->ItemsInTheClear;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->ItemsInTheClear = value;
        }
    }

    internal int Detached
    {
        readonly get => Extras == null ? 0 : Extras->Detached;
        set
        {
            if (Extras != null || value != 0)
                MakeExtras(ref this)->Detached = value;
        }
    }

    internal long IdleTimeout
    {
        readonly get =>
            Extras == null ? Settings->Options.idle_timeout_ms : Volatile.Read(ref Extras->IdleTimeout);
        set => Volatile.Write(ref MakeExtras(ref this)->IdleTimeout, value);
    }

    internal readonly aws_byte_cursor Protocol =>
        Extras == null || Extras->Protocol == null ? default : AwsString.ToCursor(Extras->Protocol);

    internal readonly ConnectionHooks.Request* HookRequests => Extras == null ? null : Extras->HookRequests;

    // Connections are in native memory, which does not move.
    private static ConnectionExtras* MakeExtras(ref Connection connection) =>
        ConnectionExtras.Of((Connection*)Unsafe.AsPointer(ref connection));
}
