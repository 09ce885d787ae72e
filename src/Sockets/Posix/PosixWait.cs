// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Interop.Posix;
using Clock = Reseau.Native.Common.Time.Clock;
using ForkLock = Reseau.Native.Common.Threading.ForkLock;

namespace Reseau.Native.Sockets.Posix;

/// <summary>
/// What a thread waits with for a descriptor, so that another can end the wait: a descriptor of its own beside the
/// other. The process has a few, which are used again and again.
/// </summary>
internal unsafe struct PosixWait
{
    // One for each thread that waits at the same time. More threads wait for their loops: descriptors are scarce.
    private const int MaxWaits = 64;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Those that nobody has, under the lock.</summary>
    private struct Pool
    {
        internal ForkLock Lock;
        internal PosixWait* First;
        internal int Count;

        /// <summary>The process that they belong to: what Fork.Count was.</summary>
        internal int Forks;
    }

    private static nint s_pool;

    private PosixWait* _next;
    private int _toRead;
    private int _toWrite;
    private bool _isEnded;

    /// <summary>Of the last threads that had it: whether replies come so soon that polling pays.</summary>
    private BusyPoll _poll;

    /// <summary>NULL if there is no more.</summary>
    internal static PosixWait* Acquire()
    {
        Pool* pool = PoolOfProcess();
        ForkLock.Enter(&pool->Lock);
        LeaveParents(pool);
        PosixWait* wait = pool->First;
        bool isMade = wait == null && pool->Count < MaxWaits;
        if (wait != null)
            pool->First = wait->_next;
        pool->Count += isMade ? 1 : 0;
        ForkLock.Exit(&pool->Lock);
        if (!isMade || (wait = Make()) != null)
            return wait;

        ForkLock.Enter(&pool->Lock);
        pool->Count--;
        ForkLock.Exit(&pool->Lock);
        return null;
    }

    internal static void Release(PosixWait* wait)
    {
        ulong signal;
        if (wait->_isEnded)
            Libc.read(wait->_toRead, &signal, sizeof(ulong));
        wait->_isEnded = false;
        Pool* pool = PoolOfProcess();
        ForkLock.Enter(&pool->Lock);
        LeaveParents(pool);
        wait->_next = pool->First;
        pool->First = wait;
        ForkLock.Exit(&pool->Lock);
    }

    /// <summary>
    /// Until the descriptor has something, the wait is ended, or the time has passed; or shorter. A thread that expects
    /// a reply polls for a moment before it sleeps, as loops do (docs/adr/0014).
    /// </summary>
    internal static void Sleep(PosixWait* wait, int fd, int milliseconds, bool expectsReply)
    {
        Libc.pollfd* awaited = stackalloc Libc.pollfd[2];
        awaited[0] = new Libc.pollfd { fd = fd, events = (short)Libc.POLLIN };
        awaited[1] = new Libc.pollfd { fd = wait->_toRead, events = (short)Libc.POLLIN };
        BusyPoll* poll = &wait->_poll;
        poll->IsPatient = true;
        poll->TickStarted();
        if (expectsReply)
            poll->ExpectReply();
        ulong idle = milliseconds < 0 ? ulong.MaxValue : (ulong)milliseconds * NanosecondsPerMillisecond;
        if (poll->IsWorthwhile(idle) && HasCome(poll, awaited))
            return;

        ulong start = Now();
        Libc.poll(awaited, 2, milliseconds);
        poll->Slept(Now() - start);
    }

    private static bool HasCome(BusyPoll* poll, Libc.pollfd* awaited)
    {
        poll->Begin(Now());
        while (true)
        {
            int count = Libc.poll(awaited, 2, 0);
            ulong now = Now();
            if (count != 0)
            {
                poll->Succeeded(now);
                return true;
            }

            if (!poll->ShouldGoOn(now))
            {
                poll->Failed();
                return false;
            }
        }
    }

    private static ulong Now()
    {
        ulong now;
        return Clock.HighResTicks(&now) == AWS_OP_SUCCESS ? now : 0;
    }

    internal static void End(PosixWait* wait)
    {
        ulong one = 1;
        if (!wait->_isEnded)
            Libc.write(wait->_toWrite, &one, sizeof(ulong));
        wait->_isEnded = true;
    }

    private static PosixWait* Make()
    {
        int* fds = stackalloc int[2];
        if (Libc.OpenSignal(fds) != 0)
        {
            int error = Libc.Errno;
            Log.Write(AWS_LL_DEBUG, AWS_LS_IO_SOCKET, $"no descriptor to wait with: errno {error}");
            return null;
        }

        PosixWait* wait = (PosixWait*)StaticMemory.Allocate((nuint)sizeof(PosixWait));
        wait->_toRead = fds[0];
        wait->_toWrite = fds[1];
        return wait;
    }

    private static Pool* PoolOfProcess()
    {
        nint made = System.Threading.Volatile.Read(ref s_pool);
        if (made != 0)
            return (Pool*)made;

        Pool* pool = (Pool*)StaticMemory.Allocate((nuint)sizeof(Pool));
        ForkLock.Init(&pool->Lock);
        pool->Forks = Fork.Count;
        return (Pool*)StaticMemory.PublishBlock(ref s_pool, pool);
    }

    // Under the lock. The parent waits with the same ones.
    private static void LeaveParents(Pool* pool)
    {
        if (pool->Forks == Fork.Count)
            return;

        pool->Forks = Fork.Count;
        pool->First = null;
        pool->Count = 0;
    }
}
