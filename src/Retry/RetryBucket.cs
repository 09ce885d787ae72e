// SPDX-License-Identifier: Apache-2.0
using System;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>
/// The budget of one partition: retries take tokens, successes return them. It ends with its strategy. Any thread.
/// </summary>
internal unsafe struct RetryBucket
{
    /// <summary>The partition's name, a view of a string that the bucket owns.</summary>
    internal aws_byte_cursor Partition;
    private aws_string* _name;
    private aws_allocator* _allocator;
    private nuint _capacity;
    private nuint _left;

    /// <summary>A full bucket.</summary>
    internal static RetryBucket* New(aws_allocator* allocator, aws_byte_cursor partition, nuint capacity)
    {
        RetryBucket* bucket = Allocator.New<RetryBucket>(allocator);
        bucket->_allocator = allocator;
        bucket->_name = AwsString.NewFromCursor(allocator, &partition);
        bucket->Partition = AwsString.ToCursor(bucket->_name);
        bucket->_capacity = capacity;
        bucket->_left = capacity;
        return bucket;
    }

    internal static void Destroy(RetryBucket* bucket)
    {
        AwsString.Destroy(bucket->_name);
        Allocator.Release(bucket->_allocator, bucket);
    }

    internal bool IsEmpty => Volatile.Read(ref _left) == 0;

    /// <summary>Takes so much, or what is left if that is less; returns what was taken.</summary>
    internal nuint Take(nuint wanted)
    {
        nuint seen = Volatile.Read(ref _left);
        while (true)
        {
            nuint taken = Math.Min(wanted, seen);
            nuint old = Interlocked.CompareExchange(ref _left, seen - taken, seen);
            if (old == seen)
                return taken;
            seen = old;
        }
    }

    /// <summary>Returns so many tokens, or what has room if that is less.</summary>
    internal void Give(nuint amount)
    {
        nuint seen = Volatile.Read(ref _left);
        while (true)
        {
            nuint filled = seen + Math.Min(amount, _capacity - seen);
            nuint old = Interlocked.CompareExchange(ref _left, filled, seen);
            if (old == seen)
                return;
            seen = old;
        }
    }
}
