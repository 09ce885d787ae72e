// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>
/// Links, hosts and troubles that a seed has chosen. Runs differ more if each has a few faults that are frequent than
/// if all have all of them rarely, so most of them are left out of most runs.
/// </summary>
internal static unsafe class RandomFaults
{
    private const ulong Microsecond = 1000;
    private const ulong Millisecond = 1000 * Microsecond;
    private const ulong MaxTroubles = 4;

    /// <summary>For the hosts that there are, and so many nanoseconds from now.</summary>
    internal static void Choose(Simulation* simulation, ulong nanoseconds)
    {
        SeededRandom* random = &simulation->Faults;
        for (SimulationHost* a = simulation->FirstHost; a != null; a = a->Next)
        {
            ChooseFaults(random, &a->Host->Faults);
            for (SimulationHost* b = simulation->FirstHost; b != null; b = b->Next)
            {
                if (a != b)
                    ChooseLink(random, &VirtualNetwork.PathOf(simulation->Network, a->Host, b->Host)->Settings);
            }
        }

        ulong end = Clock.Later(Simulation.Now(simulation), nanoseconds);
        ulong troubles = random->UpTo(MaxTroubles);
        for (ulong i = 0; i < troubles; i++)
            Trouble.Begin(simulation, Simulation.Now(simulation) + random->UpTo(nanoseconds), end);
        Trouble.End(simulation, end);
    }

    /// <summary>Nothing fails any more; what is slow stays so.</summary>
    internal static void Cease(Simulation* simulation)
    {
        for (SimulationHost* a = simulation->FirstHost; a != null; a = a->Next)
        {
            nuint buffer = a->Host->Faults.BufferBytes;
            a->Host->Faults = HostFaults.None;
            a->Host->Faults.BufferBytes = buffer;
            for (SimulationHost* b = simulation->FirstHost; b != null; b = b->Next)
            {
                VirtualPath* path = VirtualNetwork.PathOf(simulation->Network, a->Host, b->Host);
                path->Settings.Reset = default;
                path->Settings.Loss = default;
                path->IsCut = false;
            }
        }
    }

    private static void ChooseLink(SeededRandom* random, PathSettings* settings)
    {
        *settings = PathSettings.Perfect;
        settings->Latency = OneIn(random, 4) ? 0 : UpToPowerOf2(random, 27);
        settings->Jitter = OneIn(random, 2) ? 0 : random->UpTo(settings->Latency);
        if (OneIn(random, 3))
            settings->BytesPerSecond = 10_000 + UpToPowerOf2(random, 24);
        if (OneIn(random, 3))
            settings->SegmentBytes = 64 + (nuint)UpToPowerOf2(random, 13);
        settings->Loss = SomeOdds(random, 3, 0.2);
        settings->Duplication = SomeOdds(random, 4, 0.2);
        settings->Reordering = SomeOdds(random, 3, 0.3);
        settings->Reset = SomeOdds(random, 6, 0.05);
    }

    private static void ChooseFaults(SeededRandom* random, HostFaults* faults)
    {
        *faults = HostFaults.None;
        faults->ShortIo = SomeOdds(random, 2, 0.8);
        faults->NoSocket = SomeOdds(random, 6, 0.2);
        faults->NoConnect = SomeOdds(random, 5, 0.3);
        faults->NoAccept = SomeOdds(random, 5, 0.3);
        faults->NoName = SomeOdds(random, 6, 0.3);
        faults->NameNanoseconds = OneIn(random, 2) ? 0 : random->UpTo(200 * Millisecond);
        if (OneIn(random, 3))
            faults->BufferBytes = 256 + (nuint)UpToPowerOf2(random, 16);
    }

    internal static bool OneIn(SeededRandom* random, ulong count) => random->UpTo(count - 1) == 0;

    // In one of so many runs something, else nothing.
    private static Odds SomeOdds(SeededRandom* random, ulong oneIn, double most)
    {
        bool isChosen = OneIn(random, oneIn);
        ulong part = random->UpTo(1000);
        return isChosen ? Odds.Of(most * part / 1000) : default;
    }

