// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// pthread_once with an argument. The flag is the platform's own, so whoever else has it agrees with us.
/// </summary>
internal static unsafe class OnceFlag
{
    [StructLayout(LayoutKind.Sequential)]
    private struct PendingCall
    {
        internal delegate* unmanaged[Cdecl]<void*, void> Function;
        internal void* Argument;
    }

    // The platform's routine takes no argument; it finds its own here, on the thread that it runs on.
    [ThreadStatic]
    private static PendingCall t_pending;

    /// <summary>Calls the function unless this flag has seen a call; returns when that call has ended.</summary>
    internal static void Call(int* flag, delegate* unmanaged[Cdecl]<void*, void> function, void* argument)
    {
        PendingCall outer = t_pending;
        t_pending = new PendingCall { Function = function, Argument = argument };
        Platform.Thread.Once(flag, &Run);
        t_pending = outer;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run()
    {
        PendingCall call = t_pending;
        call.Function(call.Argument);
    }
}
