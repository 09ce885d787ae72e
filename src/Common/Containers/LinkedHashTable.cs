// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// A hash table that remembers the order of its elements: new ones, and those put again, stand at the end. No function
/// is safe against concurrent use of one table, which must stay where it was initialised. The hash table inside frees
/// the nodes: whichever library of the process takes an element out of it, the node goes with it.
/// </summary>
internal static unsafe class LinkedHashTable
{
    /// <summary>aws_linked_hash_table_init: the destroy functions may be NULL.</summary>
    internal static int Init(
        aws_linked_hash_table* table,
        aws_allocator* allocator,
        aws_hash_fn hash_fn,
        aws_hash_callback_eq_fn equals_fn,
        aws_hash_callback_destroy_fn destroy_key_fn,
        aws_hash_callback_destroy_fn destroy_value_fn,
        nuint initial_item_count)
    {
        if (table == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_hash_table nodes;
        if (HashTable.Init(
                &nodes, allocator, initial_item_count, hash_fn, equals_fn, destroy_key_fn, &DestroyNodeEntry) !=
            AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        table->allocator = allocator;
        table->table = nodes;
        table->user_on_key_destroy = destroy_key_fn;
        table->user_on_value_destroy = destroy_value_fn;
        LinkedList.Init(&table->list);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_linked_hash_table_clean_up: destroys all elements; a second call does nothing.</summary>
    internal static void CleanUp(aws_linked_hash_table* table)
    {
        if (table == null)
            return;

        HashTable.CleanUp(&table->table);
        *table = default;
    }

    /// <summary>aws_linked_hash_table_find: succeeds also without a match, with a NULL value.</summary>
    internal static int Find(aws_linked_hash_table* table, void* key, void** p_value)
    {
        if (p_value == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_linked_hash_table_node* node;
        int result = FindNode(table, key, &node);
        *p_value = node == null ? null : node->value;
        return result;
    }

    /// <summary>aws_linked_hash_table_find_and_move_to_back</summary>
    internal static int FindAndMoveToBack(aws_linked_hash_table* table, void* key, void** p_value)
    {
        if (p_value == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_linked_hash_table_node* node;
        int result = FindNode(table, key, &node);
        *p_value = node == null ? null : node->value;
        MoveNodeToEndOfList(table, node);
        return result;
    }

    /// <summary>
    /// aws_linked_hash_table_put: the value that is replaced is destroyed, the key that is replaced only if it is
    /// another pointer.
    /// </summary>
    internal static int Put(aws_linked_hash_table* table, void* key, void* p_value)
    {
        if (table == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_hash_element* element;
        if (HashTable.Create(&table->table, key, &element, null) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_linked_hash_table_node* replaced = (aws_linked_hash_table_node*)element->value;
        void* replacedKey = element->key;

        aws_linked_hash_table_node* node = Allocator.New<aws_linked_hash_table_node>(table->allocator);
        node->table = table;
        node->key = key;
        node->value = p_value;
        element->key = key;
        element->value = node;
        LinkedList.PushBack(&table->list, &node->node);

        if (replaced != null)
        {
            DestroyNode(replaced);
            if (replacedKey != key && table->user_on_key_destroy != null)
                table->user_on_key_destroy(replacedKey);
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_linked_hash_table_remove: destroys the element; succeeds also if there is none.</summary>
    internal static int Remove(aws_linked_hash_table* table, void* key)
    {
        if (table == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        return HashTable.Remove(&table->table, key, null, null);
    }

    /// <summary>aws_linked_hash_table_clear: destroys all elements.</summary>
    internal static void Clear(aws_linked_hash_table* table)
    {
        if (table != null)
            HashTable.Clear(&table->table);
    }

    /// <summary>aws_linked_hash_table_get_element_count</summary>
    internal static nuint GetElementCount(aws_linked_hash_table* table) =>
        table == null ? 0 : HashTable.GetEntryCount(&table->table);

    /// <summary>aws_linked_hash_table_move_node_to_end_of_list: the node is one of this table's list.</summary>
    internal static void MoveNodeToEndOfList(aws_linked_hash_table* table, aws_linked_hash_table_node* node)
    {
        if (table == null || node == null)
            return;

        LinkedList.Remove(&node->node);
        LinkedList.PushBack(&table->list, &node->node);
    }

    /// <summary>aws_linked_hash_table_get_iteration_list: the nodes, oldest first; not to be changed.</summary>
    internal static aws_linked_list* GetIterationList(aws_linked_hash_table* table) =>
        table == null ? null : &table->list;

    private static int FindNode(aws_linked_hash_table* table, void* key, aws_linked_hash_table_node** node)
    {
        *node = null;
        if (table == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_hash_element* element;
        int result = HashTable.Find(&table->table, key, &element);
        if (element != null)
            *node = (aws_linked_hash_table_node*)element->value;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void DestroyNodeEntry(void* node) => DestroyNode((aws_linked_hash_table_node*)node);

    private static void DestroyNode(aws_linked_hash_table_node* node)
    {
        aws_linked_hash_table* table = node->table;
        void* value = node->value;
        LinkedList.Remove(&node->node);
        Allocator.Release(table->allocator, node);
        if (table->user_on_value_destroy != null)
            table->user_on_value_destroy(value);
    }
}
