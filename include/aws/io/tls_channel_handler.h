/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_TLS_CHANNEL_HANDLER_H
#define AWS_IO_TLS_CHANNEL_HANDLER_H

/*
 * TLS for channels.
 *
 *   struct aws_tls_ctx_options         certificates, keys, trust, versions: filled in, then made into a
 *   struct aws_tls_ctx                 context, which many connections share; with it go the
 *   struct aws_tls_connection_options  settings of one connection: server name, protocols, callbacks
 *
 * Bootstraps take connection options and do the rest. Programs that build channels themselves use
 * aws_channel_setup_client_tls() or the functions that make handlers.
 */

#include <aws/io/io.h>

#include <aws/common/byte_buf.h>
#include <aws/common/ref_count.h>

/** `message_tag` of the message by which the slot to the right learns which protocol was negotiated. */
#define AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE 0x01

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_channel_handler;
struct aws_channel_slot;
struct aws_custom_key_op_handler;
struct aws_pkcs11_session;
struct aws_string;
struct aws_tls_ctx;
struct aws_tls_ctx_options;
struct aws_tls_key_operation;

/** Versions of the protocol, for the least that is accepted. */
enum aws_tls_versions {
    AWS_IO_SSLv3,
    AWS_IO_TLSv1,
    AWS_IO_TLSv1_1,
    AWS_IO_TLSv1_2,
    AWS_IO_TLSv1_3,
    /** 1.2. With the default cipher preference 1.1 for clients, for the sake of old servers. */
    AWS_IO_TLS_VER_SYS_DEFAULTS = 128,
};

/**
 * Sets of ciphers and key exchanges. Which of them can be used depends on the TLS library: ask
 * aws_tls_is_cipher_pref_supported(). PQ in a name stands for post-quantum key exchange; the numbers for the least
 * version of TLS and the date of the set.
 */
enum aws_tls_cipher_pref {
    /** Always supported. */
    AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT,
    /** These six are outdated and not supported any more. */
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2019_06,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_SIKE_TLSv1_0_2019_11,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2020_02,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_SIKE_TLSv1_0_2020_02,
    AWS_IO_TLS_CIPHER_PREF_KMS_PQ_TLSv1_0_2020_07,
    AWS_IO_TLS_CIPHER_PREF_PQ_TLSv1_0_2021_05,
    AWS_IO_TLS_CIPHER_PREF_PQ_TLSV1_2_2024_10,
    /** The set with post-quantum key exchange that is recommended now; may change with the library. */
    AWS_IO_TLS_CIPHER_PREF_PQ_DEFAULT,
    AWS_IO_TLS_CIPHER_PREF_TLSV1_2_2025_07,
    AWS_IO_TLS_CIPHER_PREF_TLSV1_0_2023_06,
    /** The set without post-quantum key exchange that is recommended now; may change with the library. */
    AWS_IO_TLS_CIPHER_PREF_NON_PQ_DEFAULT,
    AWS_IO_TLS_CIPHER_PREF_END_RANGE = 0xFFFF,
};

/** Digest of a signature. */
enum aws_tls_hash_algorithm {
    AWS_TLS_HASH_UNKNOWN,
    AWS_TLS_HASH_SHA1,
    AWS_TLS_HASH_SHA224,
    AWS_TLS_HASH_SHA256,
    AWS_TLS_HASH_SHA384,
    AWS_TLS_HASH_SHA512,
};

/** Algorithm of a signature. */
enum aws_tls_signature_algorithm {
    AWS_TLS_SIGNATURE_UNKNOWN,
    /** With the padding of PKCS#1 v1.5. */
    AWS_TLS_SIGNATURE_RSA,
    /** In DER. */
    AWS_TLS_SIGNATURE_ECDSA,
    /**
     * With the padding PSS, the mask and the salt's length being those of the digest. Asked of programs' handlers only
     * if their context demands TLS 1.3; aws-c-io does not have it.
     */
    AWS_TLS_SIGNATURE_RSA_PSS,
};

