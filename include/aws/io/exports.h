/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_EXPORTS_H
#define AWS_IO_EXPORTS_H

/*
 * AWS_IO_API marks what the shared library exports.
 *
 *   AWS_IO_USE_IMPORT_EXPORT   the library is a DLL or a shared object
 *   AWS_IO_EXPORTS             this file becomes part of that library
 */
#if !defined(AWS_IO_USE_IMPORT_EXPORT)
#    define AWS_IO_API
#elif defined(_WIN32) || defined(AWS_CRT_USE_WINDOWS_DLL_SEMANTICS)
#    if defined(AWS_IO_EXPORTS)
#        define AWS_IO_API __declspec(dllexport)
#    else
#        define AWS_IO_API __declspec(dllimport)
#    endif
#elif defined(AWS_IO_EXPORTS)
#    define AWS_IO_API __attribute__((visibility("default")))
#else
#    define AWS_IO_API
#endif

#endif /* AWS_IO_EXPORTS_H */
