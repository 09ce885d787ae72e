// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>The strategy that never retries: it gives no tokens.</summary>
internal unsafe struct NoRetryStrategy
{
    private static nint s_vtable;

    // First, so that the strategy's address is the block's.
    private aws_retry_strategy _strategy;
    private aws_shutdown_callback_options _shutdown;

    /// <summary>A strategy with one reference, the caller's. The options may be NULL.</summary>
    internal static aws_retry_strategy* New(aws_allocator* allocator, aws_no_retry_options* options)
    {
        if (allocator == null)
            return (aws_retry_strategy*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        NoRetryStrategy* strategy = Allocator.New<NoRetryStrategy>(allocator);
        strategy->_strategy = RetryStrategy.Base(allocator, Vtable(), strategy);
        if (options != null && options->shutdown_options != null)
            strategy->_shutdown = *options->shutdown_options;
        return &strategy->_strategy;
    }

    private static aws_retry_strategy_vtable* Vtable() =>
        StaticMemory.Get(ref s_vtable, &Entries);

    private static aws_retry_strategy_vtable Entries() => new()
    {
        destroy = &Destroy,
        acquire_token = &AcquireToken,
        schedule_retry = &ScheduleRetry,
        record_success = &RecordSuccess,
        release_token = &ReleaseToken,
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_retry_strategy* self)
    {
        aws_shutdown_callback_options shutdown = ((NoRetryStrategy*)self->impl)->_shutdown;
        Allocator.Release(self->allocator, self->impl);
        if (shutdown.shutdown_callback_fn != null)
            shutdown.shutdown_callback_fn(shutdown.shutdown_callback_user_data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AcquireToken(
        aws_retry_strategy* self,
        aws_byte_cursor* partition,
        aws_retry_strategy_on_retry_token_acquired_fn onAcquired,
        void* userData,
        ulong timeoutMs) => Errors.Raise(AWS_IO_RETRY_PERMISSION_DENIED);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ScheduleRetry(
        aws_retry_token* token, aws_retry_error_type type, aws_retry_strategy_on_retry_ready_fn onReady, void* userData)
    {
        StopForForeignToken();
        return AWS_OP_ERR;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RecordSuccess(aws_retry_token* token)
    {
        StopForForeignToken();
        return AWS_OP_ERR;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseToken(aws_retry_token* token) => StopForForeignToken();

    private static void StopForForeignToken() =>
        Fatal.Stop("a retry token belongs to a strategy that makes none"u8);
}
