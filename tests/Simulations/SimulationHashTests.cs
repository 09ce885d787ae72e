// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Abi;
using Reseau.Native.Exports;
using Xunit;

namespace Reseau.Native.Tests.Simulations;

/// <summary>
/// The compiled library and the same code under the just-in-time compiler take the same decisions: this run and its
/// hashes are in native-tests/reseau/simulation_test.cc as well (APlainEchoHasTheHashOfManagedTests).
/// </summary>
public unsafe class SimulationHashTests
{
    private const int Length = 20_000;
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(1, 3744850695195378965UL)]
    [InlineData(2, 4372563002872754629UL)]
    [InlineData(77, 10517969286358359460UL)]
    public void APlainEchoHasTheHashOfTheNativeTest(ulong seed, ulong expected)
    {
        delegate* unmanaged[Cdecl]<ulong, reseau_simulation_options*, long> create =
            &Exports_reseau_simulation.reseau_simulation_new;
        delegate* unmanaged[Cdecl]<long, byte*, byte*, long> addHost =
            &Exports_reseau_simulation.reseau_simulation_host;
        delegate* unmanaged[Cdecl]<long, long, int> chooseFaults =
            &Exports_reseau_simulation.reseau_simulation_random_faults;
        delegate* unmanaged[Cdecl]<long, delegate* unmanaged[Cdecl]<void*, int, void>, void*, int> post =
            &Exports_reseau_loop.reseau_post;
        delegate* unmanaged[Cdecl]<long, long, int> run = &Exports_reseau_simulation.reseau_simulation_run;
        delegate* unmanaged[Cdecl]<long, ulong> hashOf = &Exports_reseau_simulation.reseau_simulation_hash;
        delegate* unmanaged[Cdecl]<long, int> free = &Exports_reseau_simulation.reseau_simulation_free;
        long simulation = create(seed, null);
        long server = addHost(simulation, Literal.Of("server"u8), null);
        long client = addHost(simulation, Literal.Of("client"u8), null);
        Assert.Equal(0, chooseFaults(simulation, Hour / 60));
        Assert.Equal(0, post(server, &BeginServer, null));
        Assert.Equal(0, post(client, &BeginClient, null));
        run(simulation, Hour);
        ulong hash = hashOf(simulation);
        Assert.Equal(0, free(simulation));
        Assert.Equal(expected, hash);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BeginServer(void* state, int error)
    {
        delegate* unmanaged[Cdecl]<byte*, ushort, reseau_options*, long> listen =
            &Exports_reseau_connection.reseau_listen;
        reseau_options options = new() { size = (nuint)sizeof(reseau_options), on_data = &Echo };
        listen(Literal.Of("*"u8), 80, &options);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void BeginClient(void* state, int error)
    {
        delegate* unmanaged[Cdecl]<byte*, ushort, reseau_options*, long> connect =
            &Exports_reseau_connection.reseau_connect_start;
        reseau_options options = new()
        {
            size = (nuint)sizeof(reseau_options),
            on_open = &Ask,
            on_data = &Take,
            connect_timeout_ms = 30_000,
            idle_timeout_ms = 30_000,
        };
        connect(Literal.Of("server"u8), 80, &options);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Echo(long connection, void* data, nuint length, void* state)
    {
        delegate* unmanaged[Cdecl]<long, void*, nuint, long> write = &Exports_reseau_connection.reseau_write;
        return write(connection, data, length) < 0 ? 0 : length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ask(long connection, void* state)
    {
        delegate* unmanaged[Cdecl]<long, void*, nuint, long> write = &Exports_reseau_connection.reseau_write;
        byte* bytes = stackalloc byte[Length];
        for (int i = 0; i < Length; i++)
            bytes[i] = (byte)(i * 7);
        write(connection, bytes, Length);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Take(long connection, void* data, nuint length, void* state) => length;
}
