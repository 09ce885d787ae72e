// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Bootstrap;

/// <summary>
/// From a name to a connected socket. Several addresses for one name (RFC 8305): IPv6 first and families in turn, a new
/// attempt whenever one fails or a quarter of a second has passed, the first connection wins and the others are closed.
/// After <see cref="Start"/> everything happens on the connection's loop. References: one until the first attempt has
/// been made, one while the resolver is called, one per attempt that has a socket, one for the stagger timer. It holds
/// one of its connection.
/// </summary>
internal unsafe struct ConnectionRace
{
    /// <summary>RFC 8305 section 5, the recommended "Connection Attempt Delay".</summary>
    private const ulong StaggerNanos = 250_000_000;

    internal ClientConnection* Connection;
    internal aws_event_loop* Loop;
    internal aws_socket_options SocketOptions;

    /// <summary>Whether a failure of all addresses is told by the setup callback; else the caller has been told already.</summary>
    internal bool ReportsFailure;

    private bool _isWon;
    private bool _isStaggerPending;
    private uint _port;
    private aws_string* _hostName;
    private ConnectionAttempt* _attempts;
    private int _count;
    private int _started;
    private int _failed;
    private int _references;
    private int _error;

    // Starts the race, then staggers it.
    private aws_task _task;

    internal readonly bool IsWon => _isWon;

    internal readonly aws_client_bootstrap* Bootstrap => ClientConnection.BootstrapOf(Connection);

    private readonly aws_allocator* Allocator => Bootstrap->allocator;

    /// <summary>On failure no callback comes; the error is raised.</summary>
    internal static int Start(ClientConnection* connection, aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = options->bootstrap;
        ConnectionRace* race =
            (ConnectionRace*)Common.Allocator.Calloc(bootstrap->allocator, 1, (nuint)sizeof(ConnectionRace));
        ClientConnection.AddReference(connection);
        race->Connection = connection;
        race->SocketOptions = *options->socket_options;
        race->_port = options->port;
        race->_references = 1;
        race->Loop = options->requested_event_loop != null
            ? options->requested_event_loop
            : EventLoopGroup.GetNextLoop(bootstrap->event_loop_group);

        bool byName = options->socket_options->domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6;
        return byName ? Resolve(race, options) : ConnectDirectly(race, options);
    }

    private static int Resolve(ConnectionRace* race, aws_socket_channel_bootstrap_options* options)
    {
        aws_client_bootstrap* bootstrap = race->Bootstrap;
        aws_host_resolution_config* config = options->host_resolution_override_config != null
            ? options->host_resolution_override_config
            : &bootstrap->host_resolver_config;
        if (bootstrap->host_resolver == null)
            return Fail(race, AWS_ERROR_INVALID_ARGUMENT);

        // The answer takes a reference over, maybe before the call returns; till then the resolver may read the name.
        race->_hostName = AwsString.NewFromCStr(race->Allocator, options->host_name);
        AddReference(race);
        int result = HostResolver.ResolveHost(
            bootstrap->host_resolver, race->_hostName, &OnHostResolved, config, race);
        int error = result == AWS_OP_SUCCESS ? AWS_ERROR_SUCCESS : Errors.LastError();
        Release(race);
        return error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Fail(race, error);
    }

    private static int ConnectDirectly(ConnectionRace* race, aws_socket_channel_bootstrap_options* options)
    {
        nuint length;
        if (AwsString.SecureLength(options->host_name, AddressText.MaxLength, &length) != AWS_OP_SUCCESS)
            return Fail(race, AWS_IO_SOCKET_INVALID_ADDRESS);

        AllocateAttempts(race, 1);
        aws_socket_domain domain = race->SocketOptions.domain;
        uint port = domain == AWS_SOCKET_VSOCK ? race->_port : 0;
        ConnectionAttempt.Init(race->_attempts, race, domain, options->host_name, length, port);
        race->_count = 1;
        race->_started = 1;

        // The caller learns of an error here and now, and by no callback.
        int error = AWS_ERROR_SUCCESS;
        if (ConnectionAttempt.Connect(race->_attempts) != AWS_OP_SUCCESS)
        {
            error = Errors.LastError();
            ConnectionAttempt.Abandon(race->_attempts, error);
        }

        Release(race);
        return error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
    }

    private static int Fail(ConnectionRace* race, int error)
    {
        Release(race);
        return Errors.Raise(error);
    }

