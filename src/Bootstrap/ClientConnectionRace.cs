// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// Several addresses for one name (RFC 8305): IPv6 first and families in turn, a new attempt whenever one fails or a
/// quarter of a second has passed, the first connection wins and the others are closed.
/// </summary>
internal unsafe partial struct ClientConnection
{
    /// <summary>RFC 8305 section 5, the recommended "Connection Attempt Delay".</summary>
    private const ulong StaggerNanos = 250_000_000;

    private const int AddressLengthMax = 108;

    // Comes on a thread of the resolver's, or the caller's, so only prepares what the loop then does.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnHostResolved(
        aws_host_resolver* resolver,
        aws_string* hostName,
        int error,
        aws_array_list* addresses,
        void* userData)
    {
        ClientConnection* connection = (ClientConnection*)userData;
        connection->_error = error;
        connection->_reportFailure = true;
        if (error == AWS_ERROR_SUCCESS)
        {
            CopyCandidates(connection, addresses);
            if (connection->_candidateCount == 0)
                connection->_error = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
        }

        ScheduledTask.Init(&connection->_raceTask, &OnStart, connection, Literal.Of("client_connection_start"u8));
        EventLoop.ScheduleTaskNow(connection->_loop, &connection->_raceTask);
    }

    private static void CopyCandidates(ClientConnection* connection, aws_array_list* addresses)
    {
        int count = (int)addresses->length;
        AllocateCandidates(connection, count);

        // Families in turn, IPv6 first; when one is used up the rest of the other follows.
        aws_host_address* all = (aws_host_address*)addresses->data;
        int next6 = 0, next4 = 0;
        for (int i = 0; i < count; i++)
        {
            bool want6 = (i & 1) == 0;
            int found = Next(all, count, want6, want6 ? &next6 : &next4);
            if (found < 0)
                found = Next(all, count, !want6, want6 ? &next4 : &next6);
            aws_host_address* address = &all[found];
            if (address->address->len >= AddressLengthMax)
                continue;

            Candidate* candidate = &connection->_candidates[connection->_candidateCount++];
            candidate->Connection = connection;
            candidate->Domain =
                address->record_type == AWS_ADDRESS_RECORD_TYPE_AAAA ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
            candidate->Endpoint.port = connection->_port;
            NativeMemory.Copy(address->address->bytes, candidate->Endpoint.address, address->address->len);
            HostAddress.Copy(address, &candidate->Address);
        }
    }

    private static int Next(aws_host_address* all, int count, bool want6, int* position)
    {
        while (*position < count)
        {
            int i = (*position)++;
            if (all[i].record_type == AWS_ADDRESS_RECORD_TYPE_AAAA == want6)
                return i;
        }

        return -1;
    }

    private static void AllocateCandidates(ClientConnection* connection, int count)
    {
        if (count > 0)
            connection->_candidates = (Candidate*)Common.Allocator.Calloc(connection->Allocator, (nuint)count, (nuint)sizeof(Candidate));
    }

    private static void FreeCandidates(ClientConnection* connection)
    {
        for (int i = 0; i < connection->_candidateCount; i++)
        {
            if (connection->_candidates[i].Address.address != null)
                HostAddress.CleanUp(&connection->_candidates[i].Address);
        }

        if (connection->_candidates != null)
            Common.Allocator.Release(connection->Allocator, connection->_candidates);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStart(aws_task* task, void* arg, aws_task_status status)
    {
        ClientConnection* connection = (ClientConnection*)arg;
        if (status == AWS_TASK_STATUS_CANCELED)
            connection->_error = AWS_IO_EVENT_LOOP_SHUTDOWN;
        if (connection->_error != AWS_ERROR_SUCCESS)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_bootstrap:x}: no address for {connection->_hostName}: error {connection->_error}");
            CallSetup(connection, connection->_error, null);
            return;
        }

        TryNext(connection);
    }

    // The caller's stack holds no reference beyond this call.
    private static void TryNext(ClientConnection* connection)
    {
        AddReference(connection);
        while (!connection->_won && connection->_candidatesStarted < connection->_candidateCount)
        {
            Candidate* candidate = &connection->_candidates[connection->_candidatesStarted++];
            if (Candidate.Connect(candidate) == AWS_OP_SUCCESS)
            {
                Stagger(connection);
                break;
            }

            // Abandoning the last one reports the failure.
            Candidate.Abandon(candidate, Errors.LastError());
        }

        if (connection->_candidatesStarted == connection->_candidateCount)
            StopStagger(connection);
        Release(connection);
    }

    // The delay counts from the latest attempt, whatever made that begin.
    private static void Stagger(ClientConnection* connection)
    {
        StopStagger(connection);
        ulong now;
        if (connection->_candidatesStarted == connection->_candidateCount ||
            EventLoop.CurrentClockTime(connection->_loop, &now) != AWS_OP_SUCCESS)
        {
            return;
        }

        connection->_staggerPending = true;
        AddReference(connection);
        ScheduledTask.Init(&connection->_raceTask, &OnStagger, connection, Literal.Of("client_connection_stagger"u8));
        EventLoop.ScheduleTaskFuture(connection->_loop, &connection->_raceTask, now + StaggerNanos);
    }

    private static void StopStagger(ClientConnection* connection)
    {
        if (connection->_staggerPending)
            EventLoop.CancelTask(connection->_loop, &connection->_raceTask);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStagger(aws_task* task, void* arg, aws_task_status status)
    {
        ClientConnection* connection = (ClientConnection*)arg;
        connection->_staggerPending = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
            TryNext(connection);
        Release(connection);
    }

    private static void OnCandidateConnected(ClientConnection* connection, Candidate* winner)
    {
        aws_socket* socket = winner->Socket;
        winner->Socket = null;
        connection->_won = true;
        StopStagger(connection);
        for (int i = 0; i < connection->_candidatesStarted; i++)
        {
            if (connection->_candidates[i].Socket != null)
                Candidate.Abandon(&connection->_candidates[i], AWS_IO_SOCKET_CLOSED);
        }

        // The winner's reference is the channel's from here on.
        OnConnected(connection, socket);
    }

    private static void OnCandidateGone(ClientConnection* connection, int error)
    {
        connection->_candidatesFailed++;
        if (!connection->_won && connection->_reportFailure)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)connection->_bootstrap:x}: attempt {connection->_candidatesFailed} of {connection->_candidateCount} failed with error {error}");
            if (connection->_candidatesFailed == connection->_candidateCount)
                CallSetup(connection, error, null);
        }

        Release(connection);
    }

    /// <summary>One address and the socket that tries it. The socket is NULL before and after.</summary>
    private struct Candidate
    {
        internal ClientConnection* Connection;
        internal aws_socket* Socket;
        internal aws_socket_domain Domain;
        internal aws_socket_endpoint Endpoint;
        internal aws_host_address Address;
        internal int Error;

        /// <summary>On failure the caller abandons the candidate.</summary>
        internal static int Connect(Candidate* candidate)
        {
            ClientConnection* connection = candidate->Connection;
            aws_socket_options options = connection->_socketOptions;
            options.domain = candidate->Domain;
            aws_socket* socket =
                (aws_socket*)Common.Allocator.Calloc(connection->Allocator, 1, (nuint)sizeof(aws_socket));
            if (Sockets.Socket.Init(socket, connection->Allocator, &options) != AWS_OP_SUCCESS)
            {
                Common.Allocator.Release(connection->Allocator, socket);
                return AWS_OP_ERR;
            }

            AddReference(connection);
            candidate->Socket = socket;
            aws_socket_connect_options connect = new()
            {
                remote_endpoint = &candidate->Endpoint,
                event_loop = connection->_loop,
                on_connection_result = &OnResult,
                user_data = candidate,
            };
            return Sockets.Socket.Connect(socket, &connect);
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnResult(aws_socket* socket, int error, void* userData)
        {
            Candidate* candidate = (Candidate*)userData;
            ClientConnection* connection = candidate->Connection;

            // A connect that failed at once was abandoned by its caller.
            if (candidate->Socket == null)
                return;
            if (error == AWS_ERROR_SUCCESS)
            {
                // From now on a failure can no longer be returned to the caller of a direct connect.
                connection->_reportFailure = true;
                OnCandidateConnected(connection, candidate);
                return;
            }

            connection->_reportFailure = true;
            AddReference(connection);
            Abandon(candidate, error);
            TryNext(connection);
            Release(connection);
        }

        /// <summary>Closes the candidate's socket, if it got one, and counts it as gone when that is done.</summary>
        internal static void Abandon(Candidate* candidate, int error)
        {
            ClientConnection* connection = candidate->Connection;
            candidate->Error = error;
            bool isLoser = connection->_won;
            if (!isLoser && candidate->Address.address != null)
                HostResolver.RecordConnectionFailure(connection->_bootstrap->host_resolver, &candidate->Address);

            aws_socket* socket = candidate->Socket;
            candidate->Socket = null;
            if (socket != null)
            {
                SocketChannel.Dispose(socket, &OnDisposed, candidate);
                return;
            }

            // No socket, no reference of its own.
            AddReference(connection);
            OnCandidateGone(connection, error);
        }

        [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
        private static void OnDisposed(void* userData)
        {
            Candidate* candidate = (Candidate*)userData;
            OnCandidateGone(candidate->Connection, candidate->Error);
        }
    }
}
