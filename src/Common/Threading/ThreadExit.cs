// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// The functions that a thread made by <see cref="Threads.Launch"/> calls before it ends, the last added first. One
/// added by such a function is called as well. Threads that a <see cref="ExternalCommon"/> launched are handled there.
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

    /// <summary>Called by a launched thread when it starts. Entries come from its allocator.</summary>
    internal static void Begin(aws_allocator* allocator)
    {
        ThreadStorage.Current->ExitAllocator = allocator;
        ThreadStorage.Current->ExitEntries = null;
    }

    /// <summary>Adds a function; raises AWS_ERROR_THREAD_NOT_JOINABLE on a thread that is not ours.</summary>
    internal static int Add(aws_thread_atexit_fn callback, void* userData)
    {
        ThreadStorage* own = ThreadStorage.Current;
        if (own->ExitAllocator == null && !ExternalCommon.IsPresent)
            return Errors.Raise(AWS_ERROR_THREAD_NOT_JOINABLE);

        if (callback == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // It launched the threads, so it knows what to call at their end.
        if (ExternalCommon.IsPresent)
            return ExternalCommon.Functions.AddThreadExit(callback, userData);

        Entry* entry = (Entry*)Allocator.Calloc(own->ExitAllocator, 1, (nuint)sizeof(Entry));
        if (entry == null)
            return AWS_OP_ERR;

        entry->Callback = callback;
        entry->UserData = userData;
        entry->Next = (Entry*)own->ExitEntries;
        own->ExitEntries = entry;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Calls every function; the thread takes no more afterwards.</summary>
    internal static void Run()
    {
        ThreadStorage* own = ThreadStorage.Current;
        while (own->ExitEntries != null)
        {
            Entry* first = (Entry*)own->ExitEntries;
            Entry entry = *first;
            Allocator.Release(own->ExitAllocator, first);
            own->ExitEntries = entry.Next;
            entry.Callback(entry.UserData);
        }

        own->ExitAllocator = null;
    }
}
