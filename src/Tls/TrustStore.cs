// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>Where the system keeps the certificates that it trusts. Any thread.</summary>
internal static unsafe class TrustStore
{
    /// <summary>The first of the usual directories that exists; NULL if none does.</summary>
    internal static byte* DetermineDefaultPkiDir() =>
        FirstExisting(
            "/etc/ssl/certs"u8, // Debian, OpenBSD
            "/etc/pki/tls/certs"u8, // Red Hat
            "/system/etc/security/cacerts"u8, // Android
            "/usr/local/share/certs"u8, // FreeBSD
            "/etc/openssl/certs"u8, // NetBSD
            default);

    /// <summary>The first of the usual files that exists; NULL if none does.</summary>
    internal static byte* DetermineDefaultPkiCaFile() =>
        FirstExisting(
            "/etc/ssl/certs/ca-certificates.crt"u8, // Debian
            "/etc/pki/tls/certs/ca-bundle.crt"u8, // older Red Hat
            "/etc/ssl/ca-bundle.pem"u8, // SUSE
            "/etc/pki/tls/cacert.pem"u8, // OpenELEC
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"u8, // Red Hat
            "/etc/ssl/cert.pem"u8); // OpenBSD

    private static byte* FirstExisting(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> third,
        ReadOnlySpan<byte> fourth,
        ReadOnlySpan<byte> fifth,
        ReadOnlySpan<byte> sixth)
    {
        byte* path;
        return (path = IfExists(first)) != null || (path = IfExists(second)) != null ||
            (path = IfExists(third)) != null || (path = IfExists(fourth)) != null ||
            (path = IfExists(fifth)) != null || (path = IfExists(sixth)) != null
            ? path
            : null;
    }

    private static byte* IfExists(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
            return null;

        byte* text = Literal.Of(path);
        return Platform.Files.StatusOf(text, out _) == 0 ? text : null;
    }
}
