/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ENVIRONMENT_H
#define AWS_COMMON_ENVIRONMENT_H

/*
 * Variables of the process's environment. Nothing here is synchronised: no thread may read the environment while
 * another changes it.
 */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_string;

AWS_EXTERN_C_BEGIN

/** The value of a variable as a new string that the caller must destroy; NULL if it is not set. Raises nothing. */
AWS_COMMON_API
struct aws_string *aws_get_env(struct aws_allocator *allocator, const char *name);

/** The same, with NULL also if the value is empty. */
AWS_COMMON_API
struct aws_string *aws_get_env_nonempty(struct aws_allocator *allocator, const char *name);

/** Like aws_get_env(), with the value, or NULL, in `*value_out`. Deprecated: use aws_get_env(). Always succeeds. */
AWS_COMMON_API
int aws_get_environment_value(
    struct aws_allocator *allocator, const struct aws_string *variable_name, struct aws_string **value_out);

/**
 * Sets a variable, new or not. On Windows an empty value removes it.
 * Fails with AWS_ERROR_ENVIRONMENT_SET, for instance if the name is empty or holds a '='.
 */
AWS_COMMON_API
int aws_set_environment_value(const struct aws_string *variable_name, const struct aws_string *value);

/** Removes a variable, if it is there. Fails with AWS_ERROR_ENVIRONMENT_UNSET, for the same reasons. */
AWS_COMMON_API
int aws_unset_environment_value(const struct aws_string *variable_name);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ENVIRONMENT_H */
