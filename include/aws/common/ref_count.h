/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_REF_COUNT_H
#define AWS_COMMON_REF_COUNT_H

/* Counts the owners of an object and destroys it when the last one releases it. Any thread may acquire and release. */

#include <aws/common/common.h>

#include <aws/common/atomics.h>
#include <aws/common/shutdown_types.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A count, usually a member of the object that it guards. Its fields belong to the library. */
struct aws_ref_count {
    /** References that are held now. */
    struct aws_atomic_var ref_count;
    /** Passed to `on_zero_fn`. */
    void *object;
    /** Called once, on the thread that drops the last reference. */
    aws_simple_completion_callback *on_zero_fn;
};

AWS_EXTERN_C_BEGIN

/**
 * Starts a count at 1: the caller is the first owner.
 *
 * @param object      what is counted; passed to `on_zero_fn`
 * @param on_zero_fn  destroys the object; called on the thread that releases it last
 */
AWS_COMMON_API
void aws_ref_count_init(struct aws_ref_count *ref_count, void *object, aws_simple_completion_callback *on_zero_fn);

/** Adds an owner and returns the object. The caller must know that the count is not 0. */
AWS_COMMON_API
void *aws_ref_count_acquire(struct aws_ref_count *ref_count);

/**
 * Takes an owner away and returns how many are left. If none is left, the object is destroyed before this returns.
 * A number above 0 may be out of date by then.
 */
AWS_COMMON_API
size_t aws_ref_count_release(struct aws_ref_count *ref_count);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_REF_COUNT_H */
