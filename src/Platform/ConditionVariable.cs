// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The system's condition variable. Calls that return a number return 0 or an OS error number.</summary>
internal static unsafe class ConditionVariable
{
    internal static int Init(aws_condition_variable* condition) => Posix.PosixConditionVariable.Init(condition);

    internal static void Destroy(aws_condition_variable* condition) => Posix.PosixConditionVariable.Destroy(condition);

    internal static int NotifyOne(aws_condition_variable* condition) =>
        Posix.PosixConditionVariable.NotifyOne(condition);

    internal static int NotifyAll(aws_condition_variable* condition) =>
        Posix.PosixConditionVariable.NotifyAll(condition);

    internal static int Wait(aws_condition_variable* condition, aws_mutex* mutex) =>
        Posix.PosixConditionVariable.Wait(condition, mutex);

    /// <summary>Waits until <see cref="Now"/> would be <paramref name="deadline"/>.</summary>
    internal static int WaitUntil(aws_condition_variable* condition, aws_mutex* mutex, ulong deadline) =>
        Posix.PosixConditionVariable.WaitUntil(condition, mutex, deadline);

    /// <summary>Nanoseconds on the clock of timed waits, which nobody sets.</summary>
    internal static ulong Now() => Posix.PosixConditionVariable.Now();
}
