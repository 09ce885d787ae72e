// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.Pkcs11;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>
/// What is done with a private key in a token. The output is a buffer made by the call; on failure there is none, and
/// the last error is set. A session is used by one thread at a time.
/// </summary>
internal static unsafe class Pkcs11Operations
{
    // r and s of the largest curve, and what encloses them.
    private const nuint DerRoom = 256;

    /// <summary>RSA with the padding of PKCS#1 v1.5.</summary>
    internal static int Decrypt(
        aws_pkcs11_lib* pkcs11_lib,
        nuint session_handle,
        nuint key_handle,
        nuint key_type,
        aws_byte_cursor encrypted_data,
        aws_allocator* allocator,
        aws_byte_buf* out_data)
    {
        if (pkcs11_lib == null || allocator == null || out_data == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *out_data = default;
        if (key_type != Cryptoki.CKK_RSA)
            return Errors.Raise(AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED);

        CK_FUNCTION_LIST* functions = Pkcs11Library.Of(pkcs11_lib)->Functions;
        CK_MECHANISM mechanism = new() { mechanism = Cryptoki.CKM_RSA_PKCS };
        nuint result = functions->C_DecryptInit(session_handle, &mechanism, key_handle);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(pkcs11_lib, "C_DecryptInit"u8, session_handle, result);

        result = TakeOutput(functions->C_Decrypt, session_handle, encrypted_data, allocator, out_data);
        return result == Cryptoki.CKR_OK
            ? AWS_OP_SUCCESS
            : Pkcs11Results.Raise(pkcs11_lib, "C_Decrypt"u8, session_handle, result);
    }

    /// <summary>Signs a digest in the form that TLS has: DER for ECDSA.</summary>
    internal static int Sign(
        aws_pkcs11_lib* pkcs11_lib,
        nuint session_handle,
        nuint key_handle,
        nuint key_type,
        aws_byte_cursor digest_data,
        aws_allocator* allocator,
        aws_tls_hash_algorithm digest_alg,
        aws_tls_signature_algorithm signature_alg,
        aws_byte_buf* out_signature)
    {
        if (pkcs11_lib == null || allocator == null || out_signature == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        *out_signature = default;
        switch (key_type)
        {
            case Cryptoki.CKK_RSA when signature_alg == AWS_TLS_SIGNATURE_RSA:
                return SignPkcs1(
                    pkcs11_lib, session_handle, key_handle, digest_data, allocator, digest_alg, out_signature);
            case Cryptoki.CKK_RSA when signature_alg == AWS_TLS_SIGNATURE_RSA_PSS:
                return SignPss(
                    pkcs11_lib, session_handle, key_handle, digest_data, allocator, digest_alg, out_signature);
            case Cryptoki.CKK_EC when signature_alg == AWS_TLS_SIGNATURE_ECDSA:
                return SignEcdsa(pkcs11_lib, session_handle, key_handle, digest_data, allocator, out_signature);
            case Cryptoki.CKK_RSA or Cryptoki.CKK_EC:
                Log.Write(
                    AWS_LL_ERROR,
                    AWS_LS_IO_PKCS11,
                    $"id=0x{(nint)pkcs11_lib:x} session={session_handle}: a key of type {key_type} does not sign " +
                    $"by {TlsLibrary.SignatureAlgorithmStr(signature_alg)}");
                return Errors.Raise(AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED);
            default:
                return Errors.Raise(AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED);
        }
    }

    /// <summary>What stands before a digest in a signature by PKCS#1 v1.5: which digest it is, and how long.</summary>
    internal static int GetRsaPrefix(aws_tls_hash_algorithm digest_alg, aws_byte_cursor* out_prefix)
    {
        if (out_prefix == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        // RFC 8017, section 9.2, note 1.
        ReadOnlySpan<byte> prefix = digest_alg switch
        {
            AWS_TLS_HASH_SHA1 =>
                [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14],
            AWS_TLS_HASH_SHA224 =>
                [
                    0x30, 0x2D, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                    0x65, 0x03, 0x04, 0x02, 0x04, 0x05, 0, 4, 28
                ],
            AWS_TLS_HASH_SHA256 =>
                [
                    0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                    0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0, 4, 32
                ],
            AWS_TLS_HASH_SHA384 =>
                [
                    0x30, 0x41, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                    0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0, 4, 48
                ],
            AWS_TLS_HASH_SHA512 =>
                [
                    0x30, 0x51, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                    0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0, 4, 64
                ],
            _ => [],
        };
        if (prefix.IsEmpty)
            return Errors.Raise(AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED);

        // The bytes are part of the library.
        *out_prefix = new aws_byte_cursor { ptr = Literal.Of(prefix), len = (nuint)prefix.Length };
        return AWS_OP_SUCCESS;
    }

    private static int SignPkcs1(
        aws_pkcs11_lib* library,
        nuint session,
        nuint key,
        aws_byte_cursor digest,
        aws_allocator* allocator,
        aws_tls_hash_algorithm algorithm,
        aws_byte_buf* signature)
    {
        aws_byte_cursor prefix;
        if (GetRsaPrefix(algorithm, &prefix) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        aws_byte_buf input;
        ByteBuf.Init(&input, allocator, prefix.len + digest.len);
        ByteBuf.Append(&input, &prefix);
        ByteBuf.Append(&input, &digest);
        CK_MECHANISM mechanism = new() { mechanism = Cryptoki.CKM_RSA_PKCS };
        int result = SignRaw(library, session, key, &mechanism, ByteCursor.FromBuf(&input), allocator, signature);
        ByteBuf.CleanUp(&input);
        return result;
    }

    private static int SignPss(
        aws_pkcs11_lib* library,
        nuint session,
        nuint key,
        aws_byte_cursor digest,
        aws_allocator* allocator,
        aws_tls_hash_algorithm algorithm,
        aws_byte_buf* signature)
    {
        (nuint hash, nuint mask) = algorithm switch
        {
            AWS_TLS_HASH_SHA1 => (Cryptoki.CKM_SHA_1, Cryptoki.CKG_MGF1_SHA1),
            AWS_TLS_HASH_SHA224 => (Cryptoki.CKM_SHA224, Cryptoki.CKG_MGF1_SHA224),
            AWS_TLS_HASH_SHA256 => (Cryptoki.CKM_SHA256, Cryptoki.CKG_MGF1_SHA256),
            AWS_TLS_HASH_SHA384 => (Cryptoki.CKM_SHA384, Cryptoki.CKG_MGF1_SHA384),
            AWS_TLS_HASH_SHA512 => (Cryptoki.CKM_SHA512, Cryptoki.CKG_MGF1_SHA512),
            _ => ((nuint)0, (nuint)0),
        };
        if (hash == 0)
            return Errors.Raise(AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED);

        // In TLS the salt is as long as the digest.
        CK_RSA_PKCS_PSS_PARAMS parameters = new() { hashAlg = hash, mgf = mask, sLen = digest.len };
        CK_MECHANISM mechanism = new()
        {
            mechanism = Cryptoki.CKM_RSA_PKCS_PSS,
            pParameter = &parameters,
            ulParameterLen = (nuint)sizeof(CK_RSA_PKCS_PSS_PARAMS),
        };
        return SignRaw(library, session, key, &mechanism, digest, allocator, signature);
    }

    private static int SignEcdsa(
        aws_pkcs11_lib* library,
        nuint session,
        nuint key,
        aws_byte_cursor digest,
        aws_allocator* allocator,
        aws_byte_buf* signature)
    {
        aws_byte_buf pair;
        CK_MECHANISM mechanism = new() { mechanism = Cryptoki.CKM_ECDSA };
        if (SignRaw(library, session, key, &mechanism, digest, allocator, &pair) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        int result = EncodePair(&pair, allocator, signature);
        int error = Errors.LastError();
        ByteBuf.CleanUp(&pair);
        return result == AWS_OP_SUCCESS ? result : Errors.Raise(error);
    }

    // Tokens give r and s side by side, equally long.
    private static int EncodePair(aws_byte_buf* pair, aws_allocator* allocator, aws_byte_buf* signature)
    {
        nuint half = pair->len / 2;
        if (half == 0 || pair->len % 2 != 0)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PKCS11, $"static: {pair->len} bytes are no signature by ECDSA");
            return Errors.Raise(AWS_ERROR_PKCS11_ENCODING_ERROR);
        }

        byte* room = stackalloc byte[(int)DerRoom];
        aws_byte_buf integers = ByteBuf.FromEmptyArray(room, DerRoom);
        if (Der.WriteUnsigned(&integers, new() { ptr = pair->buffer, len = half }) != AWS_OP_SUCCESS ||
            Der.WriteUnsigned(&integers, new() { ptr = pair->buffer + half, len = half }) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        ByteBuf.Init(signature, allocator, integers.len + 3);
        if (Der.WriteSequence(signature, ByteCursor.FromBuf(&integers)) == AWS_OP_SUCCESS)
            return AWS_OP_SUCCESS;
        ByteBuf.CleanUp(signature);
        return AWS_OP_ERR;
    }

    private static int SignRaw(
        aws_pkcs11_lib* library,
        nuint session,
        nuint key,
        CK_MECHANISM* mechanism,
        aws_byte_cursor input,
        aws_allocator* allocator,
        aws_byte_buf* signature)
    {
        *signature = default;
        if (Pkcs11Library.IsPastUse)
            return Errors.Raise(AWS_ERROR_PKCS11_CKR_FUNCTION_FAILED);

        CK_FUNCTION_LIST* functions = Pkcs11Library.Of(library)->Functions;
        nuint result = functions->C_SignInit(session, mechanism, key);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(library, "C_SignInit"u8, session, result);

        result = TakeOutput(functions->C_Sign, session, input, allocator, signature);
        return result == Cryptoki.CKR_OK
            ? AWS_OP_SUCCESS
            : Pkcs11Results.Raise(library, "C_Sign"u8, session, result);
    }

    /// <summary>
    /// Asks how long the output is, then for the output. On failure <paramref name="output"/> is empty.
    /// </summary>
    private static nuint TakeOutput(
        delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> function,
        nuint session,
        aws_byte_cursor input,
        aws_allocator* allocator,
        aws_byte_buf* output)
    {
        nuint length = 0;
        nuint result = function(session, input.ptr, input.len, null, &length);
        if (result != Cryptoki.CKR_OK)
            return result;

        ByteBuf.Init(output, allocator, length);
        result = function(session, input.ptr, input.len, output->buffer, &length);
        if (result == Cryptoki.CKR_OK)
            output->len = length;
        else
            ByteBuf.CleanUpSecure(output);
        return result;
    }
}
