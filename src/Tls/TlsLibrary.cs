// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>What TLS can do here, and names for its numbers. Any thread.</summary>
internal static unsafe class TlsLibrary
{
    internal static bool IsAlpnAvailable() => true;

    /// <summary>Whether a context with this preference can be made.</summary>
    internal static bool IsCipherPrefSupported(aws_tls_cipher_pref cipher_pref) =>
        TlsEngines.Default->IsCipherPreferenceSupported(cipher_pref);

    internal static byte* HashAlgorithmStr(aws_tls_hash_algorithm hash) => hash switch
    {
        AWS_TLS_HASH_SHA1 => Literal.Of("SHA1"u8),
        AWS_TLS_HASH_SHA224 => Literal.Of("SHA224"u8),
        AWS_TLS_HASH_SHA256 => Literal.Of("SHA256"u8),
        AWS_TLS_HASH_SHA384 => Literal.Of("SHA384"u8),
        AWS_TLS_HASH_SHA512 => Literal.Of("SHA512"u8),
        _ => Literal.Of("<UNKNOWN HASH ALGORITHM>"u8),
    };

    internal static byte* SignatureAlgorithmStr(aws_tls_signature_algorithm signature) => signature switch
    {
        AWS_TLS_SIGNATURE_RSA => Literal.Of("RSA"u8),
        AWS_TLS_SIGNATURE_ECDSA => Literal.Of("ECDSA"u8),
        AWS_TLS_SIGNATURE_RSA_PSS => Literal.Of("RSA_PSS"u8),
        _ => Literal.Of("<UNKNOWN SIGNATURE ALGORITHM>"u8),
    };

    internal static byte* KeyOperationTypeStr(aws_tls_key_operation_type type) => type switch
    {
        AWS_TLS_KEY_OPERATION_SIGN => Literal.Of("SIGN"u8),
        AWS_TLS_KEY_OPERATION_DECRYPT => Literal.Of("DECRYPT"u8),
        _ => Literal.Of("<UNKNOWN OPERATION TYPE>"u8),
    };

    /// <summary>Whether an error comes from TLS, as opposed to the socket under it.</summary>
    internal static bool IsTlsError(int error_code) => error_code
        is AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE
        or AWS_IO_TLS_ERROR_NOT_NEGOTIATED
        or AWS_IO_TLS_ERROR_WRITE_FAILURE
        or AWS_IO_TLS_ERROR_ALERT_RECEIVED
        or AWS_IO_TLS_CTX_ERROR
        or AWS_IO_TLS_VERSION_UNSUPPORTED
        or AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED
        or AWS_IO_TLS_NEGOTIATION_TIMEOUT
        or AWS_IO_TLS_ALERT_NOT_GRACEFUL
        or AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED
        or AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED
        or AWS_IO_TLS_ERROR_READ_FAILURE
        or AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE
        or AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND
        or AWS_IO_TLS_CERTIFICATE_EXPIRED
        or AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID
        or AWS_IO_TLS_BAD_CERTIFICATE
        or AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED
        or AWS_IO_TLS_BAD_PEER_CERTIFICATE
        or AWS_IO_TLS_PEER_CERTIFICATE_REVOKED
        or AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN
        or AWS_IO_TLS_INTERNAL_ERROR
        or AWS_IO_TLS_CLOSED_GRACEFUL
        or AWS_IO_TLS_CLOSED_ABORT
        or AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN
        or AWS_IO_TLS_HOST_NAME_MISMATCH;
}
