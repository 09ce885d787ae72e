/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of the header group "common" as facts: each line is an assertion. Generated; not edited by hand. */
#if !defined(ABI_CHECK_ANY_PLATFORM) && !(defined(__linux__) && defined(__x86_64__) && defined(__LP64__))
#    error "the contract holds the Linux x86-64 layout; define ABI_CHECK_ANY_PLATFORM to try anyway"
#endif
#ifndef _GNU_SOURCE
#    define _GNU_SOURCE 1
#endif
#ifndef AWS_UNSTABLE_TESTING_API
#    define AWS_UNSTABLE_TESTING_API 1
#endif
#ifndef INTEL_NO_ITTNOTIFY_API
#    define INTEL_NO_ITTNOTIFY_API 1
#endif
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <aws/common/allocator.h>
#include <aws/common/array_list.h>
#include <aws/common/assert.h>
#include <aws/common/atomics.h>
#include <aws/common/byte_buf.h>
#include <aws/common/byte_order.h>
#include <aws/common/clock.h>
#include <aws/common/common.h>
#include <aws/common/condition_variable.h>
#include <aws/common/config.h>
#include <aws/common/date_time.h>
#include <aws/common/environment.h>
#include <aws/common/error.h>
#include <aws/common/exports.h>
#include <aws/common/file.h>
#include <aws/common/hash_table.h>
#include <aws/common/linked_list.h>
#include <aws/common/log_channel.h>
#include <aws/common/log_formatter.h>
#include <aws/common/log_writer.h>
#include <aws/common/logging.h>
#include <aws/common/macros.h>
#include <aws/common/math.h>
#include <aws/common/mutex.h>
#include <aws/common/package.h>
#include <aws/common/platform.h>
#include <aws/common/predicates.h>
#include <aws/common/priority_queue.h>
#include <aws/common/process.h>
#include <aws/common/ref_count.h>
#include <aws/common/shutdown_types.h>
#include <aws/common/statistics.h>
#include <aws/common/stdbool.h>
#include <aws/common/stdint.h>
#include <aws/common/string.h>
#include <aws/common/system_info.h>
#include <aws/common/task_scheduler.h>
#include <aws/common/thread.h>
#include <aws/common/uri.h>
#include <aws/common/uuid.h>
#include <aws/common/zero.h>

/* aws/common/allocator.h */
_Static_assert(sizeof(enum aws_mem_trace_level) == 4, "size of enum aws_mem_trace_level is 4");
_Static_assert(((long long)(enum aws_mem_trace_level)-1 < 0) == 0, "enum aws_mem_trace_level is unsigned");
_Static_assert((long long)(AWS_MEMTRACE_NONE) == 0LL, "AWS_MEMTRACE_NONE is 0");
_Static_assert((long long)(AWS_MEMTRACE_BYTES) == 1LL, "AWS_MEMTRACE_BYTES is 1");
_Static_assert((long long)(AWS_MEMTRACE_STACKS) == 2LL, "AWS_MEMTRACE_STACKS is 2");
_Static_assert(sizeof(struct aws_allocator) == 40, "size of struct aws_allocator is 40");
_Static_assert(_Alignof(struct aws_allocator) == 8, "alignment of struct aws_allocator is 8");
_Static_assert(offsetof(struct aws_allocator, mem_acquire) == 0, "offset of struct aws_allocator.mem_acquire is 0");
_Static_assert(sizeof(((struct aws_allocator *)0)->mem_acquire) == 8, "size of struct aws_allocator.mem_acquire is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_acquire), void *(*)(struct aws_allocator *, size_t)), "type of struct aws_allocator.mem_acquire is void *(*)(struct aws_allocator *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_acquire), void * (*)(struct aws_allocator *, size_t)), "signature behind struct aws_allocator.mem_acquire");
_Static_assert(offsetof(struct aws_allocator, mem_release) == 8, "offset of struct aws_allocator.mem_release is 8");
_Static_assert(sizeof(((struct aws_allocator *)0)->mem_release) == 8, "size of struct aws_allocator.mem_release is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_release), void (*)(struct aws_allocator *, void *)), "type of struct aws_allocator.mem_release is void (*)(struct aws_allocator *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_release), void (*)(struct aws_allocator *, void *)), "signature behind struct aws_allocator.mem_release");
_Static_assert(offsetof(struct aws_allocator, mem_realloc) == 16, "offset of struct aws_allocator.mem_realloc is 16");
_Static_assert(sizeof(((struct aws_allocator *)0)->mem_realloc) == 8, "size of struct aws_allocator.mem_realloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_realloc), void *(*)(struct aws_allocator *, void *, size_t, size_t)), "type of struct aws_allocator.mem_realloc is void *(*)(struct aws_allocator *, void *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_realloc), void * (*)(struct aws_allocator *, void *, size_t, size_t)), "signature behind struct aws_allocator.mem_realloc");
_Static_assert(offsetof(struct aws_allocator, mem_calloc) == 24, "offset of struct aws_allocator.mem_calloc is 24");
_Static_assert(sizeof(((struct aws_allocator *)0)->mem_calloc) == 8, "size of struct aws_allocator.mem_calloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_calloc), void *(*)(struct aws_allocator *, size_t, size_t)), "type of struct aws_allocator.mem_calloc is void *(*)(struct aws_allocator *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->mem_calloc), void * (*)(struct aws_allocator *, size_t, size_t)), "signature behind struct aws_allocator.mem_calloc");
_Static_assert(offsetof(struct aws_allocator, impl) == 32, "offset of struct aws_allocator.impl is 32");
_Static_assert(sizeof(((struct aws_allocator *)0)->impl) == 8, "size of struct aws_allocator.impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_allocator *)0)->impl), void *), "type of struct aws_allocator.impl is void *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_allocator_is_valid), bool (const struct aws_allocator *)), "aws_allocator_is_valid is bool (const struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_default_allocator), struct aws_allocator * (void)), "aws_default_allocator is struct aws_allocator * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_aligned_allocator), struct aws_allocator * (void)), "aws_aligned_allocator is struct aws_allocator * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_acquire), void * (struct aws_allocator *, size_t)), "aws_mem_acquire is void * (struct aws_allocator *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_calloc), void * (struct aws_allocator *, size_t, size_t)), "aws_mem_calloc is void * (struct aws_allocator *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_acquire_many), void * (struct aws_allocator *, size_t, ...)), "aws_mem_acquire_many is void * (struct aws_allocator *, size_t, ...)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_release), void (struct aws_allocator *, void *)), "aws_mem_release is void (struct aws_allocator *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_realloc), int (struct aws_allocator *, void **, size_t, size_t)), "aws_mem_realloc is int (struct aws_allocator *, void **, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_tracer_new), struct aws_allocator * (struct aws_allocator *, struct aws_allocator *, enum aws_mem_trace_level, size_t)), "aws_mem_tracer_new is struct aws_allocator * (struct aws_allocator *, struct aws_allocator *, enum aws_mem_trace_level, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_tracer_destroy), struct aws_allocator * (struct aws_allocator *)), "aws_mem_tracer_destroy is struct aws_allocator * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_tracer_dump), void (struct aws_allocator *)), "aws_mem_tracer_dump is void (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_tracer_bytes), size_t (struct aws_allocator *)), "aws_mem_tracer_bytes is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mem_tracer_count), size_t (struct aws_allocator *)), "aws_mem_tracer_count is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_new), struct aws_allocator * (struct aws_allocator *, bool)), "aws_small_block_allocator_new is struct aws_allocator * (struct aws_allocator *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_destroy), void (struct aws_allocator *)), "aws_small_block_allocator_destroy is void (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_bytes_active), size_t (struct aws_allocator *)), "aws_small_block_allocator_bytes_active is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_bytes_reserved), size_t (struct aws_allocator *)), "aws_small_block_allocator_bytes_reserved is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_page_size), size_t (struct aws_allocator *)), "aws_small_block_allocator_page_size is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_small_block_allocator_page_size_available), size_t (struct aws_allocator *)), "aws_small_block_allocator_page_size_available is size_t (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_explicit_aligned_allocator_new), struct aws_allocator * (size_t)), "aws_explicit_aligned_allocator_new is struct aws_allocator * (size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_explicit_aligned_allocator_destroy), void (struct aws_allocator *)), "aws_explicit_aligned_allocator_destroy is void (struct aws_allocator *)");

/* aws/common/array_list.h */
_Static_assert((long long)(AWS_ARRAY_LIST_DEBUG_FILL) == 221LL, "AWS_ARRAY_LIST_DEBUG_FILL is 221");
_Static_assert(__builtin_types_compatible_p(aws_array_list_comparator_fn, int (const void *, const void *)), "aws_array_list_comparator_fn is int (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(aws_array_list_comparator_fn, int (const void *, const void *)), "signature of aws_array_list_comparator_fn");
_Static_assert(sizeof(struct aws_array_list) == 40, "size of struct aws_array_list is 40");
_Static_assert(_Alignof(struct aws_array_list) == 8, "alignment of struct aws_array_list is 8");
_Static_assert(offsetof(struct aws_array_list, alloc) == 0, "offset of struct aws_array_list.alloc is 0");
_Static_assert(sizeof(((struct aws_array_list *)0)->alloc) == 8, "size of struct aws_array_list.alloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_array_list *)0)->alloc), struct aws_allocator *), "type of struct aws_array_list.alloc is struct aws_allocator *");
_Static_assert(offsetof(struct aws_array_list, current_size) == 8, "offset of struct aws_array_list.current_size is 8");
_Static_assert(sizeof(((struct aws_array_list *)0)->current_size) == 8, "size of struct aws_array_list.current_size is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_array_list *)0)->current_size), size_t), "type of struct aws_array_list.current_size is size_t");
_Static_assert(offsetof(struct aws_array_list, length) == 16, "offset of struct aws_array_list.length is 16");
_Static_assert(sizeof(((struct aws_array_list *)0)->length) == 8, "size of struct aws_array_list.length is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_array_list *)0)->length), size_t), "type of struct aws_array_list.length is size_t");
_Static_assert(offsetof(struct aws_array_list, item_size) == 24, "offset of struct aws_array_list.item_size is 24");
_Static_assert(sizeof(((struct aws_array_list *)0)->item_size) == 8, "size of struct aws_array_list.item_size is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_array_list *)0)->item_size), size_t), "type of struct aws_array_list.item_size is size_t");
_Static_assert(offsetof(struct aws_array_list, data) == 32, "offset of struct aws_array_list.data is 32");
_Static_assert(sizeof(((struct aws_array_list *)0)->data) == 8, "size of struct aws_array_list.data is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_array_list *)0)->data), void *), "type of struct aws_array_list.data is void *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_shrink_to_fit), int (struct aws_array_list *restrict)), "aws_array_list_shrink_to_fit is int (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_copy), int (const struct aws_array_list *restrict, struct aws_array_list *restrict)), "aws_array_list_copy is int (const struct aws_array_list *restrict, struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_ensure_capacity), int (struct aws_array_list *restrict, size_t)), "aws_array_list_ensure_capacity is int (struct aws_array_list *restrict, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_swap), void (struct aws_array_list *restrict, size_t, size_t)), "aws_array_list_swap is void (struct aws_array_list *restrict, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_sort), void (struct aws_array_list *restrict, aws_array_list_comparator_fn *)), "aws_array_list_sort is void (struct aws_array_list *restrict, aws_array_list_comparator_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_init_dynamic), int (struct aws_array_list *restrict, struct aws_allocator *, size_t, size_t)), "aws_array_list_init_dynamic is int (struct aws_array_list *restrict, struct aws_allocator *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_init_static), void (struct aws_array_list *restrict, void *, size_t, size_t)), "aws_array_list_init_static is void (struct aws_array_list *restrict, void *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_init_static_from_initialized), void (struct aws_array_list *restrict, void *, size_t, size_t)), "aws_array_list_init_static_from_initialized is void (struct aws_array_list *restrict, void *, size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_is_valid), bool (const struct aws_array_list *restrict)), "aws_array_list_is_valid is bool (const struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_clean_up), void (struct aws_array_list *restrict)), "aws_array_list_clean_up is void (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_clean_up_secure), void (struct aws_array_list *restrict)), "aws_array_list_clean_up_secure is void (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_push_back), int (struct aws_array_list *restrict, const void *)), "aws_array_list_push_back is int (struct aws_array_list *restrict, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_front), int (const struct aws_array_list *restrict, void *)), "aws_array_list_front is int (const struct aws_array_list *restrict, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_push_front), int (struct aws_array_list *restrict, const void *)), "aws_array_list_push_front is int (struct aws_array_list *restrict, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_pop_front), int (struct aws_array_list *restrict)), "aws_array_list_pop_front is int (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_pop_front_n), void (struct aws_array_list *restrict, size_t)), "aws_array_list_pop_front_n is void (struct aws_array_list *restrict, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_erase), int (struct aws_array_list *restrict, size_t)), "aws_array_list_erase is int (struct aws_array_list *restrict, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_back), int (const struct aws_array_list *restrict, void *)), "aws_array_list_back is int (const struct aws_array_list *restrict, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_pop_back), int (struct aws_array_list *restrict)), "aws_array_list_pop_back is int (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_clear), void (struct aws_array_list *restrict)), "aws_array_list_clear is void (struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_swap_contents), void (struct aws_array_list *restrict, struct aws_array_list *restrict)), "aws_array_list_swap_contents is void (struct aws_array_list *restrict, struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_capacity), size_t (const struct aws_array_list *restrict)), "aws_array_list_capacity is size_t (const struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_length), size_t (const struct aws_array_list *restrict)), "aws_array_list_length is size_t (const struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_get_at), int (const struct aws_array_list *restrict, void *, size_t)), "aws_array_list_get_at is int (const struct aws_array_list *restrict, void *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_get_at_ptr), int (const struct aws_array_list *restrict, void **, size_t)), "aws_array_list_get_at_ptr is int (const struct aws_array_list *restrict, void **, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_set_at), int (struct aws_array_list *restrict, const void *, size_t)), "aws_array_list_set_at is int (struct aws_array_list *restrict, const void *, size_t)");

/* aws/common/assert.h */
#ifndef AWS_PANIC_OOM
#    error "macro AWS_PANIC_OOM is not defined"
#endif
#ifndef AWS_ASSUME
#    error "macro AWS_ASSUME is not defined"
#endif
#ifndef AWS_UNREACHABLE
#    error "macro AWS_UNREACHABLE is not defined"
#endif
#ifndef AWS_ASSERT
#    error "macro AWS_ASSERT is not defined"
#endif
#ifndef AWS_FATAL_ASSERT
#    error "macro AWS_FATAL_ASSERT is not defined"
#endif
#ifndef AWS_PRECONDITION2
#    error "macro AWS_PRECONDITION2 is not defined"
#endif
#ifndef AWS_PRECONDITION1
#    error "macro AWS_PRECONDITION1 is not defined"
#endif
#ifndef AWS_FATAL_PRECONDITION2
#    error "macro AWS_FATAL_PRECONDITION2 is not defined"
#endif
#ifndef AWS_FATAL_PRECONDITION1
#    error "macro AWS_FATAL_PRECONDITION1 is not defined"
#endif
#ifndef AWS_POSTCONDITION2
#    error "macro AWS_POSTCONDITION2 is not defined"
#endif
#ifndef AWS_POSTCONDITION1
#    error "macro AWS_POSTCONDITION1 is not defined"
#endif
#ifndef AWS_FATAL_POSTCONDITION2
#    error "macro AWS_FATAL_POSTCONDITION2 is not defined"
#endif
#ifndef AWS_FATAL_POSTCONDITION1
#    error "macro AWS_FATAL_POSTCONDITION1 is not defined"
#endif
#ifndef AWS_MEM_IS_READABLE_CHECK
#    error "macro AWS_MEM_IS_READABLE_CHECK is not defined"
#endif
#ifndef AWS_MEM_IS_WRITABLE_CHECK
#    error "macro AWS_MEM_IS_WRITABLE_CHECK is not defined"
#endif
#ifndef AWS_MEM_IS_READABLE
#    error "macro AWS_MEM_IS_READABLE is not defined"
#endif
#ifndef AWS_MEM_IS_WRITABLE
#    error "macro AWS_MEM_IS_WRITABLE is not defined"
#endif
#ifndef AWS_IMPLIES
#    error "macro AWS_IMPLIES is not defined"
#endif
#ifndef AWS_IFF
#    error "macro AWS_IFF is not defined"
#endif
#ifndef AWS_RETURN_ERROR_IF_IMPL
#    error "macro AWS_RETURN_ERROR_IF_IMPL is not defined"
#endif
#ifndef AWS_RETURN_ERROR_IF3
#    error "macro AWS_RETURN_ERROR_IF3 is not defined"
#endif
#ifndef AWS_RETURN_ERROR_IF2
#    error "macro AWS_RETURN_ERROR_IF2 is not defined"
#endif
#ifndef AWS_RETURN_ERROR_IF
#    error "macro AWS_RETURN_ERROR_IF is not defined"
#endif
#ifndef AWS_ERROR_PRECONDITION3
#    error "macro AWS_ERROR_PRECONDITION3 is not defined"
#endif
#ifndef AWS_ERROR_PRECONDITION2
#    error "macro AWS_ERROR_PRECONDITION2 is not defined"
#endif
#ifndef AWS_ERROR_PRECONDITION1
#    error "macro AWS_ERROR_PRECONDITION1 is not defined"
#endif
#ifndef AWS_ERROR_POSTCONDITION3
#    error "macro AWS_ERROR_POSTCONDITION3 is not defined"
#endif
#ifndef AWS_ERROR_POSTCONDITION2
#    error "macro AWS_ERROR_POSTCONDITION2 is not defined"
#endif
#ifndef AWS_ERROR_POSTCONDITION1
#    error "macro AWS_ERROR_POSTCONDITION1 is not defined"
#endif
#ifndef AWS_PRECONDITION
#    error "macro AWS_PRECONDITION is not defined"
#endif
#ifndef AWS_FATAL_PRECONDITION
#    error "macro AWS_FATAL_PRECONDITION is not defined"
#endif
#ifndef AWS_POSTCONDITION
#    error "macro AWS_POSTCONDITION is not defined"
#endif
#ifndef AWS_FATAL_POSTCONDITION
#    error "macro AWS_FATAL_POSTCONDITION is not defined"
#endif
#ifndef AWS_ERROR_PRECONDITION
#    error "macro AWS_ERROR_PRECONDITION is not defined"
#endif
#ifndef AWS_ERROR_POSTCONDITION
#    error "macro AWS_ERROR_POSTCONDITION is not defined"
#endif
#ifndef AWS_RETURN_WITH_POSTCONDITION
#    error "macro AWS_RETURN_WITH_POSTCONDITION is not defined"
#endif
#ifndef AWS_SUCCEED_WITH_POSTCONDITION
#    error "macro AWS_SUCCEED_WITH_POSTCONDITION is not defined"
#endif
#ifndef AWS_OBJECT_PTR_IS_READABLE
#    error "macro AWS_OBJECT_PTR_IS_READABLE is not defined"
#endif
#ifndef AWS_OBJECT_PTR_IS_WRITABLE
#    error "macro AWS_OBJECT_PTR_IS_WRITABLE is not defined"
#endif
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_fatal_assert), void (const char *, const char *, int)), "aws_fatal_assert is void (const char *, const char *, int)");

/* aws/common/atomics.h */
#ifndef AWS_ATOMIC_VAR_PTRVAL
#    error "macro AWS_ATOMIC_VAR_PTRVAL is not defined"
#endif
#ifndef AWS_ATOMIC_VAR_INTVAL
#    error "macro AWS_ATOMIC_VAR_INTVAL is not defined"
#endif
#ifndef AWS_ATOMIC_INIT_INT
#    error "macro AWS_ATOMIC_INIT_INT is not defined"
#endif
#ifndef AWS_ATOMIC_INIT_PTR
#    error "macro AWS_ATOMIC_INIT_PTR is not defined"
#endif
#ifndef AWS_ATOMICS_HAVE_THREAD_FENCE
#    error "macro AWS_ATOMICS_HAVE_THREAD_FENCE is not defined"
#endif
_Static_assert(sizeof(enum aws_memory_order) == 4, "size of enum aws_memory_order is 4");
_Static_assert(((long long)(enum aws_memory_order)-1 < 0) == 0, "enum aws_memory_order is unsigned");
_Static_assert((long long)(aws_memory_order_relaxed) == 0LL, "aws_memory_order_relaxed is 0");
_Static_assert((long long)(aws_memory_order_acquire) == 2LL, "aws_memory_order_acquire is 2");
_Static_assert((long long)(aws_memory_order_release) == 3LL, "aws_memory_order_release is 3");
_Static_assert((long long)(aws_memory_order_acq_rel) == 4LL, "aws_memory_order_acq_rel is 4");
_Static_assert((long long)(aws_memory_order_seq_cst) == 5LL, "aws_memory_order_seq_cst is 5");
_Static_assert(sizeof(aws_atomic_impl_int_t) == 8 && _Alignof(aws_atomic_impl_int_t) == 8, "aws_atomic_impl_int_t has size 8 and alignment 8");
_Static_assert(__builtin_types_compatible_p(aws_atomic_impl_int_t, size_t), "aws_atomic_impl_int_t is size_t");
_Static_assert(sizeof(struct aws_atomic_var) == 8, "size of struct aws_atomic_var is 8");
_Static_assert(_Alignof(struct aws_atomic_var) == 8, "alignment of struct aws_atomic_var is 8");
_Static_assert(offsetof(struct aws_atomic_var, value) == 0, "offset of struct aws_atomic_var.value is 0");
_Static_assert(sizeof(((struct aws_atomic_var *)0)->value) == 8, "size of struct aws_atomic_var.value is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_atomic_var *)0)->value), void *), "type of struct aws_atomic_var.value is void *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_init_int), void (volatile struct aws_atomic_var *, size_t)), "aws_atomic_init_int is void (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_init_ptr), void (volatile struct aws_atomic_var *, void *)), "aws_atomic_init_ptr is void (volatile struct aws_atomic_var *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_load_int_explicit), size_t (const volatile struct aws_atomic_var *, enum aws_memory_order)), "aws_atomic_load_int_explicit is size_t (const volatile struct aws_atomic_var *, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_load_int), size_t (const volatile struct aws_atomic_var *)), "aws_atomic_load_int is size_t (const volatile struct aws_atomic_var *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_load_ptr_explicit), void * (const volatile struct aws_atomic_var *, enum aws_memory_order)), "aws_atomic_load_ptr_explicit is void * (const volatile struct aws_atomic_var *, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_load_ptr), void * (const volatile struct aws_atomic_var *)), "aws_atomic_load_ptr is void * (const volatile struct aws_atomic_var *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_store_int_explicit), void (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_store_int_explicit is void (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_store_int), void (volatile struct aws_atomic_var *, size_t)), "aws_atomic_store_int is void (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_store_ptr_explicit), void (volatile struct aws_atomic_var *, void *, enum aws_memory_order)), "aws_atomic_store_ptr_explicit is void (volatile struct aws_atomic_var *, void *, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_store_ptr), void (volatile struct aws_atomic_var *, void *)), "aws_atomic_store_ptr is void (volatile struct aws_atomic_var *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_exchange_int_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_exchange_int_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_exchange_int), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_exchange_int is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_exchange_ptr_explicit), void * (volatile struct aws_atomic_var *, void *, enum aws_memory_order)), "aws_atomic_exchange_ptr_explicit is void * (volatile struct aws_atomic_var *, void *, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_exchange_ptr), void * (volatile struct aws_atomic_var *, void *)), "aws_atomic_exchange_ptr is void * (volatile struct aws_atomic_var *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_compare_exchange_int_explicit), bool (volatile struct aws_atomic_var *, size_t *, size_t, enum aws_memory_order, enum aws_memory_order)), "aws_atomic_compare_exchange_int_explicit is bool (volatile struct aws_atomic_var *, size_t *, size_t, enum aws_memory_order, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_compare_exchange_int), bool (volatile struct aws_atomic_var *, size_t *, size_t)), "aws_atomic_compare_exchange_int is bool (volatile struct aws_atomic_var *, size_t *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_compare_exchange_ptr_explicit), bool (volatile struct aws_atomic_var *, void **, void *, enum aws_memory_order, enum aws_memory_order)), "aws_atomic_compare_exchange_ptr_explicit is bool (volatile struct aws_atomic_var *, void **, void *, enum aws_memory_order, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_compare_exchange_ptr), bool (volatile struct aws_atomic_var *, void **, void *)), "aws_atomic_compare_exchange_ptr is bool (volatile struct aws_atomic_var *, void **, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_add_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_fetch_add_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_sub_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_fetch_sub_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_or_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_fetch_or_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_and_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_fetch_and_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_xor_explicit), size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)), "aws_atomic_fetch_xor_explicit is size_t (volatile struct aws_atomic_var *, size_t, enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_add), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_fetch_add is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_sub), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_fetch_sub is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_and), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_fetch_and is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_or), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_fetch_or is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_fetch_xor), size_t (volatile struct aws_atomic_var *, size_t)), "aws_atomic_fetch_xor is size_t (volatile struct aws_atomic_var *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_thread_fence), void (enum aws_memory_order)), "aws_atomic_thread_fence is void (enum aws_memory_order)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_atomic_priv_xlate_order), int (enum aws_memory_order)), "aws_atomic_priv_xlate_order is int (enum aws_memory_order)");

