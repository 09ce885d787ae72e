// SPDX-License-Identifier: Apache-2.0
using System.Threading;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Tasks on their way from any thread to one that takes them: a lock-free stack through the tasks' own list nodes,
/// which is taken whole and then read from its end. What one thread pushes first comes first, and so does what was
/// pushed first among threads that agree on an order between them.
///
/// In the place of a task the top can hold a mark, which the next one to push finds: the taker <see cref="Sleeps"/>, or
/// the stack is <see cref="Closed"/> and takes nothing more.
/// </summary>
internal unsafe struct TaskStack
{
    internal const nint Empty = 0;
    internal const nint Sleeps = 1;
    internal const nint Closed = 2;

    private nint _top;

    /// <summary>
    /// Any thread. Returns what was on top: a mark, or another task; if it is <see cref="Closed"/>, nothing was pushed.
    /// Else the taker may have the task from now on. <see cref="Sleeps"/> stays in the task's link.
    /// </summary>
    internal static nint Push(TaskStack* stack, aws_linked_list_node* node)
    {
        nint top = Volatile.Read(ref stack->_top);
        while (top != Closed)
        {
            node->next = (aws_linked_list_node*)top;
            nint seen = Interlocked.CompareExchange(ref stack->_top, (nint)node, top);
            if (seen == top)
                break;
            top = seen;
        }

        return top;
    }

    /// <summary>Any thread.</summary>
    internal static nint Top(TaskStack* stack) => Volatile.Read(ref stack->_top);

    /// <summary>Puts one mark, or none, in the place of another if that is there. Taker only.</summary>
    internal static bool TryChange(TaskStack* stack, nint from, nint to) =>
        Volatile.Read(ref stack->_top) == from
        && Interlocked.CompareExchange(ref stack->_top, to, from) == from;

    /// <summary>
    /// Takes all tasks, the newest first, linked by <c>next</c>; NULL if there are none. Taker only, and not while it
    /// sleeps.
    /// </summary>
    internal static aws_linked_list_node* TakeAll(TaskStack* stack) =>
        Volatile.Read(ref stack->_top) is Empty or Closed
            ? null
            : (aws_linked_list_node*)Interlocked.Exchange(ref stack->_top, Empty);

    /// <summary>Takes all tasks as <see cref="TakeAll"/>, for the last time.</summary>
    internal static aws_linked_list_node* Close(TaskStack* stack)
    {
        nint top = Interlocked.Exchange(ref stack->_top, Closed);
        return top == Closed ? null : (aws_linked_list_node*)top;
    }

    /// <summary>Turns a chain of tasks round.</summary>
    internal static aws_linked_list_node* Reverse(aws_linked_list_node* newestFirst)
    {
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
