// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/linked_hash_table.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_linked_hash_table
{
    public aws_allocator* allocator;
    public aws_linked_list list;
    public aws_hash_table table;
    public aws_hash_callback_destroy_fn user_on_value_destroy;
    public aws_hash_callback_destroy_fn user_on_key_destroy;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_linked_hash_table_node
{
    public aws_linked_list_node node;
    public aws_linked_hash_table* table;
    public void* key;
    public void* value;
}
