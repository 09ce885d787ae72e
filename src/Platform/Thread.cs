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

    /// <summary>
    /// Starts a thread and fills in what identifies it; a negative <paramref name="processor"/> leaves the choice to
    /// the system. One whose state says that it is managed is joined by what <see cref="CurrentForJoin"/> gave.
    /// </summary>
    internal static int Start(
        delegate* unmanaged[Cdecl]<void*, void*> main,
        void* argument,
        nuint stackSize,
        int processor,
        aws_thread* thread) => ThreadLeaf.Start(main, argument, stackSize, processor, thread);

    internal static int Join(aws_thread* thread) => ThreadLeaf.Join(thread);

    internal static void Detach(aws_thread* thread) => ThreadLeaf.Detach(thread);

    /// <summary>By what others join the calling thread, which is a managed one: once for each thread.</summary>
    internal static ulong CurrentForJoin() => ThreadLeaf.CurrentForJoin();

    internal static void JoinManaged(ulong thread) => ThreadLeaf.JoinManaged(thread);

    /// <summary>Not the number of any thread that runs at the same time.</summary>
    internal static ulong CurrentId() => ThreadLeaf.CurrentId();

    /// <summary>Names the calling thread.</summary>
    internal static void SetName(byte* name) => ThreadLeaf.SetName(name);

    /// <summary>Writes a thread's name into a buffer of <see cref="NameCapacity"/> bytes.</summary>
    internal static int GetName(aws_thread_id_t id, byte* buffer) => ThreadLeaf.GetName(id, buffer);

    /// <summary>Sleeps at least that many nanoseconds.</summary>
    internal static void Sleep(ulong nanoseconds) => ThreadLeaf.Sleep(nanoseconds);

    /// <summary>Lets the calling thread's new pages come from the node of its processor.</summary>
    internal static int PreferLocalMemory() => ThreadLeaf.PreferLocalMemory();

    /// <summary>Calls a routine unless this flag has seen a call; returns when that call has ended.</summary>
    internal static void Once(void* flag, delegate* unmanaged[Cdecl]<void> routine) =>
        ThreadLeaf.Once(flag, routine);
}
