// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>What a program has asked for of TLS that aws-c-io's options do not have, checked and read.</summary>
internal static unsafe class TlsExtraSettings
{
    private const nuint MaxCertificates = 1024;

    /// <summary>
    /// Reads the files that are named. Returns 0 or an error; the extras are to be cleaned up also then.
    /// </summary>
    internal static int Read(reseau_tls_options* given, bool isServer, TlsContextExtras* extras)
    {
        extras->RequiresStaple = given->require_staple != 0;
        extras->IsResumptionOff = given->no_resumption != 0;
        bool hasServers = given->staple_file != null || given->certificate_count > 0;
        if (isServer ? given->require_staple != 0 : hasServers)
            return RESEAU_ERROR_TLS_OPTIONS;
        if (given->require_staple != 0 && given->insecure != 0)
            return RESEAU_ERROR_TLS_OPTIONS;

        // With its NUL. Two processes that append lines to one file do not mix them.
        if (given->key_log_file != null)
        {
            aws_byte_cursor path = ByteCursor.FromCStr(given->key_log_file);
            path.len++;
            ByteBuf.InitCopyFromCursor(&extras->KeyLogPath, Allocator.Default(), path);
        }

        int error = 0;
        if (given->crl_file != null || given->crl_pem != null)
            error = ReadLists(given, isServer, extras);
        if (error == 0 && given->staple_file != null)
            error = ReadFile(given->staple_file, &extras->Staple);
        return error != 0 ? error : MakeOthers(given, extras);
    }

    // Those that nobody would look at, and those of authorities that nobody has named, are mistakes.
    private static int ReadLists(reseau_tls_options* given, bool isServer, TlsContextExtras* extras)
    {
        bool isVerifying = isServer ? given->client_certificates != 0 : given->insecure == 0;
        bool hasTrust = given->ca_file != null || given->ca_directory != null || given->ca_pem != null;
        if (!isVerifying || !hasTrust)
            return RESEAU_ERROR_TLS_OPTIONS;

        int error = TlsSettings.ReadPem(
            given->crl_file, given->crl_pem, given->crl_pem_length, &extras->RevocationLists);
        return error != 0 || extras->RevocationLists.len > 0 ? error : RESEAU_ERROR_TLS_OPTIONS;
    }

    private static int ReadFile(byte* path, aws_byte_buf* content)
    {
        if (ByteBuf.InitFromFile(content, Allocator.Default(), path) != AWS_OP_SUCCESS)
        {
            *content = default;
            return TlsSettings.ErrorOfFile();
        }

        return content->len > 0 ? 0 : RESEAU_ERROR_TLS_OPTIONS;
    }

    private static int MakeOthers(reseau_tls_options* given, TlsContextExtras* extras)
    {
        if (given->certificate_count == 0)
            return 0;
        if (given->certificates == null || given->certificate_count > MaxCertificates)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        extras->Others = (aws_tls_ctx**)Allocator.Calloc(
            Allocator.Default(), given->certificate_count, (nuint)sizeof(aws_tls_ctx*));
        for (nuint i = 0; i < given->certificate_count; i++)
        {
            reseau_tls_certificate* certificate = &given->certificates[i];
            if (certificate->size != (nuint)sizeof(reseau_tls_certificate))
                return RESEAU_ERROR_INVALID_ARGUMENT;

            int error = TlsSettings.TryMakeOther(given, certificate, &extras->Others[i]);
            if (error != 0)
                return error;
            extras->OtherCount++;
        }

        return 0;
    }
}
