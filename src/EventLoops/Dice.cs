// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>
/// Random numbers for spreading load: a xorshift generator for each thread. They need not be hard to guess, only cheap.
/// </summary>
internal static unsafe class Dice
{
    [ThreadStatic]
    private static uint t_state;

    internal static uint Roll()
    {
        uint state = t_state;
        if (state == 0)
            state = Seed();
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        t_state = state;
        return state;
    }

    /// <summary>Differs between threads and runs, and is never zero, where xorshift would stay.</summary>
    private static uint Seed()
    {
        ulong now = 0;
        Clock.HighResTicks(&now);
        ulong mixed = (now ^ Threads.CurrentId()) * 0x9E3779B97F4A7C15;
        return (uint)(mixed >> 32) | 1;
    }
}