/* aws/common/byte_buf.h */
#ifndef AWS_BYTE_CURSOR_PRI
#    error "macro AWS_BYTE_CURSOR_PRI is not defined"
#endif
#ifndef AWS_BYTE_BUF_PRI
#    error "macro AWS_BYTE_BUF_PRI is not defined"
#endif
#ifndef AWS_BYTE_CUR_INIT_FROM_STRING_LITERAL
#    error "macro AWS_BYTE_CUR_INIT_FROM_STRING_LITERAL is not defined"
#endif
_Static_assert(__builtin_types_compatible_p(aws_byte_predicate_fn, bool (uint8_t)), "aws_byte_predicate_fn is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(aws_byte_predicate_fn, bool (uint8_t)), "signature of aws_byte_predicate_fn");
_Static_assert(sizeof(struct aws_byte_buf) == 32, "size of struct aws_byte_buf is 32");
_Static_assert(_Alignof(struct aws_byte_buf) == 8, "alignment of struct aws_byte_buf is 8");
_Static_assert(offsetof(struct aws_byte_buf, len) == 0, "offset of struct aws_byte_buf.len is 0");
_Static_assert(sizeof(((struct aws_byte_buf *)0)->len) == 8, "size of struct aws_byte_buf.len is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_buf *)0)->len), size_t), "type of struct aws_byte_buf.len is size_t");
_Static_assert(offsetof(struct aws_byte_buf, buffer) == 8, "offset of struct aws_byte_buf.buffer is 8");
_Static_assert(sizeof(((struct aws_byte_buf *)0)->buffer) == 8, "size of struct aws_byte_buf.buffer is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_buf *)0)->buffer), uint8_t *), "type of struct aws_byte_buf.buffer is uint8_t *");
_Static_assert(offsetof(struct aws_byte_buf, capacity) == 16, "offset of struct aws_byte_buf.capacity is 16");
_Static_assert(sizeof(((struct aws_byte_buf *)0)->capacity) == 8, "size of struct aws_byte_buf.capacity is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_buf *)0)->capacity), size_t), "type of struct aws_byte_buf.capacity is size_t");
_Static_assert(offsetof(struct aws_byte_buf, allocator) == 24, "offset of struct aws_byte_buf.allocator is 24");
_Static_assert(sizeof(((struct aws_byte_buf *)0)->allocator) == 8, "size of struct aws_byte_buf.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_buf *)0)->allocator), struct aws_allocator *), "type of struct aws_byte_buf.allocator is struct aws_allocator *");
_Static_assert(sizeof(struct aws_byte_cursor) == 16, "size of struct aws_byte_cursor is 16");
_Static_assert(_Alignof(struct aws_byte_cursor) == 8, "alignment of struct aws_byte_cursor is 8");
_Static_assert(offsetof(struct aws_byte_cursor, len) == 0, "offset of struct aws_byte_cursor.len is 0");
_Static_assert(sizeof(((struct aws_byte_cursor *)0)->len) == 8, "size of struct aws_byte_cursor.len is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_cursor *)0)->len), size_t), "type of struct aws_byte_cursor.len is size_t");
_Static_assert(offsetof(struct aws_byte_cursor, ptr) == 8, "offset of struct aws_byte_cursor.ptr is 8");
_Static_assert(sizeof(((struct aws_byte_cursor *)0)->ptr) == 8, "size of struct aws_byte_cursor.ptr is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_byte_cursor *)0)->ptr), uint8_t *), "type of struct aws_byte_cursor.ptr is uint8_t *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_eq), bool (const void *const, const size_t, const void *, const size_t)), "aws_array_eq is bool (const void *const, const size_t, const void *, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_eq_ignore_case), bool (const void *const, const size_t, const void *const, const size_t)), "aws_array_eq_ignore_case is bool (const void *const, const size_t, const void *const, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_eq_c_str), bool (const void *const, const size_t, const char *const)), "aws_array_eq_c_str is bool (const void *const, const size_t, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_eq_c_str_ignore_case), bool (const void *const, const size_t, const char *const)), "aws_array_eq_c_str_ignore_case is bool (const void *const, const size_t, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init), int (struct aws_byte_buf *, struct aws_allocator *, size_t)), "aws_byte_buf_init is int (struct aws_byte_buf *, struct aws_allocator *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init_copy), int (struct aws_byte_buf *, struct aws_allocator *, const struct aws_byte_buf *)), "aws_byte_buf_init_copy is int (struct aws_byte_buf *, struct aws_allocator *, const struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init_from_file), int (struct aws_byte_buf *, struct aws_allocator *, const char *)), "aws_byte_buf_init_from_file is int (struct aws_byte_buf *, struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init_from_file_with_size_hint), int (struct aws_byte_buf *, struct aws_allocator *, const char *, size_t)), "aws_byte_buf_init_from_file_with_size_hint is int (struct aws_byte_buf *, struct aws_allocator *, const char *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_is_valid), bool (const struct aws_byte_buf *const)), "aws_byte_buf_is_valid is bool (const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_is_valid), bool (const struct aws_byte_cursor *)), "aws_byte_cursor_is_valid is bool (const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init_copy_from_cursor), int (struct aws_byte_buf *, struct aws_allocator *, struct aws_byte_cursor)), "aws_byte_buf_init_copy_from_cursor is int (struct aws_byte_buf *, struct aws_allocator *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_init_cache_and_update_cursors), int (struct aws_byte_buf *, struct aws_allocator *, ...)), "aws_byte_buf_init_cache_and_update_cursors is int (struct aws_byte_buf *, struct aws_allocator *, ...)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_clean_up), void (struct aws_byte_buf *)), "aws_byte_buf_clean_up is void (struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_clean_up_secure), void (struct aws_byte_buf *)), "aws_byte_buf_clean_up_secure is void (struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_reset), void (struct aws_byte_buf *, bool)), "aws_byte_buf_reset is void (struct aws_byte_buf *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_secure_zero), void (struct aws_byte_buf *)), "aws_byte_buf_secure_zero is void (struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_eq), bool (const struct aws_byte_buf *const, const struct aws_byte_buf *const)), "aws_byte_buf_eq is bool (const struct aws_byte_buf *const, const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_eq_ignore_case), bool (const struct aws_byte_buf *const, const struct aws_byte_buf *const)), "aws_byte_buf_eq_ignore_case is bool (const struct aws_byte_buf *const, const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_eq_c_str), bool (const struct aws_byte_buf *const, const char *const)), "aws_byte_buf_eq_c_str is bool (const struct aws_byte_buf *const, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_eq_c_str_ignore_case), bool (const struct aws_byte_buf *const, const char *const)), "aws_byte_buf_eq_c_str_ignore_case is bool (const struct aws_byte_buf *const, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_next_split), bool (const struct aws_byte_cursor *restrict, char, struct aws_byte_cursor *restrict)), "aws_byte_cursor_next_split is bool (const struct aws_byte_cursor *restrict, char, struct aws_byte_cursor *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_next_split_on_cursor), bool (const struct aws_byte_cursor *restrict, struct aws_byte_cursor, struct aws_byte_cursor *restrict)), "aws_byte_cursor_next_split_on_cursor is bool (const struct aws_byte_cursor *restrict, struct aws_byte_cursor, struct aws_byte_cursor *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_split_on_char), int (const struct aws_byte_cursor *restrict, char, struct aws_array_list *restrict)), "aws_byte_cursor_split_on_char is int (const struct aws_byte_cursor *restrict, char, struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_split_on_char_n), int (const struct aws_byte_cursor *restrict, char, size_t, struct aws_array_list *restrict)), "aws_byte_cursor_split_on_char_n is int (const struct aws_byte_cursor *restrict, char, size_t, struct aws_array_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_find_exact), int (const struct aws_byte_cursor *restrict, const struct aws_byte_cursor *restrict, struct aws_byte_cursor *)), "aws_byte_cursor_find_exact is int (const struct aws_byte_cursor *restrict, const struct aws_byte_cursor *restrict, struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_right_trim_pred), struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)), "aws_byte_cursor_right_trim_pred is struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_left_trim_pred), struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)), "aws_byte_cursor_left_trim_pred is struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_trim_pred), struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)), "aws_byte_cursor_trim_pred is struct aws_byte_cursor (const struct aws_byte_cursor *, aws_byte_predicate_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_satisfies_pred), bool (const struct aws_byte_cursor *, aws_byte_predicate_fn *)), "aws_byte_cursor_satisfies_pred is bool (const struct aws_byte_cursor *, aws_byte_predicate_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_with_lookup), int (struct aws_byte_buf *restrict, const struct aws_byte_cursor *restrict, const uint8_t *)), "aws_byte_buf_append_with_lookup is int (struct aws_byte_buf *restrict, const struct aws_byte_cursor *restrict, const uint8_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_dynamic), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_dynamic is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_auto), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_auto is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_dynamic_secure), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_dynamic_secure is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_byte_dynamic), int (struct aws_byte_buf *, uint8_t)), "aws_byte_buf_append_byte_dynamic is int (struct aws_byte_buf *, uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_byte_dynamic_secure), int (struct aws_byte_buf *, uint8_t)), "aws_byte_buf_append_byte_dynamic_secure is int (struct aws_byte_buf *, uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_and_update), int (struct aws_byte_buf *, struct aws_byte_cursor *)), "aws_byte_buf_append_and_update is int (struct aws_byte_buf *, struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_null_terminator), int (struct aws_byte_buf *)), "aws_byte_buf_append_null_terminator is int (struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_reserve), int (struct aws_byte_buf *, size_t)), "aws_byte_buf_reserve is int (struct aws_byte_buf *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_reserve_relative), int (struct aws_byte_buf *, size_t)), "aws_byte_buf_reserve_relative is int (struct aws_byte_buf *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_cat), int (struct aws_byte_buf *, size_t, ...)), "aws_byte_buf_cat is int (struct aws_byte_buf *, size_t, ...)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq), bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)), "aws_byte_cursor_eq is bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq_ignore_case), bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)), "aws_byte_cursor_eq_ignore_case is bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq_byte_buf), bool (const struct aws_byte_cursor *const, const struct aws_byte_buf *const)), "aws_byte_cursor_eq_byte_buf is bool (const struct aws_byte_cursor *const, const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq_byte_buf_ignore_case), bool (const struct aws_byte_cursor *const, const struct aws_byte_buf *const)), "aws_byte_cursor_eq_byte_buf_ignore_case is bool (const struct aws_byte_cursor *const, const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq_c_str), bool (const struct aws_byte_cursor *const, const char *const)), "aws_byte_cursor_eq_c_str is bool (const struct aws_byte_cursor *const, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_eq_c_str_ignore_case), bool (const struct aws_byte_cursor *const, const char *const)), "aws_byte_cursor_eq_c_str_ignore_case is bool (const struct aws_byte_cursor *const, const char *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_starts_with), bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)), "aws_byte_cursor_starts_with is bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_starts_with_ignore_case), bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)), "aws_byte_cursor_starts_with_ignore_case is bool (const struct aws_byte_cursor *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_array_ignore_case), uint64_t (const void *, const size_t)), "aws_hash_array_ignore_case is uint64_t (const void *, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_byte_cursor_ptr_ignore_case), uint64_t (const void *)), "aws_hash_byte_cursor_ptr_ignore_case is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_lookup_table_to_lower_get), const uint8_t * (void)), "aws_lookup_table_to_lower_get is const uint8_t * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_lookup_table_hex_to_num_get), const uint8_t * (void)), "aws_lookup_table_hex_to_num_get is const uint8_t * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_compare_lexical), int (const struct aws_byte_cursor *, const struct aws_byte_cursor *)), "aws_byte_cursor_compare_lexical is int (const struct aws_byte_cursor *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_compare_lookup), int (const struct aws_byte_cursor *, const struct aws_byte_cursor *, const uint8_t *)), "aws_byte_cursor_compare_lookup is int (const struct aws_byte_cursor *, const struct aws_byte_cursor *, const uint8_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_from_c_str), struct aws_byte_buf (const char *)), "aws_byte_buf_from_c_str is struct aws_byte_buf (const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_from_array), struct aws_byte_buf (const void *, size_t)), "aws_byte_buf_from_array is struct aws_byte_buf (const void *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_from_empty_array), struct aws_byte_buf (const void *, size_t)), "aws_byte_buf_from_empty_array is struct aws_byte_buf (const void *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_from_buf), struct aws_byte_cursor (const struct aws_byte_buf *const)), "aws_byte_cursor_from_buf is struct aws_byte_cursor (const struct aws_byte_buf *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_from_c_str), struct aws_byte_cursor (const char *)), "aws_byte_cursor_from_c_str is struct aws_byte_cursor (const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_from_array), struct aws_byte_cursor (const void *const, const size_t)), "aws_byte_cursor_from_array is struct aws_byte_cursor (const void *const, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_advance), struct aws_byte_cursor (struct aws_byte_cursor *const, const size_t)), "aws_byte_cursor_advance is struct aws_byte_cursor (struct aws_byte_cursor *const, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_advance_nospec), struct aws_byte_cursor (struct aws_byte_cursor *const, size_t)), "aws_byte_cursor_advance_nospec is struct aws_byte_cursor (struct aws_byte_cursor *const, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read), bool (struct aws_byte_cursor *restrict, void *restrict, const size_t)), "aws_byte_cursor_read is bool (struct aws_byte_cursor *restrict, void *restrict, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_and_fill_buffer), bool (struct aws_byte_cursor *restrict, struct aws_byte_buf *restrict)), "aws_byte_cursor_read_and_fill_buffer is bool (struct aws_byte_cursor *restrict, struct aws_byte_buf *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_u8), bool (struct aws_byte_cursor *restrict, uint8_t *restrict)), "aws_byte_cursor_read_u8 is bool (struct aws_byte_cursor *restrict, uint8_t *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_be16), bool (struct aws_byte_cursor *, uint16_t *)), "aws_byte_cursor_read_be16 is bool (struct aws_byte_cursor *, uint16_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_le16), bool (struct aws_byte_cursor *, uint16_t *)), "aws_byte_cursor_read_le16 is bool (struct aws_byte_cursor *, uint16_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_be24), bool (struct aws_byte_cursor *, uint32_t *)), "aws_byte_cursor_read_be24 is bool (struct aws_byte_cursor *, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_be32), bool (struct aws_byte_cursor *, uint32_t *)), "aws_byte_cursor_read_be32 is bool (struct aws_byte_cursor *, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_le32), bool (struct aws_byte_cursor *, uint32_t *)), "aws_byte_cursor_read_le32 is bool (struct aws_byte_cursor *, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_be_i32), bool (struct aws_byte_cursor *, int32_t *)), "aws_byte_cursor_read_be_i32 is bool (struct aws_byte_cursor *, int32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_le_i32), bool (struct aws_byte_cursor *, int32_t *)), "aws_byte_cursor_read_le_i32 is bool (struct aws_byte_cursor *, int32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_be64), bool (struct aws_byte_cursor *, uint64_t *)), "aws_byte_cursor_read_be64 is bool (struct aws_byte_cursor *, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_float_be32), bool (struct aws_byte_cursor *, float *)), "aws_byte_cursor_read_float_be32 is bool (struct aws_byte_cursor *, float *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_float_be64), bool (struct aws_byte_cursor *, double *)), "aws_byte_cursor_read_float_be64 is bool (struct aws_byte_cursor *, double *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_read_hex_u8), bool (struct aws_byte_cursor *, uint8_t *)), "aws_byte_cursor_read_hex_u8 is bool (struct aws_byte_cursor *, uint8_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_advance), bool (struct aws_byte_buf *const restrict, struct aws_byte_buf *const restrict, const size_t)), "aws_byte_buf_advance is bool (struct aws_byte_buf *const restrict, struct aws_byte_buf *const restrict, const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write), bool (struct aws_byte_buf *restrict, const uint8_t *restrict, size_t)), "aws_byte_buf_write is bool (struct aws_byte_buf *restrict, const uint8_t *restrict, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_from_whole_buffer), bool (struct aws_byte_buf *restrict, struct aws_byte_buf)), "aws_byte_buf_write_from_whole_buffer is bool (struct aws_byte_buf *restrict, struct aws_byte_buf)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_from_whole_cursor), bool (struct aws_byte_buf *restrict, struct aws_byte_cursor)), "aws_byte_buf_write_from_whole_cursor is bool (struct aws_byte_buf *restrict, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_to_capacity), struct aws_byte_cursor (struct aws_byte_buf *, struct aws_byte_cursor *)), "aws_byte_buf_write_to_capacity is struct aws_byte_cursor (struct aws_byte_buf *, struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_u8), bool (struct aws_byte_buf *restrict, uint8_t)), "aws_byte_buf_write_u8 is bool (struct aws_byte_buf *restrict, uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_u8_n), bool (struct aws_byte_buf *, uint8_t, size_t)), "aws_byte_buf_write_u8_n is bool (struct aws_byte_buf *, uint8_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_be16), bool (struct aws_byte_buf *, uint16_t)), "aws_byte_buf_write_be16 is bool (struct aws_byte_buf *, uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_be24), bool (struct aws_byte_buf *, uint32_t)), "aws_byte_buf_write_be24 is bool (struct aws_byte_buf *, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_be32), bool (struct aws_byte_buf *, uint32_t)), "aws_byte_buf_write_be32 is bool (struct aws_byte_buf *, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_float_be32), bool (struct aws_byte_buf *, float)), "aws_byte_buf_write_float_be32 is bool (struct aws_byte_buf *, float)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_be64), bool (struct aws_byte_buf *, uint64_t)), "aws_byte_buf_write_be64 is bool (struct aws_byte_buf *, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_float_be64), bool (struct aws_byte_buf *, double)), "aws_byte_buf_write_float_be64 is bool (struct aws_byte_buf *, double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_isalnum), bool (uint8_t)), "aws_isalnum is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_isalpha), bool (uint8_t)), "aws_isalpha is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_isdigit), bool (uint8_t)), "aws_isdigit is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_isxdigit), bool (uint8_t)), "aws_isxdigit is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_isspace), bool (uint8_t)), "aws_isspace is bool (uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_utf8_parse_u64), int (struct aws_byte_cursor, uint64_t *)), "aws_byte_cursor_utf8_parse_u64 is int (struct aws_byte_cursor, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_utf8_parse_i64), int (struct aws_byte_cursor, int64_t *)), "aws_byte_cursor_utf8_parse_i64 is int (struct aws_byte_cursor, int64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_utf8_parse_u64_hex), int (struct aws_byte_cursor, uint64_t *)), "aws_byte_cursor_utf8_parse_u64_hex is int (struct aws_byte_cursor, uint64_t *)");

/* aws/common/byte_order.h */
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_is_big_endian), int (void)), "aws_is_big_endian is int (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hton64), uint64_t (uint64_t)), "aws_hton64 is uint64_t (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ntoh64), uint64_t (uint64_t)), "aws_ntoh64 is uint64_t (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hton32), uint32_t (uint32_t)), "aws_hton32 is uint32_t (uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_htonf32), float (float)), "aws_htonf32 is float (float)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_htonf64), double (double)), "aws_htonf64 is double (double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ntoh32), uint32_t (uint32_t)), "aws_ntoh32 is uint32_t (uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_letoh32), uint32_t (uint32_t)), "aws_letoh32 is uint32_t (uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ntohf32), float (float)), "aws_ntohf32 is float (float)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ntohf64), double (double)), "aws_ntohf64 is double (double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hton16), uint16_t (uint16_t)), "aws_hton16 is uint16_t (uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ntoh16), uint16_t (uint16_t)), "aws_ntoh16 is uint16_t (uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_letoh16), uint16_t (uint16_t)), "aws_letoh16 is uint16_t (uint16_t)");

/* aws/common/clock.h */
_Static_assert(sizeof(enum aws_timestamp_unit) == 4, "size of enum aws_timestamp_unit is 4");
_Static_assert(((long long)(enum aws_timestamp_unit)-1 < 0) == 0, "enum aws_timestamp_unit is unsigned");
_Static_assert((long long)(AWS_TIMESTAMP_SECS) == 1LL, "AWS_TIMESTAMP_SECS is 1");
_Static_assert((long long)(AWS_TIMESTAMP_MILLIS) == 1000LL, "AWS_TIMESTAMP_MILLIS is 1000");
_Static_assert((long long)(AWS_TIMESTAMP_MICROS) == 1000000LL, "AWS_TIMESTAMP_MICROS is 1000000");
_Static_assert((long long)(AWS_TIMESTAMP_NANOS) == 1000000000LL, "AWS_TIMESTAMP_NANOS is 1000000000");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_high_res_clock_get_ticks), int (uint64_t *)), "aws_high_res_clock_get_ticks is int (uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sys_clock_get_ticks), int (uint64_t *)), "aws_sys_clock_get_ticks is int (uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_timestamp_convert), uint64_t (uint64_t, enum aws_timestamp_unit, enum aws_timestamp_unit, uint64_t *)), "aws_timestamp_convert is uint64_t (uint64_t, enum aws_timestamp_unit, enum aws_timestamp_unit, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_timestamp_convert_u64), uint64_t (uint64_t, uint64_t, uint64_t, uint64_t *)), "aws_timestamp_convert_u64 is uint64_t (uint64_t, uint64_t, uint64_t, uint64_t *)");

/* aws/common/common.h */
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_common_library_init), void (struct aws_allocator *)), "aws_common_library_init is void (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_common_library_clean_up), void (void)), "aws_common_library_clean_up is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_common_fatal_assert_library_initialized), void (void)), "aws_common_fatal_assert_library_initialized is void (void)");

/* aws/common/condition_variable.h */
#ifndef AWS_CONDITION_VARIABLE_INIT
#    error "macro AWS_CONDITION_VARIABLE_INIT is not defined"
#endif
static const struct aws_condition_variable abi_check_AWS_CONDITION_VARIABLE_INIT __attribute__((unused)) = AWS_CONDITION_VARIABLE_INIT;
_Static_assert(__builtin_types_compatible_p(aws_condition_predicate_fn, bool (void *)), "aws_condition_predicate_fn is bool (void *)");
_Static_assert(__builtin_types_compatible_p(aws_condition_predicate_fn, bool (void *)), "signature of aws_condition_predicate_fn");
_Static_assert(sizeof(struct aws_condition_variable) == 56, "size of struct aws_condition_variable is 56");
_Static_assert(_Alignof(struct aws_condition_variable) == 8, "alignment of struct aws_condition_variable is 8");
_Static_assert(offsetof(struct aws_condition_variable, condition_handle) == 0, "offset of struct aws_condition_variable.condition_handle is 0");
_Static_assert(sizeof(((struct aws_condition_variable *)0)->condition_handle) == 48, "size of struct aws_condition_variable.condition_handle is 48");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_condition_variable *)0)->condition_handle), pthread_cond_t), "type of struct aws_condition_variable.condition_handle is pthread_cond_t");
_Static_assert(offsetof(struct aws_condition_variable, initialized) == 48, "offset of struct aws_condition_variable.initialized is 48");
_Static_assert(sizeof(((struct aws_condition_variable *)0)->initialized) == 1, "size of struct aws_condition_variable.initialized is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_condition_variable *)0)->initialized), bool), "type of struct aws_condition_variable.initialized is bool");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_init), int (struct aws_condition_variable *)), "aws_condition_variable_init is int (struct aws_condition_variable *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_clean_up), void (struct aws_condition_variable *)), "aws_condition_variable_clean_up is void (struct aws_condition_variable *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_notify_one), int (struct aws_condition_variable *)), "aws_condition_variable_notify_one is int (struct aws_condition_variable *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_notify_all), int (struct aws_condition_variable *)), "aws_condition_variable_notify_all is int (struct aws_condition_variable *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_wait), int (struct aws_condition_variable *, struct aws_mutex *)), "aws_condition_variable_wait is int (struct aws_condition_variable *, struct aws_mutex *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_wait_pred), int (struct aws_condition_variable *, struct aws_mutex *, aws_condition_predicate_fn *, void *)), "aws_condition_variable_wait_pred is int (struct aws_condition_variable *, struct aws_mutex *, aws_condition_predicate_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_wait_for), int (struct aws_condition_variable *, struct aws_mutex *, int64_t)), "aws_condition_variable_wait_for is int (struct aws_condition_variable *, struct aws_mutex *, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_condition_variable_wait_for_pred), int (struct aws_condition_variable *, struct aws_mutex *, int64_t, aws_condition_predicate_fn *, void *)), "aws_condition_variable_wait_for_pred is int (struct aws_condition_variable *, struct aws_mutex *, int64_t, aws_condition_predicate_fn *, void *)");

/* aws/common/config.h */
#ifndef AWS_HAVE_GCC_OVERFLOW_MATH_EXTENSIONS
#    error "macro AWS_HAVE_GCC_OVERFLOW_MATH_EXTENSIONS is not defined"
#endif
#ifndef AWS_HAVE_GCC_INLINE_ASM
#    error "macro AWS_HAVE_GCC_INLINE_ASM is not defined"
#endif
#ifndef AWS_HAVE_POSIX_LARGE_FILE_SUPPORT
#    error "macro AWS_HAVE_POSIX_LARGE_FILE_SUPPORT is not defined"
#endif
#ifndef AWS_HAVE_EXECINFO
#    error "macro AWS_HAVE_EXECINFO is not defined"
#endif
#ifndef AWS_HAVE_AVX2_INTRINSICS
#    error "macro AWS_HAVE_AVX2_INTRINSICS is not defined"
#endif
#ifndef AWS_HAVE_AVX512_INTRINSICS
#    error "macro AWS_HAVE_AVX512_INTRINSICS is not defined"
#endif
#ifndef AWS_HAVE_MM256_EXTRACT_EPI64
#    error "macro AWS_HAVE_MM256_EXTRACT_EPI64 is not defined"
#endif
#ifndef AWS_HAVE_CLMUL
#    error "macro AWS_HAVE_CLMUL is not defined"
#endif
#ifndef AWS_ARCH_INTEL
#    error "macro AWS_ARCH_INTEL is not defined"
#endif
#ifndef AWS_ARCH_INTEL_X64
#    error "macro AWS_ARCH_INTEL_X64 is not defined"
#endif
#ifndef AWS_USE_CPU_EXTENSIONS
#    error "macro AWS_USE_CPU_EXTENSIONS is not defined"
#endif

