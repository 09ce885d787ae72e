/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_EXPORTS_H
#define AWS_COMMON_EXPORTS_H

/*
 * AWS_COMMON_API marks what the shared library exports.
 *
 *   AWS_COMMON_USE_IMPORT_EXPORT   the library is a DLL or a shared object
 *   AWS_COMMON_EXPORTS             this file becomes part of that library
 */
#if !defined(AWS_COMMON_USE_IMPORT_EXPORT)
#    define AWS_COMMON_API
#elif defined(_WIN32) || defined(AWS_CRT_USE_WINDOWS_DLL_SEMANTICS)
#    if defined(AWS_COMMON_EXPORTS)
#        define AWS_COMMON_API __declspec(dllexport)
#    else
#        define AWS_COMMON_API __declspec(dllimport)
#    endif
#elif defined(AWS_COMMON_EXPORTS)
#    define AWS_COMMON_API __attribute__((visibility("default")))
#else
#    define AWS_COMMON_API
#endif

/*
 * AWS_STATIC_IMPL starts the declaration of a function whose body stands in a header. The library also exports a copy
 * of each under the same name, for languages that cannot include C.
 *
 *   AWS_NO_STATIC_IMPL       leave the bodies out and call the exported copies
 *   AWS_EMIT_INLINE_COPIES   compile the bodies as those copies; for one file of the library
 */
#if defined(AWS_NO_STATIC_IMPL) || defined(AWS_EMIT_INLINE_COPIES)
#    define AWS_STATIC_IMPL AWS_COMMON_API
#elif !defined(AWS_STATIC_IMPL)
#    define AWS_STATIC_IMPL static inline
#endif

#endif /* AWS_COMMON_EXPORTS_H */