    // Small numbers are as frequent as large ones.
    private static ulong UpToPowerOf2(SeededRandom* random, int bits)
    {
        int chosen = (int)random->UpTo((ulong)bits);
        return random->UpTo((1UL << chosen) - 1);
    }
}

/// <summary>A partition or a reset at a time to come; or the end of all faults.</summary>
internal unsafe struct Trouble
{
    private aws_task _task;
    private Simulation* _simulation;
    private ulong _end;
    private uint _a;
    private uint _b;
    private bool _isCut;

    internal static void Begin(Simulation* simulation, ulong time, ulong end)
    {
        Trouble* trouble = New(simulation, end);
        SeededRandom* random = &simulation->Faults;
        uint hosts = simulation->Network->FirstHost == null ? 0 : CountOf(simulation);
        trouble->_a = (uint)random->UpTo(hosts);
        trouble->_b = (uint)random->UpTo(hosts);
        Schedule(trouble, &OnTrouble, time);
    }

    internal static void End(Simulation* simulation, ulong end) =>
        Schedule(New(simulation, end), &OnEndOfAll, end);

    private static Trouble* New(Simulation* simulation, ulong end)
    {
        Trouble* trouble = Allocator.New<Trouble>(Allocator.Default());
        trouble->_simulation = simulation;
        trouble->_end = end;
        return trouble;
    }

    private static uint CountOf(Simulation* simulation)
    {
        uint count = 0;
        for (VirtualHost* host = simulation->Network->FirstHost; host != null; host = host->Next)
            count++;
        return count;
    }

    private static void Schedule(Trouble* trouble, delegate*<aws_task*, void*, aws_task_status, void> call, ulong time)
    {
        ScheduledTask.Init(&trouble->_task, call, trouble, Literal.Of("simulation_trouble"u8));
        VirtualTime.ScheduleEvent(trouble->_simulation->Time, &trouble->_task, time);
    }

    // Host 0 is all of them.
    private static SimulationHost* Find(Simulation* simulation, uint number)
    {
        SimulationHost* host = simulation->FirstHost;
        while (host != null && host->Host->Number != number)
            host = host->Next;
        return host;
    }

    private static void OnTrouble(aws_task* task, void* argument, aws_task_status status)
    {
        Trouble* trouble = (Trouble*)argument;
        if (status != AWS_TASK_STATUS_RUN_READY)
        {
            Allocator.Release(Allocator.Default(), trouble);
            return;
        }

        Simulation* simulation = trouble->_simulation;
        SimulationHost* a = Find(simulation, trouble->_a);
        SimulationHost* b = Find(simulation, trouble->_b);
        if (!trouble->_isCut && RandomFaults.OneIn(&simulation->Faults, 3))
        {
            SimulationTrace.AddNote(&simulation->Trace, Simulation.Now(simulation), Literal.Of("reset"u8));
            VirtualNetwork.ResetAll(simulation->Network, a == null ? null : a->Host, b == null ? null : b->Host);
            Allocator.Release(Allocator.Default(), trouble);
            return;
        }

        // Cut, and, for as long as it lasts, this waits for its end.
        trouble->_isCut = !trouble->_isCut;
        SimulationTrace.AddNote(
            &simulation->Trace,
            Simulation.Now(simulation),
            trouble->_isCut ? Literal.Of("partition"u8) : Literal.Of("heal"u8));
        SimulationSettings.SetCut(simulation, a, b, trouble->_isCut);
        ulong now = Simulation.Now(simulation);
        if (trouble->_isCut && trouble->_end > now)
            Schedule(trouble, &OnTrouble, now + simulation->Faults.UpTo(trouble->_end - now));
        else
            Allocator.Release(Allocator.Default(), trouble);
    }

    private static void OnEndOfAll(aws_task* task, void* argument, aws_task_status status)
    {
        Trouble* trouble = (Trouble*)argument;
        Simulation* simulation = trouble->_simulation;
        Allocator.Release(Allocator.Default(), trouble);
        if (status != AWS_TASK_STATUS_RUN_READY)
            return;
        SimulationTrace.AddNote(&simulation->Trace, Simulation.Now(simulation), Literal.Of("faults cease"u8));
        RandomFaults.Cease(simulation);
    }
}
