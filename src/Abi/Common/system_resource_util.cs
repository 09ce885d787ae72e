// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/system_resource_util.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_memory_usage_stats
{
    public nuint maxrss;
    public nuint page_faults;
    public fixed ulong _reserved[8];
}
