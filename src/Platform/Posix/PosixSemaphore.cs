// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A semaphore without a name, as Linux has it; Darwin has none.</summary>
internal static unsafe class PosixSemaphore
{
    internal static void Init(Semaphore* semaphore) => Libc.sem_init((Libc.sem_t*)semaphore, 0, 0);

    internal static void Destroy(Semaphore* semaphore) => Libc.sem_destroy((Libc.sem_t*)semaphore);

    internal static void Post(Semaphore* semaphore) => Libc.sem_post((Libc.sem_t*)semaphore);

    internal static int WaitUntil(Semaphore* semaphore, ulong deadline)
    {
        if (deadline == Semaphore.NoDeadline)
            return Libc.sem_wait((Libc.sem_t*)semaphore) == 0 ? 0 : Libc.Errno;

        Libc.timespec time = PosixClock.ToTimespec(deadline);
        return Libc.sem_clockwait((Libc.sem_t*)semaphore, Libc.CLOCK_MONOTONIC, &time) == 0 ? 0 : Libc.Errno;
    }
}