/* aws/common/date_time.h */
_Static_assert((long long)(AWS_DATE_TIME_STR_MAX_LEN) == 100LL, "AWS_DATE_TIME_STR_MAX_LEN is 100");
_Static_assert((long long)(AWS_DATE_TIME_STR_MAX_BASIC_LEN) == 20LL, "AWS_DATE_TIME_STR_MAX_BASIC_LEN is 20");
_Static_assert(sizeof(enum aws_date_format) == 4, "size of enum aws_date_format is 4");
_Static_assert(((long long)(enum aws_date_format)-1 < 0) == 0, "enum aws_date_format is unsigned");
_Static_assert((long long)(AWS_DATE_FORMAT_RFC822) == 0LL, "AWS_DATE_FORMAT_RFC822 is 0");
_Static_assert((long long)(AWS_DATE_FORMAT_ISO_8601) == 1LL, "AWS_DATE_FORMAT_ISO_8601 is 1");
_Static_assert((long long)(AWS_DATE_FORMAT_ISO_8601_BASIC) == 2LL, "AWS_DATE_FORMAT_ISO_8601_BASIC is 2");
_Static_assert((long long)(AWS_DATE_FORMAT_AUTO_DETECT) == 3LL, "AWS_DATE_FORMAT_AUTO_DETECT is 3");
_Static_assert(sizeof(enum aws_date_month) == 4, "size of enum aws_date_month is 4");
_Static_assert(((long long)(enum aws_date_month)-1 < 0) == 0, "enum aws_date_month is unsigned");
_Static_assert((long long)(AWS_DATE_MONTH_JANUARY) == 0LL, "AWS_DATE_MONTH_JANUARY is 0");
_Static_assert((long long)(AWS_DATE_MONTH_FEBRUARY) == 1LL, "AWS_DATE_MONTH_FEBRUARY is 1");
_Static_assert((long long)(AWS_DATE_MONTH_MARCH) == 2LL, "AWS_DATE_MONTH_MARCH is 2");
_Static_assert((long long)(AWS_DATE_MONTH_APRIL) == 3LL, "AWS_DATE_MONTH_APRIL is 3");
_Static_assert((long long)(AWS_DATE_MONTH_MAY) == 4LL, "AWS_DATE_MONTH_MAY is 4");
_Static_assert((long long)(AWS_DATE_MONTH_JUNE) == 5LL, "AWS_DATE_MONTH_JUNE is 5");
_Static_assert((long long)(AWS_DATE_MONTH_JULY) == 6LL, "AWS_DATE_MONTH_JULY is 6");
_Static_assert((long long)(AWS_DATE_MONTH_AUGUST) == 7LL, "AWS_DATE_MONTH_AUGUST is 7");
_Static_assert((long long)(AWS_DATE_MONTH_SEPTEMBER) == 8LL, "AWS_DATE_MONTH_SEPTEMBER is 8");
_Static_assert((long long)(AWS_DATE_MONTH_OCTOBER) == 9LL, "AWS_DATE_MONTH_OCTOBER is 9");
_Static_assert((long long)(AWS_DATE_MONTH_NOVEMBER) == 10LL, "AWS_DATE_MONTH_NOVEMBER is 10");
_Static_assert((long long)(AWS_DATE_MONTH_DECEMBER) == 11LL, "AWS_DATE_MONTH_DECEMBER is 11");
_Static_assert(sizeof(enum aws_date_day_of_week) == 4, "size of enum aws_date_day_of_week is 4");
_Static_assert(((long long)(enum aws_date_day_of_week)-1 < 0) == 0, "enum aws_date_day_of_week is unsigned");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_SUNDAY) == 0LL, "AWS_DATE_DAY_OF_WEEK_SUNDAY is 0");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_MONDAY) == 1LL, "AWS_DATE_DAY_OF_WEEK_MONDAY is 1");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_TUESDAY) == 2LL, "AWS_DATE_DAY_OF_WEEK_TUESDAY is 2");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_WEDNESDAY) == 3LL, "AWS_DATE_DAY_OF_WEEK_WEDNESDAY is 3");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_THURSDAY) == 4LL, "AWS_DATE_DAY_OF_WEEK_THURSDAY is 4");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_FRIDAY) == 5LL, "AWS_DATE_DAY_OF_WEEK_FRIDAY is 5");
_Static_assert((long long)(AWS_DATE_DAY_OF_WEEK_SATURDAY) == 6LL, "AWS_DATE_DAY_OF_WEEK_SATURDAY is 6");
_Static_assert(sizeof(struct aws_date_time) == 136, "size of struct aws_date_time is 136");
_Static_assert(_Alignof(struct aws_date_time) == 8, "alignment of struct aws_date_time is 8");
_Static_assert(offsetof(struct aws_date_time, timestamp) == 0, "offset of struct aws_date_time.timestamp is 0");
_Static_assert(sizeof(((struct aws_date_time *)0)->timestamp) == 8, "size of struct aws_date_time.timestamp is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->timestamp), time_t), "type of struct aws_date_time.timestamp is time_t");
_Static_assert(offsetof(struct aws_date_time, milliseconds) == 8, "offset of struct aws_date_time.milliseconds is 8");
_Static_assert(sizeof(((struct aws_date_time *)0)->milliseconds) == 2, "size of struct aws_date_time.milliseconds is 2");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->milliseconds), uint16_t), "type of struct aws_date_time.milliseconds is uint16_t");
_Static_assert(offsetof(struct aws_date_time, tz) == 10, "offset of struct aws_date_time.tz is 10");
_Static_assert(sizeof(((struct aws_date_time *)0)->tz) == 6, "size of struct aws_date_time.tz is 6");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->tz), char[6]), "type of struct aws_date_time.tz is char[6]");
_Static_assert(offsetof(struct aws_date_time, gmt_time) == 16, "offset of struct aws_date_time.gmt_time is 16");
_Static_assert(sizeof(((struct aws_date_time *)0)->gmt_time) == 56, "size of struct aws_date_time.gmt_time is 56");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->gmt_time), struct tm), "type of struct aws_date_time.gmt_time is struct tm");
_Static_assert(offsetof(struct aws_date_time, local_time) == 72, "offset of struct aws_date_time.local_time is 72");
_Static_assert(sizeof(((struct aws_date_time *)0)->local_time) == 56, "size of struct aws_date_time.local_time is 56");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->local_time), struct tm), "type of struct aws_date_time.local_time is struct tm");
_Static_assert(offsetof(struct aws_date_time, utc_assumed) == 128, "offset of struct aws_date_time.utc_assumed is 128");
_Static_assert(sizeof(((struct aws_date_time *)0)->utc_assumed) == 1, "size of struct aws_date_time.utc_assumed is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_date_time *)0)->utc_assumed), bool), "type of struct aws_date_time.utc_assumed is bool");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_init_now), void (struct aws_date_time *)), "aws_date_time_init_now is void (struct aws_date_time *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_init_epoch_millis), void (struct aws_date_time *, uint64_t)), "aws_date_time_init_epoch_millis is void (struct aws_date_time *, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_init_epoch_secs), void (struct aws_date_time *, double)), "aws_date_time_init_epoch_secs is void (struct aws_date_time *, double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_init_from_str), int (struct aws_date_time *, const struct aws_byte_buf *, enum aws_date_format)), "aws_date_time_init_from_str is int (struct aws_date_time *, const struct aws_byte_buf *, enum aws_date_format)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_init_from_str_cursor), int (struct aws_date_time *, const struct aws_byte_cursor *, enum aws_date_format)), "aws_date_time_init_from_str_cursor is int (struct aws_date_time *, const struct aws_byte_cursor *, enum aws_date_format)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_to_local_time_str), int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)), "aws_date_time_to_local_time_str is int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_to_utc_time_str), int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)), "aws_date_time_to_utc_time_str is int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_to_local_time_short_str), int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)), "aws_date_time_to_local_time_short_str is int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_to_utc_time_short_str), int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)), "aws_date_time_to_utc_time_short_str is int (const struct aws_date_time *, enum aws_date_format, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_as_epoch_secs), double (const struct aws_date_time *)), "aws_date_time_as_epoch_secs is double (const struct aws_date_time *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_as_nanos), uint64_t (const struct aws_date_time *)), "aws_date_time_as_nanos is uint64_t (const struct aws_date_time *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_as_millis), uint64_t (const struct aws_date_time *)), "aws_date_time_as_millis is uint64_t (const struct aws_date_time *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_year), uint16_t (const struct aws_date_time *, bool)), "aws_date_time_year is uint16_t (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_month), enum aws_date_month (const struct aws_date_time *, bool)), "aws_date_time_month is enum aws_date_month (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_month_day), uint8_t (const struct aws_date_time *, bool)), "aws_date_time_month_day is uint8_t (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_day_of_week), enum aws_date_day_of_week (const struct aws_date_time *, bool)), "aws_date_time_day_of_week is enum aws_date_day_of_week (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_hour), uint8_t (const struct aws_date_time *, bool)), "aws_date_time_hour is uint8_t (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_minute), uint8_t (const struct aws_date_time *, bool)), "aws_date_time_minute is uint8_t (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_second), uint8_t (const struct aws_date_time *, bool)), "aws_date_time_second is uint8_t (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_dst), bool (const struct aws_date_time *, bool)), "aws_date_time_dst is bool (const struct aws_date_time *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_date_time_diff), time_t (const struct aws_date_time *, const struct aws_date_time *)), "aws_date_time_diff is time_t (const struct aws_date_time *, const struct aws_date_time *)");

/* aws/common/environment.h */
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_env), struct aws_string * (struct aws_allocator *, const char *)), "aws_get_env is struct aws_string * (struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_env_nonempty), struct aws_string * (struct aws_allocator *, const char *)), "aws_get_env_nonempty is struct aws_string * (struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_environment_value), int (struct aws_allocator *, const struct aws_string *, struct aws_string **)), "aws_get_environment_value is int (struct aws_allocator *, const struct aws_string *, struct aws_string **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_set_environment_value), int (const struct aws_string *, const struct aws_string *)), "aws_set_environment_value is int (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_unset_environment_value), int (const struct aws_string *)), "aws_unset_environment_value is int (const struct aws_string *)");

/* aws/common/error.h */
_Static_assert((unsigned long long)(AWS_OP_SUCCESS) == (unsigned long long)0LL, "AWS_OP_SUCCESS is 0");
_Static_assert((long long)(AWS_OP_ERR) == (long long)(-1LL), "AWS_OP_ERR is -1");
_Static_assert((unsigned long long)(AWS_ERROR_ENUM_STRIDE_BITS) == (unsigned long long)10LL, "AWS_ERROR_ENUM_STRIDE_BITS is 10");
_Static_assert((unsigned long long)(AWS_ERROR_ENUM_STRIDE) == (unsigned long long)1024LL, "AWS_ERROR_ENUM_STRIDE is 1024");
#ifndef AWS_ERROR_ENUM_BEGIN_RANGE
#    error "macro AWS_ERROR_ENUM_BEGIN_RANGE is not defined"
#endif
#ifndef AWS_ERROR_ENUM_END_RANGE
#    error "macro AWS_ERROR_ENUM_END_RANGE is not defined"
#endif
#ifndef AWS_DEFINE_ERROR_INFO
#    error "macro AWS_DEFINE_ERROR_INFO is not defined"
#endif
_Static_assert(sizeof(enum aws_common_error) == 4, "size of enum aws_common_error is 4");
_Static_assert(((long long)(enum aws_common_error)-1 < 0) == 0, "enum aws_common_error is unsigned");
_Static_assert((long long)(AWS_ERROR_SUCCESS) == 0LL, "AWS_ERROR_SUCCESS is 0");
_Static_assert((long long)(AWS_ERROR_OOM) == 1LL, "AWS_ERROR_OOM is 1");
_Static_assert((long long)(AWS_ERROR_NO_SPACE) == 2LL, "AWS_ERROR_NO_SPACE is 2");
_Static_assert((long long)(AWS_ERROR_UNKNOWN) == 3LL, "AWS_ERROR_UNKNOWN is 3");
_Static_assert((long long)(AWS_ERROR_SHORT_BUFFER) == 4LL, "AWS_ERROR_SHORT_BUFFER is 4");
_Static_assert((long long)(AWS_ERROR_OVERFLOW_DETECTED) == 5LL, "AWS_ERROR_OVERFLOW_DETECTED is 5");
_Static_assert((long long)(AWS_ERROR_UNSUPPORTED_OPERATION) == 6LL, "AWS_ERROR_UNSUPPORTED_OPERATION is 6");
_Static_assert((long long)(AWS_ERROR_INVALID_BUFFER_SIZE) == 7LL, "AWS_ERROR_INVALID_BUFFER_SIZE is 7");
_Static_assert((long long)(AWS_ERROR_INVALID_HEX_STR) == 8LL, "AWS_ERROR_INVALID_HEX_STR is 8");
_Static_assert((long long)(AWS_ERROR_INVALID_BASE64_STR) == 9LL, "AWS_ERROR_INVALID_BASE64_STR is 9");
_Static_assert((long long)(AWS_ERROR_INVALID_INDEX) == 10LL, "AWS_ERROR_INVALID_INDEX is 10");
_Static_assert((long long)(AWS_ERROR_THREAD_INVALID_SETTINGS) == 11LL, "AWS_ERROR_THREAD_INVALID_SETTINGS is 11");
_Static_assert((long long)(AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE) == 12LL, "AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE is 12");
_Static_assert((long long)(AWS_ERROR_THREAD_NO_PERMISSIONS) == 13LL, "AWS_ERROR_THREAD_NO_PERMISSIONS is 13");
_Static_assert((long long)(AWS_ERROR_THREAD_NOT_JOINABLE) == 14LL, "AWS_ERROR_THREAD_NOT_JOINABLE is 14");
_Static_assert((long long)(AWS_ERROR_THREAD_NO_SUCH_THREAD_ID) == 15LL, "AWS_ERROR_THREAD_NO_SUCH_THREAD_ID is 15");
_Static_assert((long long)(AWS_ERROR_THREAD_DEADLOCK_DETECTED) == 16LL, "AWS_ERROR_THREAD_DEADLOCK_DETECTED is 16");
_Static_assert((long long)(AWS_ERROR_MUTEX_NOT_INIT) == 17LL, "AWS_ERROR_MUTEX_NOT_INIT is 17");
_Static_assert((long long)(AWS_ERROR_MUTEX_TIMEOUT) == 18LL, "AWS_ERROR_MUTEX_TIMEOUT is 18");
_Static_assert((long long)(AWS_ERROR_MUTEX_CALLER_NOT_OWNER) == 19LL, "AWS_ERROR_MUTEX_CALLER_NOT_OWNER is 19");
_Static_assert((long long)(AWS_ERROR_MUTEX_FAILED) == 20LL, "AWS_ERROR_MUTEX_FAILED is 20");
_Static_assert((long long)(AWS_ERROR_COND_VARIABLE_INIT_FAILED) == 21LL, "AWS_ERROR_COND_VARIABLE_INIT_FAILED is 21");
_Static_assert((long long)(AWS_ERROR_COND_VARIABLE_TIMED_OUT) == 22LL, "AWS_ERROR_COND_VARIABLE_TIMED_OUT is 22");
_Static_assert((long long)(AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN) == 23LL, "AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN is 23");
_Static_assert((long long)(AWS_ERROR_CLOCK_FAILURE) == 24LL, "AWS_ERROR_CLOCK_FAILURE is 24");
_Static_assert((long long)(AWS_ERROR_LIST_EMPTY) == 25LL, "AWS_ERROR_LIST_EMPTY is 25");
_Static_assert((long long)(AWS_ERROR_DEST_COPY_TOO_SMALL) == 26LL, "AWS_ERROR_DEST_COPY_TOO_SMALL is 26");
_Static_assert((long long)(AWS_ERROR_LIST_EXCEEDS_MAX_SIZE) == 27LL, "AWS_ERROR_LIST_EXCEEDS_MAX_SIZE is 27");
_Static_assert((long long)(AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK) == 28LL, "AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK is 28");
_Static_assert((long long)(AWS_ERROR_PRIORITY_QUEUE_FULL) == 29LL, "AWS_ERROR_PRIORITY_QUEUE_FULL is 29");
_Static_assert((long long)(AWS_ERROR_PRIORITY_QUEUE_EMPTY) == 30LL, "AWS_ERROR_PRIORITY_QUEUE_EMPTY is 30");
_Static_assert((long long)(AWS_ERROR_PRIORITY_QUEUE_BAD_NODE) == 31LL, "AWS_ERROR_PRIORITY_QUEUE_BAD_NODE is 31");
_Static_assert((long long)(AWS_ERROR_HASHTBL_ITEM_NOT_FOUND) == 32LL, "AWS_ERROR_HASHTBL_ITEM_NOT_FOUND is 32");
_Static_assert((long long)(AWS_ERROR_INVALID_DATE_STR) == 33LL, "AWS_ERROR_INVALID_DATE_STR is 33");
_Static_assert((long long)(AWS_ERROR_INVALID_ARGUMENT) == 34LL, "AWS_ERROR_INVALID_ARGUMENT is 34");
_Static_assert((long long)(AWS_ERROR_RANDOM_GEN_FAILED) == 35LL, "AWS_ERROR_RANDOM_GEN_FAILED is 35");
_Static_assert((long long)(AWS_ERROR_MALFORMED_INPUT_STRING) == 36LL, "AWS_ERROR_MALFORMED_INPUT_STRING is 36");
_Static_assert((long long)(AWS_ERROR_UNIMPLEMENTED) == 37LL, "AWS_ERROR_UNIMPLEMENTED is 37");
_Static_assert((long long)(AWS_ERROR_INVALID_STATE) == 38LL, "AWS_ERROR_INVALID_STATE is 38");
_Static_assert((long long)(AWS_ERROR_ENVIRONMENT_GET) == 39LL, "AWS_ERROR_ENVIRONMENT_GET is 39");
_Static_assert((long long)(AWS_ERROR_ENVIRONMENT_SET) == 40LL, "AWS_ERROR_ENVIRONMENT_SET is 40");
_Static_assert((long long)(AWS_ERROR_ENVIRONMENT_UNSET) == 41LL, "AWS_ERROR_ENVIRONMENT_UNSET is 41");
_Static_assert((long long)(AWS_ERROR_STREAM_UNSEEKABLE) == 42LL, "AWS_ERROR_STREAM_UNSEEKABLE is 42");
_Static_assert((long long)(AWS_ERROR_NO_PERMISSION) == 43LL, "AWS_ERROR_NO_PERMISSION is 43");
_Static_assert((long long)(AWS_ERROR_FILE_INVALID_PATH) == 44LL, "AWS_ERROR_FILE_INVALID_PATH is 44");
_Static_assert((long long)(AWS_ERROR_MAX_FDS_EXCEEDED) == 45LL, "AWS_ERROR_MAX_FDS_EXCEEDED is 45");
_Static_assert((long long)(AWS_ERROR_SYS_CALL_FAILURE) == 46LL, "AWS_ERROR_SYS_CALL_FAILURE is 46");
_Static_assert((long long)(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED) == 47LL, "AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED is 47");
_Static_assert((long long)(AWS_ERROR_STRING_MATCH_NOT_FOUND) == 48LL, "AWS_ERROR_STRING_MATCH_NOT_FOUND is 48");
_Static_assert((long long)(AWS_ERROR_DIVIDE_BY_ZERO) == 49LL, "AWS_ERROR_DIVIDE_BY_ZERO is 49");
_Static_assert((long long)(AWS_ERROR_INVALID_FILE_HANDLE) == 50LL, "AWS_ERROR_INVALID_FILE_HANDLE is 50");
_Static_assert((long long)(AWS_ERROR_OPERATION_INTERUPTED) == 51LL, "AWS_ERROR_OPERATION_INTERUPTED is 51");
_Static_assert((long long)(AWS_ERROR_DIRECTORY_NOT_EMPTY) == 52LL, "AWS_ERROR_DIRECTORY_NOT_EMPTY is 52");
_Static_assert((long long)(AWS_ERROR_PLATFORM_NOT_SUPPORTED) == 53LL, "AWS_ERROR_PLATFORM_NOT_SUPPORTED is 53");
_Static_assert((long long)(AWS_ERROR_INVALID_UTF8) == 54LL, "AWS_ERROR_INVALID_UTF8 is 54");
_Static_assert((long long)(AWS_ERROR_GET_HOME_DIRECTORY_FAILED) == 55LL, "AWS_ERROR_GET_HOME_DIRECTORY_FAILED is 55");
_Static_assert((long long)(AWS_ERROR_INVALID_XML) == 56LL, "AWS_ERROR_INVALID_XML is 56");
_Static_assert((long long)(AWS_ERROR_FILE_OPEN_FAILURE) == 57LL, "AWS_ERROR_FILE_OPEN_FAILURE is 57");
_Static_assert((long long)(AWS_ERROR_FILE_READ_FAILURE) == 58LL, "AWS_ERROR_FILE_READ_FAILURE is 58");
_Static_assert((long long)(AWS_ERROR_FILE_WRITE_FAILURE) == 59LL, "AWS_ERROR_FILE_WRITE_FAILURE is 59");
_Static_assert((long long)(AWS_ERROR_INVALID_CBOR) == 60LL, "AWS_ERROR_INVALID_CBOR is 60");
_Static_assert((long long)(AWS_ERROR_CBOR_UNEXPECTED_TYPE) == 61LL, "AWS_ERROR_CBOR_UNEXPECTED_TYPE is 61");
_Static_assert((long long)(AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED) == 62LL, "AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED is 62");
_Static_assert((long long)(AWS_ERROR_END_COMMON_RANGE) == 1023LL, "AWS_ERROR_END_COMMON_RANGE is 1023");
_Static_assert(__builtin_types_compatible_p(aws_error_handler_fn, void (int, void *)), "aws_error_handler_fn is void (int, void *)");
_Static_assert(__builtin_types_compatible_p(aws_error_handler_fn, void (int, void *)), "signature of aws_error_handler_fn");
_Static_assert(sizeof(struct aws_error_info) == 40, "size of struct aws_error_info is 40");
_Static_assert(_Alignof(struct aws_error_info) == 8, "alignment of struct aws_error_info is 8");
_Static_assert(offsetof(struct aws_error_info, error_code) == 0, "offset of struct aws_error_info.error_code is 0");
_Static_assert(sizeof(((struct aws_error_info *)0)->error_code) == 4, "size of struct aws_error_info.error_code is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info *)0)->error_code), int), "type of struct aws_error_info.error_code is int");
_Static_assert(offsetof(struct aws_error_info, literal_name) == 8, "offset of struct aws_error_info.literal_name is 8");
_Static_assert(sizeof(((struct aws_error_info *)0)->literal_name) == 8, "size of struct aws_error_info.literal_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info *)0)->literal_name), const char *), "type of struct aws_error_info.literal_name is const char *");
_Static_assert(offsetof(struct aws_error_info, error_str) == 16, "offset of struct aws_error_info.error_str is 16");
_Static_assert(sizeof(((struct aws_error_info *)0)->error_str) == 8, "size of struct aws_error_info.error_str is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info *)0)->error_str), const char *), "type of struct aws_error_info.error_str is const char *");
_Static_assert(offsetof(struct aws_error_info, lib_name) == 24, "offset of struct aws_error_info.lib_name is 24");
_Static_assert(sizeof(((struct aws_error_info *)0)->lib_name) == 8, "size of struct aws_error_info.lib_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info *)0)->lib_name), const char *), "type of struct aws_error_info.lib_name is const char *");
_Static_assert(offsetof(struct aws_error_info, formatted_name) == 32, "offset of struct aws_error_info.formatted_name is 32");
_Static_assert(sizeof(((struct aws_error_info *)0)->formatted_name) == 8, "size of struct aws_error_info.formatted_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info *)0)->formatted_name), const char *), "type of struct aws_error_info.formatted_name is const char *");
_Static_assert(sizeof(struct aws_error_info_list) == 16, "size of struct aws_error_info_list is 16");
_Static_assert(_Alignof(struct aws_error_info_list) == 8, "alignment of struct aws_error_info_list is 8");
_Static_assert(offsetof(struct aws_error_info_list, error_list) == 0, "offset of struct aws_error_info_list.error_list is 0");
_Static_assert(sizeof(((struct aws_error_info_list *)0)->error_list) == 8, "size of struct aws_error_info_list.error_list is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info_list *)0)->error_list), const struct aws_error_info *), "type of struct aws_error_info_list.error_list is const struct aws_error_info *");
_Static_assert(offsetof(struct aws_error_info_list, count) == 8, "offset of struct aws_error_info_list.count is 8");
_Static_assert(sizeof(((struct aws_error_info_list *)0)->count) == 2, "size of struct aws_error_info_list.count is 2");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_error_info_list *)0)->count), uint16_t), "type of struct aws_error_info_list.count is uint16_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_last_error), int (void)), "aws_last_error is int (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_error_str), const char * (int)), "aws_error_str is const char * (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_error_name), const char * (int)), "aws_error_name is const char * (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_error_lib_name), const char * (int)), "aws_error_lib_name is const char * (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_error_debug_str), const char * (int)), "aws_error_debug_str is const char * (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_raise_error_private), void (int)), "aws_raise_error_private is void (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_reset_error), void (void)), "aws_reset_error is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_restore_error), void (int)), "aws_restore_error is void (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_set_global_error_handler_fn), aws_error_handler_fn * (aws_error_handler_fn *, void *)), "aws_set_global_error_handler_fn is aws_error_handler_fn * (aws_error_handler_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_set_thread_local_error_handler_fn), aws_error_handler_fn * (aws_error_handler_fn *, void *)), "aws_set_thread_local_error_handler_fn is aws_error_handler_fn * (aws_error_handler_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_register_error_info), void (const struct aws_error_info_list *)), "aws_register_error_info is void (const struct aws_error_info_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_unregister_error_info), void (const struct aws_error_info_list *)), "aws_unregister_error_info is void (const struct aws_error_info_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_translate_and_raise_io_error_or), int (int, int)), "aws_translate_and_raise_io_error_or is int (int, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_translate_and_raise_io_error), int (int)), "aws_translate_and_raise_io_error is int (int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_raise_error), int (int)), "aws_raise_error is int (int)");

