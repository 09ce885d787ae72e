/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PEM_H
#define AWS_IO_PEM_H

/*
 * PEM: text that carries certificates and keys.
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_array_list;
struct aws_string;

/** What an object is, by the label in its BEGIN line. */
enum aws_pem_object_type {
    /** Any label that is not listed here. */
    AWS_PEM_TYPE_UNKNOWN,
    /** X509 CERTIFICATE */
    AWS_PEM_TYPE_X509_OLD,
    /** CERTIFICATE */
    AWS_PEM_TYPE_X509,
    /** TRUSTED CERTIFICATE */
    AWS_PEM_TYPE_X509_TRUSTED,
    /** NEW CERTIFICATE REQUEST */
    AWS_PEM_TYPE_X509_REQ_OLD,
    /** CERTIFICATE REQUEST */
    AWS_PEM_TYPE_X509_REQ,
    /** X509 CRL */
    AWS_PEM_TYPE_X509_CRL,
    /** ANY PRIVATE KEY */
    AWS_PEM_TYPE_EVP_PKEY,
    /** PUBLIC KEY */
    AWS_PEM_TYPE_PUBLIC_KEY,
    /** RSA PRIVATE KEY */
    AWS_PEM_TYPE_PRIVATE_RSA_PKCS1,
    /** RSA PUBLIC KEY */
    AWS_PEM_TYPE_PUBLIC_RSA_PKCS1,
    /** DSA PRIVATE KEY */
    AWS_PEM_TYPE_PRIVATE_DSA_PKCS1,
    /** DSA PUBLIC KEY */
    AWS_PEM_TYPE_PUBLIC_DSA_PKCS1,
    /** PKCS7 */
    AWS_PEM_TYPE_PKCS7,
    /** PKCS #7 SIGNED DATA */
    AWS_PEM_TYPE_PKCS7_SIGNED_DATA,
    /** ENCRYPTED PRIVATE KEY */
    AWS_PEM_TYPE_PRIVATE_PKCS8_ENCRYPTED,
    /** PRIVATE KEY */
    AWS_PEM_TYPE_PRIVATE_PKCS8,
    /** DH PARAMETERS */
    AWS_PEM_TYPE_DH_PARAMETERS,
    /** X9.42 DH PARAMETERS */
    AWS_PEM_TYPE_DH_PARAMETERS_X942,
    /** SSL SESSION PARAMETERS */
    AWS_PEM_TYPE_SSL_SESSION_PARAMETERS,
    /** DSA PARAMETERS */
    AWS_PEM_TYPE_DSA_PARAMETERS,
    /** ECDSA PUBLIC KEY */
    AWS_PEM_TYPE_ECDSA_PUBLIC,
    /** EC PARAMETERS */
    AWS_PEM_TYPE_EC_PARAMETERS,
    /** EC PRIVATE KEY */
    AWS_PEM_TYPE_EC_PRIVATE,
    /** PARAMETERS */
    AWS_PEM_TYPE_PARAMETERS,
    /** CMS */
    AWS_PEM_TYPE_CMS,
    /** SM2 PARAMETERS */
    AWS_PEM_TYPE_SM2_PARAMETERS,
};

/** One object of a PEM text. */
struct aws_pem_object {
    /** By the label; AWS_PEM_TYPE_UNKNOWN for labels that are not in the list. */
    enum aws_pem_object_type type;
    /** The label. */
    struct aws_string *type_string;
    /** The decoded bytes (DER). */
    struct aws_byte_buf data;
};

AWS_EXTERN_C_BEGIN

/**
 * Wipes and frees the objects, and cleans the list up. A list that was cleaned up before is allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_pem_objects_clean_up(struct aws_array_list *pem_objects);

/**
 * Parses a PEM text. `pem_objects` is initialised here and receives struct aws_pem_object; undone by
 * aws_pem_objects_clean_up(). Text around the objects is skipped. Nothing is checked beyond the encoding: neither the
 * objects nor that their END label equals their BEGIN label.
 * A BEGIN line without its closing dashes ends the text: the objects before it count.
 * Errors: AWS_ERROR_PEM_MALFORMED if there is no object, or one is cut off or not base 64; the list is then clean.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_pem_objects_init_from_file_contents(
    struct aws_array_list *pem_objects, struct aws_allocator *alloc, struct aws_byte_cursor pem_cursor);

/**
 * The same for the content of a file.
 * Errors: as above; those of aws_byte_buf_init_from_file().
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_pem_objects_init_from_file_path(
    struct aws_array_list *pem_objects, struct aws_allocator *allocator, const char *filename);

/**
 * Encodes a certificate as PEM, 64 characters to the line. The caller destroys the string.
 * Errors: AWS_ERROR_INVALID_ARGUMENT for an empty certificate.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_string *aws_der_cert_to_pem(struct aws_allocator *alloc, struct aws_byte_cursor der_cert);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PEM_H */
