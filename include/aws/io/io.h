/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_IO_H
#define AWS_IO_IO_H

/*
 * What every other header of aws/io stands on: errors, handles, messages, start and end of the library.
 *
 * Each function and callback names the threads it belongs to, in these words:
 *
 *   Thread-safe: any thread.        May be called at any time, from several threads at once.
 *   One thread at a time.           Any thread, but two calls for the same object must not overlap.
 *   Event-loop thread only.         Only on the thread of the event loop that the object is assigned to.
 *   Not on an event-loop thread.    Waits for event-loop threads and would wait for itself.
 *
 * Functions that can fail return AWS_OP_ERR or NULL and leave the reason in aws_last_error(). A NULL argument, where
 * NULL is not said to be allowed, gives AWS_ERROR_INVALID_ARGUMENT and changes nothing; functions that return nothing
 * then do nothing. Running out of memory ends the process. Unless stated otherwise a failed call takes ownership of
 * nothing and calls no callback, and options may be thrown away as soon as the call returns.
 *
 * Times in nanoseconds are read from the clock of the event loop, which has no fixed zero.
 */

#include <aws/io/exports.h>

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>
#include <aws/common/linked_list.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** The package id of this library: its error codes and log subjects begin with 1024. */
#define AWS_C_IO_PACKAGE_ID 1

struct aws_channel;
struct aws_io_handle;
struct aws_io_message;

AWS_EXTERN_C_BEGIN

/**
 * Sets the queue that serves a handle. Used by platforms whose event loop is a system queue.
 * Called on the thread that subscribes the handle, once for each subscription.
 */
typedef void(aws_io_set_queue_on_handle_fn)(struct aws_io_handle *handle, void *queue);

/**
 * A file descriptor or system handle, as event loops see it. The handle belongs to the code that opened it; an event
 * loop only watches it.
 */
struct aws_io_handle {
    /** Which of the two it is depends on the kind of event loop. */
    union {
        /** POSIX file descriptor. */
        int fd;
        /** Windows handle, or connection object of Apple's Network framework. */
        void *handle;
    } data;
    /** Belongs to the event loop while the handle is subscribed; NULL otherwise. Users leave it alone. */
    void *additional_data;
    /** Optional, see aws_io_set_queue_on_handle_fn. */
    aws_io_set_queue_on_handle_fn *set_queue;
};

/** Kinds of message that travel in a channel. */
enum aws_io_message_type {
    /** Bytes. */
    AWS_IO_MESSAGE_APPLICATION_DATA,
};

/**
 * Reports what became of a message that was sent in the write direction.
 *
 * Called on the event-loop thread, exactly once for each message that a handler accepted: with 0 once every byte has
 * been handed to the operating system, else with the reason. May send further messages and may shut the channel down.
 * Must not keep or release the message: it is released after the callback returns.
 */
typedef void(aws_channel_on_message_write_completed_fn)(
    struct aws_channel *channel, struct aws_io_message *message, int err_code, void *user_data);

/**
 * A piece of data on its way through a channel. It comes from aws_channel_acquire_message_from_pool() and has one
 * owner at a time, see aws_channel_slot_send_message(). The owner releases it by aws_mem_release(message->allocator,
 * message).
 */
struct aws_io_message {
    /** Where the message goes back to. */
    struct aws_allocator *allocator;
    /** The bytes. The buffer's memory is part of the message. */
    struct aws_byte_buf message_data;
    enum aws_io_message_type message_type;
    /** Free for handlers to distinguish messages; 0 in a fresh message. */
    int message_tag;
    /** Free for handlers to remember how much of the data they have consumed; 0 in a fresh message. */
    size_t copy_mark;
    /** The channel that the message was acquired from. */
    struct aws_channel *owning_channel;
    /** Optional. For messages in the write direction. */
    aws_channel_on_message_write_completed_fn *on_completion;
    /** Given to `on_completion`. */
    void *user_data;
    /** Lets the present owner keep the message in a list. */
    struct aws_linked_list_node queueing_handle;
};

/**
 * Reads a clock: stores nanoseconds in `*timestamp` and returns AWS_OP_SUCCESS, or raises an error and returns
 * AWS_OP_ERR.
 * Called on any thread, often; must be quick and must not call back into the library.
 */
