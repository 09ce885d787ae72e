// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Until when what a connection's handshake has proved may be relied on without another one: ADR 21. Times are seconds
/// since 1970.
/// </summary>
internal struct SessionValidity
{
    // However long the certificates last. RFC 8446 allows a ticket seven times that.
    private const long MaxAgeSeconds = 24 * 3600;

    private long _offered;
    private bool _isStapled;
    private long _staple;
    private long _end;

    /// <summary>Once it is fixed it does not change; 0 before.</summary>
    internal readonly long End => _end;

    internal readonly bool IsFixed => _end != 0;

    /// <summary>The session that the connection tries to resume is good until then.</summary>
    internal void Offer(long end) => _offered = end;

    /// <summary>The response stapled to the peer's certificate says nothing about the time after this.</summary>
    internal void LimitByStaple(long end)
    {
        _isStapled = true;
        _staple = end;
    }

    /// <summary>
    /// As soon as the certificates have been looked at, and once: tickets may come long afterwards. A session that was
    /// resumed lasts no longer than the one that it goes on from.
    /// </summary>
    internal void Fix(bool isResumed, long certificatesEnd)
    {
        if (isResumed)
            _end = _offered;
        else
            _end = _isStapled ? long.Min(certificatesEnd, _staple) : certificatesEnd;
    }

    /// <summary>A day from now, after which nothing is relied on.</summary>
    internal static long Latest => Now + MaxAgeSeconds;

    /// <summary>Whether this end is ahead. One too far ahead was computed before the clock was set back.</summary>
    internal static bool IsAhead(long end)
    {
        long left = end - Now;
        return left is > 0 and <= MaxAgeSeconds;
    }

    /// <summary>0 without a clock, when every end is too far ahead.</summary>
    internal static unsafe long Now
    {
        get
        {
            ulong nanoseconds = 0;
            Clock.SystemTicks(&nanoseconds);
            return (long)(nanoseconds / Clock.NanosecondsPerSecond);
        }
    }
}
