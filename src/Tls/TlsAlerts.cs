// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Tls;

/// <summary>Alerts by their numbers of RFC 8446, section 6, as errors, and errors as alerts.</summary>
internal static class TlsAlerts
{
    internal const byte RecordType = 21;
    internal const byte CloseNotify = 0;
    internal const byte BadCertificate = 42;
    internal const byte CertificateRevoked = 44;
    internal const byte CertificateExpired = 45;
    internal const byte CertificateUnknown = 46;
    internal const byte UnknownCa = 48;
    internal const byte InternalError = 80;
    internal const byte CertificateRequired = 116;

    /// <summary>A fatal alert in the handshake. One that says no more than "no" is a failed negotiation.</summary>
    internal static int ErrorOf(int alert) => alert switch
    {
        BadCertificate or 43 => AWS_IO_TLS_BAD_PEER_CERTIFICATE,
        CertificateRevoked => AWS_IO_TLS_PEER_CERTIFICATE_REVOKED,
        CertificateExpired => AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED,
        CertificateUnknown or UnknownCa => AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN,
        InternalError => AWS_IO_TLS_INTERNAL_ERROR,
        _ => AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE,
    };

    /// <summary>
    /// The same on an open connection: in TLS 1.3 a server may refuse the client's certificate after the client thinks
    /// that all is well.
    /// </summary>
    internal static int ErrorWhenOpen(int alert)
    {
        int code = ErrorOf(alert);
        return code == AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE ? AWS_IO_TLS_ERROR_ALERT_RECEIVED : code;
    }

    /// <summary>The alert for a peer whose certificate was refused for this reason.</summary>
    internal static byte OfVerification(int error) => error switch
    {
        AWS_IO_TLS_CERTIFICATE_EXPIRED => CertificateExpired,
        AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID or
        AWS_IO_TLS_HOST_NAME_MISMATCH or
        AWS_IO_TLS_BAD_CERTIFICATE => BadCertificate,
        AWS_IO_TLS_PEER_CERTIFICATE_REVOKED => CertificateRevoked,
        AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE or AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND => UnknownCa,
        _ => CertificateUnknown,
    };
}
