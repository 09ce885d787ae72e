// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Abi;
using Reseau.Native.Channels;

namespace Reseau.Native.Tests.Channels;

/// <summary>A task of a channel, which reports each call.</summary>
internal sealed unsafe class SeededTask : IDisposable
{
    private readonly ChannelWorld _world;
    private readonly ChannelTaskProbe _probe;

    internal SeededTask(ChannelWorld world, ulong when, Action<SeededTask, aws_task_status> onCall)
    {
        _world = world;
        When = when;
        _probe = new ChannelTaskProbe(status =>
        {
            Calls++;
            onCall(this, status);
        });
    }

    /// <summary>0 is at once.</summary>
    internal ulong When { get; }

    internal int Calls { get; private set; }

    internal void Schedule(bool isSerialized)
    {
        if (When != 0)
            Channel.ScheduleTaskFuture(_world.Channel, _probe.Native, When);
        else if (isSerialized)
            Channel.ScheduleTaskNowSerialized(_world.Channel, _probe.Native);
        else
            Channel.ScheduleTaskNow(_world.Channel, _probe.Native);
    }

    public void Dispose() => _probe.Dispose();
}
