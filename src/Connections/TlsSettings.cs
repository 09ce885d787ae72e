// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>
/// What a program has asked for of TLS, checked and read: a context, which is shared by all who have asked for the
/// same, and what belongs to one connection. Counted.
/// </summary>
internal unsafe struct TlsSettings
{
    private const int VersionTls12 = 12;
    private const int VersionTls13 = 13;

    private ReferenceCount _references;

    /// <summary>Holds the context.</summary>
    internal aws_tls_connection_options Options;
    internal bool IsServer;

    /// <summary>Of an upgrade: called when it is done; or NULL.</summary>
    internal reseau_on_event_fn OnDone;

    /// <summary>The name was given by the program, and is not that of the call.</summary>
    internal bool HasName;

    /// <summary>
    /// Reads the files that are named. Returns 0 or an error. NULL means all defaults, which depend on the side.
    /// </summary>
    internal static int TryMake(reseau_tls_options* given, bool isServer, TlsSettings** settings)
    {
        *settings = null;
        reseau_tls_options options = default;
        if (given != null && (given->size < (nuint)sizeof(nuint) || given->size > (nuint)sizeof(reseau_tls_options)))
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (given != null)
            NativeMemory.Copy(given, &options, given->size);
        if (options.minimum_version is not (0 or VersionTls12 or VersionTls13))
            return RESEAU_ERROR_INVALID_ARGUMENT;

        aws_tls_ctx* made;
        int error = TryMakeContext(&options, isServer, &made);
        if (error != 0)
            return error;

        TlsSettings* result = Allocator.New<TlsSettings>(Allocator.Default());
        result->_references = ReferenceCount.One;
        result->IsServer = isServer;
        TlsConnectionOptions.InitFromCtx(&result->Options, made);
        TlsContext.Release(made);
        if (options.server_name != null && !TrySetName(result, options.server_name))
        {
            Release(result);
            return RESEAU_ERROR_INVALID_ARGUMENT;
        }

        result->HasName = options.server_name != null;
        *settings = result;
        return 0;
    }

    private static int TryMakeContext(reseau_tls_options* options, bool isServer, aws_tls_ctx** made)
    {
        *made = null;
        aws_tls_ctx_options context;
        int error = ReadOptions(options, isServer, &context);
        if (error != 0)
            return error;

        TlsContextExtras extras = default;
        error = TlsExtraSettings.Read(options, isServer, &extras);
        if (error == 0)
        {
            *made = TlsContexts.Get(&context, &extras, isServer);
            error = *made == null ? ErrorOfFile(extras.KeyLogError) : 0;
        }

        TlsContextExtras.CleanUp(&extras);
        TlsContextOptions.CleanUp(&context);
        return error;
    }

    /// <summary>A server's context with another certificate, and the rest as it is; or an error.</summary>
    internal static int TryMakeOther(
        reseau_tls_options* options, reseau_tls_certificate* certificate, aws_tls_ctx** made)
    {
        reseau_tls_options other = *options;
        other.certificate_file = certificate->certificate_file;
        other.certificate_pem = certificate->certificate_pem;
        other.certificate_pem_length = certificate->certificate_pem_length;
        other.key_file = certificate->key_file;
        other.key_pem = certificate->key_pem;
        other.key_pem_length = certificate->key_pem_length;
        other.staple_file = certificate->staple_file;
        other.pkcs11_library = null;
        other.pkcs11_pin = null;
        other.pkcs11_token = null;
        other.pkcs11_key = null;
        other.certificates = null;
        other.certificate_count = 0;
        return TryMakeContext(&other, isServer: true, made);
    }

    internal static void Acquire(TlsSettings* settings) => settings->_references.Acquire();

    /// <summary>NULL is allowed.</summary>
    internal static void Release(TlsSettings* settings)
    {
        if (settings == null || !settings->_references.Release())
            return;

        TlsConnectionOptions.CleanUp(&settings->Options);
        Allocator.Release(Allocator.Default(), settings);
    }

    /// <summary>The host of the call is the name to ask for, unless the program has given one.</summary>
    internal static bool TrySetDefaultName(TlsSettings* settings, byte* host) =>
        settings->HasName || TrySetName(settings, host);

    private static bool TrySetName(TlsSettings* settings, byte* name)
    {
        aws_byte_cursor cursor = ByteCursor.FromCStr(name);
        return TlsConnectionOptions.SetServerName(&settings->Options, Allocator.Default(), &cursor) == AWS_OP_SUCCESS;
    }

