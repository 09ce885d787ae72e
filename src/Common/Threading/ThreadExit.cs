// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// The functions that a thread made by <see cref="Threads.Launch"/> calls before it ends, the last added first. One
/// added by such a function is called as well. Threads that a <see cref="Neighbour"/> launched are its affair.
/// </summary>
internal static unsafe class ThreadExit
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        internal Entry* Next;
        internal aws_thread_atexit_fn Callback;
        internal void* UserData;
    }

    [ThreadStatic]
    private static aws_allocator* t_allocator;

    [ThreadStatic]
    private static Entry* t_entries;

    /// <summary>Called by a launched thread when it starts. Entries come from its allocator.</summary>
    internal static void Begin(aws_allocator* allocator)
    {
        t_allocator = allocator;
        t_entries = null;
    }

    /// <summary>Adds a function; raises AWS_ERROR_THREAD_NOT_JOINABLE on a thread that is not ours.</summary>
    internal static int Add(aws_thread_atexit_fn callback, void* userData)
    {
        if (t_allocator == null && !Neighbour.IsPresent)
            return Errors.Raise(AWS_ERROR_THREAD_NOT_JOINABLE);

        if (callback == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // It launched the threads, so it knows what to call at their end.
        if (Neighbour.IsPresent)
            return Neighbour.Functions.AddThreadExit(callback, userData);

        Entry* entry = (Entry*)Allocator.Calloc(t_allocator, 1, (nuint)sizeof(Entry));
        if (entry == null)
            return AWS_OP_ERR;

        entry->Callback = callback;
        entry->UserData = userData;
        entry->Next = t_entries;
        t_entries = entry;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Calls every function; the thread takes no more afterwards.</summary>
    internal static void Run()
    {
        while (t_entries != null)
        {
            Entry entry = *t_entries;
            Allocator.Release(t_allocator, t_entries);
            t_entries = entry.Next;
            entry.Callback(entry.UserData);
        }

        t_allocator = null;
    }
}