/* aws/common/exports.h */
#ifndef AWS_COMMON_API
#    error "macro AWS_COMMON_API is not defined"
#endif
#ifndef AWS_STATIC_IMPL
#    error "macro AWS_STATIC_IMPL is not defined"
#endif

/* aws/common/file.h */
_Static_assert((unsigned long long)(AWS_PATH_DELIM) == (unsigned long long)47LL, "AWS_PATH_DELIM is 47");
#ifndef AWS_PATH_DELIM_STR
#    error "macro AWS_PATH_DELIM_STR is not defined"
#endif
_Static_assert(sizeof(AWS_PATH_DELIM_STR) == 2 && __builtin_strcmp(AWS_PATH_DELIM_STR, "/") == 0, "value of AWS_PATH_DELIM_STR");
_Static_assert(sizeof(enum aws_file_type) == 4, "size of enum aws_file_type is 4");
_Static_assert(((long long)(enum aws_file_type)-1 < 0) == 0, "enum aws_file_type is unsigned");
_Static_assert((long long)(AWS_FILE_TYPE_FILE) == 1LL, "AWS_FILE_TYPE_FILE is 1");
_Static_assert((long long)(AWS_FILE_TYPE_SYM_LINK) == 2LL, "AWS_FILE_TYPE_SYM_LINK is 2");
_Static_assert((long long)(AWS_FILE_TYPE_DIRECTORY) == 4LL, "AWS_FILE_TYPE_DIRECTORY is 4");
_Static_assert(__builtin_types_compatible_p(aws_on_directory_entry, bool (const struct aws_directory_entry *, void *)), "aws_on_directory_entry is bool (const struct aws_directory_entry *, void *)");
_Static_assert(__builtin_types_compatible_p(aws_on_directory_entry, bool (const struct aws_directory_entry *, void *)), "signature of aws_on_directory_entry");
_Static_assert(sizeof(struct aws_directory_entry) == 48, "size of struct aws_directory_entry is 48");
_Static_assert(_Alignof(struct aws_directory_entry) == 8, "alignment of struct aws_directory_entry is 8");
_Static_assert(offsetof(struct aws_directory_entry, path) == 0, "offset of struct aws_directory_entry.path is 0");
_Static_assert(sizeof(((struct aws_directory_entry *)0)->path) == 16, "size of struct aws_directory_entry.path is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_directory_entry *)0)->path), struct aws_byte_cursor), "type of struct aws_directory_entry.path is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_directory_entry, relative_path) == 16, "offset of struct aws_directory_entry.relative_path is 16");
_Static_assert(sizeof(((struct aws_directory_entry *)0)->relative_path) == 16, "size of struct aws_directory_entry.relative_path is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_directory_entry *)0)->relative_path), struct aws_byte_cursor), "type of struct aws_directory_entry.relative_path is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_directory_entry, file_type) == 32, "offset of struct aws_directory_entry.file_type is 32");
_Static_assert(sizeof(((struct aws_directory_entry *)0)->file_type) == 4, "size of struct aws_directory_entry.file_type is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_directory_entry *)0)->file_type), int), "type of struct aws_directory_entry.file_type is int");
_Static_assert(offsetof(struct aws_directory_entry, file_size) == 40, "offset of struct aws_directory_entry.file_size is 40");
_Static_assert(sizeof(((struct aws_directory_entry *)0)->file_size) == 8, "size of struct aws_directory_entry.file_size is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_directory_entry *)0)->file_size), int64_t), "type of struct aws_directory_entry.file_size is int64_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_fopen), FILE * (const char *, const char *)), "aws_fopen is FILE * (const char *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_fopen_safe), FILE * (const struct aws_string *, const struct aws_string *)), "aws_fopen_safe is FILE * (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_create), int (const struct aws_string *)), "aws_directory_create is int (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_exists), bool (const struct aws_string *)), "aws_directory_exists is bool (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_delete), int (const struct aws_string *, bool)), "aws_directory_delete is int (const struct aws_string *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_delete), int (const struct aws_string *)), "aws_file_delete is int (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_or_file_move), int (const struct aws_string *, const struct aws_string *)), "aws_directory_or_file_move is int (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_traverse), int (struct aws_allocator *, const struct aws_string *, bool, aws_on_directory_entry *, void *)), "aws_directory_traverse is int (struct aws_allocator *, const struct aws_string *, bool, aws_on_directory_entry *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_entry_iterator_new), struct aws_directory_iterator * (struct aws_allocator *, const struct aws_string *)), "aws_directory_entry_iterator_new is struct aws_directory_iterator * (struct aws_allocator *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_entry_iterator_next), int (struct aws_directory_iterator *)), "aws_directory_entry_iterator_next is int (struct aws_directory_iterator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_entry_iterator_previous), int (struct aws_directory_iterator *)), "aws_directory_entry_iterator_previous is int (struct aws_directory_iterator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_entry_iterator_destroy), void (struct aws_directory_iterator *)), "aws_directory_entry_iterator_destroy is void (struct aws_directory_iterator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_directory_entry_iterator_get_value), const struct aws_directory_entry * (const struct aws_directory_iterator *)), "aws_directory_entry_iterator_get_value is const struct aws_directory_entry * (const struct aws_directory_iterator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_is_any_directory_separator), bool (char)), "aws_is_any_directory_separator is bool (char)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_platform_directory_separator), char (void)), "aws_get_platform_directory_separator is char (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_normalize_directory_separator), void (struct aws_byte_buf *)), "aws_normalize_directory_separator is void (struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_home_directory), struct aws_string * (struct aws_allocator *)), "aws_get_home_directory is struct aws_string * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_path_exists), bool (const struct aws_string *)), "aws_path_exists is bool (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_fseek), int (FILE *, int64_t, int)), "aws_fseek is int (FILE *, int64_t, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_get_length), int (FILE *, int64_t *)), "aws_file_get_length is int (FILE *, int64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_path_read_from_offset_direct_io), int (const struct aws_string *, uint64_t, size_t, struct aws_byte_buf *, size_t *)), "aws_file_path_read_from_offset_direct_io is int (const struct aws_string *, uint64_t, size_t, struct aws_byte_buf *, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_path_read_from_offset), int (const struct aws_string *, uint64_t, size_t, struct aws_byte_buf *, size_t *)), "aws_file_path_read_from_offset is int (const struct aws_string *, uint64_t, size_t, struct aws_byte_buf *, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_path_read_from_offset_direct_io_with_chunk_size), int (const struct aws_string *, uint64_t, size_t, size_t, struct aws_byte_buf *, size_t *)), "aws_file_path_read_from_offset_direct_io_with_chunk_size is int (const struct aws_string *, uint64_t, size_t, size_t, struct aws_byte_buf *, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_path_write_to_offset_direct_io), int (const struct aws_string *, uint64_t, struct aws_byte_cursor)), "aws_file_path_write_to_offset_direct_io is int (const struct aws_string *, uint64_t, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_file_direct_io_is_supported), bool (void)), "aws_file_direct_io_is_supported is bool (void)");

/* aws/common/hash_table.h */
_Static_assert((long long)(AWS_COMMON_HASH_TABLE_ITER_CONTINUE) == 1LL, "AWS_COMMON_HASH_TABLE_ITER_CONTINUE is 1");
_Static_assert((long long)(AWS_COMMON_HASH_TABLE_ITER_DELETE) == 2LL, "AWS_COMMON_HASH_TABLE_ITER_DELETE is 2");
_Static_assert((long long)(AWS_COMMON_HASH_TABLE_ITER_ERROR) == 4LL, "AWS_COMMON_HASH_TABLE_ITER_ERROR is 4");
_Static_assert(sizeof(enum aws_hash_iter_status) == 4, "size of enum aws_hash_iter_status is 4");
_Static_assert(((long long)(enum aws_hash_iter_status)-1 < 0) == 0, "enum aws_hash_iter_status is unsigned");
_Static_assert((long long)(AWS_HASH_ITER_STATUS_DONE) == 0LL, "AWS_HASH_ITER_STATUS_DONE is 0");
_Static_assert((long long)(AWS_HASH_ITER_STATUS_DELETE_CALLED) == 1LL, "AWS_HASH_ITER_STATUS_DELETE_CALLED is 1");
_Static_assert((long long)(AWS_HASH_ITER_STATUS_READY_FOR_USE) == 2LL, "AWS_HASH_ITER_STATUS_READY_FOR_USE is 2");
_Static_assert(__builtin_types_compatible_p(aws_hash_fn, uint64_t (const void *)), "aws_hash_fn is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(aws_hash_fn, uint64_t (const void *)), "signature of aws_hash_fn");
_Static_assert(__builtin_types_compatible_p(aws_hash_callback_eq_fn, bool (const void *, const void *)), "aws_hash_callback_eq_fn is bool (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(aws_hash_callback_eq_fn, bool (const void *, const void *)), "signature of aws_hash_callback_eq_fn");
_Static_assert(__builtin_types_compatible_p(aws_hash_callback_destroy_fn, void (void *)), "aws_hash_callback_destroy_fn is void (void *)");
_Static_assert(__builtin_types_compatible_p(aws_hash_callback_destroy_fn, void (void *)), "signature of aws_hash_callback_destroy_fn");
_Static_assert(sizeof(struct aws_hash_table) == 8, "size of struct aws_hash_table is 8");
_Static_assert(_Alignof(struct aws_hash_table) == 8, "alignment of struct aws_hash_table is 8");
_Static_assert(offsetof(struct aws_hash_table, p_impl) == 0, "offset of struct aws_hash_table.p_impl is 0");
_Static_assert(sizeof(((struct aws_hash_table *)0)->p_impl) == 8, "size of struct aws_hash_table.p_impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_table *)0)->p_impl), struct hash_table_state *), "type of struct aws_hash_table.p_impl is struct hash_table_state *");
_Static_assert(sizeof(struct aws_hash_element) == 16, "size of struct aws_hash_element is 16");
_Static_assert(_Alignof(struct aws_hash_element) == 8, "alignment of struct aws_hash_element is 8");
_Static_assert(offsetof(struct aws_hash_element, key) == 0, "offset of struct aws_hash_element.key is 0");
_Static_assert(sizeof(((struct aws_hash_element *)0)->key) == 8, "size of struct aws_hash_element.key is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_element *)0)->key), const void *), "type of struct aws_hash_element.key is const void *");
_Static_assert(offsetof(struct aws_hash_element, value) == 8, "offset of struct aws_hash_element.value is 8");
_Static_assert(sizeof(((struct aws_hash_element *)0)->value) == 8, "size of struct aws_hash_element.value is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_element *)0)->value), void *), "type of struct aws_hash_element.value is void *");
_Static_assert(sizeof(struct aws_hash_iter) == 64, "size of struct aws_hash_iter is 64");
_Static_assert(_Alignof(struct aws_hash_iter) == 8, "alignment of struct aws_hash_iter is 8");
_Static_assert(offsetof(struct aws_hash_iter, map) == 0, "offset of struct aws_hash_iter.map is 0");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->map) == 8, "size of struct aws_hash_iter.map is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->map), const struct aws_hash_table *), "type of struct aws_hash_iter.map is const struct aws_hash_table *");
_Static_assert(offsetof(struct aws_hash_iter, element) == 8, "offset of struct aws_hash_iter.element is 8");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->element) == 16, "size of struct aws_hash_iter.element is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->element), struct aws_hash_element), "type of struct aws_hash_iter.element is struct aws_hash_element");
_Static_assert(offsetof(struct aws_hash_iter, slot) == 24, "offset of struct aws_hash_iter.slot is 24");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->slot) == 8, "size of struct aws_hash_iter.slot is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->slot), size_t), "type of struct aws_hash_iter.slot is size_t");
_Static_assert(offsetof(struct aws_hash_iter, limit) == 32, "offset of struct aws_hash_iter.limit is 32");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->limit) == 8, "size of struct aws_hash_iter.limit is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->limit), size_t), "type of struct aws_hash_iter.limit is size_t");
_Static_assert(offsetof(struct aws_hash_iter, status) == 40, "offset of struct aws_hash_iter.status is 40");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->status) == 4, "size of struct aws_hash_iter.status is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->status), enum aws_hash_iter_status), "type of struct aws_hash_iter.status is enum aws_hash_iter_status");
_Static_assert(offsetof(struct aws_hash_iter, unused_0) == 44, "offset of struct aws_hash_iter.unused_0 is 44");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->unused_0) == 4, "size of struct aws_hash_iter.unused_0 is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->unused_0), int), "type of struct aws_hash_iter.unused_0 is int");
_Static_assert(offsetof(struct aws_hash_iter, unused_1) == 48, "offset of struct aws_hash_iter.unused_1 is 48");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->unused_1) == 8, "size of struct aws_hash_iter.unused_1 is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->unused_1), void *), "type of struct aws_hash_iter.unused_1 is void *");
_Static_assert(offsetof(struct aws_hash_iter, unused_2) == 56, "offset of struct aws_hash_iter.unused_2 is 56");
_Static_assert(sizeof(((struct aws_hash_iter *)0)->unused_2) == 8, "size of struct aws_hash_iter.unused_2 is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_hash_iter *)0)->unused_2), void *), "type of struct aws_hash_iter.unused_2 is void *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_init), int (struct aws_hash_table *, struct aws_allocator *, size_t, aws_hash_fn *, aws_hash_callback_eq_fn *, aws_hash_callback_destroy_fn *, aws_hash_callback_destroy_fn *)), "aws_hash_table_init is int (struct aws_hash_table *, struct aws_allocator *, size_t, aws_hash_fn *, aws_hash_callback_eq_fn *, aws_hash_callback_destroy_fn *, aws_hash_callback_destroy_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_clean_up), void (struct aws_hash_table *)), "aws_hash_table_clean_up is void (struct aws_hash_table *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_swap), void (struct aws_hash_table *restrict, struct aws_hash_table *restrict)), "aws_hash_table_swap is void (struct aws_hash_table *restrict, struct aws_hash_table *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_move), void (struct aws_hash_table *restrict, struct aws_hash_table *restrict)), "aws_hash_table_move is void (struct aws_hash_table *restrict, struct aws_hash_table *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_get_entry_count), size_t (const struct aws_hash_table *)), "aws_hash_table_get_entry_count is size_t (const struct aws_hash_table *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_iter_begin), struct aws_hash_iter (const struct aws_hash_table *)), "aws_hash_iter_begin is struct aws_hash_iter (const struct aws_hash_table *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_iter_done), bool (const struct aws_hash_iter *)), "aws_hash_iter_done is bool (const struct aws_hash_iter *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_iter_next), void (struct aws_hash_iter *)), "aws_hash_iter_next is void (struct aws_hash_iter *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_iter_delete), void (struct aws_hash_iter *, bool)), "aws_hash_iter_delete is void (struct aws_hash_iter *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_find), int (const struct aws_hash_table *, const void *, struct aws_hash_element **)), "aws_hash_table_find is int (const struct aws_hash_table *, const void *, struct aws_hash_element **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_create), int (struct aws_hash_table *, const void *, struct aws_hash_element **, int *)), "aws_hash_table_create is int (struct aws_hash_table *, const void *, struct aws_hash_element **, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_put), int (struct aws_hash_table *, const void *, void *, int *)), "aws_hash_table_put is int (struct aws_hash_table *, const void *, void *, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_remove), int (struct aws_hash_table *, const void *, struct aws_hash_element *, int *)), "aws_hash_table_remove is int (struct aws_hash_table *, const void *, struct aws_hash_element *, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_remove_element), int (struct aws_hash_table *, struct aws_hash_element *)), "aws_hash_table_remove_element is int (struct aws_hash_table *, struct aws_hash_element *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_foreach), int (struct aws_hash_table *, int (*)(void *, struct aws_hash_element *), void *)), "aws_hash_table_foreach is int (struct aws_hash_table *, int (*)(void *, struct aws_hash_element *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_eq), bool (const struct aws_hash_table *, const struct aws_hash_table *, aws_hash_callback_eq_fn *)), "aws_hash_table_eq is bool (const struct aws_hash_table *, const struct aws_hash_table *, aws_hash_callback_eq_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_clear), void (struct aws_hash_table *)), "aws_hash_table_clear is void (struct aws_hash_table *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_c_string), uint64_t (const void *)), "aws_hash_c_string is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_string), uint64_t (const void *)), "aws_hash_string is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_byte_cursor_ptr), uint64_t (const void *)), "aws_hash_byte_cursor_ptr is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_ptr), uint64_t (const void *)), "aws_hash_ptr is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_combine), uint64_t (uint64_t, uint64_t)), "aws_hash_combine is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_callback_c_str_eq), bool (const void *, const void *)), "aws_hash_callback_c_str_eq is bool (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_callback_string_eq), bool (const void *, const void *)), "aws_hash_callback_string_eq is bool (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_callback_string_destroy), void (void *)), "aws_hash_callback_string_destroy is void (void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ptr_eq), bool (const void *, const void *)), "aws_ptr_eq is bool (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_table_is_valid), bool (const struct aws_hash_table *)), "aws_hash_table_is_valid is bool (const struct aws_hash_table *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_iter_is_valid), bool (const struct aws_hash_iter *)), "aws_hash_iter_is_valid is bool (const struct aws_hash_iter *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_uint64_t_by_identity), uint64_t (const void *)), "aws_hash_uint64_t_by_identity is uint64_t (const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_hash_compare_uint64_t_eq), bool (const void *, const void *)), "aws_hash_compare_uint64_t_eq is bool (const void *, const void *)");

/* aws/common/linked_list.h */
_Static_assert(sizeof(struct aws_linked_list_node) == 16, "size of struct aws_linked_list_node is 16");
_Static_assert(_Alignof(struct aws_linked_list_node) == 8, "alignment of struct aws_linked_list_node is 8");
_Static_assert(offsetof(struct aws_linked_list_node, next) == 0, "offset of struct aws_linked_list_node.next is 0");
_Static_assert(sizeof(((struct aws_linked_list_node *)0)->next) == 8, "size of struct aws_linked_list_node.next is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_linked_list_node *)0)->next), struct aws_linked_list_node *), "type of struct aws_linked_list_node.next is struct aws_linked_list_node *");
_Static_assert(offsetof(struct aws_linked_list_node, prev) == 8, "offset of struct aws_linked_list_node.prev is 8");
_Static_assert(sizeof(((struct aws_linked_list_node *)0)->prev) == 8, "size of struct aws_linked_list_node.prev is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_linked_list_node *)0)->prev), struct aws_linked_list_node *), "type of struct aws_linked_list_node.prev is struct aws_linked_list_node *");
_Static_assert(sizeof(struct aws_linked_list) == 32, "size of struct aws_linked_list is 32");
_Static_assert(_Alignof(struct aws_linked_list) == 8, "alignment of struct aws_linked_list is 8");
_Static_assert(offsetof(struct aws_linked_list, head) == 0, "offset of struct aws_linked_list.head is 0");
_Static_assert(sizeof(((struct aws_linked_list *)0)->head) == 16, "size of struct aws_linked_list.head is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_linked_list *)0)->head), struct aws_linked_list_node), "type of struct aws_linked_list.head is struct aws_linked_list_node");
_Static_assert(offsetof(struct aws_linked_list, tail) == 16, "offset of struct aws_linked_list.tail is 16");
_Static_assert(sizeof(((struct aws_linked_list *)0)->tail) == 16, "size of struct aws_linked_list.tail is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_linked_list *)0)->tail), struct aws_linked_list_node), "type of struct aws_linked_list.tail is struct aws_linked_list_node");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_node_reset), void (struct aws_linked_list_node *)), "aws_linked_list_node_reset is void (struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_empty), bool (const struct aws_linked_list *)), "aws_linked_list_empty is bool (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_is_valid), bool (const struct aws_linked_list *)), "aws_linked_list_is_valid is bool (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_node_next_is_valid), bool (const struct aws_linked_list_node *)), "aws_linked_list_node_next_is_valid is bool (const struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_node_prev_is_valid), bool (const struct aws_linked_list_node *)), "aws_linked_list_node_prev_is_valid is bool (const struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_is_valid_deep), bool (const struct aws_linked_list *)), "aws_linked_list_is_valid_deep is bool (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_init), void (struct aws_linked_list *)), "aws_linked_list_init is void (struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_begin), struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_begin is struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_end), const struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_end is const struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_rbegin), struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_rbegin is struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_rend), const struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_rend is const struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_next), struct aws_linked_list_node * (const struct aws_linked_list_node *)), "aws_linked_list_next is struct aws_linked_list_node * (const struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_prev), struct aws_linked_list_node * (const struct aws_linked_list_node *)), "aws_linked_list_prev is struct aws_linked_list_node * (const struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_insert_after), void (struct aws_linked_list_node *, struct aws_linked_list_node *)), "aws_linked_list_insert_after is void (struct aws_linked_list_node *, struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_swap_nodes), void (struct aws_linked_list_node *, struct aws_linked_list_node *)), "aws_linked_list_swap_nodes is void (struct aws_linked_list_node *, struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_insert_before), void (struct aws_linked_list_node *, struct aws_linked_list_node *)), "aws_linked_list_insert_before is void (struct aws_linked_list_node *, struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_remove), void (struct aws_linked_list_node *)), "aws_linked_list_remove is void (struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_push_back), void (struct aws_linked_list *, struct aws_linked_list_node *)), "aws_linked_list_push_back is void (struct aws_linked_list *, struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_back), struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_back is struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_pop_back), struct aws_linked_list_node * (struct aws_linked_list *)), "aws_linked_list_pop_back is struct aws_linked_list_node * (struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_push_front), void (struct aws_linked_list *, struct aws_linked_list_node *)), "aws_linked_list_push_front is void (struct aws_linked_list *, struct aws_linked_list_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_front), struct aws_linked_list_node * (const struct aws_linked_list *)), "aws_linked_list_front is struct aws_linked_list_node * (const struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_pop_front), struct aws_linked_list_node * (struct aws_linked_list *)), "aws_linked_list_pop_front is struct aws_linked_list_node * (struct aws_linked_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_swap_contents), void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)), "aws_linked_list_swap_contents is void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_move_all_back), void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)), "aws_linked_list_move_all_back is void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_move_all_front), void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)), "aws_linked_list_move_all_front is void (struct aws_linked_list *restrict, struct aws_linked_list *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_linked_list_node_is_in_list), bool (struct aws_linked_list_node *)), "aws_linked_list_node_is_in_list is bool (struct aws_linked_list_node *)");

