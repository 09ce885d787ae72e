/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_BYTE_ORDER_H
#define AWS_COMMON_BYTE_ORDER_H

/*
 * Conversions between the host's byte order, the network's (big endian) and little endian. Converting twice gives the
 * first value back. A float or double in the wrong byte order must not be computed with,
 * only copied.
 */

#include <aws/common/common.h>

#if defined(_WIN32)
#    include <stdlib.h>
#else
#    include <netinet/in.h>
#endif

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/** 1 if the host is big endian, 0 if it is little endian. */
AWS_STATIC_IMPL int aws_is_big_endian(void);

/** Host to network. */
AWS_STATIC_IMPL uint16_t aws_hton16(uint16_t x);
AWS_STATIC_IMPL uint32_t aws_hton32(uint32_t x);
AWS_STATIC_IMPL uint64_t aws_hton64(uint64_t x);
AWS_STATIC_IMPL float aws_htonf32(float x);
AWS_STATIC_IMPL double aws_htonf64(double x);

/** Network to host. */
AWS_STATIC_IMPL uint16_t aws_ntoh16(uint16_t x);
AWS_STATIC_IMPL uint32_t aws_ntoh32(uint32_t x);
AWS_STATIC_IMPL uint64_t aws_ntoh64(uint64_t x);
AWS_STATIC_IMPL float aws_ntohf32(float x);
AWS_STATIC_IMPL double aws_ntohf64(double x);

/** Little endian to host. */
AWS_STATIC_IMPL uint16_t aws_letoh16(uint16_t x);
AWS_STATIC_IMPL uint32_t aws_letoh32(uint32_t x);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/byte_order.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_BYTE_ORDER_H */