/** What is to be done with a private key. */
enum aws_tls_key_operation_type {
    AWS_TLS_KEY_OPERATION_UNKNOWN,
    AWS_TLS_KEY_OPERATION_SIGN,
    AWS_TLS_KEY_OPERATION_DECRYPT,
};

AWS_EXTERN_C_BEGIN

/**
 * Reports the end of the handshake: 0, or the reason why it failed; then the channel shuts down.
 * Called on the event-loop thread, at most once for each handler: never if the channel shuts down first. May send
 * messages, change the channel to the right and shut it down.
 */
typedef void(aws_tls_on_negotiation_result_fn)(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, int error_code, void *user_data);

/**
 * Shows decrypted data before it is sent to the right; also when there is no slot to the right, and the data is
 * dropped. Read it, do not change it, do not keep it.
 * Called on the event-loop thread, once for each message.
 */
typedef void(aws_tls_on_data_read_fn)(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, struct aws_byte_buf *buffer, void *user_data);

/**
 * Reports an error with a sentence for people. The sentence is valid inside the call only.
 * Called on the event-loop thread, when it happens; the channel shuts down by itself.
 */
typedef void(aws_tls_on_error_fn)(
    struct aws_channel_handler *handler, struct aws_channel_slot *slot, int err, const char *message, void *user_data);

/**
 * Makes the handler for the negotiated protocol, or returns NULL if there is none. `new_slot` will own it; set no slot
 * yourself. If NULL, the channel shuts down with AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE.
 * Called on the event-loop thread, at most once for each ALPN handler. `protocol` is valid inside the call only.
 */
typedef struct aws_channel_handler *(*aws_tls_on_protocol_negotiated)(
    struct aws_channel_slot *new_slot, struct aws_byte_buf *protocol, void *user_data);

/** Settings of one connection. */
struct aws_tls_connection_options {
    /** Set by aws_tls_connection_options_set_alpn_list(). */
    struct aws_string *alpn_list;
    /** Set by aws_tls_connection_options_set_server_name(). */
    struct aws_string *server_name;
    /** These callbacks are set by aws_tls_connection_options_set_callbacks(). */
    aws_tls_on_negotiation_result_fn *on_negotiation_result;
    aws_tls_on_data_read_fn *on_data_read;
    aws_tls_on_error_fn *on_error;
    void *user_data;
    /** Held. */
    struct aws_tls_ctx *ctx;
    /**
     * Whether the slot to the right gets the negotiated protocol, by a message with the tag
     * AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE that holds a struct aws_tls_negotiated_protocol_message. Bootstraps with an
     * ALPN callback set it.
     */
    bool advertise_alpn_message;
    /**
     * Milliseconds that the handshake may take, 10000 by default; 0: no limit. After that the channel shuts down with
     * AWS_IO_TLS_NEGOTIATION_TIMEOUT. A server bootstrap counts from the connection, so that silence too has its limit.
     */
    uint32_t timeout_ms;
};

/** A context: what connections share. */
struct aws_tls_ctx {
    /** Where the context's memory comes from. */
    struct aws_allocator *alloc;
    /** The TLS engine's. */
    void *impl;
    /** Use aws_tls_ctx_acquire() and _release(). */
    struct aws_ref_count ref_count;
};

/** Labels of keychain items. Apple with SecItem only. */
struct aws_secitem_options {
    /** Of the certificate. */
    struct aws_string *cert_label;
    /** Of the private key. */
    struct aws_string *key_label;
};

/**
 * Settings of a context. Use the functions below, not the fields: how they are set depends on the platform. All that
 * they hold is copied into a context.
 */
