// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/system_resource_util.h&gt;.</summary>
public static unsafe class Exports_common_system_resource_util
{
    [UnmanagedCallersOnly(EntryPoint = "aws_init_memory_usage_for_current_process", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_init_memory_usage_for_current_process(aws_memory_usage_stats* memory_usage) => SystemInfo.ReadMemoryUsage(memory_usage);
}
