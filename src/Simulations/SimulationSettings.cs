// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>
/// How links and hosts of a simulation behave, as programs say it. Results are 0 or errors of reseau_error.
/// </summary>
internal static unsafe class SimulationSettings
{
    private const ulong NanosecondsPerMicrosecond = 1000;

    // So that a packet has room in what IP calls its length.
    private const nuint MaxSegment = 32 * 1024;
    private const long MaxMicroseconds = long.MaxValue / 1_000_000;

    /// <summary>NULL is a perfect one.</summary>
    private static int TryRead(reseau_link* given, PathSettings* settings)
    {
        reseau_link link = default;
        *settings = PathSettings.Perfect;
        if (!TryCopy(given, given == null ? 0 : given->size, &link, (nuint)sizeof(reseau_link)))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        bool isGood = link.latency_us is >= 0 and <= MaxMicroseconds && link.jitter_us is >= 0 and <= MaxMicroseconds &&
            link.segment_bytes <= MaxSegment && Odds.IsOne(link.loss) && Odds.IsOne(link.duplication) &&
            Odds.IsOne(link.reordering) && Odds.IsOne(link.reset);
        if (!isGood)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        settings->Latency = (ulong)link.latency_us * NanosecondsPerMicrosecond;
        settings->Jitter = (ulong)link.jitter_us * NanosecondsPerMicrosecond;
        settings->BytesPerSecond = link.bytes_per_second;
        if (link.segment_bytes != 0)
            settings->SegmentBytes = link.segment_bytes;
        settings->Loss = Odds.Of(link.loss);
        settings->Duplication = Odds.Of(link.duplication);
        settings->Reordering = Odds.Of(link.reordering);
        settings->Reset = Odds.Of(link.reset);
        return 0;
    }

    /// <summary>NULL is none.</summary>
    private static int TryRead(reseau_faults* given, HostFaults* faults)
    {
        reseau_faults wanted = default;
        *faults = HostFaults.None;
        if (!TryCopy(given, given == null ? 0 : given->size, &wanted, (nuint)sizeof(reseau_faults)))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        bool isGood = Odds.IsOne(wanted.short_io) && Odds.IsOne(wanted.no_socket) && Odds.IsOne(wanted.no_connect) &&
            Odds.IsOne(wanted.no_accept) && Odds.IsOne(wanted.no_name) && wanted.name_ms >= 0 &&
            wanted.buffer_bytes <= int.MaxValue;
        if (!isGood)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        faults->ShortIo = Odds.Of(wanted.short_io);
        faults->NoSocket = Odds.Of(wanted.no_socket);
        faults->NoConnect = Odds.Of(wanted.no_connect);
        faults->NoAccept = Odds.Of(wanted.no_accept);
        faults->NoName = Odds.Of(wanted.no_name);
        faults->NameNanoseconds = Deadline.Nanoseconds(wanted.name_ms);
        if (wanted.buffer_bytes != 0)
            faults->BufferBytes = wanted.buffer_bytes;
        return 0;
    }

    // ---- By ids; 0 is all hosts. The simulation is held. ----

    internal static int SetLink(Simulation* simulation, long from, long to, reseau_link* link)
    {
        SimulationHost* first = null;
        SimulationHost* second = null;
        PathSettings settings;
        int error = TryRead(link, &settings);
        if (error == 0)
            error = Find(simulation, from, to, &first, &second);
        if (error != 0)
            return error;

        if (first == null && second == null)
            simulation->Network->Usual = settings;
        ForEachPath(simulation, first, second, &Apply, &settings);
        return 0;
    }

    internal static int SetCut(Simulation* simulation, long a, long b, bool isCut)
    {
        SimulationHost* first = null;
        SimulationHost* second = null;
        int error = Find(simulation, a, b, &first, &second);
        if (error == 0)
            SetCut(simulation, first, second, isCut);
        return error;
    }

    internal static int SetFaults(Simulation* simulation, long host, reseau_faults* faults)
    {
        SimulationHost* found = null;
        HostFaults wanted;
        int error = TryRead(faults, &wanted);
        if (error == 0)
            error = SimulationHost.Find(simulation, host, &found);
        if (error == 0)
            SetFaults(simulation, found, &wanted);
        return error;
    }

    /// <summary>Returns how many connections were reset, or an error.</summary>
    internal static int Reset(Simulation* simulation, long a, long b)
    {
        SimulationHost* first = null;
        SimulationHost* second = null;
        int error = Find(simulation, a, b, &first, &second);
        return error != 0 ? error : VirtualNetwork.ResetAll(simulation->Network, OnNetwork(first), OnNetwork(second));
    }

    // ---- NULL is all hosts ----

    /// <summary>Cuts two hosts off from each other, or ends that.</summary>
    internal static void SetCut(Simulation* simulation, SimulationHost* a, SimulationHost* b, bool isCut)
    {
        ForEachPath(simulation, a, b, &ApplyCut, &isCut);
        ForEachPath(simulation, b, a, &ApplyCut, &isCut);
    }

    private static void SetFaults(Simulation* simulation, SimulationHost* host, HostFaults* faults)
    {
        if (host != null)
        {
            host->Host->Faults = *faults;
            return;
        }

        simulation->UsualFaults = *faults;
        for (SimulationHost* one = simulation->FirstHost; one != null; one = one->Next)
            one->Host->Faults = *faults;
    }

    private static VirtualHost* OnNetwork(SimulationHost* host) => host == null ? null : host->Host;

    private static int Find(
        Simulation* simulation, long a, long b, SimulationHost** first, SimulationHost** second)
    {
        *second = null;
        int error = SimulationHost.Find(simulation, a, first);
        return error != 0 ? error : SimulationHost.Find(simulation, b, second);
    }

    private static void Apply(VirtualPath* path, void* settings) => path->Settings = *(PathSettings*)settings;

    private static void ApplyCut(VirtualPath* path, void* isCut) => path->IsCut = *(bool*)isCut;

    // A host's way to itself stays as it is.
    private static void ForEachPath(
        Simulation* simulation,
        SimulationHost* from,
        SimulationHost* to,
        delegate*<VirtualPath*, void*, void> apply,
        void* argument)
    {
        for (SimulationHost* a = simulation->FirstHost; a != null; a = a->Next)
        {
            for (SimulationHost* b = simulation->FirstHost; b != null; b = b->Next)
            {
                if (a != b && (from == null || a == from) && (to == null || b == to))
                    apply(VirtualNetwork.PathOf(simulation->Network, a->Host, b->Host), argument);
            }
        }
    }

    // A program that was compiled against an older header knows fewer fields.
    private static bool TryCopy(void* given, nuint size, void* copy, nuint known)
    {
        if (given == null)
            return true;
        if (size < (nuint)sizeof(nuint) || size > known)
            return false;
        NativeMemory.Copy(given, copy, size);
        return true;
    }
}
