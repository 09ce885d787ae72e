// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// The thread behind a host: it looks the name up, answers those who wait, sleeps, and ends when nobody has asked for
/// as long as an address lives, or when the entry shuts down.
/// </summary>
internal static unsafe class HostThread
{
    // A name that does not resolve is not looked up more often than this, however many ask for it.
    private const ulong ShortestPauseNanoseconds = 100_000_000;

    internal static int Launch(HostEntry* entry)
    {
        aws_thread thread;
        Threads.Init(&thread, entry->Allocator);
        aws_thread_options options = *Threads.DefaultOptions();
        options.join_strategy = AWS_TJS_MANAGED;
        ReadOnlySpan<byte> name = "AwsHostResolver"u8;
        options.name.ptr = Literal.Of(name);
        options.name.len = (nuint)name.Length;
        return Threads.Launch(&thread, &Run, entry, &options);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(void* argument)
    {
        HostEntry* entry = (HostEntry*)argument;
        do
        {
            LookUp(entry);
            Sleep(entry);
        }
        while (GoesOn(entry));
        Finish(entry);
    }

    private static void LookUp(HostEntry* entry)
    {
        FoundAddresses found;
        FoundAddresses.Init(&found, entry->Allocator);
        int error = (void*)entry->Config.impl == (void*)DnsResolver.Function
            ? DnsResolver.LookUp(entry->Name, &found)
            : LookUpByProgram(entry, &found);
        Log.Write(error == AWS_ERROR_SUCCESS ? AWS_LL_DEBUG : AWS_LL_WARN, AWS_LS_IO_DNS,
            $"look-up of {entry->Name}: {found.Count} addresses, error {error}");

        aws_linked_list waiting;
        LinkedList.Init(&waiting);
        ulong now = DefaultHostResolver.Now(entry->Resolver);
        Mutex.Lock(&entry->Lock);
        if (error == AWS_ERROR_SUCCESS)
            HostAddresses.Update(&entry->Addresses, &found, Clock.Later(now, TimeToLive(entry)));

        // A name that has moved from one family to the other has no address of the first any more.
        HostAddresses.Expire(&entry->Addresses, now, keepsLast: error != AWS_ERROR_SUCCESS || found.Count == 0);
        LinkedList.MoveAllBack(&waiting, &entry->Requests);
        Mutex.Unlock(&entry->Lock);

        int code = found.Code;
        FoundAddresses.CleanUp(&found);

        // A look-up may succeed and find nothing.
        Answer(entry, &waiting, error == AWS_ERROR_SUCCESS ? AWS_IO_DNS_QUERY_FAILED : error, code);
    }

    private static int LookUpByProgram(HostEntry* entry, FoundAddresses* found)
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

    // Two waits: a short one that only a shutdown ends, and the rest of the pause, which a request ends too. So a
    // request never waits out a long pause, and no number of requests turns into a flood of look-ups.
    private static void Sleep(HostEntry* entry)
    {
        ulong pause = Math.Min(IdleTime(entry), entry->Config.resolve_frequency_ns);
        Mutex.Lock(&entry->Lock);
        ConditionVariable.WaitForPred(
            &entry->Signal, &entry->Lock, (long)ShortestPauseNanoseconds, &MustEnd, entry);
        if (pause > ShortestPauseNanoseconds)
        {
            long rest = (long)Math.Min(pause - ShortestPauseNanoseconds, (ulong)long.MaxValue / 2);
            ConditionVariable.WaitForPred(&entry->Signal, &entry->Lock, rest, &MustEndOrIsAsked, entry);
        }

        Mutex.Unlock(&entry->Lock);
    }

    // The resolver's lock too: whoever finds an entry in the table must be able to rely on its thread.
    private static bool GoesOn(HostEntry* entry)
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

    // Nobody finds the entry any more. Those who still wait in it asked before a purge or the end of the resolver.
    private static void Finish(HostEntry* entry)
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

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool MustEnd(void* entry) => ((HostEntry*)entry)->IsShuttingDown;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool MustEndOrIsAsked(void* entry) =>
        ((HostEntry*)entry)->IsShuttingDown || !LinkedList.IsEmpty(&((HostEntry*)entry)->Requests);

    private static ulong TimeToLive(HostEntry* entry) => Seconds(entry->Config.max_ttl);

    private static ulong IdleTime(HostEntry* entry) => Seconds(Math.Max(1, entry->Config.max_ttl));

    private static ulong Seconds(ulong count)
    {
        const ulong most = ulong.MaxValue / HostEntry.NanosecondsPerSecond;
        return count > most ? ulong.MaxValue : count * HostEntry.NanosecondsPerSecond;
    }
}
