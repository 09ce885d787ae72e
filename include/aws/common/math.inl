/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_MATH_INL
#define AWS_COMMON_MATH_INL

#include <aws/common/math.h>

#if defined(_MSC_VER) && !defined(__clang__)
#    include <intrin.h>
#endif

AWS_EXTERN_C_BEGIN

/* ---- Overflow -------------------------------------------------------------------------------- */

/*
 * Each stores the wrapped result in *r and is true if it did wrap. The portable forms rely on unsigned arithmetic being
 * modular, so all three operands must have the same type, not narrower than int.
 */
#if defined(AWS_HAVE_GCC_OVERFLOW_MATH_EXTENSIONS)
#    define AWS_PRIV_ADD_WRAPS(a, b, r) __builtin_add_overflow((a), (b), (r))
#    define AWS_PRIV_SUB_WRAPS(a, b, r) __builtin_sub_overflow((a), (b), (r))
#    define AWS_PRIV_MUL_WRAPS(a, b, r) __builtin_mul_overflow((a), (b), (r))
#else
#    define AWS_PRIV_ADD_WRAPS(a, b, r) ((*(r) = (a) + (b)) < (a))
#    define AWS_PRIV_SUB_WRAPS(a, b, r) ((*(r) = (a) - (b)) > (a))
#    define AWS_PRIV_MUL_WRAPS(a, b, r) ((*(r) = (a) * (b)), (b) != 0 && *(r) / (b) != (a))
#endif

/* Defines the saturating and the checked form of one operation on one type. */
#define AWS_PRIV_DEFINE_ARITHMETIC(op, suffix, type, WRAPS, saturated)                                                 \
    AWS_STATIC_IMPL type aws_##op##_##suffix##_saturating(type a, type b) {                                            \
        type result;                                                                                                   \
        return WRAPS(a, b, &result) ? (saturated) : result;                                                            \
    }                                                                                                                  \
    AWS_STATIC_IMPL int aws_##op##_##suffix##_checked(type a, type b, type *r) {                                       \
        type result;                                                                                                   \
        if (AWS_UNLIKELY(WRAPS(a, b, &result))) {                                                                      \
            return aws_raise_error(AWS_ERROR_OVERFLOW_DETECTED);                                                       \
        }                                                                                                              \
        AWS_ERROR_PRECONDITION(r != NULL);                                                                             \
        *r = result;                                                                                                   \
        return AWS_OP_SUCCESS;                                                                                         \
    }

AWS_PRIV_DEFINE_ARITHMETIC(add, u32, uint32_t, AWS_PRIV_ADD_WRAPS, UINT32_MAX)
AWS_PRIV_DEFINE_ARITHMETIC(add, u64, uint64_t, AWS_PRIV_ADD_WRAPS, UINT64_MAX)
AWS_PRIV_DEFINE_ARITHMETIC(add, size, size_t, AWS_PRIV_ADD_WRAPS, SIZE_MAX)
AWS_PRIV_DEFINE_ARITHMETIC(sub, u32, uint32_t, AWS_PRIV_SUB_WRAPS, 0)
AWS_PRIV_DEFINE_ARITHMETIC(sub, u64, uint64_t, AWS_PRIV_SUB_WRAPS, 0)
AWS_PRIV_DEFINE_ARITHMETIC(sub, size, size_t, AWS_PRIV_SUB_WRAPS, 0)
AWS_PRIV_DEFINE_ARITHMETIC(mul, u32, uint32_t, AWS_PRIV_MUL_WRAPS, UINT32_MAX)
AWS_PRIV_DEFINE_ARITHMETIC(mul, u64, uint64_t, AWS_PRIV_MUL_WRAPS, UINT64_MAX)
AWS_PRIV_DEFINE_ARITHMETIC(mul, size, size_t, AWS_PRIV_MUL_WRAPS, SIZE_MAX)

#undef AWS_PRIV_DEFINE_ARITHMETIC
#undef AWS_PRIV_ADD_WRAPS
#undef AWS_PRIV_SUB_WRAPS
#undef AWS_PRIV_MUL_WRAPS

/* ---- Bits ------------------------------------------------------------------------------------ */

AWS_STATIC_IMPL size_t aws_clz_u32(uint32_t n) {
    if (n == 0) {
        return 32;
    }
#if defined(__GNUC__) || defined(__clang__)
    return (size_t)__builtin_clz(n);
#else
    unsigned long highest;
    _BitScanReverse(&highest, n);
    return 31 - highest;
#endif
}

