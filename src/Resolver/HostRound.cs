// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// What is done for a host, round by round, by its thread (<see cref="HostThread"/>) or, on a loop without one, by its
/// task (<see cref="HostTask"/>): its name is looked up, those who wait are answered, there is a pause. It ends when
/// nobody has asked for as long as an address lives, or when the entry shuts down.
/// <para>
/// A pause has two parts: a short one that only a shutdown ends, and the rest, which a request ends too. So a request
/// never waits out a long pause, and no number of requests turns into a flood of look-ups.
/// </para>
/// </summary>
internal static unsafe class HostRound
{
    /// <summary>
    /// A name that does not resolve is not looked up more often than this, however many ask for it.
    /// </summary>
    internal const ulong ShortestPauseNanoseconds = 100_000_000;

    /// <summary>What comes after the shortest pause, in nanoseconds.</summary>
    internal static ulong RestOfPause(HostEntry* entry)
    {
        ulong pause = Math.Min(IdleTime(entry), entry->Config.resolve_frequency_ns);
        return pause <= ShortestPauseNanoseconds
            ? 0
            : Math.Min(pause - ShortestPauseNanoseconds, (ulong)long.MaxValue / 2);
    }

    /// <summary>Under the entry's lock.</summary>
    internal static bool MustEnd(HostEntry* entry) => entry->IsShuttingDown;

    /// <summary>Under the entry's lock.</summary>
    internal static bool MustEndOrIsAsked(HostEntry* entry) =>
        entry->IsShuttingDown || !LinkedList.IsEmpty(&entry->Requests);

    /// <summary>
    /// Looks the name up. Returns 0 or an error, and after how many nanoseconds the answer is to be taken in: none,
    /// unless a <see cref="NameSource"/> has answered.
    /// </summary>
    internal static int Ask(HostEntry* entry, FoundAddresses* found, out ulong nanoseconds)
    {
        nanoseconds = 0;
        if ((void*)entry->Config.impl != (void*)DnsResolver.Function)
            return AskProgram(entry, found);

        NameSource* source = NameSource.Of(entry->Resolver->Loop);
        return source != null
            ? NameSource.LookUp(source, entry->Name, found, out nanoseconds)
            : DnsResolver.LookUp(entry->Name, found);
    }

    /// <summary>Takes in what a look-up has found, which ends here, and answers those who wait.</summary>
    internal static void TakeIn(HostEntry* entry, FoundAddresses* found, int error)
    {
        Log.Write(error == AWS_ERROR_SUCCESS ? AWS_LL_DEBUG : AWS_LL_WARN, AWS_LS_IO_DNS,
            $"look-up of {entry->Name}: {found->Count} addresses, error {error}");
        aws_linked_list waiting;
        LinkedList.Init(&waiting);
        ulong now = DefaultHostResolver.Now(entry->Resolver);
        Mutex.Lock(&entry->Lock);
        HostAddresses.ExpireFailures(&entry->Addresses, now);
        if (error == AWS_ERROR_SUCCESS)
            HostAddresses.Update(&entry->Addresses, found, Clock.Later(now, TimeToLive(entry)));

        // A name that has moved from one family to the other has no address of the first any more.
        HostAddresses.Expire(&entry->Addresses, now, keepsLast: error != AWS_ERROR_SUCCESS || found->Count == 0);
        LinkedList.MoveAllBack(&waiting, &entry->Requests);
        Mutex.Unlock(&entry->Lock);

        int code = found->Code;
        FoundAddresses.CleanUp(found);

        // A look-up may succeed and find nothing.
        Answer(entry, &waiting, error == AWS_ERROR_SUCCESS ? AWS_IO_DNS_QUERY_FAILED : error, code);
    }

    private static int AskProgram(HostEntry* entry, FoundAddresses* found)
    {
        aws_array_list list;
        HostAddressList.InitDynamic(&list, entry->Allocator);
        int error = AWS_ERROR_SUCCESS;
        Errors.ResetError();
        if (entry->Config.impl(entry->Allocator, entry->Name, &list, entry->Config.impl_data) != AWS_OP_SUCCESS)
            error = Errors.LastError() != AWS_ERROR_SUCCESS ? Errors.LastError() : AWS_IO_DNS_QUERY_FAILED;

        for (nuint i = 0; i < list.length; i++)
        {
            aws_host_address* given = HostAddressList.At(&list, i);
            if (given->address == null)
                continue;

            FoundAddresses.Append(found, AddressRecord.FromC(given));
            *given = default;
        }

        HostAddressList.CleanUp(&list);
        return error;
    }

    private static void Answer(HostEntry* entry, aws_linked_list* waiting, int errorIfNone, int code)
    {
        AddressRecord* records = stackalloc AddressRecord[HostAddresses.MaxTaken];
        while (!LinkedList.IsEmpty(waiting))
        {
            ResolveCallback callback = ResolveRequest.Take(waiting, entry->Allocator);
            Mutex.Lock(&entry->Lock);
            int count = HostAddresses.TakeNext(&entry->Addresses, records, orFailed: true);
            Mutex.Unlock(&entry->Lock);

            int error = count != 0 ? AWS_ERROR_SUCCESS : errorIfNone;
            callback.Code = count != 0 ? 0 : code;
            HostEntry.Answer(&callback, &entry->Resolver->Public, entry->Name, error, records, count);
        }
    }

    /// <summary>
    /// False, and nobody finds the entry any more, if it is not needed any more. Under the resolver's lock too, since
    /// whoever finds an entry in the table relies on it.
    /// </summary>
    internal static bool GoesOn(HostEntry* entry)
    {
        ulong now = DefaultHostResolver.Now(entry->Resolver);
        Mutex.Lock(&entry->Resolver->Lock);
        Mutex.Lock(&entry->Lock);
        if (LinkedList.IsEmpty(&entry->Requests) && Clock.Later(entry->LastRequest, IdleTime(entry)) < now)
            entry->IsShuttingDown = true;
        bool goesOn = !entry->IsShuttingDown;
        if (!goesOn)
            DefaultHostResolver.Remove(entry->Resolver, entry);
        Mutex.Unlock(&entry->Lock);
        Mutex.Unlock(&entry->Resolver->Lock);
        return goesOn;
    }

    /// <summary>
    /// Frees an entry that nobody finds any more. Those who still wait in it asked before a purge or the end of the
    /// resolver.
    /// </summary>
    internal static void Finish(HostEntry* entry)
    {
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_DNS, $"{entry->Name} is not needed any more");
        while (!LinkedList.IsEmpty(&entry->Requests))
        {
            ResolveCallback callback = ResolveRequest.Take(&entry->Requests, entry->Allocator);
            int error = AWS_IO_DNS_HOST_REMOVED_FROM_CACHE;
            Errors.Raise(error);
            HostEntry.Answer(&callback, &entry->Resolver->Public, entry->Name, error, null, 0);
        }

        DefaultHostResolver* resolver = entry->Resolver;
        HostPurge* purge = entry->Purge;
        HostEntry.Discard(entry);
        HostPurge.Release(purge);
        DefaultHostResolver.OnEntryGone(resolver);
    }

    private static ulong TimeToLive(HostEntry* entry) => Seconds(entry->Config.max_ttl);

    private static ulong IdleTime(HostEntry* entry) => Seconds(Math.Max(1, entry->Config.max_ttl));

    private static ulong Seconds(ulong count)
    {
        const ulong most = ulong.MaxValue / HostEntry.NanosecondsPerSecond;
        return count > most ? ulong.MaxValue : count * HostEntry.NanosecondsPerSecond;
    }
}
