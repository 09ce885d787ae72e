// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Until when what a handshake has proved may be relied on without another one: ADR 21. Times are seconds since 1970.
/// Any thread.
/// </summary>
internal static unsafe class OpenSslValidity
{
    private const long SecondsPerDay = 24 * 3600;

    // However long the certificates last. RFC 8446 allows a ticket seven times that.
    private const long MaxAgeSeconds = SecondsPerDay;

    /// <summary>The first end among these certificates', and a day from now. NULL for no certificates.</summary>
    internal static long EndOf(void* certificates)
    {
        long end = Now + MaxAgeSeconds;
        int count = certificates == null ? 0 : LibCrypto.OPENSSL_sk_num(certificates);
        for (int i = 0; i < count; i++)
            end = long.Min(end, TimeOf(LibCrypto.X509_get0_notAfter(LibCrypto.OPENSSL_sk_value(certificates, i))));
        return end;
    }

    /// <summary>An ASN1_TIME; long past if it cannot be read.</summary>
    internal static long TimeOf(void* time)
    {
        int days = 0;
        int seconds = 0;
        return LibCrypto.ASN1_TIME_diff(&days, &seconds, null, time) == 1 ? Now + (days * SecondsPerDay) + seconds : 0;
    }

    /// <summary>Whether this end is ahead. One too far ahead was reckoned before the clock was set back.</summary>
    internal static bool IsAhead(long end)
    {
        long left = end - Now;
        return left is > 0 and <= MaxAgeSeconds;
    }

    // 0 without a clock, when every end is too far ahead.
    private static long Now
    {
        get
        {
            ulong nanoseconds = 0;
            Clock.SystemTicks(&nanoseconds);
            return (long)(nanoseconds / Clock.NanosecondsPerSecond);
        }
    }
}
