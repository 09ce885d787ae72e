// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Interop.SChannel;

/// <summary>Numbers of &lt;sspi.h&gt; and &lt;schannel.h&gt;.</summary>
internal static class Sspi
{
    internal const uint SECBUFFER_VERSION = 0;
    internal const uint SECBUFFER_EMPTY = 0;
    internal const uint SECBUFFER_DATA = 1;
    internal const uint SECBUFFER_TOKEN = 2;
    internal const uint SECBUFFER_MISSING = 4;
    internal const uint SECBUFFER_EXTRA = 5;
    internal const uint SECBUFFER_STREAM_TRAILER = 6;
    internal const uint SECBUFFER_STREAM_HEADER = 7;
    internal const uint SECBUFFER_ALERT = 17;
    internal const uint SECBUFFER_APPLICATION_PROTOCOLS = 18;

    internal const uint SECPKG_CRED_INBOUND = 1;
    internal const uint SECPKG_CRED_OUTBOUND = 2;

    internal const uint SECPKG_ATTR_STREAM_SIZES = 4;
    internal const uint SECPKG_ATTR_APPLICATION_PROTOCOL = 35;
    internal const uint SECPKG_ATTR_REMOTE_CERT_CONTEXT = 0x53;
    internal const uint SECPKG_ATTR_CONNECTION_INFO = 0x5A;
    internal const uint SECPKG_ATTR_SESSION_INFO = 0x5D;
    internal const uint SECPKG_ATTR_CIPHER_INFO = 0x64;

    internal const uint SSL_SESSION_RECONNECT = 1;
    internal const uint SECPKGCONTEXT_CIPHERINFO_V1 = 1;

    internal const uint SecApplicationProtocolNegotiationExt_ALPN = 2;
    internal const uint SecApplicationProtocolNegotiationStatus_Success = 1;

    internal const uint ISC_REQ_MUTUAL_AUTH = 0x2;
    internal const uint ISC_REQ_REPLAY_DETECT = 0x4;
    internal const uint ISC_REQ_SEQUENCE_DETECT = 0x8;
    internal const uint ISC_REQ_CONFIDENTIALITY = 0x10;
    internal const uint ISC_REQ_USE_SUPPLIED_CREDS = 0x80;
    internal const uint ISC_REQ_ALLOCATE_MEMORY = 0x100;
    internal const uint ISC_REQ_EXTENDED_ERROR = 0x4000;
    internal const uint ISC_REQ_STREAM = 0x8000;
    internal const uint ISC_REQ_MANUAL_CRED_VALIDATION = 0x80000;

    internal const uint ASC_REQ_MUTUAL_AUTH = 0x2;
    internal const uint ASC_REQ_REPLAY_DETECT = 0x4;
    internal const uint ASC_REQ_SEQUENCE_DETECT = 0x8;
    internal const uint ASC_REQ_CONFIDENTIALITY = 0x10;
    internal const uint ASC_REQ_ALLOCATE_MEMORY = 0x100;
    internal const uint ASC_REQ_EXTENDED_ERROR = 0x8000;
    internal const uint ASC_REQ_STREAM = 0x10000;

    internal const uint SCHANNEL_CRED_VERSION = 4;
    internal const uint SCH_CREDENTIALS_VERSION = 5;
    internal const uint SCH_CRED_NO_SYSTEM_MAPPER = 0x2;
    internal const uint SCH_CRED_MANUAL_CRED_VALIDATION = 0x8;
    internal const uint SCH_CRED_NO_DEFAULT_CREDS = 0x10;
    internal const uint SCH_CRED_DISABLE_RECONNECTS = 0x80;
    internal const uint SCH_USE_STRONG_CRYPTO = 0x400000;

    internal const uint SP_PROT_TLS1_0_SERVER = 0x40;
    internal const uint SP_PROT_TLS1_0_CLIENT = 0x80;
    internal const uint SP_PROT_TLS1_1_SERVER = 0x100;
    internal const uint SP_PROT_TLS1_1_CLIENT = 0x200;
    internal const uint SP_PROT_TLS1_2_SERVER = 0x400;
    internal const uint SP_PROT_TLS1_2_CLIENT = 0x800;
    internal const uint SP_PROT_TLS1_3_SERVER = 0x1000;
    internal const uint SP_PROT_TLS1_3_CLIENT = 0x2000;

    internal const uint SCHANNEL_SHUTDOWN = 1;
    internal const uint SCHANNEL_ALERT = 2;
    internal const uint TLS1_ALERT_WARNING = 1;
    internal const uint TLS1_ALERT_FATAL = 2;

    internal const int SEC_E_OK = 0;
    internal const int SEC_I_CONTINUE_NEEDED = 0x00090312;
    internal const int SEC_I_CONTEXT_EXPIRED = 0x00090317;
    internal const int SEC_I_INCOMPLETE_CREDENTIALS = 0x00090320;
    internal const int SEC_I_RENEGOTIATE = 0x00090321;
    internal const int SEC_E_INSUFFICIENT_MEMORY = unchecked((int)0x80090300);
    internal const int SEC_E_INTERNAL_ERROR = unchecked((int)0x80090304);
    internal const int SEC_E_LOGON_DENIED = unchecked((int)0x8009030C);
    internal const int SEC_E_NO_CREDENTIALS = unchecked((int)0x8009030E);
    internal const int SEC_E_OUT_OF_SEQUENCE = unchecked((int)0x80090310);
    internal const int SEC_E_CONTEXT_EXPIRED = unchecked((int)0x80090317);
    internal const int SEC_E_INCOMPLETE_MESSAGE = unchecked((int)0x80090318);
    internal const int SEC_E_WRONG_PRINCIPAL = unchecked((int)0x80090322);
    internal const int SEC_E_UNTRUSTED_ROOT = unchecked((int)0x80090325);
    internal const int SEC_E_ILLEGAL_MESSAGE = unchecked((int)0x80090326);
    internal const int SEC_E_CERT_UNKNOWN = unchecked((int)0x80090327);
    internal const int SEC_E_CERT_EXPIRED = unchecked((int)0x80090328);
    internal const int SEC_E_ALGORITHM_MISMATCH = unchecked((int)0x80090331);
    internal const int SEC_E_CERT_WRONG_USAGE = unchecked((int)0x80090349);
    internal const int CRYPT_E_REVOKED = unchecked((int)0x80092010);
    internal const int SEC_E_UNSUPPORTED_FUNCTION = unchecked((int)0x80090302);
}
