// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/ref_count.h&gt;.</summary>
public static unsafe class Exports_common_ref_count
{
    [UnmanagedCallersOnly(EntryPoint = "aws_ref_count_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_ref_count_init(aws_ref_count* ref_count, void* @object, aws_simple_completion_callback on_zero_fn) => AwsRefCount.Init(ref_count, @object, on_zero_fn);

    [UnmanagedCallersOnly(EntryPoint = "aws_ref_count_acquire", CallConvs = [typeof(CallConvCdecl)])]
    public static void* aws_ref_count_acquire(aws_ref_count* ref_count) => AwsRefCount.Acquire(ref_count);

    [UnmanagedCallersOnly(EntryPoint = "aws_ref_count_release", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_ref_count_release(aws_ref_count* ref_count) => AwsRefCount.Release(ref_count);
}
