/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_HOST_UTILS_H
#define AWS_COMMON_HOST_UTILS_H

/* Distinguishes addresses from names, without resolving anything. Any thread may call. */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_byte_cursor;

AWS_EXTERN_C_BEGIN

/** True for four decimal numbers up to 255, separated by dots. */
AWS_COMMON_API bool aws_host_utils_is_ipv4(struct aws_byte_cursor host);

/**
 * True for an IPv6 address, optionally followed by '%' and a zone of letters and digits. If `is_uri_encoded` is true,
 * the '%' must be written as "%25". Brackets and embedded IPv4 addresses are not accepted.
 */
AWS_COMMON_API bool aws_host_utils_is_ipv6(struct aws_byte_cursor host, bool is_uri_encoded);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_HOST_UTILS_H */
