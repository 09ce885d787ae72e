/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ERROR_H
#define AWS_COMMON_ERROR_H

/*
 * Functions that can fail return AWS_OP_SUCCESS or AWS_OP_ERR (or NULL) and leave the reason in a number that belongs
 * to the calling thread. Success does not reset that number: read it only after a failure.
 */

#include <aws/common/assert.h>
#include <aws/common/exports.h>
#include <aws/common/macros.h>
#include <aws/common/package.h>
#include <aws/common/stdint.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** What functions return that can fail. */
#define AWS_OP_SUCCESS (0)
#define AWS_OP_ERR (-1)

/* Each package owns 1024 consecutive codes, the first of which is its id times 1024. */
#define AWS_ERROR_ENUM_STRIDE_BITS 10
#define AWS_ERROR_ENUM_STRIDE (1U << AWS_ERROR_ENUM_STRIDE_BITS)
#define AWS_ERROR_ENUM_BEGIN_RANGE(x) (AWS_ERROR_ENUM_STRIDE * (x))
#define AWS_ERROR_ENUM_END_RANGE(x) (AWS_ERROR_ENUM_STRIDE * ((x) + 1) - 1)

/** What is known of one error code. The strings live as long as the registration. */
struct aws_error_info {
    /** The number that the constant has. */
    int error_code;
    /** Name of the constant. */
    const char *literal_name;
    /** One sentence for people. */
    const char *error_str;
    /** Library that owns the code. */
    const char *lib_name;
    /** All three in one line: "library: NAME, sentence". */
    const char *formatted_name;
};

/** The codes of one package: entry `i` describes its first code plus `i`, with no gaps. */
struct aws_error_info_list {
    /** `count` entries, in the order of their codes. Not copied: it must outlive the registration. */
    const struct aws_error_info *error_list;
    /** Number of entries, at most AWS_ERROR_ENUM_STRIDE. */
    uint16_t count;
};

