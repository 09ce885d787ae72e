// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>What this side shows to peers: certificates and keys, from PEM into an SSL_CTX.</summary>
internal static unsafe class OpenSslCredentials
{
    /// <summary>Uses the options' certificate with their key. AWS_OP_ERR with the last error set.</summary>
    internal static int Use(void* sslContext, aws_tls_ctx_options* options, aws_allocator* allocator)
    {
        return PemCredentials.CheckText(&options->certificate, "certificate"u8) == AWS_OP_SUCCESS &&
            PemCredentials.CheckText(&options->private_key, "private key"u8) == AWS_OP_SUCCESS &&
            UseCertificate(sslContext, &options->certificate, allocator) == AWS_OP_SUCCESS
            ? UsePrivateKey(sslContext, &options->private_key, allocator)
            : AWS_OP_ERR;
    }

    /// <summary>Shows this certificate chain to peers. AWS_OP_ERR with the last error set.</summary>
    internal static int UseCertificate(void* sslContext, aws_byte_buf* pem, aws_allocator* allocator)
    {
        LibCrypto.ERR_clear_error();
        PemCertificates chain = new(ByteCursor.FromBuf(pem), allocator);
        bool hasLeaf = false;
        bool isUsed = true;
        aws_byte_buf der;
        while (isUsed && chain.TryNext(&der))
        {
            void* certificate = OpenSslTrust.Decode(&der, chain.HasTrustSettings);
            ByteBuf.CleanUp(&der);

            // One that cannot be read would be one that peers are not shown.
            isUsed = certificate != null &&
                (hasLeaf ? AddToChain(sslContext, certificate) : UseLeaf(sslContext, certificate));
            hasLeaf = true;
        }

        return isUsed && hasLeaf ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the certificate cannot be used"u8);
    }

    // Takes the certificate over, as the next does.
    private static bool UseLeaf(void* sslContext, void* certificate)
    {
        bool isUsed = LibSsl.SSL_CTX_use_certificate(sslContext, certificate) == 1;
        LibCrypto.X509_free(certificate);
        return isUsed;
    }

    private static bool AddToChain(void* sslContext, void* certificate)
    {
        if (LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_CHAIN_CERT, 0, certificate) == 1)
            return true;
        LibCrypto.X509_free(certificate);
        return false;
    }

    /// <summary>Uses the key of the certificate that was set before. AWS_OP_ERR with the last error set.</summary>
    private static int UsePrivateKey(void* sslContext, aws_byte_buf* pem, aws_allocator* allocator)
    {
        LibCrypto.ERR_clear_error();
        void* key = ReadKey(pem, allocator);
        bool isUsed = key != null && LibSsl.SSL_CTX_use_PrivateKey(sslContext, key) == 1 &&
            LibSsl.SSL_CTX_check_private_key(sslContext) == 1;
        LibCrypto.EVP_PKEY_free(key);
        return isUsed
            ? AWS_OP_SUCCESS
            : OpenSslErrors.RaiseContextError("the private key cannot be used with this certificate"u8);
    }

    private static void* ReadKey(aws_byte_buf* pem, aws_allocator* allocator)
    {
        aws_byte_buf der;
        if (!PemCredentials.TryReadKey(pem, allocator, &der))
            return null;

        byte* position = der.buffer;
        void* key = LibCrypto.d2i_AutoPrivateKey(null, &position, (c_long)der.len);
        ByteBuf.CleanUpSecure(&der);
        return key;
    }
}
