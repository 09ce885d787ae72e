// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// The thread behind a host, which waits for look-ups and sleeps in pauses: <see cref="HostRound"/>.
/// </summary>
internal static unsafe class HostThread
{
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
            FoundAddresses found;
            FoundAddresses.Init(&found, entry->Allocator);
            int error = HostRound.Ask(entry, &found, out _);
            HostRound.TakeIn(entry, &found, error);
            Sleep(entry);
        }
        while (HostRound.GoesOn(entry));
        HostRound.Finish(entry);
    }

    private static void Sleep(HostEntry* entry)
    {
        ulong rest = HostRound.RestOfPause(entry);
        Mutex.Lock(&entry->Lock);
        ConditionVariable.WaitForPred(
            &entry->Signal, &entry->Lock, (long)HostRound.ShortestPauseNanoseconds, &MustEnd, entry);
        if (rest > 0)
            ConditionVariable.WaitForPred(&entry->Signal, &entry->Lock, (long)rest, &MustEndOrIsAsked, entry);
        Mutex.Unlock(&entry->Lock);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool MustEnd(void* entry) => HostRound.MustEnd((HostEntry*)entry);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool MustEndOrIsAsked(void* entry) =>
        HostRound.MustEndOrIsAsked((HostEntry*)entry);
}
