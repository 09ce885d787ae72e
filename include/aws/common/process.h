/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PROCESS_H
#define AWS_COMMON_PROCESS_H

/* This process, its limits, and commands that it runs. */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_string;

/** What became of a command. */
struct aws_run_command_result {
    /** Status as pclose() gives it: on POSIX systems a wait status, for WEXITSTATUS() and its siblings. */
    int ret_code;

    /** What the command wrote to its standard output, without white space at both ends. NULL if that is nothing. */
    struct aws_string *std_out;

    /** Always NULL. */
    struct aws_string *std_err;
};

/** What to run. */
struct aws_run_command_options {
    /** A line for the system's shell. Not escaped: never build it from input. */
    const char *command;
};

AWS_EXTERN_C_BEGIN

/** Number of this process. */
AWS_COMMON_API
int aws_get_pid(void);

/** How many handles (file descriptors) the process may open now: their numbers stay below this. */
AWS_COMMON_API
size_t aws_get_soft_limit_io_handles(void);

/** How far that limit can be raised without privileges. */
AWS_COMMON_API
size_t aws_get_hard_limit_io_handles(void);

/**
 * Sets how many handles the process may open. Fails with AWS_ERROR_INVALID_ARGUMENT above the hard limit, with
 * AWS_ERROR_UNIMPLEMENTED on Windows.
 */
AWS_COMMON_API
int aws_set_soft_limit_io_handles(size_t max_handles);

/** Zeroes a result. Fails with AWS_ERROR_INVALID_ARGUMENT if an argument is NULL. */
AWS_COMMON_API
int aws_run_command_result_init(struct aws_allocator *allocator, struct aws_run_command_result *result);

/** Wipes and frees the strings of a result. NULL is ignored. */
AWS_COMMON_API
void aws_run_command_result_cleanup(struct aws_run_command_result *result);

/**
 * Runs a command and waits for it. Success means that the shell was started: look at the result, which must be
 * initialised before and is the caller's to clean up. Fails with AWS_ERROR_INVALID_ARGUMENT if something is NULL, else
 * with what the system's error stands for.
 */
AWS_COMMON_API
int aws_run_command(
    struct aws_allocator *allocator, struct aws_run_command_options *options, struct aws_run_command_result *result);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_PROCESS_H */
