// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace Reseau.Native.Common.Threading;

/// <summary>
/// pthread_once with an argument. The flag is the platform's own, so whoever else has it agrees with us.
/// </summary>
internal static unsafe class OnceFlag
{
    // The platform's routine takes no argument; it finds its own in the thread's storage.
    [StructLayout(LayoutKind.Sequential)]
    internal struct PendingCall
    {
        internal delegate* unmanaged[Cdecl]<void*, void> Function;
        internal void* Argument;
    }

    /// <summary>The flag of a class of ours, made on first use. Whoever calls gets the same.</summary>
    internal static void* Of(ref nint slot)
    {
        nint flag = Volatile.Read(ref slot);
        return flag != 0 ? (void*)flag : StaticMemory.Publish(ref slot, pthread_once_t.Initial);
    }

    /// <summary>Calls the function unless this flag has seen a call; returns when that call has ended.</summary>
    internal static void Call(void* flag, delegate* unmanaged[Cdecl]<void*, void> function, void* argument)
    {
        ThreadStorage* own = ThreadStorage.Current;
        PendingCall outer = own->PendingCall;
        own->PendingCall = new PendingCall { Function = function, Argument = argument };
        Platform.Thread.Once(flag, &Run);
        own->PendingCall = outer;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run()
    {
        PendingCall call = ThreadStorage.Current->PendingCall;
        call.Function(call.Argument);
    }
}
