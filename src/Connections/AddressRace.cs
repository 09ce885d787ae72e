// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets;

namespace Reseau.Native.Connections;

/// <summary>
/// Several addresses for one connection (RFC 8305, Happy Eyeballs): IPv6 first and families in turn, a new attempt
/// whenever one fails or a quarter of a second has passed; the first connection wins and the others are closed. A field
/// of its owner, which it knows only by callbacks. On the loop's thread, but for <see cref="SetAddresses"/> and
/// <see cref="StartDirectly"/>. Functions that may call <see cref="OnEnded"/> do so last, since the owner may free the
/// race inside it (docs/lifetimes.md, rule 78).
/// </summary>
internal unsafe struct AddressRace
{
    /// <summary>RFC 8305 section 5, the recommended "Connection Attempt Delay".</summary>
    private const ulong StaggerNanoseconds = 250_000_000;

    internal aws_allocator* Allocator;
    internal aws_event_loop* Loop;
    internal aws_socket_options SocketOptions;
    internal uint Port;

    /// <summary>The address to connect from, or NULL. The race's.</summary>
    internal aws_string* Source;
    internal void* Owner;

    /// <summary>What is written as it goes, or NULL.</summary>
    internal ConnectLog* Record;

    /// <summary>See <see cref="ConnectOptions"/>.</summary>
    internal bool SendsEarly;

    /// <summary>For log lines.</summary>
    internal void* LogId;

    /// <summary>The owner and an address that failed before the race was decided.</summary>
    internal delegate*<void*, AddressRecord*, void> OnAddressFailed;

    /// <summary>
    /// The owner with the winner, whose socket is its own from then on, or with the last attempt's error. Once, unless
    /// the race is closed first.
    /// </summary>
    internal delegate*<void*, aws_socket*, int, void> OnEnded;

    // Most names have one address.
    private ConnectionAttempt _single;
    private ConnectionAttempt* _attempts;
    private int _count;
    private int _started;
    private int _failed;
    private int _lastError;
    private bool _isStaggerPending;
    private aws_task _stagger;

    internal readonly int Count => _count;

    /// <summary>
    /// Families in turn, IPv6 first; when one is used up the rest of the other follows. A text that fits no endpoint is
    /// left out. Any thread, before the start.
    /// </summary>
    internal static void SetAddresses(
        AddressRace* race, AddressRecord* addresses, int count, IpFamily family = IpFamily.None)
    {
        AllocateAttempts(race, count);
        int next6 = 0, next4 = 0;
        for (int i = 0; i < count; i++)
        {
            bool want6 = (i & 1) == 0;
            int found = Next(addresses, count, want6, want6 ? &next6 : &next4);
            if (found < 0)
                found = Next(addresses, count, !want6, want6 ? &next4 : &next6);
            AddressRecord* address = &addresses[found];
            if (family != IpFamily.None && family != AddressRecord.FamilyOf(address->Type))
                continue;
            if (address->Text == null || address->Text->len < EndpointText.MaxLength)
                race->_attempts[race->_count++].Address = AddressRecord.Copy(address, race->Allocator);
        }
    }

    internal static void Start(AddressRace* race)
    {
        ConnectLog.Reserve(race->Record, race->_count);
        BeginNext(race);
        EndIfAllHaveFailed(race);
    }

    /// <summary>
    /// One attempt at an endpoint that needs no resolving, on any thread. Returns 0, after which the race may be over
    /// already, or an error, after which no callback comes.
    /// </summary>
    internal static int StartDirectly(AddressRace* race, aws_socket_endpoint* endpoint)
    {
        AllocateAttempts(race, 1);
        race->_count = 1;
        race->_started = 1;
        ConnectionAttempt* attempt = race->_attempts;
        attempt->Entry = -1;
        int error = ConnectionAttempt.Connect(attempt, race->Allocator, &race->SocketOptions, endpoint, race->Loop);
        if (error != AWS_ERROR_SUCCESS)
            ConnectionAttempt.Close(attempt);
        return error;
    }

    /// <summary>Ends the race without a callback: no attempt goes on.</summary>
    internal static void Close(AddressRace* race)
    {
        StopStagger(race);
        for (int i = 0; i < race->_started; i++)
            ConnectionAttempt.Close(&race->_attempts[i]);
        ConnectLog.EndAll(race->Record);
    }

