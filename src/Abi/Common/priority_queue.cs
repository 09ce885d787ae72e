// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/priority_queue.h>.
global using unsafe aws_priority_queue_compare_fn = delegate* unmanaged[Cdecl]<void*, void*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_priority_queue
{
    public aws_priority_queue_compare_fn pred;
    public aws_array_list container;
    public aws_array_list backpointers;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_priority_queue_node
{
    public nuint current_index;
}
