/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_MATH_H
#define AWS_COMMON_MATH_H

/*
 * Arithmetic that detects overflow. Names say how:
 *
 *   saturating   the result is the nearest number that the type can hold: its largest, or 0 when subtracting
 *   checked      overflow raises AWS_ERROR_OVERFLOW_DETECTED and returns AWS_OP_ERR; `*r` is written only on success.
 *                A NULL `r` raises AWS_ERROR_INVALID_ARGUMENT.
 */

#include <aws/common/common.h>
#include <aws/common/config.h>

#include <limits.h>
#include <stdlib.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Bits in a size_t. */
#if SIZE_MAX == UINT64_MAX
#    define SIZE_BITS 64
#elif SIZE_MAX == UINT32_MAX
#    define SIZE_BITS 32
#else
#    error "size_t must have 32 or 64 bits"
#endif

/** The largest power of two that a size_t can hold. */
#define SIZE_MAX_POWER_OF_TWO ((size_t)1 << (SIZE_BITS - 1))

AWS_EXTERN_C_BEGIN

/* ---- a + b ----------------------------------------------------------------------------------- */

/** Sum, or the nearest number that the type can hold. */
AWS_STATIC_IMPL uint32_t aws_add_u32_saturating(uint32_t a, uint32_t b);
AWS_STATIC_IMPL uint64_t aws_add_u64_saturating(uint64_t a, uint64_t b);
AWS_STATIC_IMPL size_t aws_add_size_saturating(size_t a, size_t b);

/** Sum, stored in `*r`. Raises AWS_ERROR_OVERFLOW_DETECTED if the type cannot hold it. */
AWS_STATIC_IMPL int aws_add_u32_checked(uint32_t a, uint32_t b, uint32_t *r);
AWS_STATIC_IMPL int aws_add_u64_checked(uint64_t a, uint64_t b, uint64_t *r);
AWS_STATIC_IMPL int aws_add_size_checked(size_t a, size_t b, size_t *r);

/** Adds `num` variable arguments, each of which must be a size_t. The sum of none is 0. */
AWS_COMMON_API int aws_add_size_checked_varargs(size_t num, size_t *r, ...);

/* ---- a - b ----------------------------------------------------------------------------------- */

/** Difference, or the nearest number that the type can hold. */
AWS_STATIC_IMPL uint32_t aws_sub_u32_saturating(uint32_t a, uint32_t b);
AWS_STATIC_IMPL uint64_t aws_sub_u64_saturating(uint64_t a, uint64_t b);
AWS_STATIC_IMPL size_t aws_sub_size_saturating(size_t a, size_t b);

/** Difference, stored in `*r`. Raises AWS_ERROR_OVERFLOW_DETECTED if the type cannot hold it. */
AWS_STATIC_IMPL int aws_sub_u32_checked(uint32_t a, uint32_t b, uint32_t *r);
AWS_STATIC_IMPL int aws_sub_u64_checked(uint64_t a, uint64_t b, uint64_t *r);
AWS_STATIC_IMPL int aws_sub_size_checked(size_t a, size_t b, size_t *r);

/* ---- a * b ----------------------------------------------------------------------------------- */

/** Product, or the nearest number that the type can hold. */
AWS_STATIC_IMPL uint32_t aws_mul_u32_saturating(uint32_t a, uint32_t b);
AWS_STATIC_IMPL uint64_t aws_mul_u64_saturating(uint64_t a, uint64_t b);
AWS_STATIC_IMPL size_t aws_mul_size_saturating(size_t a, size_t b);

/** Product, stored in `*r`. Raises AWS_ERROR_OVERFLOW_DETECTED if the type cannot hold it. */
AWS_STATIC_IMPL int aws_mul_u32_checked(uint32_t a, uint32_t b, uint32_t *r);
AWS_STATIC_IMPL int aws_mul_u64_checked(uint64_t a, uint64_t b, uint64_t *r);
AWS_STATIC_IMPL int aws_mul_size_checked(size_t a, size_t b, size_t *r);

