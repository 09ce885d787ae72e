/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PRIVATE_THREAD_SHARED_H
#define AWS_COMMON_PRIVATE_THREAD_SHARED_H

/* Bookkeeping of managed threads. Private: for the library and its tests. */

#include <aws/common/thread.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_linked_list;
struct aws_linked_list_node;

AWS_EXTERN_C_BEGIN

/**
 * Joins each thread of a list, frees its record and subtracts 1 from the count of unjoined threads. The nodes sit in
 * the library's thread records. The calling thread must not be in the list, which is not usable afterwards.
 */
AWS_COMMON_API
void aws_thread_join_and_free_wrapper_list(struct aws_linked_list *wrapper_list);

/** A managed thread adds its own record as it ends. Threads that added theirs earlier are joined here. */
AWS_COMMON_API
void aws_thread_pending_join_add(struct aws_linked_list_node *node);

/** Empties the list of threads to join. Called when the library is initialised. */
AWS_COMMON_API
void aws_thread_initialize_thread_management(void);

/** The count of unjoined threads, as aws_thread_join_all_managed() sees it. */
AWS_COMMON_API
size_t aws_thread_get_managed_thread_count(void);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_PRIVATE_THREAD_SHARED_H */
