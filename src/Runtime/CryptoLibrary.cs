// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Platform;

namespace Reseau.Native.Runtime;

/// <summary>
/// aws-c-cal, where the process has it. We need nothing of it, but libraries above us use it and start only the I/O
/// library, which by their contract starts and ends it.
/// </summary>
internal static unsafe class CryptoLibrary
{
    private const int Ended = 0;
    private const int Started = 1;

    private static int s_state;

    /// <summary>Starts it if it is there and we have not yet; it starts the common library for itself.</summary>
    internal static void Start(aws_allocator* allocator)
    {
        var start = (delegate* unmanaged[Cdecl]<aws_allocator*, void>)Find("aws_cal_library_init"u8);
        if (start != null && Interlocked.Exchange(ref s_state, Started) == Ended)
            start(allocator);
    }

    /// <summary>Ends it if we have started it.</summary>
    internal static void End()
    {
        if (Interlocked.Exchange(ref s_state, Ended) == Ended)
            return;

        var end = (delegate* unmanaged[Cdecl]<void>)Find("aws_cal_library_clean_up"u8);
        if (end != null)
            end();
    }

    /// <summary>
    /// Called by a loop's thread when it starts: what the library keeps for a thread is freed when the thread ends,
    /// after all that the loop's own users have asked to be called then. <paramref name="atExit"/> adds a function to
    /// those that the thread calls before it ends.
    /// </summary>
    internal static void FreeThreadStateAtExit(delegate*<aws_thread_atexit_fn, void*, int> atExit)
    {
        if (Volatile.Read(ref s_state) == Started)
            atExit(&FreeThreadState, null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void FreeThreadState(void* user_data)
    {
        var free = (delegate* unmanaged[Cdecl]<void>)Find("aws_cal_thread_clean_up"u8);
        if (free != null)
            free();
    }

    private static void* Find(ReadOnlySpan<byte> name) => DynamicLibrary.FindDefault(Literal.Of(name));
}
