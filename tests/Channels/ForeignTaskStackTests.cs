// SPDX-License-Identifier: Apache-2.0
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.Channels;
using Xunit;

namespace Reseau.Native.Tests.Channels;

/// <summary>The stack by which channel tasks cross from other threads.</summary>
public unsafe class ForeignTaskStackTests
{
    [Fact]
    public void TasksComeOutOldestFirst()
    {
        ForeignTaskStack stack = default;
        aws_channel_task* tasks = stackalloc aws_channel_task[3];
        Assert.Equal(ForeignTaskStack.PushResult.AddedFirst, stack.Push(&tasks[0]));
        Assert.Equal(ForeignTaskStack.PushResult.Added, stack.Push(&tasks[1]));
        Assert.Equal(ForeignTaskStack.PushResult.Added, stack.Push(&tasks[2]));

        aws_linked_list_node* node = stack.TakeAll();
        for (int i = 0; i < 3; i++, node = node->next)
            Assert.True(node == &tasks[i].node);
        Assert.True(node == null);
        Assert.True(stack.TakeAll() == null);
        Assert.Equal(ForeignTaskStack.PushResult.AddedFirst, stack.Push(&tasks[0]));
    }

    [Fact]
    public void AClosedStackGivesBackWhatItHeldAndTakesNothingMore()
    {
        ForeignTaskStack stack = default;
        aws_channel_task* tasks = stackalloc aws_channel_task[2];
        stack.Push(&tasks[0]);
        Assert.True(stack.Close() == &tasks[0].node);
        Assert.Equal(ForeignTaskStack.PushResult.Closed, stack.Push(&tasks[1]));
        Assert.True(stack.TakeAll() == null);
        Assert.True(stack.Close() == null);
    }

    [Fact]
    public void ManyThreadsLoseNothingAndEachKeepsItsOrder()
    {
        const int Threads = 4;
        const int Each = 20_000;
        ForeignTaskStack* stack = (ForeignTaskStack*)NativeMemory.AllocZeroed((nuint)sizeof(ForeignTaskStack));
        aws_channel_task* tasks = (aws_channel_task*)NativeMemory.AllocZeroed(Threads * Each, (nuint)sizeof(aws_channel_task));
        int firsts = 0;
        List<Thread> producers = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                aws_channel_task* task = &tasks[(thread * Each) + i];
                task->arg = (void*)i;
                task->type_tag = (byte*)thread;
                if (stack->Push(task) == ForeignTaskStack.PushResult.AddedFirst)
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
            aws_linked_list_node* node = stack->TakeAll();
            batches += node == null ? 0 : 1;
            for (; node != null; node = node->next, taken++)
            {
                aws_channel_task* task = Of(node);
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

    private static aws_channel_task* Of(aws_linked_list_node* node)
    {
        aws_channel_task any;
        return (aws_channel_task*)((byte*)node - ((byte*)&any.node - (byte*)&any));
    }
}