    // Comes on a thread of the resolver's, or the caller's, so only prepares what the loop then does.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnHostResolved(
        aws_host_resolver* resolver,
        aws_string* hostName,
        int error,
        aws_array_list* addresses,
        void* userData)
    {
        ConnectionRace* race = (ConnectionRace*)userData;
        race->_error = error;
        race->ReportsFailure = true;
        if (error == AWS_ERROR_SUCCESS)
        {
            CopyAddresses(race, addresses);
            if (race->_count == 0)
                race->_error = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
        }

        ScheduledTask.Init(&race->_task, &OnStart, race, Literal.Of("connection_race_start"u8));
        EventLoop.ScheduleTaskNow(race->Loop, &race->_task);
    }

    // Families in turn, IPv6 first; when one is used up the rest of the other follows.
    private static void CopyAddresses(ConnectionRace* race, aws_array_list* addresses)
    {
        int count = (int)addresses->length;
        AllocateAttempts(race, count);
        aws_host_address* all = (aws_host_address*)addresses->data;
        int next6 = 0, next4 = 0;
        for (int i = 0; i < count; i++)
        {
            bool want6 = (i & 1) == 0;
            int found = Next(all, count, want6, want6 ? &next6 : &next4);
            if (found < 0)
                found = Next(all, count, !want6, want6 ? &next4 : &next6);
            aws_host_address* address = &all[found];
            if (address->address->len >= AddressText.MaxLength)
                continue;

            ConnectionAttempt* attempt = &race->_attempts[race->_count++];
            aws_socket_domain domain =
                address->record_type == AWS_ADDRESS_RECORD_TYPE_AAAA ? AWS_SOCKET_IPV6 : AWS_SOCKET_IPV4;
            ConnectionAttempt.Init(
                attempt, race, domain, address->address->bytes, address->address->len, race->_port);
            HostAddress.Copy(address, &attempt->Address);
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

    private static void AllocateAttempts(ConnectionRace* race, int count)
    {
        if (count > 0)
        {
            race->_attempts = (ConnectionAttempt*)Common.Allocator.Calloc(
                race->Allocator, (nuint)count, (nuint)sizeof(ConnectionAttempt));
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStart(aws_task* task, void* arg, aws_task_status status)
    {
        ConnectionRace* race = (ConnectionRace*)arg;
        if (status == AWS_TASK_STATUS_CANCELED)
            race->_error = AWS_IO_EVENT_LOOP_SHUTDOWN;
        if (race->_error == AWS_ERROR_SUCCESS)
        {
            TryNext(race);
        }
        else
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)race->Bootstrap:x}: no address for {race->_hostName}: error {race->_error}");
            ClientConnection.CallSetup(race->Connection, race->_error, null);
        }

        Release(race);
    }

    /// <summary>Begins the next attempt that can be begun. The caller holds a reference.</summary>
    internal static void TryNext(ConnectionRace* race)
    {
        while (!race->_isWon && race->_started < race->_count)
        {
            ConnectionAttempt* attempt = &race->_attempts[race->_started++];
            if (ConnectionAttempt.Connect(attempt) == AWS_OP_SUCCESS)
            {
                Stagger(race);
                break;
            }

            // Abandoning the last one reports the failure.
            ConnectionAttempt.Abandon(attempt, Errors.LastError());
        }

        if (race->_started == race->_count)
            StopStagger(race);
    }

    // The delay counts from the latest attempt, whatever made that begin.
    private static void Stagger(ConnectionRace* race)
    {
        StopStagger(race);
        ulong now;
        if (race->_started == race->_count || EventLoop.CurrentClockTime(race->Loop, &now) != AWS_OP_SUCCESS)
            return;

        race->_isStaggerPending = true;
        AddReference(race);
        ScheduledTask.Init(&race->_task, &OnStagger, race, Literal.Of("connection_race_stagger"u8));
        EventLoop.ScheduleTaskFuture(race->Loop, &race->_task, now + StaggerNanos);
    }

    private static void StopStagger(ConnectionRace* race)
    {
        if (race->_isStaggerPending)
            EventLoop.CancelTask(race->Loop, &race->_task);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnStagger(aws_task* task, void* arg, aws_task_status status)
    {
        ConnectionRace* race = (ConnectionRace*)arg;
        race->_isStaggerPending = false;
        if (status == AWS_TASK_STATUS_RUN_READY)
            TryNext(race);
        Release(race);
    }

    /// <summary>The first connection: the others are closed, and the connection goes on with this socket.</summary>
    internal static void OnWon(ConnectionRace* race, aws_socket* socket)
    {
        race->_isWon = true;
        StopStagger(race);
        for (int i = 0; i < race->_started; i++)
        {
            if (race->_attempts[i].Socket != null)
                ConnectionAttempt.Abandon(&race->_attempts[i], AWS_IO_SOCKET_CLOSED);
        }

        ClientConnection.OnConnected(race->Connection, socket);
    }

    /// <summary>An attempt has failed and its socket, if any, is gone. The last one to fail ends the connection.</summary>
    internal static void OnAttemptGone(ConnectionRace* race, int error)
    {
        race->_failed++;
        if (race->_isWon || !race->ReportsFailure)
            return;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP, $"id=0x{(nint)race->Bootstrap:x}: attempt {race->_failed} of {race->_count} failed with error {error}");
        if (race->_failed == race->_count)
            ClientConnection.CallSetup(race->Connection, error, null);
    }

    internal static void AddReference(ConnectionRace* race) => Interlocked.Increment(ref race->_references);

    internal static void Release(ConnectionRace* race)
    {
        if (Interlocked.Decrement(ref race->_references) != 0)
            return;

        for (int i = 0; i < race->_count; i++)
            ConnectionAttempt.CleanUp(&race->_attempts[i]);
        aws_allocator* allocator = race->Allocator;
        if (race->_attempts != null)
            Common.Allocator.Release(allocator, race->_attempts);
        AwsString.Destroy(race->_hostName);
        ClientConnection* connection = race->Connection;
        Common.Allocator.Release(allocator, race);
        ClientConnection.Release(connection);
    }
}
