// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// What to connect to, and what to call then. Read inside <see cref="Connector.Start"/>. Numbers are those of rules in
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct ConnectOptions
{
    internal aws_allocator* Allocator;

    /// <summary>A C string: a host name or address, or, as the domain says, a path or a VSOCK context id.</summary>
    internal byte* Host;
    internal uint Port;
    internal aws_socket_options* SocketOptions;

    /// <summary>Addresses of this family only; None: of both.</summary>
    internal IpFamily Family;

    /// <summary>The path, whose first byte is not used, is one of Linux's abstract names.</summary>
    internal bool IsAbstract;

    /// <summary>The address to connect from; NULL: the system chooses. Copied.</summary>
    internal aws_string* Source;

    /// <summary>
    /// Where everything happens. It lasts until <see cref="OnReleased"/>, as does the resolver (rule 80).
    /// </summary>
    internal aws_event_loop* Loop;

    /// <summary>The host is an address, which needs no resolver.</summary>
    internal bool IsAddress;

    /// <summary>For host names; other domains do without.</summary>
    internal aws_host_resolver* Resolver;
    internal aws_host_resolution_config* Resolution;

    /// <summary>A limit over resolving and connecting, in nanoseconds; 0 for none but each attempt's own.</summary>
    internal ulong Limit;

    /// <summary>What is written as it goes, or NULL. It lasts until <see cref="OnReleased"/>.</summary>
    internal ConnectLog* Record;

    /// <summary>TCP fast open, if the system has it.</summary>
    internal bool SendsEarly;

    /// <summary>For log lines: whose connection it is.</summary>
    internal void* LogId;
    internal void* State;

    /// <summary>
    /// The state with a connected socket, which is the callee's to destroy, or NULL and an error. Once, on the loop's
    /// thread, never inside Start or <see cref="Connector.Cancel"/> (rule 79).
    /// </summary>
    internal delegate*<void*, aws_socket*, int, void> OnResult;

    /// <summary>The state, when the connector is gone; the last of all. On any thread. May be NULL.</summary>
    internal delegate*<void*, void> OnReleased;
}

/// <summary>
/// From a name to a connected socket: resolving, the race of addresses, a limit for both, and cancellation. References:
/// the maker's until Start has returned, or until the handle is released; the resolver's until its answer has come to
/// the loop, then the race's until it has ended; one for each task on the loop (rule 80).
/// </summary>
internal unsafe struct Connector
{
    private enum Phase : byte
    {
        Resolving,
        Racing,

        /// <summary>The result has been reported.</summary>
        Ended,
    }

    private AddressRace _race;
    private ReferenceCount _references;
    private Phase _phase;
    private bool _isDeadlinePending;
    private int _isCancelled;
    private int _resolveError;
    private int _resolverCode;
    private IpFamily _family;
    private ulong _deadline;
    private aws_host_resolver* _resolver;
    private aws_string* _host;
    private void* _state;
    private delegate*<void*, aws_socket*, int, void> _onResult;
    private delegate*<void*, void> _onReleased;

    // Begins the race when the addresses are there.
    private aws_task _startTask;
    private aws_task _deadlineTask;
    private aws_task _cancelTask;