struct aws_tls_ctx_options {
    /** Where copies come from. */
    struct aws_allocator *allocator;
    /** AWS_IO_TLS_VER_SYS_DEFAULTS at first. */
    enum aws_tls_versions minimum_tls_version;
    /** AWS_IO_TLS_CIPHER_PREF_SYSTEM_DEFAULT at first. */
    enum aws_tls_cipher_pref cipher_pref;
    /** PEM text of the certificates to trust. Unset: the system's. */
    struct aws_byte_buf ca_file;
    /** Directory of certificates to trust. Linux and BSD only. */
    struct aws_string *ca_path;
    struct aws_string *alpn_list;
    /** PEM text of our certificate and those that lead to its root. */
    struct aws_byte_buf certificate;
#ifdef _WIN32
    /** Path of a certificate in the system's store. Not copied. */
    const char *system_certificate_path;
#endif
    /** PEM text. */
    struct aws_byte_buf private_key;
#ifdef __APPLE__
    /** Certificate and key in the form of PKCS#12. */
    struct aws_byte_buf pkcs12;
    struct aws_byte_buf pkcs12_password;
    struct aws_secitem_options secitem_options;
    /** Keychain to import into; NULL: the user's. macOS only. */
    struct aws_string *keychain_path;
#endif
    /** Most bytes of a TLS record, g_aws_channel_max_fragment_size by default. */
    size_t max_fragment_size;
    /** True by default for clients, false for servers. */
    bool verify_peer;
    /** See aws_tls_ctx_options_set_extension_data(). */
    void *ctx_options_extension;
    /** Held. Does what the private key would. */
    struct aws_custom_key_op_handler *custom_key_op_handler;
    /** See aws_tls_ctx_options_set_no_certificate_revocation(). */
    bool no_certificate_revocation;
};

/** Content of the message with the tag AWS_TLS_NEGOTIATED_PROTOCOL_MESSAGE. */
struct aws_tls_negotiated_protocol_message {
    /** Belongs to the TLS handler. */
    struct aws_byte_buf protocol;
};

/** Carries out private-key operations for TLS, where the key itself is out of reach. */
struct aws_custom_key_op_handler_vtable {
    /**
     * Called on the event-loop thread, once for each operation. Must complete `operation` exactly once, now or later,
     * on any thread, by aws_tls_key_operation_complete() or aws_tls_key_operation_complete_with_error(). Must not
     * block: the loop's other connections wait. The handshake of this one rests meanwhile, and its time goes on.
     */
    void (*on_key_operation)(struct aws_custom_key_op_handler *key_op_handler, struct aws_tls_key_operation *operation);
};

/** Base of every struct that implements such a handler. */
struct aws_custom_key_op_handler {
    /** The implementer's. */
    void *impl;
    const struct aws_custom_key_op_handler_vtable *vtable;
    /** To be set up by the implementer. */
    struct aws_ref_count ref_count;
};

/** Where to find certificate and key by PKCS#11. Everything is copied. */
struct aws_tls_ctx_pkcs11_options {
    /** Required. Held by the context. */
    struct aws_pkcs11_lib *pkcs11_lib;
    /** Optional. A NULL pointer: log in without PIN, as with a token that has its own PIN pad. */
    struct aws_byte_cursor user_pin;
    /** Optional. NULL: any slot. */
    const uint64_t *slot_id;
    /** Optional. A NULL pointer: any token. */
    struct aws_byte_cursor token_label;
    /** Optional. A NULL pointer: any private key. What is left of the search must be exactly one slot and one key. */
    struct aws_byte_cursor private_key_object_label;
    /** Path of the certificate (PEM). Give this */
    struct aws_byte_cursor cert_file_path;
    /** or the certificate itself, not both. */
    struct aws_byte_cursor cert_file_contents;
};

/** How far the handshake is. */
enum aws_tls_negotiation_status {
    AWS_TLS_NEGOTIATION_STATUS_NONE,
    AWS_TLS_NEGOTIATION_STATUS_ONGOING,
    AWS_TLS_NEGOTIATION_STATUS_SUCCESS,
    AWS_TLS_NEGOTIATION_STATUS_FAILURE,
};

/*
 * Context options. Functions named init overwrite the struct, so clean up an older one before; all are undone by
 * aws_tls_ctx_options_clean_up(). A failed init leaves nothing to clean up. Setters that copy replace what was set.
 * Passwords and private keys are wiped from memory when they are freed.
 */

