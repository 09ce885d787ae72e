// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A pthread mutex.</summary>
internal static unsafe class PosixMutex
{
    // Without attributes the type is the normal one: no owner is recorded, relocking blocks.
    internal static int Init(aws_mutex* mutex) => Libc.pthread_mutex_init(&mutex->mutex_handle, null);

    internal static void Destroy(aws_mutex* mutex) => Libc.pthread_mutex_destroy(&mutex->mutex_handle);

    internal static int Lock(aws_mutex* mutex)
    {
        // The attempt needs no transition out of managed code, and a free lock is the common case.
        return Libc.pthread_mutex_trylock(&mutex->mutex_handle) == 0
            ? 0
            : Libc.pthread_mutex_lock(&mutex->mutex_handle);
    }

    internal static int TryLock(aws_mutex* mutex) => Libc.pthread_mutex_trylock(&mutex->mutex_handle);

    internal static int Unlock(aws_mutex* mutex) => Libc.pthread_mutex_unlock(&mutex->mutex_handle);
}
