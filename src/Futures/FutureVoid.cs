// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Futures;

/// <summary>A future that brings nothing but its end; a future bool inside, so there is a result to move.</summary>
internal static unsafe class FutureVoid
{
    /// <summary>A future that has not ended. The caller has one reference.</summary>
    internal static aws_future_void* New(aws_allocator* alloc) => (aws_future_void*)FutureBool.New(alloc);

    /// <summary>Ends the future with success.</summary>
    internal static void SetResult(aws_future_void* future) => FutureBool.SetResult((aws_future_bool*)future, false);
}
