// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Condition = Reseau.Native.Platform.ConditionVariable;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>
/// How many closed sockets of a transport still have something to send, and who waits for the last one. Counted: the
/// transport has a reference, and each of those sockets one, since both may be the last to go.
/// </summary>
internal unsafe struct TransportDrain
{
    // States of a socket. It may be drained before anybody knows that it had something to send.
    private const int Counted = 1;
    private const int Drained = 2;

    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private aws_mutex _lock;
    private aws_condition_variable _isEmpty;
    private int _references;
    private int _count;

    internal static TransportDrain* New()
    {
        TransportDrain* drain = Common.Allocator.New<TransportDrain>(Common.Allocator.Default());
        Mutex.Init(&drain->_lock);
        Condition.Init(&drain->_isEmpty);
        drain->_references = 1;
        return drain;
    }

    internal static void Release(TransportDrain* drain)
    {
        if (Interlocked.Decrement(ref drain->_references) != 0)
            return;

        Condition.Destroy(&drain->_isEmpty);
        Mutex.CleanUp(&drain->_lock);
        Common.Allocator.Release(Common.Allocator.Default(), drain);
    }

    /// <summary>A socket is closed, and has something to send.</summary>
    internal static void Begin(UserSocket* socket)
    {
        TransportDrain* drain = Transport.DrainOf(socket->Transport);
        Interlocked.Increment(ref drain->_references);
        Add(drain, 1);
        socket->Drain = drain;
        if (Interlocked.CompareExchange(ref socket->DrainState, Counted, 0) == Drained)
            Leave(drain);
    }

    /// <summary>All of it has arrived, or will not any more.</summary>
    internal static void End(UserSocket* socket)
    {
        if (Interlocked.Exchange(ref socket->DrainState, Drained) == Counted)
            Leave(socket->Drain);
    }

    /// <summary>Waits until no closed socket has anything to send: 0, or -ETIMEDOUT.</summary>
    internal static int Await(TransportDrain* drain, uint milliseconds)
    {
        ulong deadline = Condition.Now() + milliseconds * NanosecondsPerMillisecond;
        int error = 0;
        Mutex.Lock(&drain->_lock);
        while (drain->_count > 0 && error != SocketApi.ETIMEDOUT)
            error = Condition.WaitUntil(&drain->_isEmpty, &drain->_lock, deadline);
        bool isEmpty = drain->_count == 0;
        Mutex.Unlock(&drain->_lock);
        return isEmpty ? 0 : -SocketApi.ETIMEDOUT;
    }

    private static void Leave(TransportDrain* drain)
    {
        Add(drain, -1);
        Release(drain);
    }

    private static void Add(TransportDrain* drain, int change)
    {
        Mutex.Lock(&drain->_lock);
        drain->_count += change;
        if (drain->_count == 0)
            Condition.NotifyAll(&drain->_isEmpty);
        Mutex.Unlock(&drain->_lock);
    }
}
