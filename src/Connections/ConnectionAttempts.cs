// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using Reseau.Native.Resolver;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>The log of a connection's addresses, as a program reads it. Any thread, with the connection held.</summary>
internal static unsafe class ConnectionAttempts
{
    private const int TextCapacity = 112;

    /// <summary>
    /// Writes up to so many attempts; returns how many there are, or an error while addresses are tried.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Get(Connection* connection, reseau_attempt* attempts, nuint capacity)
    {
        WordLock.Lock(&connection->Lock);
        bool isConnecting = connection->Phase == ConnectionPhase.Connecting;
        WordLock.Unlock(&connection->Lock);
        ConnectLog* log = connection->ConnectLog;
        if (log == null)
            return 0;
        if (isConnecting)
            return RESEAU_ERROR_BUSY;

        for (int i = 0; i < log->Count && (nuint)i < capacity; i++)
            Write(connection, log, ConnectLog.At(log, i), attempts + i);
        return log->Count;
    }

    private static void Write(Connection* connection, ConnectLog* log, ConnectLogEntry* entry, reseau_attempt* attempt)
    {
        *attempt = default;
        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        int length = int.Min(IpAddress.Format(&entry->Address, text), TextCapacity - 1);
        new ReadOnlySpan<byte>(text, length).CopyTo(new Span<byte>(attempt->address.text, TextCapacity));
        attempt->address.family = entry->Address.Family == IpFamily.IPv6 ? 6 : 4;
        attempt->address.port = log->Port;
        attempt->begun_ns = Since(connection, entry->Begun);
        attempt->ended_ns = Since(connection, entry->Ended);
        attempt->error = ConnectionErrors.From(entry->Error);
    }

    private static long Since(Connection* connection, ulong time) =>
        time < connection->Started ? 0 : (long)(time - connection->Started);
}
