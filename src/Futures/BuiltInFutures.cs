// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Futures;

/// <summary>A future bool. What does not depend on the type is in <see cref="Future"/>.</summary>
internal static unsafe class FutureBool
{
    /// <summary>A future that has not ended. The caller has one reference.</summary>
    internal static aws_future_bool* New(aws_allocator* alloc) =>
        (aws_future_bool*)Future.NewByValue(alloc, (nuint)sizeof(bool));

    /// <summary>Ends the future with a result.</summary>
    internal static void SetResult(aws_future_bool* future, bool result) =>
        Future.SetResultByMove((aws_future_impl*)future, &result);

    /// <summary>The result, as often as wanted. It stops the process if there is none.</summary>
    internal static bool GetResult(aws_future_bool* future)
    {
        bool* result = (bool*)Future.GetResultAddress((aws_future_impl*)future);
        return result != null && *result;
    }
}

/// <summary>A future size_t. What does not depend on the type is in <see cref="Future"/>.</summary>
internal static unsafe class FutureSize
{
    /// <summary>A future that has not ended. The caller has one reference.</summary>
    internal static aws_future_size* New(aws_allocator* alloc) =>
        (aws_future_size*)Future.NewByValue(alloc, (nuint)sizeof(nuint));

    /// <summary>Ends the future with a result.</summary>
    internal static void SetResult(aws_future_size* future, nuint result) =>
        Future.SetResultByMove((aws_future_impl*)future, &result);

    /// <summary>The result, as often as wanted. It stops the process if there is none.</summary>
    internal static nuint GetResult(aws_future_size* future)
    {
        nuint* result = (nuint*)Future.GetResultAddress((aws_future_impl*)future);
        return result != null ? *result : 0;
    }
}

/// <summary>A future that brings nothing but its end; a future bool inside, so there is a result to move.</summary>
internal static unsafe class FutureVoid
{
    /// <summary>A future that has not ended. The caller has one reference.</summary>
    internal static aws_future_void* New(aws_allocator* alloc) => (aws_future_void*)FutureBool.New(alloc);

    /// <summary>Ends the future with success.</summary>
    internal static void SetResult(aws_future_void* future) => FutureBool.SetResult((aws_future_bool*)future, false);
}
