// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// A growing array of items of one size. A list with an allocator owns its memory; a list without one lives in memory
/// of the caller and cannot grow. C programs use the header's inline functions on the same lists. No function is safe
/// against concurrent use of one list.
/// </summary>
internal static unsafe class ArrayList
{
    /// <summary>An empty list that owns its memory, with room for <paramref name="initialCount"/> items.</summary>
    internal static int InitDynamic(aws_array_list* list, aws_allocator* allocator, nuint initialCount, nuint itemSize)
    {
        if (list == null || allocator == null || itemSize == 0)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *list = default;
        if (!CheckedMath.TryMultiply(initialCount, itemSize, out nuint size))
            return AWS_OP_ERR;

        if (size > 0)
            list->data = Allocator.Acquire(allocator, size);
        list->current_size = size;
        list->item_size = itemSize;
        list->alloc = allocator;
        return AWS_OP_SUCCESS;
    }

    /// <summary>An empty list over the caller's memory.</summary>
    internal static void InitStatic(aws_array_list* list, void* items, nuint count, nuint itemSize)
    {
        if (list == null || items == null || count == 0 || itemSize == 0)
            Fatal.Stop("a list was made over no memory"u8);
        if (CheckedMath.Overflows(count, itemSize, out nuint size))
            Fatal.Stop("a list was made over more memory than there is"u8);

        *list = new aws_array_list { current_size = size, item_size = itemSize, data = items };
    }

    internal static bool IsValid(aws_array_list* list) =>
        list != null && list->item_size != 0 && (list->current_size == 0) == (list->data == null) &&
        !CheckedMath.Overflows(list->length, list->item_size, out nuint used) && list->current_size >= used;

    internal static void CleanUp(aws_array_list* list)
    {
        if (list == null)
            return;

        if (list->alloc != null && list->data != null)
            Allocator.Release(list->alloc, list->data);
        *list = default;
    }

    /// <summary>Wipes the memory before it is released.</summary>
    internal static void CleanUpSecure(aws_array_list* list)
    {
        if (list == null)
            return;

        if (list->alloc != null)
            SecureMemory.Zero(list->data, list->current_size);
        CleanUp(list);
    }

    internal static nuint Length(aws_array_list* list) => list->length;

    internal static nuint Capacity(aws_array_list* list) =>
        list->item_size == 0 ? 0 : list->current_size / list->item_size;

    internal static void Clear(aws_array_list* list) => list->length = 0;

    /// <summary>The item's address, valid until the list changes; the caller has checked the index.</summary>
    internal static byte* ItemAt(aws_array_list* list, nuint index) => (byte*)list->data + index * list->item_size;

