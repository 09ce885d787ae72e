// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>The contract of a token, one operation's leave to try again: counted, any thread.</summary>
internal static unsafe class RetryToken
{
    /// <summary>Adds a reference.</summary>
    internal static void Acquire(aws_retry_token* token)
    {
        if (token == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            Interlocked.Increment(ref RetryStrategy.Count(&token->ref_count));
    }

    /// <summary>Drops a reference; with the last one the strategy frees the token. NULL is let pass.</summary>
    internal static void Release(aws_retry_token* token)
    {
        if (token != null && Interlocked.Decrement(ref RetryStrategy.Count(&token->ref_count)) == 0)
            token->retry_strategy->vtable->release_token(token);
    }

    /// <summary>Reports to the strategy that the operation has succeeded.</summary>
    internal static int RecordSuccess(aws_retry_token* token)
    {
        if (token == null || token->retry_strategy == null || token->retry_strategy->vtable == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return token->retry_strategy->vtable->record_success != null
            ? token->retry_strategy->vtable->record_success(token)
            : Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    /// <summary>A base with one reference, for a token of ours. It takes a reference to the strategy.</summary>
    internal static aws_retry_token Base(aws_retry_strategy* strategy, void* impl)
    {
        RetryStrategy.Acquire(strategy);
        aws_retry_token token = new() { allocator = strategy->allocator, retry_strategy = strategy, impl = impl };
        RetryStrategy.Count(&token.ref_count) = 1;
        return token;
    }
}
