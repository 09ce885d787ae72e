// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>
/// What the connections of the process have done. Bytes are counted in several places, by loop, so that loops do not
/// wait for each other's processor. Any thread.
/// </summary>
internal unsafe struct ProcessCounters
{
    private const int PlaceCount = 16;

    // What lies between the addresses of two loops, at least.
    private const int LoopShift = 8;

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Place
    {
        internal ulong BytesRead;
        internal ulong BytesWritten;
    }

    [InlineArray(PlaceCount)]
    private struct Places
    {
        private Place _first;
    }

    [InlineArray(RESEAU_CLOSED_BY_LIBRARY + 1)]
    private struct Ends
    {
        private ulong _first;
    }

    [InlineArray(RESEAU_PHASE_PROXY + 1)]
    private struct Failures
    {
        private ulong _first;
    }

    private static nint s_counters;

    private Places _places;
    private ulong _begun;
    private ulong _accepted;
    private ulong _opened;

    /// <summary>By <c>enum reseau_closed_by</c>, and by <c>enum reseau_phase</c>.</summary>
    private Ends _ends;
    private Failures _failures;

    private static ProcessCounters* All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            nint made = Volatile.Read(ref s_counters);
            return made != 0 ? (ProcessCounters*)made : Make();
        }
    }

    // The size is a multiple of a line's, so that no place shares one with what is before it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ProcessCounters* Make() => (ProcessCounters*)StaticMemory.PublishBlock(
        ref s_counters, StaticMemory.Allocate((nuint)sizeof(ProcessCounters)));

    /// <summary>There is one more connection.</summary>
    internal static void Add(bool isAccepted)
    {
        ProcessCounters* all = All;
        Interlocked.Increment(ref isAccepted ? ref all->_accepted : ref all->_begun);
    }

    /// <summary>One that has just been added never came to anything.</summary>
    internal static void TakeBack() => Interlocked.Decrement(ref All->_begun);

    internal static void AddOpened() => Interlocked.Increment(ref All->_opened);

    /// <summary>A connection has ended.</summary>
    internal static void AddEnd(int closedBy, int phase, int error)
    {
        ProcessCounters* all = All;
        if (error != 0)
            Interlocked.Increment(ref all->_failures[phase]);
        Interlocked.Increment(ref all->_ends[closedBy]);
    }

    internal static void AddRead(aws_event_loop* loop, nuint bytes) =>
        Interlocked.Add(ref All->_places[PlaceOf(loop)].BytesRead, bytes);

    internal static void AddWritten(aws_event_loop* loop, nuint bytes) =>
        Interlocked.Add(ref All->_places[PlaceOf(loop)].BytesWritten, bytes);

    private static int PlaceOf(aws_event_loop* loop) => (int)(((nuint)loop >> LoopShift) % PlaceCount);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Read(reseau_process_counters* counters)
    {
        ProcessCounters* all = All;
        counters->closed_by_local = Volatile.Read(ref all->_ends[RESEAU_CLOSED_BY_LOCAL]);
        counters->closed_by_peer = Volatile.Read(ref all->_ends[RESEAU_CLOSED_BY_PEER]);
        counters->closed_by_library = Volatile.Read(ref all->_ends[RESEAU_CLOSED_BY_LIBRARY]);

        // Ends before beginnings, so that there are never more of them.
        counters->begun = Volatile.Read(ref all->_begun);
        counters->accepted = Volatile.Read(ref all->_accepted);
        counters->opened = Volatile.Read(ref all->_opened);
        counters->open_now = counters->begun + counters->accepted - counters->closed_by_local -
            counters->closed_by_peer - counters->closed_by_library;
        ReadFailures(all, counters);
        for (int i = 0; i < PlaceCount; i++)
        {
            counters->bytes_read += Volatile.Read(ref all->_places[i].BytesRead);
            counters->bytes_written += Volatile.Read(ref all->_places[i].BytesWritten);
        }
    }

    private static void ReadFailures(ProcessCounters* all, reseau_process_counters* counters)
    {
        counters->failed_names = Volatile.Read(ref all->_failures[RESEAU_PHASE_NAMES]);
        counters->failed_connect = Volatile.Read(ref all->_failures[RESEAU_PHASE_CONNECT]);
        counters->failed_proxy = Volatile.Read(ref all->_failures[RESEAU_PHASE_PROXY]);
        counters->failed_tls = Volatile.Read(ref all->_failures[RESEAU_PHASE_TLS]);
        counters->failed_open = Volatile.Read(ref all->_failures[RESEAU_PHASE_READ]) +
            Volatile.Read(ref all->_failures[RESEAU_PHASE_WRITE]) +
            Volatile.Read(ref all->_failures[RESEAU_PHASE_IDLE]) +
            Volatile.Read(ref all->_failures[RESEAU_PHASE_OPEN]);
        counters->failed_close = Volatile.Read(ref all->_failures[RESEAU_PHASE_CLOSE]);
    }
}
