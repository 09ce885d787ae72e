// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Certificates whose private key a handler has.</summary>
internal static unsafe class OpenSslRemoteKey
{
    private static nint s_once;
    private static bool s_isLoaded;

    /// <summary>Gives the SSL_CTX the certificate and a key that asks. AWS_OP_ERR with the last error set.</summary>
    internal static int Use(void* sslContext, aws_tls_ctx_options* options, bool isServer, aws_allocator* allocator)
    {
        OnceFlag.Call(OnceFlag.Of(ref s_once), &Load, null);
        if (!s_isLoaded)
            return OpenSslErrors.RaiseContextError("this OpenSSL cannot use keys of others"u8);
        if (OpenSslCredentials.UseCertificate(sslContext, &options->certificate, allocator) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        void* publicKey = LibCrypto.X509_get0_pubkey(LibSsl.SSL_CTX_get0_certificate(sslContext));
        if (publicKey == null)
            return OpenSslErrors.RaiseContextError("the certificate's key cannot be used"u8);

        byte* type = LibCrypto.EVP_PKEY_get0_type_name(publicKey);
        if (Restrict(sslContext, options, isServer, type) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        void* key = Shim.reseau_openssl_key_new(publicKey, type);
        bool isUsed = key != null && LibSsl.SSL_CTX_use_PrivateKey(sslContext, key) == 1;
        LibCrypto.EVP_PKEY_free(key);
        return isUsed ? AWS_OP_SUCCESS : OpenSslErrors.RaiseContextError("the certificate's key cannot be used"u8);
    }

    /// <summary>Leaves out what the handler could not sign. TLS 1.3 signs with RSA keys by PSS only.</summary>
    private static int Restrict(void* sslContext, aws_tls_ctx_options* options, bool isServer, byte* type)
    {
        bool signsPss = CustomKeyOperationHandler.SignsPss(options->custom_key_op_handler) ||
            options->minimum_tls_version == AWS_IO_TLSv1_3;
        if (Is(type, "EC"u8) || (signsPss && (Is(type, "RSA"u8) || Is(type, "RSA-PSS"u8))))
            return AWS_OP_SUCCESS;

        if (!Is(type, "RSA"u8))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: a handler cannot sign for certificates with keys of type {type}");
            return Errors.Raise(AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED);
        }

        LibSsl.SSL_CTX_ctrl(sslContext, LibSsl.SSL_CTRL_SET_MAX_PROTO_VERSION, LibSsl.TLS1_2_VERSION, null);
        int list = isServer ? LibSsl.SSL_CTRL_SET_SIGALGS_LIST : LibSsl.SSL_CTRL_SET_CLIENT_SIGALGS_LIST;
        byte* algorithms = Literal.Of("RSA+SHA256:RSA+SHA384:RSA+SHA512:RSA+SHA224:RSA+SHA1"u8);
        return LibSsl.SSL_CTX_ctrl(sslContext, list, 0, algorithms) == 1
            ? AWS_OP_SUCCESS
            : OpenSslErrors.RaiseContextError("the signature algorithms cannot be used"u8);
    }

    private static bool Is(byte* type, ReadOnlySpan<byte> name)
    {
        aws_byte_cursor cursor = ByteCursor.FromLiteral(name);
        return type != null && ByteCursor.EqCStr(&cursor, type);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Load(void* argument) =>
        s_isLoaded = Shim.reseau_openssl_keys_load(OpenSslLibrary.Libcrypto);
}
