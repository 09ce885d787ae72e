// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// The settings of a context: how they begin and end. A failed init leaves nothing to clean up. One thread at a time.
/// </summary>
internal static unsafe partial class TlsContextOptions
{
    /// <summary>For clients that show no certificate.</summary>
    internal static void InitDefaultClient(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        if (options == null || allocator == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *options = default;
        options->allocator = allocator;
        options->minimum_tls_version = AWS_IO_TLS_VER_SYS_DEFAULTS;
        options->cipher_pref = AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT;
        options->verify_peer = true;
        options->max_fragment_size = *Interop.Shim.reseau_channel_max_fragment_size();
    }

    /// <summary>Frees what the options hold and zeroes them. A zeroed struct is allowed.</summary>
    internal static void CleanUp(aws_tls_ctx_options* options)
    {
        if (options == null)
            return;

        ByteBuf.CleanUp(&options->ca_file);
        ByteBuf.CleanUp(&options->certificate);
        ByteBuf.CleanUpSecure(&options->private_key);
        AwsString.Destroy(options->ca_path);
        AwsString.Destroy(options->alpn_list);
        CustomKeyOperationHandler.Release(options->custom_key_op_handler);
        *options = default;
    }

    /// <summary>For clients that show a certificate: paths of PEM files.</summary>
    internal static int InitClientMtlsFromPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_path, byte* pkey_path)
    {
        if (options == null || allocator == null || cert_path == null || pkey_path == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        InitDefaultClient(options, allocator);
        bool isRead =
            ByteBuf.InitFromFile(&options->certificate, allocator, cert_path) == AWS_OP_SUCCESS &&
            Sanitize(&options->certificate, allocator, "certificate"u8) == AWS_OP_SUCCESS &&
            ByteBuf.InitFromFile(&options->private_key, allocator, pkey_path) == AWS_OP_SUCCESS &&
            Sanitize(&options->private_key, allocator, "private key"u8) == AWS_OP_SUCCESS;
        return isRead ? AWS_OP_SUCCESS : Undo(options);
    }

    /// <summary>The same from memory; both PEM texts are copied.</summary>
    internal static int InitClientMtls(
        aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* cert, aws_byte_cursor* pkey)
    {
        if (options == null || allocator == null || cert == null || pkey == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        InitDefaultClient(options, allocator);
        bool isCopied =
            ByteBuf.InitCopyFromCursor(&options->certificate, allocator, *cert) == AWS_OP_SUCCESS &&
            Sanitize(&options->certificate, allocator, "certificate"u8) == AWS_OP_SUCCESS &&
            ByteBuf.InitCopyFromCursor(&options->private_key, allocator, *pkey) == AWS_OP_SUCCESS &&
            Sanitize(&options->private_key, allocator, "private key"u8) == AWS_OP_SUCCESS;
        return isCopied ? AWS_OP_SUCCESS : Undo(options);
    }

    /// <summary>For servers: paths of PEM files.</summary>
    internal static int InitDefaultServerFromPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_path, byte* pkey_path) =>
        MakeServer(options, InitClientMtlsFromPath(options, allocator, cert_path, pkey_path));

    /// <summary>For servers, from memory.</summary>
    internal static int InitDefaultServer(
        aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* cert, aws_byte_cursor* pkey) =>
        MakeServer(options, InitClientMtls(options, allocator, cert, pkey));

    /// <summary>For clients: a PKCS#12 file, which is turned into PEM at once.</summary>
    internal static int InitClientMtlsPkcs12FromPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* pkcs12_path, aws_byte_cursor* pkcs_pwd)
    {
        if (options == null || allocator == null || pkcs12_path == null || pkcs_pwd == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_buf content;
        if (ByteBuf.InitFromFile(&content, allocator, pkcs12_path) != AWS_OP_SUCCESS)
        {
            *options = default;
            return AWS_OP_ERR;
        }

        aws_byte_cursor cursor = ByteCursor.FromBuf(&content);
        int result = InitClientMtlsPkcs12(options, allocator, &cursor, pkcs_pwd);
        ByteBuf.CleanUpSecure(&content);
        return result;
    }

    /// <summary>The same from memory.</summary>
    internal static int InitClientMtlsPkcs12(
        aws_tls_ctx_options* options, aws_allocator* allocator, aws_byte_cursor* pkcs12, aws_byte_cursor* pkcs_pwd)
    {
        if (options == null || allocator == null || pkcs12 == null || pkcs_pwd == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        InitDefaultClient(options, allocator);
        int result = TlsEngines.Default->ImportPkcs12(
            allocator, *pkcs12, *pkcs_pwd, &options->certificate, &options->private_key);
        return result == AWS_OP_SUCCESS ? result : Undo(options);
    }

    /// <summary>For servers: a PKCS#12 file.</summary>
    internal static int InitServerPkcs12FromPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* pkcs12_path, aws_byte_cursor* pkcs_password) =>
        MakeServer(options, InitClientMtlsPkcs12FromPath(options, allocator, pkcs12_path, pkcs_password));

    /// <summary>For servers: PKCS#12 from memory.</summary>
    internal static int InitServerPkcs12(
        aws_tls_ctx_options* options,
        aws_allocator* allocator,
        aws_byte_cursor* pkcs12,
        aws_byte_cursor* pkcs_password) =>
        MakeServer(options, InitClientMtlsPkcs12(options, allocator, pkcs12, pkcs_password));

    /// <summary>
    /// Windows only, as is the next: a certificate in a store of the system, whose key is there as well. The path is
    /// not copied, and is looked up when a context is made.
    /// </summary>
    internal static int InitClientMtlsFromSystemPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_reg_path)
    {
#if RESEAU_WINDOWS
        if (options == null || allocator == null || cert_reg_path == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        InitDefaultClient(options, allocator);
        options->system_certificate_path = cert_reg_path;
        return AWS_OP_SUCCESS;
#else
        if (options != null)
            *options = default;
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: only Windows has certificates in a system store by path");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
#endif
    }

    internal static int InitDefaultServerFromSystemPath(
        aws_tls_ctx_options* options, aws_allocator* allocator, byte* cert_reg_path) =>
        MakeServer(options, InitClientMtlsFromSystemPath(options, allocator, cert_reg_path));

    /// <summary>A buffer that was set to nothing is set all the same.</summary>
    internal static bool IsSet(aws_byte_buf* buffer) => buffer != null && buffer->allocator != null;

    private static int MakeServer(aws_tls_ctx_options* options, int result)
    {
        // Servers ask for no certificate unless an option says so.
        if (result == AWS_OP_SUCCESS)
            options->verify_peer = false;
        return result;
    }

    private static int Sanitize(aws_byte_buf* pem, aws_allocator* allocator, ReadOnlySpan<byte> what)
    {
        if (Pem.SanitizePem(pem, allocator) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;

        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: no PEM was found in what was given as {Literal.Of(what)}");
        return AWS_OP_ERR;
    }

    private static int Undo(aws_tls_ctx_options* options)
    {
        int error = Errors.LastError();
        CleanUp(options);
        return Errors.Raise(error);
    }
}
