// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/priority_queue.h&gt;.</summary>
public static unsafe class Exports_common_priority_queue
{
    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_init_dynamic", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_init_dynamic(aws_priority_queue* queue, aws_allocator* alloc, nuint default_size, nuint item_size, aws_priority_queue_compare_fn pred) => PriorityQueue.InitDynamic(queue, alloc, default_size, item_size, pred);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_init_static", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_priority_queue_init_static(aws_priority_queue* queue, void* heap, nuint item_count, nuint item_size, aws_priority_queue_compare_fn pred) => PriorityQueue.InitStatic(queue, heap, item_count, item_size, pred);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_is_valid", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_priority_queue_is_valid(aws_priority_queue* queue) => PriorityQueue.IsValid(queue);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_priority_queue_clean_up(aws_priority_queue* queue) => PriorityQueue.CleanUp(queue);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_push", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_push(aws_priority_queue* queue, void* item) => PriorityQueue.Push(queue, item);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_push_ref", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_push_ref(aws_priority_queue* queue, void* item, aws_priority_queue_node* backpointer) => PriorityQueue.PushRef(queue, item, backpointer);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_pop", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_pop(aws_priority_queue* queue, void* item) => PriorityQueue.Pop(queue, item);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_remove(aws_priority_queue* queue, void* item, aws_priority_queue_node* node) => PriorityQueue.Remove(queue, item, node);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_top", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_priority_queue_top(aws_priority_queue* queue, void** item) => PriorityQueue.Top(queue, item);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_clear", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_priority_queue_clear(aws_priority_queue* queue) => PriorityQueue.Clear(queue);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_size", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_priority_queue_size(aws_priority_queue* queue) => PriorityQueue.Size(queue);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_capacity", CallConvs = [typeof(CallConvCdecl)])]
    public static nuint aws_priority_queue_capacity(aws_priority_queue* queue) => PriorityQueue.Capacity(queue);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_node_init", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_priority_queue_node_init(aws_priority_queue_node* node) => PriorityQueue.NodeInit(node);

    [UnmanagedCallersOnly(EntryPoint = "aws_priority_queue_node_is_in_queue", CallConvs = [typeof(CallConvCdecl)])]
    public static bool aws_priority_queue_node_is_in_queue(aws_priority_queue_node* node) => PriorityQueue.NodeIsInQueue(node);
}
