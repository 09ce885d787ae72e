/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_SHARED_LIBRARY_H
#define AWS_IO_SHARED_LIBRARY_H

/*
 * Loads shared libraries while the program runs.
 */

#include <aws/io/io.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A loaded library. NULL if none is. */
struct aws_shared_library {
    /** The system's handle. */
    void *library_handle;
};

AWS_EXTERN_C_BEGIN

/** Any function: cast it to its real type before calling it. */
typedef void (*aws_generic_function)(void);

/**
 * Loads a library. A NULL path stands for the program itself. Undone by aws_shared_library_clean_up().
 * Errors: AWS_IO_SHARED_LIBRARY_LOAD_FAILURE; the log says why.
 * One thread at a time.
 */
AWS_IO_API
int aws_shared_library_init(struct aws_shared_library *library, const char *library_path);

/**
 * Unloads the library; its functions must not be called any more. NULL and an empty struct are allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_shared_library_clean_up(struct aws_shared_library *library);

/**
 * Looks a function up and stores its address. On failure NULL is stored.
 * Errors: AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE, also without a library; the log says why.
 * One thread at a time.
 */
AWS_IO_API
int aws_shared_library_find_function(
    struct aws_shared_library *library, const char *symbol_name, aws_generic_function *function_address);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_SHARED_LIBRARY_H */
