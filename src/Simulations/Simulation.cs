// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>
/// Hosts on a network in memory, on a clock of their own, by one seed. It belongs to the thread that has made it. Its
/// memory goes when nothing of its hosts is left. Rules 280 to 284 of docs/lifetimes.md.
/// </summary>
internal unsafe struct Simulation
{
    // Makes other sequences of one seed.
    private const ulong OfNetwork = 0x6E6574776F726B;
    private const ulong OfProgram = 0x70726F6772616D;
    private const ulong OfFaults = 0x6661756C7473;

    /// <summary>First, so that a pointer to the one is a pointer to the other.</summary>
    internal IdObject Object;
    internal VirtualTime* Time;
    internal VirtualNetwork* Network;
    internal SimulationNames Names;
    internal SimulationTrace Trace;
    internal SimulationCapture Capture;

    /// <summary>Those that have not ended.</summary>
    internal SimulationHost* FirstHost;

    /// <summary>For programs, and for faults by chance.</summary>
    internal SeededRandom Program;
    internal SeededRandom Faults;

    /// <summary>Of every host that is to come.</summary>
    internal HostFaults UsualFaults;

    /// <summary>The run is to end.</summary>
    internal bool IsStopping;
    private ulong _thread;

    private static nint s_operations;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    private static IdOperations NewOperations() =>
        new() { Kind = IdKind.Simulation, Free = &FreeMemory, Close = &RefuseClose };

    /// <summary>Returns the id or an error of reseau_error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long New(ulong seed, reseau_simulation_options* given)
    {
        reseau_simulation_options options = default;
        if (given != null)
        {
            if (given->size < (nuint)sizeof(nuint) || given->size > (nuint)sizeof(reseau_simulation_options))
                return RESEAU_ERROR_INVALID_ARGUMENT;
            NativeMemory.Copy(given, &options, given->size);
        }

        Simulation* simulation = Allocator.New<Simulation>(Allocator.Default());
        simulation->Object.Operations = Operations;
        simulation->_thread = Threads.CurrentId();
        simulation->Time = VirtualTime.New(Allocator.Default(), options.takes_turns != 0 ? 0 : seed + 1);
        simulation->Time->OnTick = &OnTick;
        simulation->Time->OnTickState = simulation;
        simulation->Network = VirtualNetwork.NewOfHosts(simulation->Time, seed ^ OfNetwork);
        simulation->Network->OnEvent = &OnPacket;
        simulation->Network->OnEventState = simulation;
        simulation->Program = SeededRandom.Of(seed ^ OfProgram);
        simulation->Faults = SeededRandom.Of(seed ^ OfFaults);
        simulation->UsualFaults = HostFaults.None;
        simulation->Trace.IgnoresContent = options.ignores_content != 0;
        SimulationTrace.Begin(&simulation->Trace, seed);
        if (IdTable.Add(&simulation->Object))
            return simulation->Object.Id;

        FreeMemory(&simulation->Object);
        return RESEAU_ERROR_NO_MEMORY;
    }

    /// <summary>
    /// Holds the simulation of an id, for the thread that it belongs to. Returns 0, or an error of reseau_error.
    /// </summary>
    internal static int TryAcquire(long id, Simulation** simulation)
    {
        int error = IdTable.TryAcquire(id, IdKind.Simulation, (IdObject**)simulation);
        if (error != 0 || (*simulation)->_thread == Threads.CurrentId())
            return error;
        IdTable.Release(&(*simulation)->Object);
        return RESEAU_ERROR_BUSY;
    }

    internal static void Release(Simulation* simulation) => IdTable.Release(&simulation->Object);

    internal static ulong Now(Simulation* simulation) => VirtualTime.Now(simulation->Time);

    internal static ulong SinceBeginning(Simulation* simulation) => Now(simulation) - VirtualTime.Beginning;

    /// <summary>For programs: not negative.</summary>
    internal static long NextRandom(Simulation* simulation) => (long)(simulation->Program.Next() >> 1);

    /// <summary>Ends the hosts, and itself. Returns 0, or an error of reseau_error. The caller holds it.</summary>
    internal static int End(Simulation* simulation)
    {
        if (VirtualTime.IsInTick(simulation->Time))
            return RESEAU_ERROR_BUSY;

        // All of them first: what one sends at its end does not come to another.
        for (SimulationHost* host = simulation->FirstHost; host != null; host = host->Next)
            host->Host->IsDown = true;
        while (simulation->FirstHost != null)
            SimulationHost.End(&simulation->FirstHost->Loop.Object, isAbort: true);
        SimulationTrace.WriteTo(&simulation->Trace, null);
        SimulationCapture.WriteTo(&simulation->Capture, null);
        IdTable.End(&simulation->Object);
        return 0;
    }

    private static int RefuseClose(IdObject* item, bool isAbort) => RESEAU_ERROR_WRONG_KIND;

    // Nothing is left on a host.
    private static void FreeMemory(IdObject* item)
    {
        Simulation* simulation = (Simulation*)item;
        VirtualNetwork.DestroyOfHosts(simulation->Network);
        VirtualTime.Destroy(simulation->Time);
        SimulationNames.Free(&simulation->Names);
        Allocator.Release(Allocator.Default(), simulation);
    }

    private static void OnTick(void* state, VirtualLoop* loop)
    {
        Simulation* simulation = (Simulation*)state;
        VirtualHost* host = VirtualHost.Of((Sockets.SocketBackend*)loop->Core.Sockets);
        SimulationTrace.AddTick(&simulation->Trace, Now(simulation), host);
    }

    private static void OnPacket(void* state, NetworkEvent* happened)
    {
        Simulation* simulation = (Simulation*)state;
        SimulationTrace.AddPacket(&simulation->Trace, Now(simulation), happened);
        if (happened->Kind == NetworkEventKind.Sent)
            SimulationCapture.Add(&simulation->Capture, Now(simulation), happened);
    }
}
