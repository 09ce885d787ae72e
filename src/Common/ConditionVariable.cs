// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Common;

/// <summary>
/// Waiting for a change that another thread announces. The mutex is held by the caller of every wait, and again when
/// it returns. Timed waits run on the monotonic clock, so a change of the system's time neither shortens nor
/// lengthens them.
/// </summary>
internal static unsafe class ConditionVariable
{
    /// <summary>Makes a condition variable; <see cref="CleanUp"/> ends it.</summary>
    internal static int Init(aws_condition_variable* condition_variable)
    {
        if (condition_variable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (Libc.pthread_cond_init(&condition_variable->condition_handle, null) != 0)
        {
            *condition_variable = default;
            return Errors.Raise(AWS_ERROR_COND_VARIABLE_INIT_FAILED);
        }

        condition_variable->initialized = true;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Ends a condition variable nobody waits on, and zeroes it.</summary>
    internal static void CleanUp(aws_condition_variable* condition_variable)
    {
        if (condition_variable == null)
            return;

        if (condition_variable->initialized)
            Libc.pthread_cond_destroy(&condition_variable->condition_handle);

        *condition_variable = default;
    }

    /// <summary>Wakes one waiter, if there is any.</summary>
    internal static int NotifyOne(aws_condition_variable* condition_variable) => IsUsable(condition_variable)
        ? Translate(Libc.pthread_cond_signal(&condition_variable->condition_handle))
        : RaiseUnusable(condition_variable);

    /// <summary>Wakes every waiter.</summary>
    internal static int NotifyAll(aws_condition_variable* condition_variable) => IsUsable(condition_variable)
        ? Translate(Libc.pthread_cond_broadcast(&condition_variable->condition_handle))
        : RaiseUnusable(condition_variable);

    /// <summary>Waits for a notification; it may also return without one.</summary>
    internal static int Wait(aws_condition_variable* condition_variable, aws_mutex* mutex)
    {
        int checkedArguments = CheckWait(condition_variable, mutex);
        return checkedArguments != AWS_OP_SUCCESS
            ? checkedArguments
            : Translate(Libc.pthread_cond_wait(&condition_variable->condition_handle, &mutex->mutex_handle));
    }

    /// <summary>Waits until <paramref name="pred"/>, called under the mutex, says true.</summary>
    internal static int WaitPred(
        aws_condition_variable* condition_variable, aws_mutex* mutex, aws_condition_predicate_fn pred, void* pred_ctx)
    {
        if (pred == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int result = CheckWait(condition_variable, mutex);
        while (result == AWS_OP_SUCCESS && !pred(pred_ctx))
            result = Wait(condition_variable, mutex);

        return result;
    }

    /// <summary>
    /// Waits for a notification, at most <paramref name="time_to_wait"/> nanoseconds; raises
    /// AWS_ERROR_COND_VARIABLE_TIMED_OUT after that time, at once if it is not positive.
    /// </summary>
    internal static int WaitFor(aws_condition_variable* condition_variable, aws_mutex* mutex, long time_to_wait) =>
        WaitUntil(condition_variable, mutex, Deadline(time_to_wait));

    /// <summary>As <see cref="WaitPred"/>, for at most <paramref name="time_to_wait"/> nanoseconds in all.</summary>
    internal static int WaitForPred(
        aws_condition_variable* condition_variable,
        aws_mutex* mutex,
        long time_to_wait,
        aws_condition_predicate_fn pred,
        void* pred_ctx)
    {
        if (pred == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        Libc.timespec deadline = Deadline(time_to_wait);
        int result = CheckWait(condition_variable, mutex);
        while (result == AWS_OP_SUCCESS && !pred(pred_ctx))
            result = WaitUntil(condition_variable, mutex, deadline);

        return result;
    }

    /// <summary>The moment so many nanoseconds from now on the clock of <see cref="WaitUntil"/>.</summary>
    internal static Libc.timespec Deadline(long nanoseconds)
    {
        Libc.timespec now;
        Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &now);

        // Both parts are far below 2^63, so the unsigned sum cannot wrap.
        ulong ticks = (ulong)now.tv_sec * Clock.NanosecondsPerSecond + (ulong)now.tv_nsec;
        return Clock.ToTimespec(ticks + (ulong)(nanoseconds > 0 ? nanoseconds : 0));
    }

    /// <summary>Waits for a notification until a moment made by <see cref="Deadline"/>.</summary>
    internal static int WaitUntil(aws_condition_variable* condition_variable, aws_mutex* mutex, Libc.timespec deadline)
    {
        int checkedArguments = CheckWait(condition_variable, mutex);
        return checkedArguments != AWS_OP_SUCCESS
            ? checkedArguments
            : Translate(Libc.pthread_cond_clockwait(
                &condition_variable->condition_handle, &mutex->mutex_handle, Libc.CLOCK_MONOTONIC, &deadline));
    }

    private static bool IsUsable(aws_condition_variable* condition_variable) =>
        condition_variable != null && condition_variable->initialized;

    private static int RaiseUnusable(aws_condition_variable* condition_variable) => Errors.Raise(
        condition_variable == null ? AWS_ERROR_INVALID_ARGUMENT : AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN);

    private static int CheckWait(aws_condition_variable* condition_variable, aws_mutex* mutex)
    {
        if (mutex == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        if (!mutex->initialized)
            return Errors.Raise(AWS_ERROR_MUTEX_NOT_INIT);

        return IsUsable(condition_variable) ? AWS_OP_SUCCESS : RaiseUnusable(condition_variable);
    }

    private static int Translate(int number) => number switch
    {
        0 => AWS_OP_SUCCESS,
        Libc.ENOMEM => Errors.Raise(AWS_ERROR_OOM),
        Libc.ETIMEDOUT => Errors.Raise(AWS_ERROR_COND_VARIABLE_TIMED_OUT),
        _ => Errors.Raise(AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN),
    };
}
