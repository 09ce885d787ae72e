// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Threading;

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

        if (Platform.ConditionVariable.Init(condition_variable) != 0)
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
            Platform.ConditionVariable.Destroy(condition_variable);

        *condition_variable = default;
    }

    /// <summary>Wakes one waiter, if there is any.</summary>
    internal static int NotifyOne(aws_condition_variable* condition_variable) => IsUsable(condition_variable)
        ? Translate(Platform.ConditionVariable.NotifyOne(condition_variable))
        : RaiseUnusable(condition_variable);

    /// <summary>Wakes every waiter.</summary>
    internal static int NotifyAll(aws_condition_variable* condition_variable) => IsUsable(condition_variable)
        ? Translate(Platform.ConditionVariable.NotifyAll(condition_variable))
        : RaiseUnusable(condition_variable);

    /// <summary>Waits for a notification; it may also return without one.</summary>
    internal static int Wait(aws_condition_variable* condition_variable, aws_mutex* mutex)
    {
        int checkedArguments = CheckWait(condition_variable, mutex);
        return checkedArguments != AWS_OP_SUCCESS
            ? checkedArguments
            : Translate(Platform.ConditionVariable.Wait(condition_variable, mutex));
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

        ulong deadline = Deadline(time_to_wait);
        int result = CheckWait(condition_variable, mutex);
        while (result == AWS_OP_SUCCESS && !pred(pred_ctx))
            result = WaitUntil(condition_variable, mutex, deadline);

        return result;
    }

    /// <summary>The moment so many nanoseconds from now on the clock of <see cref="WaitUntil"/>.</summary>
    // Both parts are far below 2^63, so the unsigned sum cannot wrap.
    internal static ulong Deadline(long nanoseconds) =>
        Platform.ConditionVariable.Now() + (ulong)(nanoseconds > 0 ? nanoseconds : 0);

    /// <summary>Waits for a notification until a moment made by <see cref="Deadline"/>.</summary>
    internal static int WaitUntil(aws_condition_variable* condition_variable, aws_mutex* mutex, ulong deadline)
    {
        int checkedArguments = CheckWait(condition_variable, mutex);
        return checkedArguments != AWS_OP_SUCCESS
            ? checkedArguments
            : Translate(Platform.ConditionVariable.WaitUntil(condition_variable, mutex, deadline));
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

    private static int Translate(int number) =>
        number == 0 ? AWS_OP_SUCCESS : Errors.Raise(Platform.OsErrors.OfCondition(number));
}
