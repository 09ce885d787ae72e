// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/linked_hash_table.h&gt;.</summary>
public static unsafe class Exports_common_linked_hash_table
{
    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_linked_hash_table_init(aws_linked_hash_table* table, aws_allocator* allocator, aws_hash_fn hash_fn, aws_hash_callback_eq_fn equals_fn, aws_hash_callback_destroy_fn destroy_key_fn, aws_hash_callback_destroy_fn destroy_value_fn, nuint initial_item_count) => LinkedHashTable.Init(table, allocator, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn, initial_item_count);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_linked_hash_table_clean_up(aws_linked_hash_table* table) => LinkedHashTable.CleanUp(table);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_find", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_linked_hash_table_find(aws_linked_hash_table* table, void* key, void** p_value) => LinkedHashTable.Find(table, key, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_find_and_move_to_back", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_linked_hash_table_find_and_move_to_back(aws_linked_hash_table* table, void* key, void** p_value) => LinkedHashTable.FindAndMoveToBack(table, key, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_put", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_linked_hash_table_put(aws_linked_hash_table* table, void* key, void* p_value) => LinkedHashTable.Put(table, key, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_linked_hash_table_remove(aws_linked_hash_table* table, void* key) => LinkedHashTable.Remove(table, key);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_clear", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_linked_hash_table_clear(aws_linked_hash_table* table) => LinkedHashTable.Clear(table);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_get_element_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_linked_hash_table_get_element_count(aws_linked_hash_table* table) => LinkedHashTable.GetElementCount(table);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_move_node_to_end_of_list", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_linked_hash_table_move_node_to_end_of_list(aws_linked_hash_table* table, aws_linked_hash_table_node* node) => LinkedHashTable.MoveNodeToEndOfList(table, node);

    [UnmanagedCallersOnly(EntryPoint = "aws_linked_hash_table_get_iteration_list", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_linked_list* aws_linked_hash_table_get_iteration_list(aws_linked_hash_table* table) => LinkedHashTable.GetIterationList(table);
}