/* ---- Bits ------------------------------------------------------------------------------------ */

/** True for 1, 2, 4, 8 and so on; false for 0. */
AWS_STATIC_IMPL bool aws_is_power_of_two(const size_t x);

/**
 * Stores the smallest power of two that is not below `n`; for 0 that is 1. Raises AWS_ERROR_OVERFLOW_DETECTED if a
 * size_t cannot hold it.
 */
AWS_STATIC_IMPL int aws_round_up_to_power_of_two(size_t n, size_t *result);

/** Number of zero bits above the highest one bit. For 0, the number of bits of the type. */
AWS_STATIC_IMPL size_t aws_clz_u32(uint32_t n);
AWS_STATIC_IMPL size_t aws_clz_i32(int32_t n);
AWS_STATIC_IMPL size_t aws_clz_u64(uint64_t n);
AWS_STATIC_IMPL size_t aws_clz_i64(int64_t n);
AWS_STATIC_IMPL size_t aws_clz_size(size_t n);

/** Number of zero bits below the lowest one bit. For 0, the number of bits of the type. */
AWS_STATIC_IMPL size_t aws_ctz_u32(uint32_t n);
AWS_STATIC_IMPL size_t aws_ctz_i32(int32_t n);
AWS_STATIC_IMPL size_t aws_ctz_u64(uint64_t n);
AWS_STATIC_IMPL size_t aws_ctz_i64(int64_t n);
AWS_STATIC_IMPL size_t aws_ctz_size(size_t n);

/* ---- The smaller and the larger of two ------------------------------------------------------- */

/** min gives the smaller of two numbers, max the larger. */
AWS_STATIC_IMPL uint8_t aws_min_u8(uint8_t a, uint8_t b);
AWS_STATIC_IMPL uint8_t aws_max_u8(uint8_t a, uint8_t b);
AWS_STATIC_IMPL int8_t aws_min_i8(int8_t a, int8_t b);
AWS_STATIC_IMPL int8_t aws_max_i8(int8_t a, int8_t b);
AWS_STATIC_IMPL uint16_t aws_min_u16(uint16_t a, uint16_t b);
AWS_STATIC_IMPL uint16_t aws_max_u16(uint16_t a, uint16_t b);
AWS_STATIC_IMPL int16_t aws_min_i16(int16_t a, int16_t b);
AWS_STATIC_IMPL int16_t aws_max_i16(int16_t a, int16_t b);
AWS_STATIC_IMPL uint32_t aws_min_u32(uint32_t a, uint32_t b);
AWS_STATIC_IMPL uint32_t aws_max_u32(uint32_t a, uint32_t b);
AWS_STATIC_IMPL int32_t aws_min_i32(int32_t a, int32_t b);
AWS_STATIC_IMPL int32_t aws_max_i32(int32_t a, int32_t b);
AWS_STATIC_IMPL uint64_t aws_min_u64(uint64_t a, uint64_t b);
AWS_STATIC_IMPL uint64_t aws_max_u64(uint64_t a, uint64_t b);
AWS_STATIC_IMPL int64_t aws_min_i64(int64_t a, int64_t b);
AWS_STATIC_IMPL int64_t aws_max_i64(int64_t a, int64_t b);
AWS_STATIC_IMPL size_t aws_min_size(size_t a, size_t b);
AWS_STATIC_IMPL size_t aws_max_size(size_t a, size_t b);
AWS_STATIC_IMPL int aws_min_int(int a, int b);
AWS_STATIC_IMPL int aws_max_int(int a, int b);

/** If either argument is not a number, the result is `b`. */
AWS_STATIC_IMPL float aws_min_float(float a, float b);
AWS_STATIC_IMPL float aws_max_float(float a, float b);
AWS_STATIC_IMPL double aws_min_double(double a, double b);
AWS_STATIC_IMPL double aws_max_double(double a, double b);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/math.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_MATH_H */
