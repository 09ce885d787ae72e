// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Sockets;
using WordLock = Reseau.Native.Common.Threading.WordLock;

namespace Reseau.Native.Connections;

/// <summary>
/// A connection looked at from outside: its counters, and what TCP knows. Any thread, with the connection held. A
/// program that was compiled against an older header gets what its struct has room for. Not inlined into exports, whose
/// first call in a process must not have buffers on its stack.
/// </summary>
internal static unsafe class ConnectionInspection
{
    /// <summary>Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int GetCounters(Connection* connection, reseau_counters* into)
    {
        reseau_counters found = new() { size = into->size };
        WordLock.Lock(&connection->Lock);
        found.reads = connection->Reads;
        found.writes = connection->Writes;
        found.unread_bytes = connection->Inbox.Length;
        found.queued_bytes = connection->QueuedBytes;
        found.max_queued_bytes = connection->MaxQueuedBytes;
        found.full_ns = (long)(connection->FullTime +
            (connection->WasFull ? Connection.Now(connection) - connection->FullSince : 0));
        found.send_calls = connection->SendCalls +
            (connection->Socket == null ? 0 : connection->Socket->SendCalls);
        WordLock.Unlock(&connection->Lock);
        found.bytes_read = connection->BytesRead;
        found.bytes_written = connection->BytesWritten;
        found.receive_calls = connection->ReceiveCalls;
        found.age_ns = (long)(Connection.Now(connection) - connection->Started);
        NativeMemory.Copy(&found, into, into->size);
        return 0;
    }

    /// <summary>Those of the process.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void GetProcessCounters(reseau_process_counters* into)
    {
        reseau_process_counters found = new() { size = into->size };
        ProcessCounters.Read(&found);
        NativeMemory.Copy(&found, into, into->size);
    }

    /// <summary>Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int GetTcpInfo(Connection* connection, reseau_tcp_info* into)
    {
        reseau_tcp_info found = new() { size = into->size };

        // The socket is taken away under the lock before its handle is closed.
        WordLock.Lock(&connection->Lock);
        SocketCore* core = connection->Socket;
        int error =
            core == null ? RESEAU_ERROR_CLOSED
            : !SocketCore.IsTcp(core) || core->Backend->GetTcpInfo == null ? RESEAU_ERROR_UNSUPPORTED
            : ConnectionErrors.From(core->Backend->GetTcpInfo(core, &found));
        WordLock.Unlock(&connection->Lock);
        if (error == 0)
            NativeMemory.Copy(&found, into, into->size);
        return error;
    }
}
