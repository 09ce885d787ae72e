// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/array_list.h&gt;.</summary>
public static unsafe class Exports_common_array_list
{
    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_shrink_to_fit", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_array_list_shrink_to_fit(aws_array_list* list) => ArrayList.ShrinkToFit(list);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_copy", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_array_list_copy(aws_array_list* from, aws_array_list* to) => ArrayList.Copy(from, to);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_ensure_capacity", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_array_list_ensure_capacity(aws_array_list* list, nuint index) => ArrayList.EnsureCapacity(list, index);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_swap", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_array_list_swap(aws_array_list* list, nuint a, nuint b) => ArrayList.Swap(list, a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_array_list_sort", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_array_list_sort(aws_array_list* list, aws_array_list_comparator_fn compare_fn) => ArrayList.Sort(list, compare_fn);
}
