// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/hash_table.h&gt;.</summary>
public static unsafe class Exports_common_hash_table
{
    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_init", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_init(aws_hash_table* map, aws_allocator* alloc, nuint size, aws_hash_fn hash_fn, aws_hash_callback_eq_fn equals_fn, aws_hash_callback_destroy_fn destroy_key_fn, aws_hash_callback_destroy_fn destroy_value_fn) => HashTable.Init(map, alloc, size, hash_fn, equals_fn, destroy_key_fn, destroy_value_fn);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_table_clean_up(aws_hash_table* map) => HashTable.CleanUp(map);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_swap", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_table_swap(aws_hash_table* a, aws_hash_table* b) => HashTable.Swap(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_move", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_table_move(aws_hash_table* to, aws_hash_table* from) => HashTable.Move(to, from);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_get_entry_count", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_hash_table_get_entry_count(aws_hash_table* map) => HashTable.GetEntryCount(map);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_iter_begin", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_hash_iter aws_hash_iter_begin(aws_hash_table* map) => HashIterator.Begin(map);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_iter_done", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_iter_done(aws_hash_iter* iter) => HashIterator.Done(iter);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_iter_next", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_iter_next(aws_hash_iter* iter) => HashIterator.Next(iter);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_iter_delete", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_iter_delete(aws_hash_iter* iter, bool destroy_contents) => HashIterator.Delete(iter, destroy_contents);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_find", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_find(aws_hash_table* map, void* key, aws_hash_element** p_elem) => HashTable.Find(map, key, p_elem);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_create", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_create(aws_hash_table* map, void* key, aws_hash_element** p_elem, int* was_created) => HashTable.Create(map, key, p_elem, was_created);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_put", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_put(aws_hash_table* map, void* key, void* value, int* was_created) => HashTable.Put(map, key, value, was_created);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_remove(aws_hash_table* map, void* key, aws_hash_element* p_value, int* was_present) => HashTable.Remove(map, key, p_value, was_present);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_remove_element", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_remove_element(aws_hash_table* map, aws_hash_element* p_value) => HashTable.RemoveElement(map, p_value);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_foreach", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hash_table_foreach(aws_hash_table* map, delegate* unmanaged[Cdecl]<void*, aws_hash_element*, int> callback, void* context) => HashTable.Foreach(map, callback, context);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_table_eq(aws_hash_table* a, aws_hash_table* b, aws_hash_callback_eq_fn value_eq) => HashTable.Eq(a, b, value_eq);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_clear", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_table_clear(aws_hash_table* map) => HashTable.Clear(map);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_c_string", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_c_string(void* item) => Hash.CString(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_string", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_string(void* item) => Hash.String(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_byte_cursor_ptr", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_byte_cursor_ptr(void* item) => Hash.ByteCursorPtr(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_ptr", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_ptr(void* item) => Hash.Ptr(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_combine", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_combine(ulong item1, ulong item2) => Hash.Combine(item1, item2);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_callback_c_str_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_callback_c_str_eq(void* a, void* b) => Hash.CallbackCStrEq(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_callback_string_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_callback_string_eq(void* a, void* b) => Hash.CallbackStringEq(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_callback_string_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_hash_callback_string_destroy(void* a) => Hash.CallbackStringDestroy(a);

    [UnmanagedCallersOnly(EntryPoint = "aws_ptr_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_ptr_eq(void* a, void* b) => Hash.PointerEquals(a, b);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_table_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_table_is_valid(aws_hash_table* map) => HashTable.IsValid(map);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_iter_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_iter_is_valid(aws_hash_iter* iter) => HashIterator.IsValid(iter);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_uint64_t_by_identity", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong aws_hash_uint64_t_by_identity(void* item) => Hash.Uint64TByIdentity(item);

    [UnmanagedCallersOnly(EntryPoint = "aws_hash_compare_uint64_t_eq", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_hash_compare_uint64_t_eq(void* a, void* b) => Hash.CompareUint64TEq(a, b);
}
