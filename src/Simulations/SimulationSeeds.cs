// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers.Text;
using System.Text.Unicode;
using Reseau.Native.Common;

namespace Reseau.Native.Simulations;

/// <summary>Runs a scenario of a program's for many seeds, or for the one that the environment names.</summary>
internal static unsafe class SimulationSeeds
{
    private const int LineSize = 256;

    /// <summary>What the scenario returns if that is not 0, else 0; `failed` may be NULL.</summary>
    internal static int Run(ulong first, ulong count, reseau_scenario_fn scenario, void* state, ulong* failed)
    {
        bool isAlone = TryRead(Literal.Of("RESEAU_SIMULATION_SEED"u8), out ulong seed);
        if (isAlone)
        {
            first = seed;
            count = 1;
        }
        else if (TryRead(Literal.Of("RESEAU_SIMULATION_SEEDS"u8), out ulong other))
        {
            count = other;
        }

        for (ulong i = 0; i < count; i++)
        {
            int result = scenario(first + i, state);
            if (result == 0)
                continue;
            Say(first + i, result);
            if (failed != null)
                *failed = first + i;
            return result;
        }

        return 0;
    }

    private static void Say(ulong seed, int result)
    {
        byte* line = stackalloc byte[LineSize];
        Utf8.TryWrite(
            new Span<byte>(line, LineSize),
            $"simulation: seed {seed} has failed ({result}); again: RESEAU_SIMULATION_SEED={seed}\n",
            out int length);
        Platform.StandardStreams.WriteError(line, (nuint)length);
    }

    // What is no number is as if it were not set.
    private static bool TryRead(byte* variable, out ulong number)
    {
        number = 0;
        byte* value = Platform.EnvironmentVariables.Get(variable);
        if (value == null)
            return false;
        int length = 0;
        while (length < LineSize && value[length] != 0)
            length++;
        return Utf8Parser.TryParse(new ReadOnlySpan<byte>(value, length), out number, out int used) && used == length &&
            length > 0;
    }
}
