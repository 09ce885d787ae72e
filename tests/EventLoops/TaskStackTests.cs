// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>The stack by which tasks cross from other threads, to loops and to channels.</summary>
public unsafe class TaskStackTests
{
    [Fact]
    public void TasksArePoppedNewestFirstAndReversed()
    {
        TaskStack stack = default;
        aws_task* tasks = stackalloc aws_task[3];
        Assert.Equal(TaskStack.Empty, TaskStack.Push(&stack, &tasks[0].node));
        Assert.Equal((nint)(&tasks[0].node), TaskStack.Push(&stack, &tasks[1].node));
        Assert.Equal((nint)(&tasks[1].node), TaskStack.Push(&stack, &tasks[2].node));

        aws_linked_list_node* newest = TaskStack.TakeAll(&stack);
        Assert.True(newest == &tasks[2].node);
        aws_linked_list_node* node = TaskStack.Reverse(newest);
        for (int i = 0; i < 3; i++, node = node->next)
            Assert.True(node == &tasks[i].node);
        Assert.True(node == null);
        Assert.True(TaskStack.TakeAll(&stack) == null);
        Assert.Equal(TaskStack.Empty, TaskStack.Push(&stack, &tasks[0].node));
    }

    [Fact]
    public void ClosingReturnsTheTasksAndRefusesFurtherOnes()
    {
        TaskStack stack = default;
        aws_task* tasks = stackalloc aws_task[2];
        TaskStack.Push(&stack, &tasks[0].node);
        Assert.True(TaskStack.Close(&stack) == &tasks[0].node);
        Assert.Equal(TaskStack.Closed, TaskStack.Push(&stack, &tasks[1].node));
        Assert.True(TaskStack.TakeAll(&stack) == null);
        Assert.True(TaskStack.Close(&stack) == null);
    }

    [Fact]
    public void OnlyTheFirstToPushFindsTheTakerAsleep()
    {
        TaskStack stack = default;
        aws_task* tasks = stackalloc aws_task[2];
        Assert.True(TaskStack.TryChange(&stack, TaskStack.Empty, TaskStack.Sleeps));
        Assert.False(TaskStack.TryChange(&stack, TaskStack.Empty, TaskStack.Sleeps));
        Assert.Equal(TaskStack.Sleeps, TaskStack.Push(&stack, &tasks[0].node));
        Assert.NotEqual(TaskStack.Sleeps, TaskStack.Push(&stack, &tasks[1].node));
        Assert.False(TaskStack.TryChange(&stack, TaskStack.Sleeps, TaskStack.Empty));

        aws_linked_list_node* newest = TaskStack.TakeAll(&stack);
        Assert.True(newest == &tasks[1].node);
        Assert.Equal(TaskStack.Sleeps, (nint)newest->next->next);
    }

    [Fact]
    public void ManyThreadsLoseNothingAndEachKeepsItsOrder()
    {
        const int Threads = 4;
        const int Each = 20_000;
        TaskStack* stack = (TaskStack*)NativeMemory.AllocZeroed((nuint)sizeof(TaskStack));
        aws_task* tasks = (aws_task*)NativeMemory.AllocZeroed(Threads * Each, (nuint)sizeof(aws_task));
        int firsts = 0;
        List<Thread> producers = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                aws_task* task = &tasks[(thread * Each) + i];
                task->arg = (void*)i;
                task->type_tag = (byte*)thread;
                if (TaskStack.Push(stack, &task->node) == TaskStack.Empty)
                    Interlocked.Increment(ref firsts);
            }
        })).ToList();
        producers.ForEach(producer => producer.Start());

        int taken = 0;
        int batches = 0;
        nint[] last = Enumerable.Repeat((nint)(-1), Threads).ToArray();
        bool inOrder = true;
        while (taken < Threads * Each)
        {
            aws_linked_list_node* node = TaskStack.Reverse(TaskStack.TakeAll(stack));
            batches += node == null ? 0 : 1;
            for (; node != null; node = node->next, taken++)
            {
                aws_task* task = Of(node);
                inOrder &= last[(nint)task->type_tag] == (nint)task->arg - 1;
                last[(nint)task->type_tag] = (nint)task->arg;
            }
        }

        producers.ForEach(producer => producer.Join());
        Assert.True(inOrder);
        Assert.Equal(batches, firsts);
        NativeMemory.Free(tasks);
        NativeMemory.Free(stack);
    }

    private static aws_task* Of(aws_linked_list_node* node)
    {
        aws_task any;
        return LinkedList.Containing(node, &any, &any.node);
    }
}
