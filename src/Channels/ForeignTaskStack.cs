// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.Channels;

/// <summary>
/// Channel tasks handed in from other threads: a lock-free stack through each task's own list node, reversed when it is
/// taken so that tasks of one thread keep their order. Once closed it accepts nothing more.
/// </summary>
internal unsafe struct ForeignTaskStack
{
    private nint _head;

    /// <summary>Runs on the loop's thread and empties the stack. Scheduled by whoever finds the stack empty.</summary>
    internal aws_task DrainTask;

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
