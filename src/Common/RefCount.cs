// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class RefCount
{
    /// <summary>aws_ref_count_init</summary>
    internal static void Init(aws_ref_count* ref_count, void* @object, aws_simple_completion_callback on_zero_fn) => throw new System.NotImplementedException();

    /// <summary>aws_ref_count_acquire</summary>
    internal static void* Acquire(aws_ref_count* ref_count) => throw new System.NotImplementedException();

    /// <summary>aws_ref_count_release</summary>
    internal static nuint Release(aws_ref_count* ref_count) => throw new System.NotImplementedException();
}
