// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>A token of the standard strategy: what each retry costs, and who pays.</summary>
internal unsafe struct StandardToken
{
    private const nuint RetryCost = 5;

    /// <summary>A server out of reach is in more need of rest than one that answers, if only to refuse.</summary>
    private const nuint TransientRetryCost = 10;

    /// <summary>What a success at the first attempt returns, so that a partition recovers in the end.</summary>
    private const nuint Recovery = 1;

    // First, so that the token's address is the block's.
    private BackoffToken _backoff;
    private RetryBucket* _bucket;

    /// <summary>What the next success returns.</summary>
    private nuint _payback;

    /// <summary>Makes a token and gives it to its asker, in a task.</summary>
    internal static int Grant(
        BackoffStrategy* strategy,
        RetryBucket* bucket,
        aws_retry_strategy_on_retry_token_acquired_fn onAcquired,
        void* userData)
    {
        StandardToken* token = Allocator.New<StandardToken>(strategy->Base.allocator);
        BackoffToken.Init(&token->_backoff, strategy);
        token->_bucket = bucket;
        token->_payback = Recovery;
        return BackoffToken.Grant(&token->_backoff, onAcquired, userData);
    }

    /// <summary>Pays for a retry and schedules it; an error if that is not to be, and nothing is changed.</summary>
    internal static int Schedule(
        StandardToken* token,
        aws_retry_error_type type,
        aws_retry_strategy_on_retry_ready_fn onReady,
        void* userData)
    {
        if (type == AWS_RETRY_ERROR_TYPE_CLIENT_ERROR)
            return AWS_IO_RETRY_PERMISSION_DENIED;
        if (token->_bucket->IsEmpty)
            return RefuseForEmptyBucket(token);

        int error = BackoffToken.Reserve(&token->_backoff, counts: true);
        if (error != AWS_ERROR_SUCCESS)
            return error;

        nuint cost = type == AWS_RETRY_ERROR_TYPE_TRANSIENT ? TransientRetryCost : RetryCost;
        nuint paid = token->_bucket->Take(cost);
        if (paid == 0)
        {
            BackoffToken.Unreserve(&token->_backoff, counted: true);
            return RefuseForEmptyBucket(token);
        }

        Volatile.Write(ref token->_payback, paid);
        BackoffToken.Schedule(&token->_backoff, counts: true, onReady, userData);
        return AWS_ERROR_SUCCESS;
    }

    /// <summary>Returns tokens for a success, once.</summary>
    internal static void PayBack(StandardToken* token) =>
        token->_bucket->Give(Interlocked.Exchange(ref token->_payback, 0));

    private static int RefuseForEmptyBucket(StandardToken* token)
    {
        aws_retry_strategy* strategy = token->_backoff.Base.retry_strategy;
        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_STANDARD_RETRY_STRATEGY,
            $"id=0x{(nint)strategy:x}: token 0x{(nint)token:x} refused, empty bucket: {token->_bucket->Partition}");
        return AWS_IO_RETRY_PERMISSION_DENIED;
    }
}
