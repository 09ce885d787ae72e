// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Sockets.Virtual;

/// <summary>Random numbers that a seed decides: SplitMix64. Its first state may be any number.</summary>
internal struct SeededRandom
{
    private ulong _state;

    internal static SeededRandom Of(ulong seed) => new() { _state = seed };

    internal ulong Next()
    {
        ulong mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to a number, which is included.</summary>
    internal ulong UpTo(ulong most) => most == ulong.MaxValue ? Next() : Next() % (most + 1);

    /// <summary>Takes a number only if there is something to decide.</summary>
    internal bool Happens(Odds odds) => odds.IsPossible && odds.Includes(Next());
}

/// <summary>How often something happens: never is zero.</summary>
internal readonly struct Odds
{
    private const double One = 1UL << 32;

    private readonly ulong _threshold;

    private Odds(ulong threshold) => _threshold = threshold;

    internal bool IsPossible => _threshold != 0;

    internal bool Includes(ulong random) => random >> 32 < _threshold;

    internal static bool IsOne(double odds) => odds is >= 0 and <= 1;

    /// <summary>From 0 to 1.</summary>
    internal static Odds Of(double odds) => new((ulong)(odds * One));
}
