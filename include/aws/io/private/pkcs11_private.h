/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_PKCS11_PRIVATE_H
#define AWS_IO_PRIVATE_PKCS11_PRIVATE_H

/*
 * The steps by which TLS uses a key in a PKCS#11 token. For tests. Any of them may take long, as the token does.
 *
 * Functions that return int fail with AWS_ERROR_INVALID_ARGUMENT for NULL, with the errors that start with
 * AWS_ERROR_PKCS11_CKR for what the token says, and with those that are named below.
 */

#include <aws/io/pkcs11.h>
#include <aws/io/private/cryptoki.h>
#include <aws/io/tls_channel_handler.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_string;

AWS_EXTERN_C_BEGIN

/**
 * The standard's name of a return value. Never NULL; not to be freed.
 * Thread-safe: any thread.
 */
AWS_IO_API
const char *aws_pkcs11_ckr_str(CK_RV rv);

/**
 * The functions of a library. Belongs to it.
 * Thread-safe: any thread.
 */
AWS_IO_API
CK_FUNCTION_LIST *aws_pkcs11_lib_get_function_list(struct aws_pkcs11_lib *pkcs11_lib);

/**
 * Finds the slot with a token that has this id and this label; NULL: any. On failure `out_slot_id` is as it was.
 * Errors: AWS_ERROR_PKCS11_TOKEN_NOT_FOUND for none, and for more than one.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_pkcs11_lib_find_slot_with_token(
    struct aws_pkcs11_lib *pkcs11_lib,
    const uint64_t *match_slot_id,
    const struct aws_string *match_token_label,
    CK_SLOT_ID *out_slot_id);

/**
 * Opens a session for reading.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_pkcs11_lib_open_session(
    struct aws_pkcs11_lib *pkcs11_lib, CK_SLOT_ID slot_id, CK_SESSION_HANDLE *out_session_handle);

/**
 * Closes a session. A failure is logged only.
 * One thread at a time for a session, as in all that follows.
 */
AWS_IO_API
void aws_pkcs11_lib_close_session(struct aws_pkcs11_lib *pkcs11_lib, CK_SESSION_HANDLE session_handle);

/**
 * Logs the user in, for all sessions with the token; NULL leaves it to the token to ask for the PIN. It is no error if
 * the user is logged in.
 */
AWS_IO_API
int aws_pkcs11_lib_login_user(
    struct aws_pkcs11_lib *pkcs11_lib, CK_SESSION_HANDLE session_handle, const struct aws_string *optional_user_pin);

/**
 * Finds the private key with this label; NULL: any.
 * Errors: AWS_ERROR_PKCS11_KEY_NOT_FOUND for none, and for more than one; AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED unless
 * it is RSA or EC.
 */
AWS_IO_API
int aws_pkcs11_lib_find_private_key(
    struct aws_pkcs11_lib *pkcs11_lib,
    CK_SESSION_HANDLE session_handle,
    const struct aws_string *match_label,
    CK_OBJECT_HANDLE *out_key_handle,
    CK_KEY_TYPE *out_key_type);

/**
 * Decrypts by RSA with the padding of PKCS#1 v1.5. On success `out_data` is to be cleaned up; else there is nothing in
 * it.
 * Errors: AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED unless it is an RSA key.
 */
AWS_IO_API
int aws_pkcs11_lib_decrypt(
    struct aws_pkcs11_lib *pkcs11_lib,
    CK_SESSION_HANDLE session_handle,
    CK_OBJECT_HANDLE key_handle,
    CK_KEY_TYPE key_type,
    struct aws_byte_cursor encrypted_data,
    struct aws_allocator *allocator,
    struct aws_byte_buf *out_data);

/**
 * Signs a digest as TLS requires. On success `out_signature` is to be cleaned up; else there is nothing in it.
 * Errors: AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED unless it is RSA or EC; AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED if
 * key and algorithm do not match; AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED; AWS_ERROR_PKCS11_ENCODING_ERROR for what is
 * no signature.
 */
AWS_IO_API
int aws_pkcs11_lib_sign(
    struct aws_pkcs11_lib *pkcs11_lib,
    CK_SESSION_HANDLE session_handle,
    CK_OBJECT_HANDLE key_handle,
    CK_KEY_TYPE key_type,
    struct aws_byte_cursor digest_data,
    struct aws_allocator *allocator,
    enum aws_tls_hash_algorithm digest_alg,
    enum aws_tls_signature_algorithm signature_alg,
    struct aws_byte_buf *out_signature);

/**
 * What stands before a digest in a signature by PKCS#1 v1.5. Not to be freed.
 * Errors: AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_get_prefix_to_rsa_sig(enum aws_tls_hash_algorithm digest_alg, struct aws_byte_cursor *out_prefix);

/**
 * Appends an unsigned integer in DER, given by its bytes, the highest first.
 * Errors: AWS_ERROR_PKCS11_ENCODING_ERROR if it has more than 127 bytes, or more than the buffer has room for.
 * One thread at a time.
 */
AWS_IO_API
int aws_pkcs11_asn1_enc_ubigint(struct aws_byte_buf *const buffer, struct aws_byte_cursor bigint);

/**
 * Makes a handler for operations with a key in a token, which is looked for at once. Cursors without a pointer, and a
 * NULL slot id, stand for any; without a PIN the token asks for it. The caller owns one reference; the library is held.
 * Errors: as above.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_custom_key_op_handler *aws_pkcs11_tls_op_handler_new(
    struct aws_allocator *allocator,
    struct aws_pkcs11_lib *pkcs11_lib,
    const struct aws_byte_cursor *user_pin,
    const struct aws_byte_cursor *match_token_label,
    const struct aws_byte_cursor *match_private_key_label,
    const uint64_t *match_slot_id);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_PKCS11_PRIVATE_H */
