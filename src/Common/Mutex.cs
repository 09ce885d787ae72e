// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>A lock that is not recursive. Any thread may use it; the one that locked it unlocks it.</summary>
internal static unsafe class Mutex
{
    /// <summary>Makes an unlocked mutex; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_mutex* mutex)
    {
        if (mutex == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // Without attributes the type is the normal one: no owner is recorded, relocking blocks.
        int error = Libc.pthread_mutex_init(&mutex->mutex_handle, null);
        mutex->initialized = error == 0;
        return LockErrors.Translate(error);
    }

    /// <summary>Ends an unlocked mutex and zeroes it. A second call, or one on zeroed memory, does nothing.</summary>
    internal static void CleanUp(aws_mutex* mutex)
    {
        if (mutex == null)
            return;

        if (mutex->initialized)
            Libc.pthread_mutex_destroy(&mutex->mutex_handle);

        *mutex = default;
    }

    /// <summary>Blocks until the calling thread has the lock.</summary>
    internal static int Lock(aws_mutex* mutex)
    {
        if (IsUnusable(mutex))
            return RaiseUnusable(mutex);

        // The attempt needs no transition out of managed code, and a free lock is the common case.
        return Libc.pthread_mutex_trylock(&mutex->mutex_handle) == 0
            ? AWS_OP_SUCCESS
            : LockErrors.Translate(Libc.pthread_mutex_lock(&mutex->mutex_handle));
    }

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when somebody has the lock.</summary>
    internal static int TryLock(aws_mutex* mutex) => IsUnusable(mutex)
        ? RaiseUnusable(mutex)
        : LockErrors.Translate(Libc.pthread_mutex_trylock(&mutex->mutex_handle));

    /// <summary>Gives the lock back.</summary>
    internal static int Unlock(aws_mutex* mutex) => IsUnusable(mutex)
        ? RaiseUnusable(mutex)
        : LockErrors.Translate(Libc.pthread_mutex_unlock(&mutex->mutex_handle));

    private static bool IsUnusable(aws_mutex* mutex) => mutex == null || !mutex->initialized;

    private static int RaiseUnusable(aws_mutex* mutex) =>
        Errors.Raise(mutex == null ? AWS_ERROR_INVALID_ARGUMENT : AWS_ERROR_MUTEX_NOT_INIT);
}
