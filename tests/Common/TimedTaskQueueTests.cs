// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>The heap of timed tasks against a sorted list, with seeded random operations.</summary>
public unsafe class TimedTaskQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ItAlwaysGivesTheEarliest(int seed)
    {
        const int Tasks = 500;
        Random random = new(seed);
        aws_task* tasks = stackalloc aws_task[Tasks];
        aws_priority_queue queue = default;
        Assert.Equal(AWS_OP_SUCCESS, TimedTaskQueue.Init(&queue, Allocator.Default()));
        HashSet<int> inside = [];

        for (int step = 0; step < 20_000; step++)
        {
            int i = random.Next(Tasks);
            if (inside.Add(i))
            {
                tasks[i] = new aws_task { timestamp = (ulong)random.Next(1, 1000) };
                Assert.True(TimedTaskQueue.Push(&queue, &tasks[i]));
            }
            else if (random.Next(2) == 0)
            {
                Assert.Equal(AWS_OP_SUCCESS, TimedTaskQueue.Remove(&queue, &tasks[i]));
                inside.Remove(i);
            }
            else
            {
                inside.Remove((int)(TimedTaskQueue.Pop(&queue) - tasks));
            }

            Assert.Equal(inside.Count == 0, TimedTaskQueue.IsEmpty(&queue));
            if (inside.Count > 0)
            {
                ulong earliest = ulong.MaxValue;
                foreach (int held in inside)
                    earliest = Math.Min(earliest, tasks[held].timestamp);
                Assert.Equal(earliest, TimedTaskQueue.Top(&queue)->timestamp);
            }
        }

        PriorityQueue.CleanUp(&queue);
    }
}
