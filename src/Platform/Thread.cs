// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's threads. Calls that return a number return 0 or an OS error number.</summary>
internal static unsafe class Thread
{
    /// <summary>Some C libraries give a new thread as little as 128 KiB.</summary>
    internal const nuint SmallestDefaultStack = 1024 * 1024;

    /// <summary>Below this a thread could not enter managed code; only pages that are touched cost memory.</summary>
    internal const nuint SmallestStack = 256 * 1024;

    /// <summary>What limits.h calls PTHREAD_STACK_MIN: a request up to here counts as none.</summary>
    internal const nuint IgnoredStack = 16 * 1024;

    /// <summary>The Linux kernel keeps 15 bytes and a NUL.</summary>
    internal const int NameCapacity = 16;

    /// <summary>Starts a thread; a negative <paramref name="processor"/> leaves the choice to the system.</summary>
    internal static int Start(
        delegate* unmanaged[Cdecl]<void*, void*> main, void* argument, nuint stackSize, int processor, ulong* id) =>
        Posix.PosixThread.Start(main, argument, stackSize, processor, id);

    internal static int Join(ulong id) => Posix.PosixThread.Join(id);

    internal static void Detach(ulong id) => Posix.PosixThread.Detach(id);

    internal static ulong CurrentId() => Posix.PosixThread.CurrentId();

    /// <summary>Names the calling thread.</summary>
    internal static void SetName(byte* name) => Posix.PosixThread.SetName(name);

    /// <summary>Writes a thread's name into a buffer of <see cref="NameCapacity"/> bytes.</summary>
    internal static int GetName(ulong id, byte* buffer) => Posix.PosixThread.GetName(id, buffer);

    /// <summary>Sleeps at least that many nanoseconds.</summary>
    internal static void Sleep(ulong nanoseconds) => Posix.PosixThread.Sleep(nanoseconds);

    /// <summary>Lets the calling thread's new pages come from the node of its processor.</summary>
    internal static int PreferLocalMemory() => Posix.PosixThread.PreferLocalMemory();

    /// <summary>Calls a routine unless this flag has seen a call; returns when that call has ended.</summary>
    internal static void Once(int* flag, delegate* unmanaged[Cdecl]<void> routine) =>
        Posix.PosixThread.Once(flag, routine);
}
