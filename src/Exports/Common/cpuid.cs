// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/cpuid.h&gt;.</summary>
public static unsafe class Exports_common_cpuid
{
    [UnmanagedCallersOnly(EntryPoint = "aws_cpu_has_feature", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_cpu_has_feature(aws_cpu_feature_name feature_name) => Platform.CpuFeatures.Has(feature_name);
}
