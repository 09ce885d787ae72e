// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/array_list.h>.
global using unsafe aws_array_list_comparator_fn = delegate* unmanaged[Cdecl]<void*, void*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class array_list_constants_aws_array_list_debug_fill
{
    public const int AWS_ARRAY_LIST_DEBUG_FILL = 221;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_array_list
{
    public aws_allocator* alloc;
    public nuint current_size;
    public nuint length;
    public nuint item_size;
    public void* data;
}
