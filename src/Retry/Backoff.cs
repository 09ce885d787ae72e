// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Retry;

/// <summary>How long to wait before an attempt: twice as long each time up to a maximum, spread by chance.</summary>
internal readonly unsafe struct Backoff
{
    private const uint DefaultScaleMilliseconds = 500;
    private const uint DefaultMaximumSeconds = 20;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private readonly ulong _scale;
    private readonly ulong _maximum;
    private readonly aws_exponential_backoff_jitter_mode _mode;
    private readonly aws_generate_random_fn _random;
    private readonly void* _randomUserData;
    private readonly delegate* unmanaged[Cdecl]<ulong> _plainRandom;

    internal Backoff(aws_exponential_backoff_retry_options* options)
    {
        uint scale = options->backoff_scale_factor_ms;
        uint maximum = options->max_backoff_secs;
        _scale = (scale == 0 ? DefaultScaleMilliseconds : scale) * NanosecondsPerMillisecond;
        _maximum = (maximum == 0 ? DefaultMaximumSeconds : maximum) * Clock.NanosecondsPerSecond;
        _mode = options->jitter_mode;
        _random = options->generate_random_impl;
        _randomUserData = options->generate_random_user_data;
        _plainRandom = options->generate_random;
    }

    /// <summary>
    /// Nanoseconds to wait after so many retries, of which the last came after <paramref name="lastDelay"/>. Calls the
    /// program's source of random numbers, if there is one.
    /// </summary>
    internal ulong Delay(int retries, ulong lastDelay) => _mode switch
    {
        AWS_EXPONENTIAL_BACKOFF_JITTER_NONE => WithoutJitter(retries),
        AWS_EXPONENTIAL_BACKOFF_JITTER_DECORRELATED when lastDelay != 0 => Decorrelated(lastDelay),
        _ => Between(0, WithoutJitter(retries)),
    };

    /// <summary>The scale times two to the power of the retries. What does not fit is more than any maximum.</summary>
    private ulong WithoutJitter(int retries) => _scale > _maximum >> retries ? _maximum : _scale << retries;

    private ulong Decorrelated(ulong lastDelay)
    {
        ulong upper = lastDelay > _maximum / 3 ? _maximum : lastDelay * 3;

        // A scale above the maximum would else be the lower bound.
        return Math.Min(Between(_scale, upper), _maximum);
    }

    /// <summary>A number from the smaller bound up to, but not including, the larger.</summary>
    private ulong Between(ulong one, ulong other)
    {
        ulong lower = Math.Min(one, other);
        ulong width = Math.Max(one, other) - lower;
        return width == 0 ? lower : lower + Random() % width;
    }

    private ulong Random()
    {
        if (_random != null)
            return _random(_randomUserData);
        if (_plainRandom != null)
            return _plainRandom();

        ulong number = 0;
        DeviceRandom.U64(&number);
        return number;
    }
}