/* aws/common/log_channel.h */
_Static_assert(__builtin_types_compatible_p(aws_log_channel_send_fn, int (struct aws_log_channel *, struct aws_string *)), "aws_log_channel_send_fn is int (struct aws_log_channel *, struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(aws_log_channel_send_fn, int (struct aws_log_channel *, struct aws_string *)), "signature of aws_log_channel_send_fn");
_Static_assert(__builtin_types_compatible_p(aws_log_channel_clean_up_fn, void (struct aws_log_channel *)), "aws_log_channel_clean_up_fn is void (struct aws_log_channel *)");
_Static_assert(__builtin_types_compatible_p(aws_log_channel_clean_up_fn, void (struct aws_log_channel *)), "signature of aws_log_channel_clean_up_fn");
_Static_assert(sizeof(struct aws_log_channel) == 32, "size of struct aws_log_channel is 32");
_Static_assert(_Alignof(struct aws_log_channel) == 8, "alignment of struct aws_log_channel is 8");
_Static_assert(offsetof(struct aws_log_channel, vtable) == 0, "offset of struct aws_log_channel.vtable is 0");
_Static_assert(sizeof(((struct aws_log_channel *)0)->vtable) == 8, "size of struct aws_log_channel.vtable is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel *)0)->vtable), struct aws_log_channel_vtable *), "type of struct aws_log_channel.vtable is struct aws_log_channel_vtable *");
_Static_assert(offsetof(struct aws_log_channel, allocator) == 8, "offset of struct aws_log_channel.allocator is 8");
_Static_assert(sizeof(((struct aws_log_channel *)0)->allocator) == 8, "size of struct aws_log_channel.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel *)0)->allocator), struct aws_allocator *), "type of struct aws_log_channel.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_log_channel, writer) == 16, "offset of struct aws_log_channel.writer is 16");
_Static_assert(sizeof(((struct aws_log_channel *)0)->writer) == 8, "size of struct aws_log_channel.writer is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel *)0)->writer), struct aws_log_writer *), "type of struct aws_log_channel.writer is struct aws_log_writer *");
_Static_assert(offsetof(struct aws_log_channel, impl) == 24, "offset of struct aws_log_channel.impl is 24");
_Static_assert(sizeof(((struct aws_log_channel *)0)->impl) == 8, "size of struct aws_log_channel.impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel *)0)->impl), void *), "type of struct aws_log_channel.impl is void *");
_Static_assert(sizeof(struct aws_log_channel_vtable) == 16, "size of struct aws_log_channel_vtable is 16");
_Static_assert(_Alignof(struct aws_log_channel_vtable) == 8, "alignment of struct aws_log_channel_vtable is 8");
_Static_assert(offsetof(struct aws_log_channel_vtable, send) == 0, "offset of struct aws_log_channel_vtable.send is 0");
_Static_assert(sizeof(((struct aws_log_channel_vtable *)0)->send) == 8, "size of struct aws_log_channel_vtable.send is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel_vtable *)0)->send), aws_log_channel_send_fn *), "type of struct aws_log_channel_vtable.send is aws_log_channel_send_fn *");
_Static_assert(offsetof(struct aws_log_channel_vtable, clean_up) == 8, "offset of struct aws_log_channel_vtable.clean_up is 8");
_Static_assert(sizeof(((struct aws_log_channel_vtable *)0)->clean_up) == 8, "size of struct aws_log_channel_vtable.clean_up is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_channel_vtable *)0)->clean_up), aws_log_channel_clean_up_fn *), "type of struct aws_log_channel_vtable.clean_up is aws_log_channel_clean_up_fn *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_channel_init_foreground), int (struct aws_log_channel *, struct aws_allocator *, struct aws_log_writer *)), "aws_log_channel_init_foreground is int (struct aws_log_channel *, struct aws_allocator *, struct aws_log_writer *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_channel_init_background), int (struct aws_log_channel *, struct aws_allocator *, struct aws_log_writer *)), "aws_log_channel_init_background is int (struct aws_log_channel *, struct aws_allocator *, struct aws_log_writer *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_channel_clean_up), void (struct aws_log_channel *)), "aws_log_channel_clean_up is void (struct aws_log_channel *)");

/* aws/common/log_formatter.h */
_Static_assert(__builtin_types_compatible_p(aws_log_formatter_format_fn, int (struct aws_log_formatter *, struct aws_string **, enum aws_log_level, aws_log_subject_t, const char *, va_list)), "aws_log_formatter_format_fn is int (struct aws_log_formatter *, struct aws_string **, enum aws_log_level, aws_log_subject_t, const char *, va_list)");
_Static_assert(__builtin_types_compatible_p(aws_log_formatter_format_fn, int (struct aws_log_formatter *, struct aws_string **, enum aws_log_level, aws_log_subject_t, const char *, va_list)), "signature of aws_log_formatter_format_fn");
_Static_assert(__builtin_types_compatible_p(aws_log_formatter_clean_up_fn, void (struct aws_log_formatter *)), "aws_log_formatter_clean_up_fn is void (struct aws_log_formatter *)");
_Static_assert(__builtin_types_compatible_p(aws_log_formatter_clean_up_fn, void (struct aws_log_formatter *)), "signature of aws_log_formatter_clean_up_fn");
_Static_assert(sizeof(struct aws_log_formatter) == 24, "size of struct aws_log_formatter is 24");
_Static_assert(_Alignof(struct aws_log_formatter) == 8, "alignment of struct aws_log_formatter is 8");
_Static_assert(offsetof(struct aws_log_formatter, vtable) == 0, "offset of struct aws_log_formatter.vtable is 0");
_Static_assert(sizeof(((struct aws_log_formatter *)0)->vtable) == 8, "size of struct aws_log_formatter.vtable is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter *)0)->vtable), struct aws_log_formatter_vtable *), "type of struct aws_log_formatter.vtable is struct aws_log_formatter_vtable *");
_Static_assert(offsetof(struct aws_log_formatter, allocator) == 8, "offset of struct aws_log_formatter.allocator is 8");
_Static_assert(sizeof(((struct aws_log_formatter *)0)->allocator) == 8, "size of struct aws_log_formatter.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter *)0)->allocator), struct aws_allocator *), "type of struct aws_log_formatter.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_log_formatter, impl) == 16, "offset of struct aws_log_formatter.impl is 16");
_Static_assert(sizeof(((struct aws_log_formatter *)0)->impl) == 8, "size of struct aws_log_formatter.impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter *)0)->impl), void *), "type of struct aws_log_formatter.impl is void *");
_Static_assert(sizeof(struct aws_log_formatter_vtable) == 16, "size of struct aws_log_formatter_vtable is 16");
_Static_assert(_Alignof(struct aws_log_formatter_vtable) == 8, "alignment of struct aws_log_formatter_vtable is 8");
_Static_assert(offsetof(struct aws_log_formatter_vtable, format) == 0, "offset of struct aws_log_formatter_vtable.format is 0");
_Static_assert(sizeof(((struct aws_log_formatter_vtable *)0)->format) == 8, "size of struct aws_log_formatter_vtable.format is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter_vtable *)0)->format), aws_log_formatter_format_fn *), "type of struct aws_log_formatter_vtable.format is aws_log_formatter_format_fn *");
_Static_assert(offsetof(struct aws_log_formatter_vtable, clean_up) == 8, "offset of struct aws_log_formatter_vtable.clean_up is 8");
_Static_assert(sizeof(((struct aws_log_formatter_vtable *)0)->clean_up) == 8, "size of struct aws_log_formatter_vtable.clean_up is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter_vtable *)0)->clean_up), aws_log_formatter_clean_up_fn *), "type of struct aws_log_formatter_vtable.clean_up is aws_log_formatter_clean_up_fn *");
_Static_assert(sizeof(struct aws_log_formatter_standard_options) == 4, "size of struct aws_log_formatter_standard_options is 4");
_Static_assert(_Alignof(struct aws_log_formatter_standard_options) == 4, "alignment of struct aws_log_formatter_standard_options is 4");
_Static_assert(offsetof(struct aws_log_formatter_standard_options, date_format) == 0, "offset of struct aws_log_formatter_standard_options.date_format is 0");
_Static_assert(sizeof(((struct aws_log_formatter_standard_options *)0)->date_format) == 4, "size of struct aws_log_formatter_standard_options.date_format is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_formatter_standard_options *)0)->date_format), enum aws_date_format), "type of struct aws_log_formatter_standard_options.date_format is enum aws_date_format");
_Static_assert(sizeof(struct aws_logging_standard_formatting_data) == 64, "size of struct aws_logging_standard_formatting_data is 64");
_Static_assert(_Alignof(struct aws_logging_standard_formatting_data) == 8, "alignment of struct aws_logging_standard_formatting_data is 8");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, log_line_buffer) == 0, "offset of struct aws_logging_standard_formatting_data.log_line_buffer is 0");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->log_line_buffer) == 8, "size of struct aws_logging_standard_formatting_data.log_line_buffer is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->log_line_buffer), char *), "type of struct aws_logging_standard_formatting_data.log_line_buffer is char *");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, total_length) == 8, "offset of struct aws_logging_standard_formatting_data.total_length is 8");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->total_length) == 8, "size of struct aws_logging_standard_formatting_data.total_length is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->total_length), size_t), "type of struct aws_logging_standard_formatting_data.total_length is size_t");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, level) == 16, "offset of struct aws_logging_standard_formatting_data.level is 16");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->level) == 4, "size of struct aws_logging_standard_formatting_data.level is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->level), enum aws_log_level), "type of struct aws_logging_standard_formatting_data.level is enum aws_log_level");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, subject_name) == 24, "offset of struct aws_logging_standard_formatting_data.subject_name is 24");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->subject_name) == 8, "size of struct aws_logging_standard_formatting_data.subject_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->subject_name), const char *), "type of struct aws_logging_standard_formatting_data.subject_name is const char *");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, format) == 32, "offset of struct aws_logging_standard_formatting_data.format is 32");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->format) == 8, "size of struct aws_logging_standard_formatting_data.format is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->format), const char *), "type of struct aws_logging_standard_formatting_data.format is const char *");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, date_format) == 40, "offset of struct aws_logging_standard_formatting_data.date_format is 40");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->date_format) == 4, "size of struct aws_logging_standard_formatting_data.date_format is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->date_format), enum aws_date_format), "type of struct aws_logging_standard_formatting_data.date_format is enum aws_date_format");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, allocator) == 48, "offset of struct aws_logging_standard_formatting_data.allocator is 48");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->allocator) == 8, "size of struct aws_logging_standard_formatting_data.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->allocator), struct aws_allocator *), "type of struct aws_logging_standard_formatting_data.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_logging_standard_formatting_data, amount_written) == 56, "offset of struct aws_logging_standard_formatting_data.amount_written is 56");
_Static_assert(sizeof(((struct aws_logging_standard_formatting_data *)0)->amount_written) == 8, "size of struct aws_logging_standard_formatting_data.amount_written is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logging_standard_formatting_data *)0)->amount_written), size_t), "type of struct aws_logging_standard_formatting_data.amount_written is size_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_formatter_init_default), int (struct aws_log_formatter *, struct aws_allocator *, struct aws_log_formatter_standard_options *)), "aws_log_formatter_init_default is int (struct aws_log_formatter *, struct aws_allocator *, struct aws_log_formatter_standard_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_formatter_clean_up), void (struct aws_log_formatter *)), "aws_log_formatter_clean_up is void (struct aws_log_formatter *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_format_standard_log_line), int (struct aws_logging_standard_formatting_data *, va_list)), "aws_format_standard_log_line is int (struct aws_logging_standard_formatting_data *, va_list)");

/* aws/common/log_writer.h */
_Static_assert(__builtin_types_compatible_p(aws_log_writer_write_fn, int (struct aws_log_writer *, const struct aws_string *)), "aws_log_writer_write_fn is int (struct aws_log_writer *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(aws_log_writer_write_fn, int (struct aws_log_writer *, const struct aws_string *)), "signature of aws_log_writer_write_fn");
_Static_assert(__builtin_types_compatible_p(aws_log_writer_clean_up_fn, void (struct aws_log_writer *)), "aws_log_writer_clean_up_fn is void (struct aws_log_writer *)");
_Static_assert(__builtin_types_compatible_p(aws_log_writer_clean_up_fn, void (struct aws_log_writer *)), "signature of aws_log_writer_clean_up_fn");
_Static_assert(sizeof(struct aws_log_writer) == 24, "size of struct aws_log_writer is 24");
_Static_assert(_Alignof(struct aws_log_writer) == 8, "alignment of struct aws_log_writer is 8");
_Static_assert(offsetof(struct aws_log_writer, vtable) == 0, "offset of struct aws_log_writer.vtable is 0");
_Static_assert(sizeof(((struct aws_log_writer *)0)->vtable) == 8, "size of struct aws_log_writer.vtable is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer *)0)->vtable), struct aws_log_writer_vtable *), "type of struct aws_log_writer.vtable is struct aws_log_writer_vtable *");
_Static_assert(offsetof(struct aws_log_writer, allocator) == 8, "offset of struct aws_log_writer.allocator is 8");
_Static_assert(sizeof(((struct aws_log_writer *)0)->allocator) == 8, "size of struct aws_log_writer.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer *)0)->allocator), struct aws_allocator *), "type of struct aws_log_writer.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_log_writer, impl) == 16, "offset of struct aws_log_writer.impl is 16");
_Static_assert(sizeof(((struct aws_log_writer *)0)->impl) == 8, "size of struct aws_log_writer.impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer *)0)->impl), void *), "type of struct aws_log_writer.impl is void *");
_Static_assert(sizeof(struct aws_log_writer_vtable) == 16, "size of struct aws_log_writer_vtable is 16");
_Static_assert(_Alignof(struct aws_log_writer_vtable) == 8, "alignment of struct aws_log_writer_vtable is 8");
_Static_assert(offsetof(struct aws_log_writer_vtable, write) == 0, "offset of struct aws_log_writer_vtable.write is 0");
_Static_assert(sizeof(((struct aws_log_writer_vtable *)0)->write) == 8, "size of struct aws_log_writer_vtable.write is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer_vtable *)0)->write), aws_log_writer_write_fn *), "type of struct aws_log_writer_vtable.write is aws_log_writer_write_fn *");
_Static_assert(offsetof(struct aws_log_writer_vtable, clean_up) == 8, "offset of struct aws_log_writer_vtable.clean_up is 8");
_Static_assert(sizeof(((struct aws_log_writer_vtable *)0)->clean_up) == 8, "size of struct aws_log_writer_vtable.clean_up is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer_vtable *)0)->clean_up), aws_log_writer_clean_up_fn *), "type of struct aws_log_writer_vtable.clean_up is aws_log_writer_clean_up_fn *");
_Static_assert(sizeof(struct aws_log_writer_file_options) == 16, "size of struct aws_log_writer_file_options is 16");
_Static_assert(_Alignof(struct aws_log_writer_file_options) == 8, "alignment of struct aws_log_writer_file_options is 8");
_Static_assert(offsetof(struct aws_log_writer_file_options, filename) == 0, "offset of struct aws_log_writer_file_options.filename is 0");
_Static_assert(sizeof(((struct aws_log_writer_file_options *)0)->filename) == 8, "size of struct aws_log_writer_file_options.filename is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer_file_options *)0)->filename), const char *), "type of struct aws_log_writer_file_options.filename is const char *");
_Static_assert(offsetof(struct aws_log_writer_file_options, file) == 8, "offset of struct aws_log_writer_file_options.file is 8");
_Static_assert(sizeof(((struct aws_log_writer_file_options *)0)->file) == 8, "size of struct aws_log_writer_file_options.file is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_writer_file_options *)0)->file), FILE *), "type of struct aws_log_writer_file_options.file is FILE *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_writer_init_stdout), int (struct aws_log_writer *, struct aws_allocator *)), "aws_log_writer_init_stdout is int (struct aws_log_writer *, struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_writer_init_stderr), int (struct aws_log_writer *, struct aws_allocator *)), "aws_log_writer_init_stderr is int (struct aws_log_writer *, struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_writer_init_file), int (struct aws_log_writer *, struct aws_allocator *, struct aws_log_writer_file_options *)), "aws_log_writer_init_file is int (struct aws_log_writer *, struct aws_allocator *, struct aws_log_writer_file_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_writer_clean_up), void (struct aws_log_writer *)), "aws_log_writer_clean_up is void (struct aws_log_writer *)");

/* aws/common/logging.h */
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_NONE) == (unsigned long long)0LL, "AWS_LOG_LEVEL_NONE is 0");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_FATAL) == (unsigned long long)1LL, "AWS_LOG_LEVEL_FATAL is 1");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_ERROR) == (unsigned long long)2LL, "AWS_LOG_LEVEL_ERROR is 2");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_WARN) == (unsigned long long)3LL, "AWS_LOG_LEVEL_WARN is 3");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_INFO) == (unsigned long long)4LL, "AWS_LOG_LEVEL_INFO is 4");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_DEBUG) == (unsigned long long)5LL, "AWS_LOG_LEVEL_DEBUG is 5");
_Static_assert((unsigned long long)(AWS_LOG_LEVEL_TRACE) == (unsigned long long)6LL, "AWS_LOG_LEVEL_TRACE is 6");
_Static_assert((unsigned long long)(AWS_LOG_SUBJECT_STRIDE) == (unsigned long long)1024LL, "AWS_LOG_SUBJECT_STRIDE is 1024");
#ifndef AWS_LOG_SUBJECT_BEGIN_RANGE
#    error "macro AWS_LOG_SUBJECT_BEGIN_RANGE is not defined"
#endif
#ifndef AWS_LOG_SUBJECT_END_RANGE
#    error "macro AWS_LOG_SUBJECT_END_RANGE is not defined"
#endif
#ifndef DEFINE_LOG_SUBJECT_INFO
#    error "macro DEFINE_LOG_SUBJECT_INFO is not defined"
#endif
#ifndef AWS_LOGF
#    error "macro AWS_LOGF is not defined"
#endif
#ifndef AWS_LOGUF
#    error "macro AWS_LOGUF is not defined"
#endif
#ifndef AWS_LOGF_FATAL
#    error "macro AWS_LOGF_FATAL is not defined"
#endif
#ifndef AWS_LOGF_ERROR
#    error "macro AWS_LOGF_ERROR is not defined"
#endif
#ifndef AWS_LOGF_WARN
#    error "macro AWS_LOGF_WARN is not defined"
#endif
#ifndef AWS_LOGF_INFO
#    error "macro AWS_LOGF_INFO is not defined"
#endif
#ifndef AWS_LOGF_DEBUG
#    error "macro AWS_LOGF_DEBUG is not defined"
#endif
#ifndef AWS_LOGF_TRACE
#    error "macro AWS_LOGF_TRACE is not defined"
#endif
_Static_assert(sizeof(enum aws_log_level) == 4, "size of enum aws_log_level is 4");
_Static_assert(((long long)(enum aws_log_level)-1 < 0) == 0, "enum aws_log_level is unsigned");
_Static_assert((long long)(AWS_LL_NONE) == 0LL, "AWS_LL_NONE is 0");
_Static_assert((long long)(AWS_LL_FATAL) == 1LL, "AWS_LL_FATAL is 1");
_Static_assert((long long)(AWS_LL_ERROR) == 2LL, "AWS_LL_ERROR is 2");
_Static_assert((long long)(AWS_LL_WARN) == 3LL, "AWS_LL_WARN is 3");
_Static_assert((long long)(AWS_LL_INFO) == 4LL, "AWS_LL_INFO is 4");
_Static_assert((long long)(AWS_LL_DEBUG) == 5LL, "AWS_LL_DEBUG is 5");
_Static_assert((long long)(AWS_LL_TRACE) == 6LL, "AWS_LL_TRACE is 6");
_Static_assert((long long)(AWS_LL_COUNT) == 7LL, "AWS_LL_COUNT is 7");
_Static_assert((long long)(AWS_LOG_SUBJECT_STRIDE_BITS) == 10LL, "AWS_LOG_SUBJECT_STRIDE_BITS is 10");
_Static_assert(sizeof(enum aws_common_log_subject) == 4, "size of enum aws_common_log_subject is 4");
_Static_assert(((long long)(enum aws_common_log_subject)-1 < 0) == 0, "enum aws_common_log_subject is unsigned");
_Static_assert((long long)(AWS_LS_COMMON_GENERAL) == 0LL, "AWS_LS_COMMON_GENERAL is 0");
_Static_assert((long long)(AWS_LS_COMMON_TASK_SCHEDULER) == 1LL, "AWS_LS_COMMON_TASK_SCHEDULER is 1");
_Static_assert((long long)(AWS_LS_COMMON_THREAD) == 2LL, "AWS_LS_COMMON_THREAD is 2");
_Static_assert((long long)(AWS_LS_COMMON_MEMTRACE) == 3LL, "AWS_LS_COMMON_MEMTRACE is 3");
_Static_assert((long long)(AWS_LS_COMMON_XML_PARSER) == 4LL, "AWS_LS_COMMON_XML_PARSER is 4");
_Static_assert((long long)(AWS_LS_COMMON_IO) == 5LL, "AWS_LS_COMMON_IO is 5");
_Static_assert((long long)(AWS_LS_COMMON_BUS) == 6LL, "AWS_LS_COMMON_BUS is 6");
_Static_assert((long long)(AWS_LS_COMMON_TEST) == 7LL, "AWS_LS_COMMON_TEST is 7");
_Static_assert((long long)(AWS_LS_COMMON_JSON_PARSER) == 8LL, "AWS_LS_COMMON_JSON_PARSER is 8");
_Static_assert((long long)(AWS_LS_COMMON_CBOR) == 9LL, "AWS_LS_COMMON_CBOR is 9");
_Static_assert((long long)(AWS_LS_COMMON_LAST) == 1023LL, "AWS_LS_COMMON_LAST is 1023");
_Static_assert(sizeof(aws_log_subject_t) == 4 && _Alignof(aws_log_subject_t) == 4, "aws_log_subject_t has size 4 and alignment 4");
_Static_assert(__builtin_types_compatible_p(aws_log_subject_t, uint32_t), "aws_log_subject_t is uint32_t");
_Static_assert(sizeof(struct aws_log_subject_info) == 24, "size of struct aws_log_subject_info is 24");
_Static_assert(_Alignof(struct aws_log_subject_info) == 8, "alignment of struct aws_log_subject_info is 8");
_Static_assert(offsetof(struct aws_log_subject_info, subject_id) == 0, "offset of struct aws_log_subject_info.subject_id is 0");
_Static_assert(sizeof(((struct aws_log_subject_info *)0)->subject_id) == 4, "size of struct aws_log_subject_info.subject_id is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_subject_info *)0)->subject_id), aws_log_subject_t), "type of struct aws_log_subject_info.subject_id is aws_log_subject_t");
_Static_assert(offsetof(struct aws_log_subject_info, subject_name) == 8, "offset of struct aws_log_subject_info.subject_name is 8");
_Static_assert(sizeof(((struct aws_log_subject_info *)0)->subject_name) == 8, "size of struct aws_log_subject_info.subject_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_subject_info *)0)->subject_name), const char *), "type of struct aws_log_subject_info.subject_name is const char *");
_Static_assert(offsetof(struct aws_log_subject_info, subject_description) == 16, "offset of struct aws_log_subject_info.subject_description is 16");
_Static_assert(sizeof(((struct aws_log_subject_info *)0)->subject_description) == 8, "size of struct aws_log_subject_info.subject_description is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_subject_info *)0)->subject_description), const char *), "type of struct aws_log_subject_info.subject_description is const char *");
_Static_assert(sizeof(struct aws_log_subject_info_list) == 16, "size of struct aws_log_subject_info_list is 16");
_Static_assert(_Alignof(struct aws_log_subject_info_list) == 8, "alignment of struct aws_log_subject_info_list is 8");
_Static_assert(offsetof(struct aws_log_subject_info_list, subject_list) == 0, "offset of struct aws_log_subject_info_list.subject_list is 0");
_Static_assert(sizeof(((struct aws_log_subject_info_list *)0)->subject_list) == 8, "size of struct aws_log_subject_info_list.subject_list is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_subject_info_list *)0)->subject_list), struct aws_log_subject_info *), "type of struct aws_log_subject_info_list.subject_list is struct aws_log_subject_info *");
_Static_assert(offsetof(struct aws_log_subject_info_list, count) == 8, "offset of struct aws_log_subject_info_list.count is 8");
_Static_assert(sizeof(((struct aws_log_subject_info_list *)0)->count) == 8, "size of struct aws_log_subject_info_list.count is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_log_subject_info_list *)0)->count), size_t), "type of struct aws_log_subject_info_list.count is size_t");
_Static_assert(sizeof(struct aws_logger) == 24, "size of struct aws_logger is 24");
_Static_assert(_Alignof(struct aws_logger) == 8, "alignment of struct aws_logger is 8");
_Static_assert(offsetof(struct aws_logger, vtable) == 0, "offset of struct aws_logger.vtable is 0");
_Static_assert(sizeof(((struct aws_logger *)0)->vtable) == 8, "size of struct aws_logger.vtable is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger *)0)->vtable), struct aws_logger_vtable *), "type of struct aws_logger.vtable is struct aws_logger_vtable *");
_Static_assert(offsetof(struct aws_logger, allocator) == 8, "offset of struct aws_logger.allocator is 8");
_Static_assert(sizeof(((struct aws_logger *)0)->allocator) == 8, "size of struct aws_logger.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger *)0)->allocator), struct aws_allocator *), "type of struct aws_logger.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_logger, p_impl) == 16, "offset of struct aws_logger.p_impl is 16");
_Static_assert(sizeof(((struct aws_logger *)0)->p_impl) == 8, "size of struct aws_logger.p_impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger *)0)->p_impl), void *), "type of struct aws_logger.p_impl is void *");
_Static_assert(sizeof(struct aws_logger_vtable) == 32, "size of struct aws_logger_vtable is 32");
_Static_assert(_Alignof(struct aws_logger_vtable) == 8, "alignment of struct aws_logger_vtable is 8");
_Static_assert(offsetof(struct aws_logger_vtable, log) == 0, "offset of struct aws_logger_vtable.log is 0");
_Static_assert(sizeof(((struct aws_logger_vtable *)0)->log) == 8, "size of struct aws_logger_vtable.log is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->log), int (*const)(struct aws_logger *, enum aws_log_level, aws_log_subject_t, const char *, ...)), "type of struct aws_logger_vtable.log is int (*const)(struct aws_logger *, enum aws_log_level, aws_log_subject_t, const char *, ...)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->log), int (*const)(struct aws_logger *, enum aws_log_level, aws_log_subject_t, const char *, ...)), "signature behind struct aws_logger_vtable.log");
_Static_assert(offsetof(struct aws_logger_vtable, get_log_level) == 8, "offset of struct aws_logger_vtable.get_log_level is 8");
_Static_assert(sizeof(((struct aws_logger_vtable *)0)->get_log_level) == 8, "size of struct aws_logger_vtable.get_log_level is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->get_log_level), enum aws_log_level (*const)(struct aws_logger *, aws_log_subject_t)), "type of struct aws_logger_vtable.get_log_level is enum aws_log_level (*const)(struct aws_logger *, aws_log_subject_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->get_log_level), enum aws_log_level (*const)(struct aws_logger *, aws_log_subject_t)), "signature behind struct aws_logger_vtable.get_log_level");
_Static_assert(offsetof(struct aws_logger_vtable, clean_up) == 16, "offset of struct aws_logger_vtable.clean_up is 16");
_Static_assert(sizeof(((struct aws_logger_vtable *)0)->clean_up) == 8, "size of struct aws_logger_vtable.clean_up is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->clean_up), void (*const)(struct aws_logger *)), "type of struct aws_logger_vtable.clean_up is void (*const)(struct aws_logger *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->clean_up), void (*const)(struct aws_logger *)), "signature behind struct aws_logger_vtable.clean_up");
_Static_assert(offsetof(struct aws_logger_vtable, set_log_level) == 24, "offset of struct aws_logger_vtable.set_log_level is 24");
_Static_assert(sizeof(((struct aws_logger_vtable *)0)->set_log_level) == 8, "size of struct aws_logger_vtable.set_log_level is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->set_log_level), int (*)(struct aws_logger *, enum aws_log_level)), "type of struct aws_logger_vtable.set_log_level is int (*)(struct aws_logger *, enum aws_log_level)");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_vtable *)0)->set_log_level), int (*)(struct aws_logger *, enum aws_log_level)), "signature behind struct aws_logger_vtable.set_log_level");
_Static_assert(sizeof(struct aws_logger_pipeline) == 40, "size of struct aws_logger_pipeline is 40");
_Static_assert(_Alignof(struct aws_logger_pipeline) == 8, "alignment of struct aws_logger_pipeline is 8");
_Static_assert(offsetof(struct aws_logger_pipeline, formatter) == 0, "offset of struct aws_logger_pipeline.formatter is 0");
_Static_assert(sizeof(((struct aws_logger_pipeline *)0)->formatter) == 8, "size of struct aws_logger_pipeline.formatter is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_pipeline *)0)->formatter), struct aws_log_formatter *), "type of struct aws_logger_pipeline.formatter is struct aws_log_formatter *");
_Static_assert(offsetof(struct aws_logger_pipeline, channel) == 8, "offset of struct aws_logger_pipeline.channel is 8");
_Static_assert(sizeof(((struct aws_logger_pipeline *)0)->channel) == 8, "size of struct aws_logger_pipeline.channel is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_pipeline *)0)->channel), struct aws_log_channel *), "type of struct aws_logger_pipeline.channel is struct aws_log_channel *");
_Static_assert(offsetof(struct aws_logger_pipeline, writer) == 16, "offset of struct aws_logger_pipeline.writer is 16");
_Static_assert(sizeof(((struct aws_logger_pipeline *)0)->writer) == 8, "size of struct aws_logger_pipeline.writer is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_pipeline *)0)->writer), struct aws_log_writer *), "type of struct aws_logger_pipeline.writer is struct aws_log_writer *");
_Static_assert(offsetof(struct aws_logger_pipeline, allocator) == 24, "offset of struct aws_logger_pipeline.allocator is 24");
_Static_assert(sizeof(((struct aws_logger_pipeline *)0)->allocator) == 8, "size of struct aws_logger_pipeline.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_pipeline *)0)->allocator), struct aws_allocator *), "type of struct aws_logger_pipeline.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_logger_pipeline, level) == 32, "offset of struct aws_logger_pipeline.level is 32");
_Static_assert(sizeof(((struct aws_logger_pipeline *)0)->level) == 8, "size of struct aws_logger_pipeline.level is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_pipeline *)0)->level), struct aws_atomic_var), "type of struct aws_logger_pipeline.level is struct aws_atomic_var");
_Static_assert(sizeof(struct aws_logger_standard_options) == 24, "size of struct aws_logger_standard_options is 24");
_Static_assert(_Alignof(struct aws_logger_standard_options) == 8, "alignment of struct aws_logger_standard_options is 8");
_Static_assert(offsetof(struct aws_logger_standard_options, level) == 0, "offset of struct aws_logger_standard_options.level is 0");
_Static_assert(sizeof(((struct aws_logger_standard_options *)0)->level) == 4, "size of struct aws_logger_standard_options.level is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_standard_options *)0)->level), enum aws_log_level), "type of struct aws_logger_standard_options.level is enum aws_log_level");
_Static_assert(offsetof(struct aws_logger_standard_options, filename) == 8, "offset of struct aws_logger_standard_options.filename is 8");
_Static_assert(sizeof(((struct aws_logger_standard_options *)0)->filename) == 8, "size of struct aws_logger_standard_options.filename is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_standard_options *)0)->filename), const char *), "type of struct aws_logger_standard_options.filename is const char *");
_Static_assert(offsetof(struct aws_logger_standard_options, file) == 16, "offset of struct aws_logger_standard_options.file is 16");
_Static_assert(sizeof(((struct aws_logger_standard_options *)0)->file) == 8, "size of struct aws_logger_standard_options.file is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_logger_standard_options *)0)->file), FILE *), "type of struct aws_logger_standard_options.file is FILE *");
_Static_assert(__builtin_types_compatible_p(__typeof__(g_pipeline_logger_owned_vtable), struct aws_logger_vtable), "g_pipeline_logger_owned_vtable is struct aws_logger_vtable");
_Static_assert(sizeof(g_pipeline_logger_owned_vtable) == 32, "size of g_pipeline_logger_owned_vtable is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_set), void (struct aws_logger *)), "aws_logger_set is void (struct aws_logger *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_get), struct aws_logger * (void)), "aws_logger_get is struct aws_logger * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_get_conditional), struct aws_logger * (aws_log_subject_t, enum aws_log_level)), "aws_logger_get_conditional is struct aws_logger * (aws_log_subject_t, enum aws_log_level)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_clean_up), void (struct aws_logger *)), "aws_logger_clean_up is void (struct aws_logger *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_set_log_level), int (struct aws_logger *, enum aws_log_level)), "aws_logger_set_log_level is int (struct aws_logger *, enum aws_log_level)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_level_to_string), int (enum aws_log_level, const char **)), "aws_log_level_to_string is int (enum aws_log_level, const char **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_to_log_level), int (const char *, enum aws_log_level *)), "aws_string_to_log_level is int (const char *, enum aws_log_level *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_id_t_to_string), int (aws_thread_id_t, char *, size_t)), "aws_thread_id_t_to_string is int (aws_thread_id_t, char *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_log_subject_name), const char * (aws_log_subject_t)), "aws_log_subject_name is const char * (aws_log_subject_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_register_log_subject_info_list), void (struct aws_log_subject_info_list *)), "aws_register_log_subject_info_list is void (struct aws_log_subject_info_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_unregister_log_subject_info_list), void (struct aws_log_subject_info_list *)), "aws_unregister_log_subject_info_list is void (struct aws_log_subject_info_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_init_standard), int (struct aws_logger *, struct aws_allocator *, struct aws_logger_standard_options *)), "aws_logger_init_standard is int (struct aws_logger *, struct aws_allocator *, struct aws_logger_standard_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_init_from_external), int (struct aws_logger *, struct aws_allocator *, struct aws_log_formatter *, struct aws_log_channel *, struct aws_log_writer *, enum aws_log_level)), "aws_logger_init_from_external is int (struct aws_logger *, struct aws_allocator *, struct aws_log_formatter *, struct aws_log_channel *, struct aws_log_writer *, enum aws_log_level)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_logger_init_noalloc), int (struct aws_logger *, struct aws_allocator *, struct aws_logger_standard_options *)), "aws_logger_init_noalloc is int (struct aws_logger *, struct aws_allocator *, struct aws_logger_standard_options *)");

