// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.Simulations;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/simulation.h&gt;.</summary>
public static unsafe class Exports_reseau_simulation
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_new", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_simulation_new(ulong seed, reseau_simulation_options* options) => Simulation.New(seed, options);

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_free", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_free(long simulation)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, Simulation.End(item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_host", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_simulation_host(long simulation, byte* name, byte* addresses)
    {
        Simulation* item;
        if (name == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        long id = SimulationHost.New(item, name, addresses);
        Simulation.Release(item);
        return id;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_name", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_name(long simulation, byte* name, byte* addresses)
    {
        Simulation* item;
        if (name == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationNames.SetText(&item->Names, name, addresses));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_link", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_link(long simulation, long from, long to, reseau_link* link)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationSettings.SetLink(item, from, to, link));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_partition", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_partition(long simulation, long a, long b) => SetCut(simulation, a, b, isCut: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_heal", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_heal(long simulation, long a, long b) => SetCut(simulation, a, b, isCut: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_reset(long simulation, long a, long b)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationSettings.Reset(item, a, b));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_faults", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_faults(long simulation, long host, reseau_faults* faults)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationSettings.SetFaults(item, host, faults));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_random_faults", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_random_faults(long simulation, long duration_ms)
    {
        Simulation* item;
        if (duration_ms < 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        RandomFaults.Choose(item, Deadline.Nanoseconds(duration_ms));
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_step", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_step(long simulation)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationRun.Step(item));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_run", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_run(long simulation, long limit_ms)
    {
        Simulation* item;
        if (limit_ms < -1)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationRun.Run(item, limit_ms));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_stop", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_stop(long simulation)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        item->IsStopping = true;
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_now", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_simulation_now(long simulation)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        long now = (long)Simulation.SinceBeginning(item);
        Simulation.Release(item);
        return now;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_random", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_simulation_random(long simulation)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        long number = Simulation.NextRandom(item);
        Simulation.Release(item);
        return number;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_note", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_note(long simulation, byte* text)
    {
        Simulation* item;
        if (text == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = Simulation.TryAcquire(simulation, &item);
        if (error != 0)
            return error;

        SimulationTrace.AddNote(&item->Trace, Simulation.Now(item), text);
        return Done(item, 0);
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_hash", CallConvs = [typeof(CallConvCdecl)])]
    public static ulong reseau_simulation_hash(long simulation)
    {
        Simulation* item;
        if (Simulation.TryAcquire(simulation, &item) != 0)
            return 0;

        ulong hash = item->Trace.Hash;
        Simulation.Release(item);
        return hash;
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_trace", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_trace(long simulation, byte* path)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationTrace.WriteTo(&item->Trace, path));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_capture", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_capture(long simulation, byte* path)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationCapture.WriteTo(&item->Capture, path));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_simulation_seeds", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_simulation_seeds(ulong first, ulong count, reseau_scenario_fn scenario, void* state, ulong* failed) => scenario == null ? RESEAU_ERROR_INVALID_ARGUMENT : SimulationSeeds.Run(first, count, scenario, state, failed);

    private static int SetCut(long simulation, long a, long b, bool isCut)
    {
        Simulation* item;
        int error = Simulation.TryAcquire(simulation, &item);
        return error != 0 ? error : Done(item, SimulationSettings.SetCut(item, a, b, isCut));
    }

    private static int Done(Simulation* item, int result)
    {
        Simulation.Release(item);
        return result;
    }
}