AWS_STATIC_IMPL size_t aws_clz_u64(uint64_t n) {
#if defined(__GNUC__) || defined(__clang__)
    return n == 0 ? 64 : (size_t)__builtin_clzll(n);
#else
    uint32_t high = (uint32_t)(n >> 32);
    return high != 0 ? aws_clz_u32(high) : 32 + aws_clz_u32((uint32_t)n);
#endif
}

AWS_STATIC_IMPL size_t aws_ctz_u32(uint32_t n) {
    if (n == 0) {
        return 32;
    }
#if defined(__GNUC__) || defined(__clang__)
    return (size_t)__builtin_ctz(n);
#else
    unsigned long lowest;
    _BitScanForward(&lowest, n);
    return lowest;
#endif
}

AWS_STATIC_IMPL size_t aws_ctz_u64(uint64_t n) {
#if defined(__GNUC__) || defined(__clang__)
    return n == 0 ? 64 : (size_t)__builtin_ctzll(n);
#else
    uint32_t low = (uint32_t)n;
    return low != 0 ? aws_ctz_u32(low) : 32 + aws_ctz_u32((uint32_t)(n >> 32));
#endif
}

AWS_STATIC_IMPL size_t aws_clz_i32(int32_t n) {
    return aws_clz_u32((uint32_t)n);
}

AWS_STATIC_IMPL size_t aws_clz_i64(int64_t n) {
    return aws_clz_u64((uint64_t)n);
}

AWS_STATIC_IMPL size_t aws_ctz_i32(int32_t n) {
    return aws_ctz_u32((uint32_t)n);
}

AWS_STATIC_IMPL size_t aws_ctz_i64(int64_t n) {
    return aws_ctz_u64((uint64_t)n);
}

AWS_STATIC_IMPL size_t aws_clz_size(size_t n) {
#if SIZE_BITS == 64
    return aws_clz_u64(n);
#else
    return aws_clz_u32(n);
#endif
}

AWS_STATIC_IMPL size_t aws_ctz_size(size_t n) {
#if SIZE_BITS == 64
    return aws_ctz_u64(n);
#else
    return aws_ctz_u32(n);
#endif
}

AWS_STATIC_IMPL bool aws_is_power_of_two(const size_t x) {
    return x != 0 && (x & (x - 1)) == 0;
}

AWS_STATIC_IMPL int aws_round_up_to_power_of_two(size_t n, size_t *result) {
    AWS_ERROR_PRECONDITION(result != NULL);
    if (n > SIZE_MAX_POWER_OF_TWO) {
        return aws_raise_error(AWS_ERROR_OVERFLOW_DETECTED);
    }

    /* One more than the highest bit of n - 1, so that powers of two stay as they are. */
    *result = n <= 1 ? 1 : (size_t)1 << (SIZE_BITS - aws_clz_size(n - 1));
    return AWS_OP_SUCCESS;
}

/* ---- The smaller and the larger of two ------------------------------------------------------- */

#define AWS_PRIV_DEFINE_MIN_MAX(suffix, type)                                                                          \
    AWS_STATIC_IMPL type aws_min_##suffix(type a, type b) {                                                            \
        return a < b ? a : b;                                                                                          \
    }                                                                                                                  \
    AWS_STATIC_IMPL type aws_max_##suffix(type a, type b) {                                                            \
        return a > b ? a : b;                                                                                          \
    }

AWS_PRIV_DEFINE_MIN_MAX(u8, uint8_t)
AWS_PRIV_DEFINE_MIN_MAX(i8, int8_t)
AWS_PRIV_DEFINE_MIN_MAX(u16, uint16_t)
AWS_PRIV_DEFINE_MIN_MAX(i16, int16_t)
AWS_PRIV_DEFINE_MIN_MAX(u32, uint32_t)
AWS_PRIV_DEFINE_MIN_MAX(i32, int32_t)
AWS_PRIV_DEFINE_MIN_MAX(u64, uint64_t)
AWS_PRIV_DEFINE_MIN_MAX(i64, int64_t)
AWS_PRIV_DEFINE_MIN_MAX(size, size_t)
AWS_PRIV_DEFINE_MIN_MAX(int, int)
AWS_PRIV_DEFINE_MIN_MAX(float, float)
AWS_PRIV_DEFINE_MIN_MAX(double, double)

#undef AWS_PRIV_DEFINE_MIN_MAX

AWS_EXTERN_C_END

#endif /* AWS_COMMON_MATH_INL */
