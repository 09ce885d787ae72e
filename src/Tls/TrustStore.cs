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
        // A path without a drive would be one that anybody may make, on whatever drive is the current one.
        if (path.IsEmpty || OperatingSystem.IsWindows())
            return null;

        byte* text = Literal.Of(path);
        return Platform.Files.StatusOf(text, out _) == 0 ? text : null;
    }
}

/// <summary>
/// Where the certificates are that are trusted when a program names none: the system's places, unless the environment
/// names others. Either may be NULL. The texts are good until the environment is changed.
/// </summary>
internal unsafe struct TrustLocations
{
    /// <summary>A PEM file.</summary>
    internal byte* File;

    /// <summary>
    /// Directories, separated by colons (on Windows by semicolons), whose files are named by the hashes of their
    /// subjects.
    /// </summary>
    internal byte* Directories;

    internal readonly bool AreNone => File == null && Directories == null;

    /// <summary>
    /// AWS_CA_BUNDLE, a file or a directory, takes the place of all else, as in the AWS tools. SSL_CERT_FILE and
    /// SSL_CERT_DIR take the place of the system's file and directory each, as in OpenSSL.
    /// </summary>
    internal static TrustLocations OfSystem()
    {
        byte* bundle = EnvironmentVariables.Trusted(Literal.Of("AWS_CA_BUNDLE"u8));
        if (bundle != null)
            return IsDirectory(bundle) ? new() { Directories = bundle } : new() { File = bundle };

        byte* file = EnvironmentVariables.Trusted(Literal.Of("SSL_CERT_FILE"u8));
        byte* directories = EnvironmentVariables.Trusted(Literal.Of("SSL_CERT_DIR"u8));
        return new()
        {
            File = file != null ? file : TrustStore.DetermineDefaultPkiCaFile(),
            Directories = directories != null ? directories : TrustStore.DetermineDefaultPkiDir(),
        };
    }

    /// <summary>Takes the first of some directories off a list; empty ones are passed over. False at the end.</summary>
    internal static bool TryTakeDirectory(ref aws_byte_cursor rest, out aws_byte_cursor directory)
    {
        directory = default;
        while (directory.len == 0 && rest.len > 0)
        {
            byte separator = OperatingSystem.IsWindows() ? (byte)';' : (byte)':';
            int end = new ReadOnlySpan<byte>(rest.ptr, (int)rest.len).IndexOf(separator);
            nuint length = end < 0 ? rest.len : (nuint)end;
            nuint taken = end < 0 ? rest.len : length + 1;
            directory = new aws_byte_cursor { ptr = rest.ptr, len = length };
            rest = new aws_byte_cursor { ptr = rest.ptr + taken, len = rest.len - taken };
        }

        return directory.len > 0;
    }

    private static bool IsDirectory(byte* path) =>
        Platform.Files.StatusOf(path, out Platform.Files.Status status) == 0 &&
        status.Type == (int)AWS_FILE_TYPE_DIRECTORY;
}
