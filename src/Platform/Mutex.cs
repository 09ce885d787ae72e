// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's lock: not recursive, no owner recorded. Every call returns 0 or an OS error number.</summary>
internal static unsafe class Mutex
{
    internal static int Init(aws_mutex* mutex) => Posix.PosixMutex.Init(mutex);

    internal static void Destroy(aws_mutex* mutex) => Posix.PosixMutex.Destroy(mutex);

    /// <summary>Blocks until the calling thread has the lock.</summary>
    internal static int Lock(aws_mutex* mutex) => Posix.PosixMutex.Lock(mutex);

    internal static int TryLock(aws_mutex* mutex) => Posix.PosixMutex.TryLock(mutex);

    internal static int Unlock(aws_mutex* mutex) => Posix.PosixMutex.Unlock(mutex);
}
