/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_CONFIG_H
#define AWS_COMMON_CONFIG_H

/*
 * What the compiler and the platform offer to inline functions. Everything is read from predefined macros, so that one
 * installed header serves every compiler. Programs should not depend on these names.
 */

#if defined(__clang__) || (defined(__GNUC__) && __GNUC__ >= 5)
#    define AWS_HAVE_GCC_OVERFLOW_MATH_EXTENSIONS
#endif

#if defined(__GNUC__) && (defined(__x86_64__) || defined(__aarch64__))
#    define AWS_HAVE_GCC_INLINE_ASM
#endif

#if defined(_MSC_VER) && !defined(__clang__) && defined(_M_X64)
#    define AWS_HAVE_MSVC_INTRINSICS_X64
#endif

#if defined(__unix__) || defined(__APPLE__)
#    define AWS_HAVE_POSIX_LARGE_FILE_SUPPORT
#endif

/* musl and bionic (before API 33) have no <execinfo.h>. */
#if defined(__has_include)
#    if !defined(_WIN32) && __has_include(<execinfo.h>)
#        define AWS_HAVE_EXECINFO
#    endif
#elif defined(__gnu_linux__) || defined(__APPLE__)
#    define AWS_HAVE_EXECINFO
#endif

#if defined(_WIN32)
#    define AWS_HAVE_WINAPI_DESKTOP
#endif

#if defined(__x86_64__) || defined(_M_X64)
#    define AWS_ARCH_INTEL
#    define AWS_ARCH_INTEL_X64
#    define AWS_HAVE_AVX2_INTRINSICS
#    define AWS_HAVE_AVX512_INTRINSICS
#    define AWS_HAVE_MM256_EXTRACT_EPI64
#    define AWS_HAVE_CLMUL
#elif defined(__i386__) || defined(_M_IX86)
#    define AWS_ARCH_INTEL
#elif defined(__aarch64__) || defined(_M_ARM64)
#    define AWS_ARCH_ARM64
#endif

#define AWS_USE_CPU_EXTENSIONS

#endif /* AWS_COMMON_CONFIG_H */
