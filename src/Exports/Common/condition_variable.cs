// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/condition_variable.h&gt;.</summary>
public static unsafe class Exports_common_condition_variable
{
    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_init(aws_condition_variable* condition_variable) => ConditionVariable.Init(condition_variable);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_condition_variable_clean_up(aws_condition_variable* condition_variable) => ConditionVariable.CleanUp(condition_variable);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_notify_one", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_notify_one(aws_condition_variable* condition_variable) => ConditionVariable.NotifyOne(condition_variable);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_notify_all", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_notify_all(aws_condition_variable* condition_variable) => ConditionVariable.NotifyAll(condition_variable);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_wait(aws_condition_variable* condition_variable, aws_mutex* mutex) => ConditionVariable.Wait(condition_variable, mutex);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_wait_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_wait_pred(aws_condition_variable* condition_variable, aws_mutex* mutex, aws_condition_predicate_fn pred, void* pred_ctx) => ConditionVariable.WaitPred(condition_variable, mutex, pred, pred_ctx);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_wait_for", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_wait_for(aws_condition_variable* condition_variable, aws_mutex* mutex, long time_to_wait) => ConditionVariable.WaitFor(condition_variable, mutex, time_to_wait);

    [UnmanagedCallersOnly(EntryPoint = "aws_condition_variable_wait_for_pred", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_condition_variable_wait_for_pred(aws_condition_variable* condition_variable, aws_mutex* mutex, long time_to_wait, aws_condition_predicate_fn pred, void* pred_ctx) => ConditionVariable.WaitForPred(condition_variable, mutex, time_to_wait, pred, pred_ctx);
}
