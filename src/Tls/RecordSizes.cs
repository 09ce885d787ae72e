// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Tls;

/// <summary>
/// How much content goes into one record. A receiver can use a record only when all of it is there, so a stream begins
/// with records that fit one packet; when it goes on it gets full ones, which cost less.
/// </summary>
internal unsafe struct RecordSizes
{
    // One packet of 1,460 bytes less options, header and tag.
    private const nuint Small = 1390;
    private const nuint SmallTotal = 16 * 1024;
    private const ulong IdleNanoseconds = 1_000_000_000;

    private nuint _sent;
    private ulong _lastNanoseconds;

    /// <summary>Short messages have short records anyhow, and need no look at the clock.</summary>
    internal static bool NeedsClock(nuint length) => length > Small;

    /// <summary>
    /// How much of <paramref name="length"/> bytes, which are more than a short record's, to give to the engine.
    /// </summary>
    internal static nuint Next(RecordSizes* sizes, nuint length, ulong now)
    {
        if (now - sizes->_lastNanoseconds > IdleNanoseconds)
            sizes->_sent = 0;
        sizes->_lastNanoseconds = now;
        if (sizes->_sent >= SmallTotal)
            return length;

        sizes->_sent += Small;
        return Small;
    }
}