    /// <summary>Frees what an ended race, or one that has not begun, has.</summary>
    internal static void CleanUp(AddressRace* race)
    {
        for (int i = 0; i < race->_count; i++)
            AddressRecord.CleanUp(&race->_attempts[i].Address);
        AwsString.Destroy(race->Source);
        if (race->_attempts != &race->_single)
            Common.Allocator.Release(race->Allocator, race->_attempts);
    }

    private static int Next(AddressRecord* all, int count, bool want6, int* position)
    {
        while (*position < count)
        {
            int i = (*position)++;
            if (all[i].Type == AWS_ADDRESS_RECORD_TYPE_AAAA == want6)
                return i;
        }

        return -1;
    }

    private static void AllocateAttempts(AddressRace* race, int count)
    {
        if (count == 0)
            return;

        race->_attempts = count == 1
            ? &race->_single
            : (ConnectionAttempt*)Common.Allocator.Calloc(
                race->Allocator, (nuint)count, (nuint)sizeof(ConnectionAttempt));
        for (int i = 0; i < count; i++)
            ConnectionAttempt.Init(&race->_attempts[i], race, &OnAttemptEnded);
    }

    // Begins the next attempt that can be begun.
    private static void BeginNext(AddressRace* race)
    {
        while (race->_started < race->_count)
        {
            ConnectionAttempt* attempt = &race->_attempts[race->_started++];
            attempt->Entry = ConnectLog.Begin(race->Record, &attempt->Address.Address);
            int error = ConnectionAttempt.Connect(attempt, race);
            if (error == AWS_ERROR_SUCCESS)
            {
                Stagger(race);
                break;
            }

            Fail(race, attempt, error);
        }

        if (race->_started == race->_count)
            StopStagger(race);
    }

    private static void OnAttemptEnded(void* owner, ConnectionAttempt* attempt, int error)
    {
        AddressRace* race = (AddressRace*)owner;
        if (error == AWS_ERROR_SUCCESS)
        {
            aws_socket* winner = ConnectionAttempt.Take(attempt);
            ConnectLog.End(race->Record, attempt->Entry, AWS_ERROR_SUCCESS);
            Close(race);
            race->OnEnded(race->Owner, winner, AWS_ERROR_SUCCESS);
            return;
        }

        // No address has failed, and on this loop none would get any further.
        if (error == AWS_IO_EVENT_LOOP_SHUTDOWN)
        {
            Close(race);
            race->OnEnded(race->Owner, null, error);
            return;
        }

        Fail(race, attempt, error);
        BeginNext(race);
        EndIfAllHaveFailed(race);
    }

    private static void Fail(AddressRace* race, ConnectionAttempt* attempt, int error)
    {
        if (attempt->Address.Address.Family != IpFamily.None || attempt->Address.Text != null)
            race->OnAddressFailed(race->Owner, &attempt->Address);
        ConnectionAttempt.Close(attempt);
        ConnectLog.End(race->Record, attempt->Entry, error);
        race->_failed++;
        race->_lastError = error;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_CHANNEL_BOOTSTRAP,
            $"id=0x{(nint)race->LogId:x}: attempt {race->_failed} of {race->_count} failed with error {error}");
    }

    private static void EndIfAllHaveFailed(AddressRace* race)
    {
        if (race->_failed == race->_count)
            race->OnEnded(race->Owner, null, race->_lastError);
    }

    // The delay counts from the latest attempt, whatever made that begin.
    private static void Stagger(AddressRace* race)
    {
        StopStagger(race);
        ulong now;
        if (race->_started == race->_count || EventLoop.CurrentClockTime(race->Loop, &now) != AWS_OP_SUCCESS)
            return;

        race->_isStaggerPending = true;
        ScheduledTask.Init(&race->_stagger, &OnStagger, race, Literal.Of("connection_race_stagger"u8));
        EventLoop.ScheduleTaskFuture(race->Loop, &race->_stagger, now + StaggerNanoseconds);
    }

    private static void StopStagger(AddressRace* race)
    {
        if (race->_isStaggerPending)
            EventLoop.CancelTask(race->Loop, &race->_stagger);
    }

    private static void OnStagger(aws_task* task, void* arg, aws_task_status status)
    {
        AddressRace* race = (AddressRace*)arg;
        race->_isStaggerPending = false;
        if (status != AWS_TASK_STATUS_RUN_READY)
            return;

        BeginNext(race);
        EndIfAllHaveFailed(race);
    }
}
