// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class HashTable
{
    /// <summary>aws_hash_table_init</summary>
    internal static int Init(aws_hash_table* map, aws_allocator* alloc, nuint size, aws_hash_fn hash_fn, aws_hash_callback_eq_fn equals_fn, aws_hash_callback_destroy_fn destroy_key_fn, aws_hash_callback_destroy_fn destroy_value_fn) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_clean_up</summary>
    internal static void CleanUp(aws_hash_table* map) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_swap</summary>
    internal static void Swap(aws_hash_table* a, aws_hash_table* b) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_move</summary>
    internal static void Move(aws_hash_table* to, aws_hash_table* from) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_get_entry_count</summary>
    internal static nuint GetEntryCount(aws_hash_table* map) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_find</summary>
    internal static int Find(aws_hash_table* map, void* key, aws_hash_element** p_elem) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_create</summary>
    internal static int Create(aws_hash_table* map, void* key, aws_hash_element** p_elem, int* was_created) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_put</summary>
    internal static int Put(aws_hash_table* map, void* key, void* value, int* was_created) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_remove</summary>
    internal static int Remove(aws_hash_table* map, void* key, aws_hash_element* p_value, int* was_present) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_remove_element</summary>
    internal static int RemoveElement(aws_hash_table* map, aws_hash_element* p_value) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_foreach</summary>
    internal static int Foreach(aws_hash_table* map, delegate* unmanaged[Cdecl]<void*, aws_hash_element*, int> callback, void* context) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_eq</summary>
    internal static bool Eq(aws_hash_table* a, aws_hash_table* b, aws_hash_callback_eq_fn value_eq) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_clear</summary>
    internal static void Clear(aws_hash_table* map) => throw new System.NotImplementedException();

    /// <summary>aws_hash_table_is_valid</summary>
    internal static bool IsValid(aws_hash_table* map) => throw new System.NotImplementedException();
}
