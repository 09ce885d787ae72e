/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PKCS11_H
#define AWS_IO_PKCS11_H

/*
 * Libraries that give access to keys in hardware by the PKCS#11 standard, version 2.20 or a later 2.x. For their use in
 * TLS see aws_tls_ctx_options_init_client_mtls_with_pkcs11().
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A loaded PKCS#11 library. */
struct aws_pkcs11_lib;

/** Who calls C_Initialize() and C_Finalize(). */
enum aws_pkcs11_lib_behavior {
    /**
     * C_Initialize() is called, and it is no error if that was done before; C_Finalize() is not called. Suits most
     * programs.
     */
    AWS_PKCS11_LIB_DEFAULT_BEHAVIOR,
    /** Neither is called: the program does it. */
    AWS_PKCS11_LIB_OMIT_INITIALIZE,
    /** Both are called; it is an error if C_Initialize() was called before. */
    AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE,
};

/* A misspelt name, kept for programs that use it. */
#define aws_pcks11_lib_behavior aws_pkcs11_lib_behavior

/** How to load a library. */
struct aws_pkcs11_lib_options {
    /** Path. A NULL pointer means that the program itself contains the library. */
    struct aws_byte_cursor filename;
    /** Who calls C_Initialize() and C_Finalize(). */
    enum aws_pkcs11_lib_behavior initialize_finalize_behavior;
};

AWS_EXTERN_C_BEGIN

/**
 * Loads and initialises a library. The caller owns one reference.
 * Errors: AWS_ERROR_INVALID_ARGUMENT; AWS_IO_SHARED_LIBRARY_LOAD_FAILURE; AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE;
 * AWS_ERROR_PKCS11_VERSION_UNSUPPORTED; those that start with AWS_ERROR_PKCS11_CKR.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_pkcs11_lib *
aws_pkcs11_lib_new(struct aws_allocator *allocator, const struct aws_pkcs11_lib_options *options);

/**
 * Adds a reference. Returns its argument.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_pkcs11_lib *aws_pkcs11_lib_acquire(struct aws_pkcs11_lib *pkcs11_lib);

/**
 * Drops a reference. NULL is allowed. The last one finalises the library, if so asked, and unloads it.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_pkcs11_lib_release(struct aws_pkcs11_lib *pkcs11_lib);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PKCS11_H */