    internal static int GetAt(aws_array_list* list, void* item, nuint index)
    {
        if (list == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (index >= list->length)
            return Errors.Raise(AWS_ERROR_INVALID_INDEX);

        Move(ItemAt(list, index), item, list->item_size);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Copies the item in; an index past the end makes the list longer.</summary>
    internal static int SetAt(aws_array_list* list, void* item, nuint index)
    {
        if (list == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (EnsureCapacity(list, index) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        Move(item, ItemAt(list, index), list->item_size);
        if (index >= list->length)
            list->length = index + 1;
        return AWS_OP_SUCCESS;
    }

    internal static int PushBack(aws_array_list* list, void* item)
    {
        if (list == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (list->alloc == null && list->length >= Capacity(list))
            return Errors.Raise(AWS_ERROR_LIST_EXCEEDS_MAX_SIZE);

        return SetAt(list, item, list->length);
    }

    internal static int PushFront(aws_array_list* list, void* item)
    {
        if (list == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (list->alloc == null && list->length >= Capacity(list))
            return Errors.Raise(AWS_ERROR_LIST_EXCEEDS_MAX_SIZE);
        if (EnsureCapacity(list, list->length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        Move(list->data, ItemAt(list, 1), list->length * list->item_size);
        Move(item, list->data, list->item_size);
        list->length++;
        return AWS_OP_SUCCESS;
    }

    internal static int Front(aws_array_list* list, void* item) =>
        list != null && list->length == 0 ? Errors.Raise(AWS_ERROR_LIST_EMPTY) : GetAt(list, item, 0);

    internal static int Back(aws_array_list* list, void* item) =>
        list != null && list->length == 0 ? Errors.Raise(AWS_ERROR_LIST_EMPTY) : GetAt(list, item, list->length - 1);

    internal static int PopFront(aws_array_list* list)
    {
        if (list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (list->length == 0)
            return Errors.Raise(AWS_ERROR_LIST_EMPTY);

        PopFrontN(list, 1);
        return AWS_OP_SUCCESS;
    }

    /// <summary>Drops the first <paramref name="count"/> items, or all there are.</summary>
    internal static void PopFrontN(aws_array_list* list, nuint count)
    {
        nuint left = list->length - Math.Min(count, list->length);
        Move(ItemAt(list, list->length - left), list->data, left * list->item_size);
        list->length = left;
    }

    internal static int PopBack(aws_array_list* list)
    {
        if (list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (list->length == 0)
            return Errors.Raise(AWS_ERROR_LIST_EMPTY);

        list->length--;
        NativeMemory.Clear(ItemAt(list, list->length), list->item_size);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_array_list_shrink_to_fit: gives memory that holds no items back to the allocator.</summary>
    internal static int ShrinkToFit(aws_array_list* list)
    {
        if (list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (list->alloc == null)
            return Errors.Raise(AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK);
        if (!CheckedMath.TryMultiply(list->length, list->item_size, out nuint used))
            return AWS_OP_ERR;

        if (used < list->current_size)
            MoveTo(list, used == 0 ? null : Allocator.Acquire(list->alloc, used), used, used);
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_array_list_copy: makes <paramref name="to"/> hold copies of all items of <paramref name="from"/>, in place
    /// of its own; both have items of one size. AWS_ERROR_DEST_COPY_TOO_SMALL if it would have to grow and cannot.
    /// </summary>
    internal static int Copy(aws_array_list* from, aws_array_list* to)
    {
        if (from == null || to == null || from->item_size != to->item_size || from->data == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryMultiply(from->length, from->item_size, out nuint size))
            return AWS_OP_ERR;

        if (to->current_size < size)
        {
            if (to->alloc == null)
                return Errors.Raise(AWS_ERROR_DEST_COPY_TOO_SMALL);

            MoveTo(to, Allocator.Acquire(to->alloc, size), size, 0);
        }

        Move(from->data, to->data, size);
        to->length = from->length;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// aws_array_list_ensure_capacity: makes room for an item at <paramref name="index"/>. A list that owns its memory
    /// at least doubles; another one raises AWS_ERROR_INVALID_INDEX.
    /// </summary>
    internal static int EnsureCapacity(aws_array_list* list, nuint index)
    {
        if (list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (!CheckedMath.TryAdd(index, 1, out nuint count) ||
            !CheckedMath.TryMultiply(count, list->item_size, out nuint needed))
            return AWS_OP_ERR;
        if (list->current_size >= needed)
            return AWS_OP_SUCCESS;
        if (list->alloc == null)
            return Errors.Raise(AWS_ERROR_INVALID_INDEX);

        nuint size = Math.Max(CheckedMath.AddSaturating(list->current_size, list->current_size), needed);
        MoveTo(list, Allocator.Acquire(list->alloc, size), size, list->current_size);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_array_list_swap: an index past the end stops the process.</summary>
    internal static void Swap(aws_array_list* list, nuint a, nuint b)
    {
        if (list == null || a >= list->length || b >= list->length)
            Fatal.Stop("items that are not in the list were to be swapped"u8);

        if (a != b)
            SwapBytes(ItemAt(list, a), ItemAt(list, b), list->item_size);
    }

    /// <summary>aws_array_list_sort: the comparison gets the addresses of two items.</summary>
    internal static void Sort(aws_array_list* list, aws_array_list_comparator_fn compare_fn)
    {
        if (list == null || list->data == null || compare_fn == null)
            return;

        Platform.Sorting.Sort(list->data, list->length, list->item_size, compare_fn);
    }

    private static void Move(void* from, void* to, nuint size)
    {
        // Pointers are what most lists hold.
        if (size == (nuint)sizeof(ulong))
            *(ulong*)to = *(ulong*)from;
        else
            NativeMemory.Copy(from, to, size);
    }

    private static void MoveTo(aws_array_list* list, void* memory, nuint size, nuint kept)
    {
        if (list->data != null)
        {
            NativeMemory.Copy(list->data, memory, kept);
            Allocator.Release(list->alloc, list->data);
        }

        list->data = memory;
        list->current_size = size;
    }

    private static void SwapBytes(byte* a, byte* b, nuint size)
    {
        nuint i = 0;
        for (; size - i >= sizeof(ulong); i += sizeof(ulong))
            (*(ulong*)(a + i), *(ulong*)(b + i)) = (*(ulong*)(b + i), *(ulong*)(a + i));
        for (; i < size; i++)
            (a[i], b[i]) = (b[i], a[i]);
    }
}
