/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_PRIVATE_H
#define AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_PRIVATE_H

/*
 * What a TLS library must provide for aws/io/tls_channel_handler.h.
 */

#include <aws/io/io.h>

#include <aws/io/tls_channel_handler.h>

AWS_PUSH_SANE_WARNING_LEVEL

AWS_EXTERN_C_BEGIN

/**
 * Functions of one TLS library. Those of aws/io/tls_channel_handler.h call the ones of the same name and document what
 * they must do; thread rules are the same.
 */
struct aws_tls_vtable {
    /** Called once by aws_io_library_init(). */
    void (*init_static_state)(struct aws_allocator *alloc);
    /** Called once by aws_io_library_clean_up(). */
    void (*clean_up_static_state)(void);
    bool (*is_alpn_available)(void);
    bool (*is_cipher_pref_supported)(enum aws_tls_cipher_pref cipher_pref);
    int (*client_handler_start_negotiation)(struct aws_channel_handler *handler);
    /** This and the following may be NULL if the library has no private-key operations. */
    void (*key_operation_complete)(struct aws_tls_key_operation *operation, struct aws_byte_cursor output);
    void (*key_operation_complete_with_error)(struct aws_tls_key_operation *operation, int error_code);
    struct aws_byte_cursor (*key_operation_get_input)(const struct aws_tls_key_operation *operation);
    enum aws_tls_key_operation_type (*key_operation_get_type)(const struct aws_tls_key_operation *operation);
    enum aws_tls_signature_algorithm (*key_operation_get_signature_algorithm)(
        const struct aws_tls_key_operation *operation);
    enum aws_tls_hash_algorithm (*key_operation_get_digest_algorithm)(const struct aws_tls_key_operation *operation);
    struct aws_byte_buf (*handler_protocol)(struct aws_channel_handler *handler);
    struct aws_byte_buf (*handler_server_name)(struct aws_channel_handler *handler);
    struct aws_channel_handler *(*client_handler_new)(
        struct aws_allocator *allocator, struct aws_tls_connection_options *options, struct aws_channel_slot *slot);
    struct aws_channel_handler *(*server_handler_new)(
        struct aws_allocator *allocator, struct aws_tls_connection_options *options, struct aws_channel_slot *slot);
    struct aws_tls_ctx *(*server_ctx_new)(struct aws_allocator *alloc, const struct aws_tls_ctx_options *options);
    struct aws_tls_ctx *(*client_ctx_new)(struct aws_allocator *alloc, const struct aws_tls_ctx_options *options);
};

/**
 * Name of a version for logs. Never NULL; not to be freed. Not exported from the shared library.
 * Thread-safe: any thread.
 */
AWS_IO_API
const char *aws_tls_version_to_string(enum aws_tls_versions version);

#ifdef _WIN32
/**
 * Makes new credentials take the older of the system's two forms, for tests of that form.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_windows_force_schannel_creds(bool use_schannel_creds);
#endif

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_TLS_CHANNEL_HANDLER_PRIVATE_H */
