// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Memory;

/// <summary>
/// Endpoints that wait for another one, in the order in which they came, each for one at most. Under the network's
/// lock.
/// </summary>
internal unsafe struct MemoryWaiters
{
    private MemoryEndpoint* _first;
    private MemoryEndpoint* _last;

    // Of an endpoint that waits.
    private MemoryEndpoint* _next;
    private MemoryEndpoint* _waitsFor;

    internal readonly bool HasAny => _first != null;

    internal readonly MemoryEndpoint* First => _first;

    internal static void Join(MemoryEndpoint* waiter, MemoryEndpoint* awaited)
    {
        if (waiter->Waiters._waitsFor == awaited)
            return;

        Leave(waiter);
        waiter->Waiters._waitsFor = awaited;
        waiter->Waiters._next = null;
        if (awaited->Waiters._first == null)
            awaited->Waiters._first = waiter;
        else
            awaited->Waiters._last->Waiters._next = waiter;
        awaited->Waiters._last = waiter;
    }

    /// <summary>Fine also if it does not wait.</summary>
    internal static void Leave(MemoryEndpoint* waiter)
    {
        MemoryEndpoint* awaited = waiter->Waiters._waitsFor;
        if (awaited == null)
            return;

        waiter->Waiters._waitsFor = null;
        MemoryEndpoint* before = null;
        MemoryEndpoint* at = awaited->Waiters._first;
        while (at != waiter)
        {
            before = at;
            at = at->Waiters._next;
        }

        if (before == null)
            awaited->Waiters._first = waiter->Waiters._next;
        else
            before->Waiters._next = waiter->Waiters._next;
        if (awaited->Waiters._last == waiter)
            awaited->Waiters._last = before;
    }

    /// <summary>Nobody waits any more; each may write again, or finds out why not.</summary>
    internal static void WakeAll(MemoryWaiters* waiters)
    {
        while (waiters->_first != null)
        {
            MemoryEndpoint* waiter = waiters->_first;
            Leave(waiter);
            TransportReports.Writable(waiter->Self);
        }
    }
}