    private static int ReadOptions(reseau_tls_options* given, bool isServer, aws_tls_ctx_options* options)
    {
        int error = ReadCertificate(given, isServer, options);
        if (error != 0)
            return error;

        error = ReadTrust(given, options);
        if (error == 0 && given->alpn != null && TlsContextOptions.SetAlpnList(options, given->alpn) != AWS_OP_SUCCESS)
            error = RESEAU_ERROR_TLS_OPTIONS;
        if (error != 0)
        {
            TlsContextOptions.CleanUp(options);
            return error;
        }

        options->minimum_tls_version =
            given->minimum_version == VersionTls13 ? AWS_IO_TLSv1_3 : AWS_IO_TLSv1_2;
        TlsContextOptions.SetVerifyPeer(options, isServer ? given->client_certificates != 0 : given->insecure == 0);
        if (given->insecure != 0 && !isServer)
            Log.Write(AWS_LL_WARN, AWS_LS_IO_TLS, $"static: certificates are not verified, as a program has asked");
        return 0;
    }

    // A server needs one. A certificate in a file and a key in memory, or the reverse, are fine too.
    private static int ReadCertificate(reseau_tls_options* given, bool isServer, aws_tls_ctx_options* options)
    {
        bool hasCertificate = given->certificate_file != null || given->certificate_pem != null;
        bool hasKey = given->key_file != null || given->key_pem != null;
        if (given->pkcs11_library != null)
            return hasCertificate && !hasKey ? TlsTokens.Read(given, options) : RESEAU_ERROR_TLS_OPTIONS;
        if (given->pkcs11_pin != null || given->pkcs11_token != null || given->pkcs11_key != null)
            return RESEAU_ERROR_TLS_OPTIONS;
        if (hasCertificate != hasKey || (isServer && !hasCertificate))
            return RESEAU_ERROR_TLS_OPTIONS;

        if (!hasCertificate)
        {
            TlsContextOptions.InitDefaultClient(options, Allocator.Default());
            return 0;
        }

        aws_byte_buf certificate, key;
        int error = ReadPem(
            given->certificate_file, given->certificate_pem, given->certificate_pem_length, &certificate);
        if (error != 0)
            return error;

        error = ReadPem(given->key_file, given->key_pem, given->key_pem_length, &key);
        if (error == 0)
        {
            aws_byte_cursor certificateText = ByteCursor.FromBuf(&certificate);
            aws_byte_cursor keyText = ByteCursor.FromBuf(&key);
            if (TlsContextOptions.InitClientMtls(
                options, Allocator.Default(), &certificateText, &keyText) != AWS_OP_SUCCESS)
            {
                error = RESEAU_ERROR_TLS_OPTIONS;
            }

            ByteBuf.CleanUpSecure(&key);
        }

        ByteBuf.CleanUp(&certificate);
        return error;
    }

    private static int ReadTrust(reseau_tls_options* given, aws_tls_ctx_options* options)
    {
        if (given->ca_file != null && given->ca_pem != null)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        if (given->ca_pem != null)
        {
            aws_byte_cursor text = new()
            {
                ptr = given->ca_pem,
                len = given->ca_pem_length != 0 ? given->ca_pem_length : ByteCursor.FromCStr(given->ca_pem).len,
            };
            if (TlsContextOptions.OverrideDefaultTrustStore(options, &text) != AWS_OP_SUCCESS)
                return RESEAU_ERROR_TLS_OPTIONS;
        }

        if (given->ca_file == null && given->ca_directory == null)
            return 0;
        return TlsContextOptions.OverrideDefaultTrustStoreFromPath(
            options, given->ca_directory, given->ca_file) == AWS_OP_SUCCESS
            ? 0
            : ErrorOfFile();
    }

    /// <summary>A file or a text, as a buffer that the caller cleans up; or an error.</summary>
    internal static int ReadPem(byte* path, byte* text, nuint length, aws_byte_buf* content)
    {
        if (path != null && text != null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        if (path != null)
            return ByteBuf.InitFromFile(content, Allocator.Default(), path) == AWS_OP_SUCCESS ? 0 : ErrorOfFile();

        aws_byte_cursor cursor = new() { ptr = text, len = length != 0 ? length : ByteCursor.FromCStr(text).len };
        ByteBuf.InitCopyFromCursor(content, Allocator.Default(), cursor);
        return 0;
    }

    /// <summary>For a file that could not be read: the last error says why.</summary>
    internal static int ErrorOfFile() => ErrorOfFile(Errors.LastError());

    private static int ErrorOfFile(int cause)
    {
        int error = ConnectionErrors.From(cause);
        return error is RESEAU_ERROR_NOT_FOUND or RESEAU_ERROR_ACCESS_DENIED ? error : RESEAU_ERROR_TLS_OPTIONS;
    }
}
