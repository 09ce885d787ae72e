// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Threading;

/// <summary>A lock that is not recursive. Any thread may use it; the one that locked it unlocks it.</summary>
internal static unsafe class Mutex
{
    /// <summary>Makes an unlocked mutex; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_mutex* mutex)
    {
        if (mutex == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int error = Platform.Mutex.Init(mutex);
        mutex->initialized = error == 0;
        return LockErrors.Translate(error);
    }

    /// <summary>Ends an unlocked mutex and zeroes it. A second call, or one on zeroed memory, does nothing.</summary>
    internal static void CleanUp(aws_mutex* mutex)
    {
        if (mutex == null)
            return;

        if (mutex->initialized)
            Platform.Mutex.Destroy(mutex);

        *mutex = default;
    }

    /// <summary>Blocks until the calling thread has the lock.</summary>
    internal static int Lock(aws_mutex* mutex) => IsUnusable(mutex)
        ? RaiseUnusable(mutex)
        : LockErrors.Translate(Platform.Mutex.Lock(mutex));

    /// <summary>Raises AWS_ERROR_MUTEX_TIMEOUT when somebody has the lock.</summary>
    internal static int TryLock(aws_mutex* mutex) => IsUnusable(mutex)
        ? RaiseUnusable(mutex)
        : LockErrors.Translate(Platform.Mutex.TryLock(mutex));

    /// <summary>Gives the lock back.</summary>
    internal static int Unlock(aws_mutex* mutex) => IsUnusable(mutex)
        ? RaiseUnusable(mutex)
        : LockErrors.Translate(Platform.Mutex.Unlock(mutex));

    private static bool IsUnusable(aws_mutex* mutex) => mutex == null || !mutex->initialized;

    private static int RaiseUnusable(aws_mutex* mutex) =>
        Errors.Raise(mutex == null ? AWS_ERROR_INVALID_ARGUMENT : AWS_ERROR_MUTEX_NOT_INIT);
}

/// <summary>What the error numbers of mutexes and reader-writer locks become.</summary>
internal static class LockErrors
{
    /// <summary>Success for 0; else the matching error is raised.</summary>
    internal static int Translate(int number) =>
        number == 0 ? AWS_OP_SUCCESS : Errors.Raise(Platform.OsErrors.OfLock(number));
}
