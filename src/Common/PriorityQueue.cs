// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class PriorityQueue
{
    /// <summary>aws_priority_queue_init_dynamic</summary>
    internal static int InitDynamic(aws_priority_queue* queue, aws_allocator* alloc, nuint default_size, nuint item_size, aws_priority_queue_compare_fn pred) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_init_static</summary>
    internal static void InitStatic(aws_priority_queue* queue, void* heap, nuint item_count, nuint item_size, aws_priority_queue_compare_fn pred) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_is_valid</summary>
    internal static bool IsValid(aws_priority_queue* queue) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_clean_up</summary>
    internal static void CleanUp(aws_priority_queue* queue) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_push</summary>
    internal static int Push(aws_priority_queue* queue, void* item) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_push_ref</summary>
    internal static int PushRef(aws_priority_queue* queue, void* item, aws_priority_queue_node* backpointer) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_pop</summary>
    internal static int Pop(aws_priority_queue* queue, void* item) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_remove</summary>
    internal static int Remove(aws_priority_queue* queue, void* item, aws_priority_queue_node* node) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_top</summary>
    internal static int Top(aws_priority_queue* queue, void** item) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_clear</summary>
    internal static void Clear(aws_priority_queue* queue) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_size</summary>
    internal static nuint Size(aws_priority_queue* queue) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_capacity</summary>
    internal static nuint Capacity(aws_priority_queue* queue) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_node_init</summary>
    internal static void NodeInit(aws_priority_queue_node* node) => throw new System.NotImplementedException();

    /// <summary>aws_priority_queue_node_is_in_queue</summary>
    internal static bool NodeIsInQueue(aws_priority_queue_node* node) => throw new System.NotImplementedException();
}
