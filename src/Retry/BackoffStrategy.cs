// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Retry;

/// <summary>The strategy that waits longer after each failure; also the base of the standard strategy.</summary>
internal unsafe struct BackoffStrategy
{
    private const nuint DefaultMaxRetries = 5;

    /// <summary>Delays double with each retry, which 64 bits bear so often.</summary>
    private const nuint RetriesLimit = 63;

    private static nint s_vtable;

    // First, so that the strategy's address is the block's.
    internal aws_retry_strategy Base;
    internal aws_event_loop_group* Loops;
    internal int MaxRetries;
    internal Backoff Backoff;
    private aws_shutdown_callback_options _shutdown;

    /// <summary>A strategy with one reference, the caller's; it holds the group. NULL with the error raised.</summary>
    internal static aws_retry_strategy* New(aws_allocator* allocator, aws_exponential_backoff_retry_options* options)
    {
        if (!AreValid(allocator, options))
            return (aws_retry_strategy*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        BackoffStrategy* strategy = Allocator.New<BackoffStrategy>(allocator);
        Init(strategy, allocator, Vtable(), options, DefaultMaxRetries);
        return &strategy->Base;
    }

    internal static bool AreValid(aws_allocator* allocator, aws_exponential_backoff_retry_options* options) =>
        allocator != null &&
        options != null &&
        options->el_group != null &&
        options->max_retries <= RetriesLimit &&
        options->jitter_mode <= AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED;

    /// <summary>Fills in a strategy, which begins the block that <see cref="Free"/> will free.</summary>
    internal static void Init(
        BackoffStrategy* strategy,
        aws_allocator* allocator,
        aws_retry_strategy_vtable* vtable,
        aws_exponential_backoff_retry_options* options,
        nuint defaultMaxRetries)
    {
        strategy->Base = RetryStrategy.Base(allocator, vtable, strategy);
        strategy->Loops = EventLoopGroup.Acquire(options->el_group);
        strategy->MaxRetries = (int)(options->max_retries == 0 ? defaultMaxRetries : options->max_retries);
        strategy->Backoff = new Backoff(options);
        if (options->shutdown_options != null)
            strategy->_shutdown = *options->shutdown_options;

        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_EXPONENTIAL_BACKOFF_RETRY_STRATEGY,
            $"id=0x{(nint)strategy:x}: created, jitter {(int)options->jitter_mode}, {strategy->MaxRetries} retries");
    }

    /// <summary>Frees the strategy and calls the owner's shutdown callback.</summary>
    internal static void Free(BackoffStrategy* strategy)
    {
        BackoffStrategy gone = *strategy;
        Allocator.Release(gone.Base.allocator, strategy);
        if (gone._shutdown.shutdown_callback_fn != null)
            gone._shutdown.shutdown_callback_fn(gone._shutdown.shutdown_callback_user_data);

        // After the callback: owners take the group's own callback as the sign that nothing of theirs is left.
        EventLoopGroup.Release(gone.Loops);
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
    private static void Destroy(aws_retry_strategy* self) => Free((BackoffStrategy*)self->impl);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AcquireToken(
        aws_retry_strategy* self,
        aws_byte_cursor* partition,
        aws_retry_strategy_on_retry_token_acquired_fn onAcquired,
        void* userData,
        ulong timeoutMs)
    {
        if (onAcquired == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        BackoffToken* token = Allocator.New<BackoffToken>(self->allocator);
        BackoffToken.Init(token, (BackoffStrategy*)self->impl);
        return BackoffToken.Grant(token, onAcquired, userData);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ScheduleRetry(
        aws_retry_token* self, aws_retry_error_type type, aws_retry_strategy_on_retry_ready_fn onReady, void* userData)
    {
        if (onReady == null || type > AWS_RETRY_ERROR_TYPE_CLIENT_ERROR)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // A client's own mistake costs nothing: the server has not refused anything yet.
        BackoffToken* token = (BackoffToken*)self->impl;
        bool counts = type != AWS_RETRY_ERROR_TYPE_CLIENT_ERROR;
        int error = BackoffToken.Reserve(token, counts);
        if (error != AWS_ERROR_SUCCESS)
            return Errors.Raise(error);

        BackoffToken.Schedule(token, counts, onReady, userData);
        return AWS_OP_SUCCESS;
    }

    // Without a budget there is nothing to return.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RecordSuccess(aws_retry_token* self) => AWS_OP_SUCCESS;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseToken(aws_retry_token* self) => BackoffToken.Free((BackoffToken*)self->impl);
}
