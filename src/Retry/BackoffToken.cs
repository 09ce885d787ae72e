// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Retry;

/// <summary>
/// A token of the strategy that waits longer after each failure; also the first member of the standard strategy's. It
/// stays on one loop. Its task is scheduled once to grant the token, then for each retry.
/// </summary>
internal unsafe struct BackoffToken
{
    private const long Reserved = 1;
    private const long OneRetry = 2;

    // First, so that the token's address is the block's.
    internal aws_retry_token Base;
    private aws_event_loop* _loop;
    private aws_task _task;
    private ulong _lastDelay;

    /// <summary>Whether the task is somebody's, in the lowest bit, and above it the retries so far.</summary>
    private long _progress;

    // Of these only one is set, by who has the task.
    private aws_retry_strategy_on_retry_token_acquired_fn _onAcquired;
    private aws_retry_strategy_on_retry_ready_fn _onReady;
    private void* _userData;

    /// <summary>Fills in a token, which begins the block that <see cref="Free"/> will free.</summary>
    internal static void Init(BackoffToken* token, BackoffStrategy* strategy)
    {
        token->Base = RetryToken.Base(&strategy->Base, token);
        token->_loop = EventLoopGroup.GetNextLoop(strategy->Loops);
    }

    /// <summary>Gives the token to its asker, in a task. A failure frees it.</summary>
    internal static int Grant(
        BackoffToken* token, aws_retry_strategy_on_retry_token_acquired_fn onAcquired, void* userData)
    {
        if (token->_loop == null)
        {
            RetryToken.Release(&token->Base);
            return Errors.Raise(AWS_ERROR_INVALID_STATE);
        }

        token->_progress = Reserved;
        token->_onAcquired = onAcquired;
        token->_userData = userData;
        ScheduledTask.Init(&token->_task, &OnTask, token, Literal.Of("retry_token_grant"u8));
        EventLoop.ScheduleTaskNow(token->_loop, &token->_task);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Takes the task and counts the retry, unless all are used up or one is scheduled; then an error, and nothing is
    /// changed. Followed by <see cref="Schedule"/> or <see cref="Unreserve"/>.
    /// </summary>
    internal static int Reserve(BackoffToken* token, bool counts)
    {
        long seen = Volatile.Read(ref token->_progress);
        while (true)
        {
            int error = AWS_ERROR_SUCCESS;
            if (counts && seen / OneRetry >= StrategyOf(token)->MaxRetries)
                error = AWS_IO_MAX_RETRIES_EXCEEDED;
            else if ((seen & Reserved) != 0)
                error = AWS_ERROR_INVALID_STATE;
            if (error != AWS_ERROR_SUCCESS)
            {
                LogRefusal(token, seen, error);
                return error;
            }

            long reserved = seen + Reserved + (counts ? OneRetry : 0);
            long old = Interlocked.CompareExchange(ref token->_progress, reserved, seen);
            if (old == seen)
                return AWS_ERROR_SUCCESS;
            seen = old;
        }
    }

    internal static void Unreserve(BackoffToken* token, bool counted) =>
        Interlocked.Add(ref token->_progress, -(Reserved + (counted ? OneRetry : 0)));

    /// <summary>Runs the function after the delay that is due, at once if the retry does not count.</summary>
    internal static void Schedule(
        BackoffToken* token, bool counts, aws_retry_strategy_on_retry_ready_fn onReady, void* userData)
    {
        // The task's own reference: the user may drop his at once.
        RetryToken.Acquire(&token->Base);
        token->_onReady = onReady;
        token->_userData = userData;
        ScheduledTask.Init(&token->_task, &OnTask, token, Literal.Of("retry_ready"u8));
        if (!counts)
        {
            EventLoop.ScheduleTaskNow(token->_loop, &token->_task);
            return;
        }

        long retriesBefore = Volatile.Read(ref token->_progress) / OneRetry - 1;
        ulong delay = StrategyOf(token)->Backoff.Delay((int)retriesBefore, token->_lastDelay);
        token->_lastDelay = delay;
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_EXPONENTIAL_BACKOFF_RETRY_STRATEGY,
            $"id=0x{(nint)StrategyOf(token):x}: token 0x{(nint)token:x} retries in {delay} ns");

        ulong now = 0;
        EventLoop.CurrentClockTime(token->_loop, &now);
        EventLoop.ScheduleTaskFuture(token->_loop, &token->_task, Clock.Later(now, delay));
    }

    /// <summary>
    /// Frees the token, then releases the strategy: that may be the last reference, which calls the owner's shutdown
    /// callback.
    /// </summary>
    internal static void Free(BackoffToken* token)
    {
        aws_retry_strategy* strategy = token->Base.retry_strategy;
        Allocator.Release(token->Base.allocator, token);
        RetryStrategy.Release(strategy);
    }

    private static void OnTask(aws_task* task, void* arg, aws_task_status status)
    {
        BackoffToken* token = (BackoffToken*)arg;
        int error = status == AWS_TASK_STATUS_RUN_READY ? AWS_ERROR_SUCCESS : AWS_ERROR_IO_OPERATION_CANCELLED;
        if (token->_onAcquired != null)
            FinishGrant(token, error);
        else
            FinishRetry(token, error);
    }

    private static void FinishGrant(BackoffToken* token, int error)
    {
        aws_retry_strategy* strategy = token->Base.retry_strategy;
        aws_retry_strategy_on_retry_token_acquired_fn onAcquired = token->_onAcquired;
        void* userData = token->_userData;
        token->_onAcquired = null;
        Interlocked.Add(ref token->_progress, -Reserved);

        // With an error there is no token for the callee; ours goes after the call, which needs the strategy.
        onAcquired(strategy, error, error == AWS_ERROR_SUCCESS ? &token->Base : null, userData);
        if (error != AWS_ERROR_SUCCESS)
            RetryToken.Release(&token->Base);
    }

    private static void FinishRetry(BackoffToken* token, int error)
    {
        aws_retry_strategy_on_retry_ready_fn onReady = token->_onReady;
        void* userData = token->_userData;
        token->_onReady = null;

        // From here on the next retry may be scheduled, on any thread, not only by the callback.
        Interlocked.Add(ref token->_progress, -Reserved);
        onReady(&token->Base, error, userData);
        RetryToken.Release(&token->Base);
    }

    private static BackoffStrategy* StrategyOf(BackoffToken* token) =>
        (BackoffStrategy*)token->Base.retry_strategy->impl;

    private static void LogRefusal(BackoffToken* token, long progress, int error)
    {
        BackoffStrategy* strategy = StrategyOf(token);
        long retries = progress / OneRetry;
        Log.Write(
            AWS_LL_WARN,
            AWS_LS_IO_EXPONENTIAL_BACKOFF_RETRY_STRATEGY,
            $"id=0x{(nint)strategy:x}: token 0x{(nint)token:x} refused after {retries}: {Errors.ErrorName(error)}");
    }
}
