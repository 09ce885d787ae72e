// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Tasks;

/// <summary>
/// A scheduler's heap of tasks, the earliest on top. It is an aws_priority_queue of aws_task pointers and stays one at
/// every step, for C code that looks at it with the functions of priority_queue.h; but here timestamps are compared
/// directly and each task moves once per level, instead of by calls of a comparator and by exchanges.
/// Tasks of equal timestamps come out in the order in which priority_queue.h would give them.
/// </summary>
internal static unsafe class TimedTaskQueue
{
    private const nuint InitialCapacity = 7;

    /// <summary>Makes an empty queue whose storage comes from <paramref name="allocator"/>.</summary>
    internal static int Init(aws_priority_queue* queue, aws_allocator* allocator) =>
        PriorityQueue.InitDynamic(queue, allocator, InitialCapacity, (nuint)sizeof(aws_task*), &CompareTimestamps);

    internal static bool IsEmpty(aws_priority_queue* queue) => queue->container.length == 0;

    /// <summary>The earliest task. The caller has checked that there is one.</summary>
    internal static aws_task* Top(aws_priority_queue* queue) => *(aws_task**)queue->container.data;

    /// <summary>Adds a task by its timestamp. False, with nothing added, when there is no memory for it.</summary>
    internal static bool Push(aws_priority_queue* queue, aws_task* task)
    {
        nuint index = queue->container.length;
        if (!HasRoom(&queue->container, index) || !HasRoom(&queue->backpointers, index))
        {
            if (!Grow(queue, index))
                return false;
        }

        queue->container.length = index + 1;
        queue->backpointers.length = index + 1;
        SiftUp(queue, index, task);
        return true;
    }

    /// <summary>Takes the earliest task out. The caller has checked that there is one.</summary>
    internal static aws_task* Pop(aws_priority_queue* queue)
    {
        aws_task* task = Top(queue);
        RemoveAt(queue, 0, task);
        return task;
    }

    /// <summary>Takes a task out; raises AWS_ERROR_PRIORITY_QUEUE_BAD_NODE if it is not in this queue.</summary>
    internal static int Remove(aws_priority_queue* queue, aws_task* task)
    {
        nuint index = task->priority_queue_node.current_index;
        if (index >= queue->container.length || ((aws_task**)queue->container.data)[index] != task)
            return Errors.Raise(AWS_ERROR_PRIORITY_QUEUE_BAD_NODE);

        RemoveAt(queue, index, task);
        return AWS_OP_SUCCESS;
    }

    private static void RemoveAt(aws_priority_queue* queue, nuint index, aws_task* task)
    {
        nuint last = --queue->container.length;
        queue->backpointers.length = last;
        task->priority_queue_node.current_index = nuint.MaxValue;
        if (index == last)
            return;

        aws_task* moved = ((aws_task**)queue->container.data)[last];
        if (SiftUp(queue, index, moved) == index)
            SiftDown(queue, index, moved);
    }

    /// <summary>Puts a task into the free place at <paramref name="index"/> or above; returns where.</summary>
    private static nuint SiftUp(aws_priority_queue* queue, nuint index, aws_task* task)
    {
        aws_task** tasks = (aws_task**)queue->container.data;
        while (index > 0)
        {
            nuint parent = (index - 1) / 2;
            if (tasks[parent]->timestamp <= task->timestamp)
                break;

            Place(queue, index, tasks[parent]);
            index = parent;
        }

        Place(queue, index, task);
        return index;
    }

    /// <summary>Puts a task into the free place at <paramref name="index"/> or below.</summary>
    private static void SiftDown(aws_priority_queue* queue, nuint index, aws_task* task)
    {
        aws_task** tasks = (aws_task**)queue->container.data;
        nuint length = queue->container.length;
        while (true)
        {
            nuint child = 2 * index + 1;
            if (child >= length)
                break;

            // Of two children with one timestamp the left one goes up.
            if (child + 1 < length && tasks[child + 1]->timestamp < tasks[child]->timestamp)
                child++;
            if (task->timestamp <= tasks[child]->timestamp)
                break;

            Place(queue, index, tasks[child]);
            index = child;
        }

        Place(queue, index, task);
    }

    private static void Place(aws_priority_queue* queue, nuint index, aws_task* task)
    {
        ((aws_task**)queue->container.data)[index] = task;
        ((aws_priority_queue_node**)queue->backpointers.data)[index] = &task->priority_queue_node;
        task->priority_queue_node.current_index = index;
    }

    private static bool HasRoom(aws_array_list* list, nuint index) =>
        index < list->current_size / (nuint)sizeof(void*);

    private static bool Grow(aws_priority_queue* queue, nuint index)
    {
        // Back pointers appear with the first task, as priority_queue.h has it.
        if (queue->backpointers.alloc == null)
        {
            queue->backpointers = new aws_array_list
            {
                alloc = queue->container.alloc,
                length = index,
                item_size = (nuint)sizeof(aws_priority_queue_node*),
            };
        }

        return ArrayList.EnsureCapacity(&queue->container, index) == AWS_OP_SUCCESS &&
            ArrayList.EnsureCapacity(&queue->backpointers, index) == AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CompareTimestamps(void* a, void* b) =>
        (*(aws_task**)a)->timestamp > (*(aws_task**)b)->timestamp ? 1 : 0;
}
