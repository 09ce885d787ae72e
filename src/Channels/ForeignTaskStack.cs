// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Channels;

/// <summary>
/// Channel tasks handed in from other threads: a lock-free stack through each task's own list node, reversed when it is
/// taken so that tasks of one thread keep their order. Once closed it accepts nothing more.
/// </summary>
internal unsafe struct ForeignTaskStack
{
    private nint _head;

    private aws_task* _drainTask;

    private const nint Closed = 1;

    internal enum PushResult
    {
        Added,
        AddedFirst,
        Closed,
    }

    internal PushResult Push(aws_channel_task* task)
    {
        while (true)
        {
            nint head = Volatile.Read(ref _head);
            if (head == Closed)
                return PushResult.Closed;
            task->node.next = (aws_linked_list_node*)head;
            if (Interlocked.CompareExchange(ref _head, (nint)(&task->node), head) == head)
                return head == 0 ? PushResult.AddedFirst : PushResult.Added;
        }
    }

    /// <summary>
    /// The task that empties the stack on the loop's thread. For whoever has found the stack empty to prepare and
    /// schedule: nobody else touches it until it has run.
    /// </summary>
    internal static aws_task* DrainTask(ForeignTaskStack* stack, aws_allocator* allocator)
    {
        if (stack->_drainTask == null)
            stack->_drainTask = Allocator.New<aws_task>(allocator);
        return stack->_drainTask;
    }

    internal static void CleanUp(ForeignTaskStack* stack, aws_allocator* allocator)
    {
        if (stack->_drainTask != null)
            Allocator.Release(allocator, stack->_drainTask);
    }

    /// <summary>The tasks, oldest first, linked by <c>node.next</c>. Loop's thread only, as is <see cref="Close"/>.</summary>
    internal aws_linked_list_node* TakeAll() =>
        Volatile.Read(ref _head) is 0 or Closed ? null : Reverse(Interlocked.Exchange(ref _head, 0));

    internal aws_linked_list_node* Close()
    {
        nint head = Interlocked.Exchange(ref _head, Closed);
        return head == Closed ? null : Reverse(head);
    }

    private static aws_linked_list_node* Reverse(nint head)
    {
        aws_linked_list_node* newestFirst = (aws_linked_list_node*)head;
        aws_linked_list_node* oldestFirst = null;
        while (newestFirst != null)
        {
            aws_linked_list_node* next = newestFirst->next;
            newestFirst->next = oldestFirst;
            oldestFirst = newestFirst;
            newestFirst = next;
        }

        return oldestFirst;
    }
}