    /// <summary>
    /// Any thread. Returns 0 or an error, after which nothing is left and no callback comes. Domains that need no
    /// resolving connect inside this call, so that a path that refuses is an error of it. With a
    /// <paramref name="handle"/> the caller gets a reference, to cancel by and to release; it is there before the
    /// result can be.
    /// </summary>
    internal static int Start(ConnectOptions* options, Connector** handle = null)
    {
        Connector* connector = New(options);
        if (handle != null)
            *handle = connector;
        bool isByName = options->SocketOptions->domain is AWS_SOCKET_IPV4 or AWS_SOCKET_IPV6;
        int error =
            isByName && options->IsAddress ? StartWithAddress(connector, options)
            : isByName ? Resolve(connector, options)
            : ConnectDirectly(connector, options);
        if (error != AWS_ERROR_SUCCESS)
        {
            if (handle != null)
                *handle = null;
            connector->_onReleased = null;
            Release(connector);
            return error;
        }

        if (options->Limit != 0)
            PostDeadline(connector, options->Limit);
        if (handle == null)
            Release(connector);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>
    /// Ends the attempt with AWS_ERROR_IO_OPERATION_CANCELLED, unless its result is there first. Any thread; only for
    /// whoever has a reference.
    /// </summary>
    internal static void Cancel(Connector* connector)
    {
        if (Interlocked.Exchange(ref connector->_isCancelled, 1) == 0)
            Post(connector, &connector->_cancelTask, &OnCancel, "connector_cancel"u8);
    }

    internal static void Release(Connector* connector)
    {
        if (!connector->_references.Release())
            return;

        AddressRace.CleanUp(&connector->_race);
        AwsString.Destroy(connector->_host);
        delegate*<void*, void> onReleased = connector->_onReleased;
        void* state = connector->_state;
        Allocator.Release(connector->_race.Allocator, connector);
        if (onReleased != null)
            onReleased(state);
    }

    private static Connector* New(ConnectOptions* options)
    {
        Connector* connector = Allocator.New<Connector>(options->Allocator);
        connector->_references = ReferenceCount.One;
        connector->_resolver = options->Resolver;
        connector->_state = options->State;
        connector->_onResult = options->OnResult;
        connector->_onReleased = options->OnReleased;
        connector->_family = options->Family;
        AddressRace* race = &connector->_race;
        race->Allocator = options->Allocator;
        race->Source = options->Source == null ? null : AwsString.NewFromString(options->Allocator, options->Source);
        race->Loop = options->Loop;
        race->SocketOptions = *options->SocketOptions;
        race->Port = options->Port;
        race->LogId = options->LogId;
        race->Record = options->Record;
        race->SendsEarly = options->SendsEarly;
        race->Owner = connector;
        race->OnAddressFailed = &OnAddressFailed;
        race->OnEnded = &OnRaceEnded;
        return connector;
    }

    private static int ConnectDirectly(Connector* connector, ConnectOptions* options)
    {
        nuint length;
        if (AwsString.SecureLength(options->Host, EndpointText.MaxLength, &length) != AWS_OP_SUCCESS)
            return AWS_IO_SOCKET_INVALID_ADDRESS;

        aws_socket_endpoint endpoint = default;
        NativeMemory.Copy(options->Host, endpoint.address, length);
        if (options->IsAbstract)
            endpoint.address[0] = 0;
        endpoint.port = options->SocketOptions->domain == AWS_SOCKET_VSOCK ? options->Port : 0;

        connector->_phase = Phase.Racing;
        connector->_references.Acquire();
        int error = AddressRace.StartDirectly(&connector->_race, &endpoint);
        if (error != AWS_ERROR_SUCCESS)
            Release(connector);
        return error;
    }

    /// <summary>Whether a host needs no look-up.</summary>
    internal static bool IsAddress(byte* host)
    {
        AddressRecord record;
        return TryParse(host, &record);
    }

    private static bool TryParse(byte* host, AddressRecord* record)
    {
        IpAddress ip;
        bool isParsed = IpAddress.TryParse(IpFamily.IPv4, host, &ip) || IpAddress.TryParse(IpFamily.IPv6, host, &ip);
        *record = default;
        record->Address = ip;
        record->Type = ip.Family == IpFamily.IPv6 ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
        return isParsed;
    }

    // The race begins on the loop, as if the resolver had answered.
    private static int StartWithAddress(Connector* connector, ConnectOptions* options)
    {
        AddressRecord record;
        if (!TryParse(options->Host, &record))
            return AWS_ERROR_INVALID_ARGUMENT;

        AddressRace.SetAddresses(&connector->_race, &record, 1, connector->_family);
        if (connector->_race.Count == 0)
            connector->_resolveError = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
        Post(connector, &connector->_startTask, &OnStart, "connection_race_start"u8);
        return AWS_ERROR_SUCCESS;
    }

    private static int Resolve(Connector* connector, ConnectOptions* options)
    {
        if (options->Resolver == null)
        {
            NameSource* source = NameSource.Of(options->Loop);
            return source == null ? AWS_ERROR_INVALID_ARGUMENT : AskSource(connector, options, source);
        }

        connector->_host = AwsString.NewFromCStr(options->Allocator, options->Host);
        if (options->Record != null)
            options->Record->IsLookingUp = true;
        connector->_references.Acquire();
        ResolveCallback callback = new() { Call = &OnResolved, UserData = connector };
        int result = HostResolver.Resolve(
            options->Resolver, options->Allocator, connector->_host, options->Resolution, &callback);
        if (result == AWS_OP_SUCCESS)
            return AWS_ERROR_SUCCESS;

        int error = Errors.LastErrorOrUnknown();
        Release(connector);
        return error;
    }

    // The answer is taken now, and comes when it is due.
    private static int AskSource(Connector* connector, ConnectOptions* options, NameSource* source)
    {
        IpAddress* found = stackalloc IpAddress[NameSource.MaxAddresses];
        ulong nanoseconds = 0;
        int count = source->Find(source, options->Host, found, &nanoseconds);
        connector->_host = AwsString.NewFromCStr(options->Allocator, options->Host);
        if (options->Record != null)
            options->Record->IsLookingUp = true;
        if (count < 0)
            connector->_resolveError = -count;
        else
            SetFound(connector, found, count);

        ulong now = 0;
        EventLoop.CurrentClockTime(options->Loop, &now);
        connector->_references.Acquire();
        ScheduledTask.Init(&connector->_startTask, &OnStart, connector, Literal.Of("connection_race_start"u8));
        EventLoop.ScheduleTaskFuture(options->Loop, &connector->_startTask, Clock.Later(now, nanoseconds));
        return AWS_ERROR_SUCCESS;
    }

    private static void SetFound(Connector* connector, IpAddress* found, int count)
    {
        AddressRecord* records = stackalloc AddressRecord[NameSource.MaxAddresses];
        for (int i = 0; i < count; i++)
        {
            bool is6 = found[i].Family == IpFamily.IPv6;
            records[i] = new AddressRecord
            {
                Address = found[i],
                Type = is6 ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A,
            };
        }

        AddressRace.SetAddresses(&connector->_race, records, count, connector->_family);
        if (connector->_race.Count == 0)
            connector->_resolveError = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
    }

    // Comes on a thread of the resolver's, or the caller's, so only prepares what the loop then does.
    private static void OnResolved(
        ResolveCallback* callback,
        aws_host_resolver* resolver,
        aws_string* host,
        int error,
        AddressRecord* addresses,
        int count)
    {
        Connector* connector = (Connector*)callback->UserData;
        AddressRace* race = &connector->_race;
        if (error == AWS_ERROR_SUCCESS)
        {
            AddressRace.SetAddresses(race, addresses, count, connector->_family);
            if (race->Count == 0)
                error = AWS_IO_DNS_NO_ADDRESS_FOR_HOST;
        }

        connector->_resolverCode = callback->Code;
        connector->_resolveError = error;
        ScheduledTask.Init(&connector->_startTask, &OnStart, connector, Literal.Of("connection_race_start"u8));
        EventLoop.ScheduleTaskNow(race->Loop, &connector->_startTask);
    }

    private static void OnStart(aws_task* task, void* arg, aws_task_status status)
    {
        Connector* connector = (Connector*)arg;
        int error = status == AWS_TASK_STATUS_CANCELED ? AWS_IO_EVENT_LOOP_SHUTDOWN : connector->_resolveError;
        if (connector->_phase == Phase.Resolving && connector->_race.Record != null)
            connector->_race.Record->ResolverCode = connector->_resolverCode;
        if (connector->_phase == Phase.Resolving && error == AWS_ERROR_SUCCESS)
        {
            // The answer's reference is the race's from now on.
            connector->_phase = Phase.Racing;
            if (connector->_race.Record != null)
                connector->_race.Record->IsLookingUp = false;
            AddressRace.Start(&connector->_race);
            return;
        }

        if (connector->_phase == Phase.Resolving)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP,
                $"id=0x{(nint)connector->_race.LogId:x}: no address for {connector->_host}: error {error}");
            Report(connector, null, error);
        }