/** Initialiser of a struct aws_error_info: constant `C`, string literal `ES` (the sentence), string literal `LN`. */
#define AWS_DEFINE_ERROR_INFO(C, ES, LN)                                                                               \
    { (C), #C, ES, LN, LN ": " #C ", " ES }

/** Called on the raising thread, inside aws_raise_error(), after the error has been stored. */
typedef void(aws_error_handler_fn)(int err, void *ctx);

/** Codes of the common library. */
enum aws_common_error {
    AWS_ERROR_SUCCESS = AWS_ERROR_ENUM_BEGIN_RANGE(AWS_C_COMMON_PACKAGE_ID),
    AWS_ERROR_OOM,
    AWS_ERROR_NO_SPACE,
    AWS_ERROR_UNKNOWN,
    AWS_ERROR_SHORT_BUFFER,
    AWS_ERROR_OVERFLOW_DETECTED,
    AWS_ERROR_UNSUPPORTED_OPERATION,
    AWS_ERROR_INVALID_BUFFER_SIZE,
    AWS_ERROR_INVALID_HEX_STR,
    AWS_ERROR_INVALID_BASE64_STR,
    AWS_ERROR_INVALID_INDEX,
    AWS_ERROR_THREAD_INVALID_SETTINGS,
    AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE,
    AWS_ERROR_THREAD_NO_PERMISSIONS,
    AWS_ERROR_THREAD_NOT_JOINABLE,
    AWS_ERROR_THREAD_NO_SUCH_THREAD_ID,
    AWS_ERROR_THREAD_DEADLOCK_DETECTED,
    AWS_ERROR_MUTEX_NOT_INIT,
    AWS_ERROR_MUTEX_TIMEOUT,
    AWS_ERROR_MUTEX_CALLER_NOT_OWNER,
    AWS_ERROR_MUTEX_FAILED,
    AWS_ERROR_COND_VARIABLE_INIT_FAILED,
    AWS_ERROR_COND_VARIABLE_TIMED_OUT,
    AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN,
    AWS_ERROR_CLOCK_FAILURE,
    AWS_ERROR_LIST_EMPTY,
    AWS_ERROR_DEST_COPY_TOO_SMALL,
    AWS_ERROR_LIST_EXCEEDS_MAX_SIZE,
    AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK,
    AWS_ERROR_PRIORITY_QUEUE_FULL,
    AWS_ERROR_PRIORITY_QUEUE_EMPTY,
    AWS_ERROR_PRIORITY_QUEUE_BAD_NODE,
    AWS_ERROR_HASHTBL_ITEM_NOT_FOUND,
    AWS_ERROR_INVALID_DATE_STR,
    AWS_ERROR_INVALID_ARGUMENT,
    AWS_ERROR_RANDOM_GEN_FAILED,
    AWS_ERROR_MALFORMED_INPUT_STRING,
    AWS_ERROR_UNIMPLEMENTED,
    AWS_ERROR_INVALID_STATE,
    AWS_ERROR_ENVIRONMENT_GET,
    AWS_ERROR_ENVIRONMENT_SET,
    AWS_ERROR_ENVIRONMENT_UNSET,
    AWS_ERROR_STREAM_UNSEEKABLE,
    AWS_ERROR_NO_PERMISSION,
    AWS_ERROR_FILE_INVALID_PATH,
    AWS_ERROR_MAX_FDS_EXCEEDED,
    AWS_ERROR_SYS_CALL_FAILURE,
    AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED,
    AWS_ERROR_STRING_MATCH_NOT_FOUND,
    AWS_ERROR_DIVIDE_BY_ZERO,
    AWS_ERROR_INVALID_FILE_HANDLE,
    AWS_ERROR_OPERATION_INTERUPTED,
    AWS_ERROR_DIRECTORY_NOT_EMPTY,
    AWS_ERROR_PLATFORM_NOT_SUPPORTED,
    AWS_ERROR_INVALID_UTF8,
    AWS_ERROR_GET_HOME_DIRECTORY_FAILED,
    AWS_ERROR_INVALID_XML,
    AWS_ERROR_FILE_OPEN_FAILURE,
    AWS_ERROR_FILE_READ_FAILURE,
    AWS_ERROR_FILE_WRITE_FAILURE,
    AWS_ERROR_INVALID_CBOR,
    AWS_ERROR_CBOR_UNEXPECTED_TYPE,
    AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED,
    AWS_ERROR_END_COMMON_RANGE = AWS_ERROR_ENUM_END_RANGE(AWS_C_COMMON_PACKAGE_ID)
};

AWS_EXTERN_C_BEGIN

/** The code that was last raised or restored on this thread; 0 if none was, or after aws_reset_error(). */
AWS_COMMON_API
int aws_last_error(void);

/**
 * The sentence, the constant's name, the owning library and the whole line of an error code. Never NULL: a code that
 * is not registered gives a text that says so. The caller must not free the result; it stays valid until the owning
 * library unregisters.
 */
AWS_COMMON_API
const char *aws_error_str(int err);
AWS_COMMON_API
const char *aws_error_name(int err);
AWS_COMMON_API
const char *aws_error_lib_name(int err);
AWS_COMMON_API
const char *aws_error_debug_str(int err);

/** The out-of-line part of aws_raise_error(): stores the code and calls the handler. Call aws_raise_error() instead. */
AWS_COMMON_API
void aws_raise_error_private(int err);

/**
 * Makes `err` this thread's last error and calls the thread's error handler or, if it has none, the global one.
 * Always returns AWS_OP_ERR, so that a function can end with `return aws_raise_error(...)`.
 */
AWS_STATIC_IMPL
int aws_raise_error(int err);

/** Sets this thread's last error to 0. Calls no handler. */
AWS_COMMON_API
void aws_reset_error(void);

/** Makes `err` this thread's last error without calling a handler: for code that saved it across a clean-up. */
AWS_COMMON_API
void aws_restore_error(int err);

/**
 * Sets the handler for all threads that have none of their own. NULL switches it off.
 * Returns the handler that was set before, or NULL. Not synchronised: set it while no other thread raises errors.
 */
AWS_COMMON_API
aws_error_handler_fn *aws_set_global_error_handler_fn(aws_error_handler_fn *handler, void *ctx);

/**
 * Sets the handler of the calling thread, which takes the place of the global one. NULL brings the global one back.
 * Returns the handler that was set before on this thread, or NULL.
 */
AWS_COMMON_API
aws_error_handler_fn *aws_set_thread_local_error_handler_fn(aws_error_handler_fn *handler, void *ctx);

/**
 * Makes the codes of a package known to aws_error_str() and its siblings, in place of what was registered for that
 * package before. Nothing is copied: list, entries and strings must stay until aws_unregister_error_info().
 * A NULL or empty list, or a code that belongs to no package, ends the process.
 */
AWS_COMMON_API
void aws_register_error_info(const struct aws_error_info_list *error_info);

/** Forgets the codes of the package that owns the first entry of the list. Bad lists end the process. */
AWS_COMMON_API
void aws_unregister_error_info(const struct aws_error_info_list *error_info);

/**
 * Raises the code that corresponds to an `errno` value, or the fallback if none does. EINVAL counts as unknown unless
 * the fallback is AWS_ERROR_SYS_CALL_FAILURE; then it becomes AWS_ERROR_INVALID_ARGUMENT. Always returns AWS_OP_ERR.
 */
AWS_COMMON_API
int aws_translate_and_raise_io_error_or(int error_no, int fallback_aws_error_code);

/** The same with AWS_ERROR_SYS_CALL_FAILURE as the fallback. Always returns AWS_OP_ERR. */
AWS_COMMON_API
int aws_translate_and_raise_io_error(int error_no);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/error.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ERROR_H */
