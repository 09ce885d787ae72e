/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_PKI_UTILS_H
#define AWS_IO_PRIVATE_PKI_UTILS_H

/*
 * Where a Unix system keeps the certificates that it trusts.
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

AWS_EXTERN_C_BEGIN

/**
 * Directory of trusted certificates, the first of the usual ones that exists; NULL if none does. Not to be freed.
 * Thread-safe: any thread.
 */
AWS_IO_API
const char *aws_determine_default_pki_dir(void);

/**
 * File of trusted certificates, the first of the usual ones that exists; NULL if none does. Not to be freed.
 * Thread-safe: any thread.
 */
AWS_IO_API
const char *aws_determine_default_pki_ca_file(void);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_PRIVATE_PKI_UTILS_H */
