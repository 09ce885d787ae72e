// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>
/// The contract of a strategy that says when, and whether, to try again: a counted object whose vtable may be the
/// program's own. A missing strategy or token is a bad argument and changes nothing; an operation that the vtable
/// leaves out is unsupported. All functions: any thread.
/// </summary>
internal static unsafe class RetryStrategy
{
    /// <summary>Adds a reference.</summary>
    internal static void Acquire(aws_retry_strategy* retry_strategy)
    {
        if (retry_strategy == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            Interlocked.Increment(ref Count(&retry_strategy->ref_count));
    }

    /// <summary>Drops a reference; with the last one the strategy ends, on this thread. NULL is let pass.</summary>
    internal static void Release(aws_retry_strategy* retry_strategy)
    {
        if (retry_strategy != null && Interlocked.Decrement(ref Count(&retry_strategy->ref_count)) == 0)
            retry_strategy->vtable->destroy(retry_strategy);
    }

    /// <summary>Asks for a token. The callback runs exactly once, later, unless this fails; then never.</summary>
    internal static int AcquireRetryToken(
        aws_retry_strategy* retry_strategy,
        aws_byte_cursor* partition_id,
        aws_retry_strategy_on_retry_token_acquired_fn on_acquired,
        void* user_data,
        ulong timeout_ms)
    {
        if (!HasVtable(retry_strategy))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return retry_strategy->vtable->acquire_token != null
            ? retry_strategy->vtable->acquire_token(retry_strategy, partition_id, on_acquired, user_data, timeout_ms)
            : Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    /// <summary>Has the callback run when the next attempt is due, exactly once, later, unless this fails.</summary>
    internal static int ScheduleRetry(
        aws_retry_token* token,
        aws_retry_error_type error_type,
        aws_retry_strategy_on_retry_ready_fn retry_ready,
        void* user_data)
    {
        if (token == null || !HasVtable(token->retry_strategy))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return token->retry_strategy->vtable->schedule_retry != null
            ? token->retry_strategy->vtable->schedule_retry(token, error_type, retry_ready, user_data)
            : Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    /// <summary>A strategy that waits longer after each failure; see <see cref="BackoffStrategy"/>.</summary>
    internal static aws_retry_strategy* NewExponentialBackoff(
        aws_allocator* allocator, aws_exponential_backoff_retry_options* config) =>
        BackoffStrategy.New(allocator, config);

    /// <summary>The same with a budget for each partition; see <see cref="StandardStrategy"/>.</summary>
    internal static aws_retry_strategy* NewStandard(aws_allocator* allocator, aws_standard_retry_options* config) =>
        StandardStrategy.New(allocator, config);

    /// <summary>A strategy that never retries; see <see cref="NoRetryStrategy"/>.</summary>
    internal static aws_retry_strategy* NewNoRetry(aws_allocator* allocator, aws_no_retry_options* config) =>
        NoRetryStrategy.New(allocator, config);

    /// <summary>A base with one reference, for a strategy of ours.</summary>
    internal static aws_retry_strategy Base(aws_allocator* allocator, aws_retry_strategy_vtable* vtable, void* impl)
    {
        aws_retry_strategy strategy = new() { allocator = allocator, vtable = vtable, impl = impl };
        Count(&strategy.ref_count) = 1;
        return strategy;
    }

    /// <summary>The references of strategies and of tokens are counted in the same way.</summary>
    internal static ref long Count(aws_atomic_var* references) => ref *(long*)&references->value;

    private static bool HasVtable(aws_retry_strategy* strategy) => strategy != null && strategy->vtable != null;
}
