// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ConditionVariable
{
    /// <summary>aws_condition_variable_init</summary>
    internal static int Init(aws_condition_variable* condition_variable) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_clean_up</summary>
    internal static void CleanUp(aws_condition_variable* condition_variable) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_notify_one</summary>
    internal static int NotifyOne(aws_condition_variable* condition_variable) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_notify_all</summary>
    internal static int NotifyAll(aws_condition_variable* condition_variable) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_wait</summary>
    internal static int Wait(aws_condition_variable* condition_variable, aws_mutex* mutex) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_wait_pred</summary>
    internal static int WaitPred(aws_condition_variable* condition_variable, aws_mutex* mutex, aws_condition_predicate_fn pred, void* pred_ctx) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_wait_for</summary>
    internal static int WaitFor(aws_condition_variable* condition_variable, aws_mutex* mutex, long time_to_wait) => throw new System.NotImplementedException();

    /// <summary>aws_condition_variable_wait_for_pred</summary>
    internal static int WaitForPred(aws_condition_variable* condition_variable, aws_mutex* mutex, long time_to_wait, aws_condition_predicate_fn pred, void* pred_ctx) => throw new System.NotImplementedException();
}