/**
 * For clients that show no certificate.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_init_default_client(struct aws_tls_ctx_options *options, struct aws_allocator *allocator);

/**
 * Frees what the options hold and zeroes them. A zeroed struct is allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_clean_up(struct aws_tls_ctx_options *options);

/**
 * For clients that show a certificate: paths of PEM files. Not for iOS.
 * Errors: those of aws_byte_buf_init_from_file(); AWS_ERROR_INVALID_ARGUMENT for a file without PEM.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_from_path(
    struct aws_tls_ctx_options *options, struct aws_allocator *allocator, const char *cert_path, const char *pkey_path);

/**
 * The same from memory; both PEM texts are copied.
 * Errors: AWS_ERROR_INVALID_ARGUMENT for text without PEM.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    const struct aws_byte_cursor *cert,
    const struct aws_byte_cursor *pkey);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_custom_key_op_handler *aws_custom_key_op_handler_acquire(struct aws_custom_key_op_handler *key_op_handler);

/**
 * Drops a reference. NULL is allowed. Returns NULL always.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_custom_key_op_handler *aws_custom_key_op_handler_release(struct aws_custom_key_op_handler *key_op_handler);

/**
 * Calls on_key_operation of a handler. For implementers of TLS.
 * Event-loop thread only.
 */
AWS_IO_API
void aws_custom_key_op_handler_perform_operation(
    struct aws_custom_key_op_handler *key_op_handler, struct aws_tls_key_operation *operation);

