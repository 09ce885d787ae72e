// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Which certificates a context trusts.</summary>
internal static unsafe class OpenSslTrust
{
    /// <summary>Gives the context its store. AWS_OP_ERR with the last error set.</summary>
    internal static int Apply(void* sslContext, aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        LibCrypto.ERR_clear_error();
        bool isOverridden = options->ca_path != null || TlsContextOptions.IsSet(&options->ca_file);
        void* store = isOverridden ? NewStore(options, allocator) : OpenSslSystemTrust.Store();
        if (store == null)
            return AWS_OP_ERR;

        LibSsl.SSL_CTX_set1_cert_store(sslContext, store);
        LibCrypto.X509_STORE_free(store);

        // Whoever trusts a certificate trusts it also where it is not the root of its chain.
        LibCrypto.X509_VERIFY_PARAM_set_flags(
            LibSsl.SSL_CTX_get0_param(sslContext),
            LibCrypto.X509_V_FLAG_TRUSTED_FIRST | LibCrypto.X509_V_FLAG_PARTIAL_CHAIN);
        return AWS_OP_SUCCESS;
    }

    private static void* NewStore(aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        void* store = LibCrypto.X509_STORE_new();
        bool isFilled = store != null &&
            (options->ca_path == null || OpenSslTrustDirectory.AddTo(store, options->ca_path->bytes)) &&
            (!TlsContextOptions.IsSet(&options->ca_file) || AddText(store, &options->ca_file, allocator));
        if (isFilled)
            return store;

        LibCrypto.X509_STORE_free(store);
        OpenSslErrors.RaiseContextError("the certificates to trust cannot be used"u8);
        return null;
    }

    // All of them or none: the program named them.
    private static bool AddText(void* store, aws_byte_buf* pem, aws_allocator* allocator)
    {
        OpenSslCertificates certificates = new(ByteCursor.FromBuf(pem), allocator);
        bool isAdded = true;
        bool isEmpty = true;
        while (isAdded && certificates.TryNext(out void* certificate))
        {
            isAdded = certificate != null && LibCrypto.X509_STORE_add_cert(store, certificate) == 1;
            LibCrypto.X509_free(certificate);
            isEmpty = false;
        }

        return isAdded && !isEmpty;
    }
}
