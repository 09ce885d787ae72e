// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>Handshakes that wait for somebody else's private key.</summary>
internal unsafe partial struct OpenSslConnection
{
    /// <summary>SSL_do_handshake; false while it waits for a key.</summary>
    private static bool TryStep(OpenSslConnection* connection, out int result)
    {
        if (!connection->_context->AsksForKeyOperations)
        {
            result = LibSsl.SSL_do_handshake(connection->_ssl);
            return true;
        }

        int value = -1;
        bool hasReturned = true;
        if (connection->_handshake == null)
            connection->_handshake = Shim.reseau_handshake_new(LibSsl.SSL_do_handshake, connection->_ssl);
        if (connection->_handshake != null)
            hasReturned = Shim.reseau_handshake_step(connection->_handshake, &value);
        else
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"id=0x{(nint)connection->_ssl:x}: no memory for the handshake's stack");
        result = value;
        return hasReturned;
    }

    /// <summary>
    /// Gives the stack back. A handshake that still waits is led to its end first, for what it holds.
    /// </summary>
    private static void EndHandshake(OpenSslConnection* connection)
    {
        void* handshake = connection->_handshake;
        if (handshake == null)
            return;

        int result;
        while (Shim.reseau_handshake_request(handshake) != null)
        {
            Shim.reseau_handshake_answer(handshake, null, 0);
            Shim.reseau_handshake_step(handshake, &result);
            connection->_isLost = true;
        }

        Shim.reseau_handshake_free(handshake);
        connection->_handshake = null;
    }

    /// <summary>See <see cref="TlsEngine.KeyRequest"/>.</summary>
    internal static int KeyRequest(void* handle, TlsKeyRequest* request)
    {
        OpenSslConnection* connection = (OpenSslConnection*)handle;
        Shim.KeyRequest* wanted = Shim.reseau_handshake_request(connection->_handshake);
        *request = new TlsKeyRequest
        {
            Input = new aws_byte_cursor { ptr = wanted->Input, len = wanted->InputLength },
            Type = AWS_TLS_KEY_OPERATION_DECRYPT,
        };
        if (wanted->Operation == Shim.KeyDecrypt)
            return AWS_OP_SUCCESS;

        request->Type = AWS_TLS_KEY_OPERATION_SIGN;
        request->Signature = wanted->Padding switch
        {
            0 => AWS_TLS_SIGNATURE_ECDSA,
            LibCrypto.RSA_PKCS1_PSS_PADDING => AWS_TLS_SIGNATURE_RSA_PSS,
            _ => AWS_TLS_SIGNATURE_RSA,
        };
        request->Digest = DigestOf(wanted->Digest);
        if (request->Digest != AWS_TLS_HASH_UNKNOWN)
            return AWS_OP_SUCCESS;

        // RSA in TLS 1.0 and 1.1 signs two digests side by side, for which there is no name here.
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"id=0x{(nint)connection->_ssl:x}: OpenSSL's digest {wanted->Digest} cannot be signed by a handler");
        return Errors.Raise(AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED);
    }

    private static aws_tls_hash_algorithm DigestOf(int nid) => nid switch
    {
        LibCrypto.NID_sha1 => AWS_TLS_HASH_SHA1,
        LibCrypto.NID_sha224 => AWS_TLS_HASH_SHA224,
        LibCrypto.NID_sha256 => AWS_TLS_HASH_SHA256,
        LibCrypto.NID_sha384 => AWS_TLS_HASH_SHA384,
        LibCrypto.NID_sha512 => AWS_TLS_HASH_SHA512,
        _ => AWS_TLS_HASH_UNKNOWN,
    };

    /// <summary>See <see cref="TlsEngine.AnswerKeyRequest"/>.</summary>
    internal static bool AnswerKeyRequest(void* handle, aws_byte_cursor* output)
    {
        void* handshake = ((OpenSslConnection*)handle)->_handshake;
        return output == null
            ? Shim.reseau_handshake_answer(handshake, null, 0)
            : output->len > 0 && Shim.reseau_handshake_answer(handshake, output->ptr, output->len);
    }
}
