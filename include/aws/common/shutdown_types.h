/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_SHUTDOWN_TYPES_H
#define AWS_COMMON_SHUTDOWN_TYPES_H

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Called when something is done, with the user's data. */
typedef void(aws_simple_completion_callback)(void *);

/** The callback for the end of an object that is destroyed in the background. */
struct aws_shutdown_callback_options {
    /** May be NULL. Called once, after the object has freed everything, on a thread that its documentation names. */
    aws_simple_completion_callback *shutdown_callback_fn;

    /** Passed to the callback. */
    void *shutdown_callback_user_data;
};

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_SHUTDOWN_TYPES_H */
