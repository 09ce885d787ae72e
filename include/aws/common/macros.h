/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_MACROS_H
#define AWS_COMMON_MACROS_H

#include <stddef.h>

/* ---- Around a header ------------------------------------------------------------------------- */

/* Between PUSH and POP, warnings that a public header cannot avoid stay silent, however many a program enables. */
/**
 * Around the declarations of a header: MSVC's warnings about unused inline functions (4514), padding (4820) and C++
 * callbacks for C functions (5039) are off between the two. Empty for other compilers.
 */
#if defined(_MSC_VER)
#    define AWS_PUSH_SANE_WARNING_LEVEL __pragma(warning(push)) __pragma(warning(disable : 4514 4820 5039))
#    define AWS_POP_SANE_WARNING_LEVEL __pragma(warning(pop))
#else
#    define AWS_PUSH_SANE_WARNING_LEVEL
#    define AWS_POP_SANE_WARNING_LEVEL
#endif

/** Around the declarations of a header: C linkage in C++. Empty in C. */
#if defined(__cplusplus)
#    define AWS_EXTERN_C_BEGIN extern "C" {
#    define AWS_EXTERN_C_END }
#else
#    define AWS_EXTERN_C_BEGIN
#    define AWS_EXTERN_C_END
#endif

/* ---- Compile-time checks --------------------------------------------------------------------- */

/** Joins two tokens as they stand; arguments are not expanded first. */
#define AWS_CONCAT(A, B) A##B

/**
 * AWS_STATIC_ASSERT stops compilation if a constant condition is false. It may stand wherever a declaration may.
 * Before C11 the check is a function declaration, because such a declaration may be repeated.
 */
#if defined(__cplusplus)
#    define AWS_STATIC_ASSERT0(cond, msg) static_assert(!!(cond), "condition is false")
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#    define AWS_STATIC_ASSERT0(cond, msg) _Static_assert(!!(cond), "condition is false")
#else
#    define AWS_STATIC_ASSERT0(cond, msg) extern char(*AWS_CONCAT(static_assertion_, msg)(void))[(cond) ? 1 : -1]
#endif
#define AWS_STATIC_ASSERT1(cond, line) AWS_STATIC_ASSERT0(cond, AWS_CONCAT(at_line_, line))
#define AWS_STATIC_ASSERT(cond) AWS_STATIC_ASSERT1(cond, __LINE__)

/* ---- Macros that are overloaded by their number of arguments --------------------------------- */

/*
 * CALL_OVERLOAD(NAME, ...) calls NAME1, NAME2, ... NAME5, by the number of arguments after NAME (1 to 5).
 * The detour through GLUE and EXPAND_ARGS is for compilers that pass __VA_ARGS__ on as one argument.
 */
#define GLUE(x, y) x y
#define RETURN_ARG_COUNT(_1_, _2_, _3_, _4_, _5_, count, ...) count
#define EXPAND_ARGS(args) RETURN_ARG_COUNT args
#define COUNT_ARGS_MAX5(...) EXPAND_ARGS((__VA_ARGS__, 5, 4, 3, 2, 1, 0))
#define OVERLOAD_MACRO2(name, count) name##count
#define OVERLOAD_MACRO1(name, count) OVERLOAD_MACRO2(name, count)
#define OVERLOAD_MACRO(name, count) OVERLOAD_MACRO1(name, count)
#define CALL_OVERLOAD(name, ...) GLUE(OVERLOAD_MACRO(name, COUNT_ARGS_MAX5(__VA_ARGS__)), (__VA_ARGS__))

/* Proves at compile time that the compiler counts as expected: each overload gives its last argument. */
#define CALL_OVERLOAD_TEST1(x) x
#define CALL_OVERLOAD_TEST2(x, y) y
#define CALL_OVERLOAD_TEST3(x, y, z) z
#define CALL_OVERLOAD_TEST(...) CALL_OVERLOAD(CALL_OVERLOAD_TEST, __VA_ARGS__)
AWS_STATIC_ASSERT(CALL_OVERLOAD_TEST(1) == 1 && CALL_OVERLOAD_TEST(0, 2) == 2 && CALL_OVERLOAD_TEST(0, 0, 3) == 3);

/* ---- Compiler keywords ----------------------------------------------------------------------- */

/*
 * AWS_ALIGNED_TYPEDEF         a typedef `to` of `from`, aligned to `alignment` bytes
 * AWS_TYPE_OF                 the type of an expression (not with MSVC)
 * AWS_LIKELY, AWS_UNLIKELY    which way a branch usually goes; the value is that of the condition, as 0 or 1
 * AWS_FORCE_INLINE, AWS_NO_INLINE
 * AWS_DECLSPEC_NORETURN       before, and AWS_ATTRIBUTE_NORETURN after, a function that does not return
 * AWS_VARIABLE_LENGTH_ARRAY   an array on the stack, for the rest of the block; in C++ and with MSVC, of the function
 * AWS_THREAD_LOCAL            a variable of which each thread has its own
 */