/* aws/common/macros.h */
#ifndef AWS_PUSH_SANE_WARNING_LEVEL
#    error "macro AWS_PUSH_SANE_WARNING_LEVEL is not defined"
#endif
#ifndef AWS_POP_SANE_WARNING_LEVEL
#    error "macro AWS_POP_SANE_WARNING_LEVEL is not defined"
#endif
#ifndef AWS_EXTERN_C_BEGIN
#    error "macro AWS_EXTERN_C_BEGIN is not defined"
#endif
#ifndef AWS_EXTERN_C_END
#    error "macro AWS_EXTERN_C_END is not defined"
#endif
#ifndef AWS_CONCAT
#    error "macro AWS_CONCAT is not defined"
#endif
#ifndef AWS_STATIC_ASSERT0
#    error "macro AWS_STATIC_ASSERT0 is not defined"
#endif
#ifndef AWS_STATIC_ASSERT1
#    error "macro AWS_STATIC_ASSERT1 is not defined"
#endif
#ifndef AWS_STATIC_ASSERT
#    error "macro AWS_STATIC_ASSERT is not defined"
#endif
#ifndef GLUE
#    error "macro GLUE is not defined"
#endif
#ifndef RETURN_ARG_COUNT
#    error "macro RETURN_ARG_COUNT is not defined"
#endif
#ifndef EXPAND_ARGS
#    error "macro EXPAND_ARGS is not defined"
#endif
#ifndef COUNT_ARGS_MAX5
#    error "macro COUNT_ARGS_MAX5 is not defined"
#endif
#ifndef OVERLOAD_MACRO2
#    error "macro OVERLOAD_MACRO2 is not defined"
#endif
#ifndef OVERLOAD_MACRO1
#    error "macro OVERLOAD_MACRO1 is not defined"
#endif
#ifndef OVERLOAD_MACRO
#    error "macro OVERLOAD_MACRO is not defined"
#endif
#ifndef CALL_OVERLOAD
#    error "macro CALL_OVERLOAD is not defined"
#endif
#ifndef CALL_OVERLOAD_TEST1
#    error "macro CALL_OVERLOAD_TEST1 is not defined"
#endif
#ifndef CALL_OVERLOAD_TEST2
#    error "macro CALL_OVERLOAD_TEST2 is not defined"
#endif
#ifndef CALL_OVERLOAD_TEST3
#    error "macro CALL_OVERLOAD_TEST3 is not defined"
#endif
#ifndef CALL_OVERLOAD_TEST
#    error "macro CALL_OVERLOAD_TEST is not defined"
#endif
#ifndef PRInSTR
#    error "macro PRInSTR is not defined"
#endif
_Static_assert(sizeof(PRInSTR) == 5 && __builtin_strcmp(PRInSTR, "%.*s") == 0, "value of PRInSTR");
#ifndef AWS_ALIGNED_TYPEDEF
#    error "macro AWS_ALIGNED_TYPEDEF is not defined"
#endif
#ifndef AWS_TYPE_OF
#    error "macro AWS_TYPE_OF is not defined"
#endif
#ifndef AWS_LIKELY
#    error "macro AWS_LIKELY is not defined"
#endif
#ifndef AWS_UNLIKELY
#    error "macro AWS_UNLIKELY is not defined"
#endif
#ifndef AWS_FORCE_INLINE
#    error "macro AWS_FORCE_INLINE is not defined"
#endif
#ifndef AWS_NO_INLINE
#    error "macro AWS_NO_INLINE is not defined"
#endif
#ifndef AWS_DECLSPEC_NORETURN
#    error "macro AWS_DECLSPEC_NORETURN is not defined"
#endif
#ifndef AWS_ATTRIBUTE_NORETURN
#    error "macro AWS_ATTRIBUTE_NORETURN is not defined"
#endif
#ifndef AWS_VARIABLE_LENGTH_ARRAY
#    error "macro AWS_VARIABLE_LENGTH_ARRAY is not defined"
#endif
#ifndef AWS_SUPPRESS_ASAN
#    error "macro AWS_SUPPRESS_ASAN is not defined"
#endif
#ifndef AWS_SUPPRESS_TSAN
#    error "macro AWS_SUPPRESS_TSAN is not defined"
#endif
#ifndef AWS_SUPPRESS_UBSAN
#    error "macro AWS_SUPPRESS_UBSAN is not defined"
#endif
#ifndef AWS_RESTRICT
#    error "macro AWS_RESTRICT is not defined"
#endif
#ifndef AWS_THREAD_LOCAL
#    error "macro AWS_THREAD_LOCAL is not defined"
#endif
#ifndef AWS_ARRAY_SIZE
#    error "macro AWS_ARRAY_SIZE is not defined"
#endif
#ifndef AWS_CONTAINER_OF
#    error "macro AWS_CONTAINER_OF is not defined"
#endif
_Static_assert((long long)(AWS_CACHE_LINE) == 64LL, "AWS_CACHE_LINE is 64");

/* aws/common/math.h */
_Static_assert((unsigned long long)(SIZE_BITS) == (unsigned long long)64LL, "SIZE_BITS is 64");
_Static_assert((unsigned long long)(SIZE_MAX_POWER_OF_TWO) == (unsigned long long)9223372036854775808ULL, "SIZE_MAX_POWER_OF_TWO is 9223372036854775808");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_size_checked_varargs), int (size_t, size_t *, ...)), "aws_add_size_checked_varargs is int (size_t, size_t *, ...)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_u64_saturating), uint64_t (uint64_t, uint64_t)), "aws_mul_u64_saturating is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_u64_checked), int (uint64_t, uint64_t, uint64_t *)), "aws_mul_u64_checked is int (uint64_t, uint64_t, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_u32_saturating), uint32_t (uint32_t, uint32_t)), "aws_mul_u32_saturating is uint32_t (uint32_t, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_u32_checked), int (uint32_t, uint32_t, uint32_t *)), "aws_mul_u32_checked is int (uint32_t, uint32_t, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_u64_saturating), uint64_t (uint64_t, uint64_t)), "aws_add_u64_saturating is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_u64_checked), int (uint64_t, uint64_t, uint64_t *)), "aws_add_u64_checked is int (uint64_t, uint64_t, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_u32_saturating), uint32_t (uint32_t, uint32_t)), "aws_add_u32_saturating is uint32_t (uint32_t, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_u32_checked), int (uint32_t, uint32_t, uint32_t *)), "aws_add_u32_checked is int (uint32_t, uint32_t, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_u64_saturating), uint64_t (uint64_t, uint64_t)), "aws_sub_u64_saturating is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_u64_checked), int (uint64_t, uint64_t, uint64_t *)), "aws_sub_u64_checked is int (uint64_t, uint64_t, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_u32_saturating), uint32_t (uint32_t, uint32_t)), "aws_sub_u32_saturating is uint32_t (uint32_t, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_u32_checked), int (uint32_t, uint32_t, uint32_t *)), "aws_sub_u32_checked is int (uint32_t, uint32_t, uint32_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_size_saturating), size_t (size_t, size_t)), "aws_mul_size_saturating is size_t (size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mul_size_checked), int (size_t, size_t, size_t *)), "aws_mul_size_checked is int (size_t, size_t, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_size_saturating), size_t (size_t, size_t)), "aws_add_size_saturating is size_t (size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_add_size_checked), int (size_t, size_t, size_t *)), "aws_add_size_checked is int (size_t, size_t, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_size_saturating), size_t (size_t, size_t)), "aws_sub_size_saturating is size_t (size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_sub_size_checked), int (size_t, size_t, size_t *)), "aws_sub_size_checked is int (size_t, size_t, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_is_power_of_two), bool (const size_t)), "aws_is_power_of_two is bool (const size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_round_up_to_power_of_two), int (size_t, size_t *)), "aws_round_up_to_power_of_two is int (size_t, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_clz_u32), size_t (uint32_t)), "aws_clz_u32 is size_t (uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_clz_i32), size_t (int32_t)), "aws_clz_i32 is size_t (int32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_clz_u64), size_t (uint64_t)), "aws_clz_u64 is size_t (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_clz_i64), size_t (int64_t)), "aws_clz_i64 is size_t (int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_clz_size), size_t (size_t)), "aws_clz_size is size_t (size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ctz_u32), size_t (uint32_t)), "aws_ctz_u32 is size_t (uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ctz_i32), size_t (int32_t)), "aws_ctz_i32 is size_t (int32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ctz_u64), size_t (uint64_t)), "aws_ctz_u64 is size_t (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ctz_i64), size_t (int64_t)), "aws_ctz_i64 is size_t (int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ctz_size), size_t (size_t)), "aws_ctz_size is size_t (size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_u8), uint8_t (uint8_t, uint8_t)), "aws_min_u8 is uint8_t (uint8_t, uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_u8), uint8_t (uint8_t, uint8_t)), "aws_max_u8 is uint8_t (uint8_t, uint8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_i8), int8_t (int8_t, int8_t)), "aws_min_i8 is int8_t (int8_t, int8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_i8), int8_t (int8_t, int8_t)), "aws_max_i8 is int8_t (int8_t, int8_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_u16), uint16_t (uint16_t, uint16_t)), "aws_min_u16 is uint16_t (uint16_t, uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_u16), uint16_t (uint16_t, uint16_t)), "aws_max_u16 is uint16_t (uint16_t, uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_i16), int16_t (int16_t, int16_t)), "aws_min_i16 is int16_t (int16_t, int16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_i16), int16_t (int16_t, int16_t)), "aws_max_i16 is int16_t (int16_t, int16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_u32), uint32_t (uint32_t, uint32_t)), "aws_min_u32 is uint32_t (uint32_t, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_u32), uint32_t (uint32_t, uint32_t)), "aws_max_u32 is uint32_t (uint32_t, uint32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_i32), int32_t (int32_t, int32_t)), "aws_min_i32 is int32_t (int32_t, int32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_i32), int32_t (int32_t, int32_t)), "aws_max_i32 is int32_t (int32_t, int32_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_u64), uint64_t (uint64_t, uint64_t)), "aws_min_u64 is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_u64), uint64_t (uint64_t, uint64_t)), "aws_max_u64 is uint64_t (uint64_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_i64), int64_t (int64_t, int64_t)), "aws_min_i64 is int64_t (int64_t, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_i64), int64_t (int64_t, int64_t)), "aws_max_i64 is int64_t (int64_t, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_size), size_t (size_t, size_t)), "aws_min_size is size_t (size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_size), size_t (size_t, size_t)), "aws_max_size is size_t (size_t, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_int), int (int, int)), "aws_min_int is int (int, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_int), int (int, int)), "aws_max_int is int (int, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_float), float (float, float)), "aws_min_float is float (float, float)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_float), float (float, float)), "aws_max_float is float (float, float)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_min_double), double (double, double)), "aws_min_double is double (double, double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_max_double), double (double, double)), "aws_max_double is double (double, double)");

/* aws/common/mutex.h */
#ifndef AWS_MUTEX_INIT
#    error "macro AWS_MUTEX_INIT is not defined"
#endif
static const struct aws_mutex abi_check_AWS_MUTEX_INIT __attribute__((unused)) = AWS_MUTEX_INIT;
_Static_assert(sizeof(struct aws_mutex) == 48, "size of struct aws_mutex is 48");
_Static_assert(_Alignof(struct aws_mutex) == 8, "alignment of struct aws_mutex is 8");
_Static_assert(offsetof(struct aws_mutex, mutex_handle) == 0, "offset of struct aws_mutex.mutex_handle is 0");
_Static_assert(sizeof(((struct aws_mutex *)0)->mutex_handle) == 40, "size of struct aws_mutex.mutex_handle is 40");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_mutex *)0)->mutex_handle), pthread_mutex_t), "type of struct aws_mutex.mutex_handle is pthread_mutex_t");
_Static_assert(offsetof(struct aws_mutex, initialized) == 40, "offset of struct aws_mutex.initialized is 40");
_Static_assert(sizeof(((struct aws_mutex *)0)->initialized) == 1, "size of struct aws_mutex.initialized is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_mutex *)0)->initialized), bool), "type of struct aws_mutex.initialized is bool");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mutex_init), int (struct aws_mutex *)), "aws_mutex_init is int (struct aws_mutex *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mutex_clean_up), void (struct aws_mutex *)), "aws_mutex_clean_up is void (struct aws_mutex *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mutex_lock), int (struct aws_mutex *)), "aws_mutex_lock is int (struct aws_mutex *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mutex_try_lock), int (struct aws_mutex *)), "aws_mutex_try_lock is int (struct aws_mutex *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_mutex_unlock), int (struct aws_mutex *)), "aws_mutex_unlock is int (struct aws_mutex *)");

/* aws/common/package.h */
_Static_assert((unsigned long long)(AWS_PACKAGE_SLOTS) == (unsigned long long)32LL, "AWS_PACKAGE_SLOTS is 32");
_Static_assert((unsigned long long)(AWS_C_COMMON_PACKAGE_ID) == (unsigned long long)0LL, "AWS_C_COMMON_PACKAGE_ID is 0");

/* aws/common/platform.h */
#ifndef AWS_OS_LINUX
#    error "macro AWS_OS_LINUX is not defined"
#endif

/* aws/common/predicates.h */
#ifndef AWS_BYTES_EQ
#    error "macro AWS_BYTES_EQ is not defined"
#endif

/* aws/common/priority_queue.h */
_Static_assert(__builtin_types_compatible_p(aws_priority_queue_compare_fn, int (const void *, const void *)), "aws_priority_queue_compare_fn is int (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(aws_priority_queue_compare_fn, int (const void *, const void *)), "signature of aws_priority_queue_compare_fn");
_Static_assert(sizeof(struct aws_priority_queue) == 88, "size of struct aws_priority_queue is 88");
_Static_assert(_Alignof(struct aws_priority_queue) == 8, "alignment of struct aws_priority_queue is 8");
_Static_assert(offsetof(struct aws_priority_queue, pred) == 0, "offset of struct aws_priority_queue.pred is 0");
_Static_assert(sizeof(((struct aws_priority_queue *)0)->pred) == 8, "size of struct aws_priority_queue.pred is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_priority_queue *)0)->pred), aws_priority_queue_compare_fn *), "type of struct aws_priority_queue.pred is aws_priority_queue_compare_fn *");
_Static_assert(offsetof(struct aws_priority_queue, container) == 8, "offset of struct aws_priority_queue.container is 8");
_Static_assert(sizeof(((struct aws_priority_queue *)0)->container) == 40, "size of struct aws_priority_queue.container is 40");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_priority_queue *)0)->container), struct aws_array_list), "type of struct aws_priority_queue.container is struct aws_array_list");
_Static_assert(offsetof(struct aws_priority_queue, backpointers) == 48, "offset of struct aws_priority_queue.backpointers is 48");
_Static_assert(sizeof(((struct aws_priority_queue *)0)->backpointers) == 40, "size of struct aws_priority_queue.backpointers is 40");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_priority_queue *)0)->backpointers), struct aws_array_list), "type of struct aws_priority_queue.backpointers is struct aws_array_list");
_Static_assert(sizeof(struct aws_priority_queue_node) == 8, "size of struct aws_priority_queue_node is 8");
_Static_assert(_Alignof(struct aws_priority_queue_node) == 8, "alignment of struct aws_priority_queue_node is 8");
_Static_assert(offsetof(struct aws_priority_queue_node, current_index) == 0, "offset of struct aws_priority_queue_node.current_index is 0");
_Static_assert(sizeof(((struct aws_priority_queue_node *)0)->current_index) == 8, "size of struct aws_priority_queue_node.current_index is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_priority_queue_node *)0)->current_index), size_t), "type of struct aws_priority_queue_node.current_index is size_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_init_dynamic), int (struct aws_priority_queue *, struct aws_allocator *, size_t, size_t, aws_priority_queue_compare_fn *)), "aws_priority_queue_init_dynamic is int (struct aws_priority_queue *, struct aws_allocator *, size_t, size_t, aws_priority_queue_compare_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_init_static), void (struct aws_priority_queue *, void *, size_t, size_t, aws_priority_queue_compare_fn *)), "aws_priority_queue_init_static is void (struct aws_priority_queue *, void *, size_t, size_t, aws_priority_queue_compare_fn *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_backpointer_index_valid), bool (const struct aws_priority_queue *const, size_t)), "aws_priority_queue_backpointer_index_valid is bool (const struct aws_priority_queue *const, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_backpointers_valid_deep), bool (const struct aws_priority_queue *const)), "aws_priority_queue_backpointers_valid_deep is bool (const struct aws_priority_queue *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_backpointers_valid), bool (const struct aws_priority_queue *const)), "aws_priority_queue_backpointers_valid is bool (const struct aws_priority_queue *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_is_valid), bool (const struct aws_priority_queue *const)), "aws_priority_queue_is_valid is bool (const struct aws_priority_queue *const)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_clean_up), void (struct aws_priority_queue *)), "aws_priority_queue_clean_up is void (struct aws_priority_queue *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_push), int (struct aws_priority_queue *, void *)), "aws_priority_queue_push is int (struct aws_priority_queue *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_push_ref), int (struct aws_priority_queue *, void *, struct aws_priority_queue_node *)), "aws_priority_queue_push_ref is int (struct aws_priority_queue *, void *, struct aws_priority_queue_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_pop), int (struct aws_priority_queue *, void *)), "aws_priority_queue_pop is int (struct aws_priority_queue *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_remove), int (struct aws_priority_queue *, void *, const struct aws_priority_queue_node *)), "aws_priority_queue_remove is int (struct aws_priority_queue *, void *, const struct aws_priority_queue_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_top), int (const struct aws_priority_queue *, void **)), "aws_priority_queue_top is int (const struct aws_priority_queue *, void **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_clear), void (struct aws_priority_queue *)), "aws_priority_queue_clear is void (struct aws_priority_queue *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_size), size_t (const struct aws_priority_queue *)), "aws_priority_queue_size is size_t (const struct aws_priority_queue *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_capacity), size_t (const struct aws_priority_queue *)), "aws_priority_queue_capacity is size_t (const struct aws_priority_queue *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_node_init), void (struct aws_priority_queue_node *)), "aws_priority_queue_node_init is void (struct aws_priority_queue_node *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_priority_queue_node_is_in_queue), bool (const struct aws_priority_queue_node *)), "aws_priority_queue_node_is_in_queue is bool (const struct aws_priority_queue_node *)");

