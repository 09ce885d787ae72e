// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Containers;

/// <summary>
/// A binary heap of items of one size; the item that the predicate puts before all others is on top. An item that was
/// pushed with a node can be removed from anywhere: the node keeps the item's place up to date. No function is safe
/// against concurrent use of one queue.
/// </summary>
internal static unsafe class PriorityQueue
{
    private static nuint NotInQueue => nuint.MaxValue;

    /// <summary>aws_priority_queue_init_dynamic: a queue that owns its memory and grows.</summary>
    internal static int InitDynamic(
        aws_priority_queue* queue,
        aws_allocator* alloc,
        nuint default_size,
        nuint item_size,
        aws_priority_queue_compare_fn pred)
    {
        if (queue == null || alloc == null || item_size == 0 || pred == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        queue->pred = pred;
        queue->backpointers = default;
        return ArrayList.InitDynamic(&queue->container, alloc, default_size, item_size);
    }

    /// <summary>aws_priority_queue_init_static: a queue in the caller's memory, without nodes.</summary>
    internal static void InitStatic(
        aws_priority_queue* queue,
        void* heap,
        nuint item_count,
        nuint item_size,
        aws_priority_queue_compare_fn pred)
    {
        if (queue == null || pred == null)
            Fatal.Stop("a priority queue was made without its parts"u8);

        queue->pred = pred;
        queue->backpointers = default;
        ArrayList.InitStatic(&queue->container, heap, item_count, item_size);
    }

    /// <summary>aws_priority_queue_is_valid</summary>
    internal static bool IsValid(aws_priority_queue* queue)
    {
        if (queue == null || queue->pred == null || !ArrayList.IsValid(&queue->container))
            return false;

        aws_array_list* nodes = &queue->backpointers;
        if (IsUnused(nodes))
            return true;

        return ArrayList.IsValid(nodes) && nodes->data != null && nodes->item_size == (nuint)sizeof(void*) &&
               nodes->length == queue->container.length;
    }

    /// <summary>aws_priority_queue_clean_up: nodes of items that are still inside are not touched.</summary>
    internal static void CleanUp(aws_priority_queue* queue)
    {
        if (queue == null)
            return;

        ArrayList.CleanUp(&queue->container);
        ArrayList.CleanUp(&queue->backpointers);
    }

    /// <summary>aws_priority_queue_push: copies the item in.</summary>
    internal static int Push(aws_priority_queue* queue, void* item) => PushRef(queue, item, null);

    /// <summary>
    /// aws_priority_queue_push_ref: the node must stay where it is as long as the item is in the queue. A queue in the
    /// caller's memory takes no nodes: AWS_ERROR_UNSUPPORTED_OPERATION.
    /// </summary>
    internal static int PushRef(aws_priority_queue* queue, void* item, aws_priority_queue_node* backpointer)
    {
        if (queue == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ArrayList.PushBack(&queue->container, item) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        nuint index = queue->container.length - 1;
        if (!TrackNode(queue, backpointer, index))
        {
            ArrayList.PopBack(&queue->container);
            return AWS_OP_ERR;
        }

        SiftUp(queue, index);
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_priority_queue_pop: copies the top item out and removes it.</summary>
    internal static int Pop(aws_priority_queue* queue, void* item)
    {
        if (queue == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (queue->container.length == 0)
            return Errors.Raise(AWS_ERROR_PRIORITY_QUEUE_EMPTY);

        return RemoveAt(queue, item, 0);
    }

    /// <summary>
    /// aws_priority_queue_remove: copies the node's item out and removes it; AWS_ERROR_PRIORITY_QUEUE_BAD_NODE for a
    /// node that is in no queue.
    /// </summary>
    internal static int Remove(aws_priority_queue* queue, void* item, aws_priority_queue_node* node)
    {
        if (queue == null || item == null || node == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (node->current_index >= queue->container.length || queue->backpointers.data == null)
            return Errors.Raise(AWS_ERROR_PRIORITY_QUEUE_BAD_NODE);

        return RemoveAt(queue, item, node->current_index);
    }

    /// <summary>aws_priority_queue_top: the address of the top item, valid until the queue changes.</summary>
    internal static int Top(aws_priority_queue* queue, void** item)
    {
        if (queue == null || item == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (queue->container.length == 0)
            return Errors.Raise(AWS_ERROR_PRIORITY_QUEUE_EMPTY);

        *item = queue->container.data;
        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_priority_queue_clear: removes all items; the memory stays.</summary>
    internal static void Clear(aws_priority_queue* queue)
    {
        if (queue == null)
            return;

        for (nuint i = 0; i < queue->backpointers.length; i++)
        {
            aws_priority_queue_node* node = Nodes(queue)[i];
            if (node != null)
                node->current_index = NotInQueue;
        }

        ArrayList.Clear(&queue->backpointers);
        ArrayList.Clear(&queue->container);
    }

    /// <summary>aws_priority_queue_size: how many items there are.</summary>
    internal static nuint Size(aws_priority_queue* queue) => queue == null ? 0 : queue->container.length;

    /// <summary>aws_priority_queue_capacity: how many items fit before the queue grows.</summary>
    internal static nuint Capacity(aws_priority_queue* queue) =>
        queue == null ? 0 : ArrayList.Capacity(&queue->container);

    /// <summary>aws_priority_queue_node_init: a node that is in no queue.</summary>
    internal static void NodeInit(aws_priority_queue_node* node)
    {
        if (node != null)
            node->current_index = NotInQueue;
    }

    /// <summary>aws_priority_queue_node_is_in_queue</summary>
    internal static bool NodeIsInQueue(aws_priority_queue_node* node) =>
        node != null && node->current_index != NotInQueue;

    private static aws_priority_queue_node** Nodes(aws_priority_queue* queue) =>
        (aws_priority_queue_node**)queue->backpointers.data;

    private static bool IsUnused(aws_array_list* nodes) =>
        nodes->alloc == null && nodes->current_size == 0 && nodes->length == 0 && nodes->data == null;

    /// <summary>
    /// From the first node on, the list of nodes has an entry for every item, NULL where there is none.
    /// </summary>
    private static bool TrackNode(aws_priority_queue* queue, aws_priority_queue_node* node, nuint index)
    {
        aws_array_list* nodes = &queue->backpointers;
        if (nodes->alloc == null)
        {
            if (node == null)
                return true;
            if (queue->container.alloc == null)
            {
                Errors.Raise(AWS_ERROR_UNSUPPORTED_OPERATION);
                return false;
            }

            if (ArrayList.InitDynamic(nodes, queue->container.alloc, index + 1, (nuint)sizeof(void*)) != AWS_OP_SUCCESS)
                return false;

            NativeMemory.Clear(nodes->data, nodes->current_size);
        }

        if (ArrayList.SetAt(nodes, &node, index) != AWS_OP_SUCCESS)
            return false;

        if (node != null)
            node->current_index = index;
        return true;
    }

    private static int RemoveAt(aws_priority_queue* queue, void* item, nuint index)
    {
        ArrayList.GetAt(&queue->container, item, index);

        nuint last = queue->container.length - 1;
        Swap(queue, index, last);
        ArrayList.PopBack(&queue->container);

        if (queue->backpointers.data != null)
        {
            aws_priority_queue_node* node = Nodes(queue)[last];
            if (node != null)
                node->current_index = NotInQueue;

            ArrayList.PopBack(&queue->backpointers);
        }

        if (index != last && !SiftUp(queue, index))
            SiftDown(queue, index);

        return AWS_OP_SUCCESS;
    }

    private static void Swap(aws_priority_queue* queue, nuint a, nuint b)
    {
        if (a == b)
            return;

        ArrayList.Swap(&queue->container, a, b);
        if (queue->backpointers.data == null)
            return;

        aws_priority_queue_node** nodes = Nodes(queue);
        aws_priority_queue_node* moved = nodes[a];
        nodes[a] = nodes[b];
        nodes[b] = moved;
        if (nodes[a] != null)
            nodes[a]->current_index = a;
        if (nodes[b] != null)
            nodes[b]->current_index = b;
    }

    /// <summary>True if item <paramref name="b"/> belongs above item <paramref name="a"/>.</summary>
    private static bool IsAfter(aws_priority_queue* queue, nuint a, nuint b) =>
        queue->pred(ArrayList.ItemAt(&queue->container, a), ArrayList.ItemAt(&queue->container, b)) > 0;

    private static bool SiftUp(aws_priority_queue* queue, nuint index)
    {
        bool moved = false;
        while (index > 0)
        {
            nuint parent = (index - 1) / 2;
            if (!IsAfter(queue, parent, index))
                break;

            Swap(queue, index, parent);
            index = parent;
            moved = true;
        }

        return moved;
    }

    private static void SiftDown(aws_priority_queue* queue, nuint index)
    {
        nuint count = queue->container.length;
        while (true)
        {
            nuint first = index;
            nuint left = 2 * index + 1;
            nuint right = left + 1;
            if (left < count && IsAfter(queue, first, left))
                first = left;
            if (right < count && IsAfter(queue, first, right))
                first = right;
            if (first == index)
                return;

            Swap(queue, first, index);
            index = first;
        }
    }
}
