// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/hash_table.h>.
global using unsafe aws_hash_callback_destroy_fn = delegate* unmanaged[Cdecl]<void*, void>;
global using unsafe aws_hash_callback_eq_fn = delegate* unmanaged[Cdecl]<void*, void*, bool>;
global using unsafe aws_hash_fn = delegate* unmanaged[Cdecl]<void*, ulong>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class hash_table_constants_aws_common_hash_table_iter_continue
{
    public const int AWS_COMMON_HASH_TABLE_ITER_CONTINUE = 1;
    public const int AWS_COMMON_HASH_TABLE_ITER_DELETE = 2;
    public const int AWS_COMMON_HASH_TABLE_ITER_ERROR = 4;
}

public enum aws_hash_iter_status : uint
{
    AWS_HASH_ITER_STATUS_DONE = 0,
    AWS_HASH_ITER_STATUS_DELETE_CALLED = 1,
    AWS_HASH_ITER_STATUS_READY_FOR_USE = 2,
}

public struct hash_table_state;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_hash_table
{
    public hash_table_state* p_impl;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_hash_element
{
    public void* key;
    public void* value;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_hash_iter
{
    public aws_hash_table* map;
    public aws_hash_element element;
    public nuint slot;
    public nuint limit;
    public aws_hash_iter_status status;
    public int unused_0;
    public void* unused_1;
    public void* unused_2;
}