/**
 * For clients that show a certificate whose key a handler of the program's uses. The handler is held; the certificate
 * (PEM) is copied.
 * With an RSA key connections speak TLS 1.2 at most, for TLS 1.3 has signatures by PSS only; a lowest version of
 * AWS_IO_TLSv1_3 in the options says that the handler knows AWS_TLS_SIGNATURE_RSA_PSS. Making a context fails with
 * AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED for keys that are neither RSA nor EC.
 * Errors: AWS_ERROR_INVALID_ARGUMENT for text without PEM or an incomplete handler; AWS_ERROR_UNIMPLEMENTED where the
 * TLS library of the platform cannot (Windows, Apple).
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_with_custom_key_operations(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    struct aws_custom_key_op_handler *custom,
    const struct aws_byte_cursor *cert_file_contents);

/**
 * For clients that show a certificate whose key a PKCS#11 token holds. Opens a session and logs in; this may take
 * long. Signing is done on threads of its own, which open up to three sessions more if the token has them.
 * Errors: AWS_ERROR_INVALID_ARGUMENT if both kinds of certificate are given, or for a certificate without PEM;
 * AWS_ERROR_PKCS11_TOKEN_NOT_FOUND; AWS_ERROR_PKCS11_KEY_NOT_FOUND; AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED; those that
 * start with AWS_ERROR_PKCS11_CKR; AWS_ERROR_PLATFORM_NOT_SUPPORTED (Windows, Apple).
 * One thread at a time. Not on an event-loop thread.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_with_pkcs11(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    const struct aws_tls_ctx_pkcs11_options *pkcs11_options);

/**
 * Sets the keychain that certificate and key are imported into.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED everywhere but on macOS without SecItem.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_set_keychain_path(
    struct aws_tls_ctx_options *options, struct aws_byte_cursor *keychain_path_cursor);

/**
 * Sets the labels of certificate and key in the keychain; a NULL label is left as it was.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED everywhere but on Apple with SecItem.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_set_secitem_options(
    struct aws_tls_ctx_options *tls_ctx_options, const struct aws_secitem_options *secitem_options);

/**
 * Frees the labels. NULL is allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_secitem_options_clean_up(struct aws_secitem_options *secitem_options);

/**
 * For servers: paths of PEM files. Clients are not asked for certificates. Not for iOS.
 * Errors: as aws_tls_ctx_options_init_client_mtls_from_path(); AWS_ERROR_PLATFORM_NOT_SUPPORTED (iOS).
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_default_server_from_path(
    struct aws_tls_ctx_options *options, struct aws_allocator *allocator, const char *cert_path, const char *pkey_path);

/**
 * The same from memory; both PEM texts are copied.
 * Errors: AWS_ERROR_INVALID_ARGUMENT for text without PEM; AWS_ERROR_PLATFORM_NOT_SUPPORTED (iOS).
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_default_server(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    struct aws_byte_cursor *cert,
    struct aws_byte_cursor *pkey);

/**
 * For clients that show a certificate of the system's store, such as "CurrentUser\My\<thumbprint>". The path is not
 * copied and must outlive the options. It is looked up when a context is made of them, which fails with
 * AWS_ERROR_FILE_INVALID_PATH if it leads to no certificate.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED everywhere but on Windows.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_from_system_path(
    struct aws_tls_ctx_options *options, struct aws_allocator *allocator, const char *cert_reg_path);

/**
 * The same for servers.
 * Errors: AWS_ERROR_PLATFORM_NOT_SUPPORTED everywhere but on Windows.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_default_server_from_system_path(
    struct aws_tls_ctx_options *options, struct aws_allocator *allocator, const char *cert_reg_path);

/**
 * For clients that show a certificate: path of a PKCS#12 file and its password.
 * Errors: those of aws_byte_buf_init_from_file(); AWS_ERROR_INVALID_ARGUMENT for what is no PKCS#12;
 * AWS_IO_TLS_CTX_ERROR for a wrong password; AWS_ERROR_PLATFORM_NOT_SUPPORTED without a TLS library that can.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    const char *pkcs12_path,
    const struct aws_byte_cursor *pkcs_pwd);

/**
 * The same from memory; both are copied.
 * Errors: as above, but for those of files.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_client_mtls_pkcs12(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    struct aws_byte_cursor *pkcs12,
    struct aws_byte_cursor *pkcs_pwd);

/**
 * For servers: path of a PKCS#12 file and its password.
 * Errors: those of aws_byte_buf_init_from_file(); AWS_ERROR_INVALID_ARGUMENT for what is no PKCS#12;
 * AWS_IO_TLS_CTX_ERROR for a wrong password; AWS_ERROR_PLATFORM_NOT_SUPPORTED without a TLS library that can.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_server_pkcs12_from_path(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    const char *pkcs12_path,
    struct aws_byte_cursor *pkcs_password);

/**
 * The same from memory; both are copied.
 * Errors: as above, but for those of files.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_init_server_pkcs12(
    struct aws_tls_ctx_options *options,
    struct aws_allocator *allocator,
    struct aws_byte_cursor *pkcs12,
    struct aws_byte_cursor *pkcs_password);

/**
 * Sets the protocols for ALPN, best first, separated by semicolons: "h2;http/1.1". Connections may have their own.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_set_alpn_list(struct aws_tls_ctx_options *options, const char *alpn_list);

/**
 * Whether the peer must prove who it is. A client that does not ask is open to anyone in between. A server that asks
 * accepts only clients with a certificate that leads to a trusted one.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_set_verify_peer(struct aws_tls_ctx_options *options, bool verify_peer);

/**
 * Whether revocation of the peer's certificates is left unchecked, even if the system checks it by default.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_set_no_certificate_revocation(struct aws_tls_ctx_options *options, bool no_revocation);

/**
 * Sets the ciphers. Making a context fails if they are not supported.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_set_tls_cipher_preference(
    struct aws_tls_ctx_options *options, enum aws_tls_cipher_pref cipher_pref);

/**
 * Sets the lowest version of TLS that is accepted.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_set_minimum_tls_version(
    struct aws_tls_ctx_options *options, enum aws_tls_versions minimum_tls_version);

/**
 * Trusts these certificates (PEM, copied) and no others.
 * Errors: AWS_ERROR_INVALID_ARGUMENT for text without PEM; AWS_ERROR_INVALID_STATE if a CA file is set already.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_override_default_trust_store(
    struct aws_tls_ctx_options *options, const struct aws_byte_cursor *ca_file);

/**
 * Trusts the certificates in a directory, which need hashed names, and in a file, and no others. Either may be NULL.
 * Directories work on Linux and BSD only.
 * Errors: those of aws_byte_buf_init_from_file(); AWS_ERROR_INVALID_ARGUMENT for a file without PEM;
 * AWS_ERROR_INVALID_STATE if the same is set already.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_ctx_options_override_default_trust_store_from_path(
    struct aws_tls_ctx_options *options, const char *ca_path, const char *ca_file);

/**
 * Hands data to a TLS library of the program's own. Not copied, not used here.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_ctx_options_set_extension_data(struct aws_tls_ctx_options *options, void *extension_data);

/* Connection options. */