#if defined(_MSC_VER)
#    include <malloc.h>
#    define AWS_ALIGNED_TYPEDEF(from, to, alignment) typedef __declspec(align(alignment)) from to
#    define AWS_LIKELY(x) (!!(x))
#    define AWS_UNLIKELY(x) (!!(x))
#    define AWS_FORCE_INLINE __forceinline
#    define AWS_NO_INLINE __declspec(noinline)
#    define AWS_DECLSPEC_NORETURN __declspec(noreturn)
#    define AWS_ATTRIBUTE_NORETURN
#    define AWS_VARIABLE_LENGTH_ARRAY(type, name, length) type *name = (type *)_alloca(sizeof(type) * (length))
#    define AWS_THREAD_LOCAL __declspec(thread)
#else
#    define AWS_ALIGNED_TYPEDEF(from, to, alignment) typedef from to __attribute__((aligned(alignment)))
#    define AWS_TYPE_OF(a) __typeof__(a)
#    define AWS_LIKELY(x) __builtin_expect(!!(x), 1)
#    define AWS_UNLIKELY(x) __builtin_expect(!!(x), 0)
#    define AWS_FORCE_INLINE __attribute__((always_inline))
#    define AWS_NO_INLINE __attribute__((noinline))
#    define AWS_DECLSPEC_NORETURN
#    define AWS_ATTRIBUTE_NORETURN __attribute__((noreturn))
#    if defined(__cplusplus)
#        define AWS_VARIABLE_LENGTH_ARRAY(type, name, length)                                                          \
            type *name = (type *)__builtin_alloca(sizeof(type) * (length))
#    else
#        define AWS_VARIABLE_LENGTH_ARRAY(type, name, length) type name[length]
#    endif
#    define AWS_THREAD_LOCAL __thread
#endif

/** `restrict`, where the language has it. */
#if defined(__cplusplus)
#    define AWS_RESTRICT
#elif defined(_MSC_VER)
#    define AWS_RESTRICT __restrict
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L
#    define AWS_RESTRICT restrict
#else
#    define AWS_RESTRICT
#endif

/* ---- Sanitizers ------------------------------------------------------------------------------ */

#if defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define AWS_SUPPRESS_ASAN __attribute__((no_sanitize("address")))
#    endif
#    if __has_feature(thread_sanitizer)
#        define AWS_SUPPRESS_TSAN __attribute__((no_sanitize("thread")))
#    endif
#    if __has_feature(undefined_behavior_sanitizer)
#        define AWS_SUPPRESS_UBSAN __attribute__((no_sanitize("undefined")))
#    endif
#elif defined(__GNUC__)
#    if defined(__SANITIZE_ADDRESS__)
#        define AWS_SUPPRESS_ASAN __attribute__((no_sanitize_address))
#    endif
#    if defined(__SANITIZE_THREAD__)
#        define AWS_SUPPRESS_TSAN __attribute__((no_sanitize_thread))
#    endif
#    if defined(__SANITIZE_UNDEFINED__)
#        define AWS_SUPPRESS_UBSAN __attribute__((no_sanitize_undefined))
#    endif
#elif defined(_MSC_VER) && defined(__SANITIZE_ADDRESS__)
#    define AWS_SUPPRESS_ASAN __declspec(no_sanitize_address)
#endif

/** Exempts one function from AddressSanitizer. Empty when that is off. */
#ifndef AWS_SUPPRESS_ASAN
#    define AWS_SUPPRESS_ASAN
#endif

/** Exempts one function from ThreadSanitizer. Empty when that is off. */
#ifndef AWS_SUPPRESS_TSAN
#    define AWS_SUPPRESS_TSAN
#endif

/** Exempts one function from UndefinedBehaviorSanitizer. Empty when that is off. */
#ifndef AWS_SUPPRESS_UBSAN
#    define AWS_SUPPRESS_UBSAN
#endif

/* ---- Data ------------------------------------------------------------------------------------ */

/** Bytes in a cache line: what two threads write should be at least this far apart. */
enum { AWS_CACHE_LINE = 64 };

/** printf conversion for a string with a length: takes an int, the number of bytes, and a pointer to them. */
#define PRInSTR "%.*s"

/** Number of elements of an array. Not for pointers. */
#define AWS_ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))

/** From a pointer to the member `member` of a struct to the `type *` that holds it. */
#define AWS_CONTAINER_OF(ptr, type, member) ((type *)(void *)(((char *)(ptr)) - offsetof(type, member)))

#endif /* AWS_COMMON_MACROS_H */
