// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/cache.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_cache_vtable
{
    public delegate* unmanaged[Cdecl]<aws_cache*, void> destroy;
    public delegate* unmanaged[Cdecl]<aws_cache*, void*, void**, int> find;
    public delegate* unmanaged[Cdecl]<aws_cache*, void*, void*, int> put;
    public delegate* unmanaged[Cdecl]<aws_cache*, void*, int> remove;
    public delegate* unmanaged[Cdecl]<aws_cache*, void> clear;
    public delegate* unmanaged[Cdecl]<aws_cache*, nuint> get_element_count;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_cache
{
    public aws_allocator* allocator;
    public aws_cache_vtable* vtable;
    public aws_linked_hash_table table;
    public nuint max_items;
    public void* impl;
}