/**
 * Fills in the options for connections of a context, which is held. Overwrites the struct; undone by
 * aws_tls_connection_options_clean_up(). What is not set here is taken from the context.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_connection_options_init_from_ctx(struct aws_tls_connection_options *conn_options, struct aws_tls_ctx *ctx);

/**
 * Frees what the options hold and zeroes them. A zeroed struct is allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_connection_options_clean_up(struct aws_tls_connection_options *connection_options);

/**
 * Copies options, strings included, and holds the context once more. `to` is cleaned up first: it must be initialised
 * or zeroed.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_connection_options_copy(
    struct aws_tls_connection_options *to, const struct aws_tls_connection_options *from);

/**
 * Sets the callbacks, each of which may be NULL, and their user data.
 * One thread at a time.
 */
AWS_IO_API
void aws_tls_connection_options_set_callbacks(
    struct aws_tls_connection_options *conn_options,
    aws_tls_on_negotiation_result_fn *on_negotiation_result,
    aws_tls_on_data_read_fn *on_data_read,
    aws_tls_on_error_fn *on_error,
    void *user_data);

/**
 * Sets the name that a client asks for (SNI) and that the server's certificate must be for, by RFC 9525. Copied, in
 * lower case and without a dot at the end. An address is not asked for, and a scope (%lo) is dropped; other scripts
 * come as A-labels (xn--...). An empty name is none: no certificate is then the right one.
 * AWS_ERROR_INVALID_ARGUMENT, and nothing changes, if it is no name of a host.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_connection_options_set_server_name(
    struct aws_tls_connection_options *conn_options,
    struct aws_allocator *allocator,
    const struct aws_byte_cursor *server_name);

/**
 * Sets the protocols for ALPN, best first, separated by semicolons. Copied.
 * One thread at a time.
 */
AWS_IO_API
int aws_tls_connection_options_set_alpn_list(
    struct aws_tls_connection_options *conn_options, struct aws_allocator *allocator, const char *alpn_list);

/**
 * Whether the TLS library can do ALPN.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_tls_is_alpn_available(void);

/**
 * Whether the TLS library can do a cipher preference.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_tls_is_cipher_pref_supported(enum aws_tls_cipher_pref cipher_pref);

/* Handlers. */

/**
 * Makes a handler for the client side. Insert `slot` to the right of the socket's, then set the handler into it, then
 * call aws_tls_client_handler_start_negotiation(). The options are copied; the context is held.
 * Errors: AWS_IO_TLS_CTX_ERROR.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_handler *aws_tls_client_handler_new(
    struct aws_allocator *allocator, struct aws_tls_connection_options *options, struct aws_channel_slot *slot);

/**
 * Makes a handler for the server side. It waits for the client to start. As above.
 * Errors: AWS_IO_TLS_CTX_ERROR.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_handler *aws_tls_server_handler_new(
    struct aws_allocator *allocator, struct aws_tls_connection_options *options, struct aws_channel_slot *slot);

/**
 * Makes a handler that waits for the negotiated protocol, and then puts the handler for it into its own place. For the
 * slot to the right of TLS, with `advertise_alpn_message` set. Other data gives AWS_IO_MISSING_ALPN_MESSAGE.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_channel_handler *aws_tls_alpn_handler_new(
    struct aws_allocator *allocator, aws_tls_on_protocol_negotiated on_protocol_negotiated, void *user_data);

/**
 * Starts the handshake of a client. The result comes to `on_negotiation_result`.
 * Errors: AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE.
 * Thread-safe: any thread. From another than the event loop's it is done in a task.
 */