/* aws/common/process.h */
_Static_assert(sizeof(struct aws_run_command_result) == 24, "size of struct aws_run_command_result is 24");
_Static_assert(_Alignof(struct aws_run_command_result) == 8, "alignment of struct aws_run_command_result is 8");
_Static_assert(offsetof(struct aws_run_command_result, ret_code) == 0, "offset of struct aws_run_command_result.ret_code is 0");
_Static_assert(sizeof(((struct aws_run_command_result *)0)->ret_code) == 4, "size of struct aws_run_command_result.ret_code is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_run_command_result *)0)->ret_code), int), "type of struct aws_run_command_result.ret_code is int");
_Static_assert(offsetof(struct aws_run_command_result, std_out) == 8, "offset of struct aws_run_command_result.std_out is 8");
_Static_assert(sizeof(((struct aws_run_command_result *)0)->std_out) == 8, "size of struct aws_run_command_result.std_out is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_run_command_result *)0)->std_out), struct aws_string *), "type of struct aws_run_command_result.std_out is struct aws_string *");
_Static_assert(offsetof(struct aws_run_command_result, std_err) == 16, "offset of struct aws_run_command_result.std_err is 16");
_Static_assert(sizeof(((struct aws_run_command_result *)0)->std_err) == 8, "size of struct aws_run_command_result.std_err is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_run_command_result *)0)->std_err), struct aws_string *), "type of struct aws_run_command_result.std_err is struct aws_string *");
_Static_assert(sizeof(struct aws_run_command_options) == 8, "size of struct aws_run_command_options is 8");
_Static_assert(_Alignof(struct aws_run_command_options) == 8, "alignment of struct aws_run_command_options is 8");
_Static_assert(offsetof(struct aws_run_command_options, command) == 0, "offset of struct aws_run_command_options.command is 0");
_Static_assert(sizeof(((struct aws_run_command_options *)0)->command) == 8, "size of struct aws_run_command_options.command is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_run_command_options *)0)->command), const char *), "type of struct aws_run_command_options.command is const char *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_pid), int (void)), "aws_get_pid is int (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_soft_limit_io_handles), size_t (void)), "aws_get_soft_limit_io_handles is size_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_hard_limit_io_handles), size_t (void)), "aws_get_hard_limit_io_handles is size_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_set_soft_limit_io_handles), int (size_t)), "aws_set_soft_limit_io_handles is int (size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_run_command_result_init), int (struct aws_allocator *, struct aws_run_command_result *)), "aws_run_command_result_init is int (struct aws_allocator *, struct aws_run_command_result *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_run_command_result_cleanup), void (struct aws_run_command_result *)), "aws_run_command_result_cleanup is void (struct aws_run_command_result *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_run_command), int (struct aws_allocator *, struct aws_run_command_options *, struct aws_run_command_result *)), "aws_run_command is int (struct aws_allocator *, struct aws_run_command_options *, struct aws_run_command_result *)");

/* aws/common/ref_count.h */
_Static_assert(sizeof(struct aws_ref_count) == 24, "size of struct aws_ref_count is 24");
_Static_assert(_Alignof(struct aws_ref_count) == 8, "alignment of struct aws_ref_count is 8");
_Static_assert(offsetof(struct aws_ref_count, ref_count) == 0, "offset of struct aws_ref_count.ref_count is 0");
_Static_assert(sizeof(((struct aws_ref_count *)0)->ref_count) == 8, "size of struct aws_ref_count.ref_count is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_ref_count *)0)->ref_count), struct aws_atomic_var), "type of struct aws_ref_count.ref_count is struct aws_atomic_var");
_Static_assert(offsetof(struct aws_ref_count, object) == 8, "offset of struct aws_ref_count.object is 8");
_Static_assert(sizeof(((struct aws_ref_count *)0)->object) == 8, "size of struct aws_ref_count.object is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_ref_count *)0)->object), void *), "type of struct aws_ref_count.object is void *");
_Static_assert(offsetof(struct aws_ref_count, on_zero_fn) == 16, "offset of struct aws_ref_count.on_zero_fn is 16");
_Static_assert(sizeof(((struct aws_ref_count *)0)->on_zero_fn) == 8, "size of struct aws_ref_count.on_zero_fn is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_ref_count *)0)->on_zero_fn), aws_simple_completion_callback *), "type of struct aws_ref_count.on_zero_fn is aws_simple_completion_callback *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ref_count_init), void (struct aws_ref_count *, void *, aws_simple_completion_callback *)), "aws_ref_count_init is void (struct aws_ref_count *, void *, aws_simple_completion_callback *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ref_count_acquire), void * (struct aws_ref_count *)), "aws_ref_count_acquire is void * (struct aws_ref_count *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_ref_count_release), size_t (struct aws_ref_count *)), "aws_ref_count_release is size_t (struct aws_ref_count *)");

/* aws/common/shutdown_types.h */
_Static_assert(__builtin_types_compatible_p(aws_simple_completion_callback, void (void *)), "aws_simple_completion_callback is void (void *)");
_Static_assert(__builtin_types_compatible_p(aws_simple_completion_callback, void (void *)), "signature of aws_simple_completion_callback");
_Static_assert(sizeof(struct aws_shutdown_callback_options) == 16, "size of struct aws_shutdown_callback_options is 16");
_Static_assert(_Alignof(struct aws_shutdown_callback_options) == 8, "alignment of struct aws_shutdown_callback_options is 8");
_Static_assert(offsetof(struct aws_shutdown_callback_options, shutdown_callback_fn) == 0, "offset of struct aws_shutdown_callback_options.shutdown_callback_fn is 0");
_Static_assert(sizeof(((struct aws_shutdown_callback_options *)0)->shutdown_callback_fn) == 8, "size of struct aws_shutdown_callback_options.shutdown_callback_fn is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_shutdown_callback_options *)0)->shutdown_callback_fn), aws_simple_completion_callback *), "type of struct aws_shutdown_callback_options.shutdown_callback_fn is aws_simple_completion_callback *");
_Static_assert(offsetof(struct aws_shutdown_callback_options, shutdown_callback_user_data) == 8, "offset of struct aws_shutdown_callback_options.shutdown_callback_user_data is 8");
_Static_assert(sizeof(((struct aws_shutdown_callback_options *)0)->shutdown_callback_user_data) == 8, "size of struct aws_shutdown_callback_options.shutdown_callback_user_data is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_shutdown_callback_options *)0)->shutdown_callback_user_data), void *), "type of struct aws_shutdown_callback_options.shutdown_callback_user_data is void *");

/* aws/common/statistics.h */
_Static_assert((unsigned long long)(AWS_CRT_STATISTICS_CATEGORY_STRIDE) == (unsigned long long)256LL, "AWS_CRT_STATISTICS_CATEGORY_STRIDE is 256");
#ifndef AWS_CRT_STATISTICS_CATEGORY_BEGIN_RANGE
#    error "macro AWS_CRT_STATISTICS_CATEGORY_BEGIN_RANGE is not defined"
#endif
#ifndef AWS_CRT_STATISTICS_CATEGORY_END_RANGE
#    error "macro AWS_CRT_STATISTICS_CATEGORY_END_RANGE is not defined"
#endif
_Static_assert((long long)(AWS_CRT_STATISTICS_CATEGORY_STRIDE_BITS) == 8LL, "AWS_CRT_STATISTICS_CATEGORY_STRIDE_BITS is 8");
_Static_assert(sizeof(enum aws_crt_common_statistics_category) == 4, "size of enum aws_crt_common_statistics_category is 4");
_Static_assert(((long long)(enum aws_crt_common_statistics_category)-1 < 0) == 0, "enum aws_crt_common_statistics_category is unsigned");
_Static_assert((long long)(AWSCRT_STAT_CAT_INVALID) == 0LL, "AWSCRT_STAT_CAT_INVALID is 0");
_Static_assert(sizeof(aws_crt_statistics_category_t) == 4 && _Alignof(aws_crt_statistics_category_t) == 4, "aws_crt_statistics_category_t has size 4 and alignment 4");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_category_t, uint32_t), "aws_crt_statistics_category_t is uint32_t");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_process_statistics_fn, void (struct aws_crt_statistics_handler *, struct aws_crt_statistics_sample_interval *, struct aws_array_list *, void *)), "aws_crt_statistics_handler_process_statistics_fn is void (struct aws_crt_statistics_handler *, struct aws_crt_statistics_sample_interval *, struct aws_array_list *, void *)");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_process_statistics_fn, void (struct aws_crt_statistics_handler *, struct aws_crt_statistics_sample_interval *, struct aws_array_list *, void *)), "signature of aws_crt_statistics_handler_process_statistics_fn");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_destroy_fn, void (struct aws_crt_statistics_handler *)), "aws_crt_statistics_handler_destroy_fn is void (struct aws_crt_statistics_handler *)");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_destroy_fn, void (struct aws_crt_statistics_handler *)), "signature of aws_crt_statistics_handler_destroy_fn");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_get_report_interval_ms_fn, uint64_t (struct aws_crt_statistics_handler *)), "aws_crt_statistics_handler_get_report_interval_ms_fn is uint64_t (struct aws_crt_statistics_handler *)");
_Static_assert(__builtin_types_compatible_p(aws_crt_statistics_handler_get_report_interval_ms_fn, uint64_t (struct aws_crt_statistics_handler *)), "signature of aws_crt_statistics_handler_get_report_interval_ms_fn");
_Static_assert(sizeof(struct aws_crt_statistics_base) == 4, "size of struct aws_crt_statistics_base is 4");
_Static_assert(_Alignof(struct aws_crt_statistics_base) == 4, "alignment of struct aws_crt_statistics_base is 4");
_Static_assert(offsetof(struct aws_crt_statistics_base, category) == 0, "offset of struct aws_crt_statistics_base.category is 0");
_Static_assert(sizeof(((struct aws_crt_statistics_base *)0)->category) == 4, "size of struct aws_crt_statistics_base.category is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_base *)0)->category), aws_crt_statistics_category_t), "type of struct aws_crt_statistics_base.category is aws_crt_statistics_category_t");
_Static_assert(sizeof(struct aws_crt_statistics_sample_interval) == 16, "size of struct aws_crt_statistics_sample_interval is 16");
_Static_assert(_Alignof(struct aws_crt_statistics_sample_interval) == 8, "alignment of struct aws_crt_statistics_sample_interval is 8");
_Static_assert(offsetof(struct aws_crt_statistics_sample_interval, begin_time_ms) == 0, "offset of struct aws_crt_statistics_sample_interval.begin_time_ms is 0");
_Static_assert(sizeof(((struct aws_crt_statistics_sample_interval *)0)->begin_time_ms) == 8, "size of struct aws_crt_statistics_sample_interval.begin_time_ms is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_sample_interval *)0)->begin_time_ms), uint64_t), "type of struct aws_crt_statistics_sample_interval.begin_time_ms is uint64_t");
_Static_assert(offsetof(struct aws_crt_statistics_sample_interval, end_time_ms) == 8, "offset of struct aws_crt_statistics_sample_interval.end_time_ms is 8");
_Static_assert(sizeof(((struct aws_crt_statistics_sample_interval *)0)->end_time_ms) == 8, "size of struct aws_crt_statistics_sample_interval.end_time_ms is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_sample_interval *)0)->end_time_ms), uint64_t), "type of struct aws_crt_statistics_sample_interval.end_time_ms is uint64_t");
_Static_assert(sizeof(struct aws_crt_statistics_handler) == 24, "size of struct aws_crt_statistics_handler is 24");
_Static_assert(_Alignof(struct aws_crt_statistics_handler) == 8, "alignment of struct aws_crt_statistics_handler is 8");
_Static_assert(offsetof(struct aws_crt_statistics_handler, vtable) == 0, "offset of struct aws_crt_statistics_handler.vtable is 0");
_Static_assert(sizeof(((struct aws_crt_statistics_handler *)0)->vtable) == 8, "size of struct aws_crt_statistics_handler.vtable is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler *)0)->vtable), struct aws_crt_statistics_handler_vtable *), "type of struct aws_crt_statistics_handler.vtable is struct aws_crt_statistics_handler_vtable *");
_Static_assert(offsetof(struct aws_crt_statistics_handler, allocator) == 8, "offset of struct aws_crt_statistics_handler.allocator is 8");
_Static_assert(sizeof(((struct aws_crt_statistics_handler *)0)->allocator) == 8, "size of struct aws_crt_statistics_handler.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler *)0)->allocator), struct aws_allocator *), "type of struct aws_crt_statistics_handler.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_crt_statistics_handler, impl) == 16, "offset of struct aws_crt_statistics_handler.impl is 16");
_Static_assert(sizeof(((struct aws_crt_statistics_handler *)0)->impl) == 8, "size of struct aws_crt_statistics_handler.impl is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler *)0)->impl), void *), "type of struct aws_crt_statistics_handler.impl is void *");
_Static_assert(sizeof(struct aws_crt_statistics_handler_vtable) == 24, "size of struct aws_crt_statistics_handler_vtable is 24");
_Static_assert(_Alignof(struct aws_crt_statistics_handler_vtable) == 8, "alignment of struct aws_crt_statistics_handler_vtable is 8");
_Static_assert(offsetof(struct aws_crt_statistics_handler_vtable, process_statistics) == 0, "offset of struct aws_crt_statistics_handler_vtable.process_statistics is 0");
_Static_assert(sizeof(((struct aws_crt_statistics_handler_vtable *)0)->process_statistics) == 8, "size of struct aws_crt_statistics_handler_vtable.process_statistics is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler_vtable *)0)->process_statistics), aws_crt_statistics_handler_process_statistics_fn *), "type of struct aws_crt_statistics_handler_vtable.process_statistics is aws_crt_statistics_handler_process_statistics_fn *");
_Static_assert(offsetof(struct aws_crt_statistics_handler_vtable, destroy) == 8, "offset of struct aws_crt_statistics_handler_vtable.destroy is 8");
_Static_assert(sizeof(((struct aws_crt_statistics_handler_vtable *)0)->destroy) == 8, "size of struct aws_crt_statistics_handler_vtable.destroy is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler_vtable *)0)->destroy), aws_crt_statistics_handler_destroy_fn *), "type of struct aws_crt_statistics_handler_vtable.destroy is aws_crt_statistics_handler_destroy_fn *");
_Static_assert(offsetof(struct aws_crt_statistics_handler_vtable, get_report_interval_ms) == 16, "offset of struct aws_crt_statistics_handler_vtable.get_report_interval_ms is 16");
_Static_assert(sizeof(((struct aws_crt_statistics_handler_vtable *)0)->get_report_interval_ms) == 8, "size of struct aws_crt_statistics_handler_vtable.get_report_interval_ms is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_crt_statistics_handler_vtable *)0)->get_report_interval_ms), aws_crt_statistics_handler_get_report_interval_ms_fn *), "type of struct aws_crt_statistics_handler_vtable.get_report_interval_ms is aws_crt_statistics_handler_get_report_interval_ms_fn *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_crt_statistics_handler_process_statistics), void (struct aws_crt_statistics_handler *, struct aws_crt_statistics_sample_interval *, struct aws_array_list *, void *)), "aws_crt_statistics_handler_process_statistics is void (struct aws_crt_statistics_handler *, struct aws_crt_statistics_sample_interval *, struct aws_array_list *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_crt_statistics_handler_get_report_interval_ms), uint64_t (struct aws_crt_statistics_handler *)), "aws_crt_statistics_handler_get_report_interval_ms is uint64_t (struct aws_crt_statistics_handler *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_crt_statistics_handler_destroy), void (struct aws_crt_statistics_handler *)), "aws_crt_statistics_handler_destroy is void (struct aws_crt_statistics_handler *)");

/* aws/common/stdbool.h */

/* aws/common/stdint.h */
_Static_assert(sizeof(aws_off_t) == 8 && _Alignof(aws_off_t) == 8, "aws_off_t has size 8 and alignment 8");
_Static_assert(__builtin_types_compatible_p(aws_off_t, int64_t), "aws_off_t is int64_t");

/* aws/common/string.h */
#ifndef AWS_STATIC_STRING_FROM_LITERAL
#    error "macro AWS_STATIC_STRING_FROM_LITERAL is not defined"
#endif
#ifndef AWS_STRING_FROM_LITERAL
#    error "macro AWS_STRING_FROM_LITERAL is not defined"
#endif
_Static_assert(sizeof(struct aws_string) == 24, "size of struct aws_string is 24");
_Static_assert(_Alignof(struct aws_string) == 8, "alignment of struct aws_string is 8");
_Static_assert(offsetof(struct aws_string, allocator) == 0, "offset of struct aws_string.allocator is 0");
_Static_assert(sizeof(((struct aws_string *)0)->allocator) == 8, "size of struct aws_string.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_string *)0)->allocator), struct aws_allocator *const), "type of struct aws_string.allocator is struct aws_allocator *const");
_Static_assert(offsetof(struct aws_string, len) == 8, "offset of struct aws_string.len is 8");
_Static_assert(sizeof(((struct aws_string *)0)->len) == 8, "size of struct aws_string.len is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_string *)0)->len), const size_t), "type of struct aws_string.len is const size_t");
_Static_assert(offsetof(struct aws_string, bytes) == 16, "offset of struct aws_string.bytes is 16");
_Static_assert(sizeof(((struct aws_string *)0)->bytes) == 1, "size of struct aws_string.bytes is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_string *)0)->bytes), const uint8_t[1]), "type of struct aws_string.bytes is const uint8_t[1]");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq), bool (const struct aws_string *, const struct aws_string *)), "aws_string_eq is bool (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_ignore_case), bool (const struct aws_string *, const struct aws_string *)), "aws_string_eq_ignore_case is bool (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_byte_cursor), bool (const struct aws_string *, const struct aws_byte_cursor *)), "aws_string_eq_byte_cursor is bool (const struct aws_string *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_byte_cursor_ignore_case), bool (const struct aws_string *, const struct aws_byte_cursor *)), "aws_string_eq_byte_cursor_ignore_case is bool (const struct aws_string *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_byte_buf), bool (const struct aws_string *, const struct aws_byte_buf *)), "aws_string_eq_byte_buf is bool (const struct aws_string *, const struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_byte_buf_ignore_case), bool (const struct aws_string *, const struct aws_byte_buf *)), "aws_string_eq_byte_buf_ignore_case is bool (const struct aws_string *, const struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_c_str), bool (const struct aws_string *, const char *)), "aws_string_eq_c_str is bool (const struct aws_string *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_eq_c_str_ignore_case), bool (const struct aws_string *, const char *)), "aws_string_eq_c_str_ignore_case is bool (const struct aws_string *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_new_from_c_str), struct aws_string * (struct aws_allocator *, const char *)), "aws_string_new_from_c_str is struct aws_string * (struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_new_from_array), struct aws_string * (struct aws_allocator *, const uint8_t *, size_t)), "aws_string_new_from_array is struct aws_string * (struct aws_allocator *, const uint8_t *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_new_from_string), struct aws_string * (struct aws_allocator *, const struct aws_string *)), "aws_string_new_from_string is struct aws_string * (struct aws_allocator *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_new_from_cursor), struct aws_string * (struct aws_allocator *, const struct aws_byte_cursor *)), "aws_string_new_from_cursor is struct aws_string * (struct aws_allocator *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_new_from_buf), struct aws_string * (struct aws_allocator *, const struct aws_byte_buf *)), "aws_string_new_from_buf is struct aws_string * (struct aws_allocator *, const struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_destroy), void (struct aws_string *)), "aws_string_destroy is void (struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_destroy_secure), void (struct aws_string *)), "aws_string_destroy_secure is void (struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_compare), int (const struct aws_string *, const struct aws_string *)), "aws_string_compare is int (const struct aws_string *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_array_list_comparator_string), int (const void *, const void *)), "aws_array_list_comparator_string is int (const void *, const void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_write_from_whole_string), bool (struct aws_byte_buf *restrict, const struct aws_string *restrict)), "aws_byte_buf_write_from_whole_string is bool (struct aws_byte_buf *restrict, const struct aws_string *restrict)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_cursor_from_string), struct aws_byte_cursor (const struct aws_string *)), "aws_byte_cursor_from_string is struct aws_byte_cursor (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_clone_or_reuse), struct aws_string * (struct aws_allocator *, const struct aws_string *)), "aws_string_clone_or_reuse is struct aws_string * (struct aws_allocator *, const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_secure_strlen), int (const char *, size_t, size_t *)), "aws_secure_strlen is int (const char *, size_t, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_bytes), const uint8_t * (const struct aws_string *)), "aws_string_bytes is const uint8_t * (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_c_str), const char * (const struct aws_string *)), "aws_string_c_str is const char * (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_string_is_valid), bool (const struct aws_string *)), "aws_string_is_valid is bool (const struct aws_string *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_c_string_is_valid), bool (const char *)), "aws_c_string_is_valid is bool (const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_char_is_space), bool (uint8_t)), "aws_char_is_space is bool (uint8_t)");

/* aws/common/system_info.h */
#ifndef AWS_BACKTRACE_STACKS_AVAILABLE
#    error "macro AWS_BACKTRACE_STACKS_AVAILABLE is not defined"
#endif
_Static_assert(sizeof(enum aws_platform_os) == 4, "size of enum aws_platform_os is 4");
_Static_assert(((long long)(enum aws_platform_os)-1 < 0) == 0, "enum aws_platform_os is unsigned");
_Static_assert((long long)(AWS_PLATFORM_OS_WINDOWS) == 0LL, "AWS_PLATFORM_OS_WINDOWS is 0");
_Static_assert((long long)(AWS_PLATFORM_OS_MAC) == 1LL, "AWS_PLATFORM_OS_MAC is 1");
_Static_assert((long long)(AWS_PLATFORM_OS_IOS) == 2LL, "AWS_PLATFORM_OS_IOS is 2");
_Static_assert((long long)(AWS_PLATFORM_OS_ANDROID) == 3LL, "AWS_PLATFORM_OS_ANDROID is 3");
_Static_assert((long long)(AWS_PLATFORM_OS_UNIX) == 4LL, "AWS_PLATFORM_OS_UNIX is 4");
_Static_assert(sizeof(struct aws_cpu_info) == 8, "size of struct aws_cpu_info is 8");
_Static_assert(_Alignof(struct aws_cpu_info) == 4, "alignment of struct aws_cpu_info is 4");
_Static_assert(offsetof(struct aws_cpu_info, cpu_id) == 0, "offset of struct aws_cpu_info.cpu_id is 0");
_Static_assert(sizeof(((struct aws_cpu_info *)0)->cpu_id) == 4, "size of struct aws_cpu_info.cpu_id is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cpu_info *)0)->cpu_id), int32_t), "type of struct aws_cpu_info.cpu_id is int32_t");
_Static_assert(offsetof(struct aws_cpu_info, suspected_hyper_thread) == 4, "offset of struct aws_cpu_info.suspected_hyper_thread is 4");
_Static_assert(sizeof(((struct aws_cpu_info *)0)->suspected_hyper_thread) == 1, "size of struct aws_cpu_info.suspected_hyper_thread is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cpu_info *)0)->suspected_hyper_thread), bool), "type of struct aws_cpu_info.suspected_hyper_thread is bool");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_load), struct aws_system_environment * (struct aws_allocator *)), "aws_system_environment_load is struct aws_system_environment * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_acquire), struct aws_system_environment * (struct aws_system_environment *)), "aws_system_environment_acquire is struct aws_system_environment * (struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_release), void (struct aws_system_environment *)), "aws_system_environment_release is void (struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_get_virtualization_vendor), struct aws_byte_cursor (const struct aws_system_environment *)), "aws_system_environment_get_virtualization_vendor is struct aws_byte_cursor (const struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_get_virtualization_product_name), struct aws_byte_cursor (const struct aws_system_environment *)), "aws_system_environment_get_virtualization_product_name is struct aws_byte_cursor (const struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_get_processor_count), size_t (struct aws_system_environment *)), "aws_system_environment_get_processor_count is size_t (struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_environment_get_cpu_group_count), size_t (const struct aws_system_environment *)), "aws_system_environment_get_cpu_group_count is size_t (const struct aws_system_environment *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_platform_build_os), enum aws_platform_os (void)), "aws_get_platform_build_os is enum aws_platform_os (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_platform_build_os_string), struct aws_byte_cursor (void)), "aws_get_platform_build_os_string is struct aws_byte_cursor (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_info_processor_count), size_t (void)), "aws_system_info_processor_count is size_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_system_info_page_size), size_t (void)), "aws_system_info_page_size is size_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_cpu_group_count), uint16_t (void)), "aws_get_cpu_group_count is uint16_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_cpu_count_for_group), size_t (uint16_t)), "aws_get_cpu_count_for_group is size_t (uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_get_cpu_ids_for_group), void (uint16_t, struct aws_cpu_info *, size_t)), "aws_get_cpu_ids_for_group is void (uint16_t, struct aws_cpu_info *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_is_debugger_present), bool (void)), "aws_is_debugger_present is bool (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_debug_break), void (void)), "aws_debug_break is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_backtrace), size_t (void **, size_t)), "aws_backtrace is size_t (void **, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_backtrace_symbols), char ** (void *const *, size_t)), "aws_backtrace_symbols is char ** (void *const *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_backtrace_addr2line), char ** (void *const *, size_t)), "aws_backtrace_addr2line is char ** (void *const *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_backtrace_print), void (FILE *, void *)), "aws_backtrace_print is void (FILE *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_backtrace_log), void (int)), "aws_backtrace_log is void (int)");

