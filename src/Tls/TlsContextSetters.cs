// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>The setters. What they are given they copy; a value set before is replaced.</summary>
internal static unsafe partial class TlsContextOptions
{
    /// <summary>Protocols in order of preference, separated by semicolons.</summary>
    internal static int SetAlpnList(aws_tls_ctx_options* options, byte* alpn_list)
    {
        if (options == null || options->allocator == null || alpn_list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        AwsString.Destroy(options->alpn_list);
        options->alpn_list = AwsString.NewFromCStr(options->allocator, alpn_list);
        return options->alpn_list == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    /// <summary>Whether the peer must prove who it is.</summary>
    internal static void SetVerifyPeer(aws_tls_ctx_options* options, bool verify_peer)
    {
        if (IsGiven(options))
            options->verify_peer = verify_peer;
    }

    /// <summary>Whether what a server says of its certificate's revocation is not looked at.</summary>
    internal static void SetNoCertificateRevocation(aws_tls_ctx_options* options, bool no_revocation)
    {
        if (IsGiven(options))
            options->no_certificate_revocation = no_revocation;
    }

    internal static void SetTlsCipherPreference(aws_tls_ctx_options* options, aws_tls_cipher_pref cipher_pref)
    {
        if (IsGiven(options))
            options->cipher_pref = cipher_pref;
    }

    internal static void SetMinimumTlsVersion(aws_tls_ctx_options* options, aws_tls_versions minimum_tls_version)
    {
        if (IsGiven(options))
            options->minimum_tls_version = minimum_tls_version;
    }

    /// <summary>For TLS implementations of the program's own. Not copied, and not looked at here.</summary>
    internal static void SetExtensionData(aws_tls_ctx_options* options, void* extension_data)
    {
        if (IsGiven(options))
            options->ctx_options_extension = extension_data;
    }

    /// <summary>PEM text of the only certificates to trust. A second time: AWS_ERROR_INVALID_STATE.</summary>
    internal static int OverrideDefaultTrustStore(aws_tls_ctx_options* options, aws_byte_cursor* ca_file)
    {
        if (options == null || options->allocator == null || ca_file == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (IsSet(&options->ca_file))
            return RaiseSecondOverride();

        aws_byte_buf pem;
        if (ByteBuf.InitCopyFromCursor(&pem, options->allocator, *ca_file) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;
        if (Sanitize(&pem, options->allocator, "trusted certificates"u8) != AWS_OP_SUCCESS)
        {
            ByteBuf.CleanUp(&pem);
            return AWS_OP_ERR;
        }

        options->ca_file = pem;
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// The same from a file, which is read now, and from a directory, which is read while handshakes go on. Either may
    /// be NULL. On failure nothing is changed.
    /// </summary>
    internal static int OverrideDefaultTrustStoreFromPath(aws_tls_ctx_options* options, byte* ca_path, byte* ca_file)
    {
        if (options == null || options->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if ((ca_path != null && options->ca_path != null) ||
            (ca_file != null && IsSet(&options->ca_file)))
        {
            return RaiseSecondOverride();
        }

        if (ca_file != null)
        {
            aws_byte_buf pem;
            if (ByteBuf.InitFromFile(&pem, options->allocator, ca_file) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
            if (Sanitize(&pem, options->allocator, "trusted certificates"u8) != AWS_OP_SUCCESS)
            {
                ByteBuf.CleanUp(&pem);
                return AWS_OP_ERR;
            }

            options->ca_file = pem;
        }

        if (ca_path != null)
            options->ca_path = AwsString.NewFromCStr(options->allocator, ca_path);
        return AWS_OP_SUCCESS;
    }

    /// <summary>macOS only.</summary>
    internal static int SetKeychainPath(aws_tls_ctx_options* options, aws_byte_cursor* keychain_path_cursor)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: only macOS has keychains");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    /// <summary>Apple only.</summary>
    internal static int SetSecitemOptions(aws_tls_ctx_options* tls_ctx_options, aws_secitem_options* secitem_options)
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: only Apple's systems have SecItem");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    /// <summary>Frees both labels. NULL is allowed.</summary>
    internal static void CleanUpSecitemOptions(aws_secitem_options* secitem_options)
    {
        if (secitem_options == null)
            return;

        AwsString.Destroy(secitem_options->cert_label);
        AwsString.Destroy(secitem_options->key_label);
        *secitem_options = default;
    }

    private static int RaiseSecondOverride()
    {
        Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the trust store can be overridden once only");
        return Errors.Raise(AWS_ERROR_INVALID_STATE);
    }

    private static bool IsGiven(aws_tls_ctx_options* options)
    {
        if (options == null)
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        return options != null;
    }
}
