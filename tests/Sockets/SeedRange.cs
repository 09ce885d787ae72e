// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tests.Sockets;

/// <summary>Seeds from 1 on; RESEAU_SEED runs one alone, and RESEAU_SEEDS says how many are run.</summary>
internal readonly struct SeedRange
{
    internal SeedRange(int count)
    {
        ulong one = NumberOf("RESEAU_SEED", 0);
        IsOne = one != 0;
        First = IsOne ? one : 1;
        Last = IsOne ? one : NumberOf("RESEAU_SEEDS", (ulong)count);
    }

    internal ulong First { get; }

    internal ulong Last { get; }

    internal bool IsOne { get; }

    /// <summary>How a seed of a test is run alone.</summary>
    internal static string Command(ulong seed, string test) => $"RESEAU_SEED={seed} dotnet test tests --filter {test}";

    private static ulong NumberOf(string variable, ulong other) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), out ulong number) ? number : other;
}
