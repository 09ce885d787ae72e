// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Certificates and keys: from PEM into an SSL_CTX, and from PKCS#12 into PEM.</summary>
internal static unsafe class OpenSslCredentials
{
    /// <summary>Shows this certificate chain to peers. AWS_OP_ERR with the last error set.</summary>
    internal static int UseCertificate(void* sslContext, aws_byte_buf* pem)
    {
        void* bio = OpenText(pem);
        if (bio == null)
            return AWS_OP_ERR;

        void* leaf = LibCrypto.PEM_read_bio_X509_AUX(bio, null, null, null);
        bool isUsed = leaf != null && LibSsl.SSL_CTX_use_certificate(sslContext, leaf) == 1;
        if (leaf != null)
            LibCrypto.X509_free(leaf);
        if (isUsed)
            isUsed = UseChain(sslContext, bio);

        LibCrypto.BIO_free(bio);
        return isUsed ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the certificate cannot be used"u8);
    }

    private static bool UseChain(void* sslContext, void* bio)
    {
        while (true)
        {
            void* certificate = LibCrypto.PEM_read_bio_X509(bio, null, null, null);
            if (certificate == null)
                break;

            // The context takes the certificate over.
            if (LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_CHAIN_CERT, 0, certificate) != 1)
            {
                LibCrypto.X509_free(certificate);
                return false;
            }
        }

        // Anything but the end of the text is a certificate that peers would not be shown.
        if (!OpenSslErrors.IsEndOfPem)
            return false;
        LibCrypto.ERR_clear_error();
        return true;
    }

    /// <summary>Uses the key of the certificate that was set before. AWS_OP_ERR with the last error set.</summary>
    internal static int UsePrivateKey(void* sslContext, aws_byte_buf* pem)
    {
        void* bio = OpenText(pem);
        if (bio == null)
            return AWS_OP_ERR;

        bool sawEncryptedKey = false;
        void* key = LibCrypto.PEM_read_bio_PrivateKey(
            bio, null, (delegate* unmanaged[Cdecl]<byte*, int, int, void*, int>)&OnPasswordWanted, &sawEncryptedKey);
        LibCrypto.BIO_free(bio);
        bool isUsed = key != null && LibSsl.SSL_CTX_use_PrivateKey(sslContext, key) == 1 &&
            LibSsl.SSL_CTX_check_private_key(sslContext) == 1;
        if (key != null)
            LibCrypto.EVP_PKEY_free(key);
        if (isUsed)
            return AWS_OP_SUCCESS;

        if (sawEncryptedKey)
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: the private key is encrypted; only keys without a password can be used");
        return OpenSslErrors.RaiseContextError("the private key cannot be used with this certificate"u8);
    }

    /// <summary>There is nobody to ask, so an encrypted key is refused.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPasswordWanted(byte* password, int size, int isForWriting, void* sawEncryptedKey)
    {
        *(bool*)sawEncryptedKey = true;
        return -1;
    }

    /// <summary>See <see cref="TlsEngine.ImportPkcs12"/>. AWS_ERROR_PLATFORM_NOT_SUPPORTED without OpenSSL.</summary>
    internal static int ImportPkcs12(
        aws_allocator* allocator,
        aws_byte_cursor pkcs12,
        aws_byte_cursor password,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        if (!OpenSslLibrary.IsAvailable)
            return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);

        LibCrypto.ERR_clear_error();
        byte* position = pkcs12.ptr;
        void* parsed = LibCrypto.d2i_PKCS12(null, &position, (nint)pkcs12.len);
        if (parsed == null)
        {
            OpenSslErrors.Log(AWS_LL_ERROR, null, "this is no PKCS#12"u8);
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        aws_string* passwordText = AwsString.NewFromCursor(allocator, &password);
        void* key = null;
        void* leaf = null;
        void* others = null;
        int opened = LibCrypto.PKCS12_parse(parsed, passwordText->bytes, &key, &leaf, &others);
        AwsString.DestroySecure(passwordText);
        LibCrypto.PKCS12_free(parsed);
        int result = opened == 1 && key != null && leaf != null
            ? WritePem(allocator, key, leaf, others, certificate, privateKey)
            : OpenSslErrors.RaiseContextError("the PKCS#12 cannot be opened, or lacks a certificate or its key"u8);

        LibCrypto.EVP_PKEY_free(key);
        LibCrypto.X509_free(leaf);
        LibCrypto.OPENSSL_sk_pop_free(others, LibCrypto.X509_free);
        return result;
    }

    private static int WritePem(
        aws_allocator* allocator,
        void* key,
        void* leaf,
        void* others,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        void* chainText = LibCrypto.BIO_new(LibCrypto.BIO_s_mem());
        void* keyText = LibCrypto.BIO_new(LibCrypto.BIO_s_mem());
        bool isWritten = chainText != null && keyText != null &&
            LibCrypto.PEM_write_bio_X509(chainText, leaf) == 1 &&
            LibCrypto.PEM_write_bio_PrivateKey(keyText, key, null, null, 0, null, null) == 1;
        int count = others == null ? 0 : LibCrypto.OPENSSL_sk_num(others);
        for (int i = 0; isWritten && i < count; i++)
            isWritten = LibCrypto.PEM_write_bio_X509(chainText, LibCrypto.OPENSSL_sk_value(others, i)) == 1;
        if (isWritten)
        {
            CopyText(allocator, chainText, certificate);
            CopyText(allocator, keyText, privateKey);
        }

        LibCrypto.BIO_free(chainText);
        LibCrypto.BIO_free(keyText);
        return isWritten ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the PKCS#12 cannot be turned into PEM"u8);
    }

    private static void CopyText(aws_allocator* allocator, void* bio, aws_byte_buf* into)
    {
        byte* text;
        nint length = LibCrypto.BIO_ctrl(bio, LibCrypto.BIO_CTRL_INFO, 0, &text);
        ByteBuf.InitCopyFromCursor(into, allocator, new aws_byte_cursor { ptr = text, len = (nuint)length });
    }

    internal static void* OpenText(aws_byte_buf* pem)
    {
        LibCrypto.ERR_clear_error();
        if (pem->len > int.MaxValue)
            return Errors.RaiseNull(AWS_IO_TLS_CTX_ERROR);

        void* bio = LibCrypto.BIO_new_mem_buf(pem->buffer, (int)pem->len);
        if (bio == null)
            OpenSslErrors.RaiseContextError("no memory for PEM"u8);
        return bio;
    }
}
