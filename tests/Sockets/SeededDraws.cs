// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Abi;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Tests.Sockets;

/// <summary>What a seed decides: small and large numbers alike come often.</summary>
internal sealed class SeededDraws(ulong seed)
{
    private SeededRandom _random = SeededRandom.Of(seed);

    internal int UpTo(int most) => (int)_random.UpTo((ulong)most);

    internal bool OneIn(int count) => UpTo(count - 1) == 0;

    internal T OneOf<T>(params ReadOnlySpan<T> choices) => choices[UpTo(choices.Length - 1)];

    /// <summary>From 1 to a power of two; each number of bits comes as often as any other.</summary>
    internal ulong Size(int maxBits) => 1 + _random.UpTo((1UL << UpTo(maxBits)) - 1);

    /// <summary>Nanoseconds: from none to a quarter of an hour; seldom to a year.</summary>
    internal ulong Delay() => OneIn(3) ? 0 : Size(OneIn(64) ? 55 : 40);

    internal int Error() => OneOf(
        AWS_ERROR_SUCCESS,
        AWS_ERROR_SUCCESS,
        AWS_ERROR_SUCCESS,
        AWS_IO_SOCKET_TIMEOUT,
        AWS_IO_SOCKET_CLOSED,
        AWS_ERROR_INVALID_STATE);
}
