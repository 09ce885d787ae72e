// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Interop.OpenSsl;

/// <summary>What OpenSSL's headers define as macros.</summary>
internal static unsafe partial class LibSsl
{
    internal const ulong OPENSSL_INIT_NO_ATEXIT = 0x80000;
    internal const ulong OPENSSL_INIT_LOAD_CONFIG = 0x40;

    internal const int SSL_ERROR_WANT_READ = 2;
    internal const int SSL_ERROR_WANT_WRITE = 3;
    internal const int SSL_ERROR_ZERO_RETURN = 6;

    internal const int SSL_VERIFY_NONE = 0;
    internal const int SSL_VERIFY_PEER = 1;
    internal const int SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 2;

    internal const int TLS1_VERSION = 0x301;
    internal const int TLS1_1_VERSION = 0x302;
    internal const int TLS1_2_VERSION = 0x303;
    internal const int TLS1_3_VERSION = 0x304;

    internal const ulong SSL_OP_NO_TICKET = 1UL << 14;
    internal const ulong SSL_OP_NO_COMPRESSION = 1UL << 17;
    internal const ulong SSL_OP_CIPHER_SERVER_PREFERENCE = 1UL << 22;
    internal const ulong SSL_OP_NO_RENEGOTIATION = 1UL << 30;

    internal const int SSL_MODE_ENABLE_PARTIAL_WRITE = 1;
    internal const int SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 2;
    internal const int SSL_MODE_AUTO_RETRY = 4;
    internal const int SSL_MODE_RELEASE_BUFFERS = 0x10;

    internal const int SSL_SESS_CACHE_OFF = 0;
    internal const int SSL_SESS_CACHE_CLIENT = 1;
    internal const int SSL_SESS_CACHE_NO_INTERNAL = 0x300;

    internal const int SSL_TICKET_SUCCESS = 5;
    internal const int SSL_TICKET_SUCCESS_RENEW = 6;
    internal const int SSL_TICKET_RETURN_IGNORE_RENEW = 2;
    internal const int SSL_TICKET_RETURN_USE = 3;
    internal const int SSL_TICKET_RETURN_USE_RENEW = 4;

    internal const int SSL_SENT_SHUTDOWN = 1;
    internal const int SSL_RECEIVED_SHUTDOWN = 2;

    internal const int SSL_CTRL_MODE = 33;
    internal const int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    internal const int SSL_CTRL_SET_TLSEXT_SERVERNAME_CB = 53;
    internal const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    internal const int SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB = 63;
    internal const int SSL_CTRL_SET_TLSEXT_STATUS_REQ_TYPE = 65;
    internal const int SSL_CTRL_GET_TLSEXT_STATUS_REQ_OCSP_RESP = 70;
    internal const int SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP = 71;
    internal const int SSL_CTRL_CHAIN_CERT = 89;
    internal const int SSL_CTRL_SET_GROUPS_LIST = 92;
    internal const int SSL_CTRL_SET_SIGALGS_LIST = 98;
    internal const int SSL_CTRL_SET_CLIENT_SIGALGS_LIST = 102;
    internal const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    internal const int SSL_CTRL_SET_MAX_PROTO_VERSION = 124;

    internal const int TLSEXT_NAMETYPE_host_name = 0;
    internal const int TLSEXT_STATUSTYPE_ocsp = 1;
    internal const int SSL_TLSEXT_ERR_OK = 0;
    internal const int SSL_TLSEXT_ERR_NOACK = 3;

    internal const int SSL_R_CERTIFICATE_VERIFY_FAILED = 134;
    internal const int SSL_R_INVALID_STATUS_RESPONSE = 328;

    /// <summary>Reasons from here on are alerts that the peer sent: this plus the alert's number.</summary>
    internal const int SSL_AD_REASON_OFFSET = 1000;
}

/// <summary>The same for libcrypto.</summary>
internal static unsafe partial class LibCrypto
{
    internal const int ERR_LIB_PKCS12 = 35;
    internal const int ERR_LIB_SSL = 20;
    internal const int PKCS12_R_MAC_VERIFY_FAILURE = 113;

    /// <summary>Of every library's: fatal and common flags, and 256.</summary>
    internal const int ERR_R_MALLOC_FAILURE = 0xC0100;

    internal const int NID_sha1 = 64;
    internal const int NID_subject_alt_name = 85;
    internal const int NID_tlsfeature = 1020;
    internal const int NID_sha256 = 672;
    internal const int NID_sha384 = 673;
    internal const int NID_sha512 = 674;
    internal const int NID_sha224 = 675;

    internal const int RSA_PKCS1_PSS_PADDING = 6;

    internal const int BIO_TYPE_SOURCE_SINK = 0x400;
    internal const int BIO_FLAGS_RETRY_MASK = 0xF;
    internal const int BIO_FLAGS_RETRY_READ = 0x9;
    internal const int BIO_CTRL_INFO = 3;
    internal const int OPENSSL_INFO_MODULES_DIR = 1003;
    internal const int BIO_CTRL_FLUSH = 11;

    internal const uint X509_V_FLAG_CRL_CHECK = 0x4;
    internal const uint X509_V_FLAG_CRL_CHECK_ALL = 0x8;
    internal const uint X509_V_FLAG_TRUSTED_FIRST = 0x8000;
    internal const uint X509_V_FLAG_PARTIAL_CHAIN = 0x80000;
    internal const uint X509_CHECK_FLAG_NEVER_CHECK_SUBJECT = 0x20;
    internal const int X509_PURPOSE_ANY = 7;
    internal const int X509_LU_X509 = 1;

    internal const int X509_V_OK = 0;
    internal const int X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT = 2;
    internal const int X509_V_ERR_CERT_SIGNATURE_FAILURE = 7;
    internal const int X509_V_ERR_CERT_NOT_YET_VALID = 9;
    internal const int X509_V_ERR_CERT_HAS_EXPIRED = 10;
    internal const int X509_V_ERR_OUT_OF_MEM = 17;
    internal const int X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT = 18;
    internal const int X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN = 19;
    internal const int X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY = 20;
    internal const int X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE = 21;
    internal const int X509_V_ERR_CERT_REVOKED = 23;
    internal const int X509_V_ERR_HOSTNAME_MISMATCH = 62;
    internal const int X509_V_ERR_IP_ADDRESS_MISMATCH = 64;
    internal const int X509_V_ERR_OCSP_VERIFY_NEEDED = 73;

    internal const int OCSP_RESPONSE_STATUS_SUCCESSFUL = 0;
    internal const uint OCSP_PARTIAL_CHAIN = 0x1000;
    internal const int V_OCSP_CERTSTATUS_GOOD = 0;
    internal const int V_OCSP_CERTSTATUS_REVOKED = 1;

    internal static int ReasonOf(ulong error) => (error & 0x80000000) != 0 ? 0 : (int)(error & 0x7FFFFF);

    internal static int LibraryOf(ulong error) => (error & 0x80000000) != 0 ? 0 : (int)((error >> 23) & 0xFF);
}
