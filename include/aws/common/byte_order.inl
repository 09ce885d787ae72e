/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_BYTE_ORDER_INL
#define AWS_COMMON_BYTE_ORDER_INL

#include <aws/common/byte_order.h>

AWS_EXTERN_C_BEGIN

#if defined(_MSC_VER) && !defined(__clang__)
#    define AWS_PRIV_SWAP16(x) _byteswap_ushort(x)
#    define AWS_PRIV_SWAP32(x) _byteswap_ulong(x)
#    define AWS_PRIV_SWAP64(x) _byteswap_uint64(x)
#else
#    define AWS_PRIV_SWAP16(x) __builtin_bswap16(x)
#    define AWS_PRIV_SWAP32(x) __builtin_bswap32(x)
#    define AWS_PRIV_SWAP64(x) __builtin_bswap64(x)
#endif

AWS_STATIC_IMPL int aws_is_big_endian(void) {
#if defined(__BYTE_ORDER__)
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
#else
    return 0; /* Windows runs on little-endian machines only. */
#endif
}

AWS_STATIC_IMPL uint16_t aws_hton16(uint16_t x) {
    return aws_is_big_endian() ? x : AWS_PRIV_SWAP16(x);
}

AWS_STATIC_IMPL uint32_t aws_hton32(uint32_t x) {
    return aws_is_big_endian() ? x : AWS_PRIV_SWAP32(x);
}

AWS_STATIC_IMPL uint64_t aws_hton64(uint64_t x) {
    return aws_is_big_endian() ? x : AWS_PRIV_SWAP64(x);
}

AWS_STATIC_IMPL float aws_htonf32(float x) {
    uint32_t bits;
    memcpy(&bits, &x, sizeof(bits));
    bits = aws_hton32(bits);
    memcpy(&x, &bits, sizeof(bits));
    return x;
}

AWS_STATIC_IMPL double aws_htonf64(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof(bits));
    bits = aws_hton64(bits);
    memcpy(&x, &bits, sizeof(bits));
    return x;
}

/* Swapping is its own inverse. */

AWS_STATIC_IMPL uint16_t aws_ntoh16(uint16_t x) {
    return aws_hton16(x);
}

AWS_STATIC_IMPL uint32_t aws_ntoh32(uint32_t x) {
    return aws_hton32(x);
}

AWS_STATIC_IMPL uint64_t aws_ntoh64(uint64_t x) {
    return aws_hton64(x);
}

AWS_STATIC_IMPL float aws_ntohf32(float x) {
    return aws_htonf32(x);
}

AWS_STATIC_IMPL double aws_ntohf64(double x) {
    return aws_htonf64(x);
}

AWS_STATIC_IMPL uint16_t aws_letoh16(uint16_t x) {
    return aws_is_big_endian() ? AWS_PRIV_SWAP16(x) : x;
}

AWS_STATIC_IMPL uint32_t aws_letoh32(uint32_t x) {
    return aws_is_big_endian() ? AWS_PRIV_SWAP32(x) : x;
}

#undef AWS_PRIV_SWAP16
#undef AWS_PRIV_SWAP32
#undef AWS_PRIV_SWAP64

AWS_EXTERN_C_END

#endif /* AWS_COMMON_BYTE_ORDER_INL */