        Release(connector);
    }

    private static void OnAddressFailed(void* owner, AddressRecord* address)
    {
        Connector* connector = (Connector*)owner;
        if (connector->_resolver != null)
            HostResolver.RecordFailure(connector->_resolver, connector->_race.Allocator, connector->_host, address);
    }

    private static void OnRaceEnded(void* owner, aws_socket* socket, int error)
    {
        Connector* connector = (Connector*)owner;
        Report(connector, socket, error);
        Release(connector);
    }

    // The caller holds a reference.
    private static void Report(Connector* connector, aws_socket* socket, int error)
    {
        connector->_phase = Phase.Ended;
        if (connector->_isDeadlinePending)
            EventLoop.CancelTask(connector->_race.Loop, &connector->_deadlineTask);
        connector->_onResult(connector->_state, socket, error);
    }

    // Nothing that goes on is waited for (rule 81), so that the result comes now. The caller holds a reference.
    private static void GiveUp(Connector* connector, int error)
    {
        Phase phase = connector->_phase;
        if (phase == Phase.Ended)
            return;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)connector->_race.LogId:x}: gives up connecting to {connector->_host}: error {error}");
        if (phase == Phase.Racing)
            AddressRace.Close(&connector->_race);
        Report(connector, null, error);
        if (phase == Phase.Racing)
            Release(connector);
    }

    // Holds the connector until the task has run.
    private static void Post(Connector* connector, aws_task* task, TaskFunction function, ReadOnlySpan<byte> tag)
    {
        connector->_references.Acquire();
        ScheduledTask.Init(task, function, connector, Literal.Of(tag));
        EventLoop.ScheduleTaskNow(connector->_race.Loop, task);
    }

    private static void OnCancel(aws_task* task, void* arg, aws_task_status status)
    {
        Connector* connector = (Connector*)arg;
        GiveUp(connector, ErrorOf(status, AWS_ERROR_IO_OPERATION_CANCELLED));
        Release(connector);
    }

    // The timer is set on the loop's thread, which alone may take it back.
    private static void PostDeadline(Connector* connector, ulong limit)
    {
        ulong now = 0;
        EventLoop.CurrentClockTime(connector->_race.Loop, &now);
        connector->_deadline = Clock.Later(now, limit);
        Post(connector, &connector->_deadlineTask, &SetDeadline, "connector_deadline"u8);
    }

    private static void SetDeadline(aws_task* task, void* arg, aws_task_status status)
    {
        Connector* connector = (Connector*)arg;
        if (connector->_phase == Phase.Ended || status != AWS_TASK_STATUS_RUN_READY)
        {
            Release(connector);
            return;
        }

        connector->_isDeadlinePending = true;
        ScheduledTask.Init(task, &OnDeadline, connector, Literal.Of("connector_deadline"u8));
        EventLoop.ScheduleTaskFuture(connector->_race.Loop, task, connector->_deadline);
    }

    private static void OnDeadline(aws_task* task, void* arg, aws_task_status status)
    {
        Connector* connector = (Connector*)arg;
        connector->_isDeadlinePending = false;
        GiveUp(connector, ErrorOf(status, AWS_IO_SOCKET_TIMEOUT));
        Release(connector);
    }

    private static int ErrorOf(aws_task_status status, int error) =>
        status == AWS_TASK_STATUS_RUN_READY ? error : AWS_IO_EVENT_LOOP_SHUTDOWN;
}