/* aws/common/task_scheduler.h */
_Static_assert(sizeof(enum aws_task_status) == 4, "size of enum aws_task_status is 4");
_Static_assert(((long long)(enum aws_task_status)-1 < 0) == 0, "enum aws_task_status is unsigned");
_Static_assert((long long)(AWS_TASK_STATUS_RUN_READY) == 0LL, "AWS_TASK_STATUS_RUN_READY is 0");
_Static_assert((long long)(AWS_TASK_STATUS_CANCELED) == 1LL, "AWS_TASK_STATUS_CANCELED is 1");
_Static_assert(sizeof(aws_task_status) == 4 && _Alignof(aws_task_status) == 4, "aws_task_status has size 4 and alignment 4");
_Static_assert(__builtin_types_compatible_p(aws_task_status, enum aws_task_status), "aws_task_status is enum aws_task_status");
_Static_assert(__builtin_types_compatible_p(aws_task_fn, void (struct aws_task *, void *, enum aws_task_status)), "aws_task_fn is void (struct aws_task *, void *, enum aws_task_status)");
_Static_assert(__builtin_types_compatible_p(aws_task_fn, void (struct aws_task *, void *, enum aws_task_status)), "signature of aws_task_fn");
_Static_assert(sizeof(struct aws_task) == 64, "size of struct aws_task is 64");
_Static_assert(_Alignof(struct aws_task) == 8, "alignment of struct aws_task is 8");
_Static_assert(offsetof(struct aws_task, fn) == 0, "offset of struct aws_task.fn is 0");
_Static_assert(sizeof(((struct aws_task *)0)->fn) == 8, "size of struct aws_task.fn is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->fn), aws_task_fn *), "type of struct aws_task.fn is aws_task_fn *");
_Static_assert(offsetof(struct aws_task, arg) == 8, "offset of struct aws_task.arg is 8");
_Static_assert(sizeof(((struct aws_task *)0)->arg) == 8, "size of struct aws_task.arg is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->arg), void *), "type of struct aws_task.arg is void *");
_Static_assert(offsetof(struct aws_task, timestamp) == 16, "offset of struct aws_task.timestamp is 16");
_Static_assert(sizeof(((struct aws_task *)0)->timestamp) == 8, "size of struct aws_task.timestamp is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->timestamp), uint64_t), "type of struct aws_task.timestamp is uint64_t");
_Static_assert(offsetof(struct aws_task, node) == 24, "offset of struct aws_task.node is 24");
_Static_assert(sizeof(((struct aws_task *)0)->node) == 16, "size of struct aws_task.node is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->node), struct aws_linked_list_node), "type of struct aws_task.node is struct aws_linked_list_node");
_Static_assert(offsetof(struct aws_task, priority_queue_node) == 40, "offset of struct aws_task.priority_queue_node is 40");
_Static_assert(sizeof(((struct aws_task *)0)->priority_queue_node) == 8, "size of struct aws_task.priority_queue_node is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->priority_queue_node), struct aws_priority_queue_node), "type of struct aws_task.priority_queue_node is struct aws_priority_queue_node");
_Static_assert(offsetof(struct aws_task, type_tag) == 48, "offset of struct aws_task.type_tag is 48");
_Static_assert(sizeof(((struct aws_task *)0)->type_tag) == 8, "size of struct aws_task.type_tag is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->type_tag), const char *), "type of struct aws_task.type_tag is const char *");
_Static_assert(offsetof(struct aws_task, abi_extension) == 56, "offset of struct aws_task.abi_extension is 56");
_Static_assert(sizeof(((struct aws_task *)0)->abi_extension) == 8, "size of struct aws_task.abi_extension is 8");
_Static_assert(_Alignof(__typeof__(((struct aws_task *)0)->abi_extension)) == 8, "alignment of struct aws_task.abi_extension is 8");
_Static_assert(offsetof(struct aws_task, abi_extension.scheduled) == 56, "offset of struct aws_task.abi_extension.scheduled is 56");
_Static_assert(sizeof(((struct aws_task *)0)->abi_extension.scheduled) == 1, "size of struct aws_task.abi_extension.scheduled is 1");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->abi_extension.scheduled), bool), "type of struct aws_task.abi_extension.scheduled is bool");
_Static_assert(offsetof(struct aws_task, abi_extension.reserved) == 56, "offset of struct aws_task.abi_extension.reserved is 56");
_Static_assert(sizeof(((struct aws_task *)0)->abi_extension.reserved) == 8, "size of struct aws_task.abi_extension.reserved is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task *)0)->abi_extension.reserved), size_t), "type of struct aws_task.abi_extension.reserved is size_t");
_Static_assert(sizeof(struct aws_task_scheduler) == 160, "size of struct aws_task_scheduler is 160");
_Static_assert(_Alignof(struct aws_task_scheduler) == 8, "alignment of struct aws_task_scheduler is 8");
_Static_assert(offsetof(struct aws_task_scheduler, alloc) == 0, "offset of struct aws_task_scheduler.alloc is 0");
_Static_assert(sizeof(((struct aws_task_scheduler *)0)->alloc) == 8, "size of struct aws_task_scheduler.alloc is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task_scheduler *)0)->alloc), struct aws_allocator *), "type of struct aws_task_scheduler.alloc is struct aws_allocator *");
_Static_assert(offsetof(struct aws_task_scheduler, timed_queue) == 8, "offset of struct aws_task_scheduler.timed_queue is 8");
_Static_assert(sizeof(((struct aws_task_scheduler *)0)->timed_queue) == 88, "size of struct aws_task_scheduler.timed_queue is 88");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task_scheduler *)0)->timed_queue), struct aws_priority_queue), "type of struct aws_task_scheduler.timed_queue is struct aws_priority_queue");
_Static_assert(offsetof(struct aws_task_scheduler, timed_list) == 96, "offset of struct aws_task_scheduler.timed_list is 96");
_Static_assert(sizeof(((struct aws_task_scheduler *)0)->timed_list) == 32, "size of struct aws_task_scheduler.timed_list is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task_scheduler *)0)->timed_list), struct aws_linked_list), "type of struct aws_task_scheduler.timed_list is struct aws_linked_list");
_Static_assert(offsetof(struct aws_task_scheduler, asap_list) == 128, "offset of struct aws_task_scheduler.asap_list is 128");
_Static_assert(sizeof(((struct aws_task_scheduler *)0)->asap_list) == 32, "size of struct aws_task_scheduler.asap_list is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_task_scheduler *)0)->asap_list), struct aws_linked_list), "type of struct aws_task_scheduler.asap_list is struct aws_linked_list");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_init), void (struct aws_task *, aws_task_fn *, void *, const char *)), "aws_task_init is void (struct aws_task *, aws_task_fn *, void *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_run), void (struct aws_task *, enum aws_task_status)), "aws_task_run is void (struct aws_task *, enum aws_task_status)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_init), int (struct aws_task_scheduler *, struct aws_allocator *)), "aws_task_scheduler_init is int (struct aws_task_scheduler *, struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_clean_up), void (struct aws_task_scheduler *)), "aws_task_scheduler_clean_up is void (struct aws_task_scheduler *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_is_valid), bool (const struct aws_task_scheduler *)), "aws_task_scheduler_is_valid is bool (const struct aws_task_scheduler *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_has_tasks), bool (const struct aws_task_scheduler *, uint64_t *)), "aws_task_scheduler_has_tasks is bool (const struct aws_task_scheduler *, uint64_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_schedule_now), void (struct aws_task_scheduler *, struct aws_task *)), "aws_task_scheduler_schedule_now is void (struct aws_task_scheduler *, struct aws_task *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_schedule_future), void (struct aws_task_scheduler *, struct aws_task *, uint64_t)), "aws_task_scheduler_schedule_future is void (struct aws_task_scheduler *, struct aws_task *, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_cancel_task), void (struct aws_task_scheduler *, struct aws_task *)), "aws_task_scheduler_cancel_task is void (struct aws_task_scheduler *, struct aws_task *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_scheduler_run_all), void (struct aws_task_scheduler *, uint64_t)), "aws_task_scheduler_run_all is void (struct aws_task_scheduler *, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_task_status_to_c_str), const char * (enum aws_task_status)), "aws_task_status_to_c_str is const char * (enum aws_task_status)");

/* aws/common/thread.h */
_Static_assert((unsigned long long)(AWS_THREAD_NAME_RECOMMENDED_STRLEN) == (unsigned long long)15LL, "AWS_THREAD_NAME_RECOMMENDED_STRLEN is 15");
_Static_assert((unsigned long long)(AWS_THREAD_ONCE_STATIC_INIT) == (unsigned long long)0LL, "AWS_THREAD_ONCE_STATIC_INIT is 0");
_Static_assert((unsigned long long)(AWS_THREAD_ID_T_REPR_BUFSZ) == (unsigned long long)17LL, "AWS_THREAD_ID_T_REPR_BUFSZ is 17");
_Static_assert(sizeof(enum aws_thread_detach_state) == 4, "size of enum aws_thread_detach_state is 4");
_Static_assert(((long long)(enum aws_thread_detach_state)-1 < 0) == 0, "enum aws_thread_detach_state is unsigned");
_Static_assert((long long)(AWS_THREAD_NOT_CREATED) == 1LL, "AWS_THREAD_NOT_CREATED is 1");
_Static_assert((long long)(AWS_THREAD_JOINABLE) == 2LL, "AWS_THREAD_JOINABLE is 2");
_Static_assert((long long)(AWS_THREAD_JOIN_COMPLETED) == 3LL, "AWS_THREAD_JOIN_COMPLETED is 3");
_Static_assert((long long)(AWS_THREAD_MANAGED) == 4LL, "AWS_THREAD_MANAGED is 4");
_Static_assert(sizeof(enum aws_thread_join_strategy) == 4, "size of enum aws_thread_join_strategy is 4");
_Static_assert(((long long)(enum aws_thread_join_strategy)-1 < 0) == 0, "enum aws_thread_join_strategy is unsigned");
_Static_assert((long long)(AWS_TJS_MANUAL) == 0LL, "AWS_TJS_MANUAL is 0");
_Static_assert((long long)(AWS_TJS_MANAGED) == 1LL, "AWS_TJS_MANAGED is 1");
_Static_assert(sizeof(aws_thread_once) == 4 && _Alignof(aws_thread_once) == 4, "aws_thread_once has size 4 and alignment 4");
_Static_assert(__builtin_types_compatible_p(aws_thread_once, pthread_once_t), "aws_thread_once is pthread_once_t");
_Static_assert(sizeof(aws_thread_id_t) == 8 && _Alignof(aws_thread_id_t) == 8, "aws_thread_id_t has size 8 and alignment 8");
_Static_assert(__builtin_types_compatible_p(aws_thread_id_t, pthread_t), "aws_thread_id_t is pthread_t");
_Static_assert(__builtin_types_compatible_p(aws_thread_atexit_fn, void (void *)), "aws_thread_atexit_fn is void (void *)");
_Static_assert(__builtin_types_compatible_p(aws_thread_atexit_fn, void (void *)), "signature of aws_thread_atexit_fn");
_Static_assert(sizeof(struct aws_thread_options) == 32, "size of struct aws_thread_options is 32");
_Static_assert(_Alignof(struct aws_thread_options) == 8, "alignment of struct aws_thread_options is 8");
_Static_assert(offsetof(struct aws_thread_options, stack_size) == 0, "offset of struct aws_thread_options.stack_size is 0");
_Static_assert(sizeof(((struct aws_thread_options *)0)->stack_size) == 8, "size of struct aws_thread_options.stack_size is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread_options *)0)->stack_size), size_t), "type of struct aws_thread_options.stack_size is size_t");
_Static_assert(offsetof(struct aws_thread_options, cpu_id) == 8, "offset of struct aws_thread_options.cpu_id is 8");
_Static_assert(sizeof(((struct aws_thread_options *)0)->cpu_id) == 4, "size of struct aws_thread_options.cpu_id is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread_options *)0)->cpu_id), int32_t), "type of struct aws_thread_options.cpu_id is int32_t");
_Static_assert(offsetof(struct aws_thread_options, join_strategy) == 12, "offset of struct aws_thread_options.join_strategy is 12");
_Static_assert(sizeof(((struct aws_thread_options *)0)->join_strategy) == 4, "size of struct aws_thread_options.join_strategy is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread_options *)0)->join_strategy), enum aws_thread_join_strategy), "type of struct aws_thread_options.join_strategy is enum aws_thread_join_strategy");
_Static_assert(offsetof(struct aws_thread_options, name) == 16, "offset of struct aws_thread_options.name is 16");
_Static_assert(sizeof(((struct aws_thread_options *)0)->name) == 16, "size of struct aws_thread_options.name is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread_options *)0)->name), struct aws_byte_cursor), "type of struct aws_thread_options.name is struct aws_byte_cursor");
_Static_assert(sizeof(struct aws_thread) == 24, "size of struct aws_thread is 24");
_Static_assert(_Alignof(struct aws_thread) == 8, "alignment of struct aws_thread is 8");
_Static_assert(offsetof(struct aws_thread, allocator) == 0, "offset of struct aws_thread.allocator is 0");
_Static_assert(sizeof(((struct aws_thread *)0)->allocator) == 8, "size of struct aws_thread.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread *)0)->allocator), struct aws_allocator *), "type of struct aws_thread.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_thread, detach_state) == 8, "offset of struct aws_thread.detach_state is 8");
_Static_assert(sizeof(((struct aws_thread *)0)->detach_state) == 4, "size of struct aws_thread.detach_state is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread *)0)->detach_state), enum aws_thread_detach_state), "type of struct aws_thread.detach_state is enum aws_thread_detach_state");
_Static_assert(offsetof(struct aws_thread, thread_id) == 16, "offset of struct aws_thread.thread_id is 16");
_Static_assert(sizeof(((struct aws_thread *)0)->thread_id) == 8, "size of struct aws_thread.thread_id is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_thread *)0)->thread_id), aws_thread_id_t), "type of struct aws_thread.thread_id is aws_thread_id_t");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_default_thread_options), const struct aws_thread_options * (void)), "aws_default_thread_options is const struct aws_thread_options * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_call_once), void (aws_thread_once *, void (*)(void *), void *)), "aws_thread_call_once is void (aws_thread_once *, void (*)(void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_init), int (struct aws_thread *, struct aws_allocator *)), "aws_thread_init is int (struct aws_thread *, struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_launch), int (struct aws_thread *, void (*)(void *), void *, const struct aws_thread_options *)), "aws_thread_launch is int (struct aws_thread *, void (*)(void *), void *, const struct aws_thread_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_get_id), aws_thread_id_t (struct aws_thread *)), "aws_thread_get_id is aws_thread_id_t (struct aws_thread *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_get_detach_state), enum aws_thread_detach_state (struct aws_thread *)), "aws_thread_get_detach_state is enum aws_thread_detach_state (struct aws_thread *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_join), int (struct aws_thread *)), "aws_thread_join is int (struct aws_thread *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_join_all_managed), int (void)), "aws_thread_join_all_managed is int (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_set_managed_join_timeout_ns), void (uint64_t)), "aws_thread_set_managed_join_timeout_ns is void (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_clean_up), void (struct aws_thread *)), "aws_thread_clean_up is void (struct aws_thread *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_current_thread_id), aws_thread_id_t (void)), "aws_thread_current_thread_id is aws_thread_id_t (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_thread_id_equal), bool (aws_thread_id_t, aws_thread_id_t)), "aws_thread_thread_id_equal is bool (aws_thread_id_t, aws_thread_id_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_current_sleep), void (uint64_t)), "aws_thread_current_sleep is void (uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_current_at_exit), int (aws_thread_atexit_fn *, void *)), "aws_thread_current_at_exit is int (aws_thread_atexit_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_increment_unjoined_count), void (void)), "aws_thread_increment_unjoined_count is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_decrement_unjoined_count), void (void)), "aws_thread_decrement_unjoined_count is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_current_name), int (struct aws_allocator *, struct aws_string **)), "aws_thread_current_name is int (struct aws_allocator *, struct aws_string **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_thread_name), int (struct aws_allocator *, aws_thread_id_t, struct aws_string **)), "aws_thread_name is int (struct aws_allocator *, aws_thread_id_t, struct aws_string **)");

/* aws/common/uri.h */
_Static_assert(sizeof(struct aws_uri) == 200, "size of struct aws_uri is 200");
_Static_assert(_Alignof(struct aws_uri) == 8, "alignment of struct aws_uri is 8");
_Static_assert(offsetof(struct aws_uri, self_size) == 0, "offset of struct aws_uri.self_size is 0");
_Static_assert(sizeof(((struct aws_uri *)0)->self_size) == 8, "size of struct aws_uri.self_size is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->self_size), size_t), "type of struct aws_uri.self_size is size_t");
_Static_assert(offsetof(struct aws_uri, allocator) == 8, "offset of struct aws_uri.allocator is 8");
_Static_assert(sizeof(((struct aws_uri *)0)->allocator) == 8, "size of struct aws_uri.allocator is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->allocator), struct aws_allocator *), "type of struct aws_uri.allocator is struct aws_allocator *");
_Static_assert(offsetof(struct aws_uri, uri_str) == 16, "offset of struct aws_uri.uri_str is 16");
_Static_assert(sizeof(((struct aws_uri *)0)->uri_str) == 32, "size of struct aws_uri.uri_str is 32");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->uri_str), struct aws_byte_buf), "type of struct aws_uri.uri_str is struct aws_byte_buf");
_Static_assert(offsetof(struct aws_uri, scheme) == 48, "offset of struct aws_uri.scheme is 48");
_Static_assert(sizeof(((struct aws_uri *)0)->scheme) == 16, "size of struct aws_uri.scheme is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->scheme), struct aws_byte_cursor), "type of struct aws_uri.scheme is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, authority) == 64, "offset of struct aws_uri.authority is 64");
_Static_assert(sizeof(((struct aws_uri *)0)->authority) == 16, "size of struct aws_uri.authority is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->authority), struct aws_byte_cursor), "type of struct aws_uri.authority is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, userinfo) == 80, "offset of struct aws_uri.userinfo is 80");
_Static_assert(sizeof(((struct aws_uri *)0)->userinfo) == 16, "size of struct aws_uri.userinfo is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->userinfo), struct aws_byte_cursor), "type of struct aws_uri.userinfo is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, user) == 96, "offset of struct aws_uri.user is 96");
_Static_assert(sizeof(((struct aws_uri *)0)->user) == 16, "size of struct aws_uri.user is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->user), struct aws_byte_cursor), "type of struct aws_uri.user is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, password) == 112, "offset of struct aws_uri.password is 112");
_Static_assert(sizeof(((struct aws_uri *)0)->password) == 16, "size of struct aws_uri.password is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->password), struct aws_byte_cursor), "type of struct aws_uri.password is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, host_name) == 128, "offset of struct aws_uri.host_name is 128");
_Static_assert(sizeof(((struct aws_uri *)0)->host_name) == 16, "size of struct aws_uri.host_name is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->host_name), struct aws_byte_cursor), "type of struct aws_uri.host_name is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, port) == 144, "offset of struct aws_uri.port is 144");
_Static_assert(sizeof(((struct aws_uri *)0)->port) == 4, "size of struct aws_uri.port is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->port), uint32_t), "type of struct aws_uri.port is uint32_t");
_Static_assert(offsetof(struct aws_uri, path) == 152, "offset of struct aws_uri.path is 152");
_Static_assert(sizeof(((struct aws_uri *)0)->path) == 16, "size of struct aws_uri.path is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->path), struct aws_byte_cursor), "type of struct aws_uri.path is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, query_string) == 168, "offset of struct aws_uri.query_string is 168");
_Static_assert(sizeof(((struct aws_uri *)0)->query_string) == 16, "size of struct aws_uri.query_string is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->query_string), struct aws_byte_cursor), "type of struct aws_uri.query_string is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri, path_and_query) == 184, "offset of struct aws_uri.path_and_query is 184");
_Static_assert(sizeof(((struct aws_uri *)0)->path_and_query) == 16, "size of struct aws_uri.path_and_query is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri *)0)->path_and_query), struct aws_byte_cursor), "type of struct aws_uri.path_and_query is struct aws_byte_cursor");
_Static_assert(sizeof(struct aws_uri_param) == 32, "size of struct aws_uri_param is 32");
_Static_assert(_Alignof(struct aws_uri_param) == 8, "alignment of struct aws_uri_param is 8");
_Static_assert(offsetof(struct aws_uri_param, key) == 0, "offset of struct aws_uri_param.key is 0");
_Static_assert(sizeof(((struct aws_uri_param *)0)->key) == 16, "size of struct aws_uri_param.key is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_param *)0)->key), struct aws_byte_cursor), "type of struct aws_uri_param.key is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri_param, value) == 16, "offset of struct aws_uri_param.value is 16");
_Static_assert(sizeof(((struct aws_uri_param *)0)->value) == 16, "size of struct aws_uri_param.value is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_param *)0)->value), struct aws_byte_cursor), "type of struct aws_uri_param.value is struct aws_byte_cursor");
_Static_assert(sizeof(struct aws_uri_builder_options) == 80, "size of struct aws_uri_builder_options is 80");
_Static_assert(_Alignof(struct aws_uri_builder_options) == 8, "alignment of struct aws_uri_builder_options is 8");
_Static_assert(offsetof(struct aws_uri_builder_options, scheme) == 0, "offset of struct aws_uri_builder_options.scheme is 0");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->scheme) == 16, "size of struct aws_uri_builder_options.scheme is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->scheme), struct aws_byte_cursor), "type of struct aws_uri_builder_options.scheme is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri_builder_options, path) == 16, "offset of struct aws_uri_builder_options.path is 16");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->path) == 16, "size of struct aws_uri_builder_options.path is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->path), struct aws_byte_cursor), "type of struct aws_uri_builder_options.path is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri_builder_options, host_name) == 32, "offset of struct aws_uri_builder_options.host_name is 32");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->host_name) == 16, "size of struct aws_uri_builder_options.host_name is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->host_name), struct aws_byte_cursor), "type of struct aws_uri_builder_options.host_name is struct aws_byte_cursor");
_Static_assert(offsetof(struct aws_uri_builder_options, port) == 48, "offset of struct aws_uri_builder_options.port is 48");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->port) == 4, "size of struct aws_uri_builder_options.port is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->port), uint32_t), "type of struct aws_uri_builder_options.port is uint32_t");
_Static_assert(offsetof(struct aws_uri_builder_options, query_params) == 56, "offset of struct aws_uri_builder_options.query_params is 56");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->query_params) == 8, "size of struct aws_uri_builder_options.query_params is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->query_params), struct aws_array_list *), "type of struct aws_uri_builder_options.query_params is struct aws_array_list *");
_Static_assert(offsetof(struct aws_uri_builder_options, query_string) == 64, "offset of struct aws_uri_builder_options.query_string is 64");
_Static_assert(sizeof(((struct aws_uri_builder_options *)0)->query_string) == 16, "size of struct aws_uri_builder_options.query_string is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uri_builder_options *)0)->query_string), struct aws_byte_cursor), "type of struct aws_uri_builder_options.query_string is struct aws_byte_cursor");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_init_parse), int (struct aws_uri *, struct aws_allocator *, const struct aws_byte_cursor *)), "aws_uri_init_parse is int (struct aws_uri *, struct aws_allocator *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_init_from_builder_options), int (struct aws_uri *, struct aws_allocator *, struct aws_uri_builder_options *)), "aws_uri_init_from_builder_options is int (struct aws_uri *, struct aws_allocator *, struct aws_uri_builder_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_clean_up), void (struct aws_uri *)), "aws_uri_clean_up is void (struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_scheme), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_scheme is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_authority), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_authority is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_path), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_path is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_query_string), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_query_string is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_host_name), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_host_name is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_port), uint32_t (const struct aws_uri *)), "aws_uri_port is uint32_t (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_path_and_query), const struct aws_byte_cursor * (const struct aws_uri *)), "aws_uri_path_and_query is const struct aws_byte_cursor * (const struct aws_uri *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_query_string_next_param), bool (struct aws_byte_cursor, struct aws_uri_param *)), "aws_query_string_next_param is bool (struct aws_byte_cursor, struct aws_uri_param *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_query_string_params), int (struct aws_byte_cursor, struct aws_array_list *)), "aws_query_string_params is int (struct aws_byte_cursor, struct aws_array_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_query_string_next_param), bool (const struct aws_uri *, struct aws_uri_param *)), "aws_uri_query_string_next_param is bool (const struct aws_uri *, struct aws_uri_param *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uri_query_string_params), int (const struct aws_uri *, struct aws_array_list *)), "aws_uri_query_string_params is int (const struct aws_uri *, struct aws_array_list *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_encoding_uri_path), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_encoding_uri_path is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_encoding_uri_param), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_encoding_uri_param is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_decoding_uri), int (struct aws_byte_buf *, const struct aws_byte_cursor *)), "aws_byte_buf_append_decoding_uri is int (struct aws_byte_buf *, const struct aws_byte_cursor *)");

/* aws/common/uuid.h */
_Static_assert((long long)(AWS_UUID_STR_LEN) == 37LL, "AWS_UUID_STR_LEN is 37");
_Static_assert((long long)(AWS_UUID_STR_COMPACT_LEN) == 33LL, "AWS_UUID_STR_COMPACT_LEN is 33");
_Static_assert(sizeof(struct aws_uuid) == 16, "size of struct aws_uuid is 16");
_Static_assert(_Alignof(struct aws_uuid) == 1, "alignment of struct aws_uuid is 1");
_Static_assert(offsetof(struct aws_uuid, uuid_data) == 0, "offset of struct aws_uuid.uuid_data is 0");
_Static_assert(sizeof(((struct aws_uuid *)0)->uuid_data) == 16, "size of struct aws_uuid.uuid_data is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_uuid *)0)->uuid_data), uint8_t[16]), "type of struct aws_uuid.uuid_data is uint8_t[16]");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uuid_init), int (struct aws_uuid *)), "aws_uuid_init is int (struct aws_uuid *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uuid_init_from_str), int (struct aws_uuid *, const struct aws_byte_cursor *)), "aws_uuid_init_from_str is int (struct aws_uuid *, const struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uuid_to_str), int (const struct aws_uuid *, struct aws_byte_buf *)), "aws_uuid_to_str is int (const struct aws_uuid *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uuid_to_str_compact), int (const struct aws_uuid *, struct aws_byte_buf *)), "aws_uuid_to_str_compact is int (const struct aws_uuid *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_uuid_equals), bool (const struct aws_uuid *, const struct aws_uuid *)), "aws_uuid_equals is bool (const struct aws_uuid *, const struct aws_uuid *)");

/* aws/common/zero.h */
#ifndef AWS_ZERO_STRUCT
#    error "macro AWS_ZERO_STRUCT is not defined"
#endif
#ifndef AWS_ZERO_ARRAY
#    error "macro AWS_ZERO_ARRAY is not defined"
#endif
#ifndef AWS_IS_ZEROED
#    error "macro AWS_IS_ZEROED is not defined"
#endif
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_secure_zero), void (void *, size_t)), "aws_secure_zero is void (void *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_is_mem_zeroed), bool (const void *, size_t)), "aws_is_mem_zeroed is bool (const void *, size_t)");
