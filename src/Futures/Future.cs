// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Futures;

/// <summary>
/// A result that comes later, whatever its type. It ends once, with a result or an error; what comes after that is
/// ignored. Any thread may use it. This file makes and ends futures; FutureWaiting.cs waits and asks.
/// </summary>
internal static unsafe partial class Future
{
    /// <summary>A future of a value that owns nothing. The caller has one reference.</summary>
    internal static aws_future_impl* NewByValue(aws_allocator* alloc, nuint sizeof_result) =>
        New(alloc, sizeof_result, FutureKind.Plain, null);

    /// <summary>A future of a value that owns something, which the function frees if nobody takes it.</summary>
    internal static aws_future_impl* NewByValueWithCleanUp(
        aws_allocator* alloc, nuint sizeof_result, aws_future_impl_result_clean_up_fn result_clean_up) =>
        New(alloc, sizeof_result, FutureKind.CleanedUp, result_clean_up);

    /// <summary>A future of a pointer that it does not own.</summary>
    internal static aws_future_impl* NewPointer(aws_allocator* alloc) =>
        New(alloc, (nuint)sizeof(void*), FutureKind.Plain, null);

    /// <summary>A future of a pointer that it owns.</summary>
    internal static aws_future_impl* NewPointerWithDestroy(
        aws_allocator* alloc, aws_future_impl_result_destroy_fn result_destroy) =>
        New(alloc, (nuint)sizeof(void*), FutureKind.Destroyed, result_destroy);

    /// <summary>A future of a reference that it owns.</summary>
    internal static aws_future_impl* NewPointerWithRelease(
        aws_allocator* alloc, aws_future_impl_result_release_fn result_release) =>
        New(alloc, (nuint)sizeof(void*), FutureKind.Released, result_release);

    /// <summary>Drops a reference; NULL is allowed. The last one ends the result, on this thread.</summary>
    internal static aws_future_impl* Release(aws_future_impl* promise)
    {
        if (promise != null)
            AwsRefCount.Release(&FutureState.Of(promise)->References);
        return null;
    }

    /// <summary>Adds a reference; NULL is allowed.</summary>
    internal static aws_future_impl* Acquire(aws_future_impl* promise)
    {
        if (promise != null)
            AwsRefCount.Acquire(&FutureState.Of(promise)->References);
        return promise;
    }

    /// <summary>Ends the future with an error. No error at all is taken for an unknown one.</summary>
    internal static void SetError(aws_future_impl* promise, int error_code)
    {
        if (promise == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            SetDone(FutureState.Of(promise), null, error_code == 0 ? AWS_ERROR_UNKNOWN : error_code);
    }

    /// <summary>
    /// Ends the future with the result at an address, which is then zero. If the future has ended before, the result is
    /// ended instead.
    /// </summary>
    internal static void SetResultByMove(aws_future_impl* promise, void* src_address)
    {
        if (promise == null || src_address == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            SetDone(FutureState.Of(promise), src_address, AWS_ERROR_SUCCESS);
    }

    private static aws_future_impl* New(aws_allocator* allocator, nuint resultSize, FutureKind kind, void* endResult)
    {
        if (allocator == null || (kind != FutureKind.Plain && endResult == null))
            return (aws_future_impl*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryAdd(FutureState.HeaderSize, resultSize, out nuint size))
            return null;

        FutureState* state = (FutureState*)Allocator.Calloc(allocator, 1, size);
        state->Allocator = allocator;
        state->Kind = kind;
        state->EndResult = endResult;
        state->ResultSize = resultSize;
        Mutex.Init(&state->Lock);
        ConditionVariable.Init(&state->Ended);
        AwsRefCount.Init(&state->References, state, &OnLastReference);
        return (aws_future_impl*)state;
    }

    private static void SetDone(FutureState* state, void* result, int error)
    {
        FutureCallback callback = default;
        Mutex.Lock(&state->Lock);
        aws_allocator* allocator = state->Allocator;
        bool isFirst = !state->IsDone;
        if (isFirst)
        {
            callback = state->Callback;
            state->Callback = default;
            state->ErrorCode = error;
            if (error == AWS_ERROR_SUCCESS)
            {
                FutureState.Move(result, FutureState.ResultOf(state), state->ResultSize);
                state->OwnsResult = true;
            }

            Volatile.Write(ref state->IsDone, true);
            ConditionVariable.NotifyAll(&state->Ended);
        }

        Mutex.Unlock(&state->Lock);

        // A waiter that has been woken may have dropped the last reference: after a first end only locals are good.
        if (callback.Function != null)
            callback.Deliver(allocator);
        if (!isFirst && error == AWS_ERROR_SUCCESS)
            EndLateResult(state, result);
    }

    private static void EndLateResult(FutureState* state, void* result)
    {
        state->End(result);
        NativeMemory.Clear(result, state->ResultSize);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLastReference(void* future)
    {
        FutureState* state = (FutureState*)future;
        if (state->OwnsResult)
            state->End(FutureState.ResultOf(state));

        // A callback that still waits will never be called. What it held must go all the same.
        state->Callback.LeavePlace();
        ConditionVariable.CleanUp(&state->Ended);
        Mutex.CleanUp(&state->Lock);
        Allocator.Release(state->Allocator, state);
    }
}
