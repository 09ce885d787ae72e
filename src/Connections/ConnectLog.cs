// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>One address that was tried.</summary>
internal struct ConnectLogEntry
{
    internal IpAddress Address;

    /// <summary>On the loop's clock; the end is 0 while it goes on.</summary>
    internal ulong Begun;
    internal ulong Ended;

    /// <summary>An AWS_* error; 0 if it has connected, or goes on.</summary>
    internal int Error;
}

/// <summary>
/// How a connect has gone: which addresses were tried, and what the resolver has said. Written on the loop's thread, by
/// the connector and the race; its owner's, and there until the connector is released. Rule 168 of docs/lifetimes.md.
/// </summary>
internal unsafe struct ConnectLog
{
    /// <summary>A name may have more addresses; of these the log says nothing.</summary>
    private const int MaxEntries = 32;

    /// <summary>Whose clock it has; set before the first entry.</summary>
    internal aws_event_loop* Loop;

    // Most try one address: then it is here, else a pointer to as many as there may be.
    private ConnectLogEntry _only;
    private byte _capacity;
    private byte _count;

    /// <summary>The port of all addresses.</summary>
    internal ushort Port;

    /// <summary>The name is being looked up.</summary>
    internal bool IsLookingUp;

    /// <summary>The system's resolver's own code, or 0.</summary>
    internal int ResolverCode;

    internal readonly int Count => _count;

    internal static ConnectLogEntry* At(ConnectLog* log, int index) =>
        log->_capacity <= 1 ? &log->_only : *EntriesOf(log) + index;

    /// <summary>So many addresses may be tried. Once, before the first is. NULL is no log.</summary>
    internal static void Reserve(ConnectLog* log, int count)
    {
        if (log == null || count == 0)
            return;

        log->_capacity = (byte)int.Min(count, MaxEntries);
        if (log->_capacity == 1)
            return;
        *EntriesOf(log) = (ConnectLogEntry*)Allocator.Calloc(
            Allocator.Default(), (nuint)log->_capacity, (nuint)sizeof(ConnectLogEntry));
    }

    /// <summary>The next address is tried: the number of its entry, or -1.</summary>
    internal static int Begin(ConnectLog* log, IpAddress* address)
    {
        if (log == null || log->_count == log->_capacity)
            return -1;

        ulong now = Connection.Now(log->Loop);
        *At(log, log->_count) = new ConnectLogEntry { Address = *address, Begun = now };
        return log->_count++;
    }

    /// <summary>It has ended, once.</summary>
    internal static void End(ConnectLog* log, int entry, int error)
    {
        if (log == null || entry < 0 || At(log, entry)->Ended != 0)
            return;

        At(log, entry)->Error = error;
        At(log, entry)->Ended = Connection.Now(log->Loop);
    }

    /// <summary>Those that go on are given up.</summary>
    internal static void EndAll(ConnectLog* log)
    {
        for (int i = 0; log != null && i < log->_count; i++)
            End(log, i, AWS_ERROR_IO_OPERATION_CANCELLED);
    }

    /// <summary>NULL is allowed.</summary>
    internal static void Free(ConnectLog* log)
    {
        if (log == null)
            return;

        if (log->_capacity > 1)
            Allocator.Release(Allocator.Default(), *EntriesOf(log));
        Allocator.Release(Allocator.Default(), log);
    }

    private static ConnectLogEntry** EntriesOf(ConnectLog* log) => (ConnectLogEntry**)&log->_only;
}
