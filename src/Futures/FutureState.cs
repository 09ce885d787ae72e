// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Futures;

/// <summary>What a result is, which decides how one that nobody took is ended.</summary>
internal enum FutureKind
{
    /// <summary>Bytes that own nothing: plain values, and pointers that belong to somebody else.</summary>
    Plain,

    /// <summary>A value that owns something.</summary>
    CleanedUp,

    /// <summary>A pointer to what the future owns.</summary>
    Destroyed,

    /// <summary>A pointer to what the future holds a reference to.</summary>
    Released,
}

/// <summary>What is behind every pointer to a future. The result's bytes follow it in the same block.</summary>
internal unsafe struct FutureState
{
    // Results may need the largest alignment that an allocator grants.
    private const nuint ResultAlignment = 16;

    internal aws_allocator* Allocator;
    internal aws_ref_count References;

    /// <summary>Guards what ends the future and what waits for that: all that follows, until IsDone is set.</summary>
    internal aws_mutex Lock;
    internal aws_condition_variable Ended;
    internal FutureCallback Callback;
    internal int ErrorCode;

    /// <summary>Written last: who has seen it may read error and result without the lock.</summary>
    internal bool IsDone;
    internal bool OwnsResult;
    internal FutureKind Kind;
    internal void* EndResult;
    internal nuint ResultSize;

    internal static nuint HeaderSize => ((nuint)sizeof(FutureState) + ResultAlignment - 1) & ~(ResultAlignment - 1);

    internal static FutureState* Of(aws_future_impl* future) => (FutureState*)future;

    internal static void* ResultOf(FutureState* state) => (byte*)state + HeaderSize;

    /// <summary>Ends a result that the future will not give to anybody. NULL needs no end.</summary>
    internal readonly void End(void* result)
    {
        if (Kind == FutureKind.CleanedUp)
        {
            ((aws_future_impl_result_clean_up_fn)EndResult)(result);
            return;
        }

        void* pointer = Kind == FutureKind.Plain ? null : *(void**)result;
        if (pointer == null)
            return;
        if (Kind == FutureKind.Destroyed)
            ((aws_future_impl_result_destroy_fn)EndResult)(pointer);
        else
            ((aws_future_impl_result_release_fn)EndResult)(pointer);
    }

    /// <summary>Moves the result away from its place, which is zeroed to show that.</summary>
    internal static void Move(void* from, void* to, nuint size)
    {
        NativeMemory.Copy(from, to, size);
        NativeMemory.Clear(from, size);
    }
}