AWS_IO_API
int aws_tls_client_handler_start_negotiation(struct aws_channel_handler *handler);

/**
 * Makes a context for servers. The caller owns one reference.
 * Errors: AWS_IO_TLS_CTX_ERROR for certificates or keys that do not work; AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED;
 * AWS_IO_TLS_VERSION_UNSUPPORTED; AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_tls_ctx *aws_tls_server_ctx_new(struct aws_allocator *alloc, const struct aws_tls_ctx_options *options);

/**
 * Makes a context for clients. As above.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_tls_ctx *aws_tls_client_ctx_new(struct aws_allocator *alloc, const struct aws_tls_ctx_options *options);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_tls_ctx *aws_tls_ctx_acquire(struct aws_tls_ctx *ctx);

/**
 * Drops a reference. NULL is allowed.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_tls_ctx_release(struct aws_tls_ctx *ctx);

/**
 * The negotiated protocol; empty if there is none. Belongs to the handler.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_byte_buf aws_tls_handler_protocol(struct aws_channel_handler *handler);

/**
 * The name that the client asked for; empty if there is none. Belongs to the handler.
 * Event-loop thread only.
 */
AWS_IO_API
struct aws_byte_buf aws_tls_handler_server_name(struct aws_channel_handler *handler);

/*
 * Private-key operations. Each is completed exactly once, on any thread, and must not be used after that. Until then it
 * keeps its channel from being freed, also if that has shut down meanwhile: then completing it changes nothing more. To
 * complete one twice stops the process.
 */

/**
 * Completes an operation with its output, which is copied. The handshake goes on.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_tls_key_operation_complete(struct aws_tls_key_operation *operation, struct aws_byte_cursor output);

/**
 * Completes an operation without output; the channel shuts down with the error. 0 becomes AWS_ERROR_UNKNOWN.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_tls_key_operation_complete_with_error(struct aws_tls_key_operation *operation, int error_code);

/**
 * The digest to sign, or the data to decrypt. Belongs to the operation.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_byte_cursor aws_tls_key_operation_get_input(const struct aws_tls_key_operation *operation);

/**
 * What is to be done.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_tls_key_operation_type aws_tls_key_operation_get_type(const struct aws_tls_key_operation *operation);

/**
 * Algorithm of the signature; unknown if nothing is to be signed.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_tls_signature_algorithm
aws_tls_key_operation_get_signature_algorithm(const struct aws_tls_key_operation *operation);

/**
 * Digest that the signature is over; unknown if nothing is to be signed.
 * Thread-safe: any thread.
 */
AWS_IO_API
enum aws_tls_hash_algorithm aws_tls_key_operation_get_digest_algorithm(const struct aws_tls_key_operation *operation);

/**
 * Inserts a slot with a TLS client handler to the right of a slot, and starts the handshake. On failure the channel
 * may have the new slot already; shut it down.
 * Errors: AWS_IO_TLS_CTX_ERROR; AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE.
 * Event-loop thread only.
 */
AWS_IO_API
int aws_channel_setup_client_tls(
    struct aws_channel_slot *right_of_slot, struct aws_tls_connection_options *tls_options);

/**
 * Names for logs. Never NULL; not to be freed.
 * Thread-safe: any thread.
 */
AWS_IO_API
const char *aws_tls_hash_algorithm_str(enum aws_tls_hash_algorithm hash);
AWS_IO_API
const char *aws_tls_signature_algorithm_str(enum aws_tls_signature_algorithm signature);
AWS_IO_API
const char *aws_tls_key_operation_type_str(enum aws_tls_key_operation_type operation_type);

/**
 * Whether an error code comes from TLS.
 * Thread-safe: any thread.
 */
AWS_IO_API
bool aws_error_code_is_tls(int error_code);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_TLS_CHANNEL_HANDLER_H */
