// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's lock of many readers or one writer. Every call returns 0 or an OS error number.</summary>
internal static unsafe class RwLock
{
    internal static int Init(aws_rw_lock* rwlock) => Posix.PosixRwLock.Init(rwlock);

    internal static void Destroy(aws_rw_lock* rwlock) => Posix.PosixRwLock.Destroy(rwlock);

    internal static int LockRead(aws_rw_lock* rwlock) => Posix.PosixRwLock.LockRead(rwlock);

    internal static int LockWrite(aws_rw_lock* rwlock) => Posix.PosixRwLock.LockWrite(rwlock);

    internal static int TryLockRead(aws_rw_lock* rwlock) => Posix.PosixRwLock.TryLockRead(rwlock);

    internal static int TryLockWrite(aws_rw_lock* rwlock) => Posix.PosixRwLock.TryLockWrite(rwlock);

    internal static int Unlock(aws_rw_lock* rwlock) => Posix.PosixRwLock.Unlock(rwlock);
}
