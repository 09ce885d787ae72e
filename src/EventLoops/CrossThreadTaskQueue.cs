// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Tasks on their way to a loop from any thread: a <see cref="TaskStack"/> that also says whether the loop sleeps. The
/// loop puts a mark there before it goes to sleep, which succeeds only while the stack is empty; the one producer whose
/// task replaces the mark has to wake the loop. So many tasks cost one wake-up, and tasks for a loop that is awake cost
/// none.
///
/// That producer still needs the loop after its task is visible, when the task may already have run and had the loop
/// destroyed. The mark therefore stays in the link of the task that replaced it: the loop counts the wake-ups that are
/// due, and <see cref="AwaitWakers"/> waits for them before the memory goes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CrossThreadTaskQueue
{
    // The stack has a cache line for itself: producers write it while the loop reads its own fields.
    private fixed byte _apartFromBefore[AWS_CACHE_LINE];
    private TaskStack _stack;
    private int _wakeUpsSent;
    private fixed byte _apartFromAfter[AWS_CACHE_LINE];

    private int _wakeUpsDue;

    /// <summary>
    /// Posts a task, from any thread. <see cref="TaskStack.Sleeps"/>: the caller wakes the loop, and then calls
    /// <see cref="WakeUpSent"/>. <see cref="TaskStack.Closed"/>: the loop has ended; the task is still the caller's.
    /// Else the caller touches neither task nor loop any more.
    /// </summary>
    internal static nint Push(CrossThreadTaskQueue* queue, aws_task* task) =>
        TaskStack.Push(&queue->_stack, &task->node);

    /// <summary>The last thing that a producer does after a wake-up.</summary>
    internal static void WakeUpSent(CrossThreadTaskQueue* queue) => Interlocked.Increment(ref queue->_wakeUpsSent);

    /// <summary>Whether there are tasks to take. Consumer only, and not while asleep.</summary>
    internal static bool HasTasks(CrossThreadTaskQueue* queue) => TaskStack.Top(&queue->_stack) != TaskStack.Empty;

    /// <summary>Marks the loop as asleep; false if there are tasks to take first. Consumer only.</summary>
    internal static bool TryFallAsleep(CrossThreadTaskQueue* queue) =>
        TaskStack.TryChange(&queue->_stack, TaskStack.Empty, TaskStack.Sleeps);

    /// <summary>Marks the loop as awake again, whether or not tasks have come. Consumer only.</summary>
    internal static void Awake(CrossThreadTaskQueue* queue) =>
        TaskStack.TryChange(&queue->_stack, TaskStack.Sleeps, TaskStack.Empty);

    /// <summary>
    /// Takes all tasks and gives the newest, NULL if there are none; <see cref="Older"/> leads on to the others. All
    /// have to be visited. Consumer only, and not while asleep.
    /// </summary>
    internal static aws_linked_list_node* TakeAll(CrossThreadTaskQueue* queue) => TaskStack.TakeAll(&queue->_stack);

    /// <summary>The same for the last time: nothing can be posted any more.</summary>
    internal static aws_linked_list_node* Close(CrossThreadTaskQueue* queue) => TaskStack.Close(&queue->_stack);

    /// <summary>The task that was pushed before this one, NULL if this is the oldest of those taken.</summary>
    internal static aws_linked_list_node* Older(CrossThreadTaskQueue* queue, aws_linked_list_node* node)
    {
        aws_linked_list_node* older = node->next;
        if ((nint)older != TaskStack.Sleeps)
            return older;
        queue->_wakeUpsDue++;
        return null;
    }

    /// <summary>Waits until no producer needs the loop any more. For whoever destroys the loop.</summary>
    internal static void AwaitWakers(CrossThreadTaskQueue* queue)
    {
        const ulong pauseNanos = 20_000;
        while (Volatile.Read(ref queue->_wakeUpsSent) != queue->_wakeUpsDue)
            Threads.CurrentSleep(pauseNanos);
    }
}
