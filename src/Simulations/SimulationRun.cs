// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>Makes a simulation go on. Results are those of include/reseau/simulation.h.</summary>
internal static unsafe class SimulationRun
{
    internal static int Step(Simulation* simulation)
    {
        VirtualTime* time = simulation->Time;
        if (VirtualTime.IsInTick(time))
            return RESEAU_ERROR_BUSY;
        if (VirtualTime.Step(time))
            return 1;

        ulong next = VirtualTime.NextTimer(time);
        if (next == ulong.MaxValue)
            return 0;
        VirtualTime.MoveTo(time, next);
        return VirtualTime.Step(time) ? 1 : 0;
    }

    internal static int Run(Simulation* simulation, long milliseconds)
    {
        VirtualTime* time = simulation->Time;
        if (VirtualTime.IsInTick(time))
            return RESEAU_ERROR_BUSY;

        ulong end = milliseconds < 0
            ? ulong.MaxValue
            : Clock.Later(VirtualTime.Now(time), Deadline.Nanoseconds(milliseconds));
        simulation->IsStopping = false;
        while (!simulation->IsStopping)
        {
            if (VirtualTime.Step(time))
                continue;
            ulong next = VirtualTime.NextTimer(time);
            if (next == ulong.MaxValue)
                return 0;
            VirtualTime.MoveTo(time, ulong.Min(next, end));
            if (next > end)
                return RESEAU_ERROR_TIMED_OUT;
        }

        return 1;
    }
}
