// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Things that live with a loop, found by the address of their key: the message pool of its channels, for instance.
/// Only the loop's thread uses them. The table holds the objects by reference; when the loop drops one, its
/// on_object_removed is called.
/// </summary>
internal static unsafe class LocalObjects
{
    private const int UsualCount = 20;

    internal static int Init(aws_event_loop* event_loop) =>
        HashTable.Init(
            &event_loop->local_data, event_loop->alloc, UsualCount, &HashOfKey, &AreSameKey, null, &OnRemoved);

    /// <summary>
    /// Drops every object and calls its on_object_removed. One by one: an owner may use what others have put here, and
    /// finds what is still there.
    /// </summary>
    internal static void CleanUp(aws_event_loop* event_loop)
    {
        aws_hash_table* table = &event_loop->local_data;
        while (HashTable.GetEntryCount(table) > 0)
        {
            ForgetFound(event_loop);
            aws_hash_iter first = HashIterator.Begin(table);
            HashTable.Remove(table, first.element.key, null, null);
        }

        HashTable.CleanUp(table);
    }

    /// <summary>The latest two that were found, for those that every connection asks for.</summary>
    internal struct Memo
    {
        private void* _key;
        private aws_event_loop_local_object* _found;
        private void* _keyBefore;
        private aws_event_loop_local_object* _foundBefore;

        internal static aws_event_loop_local_object* Find(Memo* memo, void* key) =>
            key == memo->_key ? memo->_found : key == memo->_keyBefore ? memo->_foundBefore : null;

        internal static void Add(Memo* memo, void* key, aws_event_loop_local_object* found)
        {
            memo->_keyBefore = memo->_key;
            memo->_foundBefore = memo->_found;
            memo->_key = key;
            memo->_found = found;
        }
    }

    /// <summary>NULL if there is none; no error is raised.</summary>
    internal static aws_event_loop_local_object* Find(aws_event_loop* event_loop, void* key)
    {
        LoopCore* core = EventLoop.CoreOf(event_loop);
        if (core == null)
            return FindInTable(event_loop, key);

        aws_event_loop_local_object* found = Memo.Find(&core->FoundObjects, key);
        if (found == null && (found = FindInTable(event_loop, key)) != null)
            Memo.Add(&core->FoundObjects, key, found);
        return found;
    }

    // Before any change of the table.
    private static void ForgetFound(aws_event_loop* event_loop)
    {
        LoopCore* core = EventLoop.CoreOf(event_loop);
        if (core != null)
            core->FoundObjects = default;
    }

    private static aws_event_loop_local_object* FindInTable(aws_event_loop* event_loop, void* key)
    {
        aws_hash_element* element = null;
        return HashTable.IsValid(&event_loop->local_data) &&
            HashTable.Find(&event_loop->local_data, key, &element) == AWS_OP_SUCCESS && element != null
            ? (aws_event_loop_local_object*)element->value
            : null;
    }

    internal static int Fetch(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* copy)
    {
        aws_event_loop_local_object* found = Find(event_loop, key);
        if (found == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *copy = *found;
        return AWS_OP_SUCCESS;
    }

    /// <summary>An object under the same key is replaced, without a call: it is its owner who replaces it.</summary>
    internal static int Put(aws_event_loop* event_loop, aws_event_loop_local_object* item)
    {
        ForgetFound(event_loop);
        aws_hash_element* element = null;
        if (HashTable.Create(&event_loop->local_data, item->key, &element, null) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        element->key = item->key;
        element->value = item;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// Gives the object to the caller, or, if <paramref name="removed"/> is NULL, calls its on_object_removed.
    /// </summary>
    internal static int Remove(aws_event_loop* event_loop, void* key, aws_event_loop_local_object* removed)
    {
        ForgetFound(event_loop);
        aws_hash_element element = default;
        int wasPresent = 0;
        aws_hash_element* wanted = removed == null ? null : &element;
        if (HashTable.Remove(&event_loop->local_data, key, wanted, &wasPresent) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        if (removed != null && wasPresent != 0)
            *removed = *(aws_event_loop_local_object*)element.value;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong HashOfKey(void* key) => Hash.Ptr(key);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static bool AreSameKey(void* a, void* b) => a == b;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRemoved(void* value)
    {
        aws_event_loop_local_object* item = (aws_event_loop_local_object*)value;
        if (item->on_object_removed != null)
            item->on_object_removed(item);
    }
}
