// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Bootstrap;

/// <summary>Names and descriptions of the error codes and log subjects of the I/O library.</summary>
internal static unsafe class IoErrors
{
    private static nint s_errors;
    private static nint s_subjects;

    internal static aws_error_info_list* Errors =>
        ErrorInfoList.Get(ref s_errors, AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT, "aws-c-io"u8, ErrorEntries);

    internal static aws_log_subject_info_list* LogSubjects =>
        LogSubjectInfoList.Get(ref s_subjects, AWS_LS_IO_GENERAL, SubjectEntries);

    // In the order of the codes, without a gap.
    private static ReadOnlySpan<byte> ErrorEntries =>
        "AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT\0The channel takes no more input.\0"u8 +
        "AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE\0The channel message has an unknown type.\0"u8 +
        "AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW\0The message is larger than the read window of the next handler.\0"u8 +
        "AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED\0The handle already belongs to an event loop.\0"u8 +
        "AWS_IO_EVENT_LOOP_SHUTDOWN\0The event loop has ended while something still used it.\0"u8 +
        "AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE\0The TLS handshake failed.\0"u8 +
        "AWS_IO_TLS_ERROR_NOT_NEGOTIATED\0Nothing can be sent or received before the TLS handshake is done.\0"u8 +
        "AWS_IO_TLS_ERROR_WRITE_FAILURE\0The TLS handler could not write.\0"u8 +
        "AWS_IO_TLS_ERROR_ALERT_RECEIVED\0The peer sent a fatal TLS alert.\0"u8 +
        "AWS_IO_TLS_CTX_ERROR\0The TLS context could not be made.\0"u8 +
        "AWS_IO_TLS_VERSION_UNSUPPORTED\0"u8 +
        "This TLS version is not available here; AWS_IO_TLS_VER_SYS_DEFAULTS takes the best that is.\0"u8 +
        "AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED\0"u8 +
        "This TLS cipher preference is not available here; AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT always is.\0"u8 +
        "AWS_IO_MISSING_ALPN_MESSAGE\0No ALPN message came where one had to.\0"u8 +
        "AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE\0No handler was made for the protocol that ALPN agreed on.\0"u8 +
        "AWS_IO_FILE_VALIDATION_FAILURE\0The file does not hold what was expected.\0"u8 +
        "AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY\0This may only be done on the event loop's own thread.\0"u8 +
        "AWS_ERROR_IO_ALREADY_SUBSCRIBED\0There is a subscription to these events already.\0"u8 +
        "AWS_ERROR_IO_NOT_SUBSCRIBED\0There is no subscription to these events.\0"u8 +
        "AWS_ERROR_IO_OPERATION_CANCELLED\0The operation was cancelled before it was done.\0"u8 +
        "AWS_IO_READ_WOULD_BLOCK\0There is nothing to read at the moment.\0"u8 +
        "AWS_IO_BROKEN_PIPE\0The other end, or the handle itself, is closed.\0"u8 +
        "AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY\0Sockets of this address family are not supported.\0"u8 +
        "AWS_IO_SOCKET_INVALID_OPERATION_FOR_TYPE\0A socket of this type cannot do that.\0"u8 +
        "AWS_IO_SOCKET_CONNECTION_REFUSED\0The peer refused the connection.\0"u8 +
        "AWS_IO_SOCKET_TIMEOUT\0The socket operation took too long.\0"u8 +
        "AWS_IO_SOCKET_NO_ROUTE_TO_HOST\0There is no route to the peer.\0"u8 +
        "AWS_IO_SOCKET_NETWORK_DOWN\0The network is not up.\0"u8 +
        "AWS_IO_SOCKET_CLOSED\0The socket has been closed.\0"u8 +
        "AWS_IO_SOCKET_NOT_CONNECTED\0The socket has no connection.\0"u8 +
        "AWS_IO_SOCKET_INVALID_OPTIONS\0The socket options contradict each other or are not supported.\0"u8 +
        "AWS_IO_SOCKET_ADDRESS_IN_USE\0Another socket uses this address.\0"u8 +
        "AWS_IO_SOCKET_INVALID_ADDRESS\0The address is not valid for this socket.\0"u8 +
        "AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE\0The socket cannot do that in its present state.\0"u8 +
        "AWS_IO_SOCKET_CONNECT_ABORTED\0The peer gave up the connection before it was accepted.\0"u8 +
        "AWS_IO_DNS_QUERY_FAILED\0The name service failed for good.\0"u8 +
        "AWS_IO_DNS_INVALID_NAME\0The name service does not accept this host name.\0"u8 +
        "AWS_IO_DNS_NO_ADDRESS_FOR_HOST\0The host name has no address.\0"u8 +
        "AWS_IO_DNS_HOST_REMOVED_FROM_CACHE\0The host name was purged from the resolver's cache.\0"u8 +
        "AWS_IO_STREAM_INVALID_SEEK_POSITION\0The position lies outside the stream.\0"u8 +
        "AWS_IO_STREAM_READ_FAILED\0The stream's source could not be read.\0"u8 +
        "DEPRECATED_AWS_IO_INVALID_FILE_HANDLE\0The file handle is not valid.\0"u8 +
        "AWS_IO_SHARED_LIBRARY_LOAD_FAILURE\0The shared library could not be loaded.\0"u8 +
        "AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE\0The shared library has no such symbol.\0"u8 +
        "AWS_IO_TLS_NEGOTIATION_TIMEOUT\0The TLS handshake took too long.\0"u8 +
        "AWS_IO_TLS_ALERT_NOT_GRACEFUL\0A TLS alert other than close-notify ended the connection.\0"u8 +
        "AWS_IO_MAX_RETRIES_EXCEEDED\0All retries have been used up.\0"u8 +
        "AWS_IO_RETRY_PERMISSION_DENIED\0The retry strategy does not allow another try now.\0"u8 +
        "AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED\0This digest algorithm is not supported for TLS keys.\0"u8 +
        "AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED\0This signature algorithm is not supported for TLS keys.\0"u8 +
        "AWS_ERROR_PKCS11_VERSION_UNSUPPORTED\0The PKCS#11 library speaks another version of the interface.\0"u8 +
        "AWS_ERROR_PKCS11_TOKEN_NOT_FOUND\0Not exactly one PKCS#11 token fits what was asked for.\0"u8 +
        "AWS_ERROR_PKCS11_KEY_NOT_FOUND\0Not exactly one PKCS#11 key fits what was asked for.\0"u8 +
        "AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED\0PKCS#11 keys of this type are not supported.\0"u8 +
        "AWS_ERROR_PKCS11_UNKNOWN_CRYPTOKI_RETURN_VALUE\0"u8 +
        "The PKCS#11 library answered with a value that the standard does not name; the log has it.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_CANCEL\0The PKCS#11 library answered CKR_CANCEL.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_HOST_MEMORY\0The PKCS#11 library answered CKR_HOST_MEMORY.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SLOT_ID_INVALID\0The PKCS#11 library answered CKR_SLOT_ID_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_GENERAL_ERROR\0The PKCS#11 library answered CKR_GENERAL_ERROR.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FUNCTION_FAILED\0The PKCS#11 library answered CKR_FUNCTION_FAILED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ARGUMENTS_BAD\0The PKCS#11 library answered CKR_ARGUMENTS_BAD.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_NO_EVENT\0The PKCS#11 library answered CKR_NO_EVENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_NEED_TO_CREATE_THREADS\0The PKCS#11 library answered CKR_NEED_TO_CREATE_THREADS.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_CANT_LOCK\0The PKCS#11 library answered CKR_CANT_LOCK.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ATTRIBUTE_READ_ONLY\0The PKCS#11 library answered CKR_ATTRIBUTE_READ_ONLY.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ATTRIBUTE_SENSITIVE\0The PKCS#11 library answered CKR_ATTRIBUTE_SENSITIVE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ATTRIBUTE_TYPE_INVALID\0The PKCS#11 library answered CKR_ATTRIBUTE_TYPE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ATTRIBUTE_VALUE_INVALID\0The PKCS#11 library answered CKR_ATTRIBUTE_VALUE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ACTION_PROHIBITED\0The PKCS#11 library answered CKR_ACTION_PROHIBITED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DATA_INVALID\0The PKCS#11 library answered CKR_DATA_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DATA_LEN_RANGE\0The PKCS#11 library answered CKR_DATA_LEN_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DEVICE_ERROR\0The PKCS#11 library answered CKR_DEVICE_ERROR.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DEVICE_MEMORY\0The PKCS#11 library answered CKR_DEVICE_MEMORY.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DEVICE_REMOVED\0The PKCS#11 library answered CKR_DEVICE_REMOVED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_INVALID\0The PKCS#11 library answered CKR_ENCRYPTED_DATA_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_LEN_RANGE\0"u8 +
        "The PKCS#11 library answered CKR_ENCRYPTED_DATA_LEN_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FUNCTION_CANCELED\0The PKCS#11 library answered CKR_FUNCTION_CANCELED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_PARALLEL\0The PKCS#11 library answered CKR_FUNCTION_NOT_PARALLEL.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_SUPPORTED\0The PKCS#11 library answered CKR_FUNCTION_NOT_SUPPORTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_HANDLE_INVALID\0The PKCS#11 library answered CKR_KEY_HANDLE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_SIZE_RANGE\0The PKCS#11 library answered CKR_KEY_SIZE_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_TYPE_INCONSISTENT\0The PKCS#11 library answered CKR_KEY_TYPE_INCONSISTENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_NOT_NEEDED\0The PKCS#11 library answered CKR_KEY_NOT_NEEDED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_CHANGED\0The PKCS#11 library answered CKR_KEY_CHANGED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_NEEDED\0The PKCS#11 library answered CKR_KEY_NEEDED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_INDIGESTIBLE\0The PKCS#11 library answered CKR_KEY_INDIGESTIBLE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_FUNCTION_NOT_PERMITTED\0"u8 +
        "The PKCS#11 library answered CKR_KEY_FUNCTION_NOT_PERMITTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_NOT_WRAPPABLE\0The PKCS#11 library answered CKR_KEY_NOT_WRAPPABLE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_KEY_UNEXTRACTABLE\0The PKCS#11 library answered CKR_KEY_UNEXTRACTABLE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_MECHANISM_INVALID\0The PKCS#11 library answered CKR_MECHANISM_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_MECHANISM_PARAM_INVALID\0The PKCS#11 library answered CKR_MECHANISM_PARAM_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_OBJECT_HANDLE_INVALID\0The PKCS#11 library answered CKR_OBJECT_HANDLE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_OPERATION_ACTIVE\0The PKCS#11 library answered CKR_OPERATION_ACTIVE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_OPERATION_NOT_INITIALIZED\0"u8 +
        "The PKCS#11 library answered CKR_OPERATION_NOT_INITIALIZED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_INCORRECT\0The PKCS#11 library answered CKR_PIN_INCORRECT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_INVALID\0The PKCS#11 library answered CKR_PIN_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_LEN_RANGE\0The PKCS#11 library answered CKR_PIN_LEN_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_EXPIRED\0The PKCS#11 library answered CKR_PIN_EXPIRED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_LOCKED\0The PKCS#11 library answered CKR_PIN_LOCKED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_CLOSED\0The PKCS#11 library answered CKR_SESSION_CLOSED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_COUNT\0The PKCS#11 library answered CKR_SESSION_COUNT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID\0The PKCS#11 library answered CKR_SESSION_HANDLE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_PARALLEL_NOT_SUPPORTED\0"u8 +
        "The PKCS#11 library answered CKR_SESSION_PARALLEL_NOT_SUPPORTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY\0The PKCS#11 library answered CKR_SESSION_READ_ONLY.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_EXISTS\0The PKCS#11 library answered CKR_SESSION_EXISTS.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY_EXISTS\0"u8 +
        "The PKCS#11 library answered CKR_SESSION_READ_ONLY_EXISTS.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SESSION_READ_WRITE_SO_EXISTS\0"u8 +
        "The PKCS#11 library answered CKR_SESSION_READ_WRITE_SO_EXISTS.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SIGNATURE_INVALID\0The PKCS#11 library answered CKR_SIGNATURE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SIGNATURE_LEN_RANGE\0The PKCS#11 library answered CKR_SIGNATURE_LEN_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_TEMPLATE_INCOMPLETE\0The PKCS#11 library answered CKR_TEMPLATE_INCOMPLETE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_TEMPLATE_INCONSISTENT\0The PKCS#11 library answered CKR_TEMPLATE_INCONSISTENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_TOKEN_NOT_PRESENT\0The PKCS#11 library answered CKR_TOKEN_NOT_PRESENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_TOKEN_NOT_RECOGNIZED\0The PKCS#11 library answered CKR_TOKEN_NOT_RECOGNIZED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_TOKEN_WRITE_PROTECTED\0The PKCS#11 library answered CKR_TOKEN_WRITE_PROTECTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_HANDLE_INVALID\0"u8 +
        "The PKCS#11 library answered CKR_UNWRAPPING_KEY_HANDLE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_SIZE_RANGE\0"u8 +
        "The PKCS#11 library answered CKR_UNWRAPPING_KEY_SIZE_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT\0"u8 +
        "The PKCS#11 library answered CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_ALREADY_LOGGED_IN\0The PKCS#11 library answered CKR_USER_ALREADY_LOGGED_IN.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_NOT_LOGGED_IN\0The PKCS#11 library answered CKR_USER_NOT_LOGGED_IN.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_PIN_NOT_INITIALIZED\0"u8 +
        "The PKCS#11 library answered CKR_USER_PIN_NOT_INITIALIZED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_TYPE_INVALID\0The PKCS#11 library answered CKR_USER_TYPE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_ANOTHER_ALREADY_LOGGED_IN\0"u8 +
        "The PKCS#11 library answered CKR_USER_ANOTHER_ALREADY_LOGGED_IN.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_USER_TOO_MANY_TYPES\0The PKCS#11 library answered CKR_USER_TOO_MANY_TYPES.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_INVALID\0The PKCS#11 library answered CKR_WRAPPED_KEY_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_LEN_RANGE\0The PKCS#11 library answered CKR_WRAPPED_KEY_LEN_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_HANDLE_INVALID\0"u8 +
        "The PKCS#11 library answered CKR_WRAPPING_KEY_HANDLE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_SIZE_RANGE\0The PKCS#11 library answered CKR_WRAPPING_KEY_SIZE_RANGE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_TYPE_INCONSISTENT\0"u8 +
        "The PKCS#11 library answered CKR_WRAPPING_KEY_TYPE_INCONSISTENT.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_RANDOM_SEED_NOT_SUPPORTED\0"u8 +
        "The PKCS#11 library answered CKR_RANDOM_SEED_NOT_SUPPORTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_RANDOM_NO_RNG\0The PKCS#11 library answered CKR_RANDOM_NO_RNG.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_DOMAIN_PARAMS_INVALID\0The PKCS#11 library answered CKR_DOMAIN_PARAMS_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_CURVE_NOT_SUPPORTED\0The PKCS#11 library answered CKR_CURVE_NOT_SUPPORTED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_BUFFER_TOO_SMALL\0The PKCS#11 library answered CKR_BUFFER_TOO_SMALL.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_SAVED_STATE_INVALID\0The PKCS#11 library answered CKR_SAVED_STATE_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_INFORMATION_SENSITIVE\0The PKCS#11 library answered CKR_INFORMATION_SENSITIVE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_STATE_UNSAVEABLE\0The PKCS#11 library answered CKR_STATE_UNSAVEABLE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_CRYPTOKI_NOT_INITIALIZED\0"u8 +
        "The PKCS#11 library answered CKR_CRYPTOKI_NOT_INITIALIZED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_CRYPTOKI_ALREADY_INITIALIZED\0"u8 +
        "The PKCS#11 library answered CKR_CRYPTOKI_ALREADY_INITIALIZED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_MUTEX_BAD\0The PKCS#11 library answered CKR_MUTEX_BAD.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_MUTEX_NOT_LOCKED\0The PKCS#11 library answered CKR_MUTEX_NOT_LOCKED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_NEW_PIN_MODE\0The PKCS#11 library answered CKR_NEW_PIN_MODE.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_NEXT_OTP\0The PKCS#11 library answered CKR_NEXT_OTP.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_EXCEEDED_MAX_ITERATIONS\0The PKCS#11 library answered CKR_EXCEEDED_MAX_ITERATIONS.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FIPS_SELF_TEST_FAILED\0The PKCS#11 library answered CKR_FIPS_SELF_TEST_FAILED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_LIBRARY_LOAD_FAILED\0The PKCS#11 library answered CKR_LIBRARY_LOAD_FAILED.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PIN_TOO_WEAK\0The PKCS#11 library answered CKR_PIN_TOO_WEAK.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_PUBLIC_KEY_INVALID\0The PKCS#11 library answered CKR_PUBLIC_KEY_INVALID.\0"u8 +
        "AWS_ERROR_PKCS11_CKR_FUNCTION_REJECTED\0The PKCS#11 library answered CKR_FUNCTION_REJECTED.\0"u8 +
        "AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH\0The event loop asked for is not one of the bootstrap's group.\0"u8 +
        "AWS_ERROR_PKCS11_ENCODING_ERROR\0A structure for PKCS#11 could not be encoded as DER; the log says more.\0"u8 +
        "AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND\0"u8 +
        "No trust store was found on this system; install CA certificates or name one in the TLS options.\0"u8 +
        "AWS_IO_STREAM_SEEK_FAILED\0The stream's source could not be repositioned.\0"u8 +
        "AWS_IO_STREAM_GET_LENGTH_FAILED\0The length of the stream's source could not be found out.\0"u8 +
        "AWS_IO_STREAM_SEEK_UNSUPPORTED\0The stream's source cannot be repositioned.\0"u8 +
        "AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED\0The stream's source does not know its length.\0"u8 +
        "AWS_IO_TLS_ERROR_READ_FAILURE\0The TLS handler could not read.\0"u8 +
        "AWS_ERROR_PEM_MALFORMED\0The text is not well-formed PEM.\0"u8 +
        "AWS_IO_SOCKET_MISSING_EVENT_LOOP\0The socket needs an event loop and has none.\0"u8 +
        "AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE\0TLS: the root certificate is not a trusted one.\0"u8 +
        "AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND\0TLS: the certificate chain leads to no root certificate.\0"u8 +
        "AWS_IO_TLS_CERTIFICATE_EXPIRED\0TLS: a certificate is past its time.\0"u8 +
        "AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID\0TLS: a certificate's time has not begun.\0"u8 +
        "AWS_IO_TLS_BAD_CERTIFICATE\0TLS: a certificate is damaged or not in a known format.\0"u8 +
        "AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED\0TLS: the peer's certificate is past its time.\0"u8 +
        "AWS_IO_TLS_BAD_PEER_CERTIFICATE\0TLS: the peer's certificate is damaged or not in a known format.\0"u8 +
        "AWS_IO_TLS_PEER_CERTIFICATE_REVOKED\0TLS: the peer's certificate has been revoked.\0"u8 +
        "AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN\0TLS: the peer's certificate was refused for an unnamed reason.\0"u8 +
        "AWS_IO_TLS_INTERNAL_ERROR\0TLS: the TLS implementation failed within.\0"u8 +
        "AWS_IO_TLS_CLOSED_GRACEFUL\0TLS: the peer closed the connection in good order.\0"u8 +
        "AWS_IO_TLS_CLOSED_ABORT\0TLS: the connection was broken off.\0"u8 +
        "AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN\0TLS: the certificate chain is not valid.\0"u8 +
        "AWS_IO_TLS_HOST_NAME_MISMATCH\0TLS: the certificate is for another host name.\0"u8 +
        "AWS_IO_DNS_QUERY_AGAIN\0The name service could not answer for the moment.\0"u8;

    // In the order of the subjects, without a gap.
    private static ReadOnlySpan<byte> SubjectEntries =>
        "aws-c-io\0What belongs to no other subject of the I/O library.\0"u8 +
        "event-loop\0Event loops and their groups.\0"u8 +
        "socket\0Sockets.\0"u8 +
        "socket-handler\0The channel handler that reads and writes a socket.\0"u8 +
        "tls-handler\0TLS contexts, handshakes and records.\0"u8 +
        "alpn\0The choice of a protocol by ALPN.\0"u8 +
        "dns\0Name resolution and its cache.\0"u8 +
        "pki-utils\0Certificates and keys.\0"u8 +
        "channel\0Channels, slots and messages.\0"u8 +
        "channel-bootstrap\0Setting up channels, as client and as server.\0"u8 +
        "file-utils\0Files.\0"u8 +
        "shared-library\0Loading shared libraries.\0"u8 +
        "exp-backoff-strategy\0Retries after growing pauses.\0"u8 +
        "standard-retry-strategy\0Retries paid from a bucket of tokens.\0"u8 +
        "pkcs11\0PKCS#11 libraries, tokens and keys.\0"u8 +
        "pem\0PEM texts.\0"u8;
}
