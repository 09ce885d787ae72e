// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Retry;

/// <summary>
/// The strategy that waits longer after each failure, within a budget per partition: where everything fails, retries
/// cease. Letter case makes no difference between partitions.
/// </summary>
internal unsafe struct StandardStrategy
{
    private const nuint DefaultMaxRetries = 3;
    private const nuint DefaultCapacity = 500;
    private const nuint InitialPartitions = 16;

    private static nint s_vtable;

    // First, so that the strategy's address is the block's.
    private BackoffStrategy _backoff;
    private nuint _capacity;

    // What Fork.Count was when this was made.
    private int _forks;

    /// <summary>Guards the table; the buckets take care of themselves.</summary>
    private aws_mutex _lock;

    /// <summary>From a partition's name to its bucket.</summary>
    private aws_hash_table _buckets;

    /// <summary>A strategy with one reference, the caller's; it holds the group. NULL with the error raised.</summary>
    internal static aws_retry_strategy* New(aws_allocator* allocator, aws_standard_retry_options* options)
    {
        if (options == null || !BackoffStrategy.AreValid(allocator, &options->backoff_retry_options))
            return (aws_retry_strategy*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        StandardStrategy* strategy = Allocator.New<StandardStrategy>(allocator);
        nuint capacity = options->initial_bucket_capacity;
        strategy->_capacity = capacity == 0 ? DefaultCapacity : capacity;
        strategy->_forks = Fork.Count;
        Mutex.Init(&strategy->_lock);
        HashTable.Init(
            &strategy->_buckets,
            allocator,
            InitialPartitions,
            Hash.ByteCursorPtrIgnoreCaseFunction,
            Hash.ByteCursorPtrEqIgnoreCaseFunction,
            null,
            &OnBucketRemoved);
        BackoffStrategy.Init(
            &strategy->_backoff, allocator, Vtable(), &options->backoff_retry_options, DefaultMaxRetries);
        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_STANDARD_RETRY_STRATEGY,
            $"id=0x{(nint)strategy:x}: created, bucket capacity {strategy->_capacity}");
        return &strategy->_backoff.Base;
    }

    private static RetryBucket* FindOrAddBucket(StandardStrategy* strategy, aws_byte_cursor partition)
    {
        aws_hash_element* element;
        Mutex.Lock(&strategy->_lock);
        HashTable.Find(&strategy->_buckets, &partition, &element);
        RetryBucket* bucket = element == null ? null : (RetryBucket*)element->value;
        if (bucket == null)
        {
            bucket = RetryBucket.New(strategy->_backoff.Base.allocator, partition, strategy->_capacity);
            HashTable.Put(&strategy->_buckets, &bucket->Partition, bucket, null);
        }

        Mutex.Unlock(&strategy->_lock);
        return bucket;
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
    private static void OnBucketRemoved(void* bucket) => RetryBucket.Destroy((RetryBucket*)bucket);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Destroy(aws_retry_strategy* self)
    {
        StandardStrategy* strategy = (StandardStrategy*)self->impl;
        HashTable.CleanUp(&strategy->_buckets);
        Mutex.CleanUp(&strategy->_lock);
        BackoffStrategy.Free(&strategy->_backoff);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AcquireToken(
        aws_retry_strategy* self,
        aws_byte_cursor* partition,
        aws_retry_strategy_on_retry_token_acquired_fn onAcquired,
        void* userData,
        ulong timeoutMs)
    {
        if (onAcquired == null || (partition != null && !ByteCursor.IsValid(partition)))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // In a forked child its loops do not run, and the lock may be a thread's of the parent's.
        StandardStrategy* strategy = (StandardStrategy*)self->impl;
        if (strategy->_forks != Fork.Count)
            return Errors.Raise(AWS_ERROR_INVALID_STATE);

        RetryBucket* bucket = FindOrAddBucket(strategy, partition == null ? default : *partition);
        return StandardToken.Grant(&strategy->_backoff, bucket, onAcquired, userData);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ScheduleRetry(
        aws_retry_token* self, aws_retry_error_type type, aws_retry_strategy_on_retry_ready_fn onReady, void* userData)
    {
        if (onReady == null || type > AWS_RETRY_ERROR_TYPE_CLIENT_ERROR)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        int error = StandardToken.Schedule((StandardToken*)self->impl, type, onReady, userData);
        return error == AWS_ERROR_SUCCESS ? AWS_OP_SUCCESS : Errors.Raise(error);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RecordSuccess(aws_retry_token* self)
    {
        StandardToken.PayBack((StandardToken*)self->impl);
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReleaseToken(aws_retry_token* self) => BackoffToken.Free((BackoffToken*)self->impl);
}
