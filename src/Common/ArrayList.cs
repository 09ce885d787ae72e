// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class ArrayList
{
    /// <summary>aws_array_list_shrink_to_fit</summary>
    internal static int ShrinkToFit(aws_array_list* list) => throw new System.NotImplementedException();

    /// <summary>aws_array_list_copy</summary>
    internal static int Copy(aws_array_list* from, aws_array_list* to) => throw new System.NotImplementedException();

    /// <summary>aws_array_list_ensure_capacity</summary>
    internal static int EnsureCapacity(aws_array_list* list, nuint index) => throw new System.NotImplementedException();

    /// <summary>aws_array_list_swap</summary>
    internal static void Swap(aws_array_list* list, nuint a, nuint b) => throw new System.NotImplementedException();

    /// <summary>aws_array_list_sort</summary>
    internal static void Sort(aws_array_list* list, aws_array_list_comparator_fn compare_fn) => throw new System.NotImplementedException();
}
