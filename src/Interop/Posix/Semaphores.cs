// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>Semaphores without a name. These calls return -1 and set errno.</summary>
internal static unsafe partial class Libc
{
    /// <summary>sem_t on 64-bit Linux, by glibc and musl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct sem_t
    {
        private fixed ulong _opaque[4];
    }

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int sem_init(sem_t* semaphore, int shared, uint value);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int sem_destroy(sem_t* semaphore);

    [DllImport(Library)]
    internal static extern int sem_post(sem_t* semaphore);

    /// <summary>Not made again after EINTR, which is for the caller to report.</summary>
    [DllImport(Library)]
    internal static extern int sem_wait(sem_t* semaphore);

    /// <summary>The same, until the deadline on that clock.</summary>
    [DllImport(Library)]
    internal static extern int sem_clockwait(sem_t* semaphore, int clock, timespec* deadline);
}
