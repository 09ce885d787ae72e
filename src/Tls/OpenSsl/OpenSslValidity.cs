// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Ends of certificates and responses, for <see cref="SessionValidity"/>. Any thread.</summary>
internal static unsafe class OpenSslValidity
{
    private const long SecondsPerDay = 24 * 3600;

    /// <summary>The first end among these certificates', and a day from now. NULL for no certificates.</summary>
    internal static long EndOf(void* certificates)
    {
        long end = SessionValidity.Latest;
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
        return LibCrypto.ASN1_TIME_diff(&days, &seconds, null, time) == 1
            ? SessionValidity.Now + (days * SecondsPerDay) + seconds
            : 0;
    }
}
