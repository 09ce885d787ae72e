// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Random numbers for spreading load: a xorshift generator for each thread. They need not be hard to guess, only cheap.
/// </summary>
internal static unsafe class FastRandom
{
    internal static uint Next()
    {
        ref uint state = ref ThreadStorage.Current->Random;
        if (state == 0)
            state = Seed();
        return Next(ref state);
    }

    /// <summary>The calling thread's numbers are from now on those of this seed.</summary>
    internal static void Reseed(ulong seed) => ThreadStorage.Current->Random = StateOf(seed);

    /// <summary>The first state of a seed's sequence.</summary>
    internal static uint StateOf(ulong seed) => (uint)(((seed + 1) * 0x9E3779B97F4A7C15) >> 32) | 1;

    /// <summary>
    /// The next number of a sequence of the caller's, whose state is never zero: xorshift would stay there.
    /// </summary>
    internal static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }

    /// <summary>Differs between threads and runs.</summary>
    private static uint Seed()
    {
        ulong now = 0;
        Clock.HighResTicks(&now);
        return StateOf(now ^ Threads.CurrentId());
    }
}
