// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/allocator.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_mem_trace_level : uint
{
    AWS_MEMTRACE_NONE = 0,
    AWS_MEMTRACE_BYTES = 1,
    AWS_MEMTRACE_STACKS = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_allocator
{
    public delegate* unmanaged[Cdecl]<aws_allocator*, nuint, void*> mem_acquire;
    public delegate* unmanaged[Cdecl]<aws_allocator*, void*, void> mem_release;
    public delegate* unmanaged[Cdecl]<aws_allocator*, void*, nuint, nuint, void*> mem_realloc;
    public delegate* unmanaged[Cdecl]<aws_allocator*, nuint, nuint, void*> mem_calloc;
    public void* impl;
}
