// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>What OpenSSL says went wrong, as log lines and as error codes of ours.</summary>
internal static unsafe class OpenSslErrors
{
    private const int DescriptionCapacity = 256;

    /// <summary>Logs everything in the thread's error queue under one heading, and empties the queue.</summary>
    internal static void Log(aws_log_level level, void* id, ReadOnlySpan<byte> what)
    {
        byte* heading = Literal.Of(what);
        byte* description = stackalloc byte[DescriptionCapacity];
        c_ulong error = LibCrypto.ERR_get_error();
        if (error == 0)
            Common.Logging.Log.Write(level, AWS_LS_IO_TLS, $"id=0x{(nint)id:x}: {heading}");
        for (; error != 0; error = LibCrypto.ERR_get_error())
        {
            LibCrypto.ERR_error_string_n(error, description, DescriptionCapacity);
            Common.Logging.Log.Write(level, AWS_LS_IO_TLS, $"id=0x{(nint)id:x}: {heading}: {description}");
        }
    }

    /// <summary>Logs as above and raises AWS_IO_TLS_CTX_ERROR, or AWS_ERROR_OOM.</summary>
    internal static int RaiseContextError(ReadOnlySpan<byte> what)
    {
        int code = UnlessOutOfMemory(AWS_IO_TLS_CTX_ERROR);
        Log(AWS_LL_ERROR, null, what);
        return Errors.Raise(code);
    }

    /// <summary>The code, unless the first thing that went wrong was that OpenSSL got no memory.</summary>
    internal static int UnlessOutOfMemory(int code) =>
        LibCrypto.ReasonOf(LibCrypto.ERR_peek_error()) == LibCrypto.ERR_R_MALLOC_FAILURE ? AWS_ERROR_OOM : code;

    /// <summary>
    /// Why a handshake failed: by the result of the verification, or by the alert that the peer sent.
    /// </summary>
    internal static int OfHandshake(void* ssl)
    {
        ulong error = LibCrypto.ERR_peek_error();
        if (IsAlert(error, out int alert))
            return TlsAlerts.ErrorOf(alert);

        bool isOfCertificate = LibCrypto.LibraryOf(error) == LibCrypto.ERR_LIB_SSL && LibCrypto.ReasonOf(error)
            is LibSsl.SSL_R_CERTIFICATE_VERIFY_FAILED or LibSsl.SSL_R_INVALID_STATUS_RESPONSE;
        return isOfCertificate
            ? OfVerification((int)LibSsl.SSL_get_verify_result(ssl))
            : UnlessOutOfMemory(AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE);
    }

    /// <summary>Why reading failed after the handshake.</summary>
    internal static int OfReading()
    {
        if (!IsAlert(LibCrypto.ERR_peek_error(), out int alert))
            return UnlessOutOfMemory(AWS_IO_TLS_ERROR_READ_FAILURE);

        return TlsAlerts.ErrorWhenOpen(alert);
    }

    /// <summary>The fatal alert that the peer sent, if that is the first error.</summary>
    internal static byte AlertOrZero() =>
        IsAlert(LibCrypto.ERR_peek_error(), out int alert) ? (byte)alert : (byte)0;

    /// <summary>Whether the error is a fatal alert that the peer sent.</summary>
    private static bool IsAlert(ulong error, out int alert)
    {
        alert = LibCrypto.ReasonOf(error) - LibSsl.SSL_AD_REASON_OFFSET;
        return LibCrypto.LibraryOf(error) == LibCrypto.ERR_LIB_SSL && alert is >= 0 and <= byte.MaxValue;
    }

    private static int OfVerification(int result) => result switch
    {
        LibCrypto.X509_V_ERR_CERT_HAS_EXPIRED => AWS_IO_TLS_CERTIFICATE_EXPIRED,
        LibCrypto.X509_V_ERR_CERT_NOT_YET_VALID => AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID,
        LibCrypto.X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT or
        LibCrypto.X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN => AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE,
        LibCrypto.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT or
        LibCrypto.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY or
        LibCrypto.X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE => AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND,
        LibCrypto.X509_V_ERR_CERT_REVOKED => AWS_IO_TLS_PEER_CERTIFICATE_REVOKED,
        LibCrypto.X509_V_ERR_HOSTNAME_MISMATCH or
        LibCrypto.X509_V_ERR_IP_ADDRESS_MISMATCH => AWS_IO_TLS_HOST_NAME_MISMATCH,
        LibCrypto.X509_V_ERR_CERT_SIGNATURE_FAILURE => AWS_IO_TLS_BAD_CERTIFICATE,
        LibCrypto.X509_V_ERR_OUT_OF_MEM => AWS_ERROR_OOM,
        LibCrypto.X509_V_OK => AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE,
        _ => AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN,
    };
}
