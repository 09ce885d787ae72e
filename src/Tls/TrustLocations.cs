// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Where the certificates are that are trusted when a program names none: the system's places, unless the environment
/// names others. Either may be NULL. The texts are good until the environment is changed.
/// </summary>
internal unsafe struct TrustLocations
{
    /// <summary>A PEM file.</summary>
    internal byte* File;

    /// <summary>Directories, separated by colons, whose files are named by the hashes of their subjects.</summary>
    internal byte* Directories;

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

    private static bool IsDirectory(byte* path) =>
        Platform.Files.StatusOf(path, out Platform.Files.Status status) == 0 &&
        status.Type == (int)AWS_FILE_TYPE_DIRECTORY;
}
