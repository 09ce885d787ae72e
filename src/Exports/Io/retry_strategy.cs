// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Retry;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/io/retry_strategy.h&gt;.</summary>
public static unsafe class Exports_io_retry_strategy
{
    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_retry_strategy_acquire(aws_retry_strategy* retry_strategy) => RetryStrategy.Acquire(retry_strategy);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_retry_strategy_release(aws_retry_strategy* retry_strategy) => RetryStrategy.Release(retry_strategy);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_acquire_retry_token", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_retry_strategy_acquire_retry_token(aws_retry_strategy* retry_strategy, aws_byte_cursor* partition_id, aws_retry_strategy_on_retry_token_acquired_fn on_acquired, void* user_data, ulong timeout_ms) => RetryStrategy.AcquireRetryToken(retry_strategy, partition_id, on_acquired, user_data, timeout_ms);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_schedule_retry", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_retry_strategy_schedule_retry(aws_retry_token* token, aws_retry_error_type error_type, aws_retry_strategy_on_retry_ready_fn retry_ready, void* user_data) => RetryStrategy.ScheduleRetry(token, error_type, retry_ready, user_data);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_token_record_success", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_retry_token_record_success(aws_retry_token* token) => RetryToken.RecordSuccess(token);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_token_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_retry_token_acquire(aws_retry_token* token) => RetryToken.Acquire(token);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_token_release", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_retry_token_release(aws_retry_token* token) => RetryToken.Release(token);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_new_exponential_backoff", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_retry_strategy* aws_retry_strategy_new_exponential_backoff(aws_allocator* allocator, aws_exponential_backoff_retry_options* config) => RetryStrategy.NewExponentialBackoff(allocator, config);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_new_standard", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_retry_strategy* aws_retry_strategy_new_standard(aws_allocator* allocator, aws_standard_retry_options* config) => RetryStrategy.NewStandard(allocator, config);

    [UnmanagedCallersOnly(EntryPoint = "aws_retry_strategy_new_no_retry", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_retry_strategy* aws_retry_strategy_new_no_retry(aws_allocator* allocator, aws_no_retry_options* config) => RetryStrategy.NewNoRetry(allocator, config);
}
