// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>
/// A thousand random operations on three loops; a few lines of ordinary code say what each loop must have done, when
/// and in which order.
/// </summary>
public unsafe class LoopModelTests
{
    private const int LoopCount = 3;
    private const int Operations = 1_000;

    private sealed class Model
    {
        private readonly List<int> _soon = [];
        private readonly List<int> _posted = [];
        private readonly SortedDictionary<ulong, int> _timers = [];

        internal List<(int Task, ulong Time, bool IsCancelled)> Log { get; } = [];

        internal IEnumerable<int> Waiting => _soon.Concat(_posted).Concat(_timers.Values);

        internal void Now(int task) => _soon.Add(task);

        internal void Posted(int task) => _posted.Add(task);

        internal void At(int task, ulong time) => _timers.Add(time, task);

        internal bool HasTimerAt(ulong time) => _timers.ContainsKey(time);

        internal void Cancel(int task, ulong now)
        {
            // To cancel what is in the queue between threads is to empty the queue first.
            if (_posted.Contains(task))
            {
                _soon.AddRange(_posted);
                _posted.Clear();
            }

            _soon.Remove(task);
            foreach (ulong time in _timers.Where(timer => timer.Value == task).Select(timer => timer.Key).ToList())
                _timers.Remove(time);
            Log.Add((task, now, true));
        }

        /// <summary>First what is to run soon, then what is due by then, each at its time.</summary>
        internal void RunTo(ulong now, ulong end)
        {
            foreach (int task in _soon.Concat(_posted))
                Log.Add((task, now, false));
            _soon.Clear();
            _posted.Clear();
            while (_timers.Count > 0 && _timers.First().Key <= end)
            {
                (ulong time, int task) = _timers.First();
                Log.Add((task, ulong.Max(time, now), false));
                _timers.Remove(time);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void LoopsDoWhatTheModelSays(int seed)
    {
        Random random = new(seed);
        using VirtualWorld world = new(LoopCount, (ulong)seed);
        Model[] models = Enumerable.Range(0, LoopCount).Select(_ => new Model()).ToArray();
        List<(int Task, ulong Time, bool IsCancelled)>[] logs = models.Select(
            _ => new List<(int, ulong, bool)>()).ToArray();
        List<LoopTask> tasks = [];

        LoopTask NewTask(int loop)
        {
            int number = tasks.Count;
            tasks.Add(new LoopTask(status => logs[loop].Add(
                (number, VirtualTime.Now(world.Time), status == aws_task_status.AWS_TASK_STATUS_CANCELED))));
            return tasks[number];
        }

        for (int i = 0; i < Operations; i++)
        {
            int chosen = random.Next(LoopCount);
            aws_event_loop* loop = world.Loops[chosen];
            Model model = models[chosen];
            ulong now = VirtualTime.Now(world.Time);
            switch (random.Next(6))
            {
                case 0:
                    model.Now(tasks.Count);
                    EventLoop.ScheduleTaskNow(loop, NewTask(chosen).Native);
                    break;
                case 1:
                    ulong time = now + (ulong)random.Next(1, 10_000);
                    if (model.HasTimerAt(time))
                        break;
                    model.At(tasks.Count, time);
                    EventLoop.ScheduleTaskFuture(loop, NewTask(chosen).Native, time);
                    break;
                case 2:
                    model.Posted(tasks.Count);
                    EventLoop.ScheduleTaskNowSerialized(loop, NewTask(chosen).Native);
                    break;
                case 3:
                    model.Posted(tasks.Count);
                    LoopTask posted = NewTask(chosen);
                    Thread other = new(() => EventLoop.ScheduleTaskNow(world.Loops[chosen], posted.Native));
                    other.Start();
                    other.Join();
                    break;
                case 4:
                    List<int> waiting = model.Waiting.ToList();
                    if (waiting.Count == 0)
                        break;
                    int cancelled = waiting[random.Next(waiting.Count)];
                    model.Cancel(cancelled, now);
                    EventLoop.CancelTask(loop, tasks[cancelled].Native);
                    break;
                default:
                    ulong duration = (ulong)random.Next(3_000);
                    foreach (Model each in models)
                        each.RunTo(now, now + duration);
                    VirtualTime.Advance(world.Time, duration);
                    break;
            }
        }

        for (int i = 0; i < LoopCount; i++)
            Assert.Equal(models[i].Log, logs[i]);
        Assert.True(logs.Sum(log => log.Count) > Operations / 4);

        int left = models.Sum(model => model.Waiting.Count());
        int before = logs.Sum(log => log.Count);
        for (int i = 0; i < LoopCount; i++)
        {
            EventLoop.Destroy(world.Loops[i]);
            world.Loops[i] = null;
        }

        // To stop is to run what is ready; the rest is cancelled.
        Assert.Equal(left, logs.Sum(log => log.Count) - before);
        Assert.All(tasks, task => Assert.Equal(1, task.Runs + task.Cancellations));
        tasks.ForEach(task => task.Dispose());
    }
}
