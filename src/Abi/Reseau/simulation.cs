// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/simulation.h>.
global using unsafe reseau_scenario_fn = delegate* unmanaged[Cdecl]<ulong, void*, int>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

[StructLayout(LayoutKind.Sequential)]
public struct reseau_link
{
    public nuint size;
    public long latency_us;
    public long jitter_us;
    public ulong bytes_per_second;
    public nuint segment_bytes;
    public double loss;
    public double duplication;
    public double reordering;
    public double reset;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_faults
{
    public nuint size;
    public double short_io;
    public double no_socket;
    public double no_connect;
    public double no_accept;
    public double no_name;
    public long name_ms;
    public nuint buffer_bytes;
}

[StructLayout(LayoutKind.Sequential)]
public struct reseau_simulation_options
{
    public nuint size;
    public int ignores_content;
    public int takes_turns;
}
