// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A pthread condition variable whose deadlines are on the monotonic clock.</summary>
internal static unsafe class PosixConditionVariable
{
    internal static int Init(aws_condition_variable* condition) =>
        Libc.pthread_cond_init(&condition->condition_handle, null);

    internal static void Destroy(aws_condition_variable* condition) =>
        Libc.pthread_cond_destroy(&condition->condition_handle);

    internal static int NotifyOne(aws_condition_variable* condition) =>
        Libc.pthread_cond_signal(&condition->condition_handle);

    internal static int NotifyAll(aws_condition_variable* condition) =>
        Libc.pthread_cond_broadcast(&condition->condition_handle);

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        Libc.pthread_cond_wait(&condition->condition_handle, &mutex->mutex_handle);

    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline)
    {
        Libc.timespec time = PosixClock.ToTimespec(deadline);
        return Libc.pthread_cond_clockwait(
            &condition->condition_handle, &mutex->mutex_handle, Libc.CLOCK_MONOTONIC, &time);
    }

    internal static ulong Now()
    {
        Libc.timespec now;
        Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &now);
        return PosixClock.ToNanoseconds(now);
    }
}
