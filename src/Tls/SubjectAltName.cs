// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Tls;

/// <summary>
/// The extension of a certificate that says for which hosts it is: GeneralNames of RFC 5280, 4.2.1.6, in DER. Nothing
/// else in a certificate says so.
/// </summary>
internal static class SubjectAltName
{
    private const byte Sequence = 0x30;
    private const byte DnsName = 0x82;
    private const byte IpAddress = 0x87;

    /// <summary>
    /// Whether one of the names is this host's. A list that is damaged, wherever it is, has no names.
    /// </summary>
    internal static bool Has(ReadOnlySpan<byte> extension, in HostName host)
    {
        DerReader whole = new(extension);
        if (!whole.TryRead(out byte kind, out ReadOnlySpan<byte> list) || kind != Sequence || !whole.IsAtEnd)
            return false;

        bool isFound = false;
        DerReader names = new(list);
        while (!names.IsAtEnd)
        {
            if (!names.TryRead(out byte tag, out ReadOnlySpan<byte> name))
                return false;

            isFound |= tag switch
            {
                DnsName => host.IsNamedBy(name),
                IpAddress => host.IsAt(name),
                _ => false,
            };
        }

        return isFound;
    }
}