typedef int(aws_io_clock_fn)(uint64_t *timestamp);

/** Error codes of this library. They are registered by aws_io_library_init(). */
enum aws_io_errors {
    /** The handler takes no messages in this direction. */
    AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT = AWS_ERROR_ENUM_BEGIN_RANGE(AWS_C_IO_PACKAGE_ID),
    /** The message has a type that its receiver does not know. */
    AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE,
    /** The message is larger than the read window of the next slot. */
    AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW,
    /** The socket already has an event loop. */
    AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED,
    /** The event loop ended before the operation did. */
    AWS_IO_EVENT_LOOP_SHUTDOWN,
    /** The handshake failed, and nothing more exact is known. */
    AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE,
    /** Data was written before the handshake was done. */
    AWS_IO_TLS_ERROR_NOT_NEGOTIATED,
    /** Data could not be encrypted. */
    AWS_IO_TLS_ERROR_WRITE_FAILURE,
    /** The peer ended the connection with a TLS alert. */
    AWS_IO_TLS_ERROR_ALERT_RECEIVED,
    /** The TLS context or connection could not be set up from its options. */
    AWS_IO_TLS_CTX_ERROR,
    /** The TLS library cannot do the minimum version asked for. */
    AWS_IO_TLS_VERSION_UNSUPPORTED,
    /** The TLS library cannot do the cipher preference asked for. */
    AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED,
    /** The ALPN handler received data before the negotiated protocol. */
    AWS_IO_MISSING_ALPN_MESSAGE,
    /** There is no handler for the negotiated protocol. */
    AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE,
    /** The content of a file is not what was expected. */
    AWS_IO_FILE_VALIDATION_FAILURE,
    /** The call belongs on the thread of the event loop. */
    AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY,
    /** There is a subscription already. */
    AWS_ERROR_IO_ALREADY_SUBSCRIBED,
    /** There is no subscription to end. */
    AWS_ERROR_IO_NOT_SUBSCRIBED,
    /** The operation was cancelled before it finished. */
    AWS_ERROR_IO_OPERATION_CANCELLED,
    /** No data now; a readable event will come. */
    AWS_IO_READ_WOULD_BLOCK,
    /** The other end of the pipe, or this end itself, is closed. */
    AWS_IO_BROKEN_PIPE,
    /** The system has no sockets of this domain. */
    AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY,
    /** The operation does not apply to this type of socket. */
    AWS_IO_SOCKET_INVALID_OPERATION_FOR_TYPE,
    /** There is no listener at the address. */
    AWS_IO_SOCKET_CONNECTION_REFUSED,
    /** The connection was not made in time, or an established one went silent. */
    AWS_IO_SOCKET_TIMEOUT,
    /** No route leads to the address. */
    AWS_IO_SOCKET_NO_ROUTE_TO_HOST,
    /** The network is down. */
    AWS_IO_SOCKET_NETWORK_DOWN,
    /** The connection is closed, by either side. */
    AWS_IO_SOCKET_CLOSED,
    /** The socket is not connected, or not in this direction. */
    AWS_IO_SOCKET_NOT_CONNECTED,
    /** The options do not fit the socket or the system. */
    AWS_IO_SOCKET_INVALID_OPTIONS,
    /** Another socket holds the address. */
    AWS_IO_SOCKET_ADDRESS_IN_USE,
    /** The address or port cannot be understood or used. */
    AWS_IO_SOCKET_INVALID_ADDRESS,
    /** The socket is not in a state that allows the operation. */
    AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE,
    /** The connection attempt was given up. */
    AWS_IO_SOCKET_CONNECT_ABORTED,
    /** The name server did not answer, or failed. */
    AWS_IO_DNS_QUERY_FAILED,
    /** The name does not exist. */
    AWS_IO_DNS_INVALID_NAME,
    /** The name exists but has no address. */
    AWS_IO_DNS_NO_ADDRESS_FOR_HOST,
    /** The resolver dropped the name before it was resolved. */
    AWS_IO_DNS_HOST_REMOVED_FROM_CACHE,
    /** The position lies outside the stream. */
    AWS_IO_STREAM_INVALID_SEEK_POSITION,
    /** The source of the stream failed. */
    AWS_IO_STREAM_READ_FAILED,
    /** Never raised. */
    DEPRECATED_AWS_IO_INVALID_FILE_HANDLE,
    /** The shared library could not be loaded. */
    AWS_IO_SHARED_LIBRARY_LOAD_FAILURE,
    /** The shared library has no such symbol. */
    AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE,
    /** The handshake was not done in time. */
    AWS_IO_TLS_NEGOTIATION_TIMEOUT,
    /** The peer closed the connection without a close alert. */
    AWS_IO_TLS_ALERT_NOT_GRACEFUL,
    /** The token has been used for as many retries as allowed. */
    AWS_IO_MAX_RETRIES_EXCEEDED,
    /** The retry strategy does not allow the retry. */
    AWS_IO_RETRY_PERMISSION_DENIED,
    /** The digest cannot be used with this key. */
    AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED,
    /** The signature algorithm cannot be used with this key. */
    AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED,
    /** The PKCS#11 library implements another version. */
    AWS_ERROR_PKCS11_VERSION_UNSUPPORTED,
    /** No token, or more than one, fits the search. */
    AWS_ERROR_PKCS11_TOKEN_NOT_FOUND,
    /** No private key, or more than one, fits the search. */
    AWS_ERROR_PKCS11_KEY_NOT_FOUND,
    /** The private key is neither RSA nor EC. */
    AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED,
    /** The PKCS#11 library failed with a code that is not listed below. */
    AWS_ERROR_PKCS11_UNKNOWN_CRYPTOKI_RETURN_VALUE,
    /** From here on, what a function of the PKCS#11 library returned: each name is that of the standard's code. */
    AWS_ERROR_PKCS11_CKR_CANCEL,
    AWS_ERROR_PKCS11_CKR_HOST_MEMORY,
    AWS_ERROR_PKCS11_CKR_SLOT_ID_INVALID,
    AWS_ERROR_PKCS11_CKR_GENERAL_ERROR,
    AWS_ERROR_PKCS11_CKR_FUNCTION_FAILED,
    AWS_ERROR_PKCS11_CKR_ARGUMENTS_BAD,
    AWS_ERROR_PKCS11_CKR_NO_EVENT,
    AWS_ERROR_PKCS11_CKR_NEED_TO_CREATE_THREADS,
    AWS_ERROR_PKCS11_CKR_CANT_LOCK,
    AWS_ERROR_PKCS11_CKR_ATTRIBUTE_READ_ONLY,
    AWS_ERROR_PKCS11_CKR_ATTRIBUTE_SENSITIVE,
    AWS_ERROR_PKCS11_CKR_ATTRIBUTE_TYPE_INVALID,
    AWS_ERROR_PKCS11_CKR_ATTRIBUTE_VALUE_INVALID,
    AWS_ERROR_PKCS11_CKR_ACTION_PROHIBITED,
    AWS_ERROR_PKCS11_CKR_DATA_INVALID,
    AWS_ERROR_PKCS11_CKR_DATA_LEN_RANGE,
    AWS_ERROR_PKCS11_CKR_DEVICE_ERROR,
    AWS_ERROR_PKCS11_CKR_DEVICE_MEMORY,
    AWS_ERROR_PKCS11_CKR_DEVICE_REMOVED,
    AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_INVALID,
    AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_LEN_RANGE,
    AWS_ERROR_PKCS11_CKR_FUNCTION_CANCELED,
    AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_PARALLEL,
    AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_SUPPORTED,
    AWS_ERROR_PKCS11_CKR_KEY_HANDLE_INVALID,
    AWS_ERROR_PKCS11_CKR_KEY_SIZE_RANGE,
    AWS_ERROR_PKCS11_CKR_KEY_TYPE_INCONSISTENT,
    AWS_ERROR_PKCS11_CKR_KEY_NOT_NEEDED,
    AWS_ERROR_PKCS11_CKR_KEY_CHANGED,
    AWS_ERROR_PKCS11_CKR_KEY_NEEDED,
    AWS_ERROR_PKCS11_CKR_KEY_INDIGESTIBLE,
    AWS_ERROR_PKCS11_CKR_KEY_FUNCTION_NOT_PERMITTED,
    AWS_ERROR_PKCS11_CKR_KEY_NOT_WRAPPABLE,
    AWS_ERROR_PKCS11_CKR_KEY_UNEXTRACTABLE,
    AWS_ERROR_PKCS11_CKR_MECHANISM_INVALID,
    AWS_ERROR_PKCS11_CKR_MECHANISM_PARAM_INVALID,
    AWS_ERROR_PKCS11_CKR_OBJECT_HANDLE_INVALID,
    AWS_ERROR_PKCS11_CKR_OPERATION_ACTIVE,
    AWS_ERROR_PKCS11_CKR_OPERATION_NOT_INITIALIZED,
    AWS_ERROR_PKCS11_CKR_PIN_INCORRECT,
    AWS_ERROR_PKCS11_CKR_PIN_INVALID,
    AWS_ERROR_PKCS11_CKR_PIN_LEN_RANGE,
    AWS_ERROR_PKCS11_CKR_PIN_EXPIRED,
    AWS_ERROR_PKCS11_CKR_PIN_LOCKED,
    AWS_ERROR_PKCS11_CKR_SESSION_CLOSED,
    AWS_ERROR_PKCS11_CKR_SESSION_COUNT,
    AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID,
    AWS_ERROR_PKCS11_CKR_SESSION_PARALLEL_NOT_SUPPORTED,
    AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY,
    AWS_ERROR_PKCS11_CKR_SESSION_EXISTS,
    AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY_EXISTS,
    AWS_ERROR_PKCS11_CKR_SESSION_READ_WRITE_SO_EXISTS,
    AWS_ERROR_PKCS11_CKR_SIGNATURE_INVALID,
    AWS_ERROR_PKCS11_CKR_SIGNATURE_LEN_RANGE,
    AWS_ERROR_PKCS11_CKR_TEMPLATE_INCOMPLETE,
    AWS_ERROR_PKCS11_CKR_TEMPLATE_INCONSISTENT,
    AWS_ERROR_PKCS11_CKR_TOKEN_NOT_PRESENT,
    AWS_ERROR_PKCS11_CKR_TOKEN_NOT_RECOGNIZED,
    AWS_ERROR_PKCS11_CKR_TOKEN_WRITE_PROTECTED,
    AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_HANDLE_INVALID,
    AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_SIZE_RANGE,
    AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT,
    AWS_ERROR_PKCS11_CKR_USER_ALREADY_LOGGED_IN,
    AWS_ERROR_PKCS11_CKR_USER_NOT_LOGGED_IN,
    AWS_ERROR_PKCS11_CKR_USER_PIN_NOT_INITIALIZED,
    AWS_ERROR_PKCS11_CKR_USER_TYPE_INVALID,
    AWS_ERROR_PKCS11_CKR_USER_ANOTHER_ALREADY_LOGGED_IN,
    AWS_ERROR_PKCS11_CKR_USER_TOO_MANY_TYPES,
    AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_INVALID,
    AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_LEN_RANGE,
    AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_HANDLE_INVALID,
    AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_SIZE_RANGE,
    AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_TYPE_INCONSISTENT,
    AWS_ERROR_PKCS11_CKR_RANDOM_SEED_NOT_SUPPORTED,
    AWS_ERROR_PKCS11_CKR_RANDOM_NO_RNG,
    AWS_ERROR_PKCS11_CKR_DOMAIN_PARAMS_INVALID,
    AWS_ERROR_PKCS11_CKR_CURVE_NOT_SUPPORTED,
    AWS_ERROR_PKCS11_CKR_BUFFER_TOO_SMALL,
    AWS_ERROR_PKCS11_CKR_SAVED_STATE_INVALID,
    AWS_ERROR_PKCS11_CKR_INFORMATION_SENSITIVE,
    AWS_ERROR_PKCS11_CKR_STATE_UNSAVEABLE,
    AWS_ERROR_PKCS11_CKR_CRYPTOKI_NOT_INITIALIZED,
    AWS_ERROR_PKCS11_CKR_CRYPTOKI_ALREADY_INITIALIZED,
    AWS_ERROR_PKCS11_CKR_MUTEX_BAD,
    AWS_ERROR_PKCS11_CKR_MUTEX_NOT_LOCKED,
    AWS_ERROR_PKCS11_CKR_NEW_PIN_MODE,
    AWS_ERROR_PKCS11_CKR_NEXT_OTP,
    AWS_ERROR_PKCS11_CKR_EXCEEDED_MAX_ITERATIONS,
    AWS_ERROR_PKCS11_CKR_FIPS_SELF_TEST_FAILED,
    AWS_ERROR_PKCS11_CKR_LIBRARY_LOAD_FAILED,
    AWS_ERROR_PKCS11_CKR_PIN_TOO_WEAK,
    AWS_ERROR_PKCS11_CKR_PUBLIC_KEY_INVALID,
    AWS_ERROR_PKCS11_CKR_FUNCTION_REJECTED,
    /** The event loop asked for is not in the bootstrap's group. */
    AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH,
    /** A signature could not be encoded. */
    AWS_ERROR_PKCS11_ENCODING_ERROR,
    /** The system has no trusted certificates in the usual places. */
    AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND,
    /** The source of the stream could not change its position. */
    AWS_IO_STREAM_SEEK_FAILED,
    /** The length of the stream could not be found out. */
    AWS_IO_STREAM_GET_LENGTH_FAILED,
    /** The stream can only be read forwards. */
    AWS_IO_STREAM_SEEK_UNSUPPORTED,
    /** The stream does not know its length. */
    AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED,
    /** Data could not be decrypted. */
    AWS_IO_TLS_ERROR_READ_FAILURE,
    /** The text is not PEM. */
    AWS_ERROR_PEM_MALFORMED,
    /** The operation needs an event loop and the socket has none. */
    AWS_IO_SOCKET_MISSING_EVENT_LOOP,
    /** The peer's certificate leads to a root that is not trusted. */
    AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE,
    /** The peer's certificate leads to no root. */
    AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND,
    /** A certificate of the peer has expired. */
    AWS_IO_TLS_CERTIFICATE_EXPIRED,
    /** A certificate of the peer is not valid yet. */
    AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID,
    /** A certificate of the peer is damaged or unfit. */
    AWS_IO_TLS_BAD_CERTIFICATE,
    /** The peer says that our certificate has expired. */
    AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED,
    /** The peer says that our certificate is damaged or unfit. */
    AWS_IO_TLS_BAD_PEER_CERTIFICATE,
    /** The peer says that our certificate was revoked. */
    AWS_IO_TLS_PEER_CERTIFICATE_REVOKED,
    /** The peer found our certificate unacceptable for another reason. */
    AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN,
    /** The TLS library of this side or of the peer failed. */
    AWS_IO_TLS_INTERNAL_ERROR,
    /** The peer closed the TLS connection with a close alert. */
    AWS_IO_TLS_CLOSED_GRACEFUL,
    /** The peer closed the TLS connection because of an error. */
    AWS_IO_TLS_CLOSED_ABORT,
    /** The peer's certificates do not form a valid chain. */
    AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN,
    /** The peer's certificate is for another host name. */
    AWS_IO_TLS_HOST_NAME_MISMATCH,
    /** The name server could not answer for now. */
    AWS_IO_DNS_QUERY_AGAIN,
    AWS_IO_ERROR_END_RANGE = AWS_ERROR_ENUM_END_RANGE(AWS_C_IO_PACKAGE_ID),
    /** Former name, kept for programs that use it. */
    AWS_IO_INVALID_FILE_HANDLE = AWS_ERROR_INVALID_FILE_HANDLE,
};

/**
 * Starts the library: common library, error strings, log subjects, TLS. Calls are counted: each needs one
 * aws_io_library_clean_up(). `allocator` must outlive the last of these.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_io_library_init(struct aws_allocator *allocator);

/**
 * Undoes one aws_io_library_init(); the last one ends the library. First waits until every thread that the library
 * runs on its own account has ended: all objects must have been released before, or their release must be under way.
 * Does nothing if the library is not started.
 * Thread-safe: any thread. Not on an event-loop thread.
 */
AWS_IO_API
void aws_io_library_clean_up(void);

/**
 * Ends the process with a message if the library is not started.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_io_fatal_assert_library_initialized(void);

/**
 * Whether a new attempt may succeed after this error without anything else being changed: lost, refused or timed-out
 * connections and temporary failures of name resolution.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_io_error_code_is_retryable(int error_code);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_IO_H */
