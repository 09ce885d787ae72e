// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.Futures;

internal static unsafe partial class Future
{
    /// <summary>Whether the future has ended.</summary>
    internal static bool IsDone(aws_future_impl* future)
    {
        if (future == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        // Under the lock, so that the thread that ended it has released it: "done" may be what makes the caller free
        // it.
        FutureState* state = FutureState.Of(future);
        Mutex.Lock(&state->Lock);
        bool isDone = state->IsDone;
        Mutex.Unlock(&state->Lock);
        return isDone;
    }

    /// <summary>Has the function called on the thread that ends the future; here if that has happened.</summary>
    internal static void RegisterCallback(aws_future_impl* future, aws_future_callback_fn on_done, void* user_data) =>
        Register(future, new FutureCallback { Function = on_done, UserData = user_data }, evenIfDone: true);

    /// <summary>The same, unless the future has ended; then false.</summary>
    internal static bool RegisterCallbackIfNotDone(
        aws_future_impl* future, aws_future_callback_fn on_done, void* user_data) =>
        Register(future, new FutureCallback { Function = on_done, UserData = user_data }, evenIfDone: false);

    /// <summary>Has the function called in a task of a loop, whose group is held till then.</summary>
    internal static void RegisterEventLoopCallback(
        aws_future_impl* future, aws_event_loop* event_loop, aws_future_callback_fn on_done, void* user_data)
    {
        if (event_loop == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            Register(
                future,
                new FutureCallback { Function = on_done, UserData = user_data, Loop = event_loop },
                evenIfDone: true);
    }

    /// <summary>Has the function called in a task of a channel, which is held till then.</summary>
    internal static void RegisterChannelCallback(
        aws_future_impl* future, aws_channel* channel, aws_future_callback_fn on_done, void* user_data)
    {
        if (channel == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        else
            Register(
                future,
                new FutureCallback { Function = on_done, UserData = user_data, Channel = channel },
                evenIfDone: true);
    }

    /// <summary>Blocks until the future has ended, or for so many nanoseconds; false if it has not ended.</summary>
    internal static bool Wait(aws_future_impl* future, ulong timeout_ns)
    {
        if (future == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        // A condition's time is signed. What is cut off here begins after 292 years.
        long timeout = (long)Math.Min(timeout_ns, long.MaxValue);
        FutureState* state = FutureState.Of(future);
        Mutex.Lock(&state->Lock);
        ConditionVariable.WaitForPred(&state->Ended, &state->Lock, timeout, &HasEnded, state);
        bool isDone = state->IsDone;
        Mutex.Unlock(&state->Lock);
        return isDone;
    }

    /// <summary>The error of a future that has ended, or zero. It stops the process if the future has not.</summary>
    internal static int GetError(aws_future_impl* future)
    {
        if (future == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return AWS_ERROR_INVALID_ARGUMENT;
        }

        if (!Volatile.Read(ref FutureState.Of(future)->IsDone))
            Fatal.Stop("a future was asked for its error before it was done"u8);
        return FutureState.Of(future)->ErrorCode;
    }

    /// <summary>Where the result is, which stays the future's. It stops the process if there is none.</summary>
    internal static void* GetResultAddress(aws_future_impl* future)
    {
        if (future == null)
            return Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        FutureState* state = FutureState.Of(future);
        if (!Volatile.Read(ref state->IsDone))
            Fatal.Stop("a future was asked for its result before it was done"u8);
        if (state->ErrorCode != AWS_ERROR_SUCCESS)
            Fatal.Stop("a future that ended with an error was asked for its result"u8);
        if (!state->OwnsResult)
            Fatal.Stop("a future was asked for a result that was moved out of it"u8);
        return FutureState.ResultOf(state);
    }

    /// <summary>Gives the result to the caller, who asks for it once.</summary>
    internal static void GetResultByMove(aws_future_impl* future, void* dst_address)
    {
        if (future == null || dst_address == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        FutureState* state = FutureState.Of(future);
        FutureState.Move(GetResultAddress(future), dst_address, state->ResultSize);
        state->OwnsResult = false;
    }

    private static bool Register(aws_future_impl* future, FutureCallback callback, bool evenIfDone)
    {
        if (future == null || callback.Function == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return false;
        }

        // Before anybody can see the callback: from then on it may be called, and release its place, at any time.
        callback.HoldPlace();

        FutureState* state = FutureState.Of(future);
        aws_allocator* allocator = state->Allocator;
        Mutex.Lock(&state->Lock);
        bool isDone = state->IsDone;
        if (state->Callback.Function != null)
            Fatal.Stop("a second callback was registered with a future"u8);
        if (!isDone)
            state->Callback = callback;
        Mutex.Unlock(&state->Lock);

        if (isDone && evenIfDone)
            callback.Deliver(allocator);
        return !isDone || evenIfDone;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool HasEnded(void* state) => ((FutureState*)state)->IsDone;
}
