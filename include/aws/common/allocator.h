/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ALLOCATOR_H
#define AWS_COMMON_ALLOCATOR_H

/*
 * Memory comes from allocators, which programs may write themselves. An object keeps the allocator that it was made
 * with, and gives its memory back to that one. Running out of memory ends the process: no function below returns NULL
 * for that reason.
 */

#include <aws/common/exports.h>
#include <aws/common/macros.h>
#include <aws/common/stdbool.h>
#include <aws/common/stdint.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/** An allocator: functions and what they need. All functions may be called on any thread, several at once. */
struct aws_allocator {
    /** Gives `size` bytes (not 0), aligned for any type. NULL ends the process: reclaim memory before returning. */
    void *(*mem_acquire)(struct aws_allocator *allocator, size_t size);

    /** Takes back `ptr`, which is not NULL and came from this allocator. */
    void (*mem_release)(struct aws_allocator *allocator, void *ptr);

    /**
     * Gives `newsize` bytes (not 0) that begin with the bytes of `oldptr`, whose size is `oldsize`, and takes `oldptr`
     * back unless it returns it. `oldptr` may be NULL. This field may be NULL: acquire, copy and release serve instead.
     */
    void *(*mem_realloc)(struct aws_allocator *allocator, void *oldptr, size_t oldsize, size_t newsize);

    /** Gives `num` times `size` bytes, all 0. This field may be NULL: acquire and memset() serve instead. */
    void *(*mem_calloc)(struct aws_allocator *allocator, size_t num, size_t size);

    /** Belongs to the allocator. */
    void *impl;
};

/** True if `alloc` is not NULL and has the two functions that every allocator must have. */
AWS_COMMON_API
bool aws_allocator_is_valid(const struct aws_allocator *alloc);

/** The allocator over malloc(). Always there; never destroyed. */
AWS_COMMON_API
struct aws_allocator *aws_default_allocator(void);

/**
 * Like the default allocator, with blocks aligned to 8 pointers if they are larger than 4 KiB and to 2 pointers
 * otherwise. Always there; never destroyed.
 */
AWS_COMMON_API
struct aws_allocator *aws_aligned_allocator(void);

/**
 * Makes an allocator whose blocks are all aligned to `alignment` bytes. The caller owns it and must destroy it after
 * its last block has been released. Returns NULL and raises AWS_ERROR_INVALID_ARGUMENT unless `alignment` is a power
 * of two and a multiple of the size of a pointer.
 */
AWS_COMMON_API
struct aws_allocator *aws_explicit_aligned_allocator_new(size_t alignment);

/** Destroys an allocator from aws_explicit_aligned_allocator_new(). NULL is ignored. */
AWS_COMMON_API
void aws_explicit_aligned_allocator_destroy(struct aws_allocator *aligned_alloc);

#if defined(__MACH__)
/* As CoreFoundation declares them; its headers are not wanted here. */
struct __CFAllocator;
typedef const struct __CFAllocator *CFAllocatorRef;

/** Makes a CoreFoundation allocator over `allocator`, which must outlive it. The caller owns it. */
AWS_COMMON_API
CFAllocatorRef aws_wrapped_cf_allocator_new(struct aws_allocator *allocator);

/** Destroys an allocator from aws_wrapped_cf_allocator_new(). */
AWS_COMMON_API
void aws_wrapped_cf_allocator_destroy(CFAllocatorRef allocator);
#endif

/* ---- Blocks ---------------------------------------------------------------------------------- */

/* In all five, an allocator that is NULL or lacks a function that is needed ends the process. */

/** Gives `size` bytes with unknown content. A size of 0 ends the process. */
AWS_COMMON_API
void *aws_mem_acquire(struct aws_allocator *allocator, size_t size);

/** Gives `num` times `size` bytes, all 0. A product of 0, or one that does not fit a size_t, ends the process. */
AWS_COMMON_API
void *aws_mem_calloc(struct aws_allocator *allocator, size_t num, size_t size);

/**
 * Gives one block that is cut into `count` parts. The variable arguments are `count` pairs: a `void **` that receives
 * the address of a part, and its size in bytes as a size_t. Parts follow one another in the order given, each aligned
 * to sizeof(intmax_t). Returns the block, which is also the first part and is released as a whole; NULL if all sizes
 * are 0.
 */
AWS_COMMON_API
void *aws_mem_acquire_many(struct aws_allocator *allocator, size_t count, ...);

/** Gives a block back. NULL is ignored. */
AWS_COMMON_API
void aws_mem_release(struct aws_allocator *allocator, void *ptr);

/**
 * Changes the size of the block `*ptr` from `oldsize` to `newsize` bytes; the address may change. The first bytes, as
 * many as both sizes have, stay. A `newsize` of 0 releases the block and stores NULL. Returns AWS_OP_SUCCESS.
 */
AWS_COMMON_API
int aws_mem_realloc(struct aws_allocator *allocator, void **ptr, size_t oldsize, size_t newsize);

/* ---- Tracer: an allocator that knows what is outstanding ------------------------------------- */

/** What a tracer keeps. */
enum aws_mem_trace_level {
    /** Nothing. */
    AWS_MEMTRACE_NONE = 0,
    /** The size of each block. */
    AWS_MEMTRACE_BYTES = 1,
    /** The call stack of each allocation as well. */
    AWS_MEMTRACE_STACKS = 2,
};

/**
 * Wraps an allocator. Blocks may be acquired and released through the tracer on any thread. The caller owns the tracer;
 * `allocator` must outlive it.
 *
 * @param deprecated        ignored; pass NULL
 * @param level             becomes AWS_MEMTRACE_BYTES where the platform has no backtraces
 * @param frames_per_stack  depth of each stack, in frames; only for AWS_MEMTRACE_STACKS
 */
AWS_COMMON_API
struct aws_allocator *aws_mem_tracer_new(
    struct aws_allocator *allocator,
    struct aws_allocator *deprecated,
    enum aws_mem_trace_level level,
    size_t frames_per_stack);

/** Destroys a tracer and returns the allocator that it wrapped. Blocks still outstanding stay valid there. */
AWS_COMMON_API
struct aws_allocator *aws_mem_tracer_destroy(struct aws_allocator *trace_allocator);

/** Logs, at TRACE level, all outstanding blocks and where they came from. Logs nothing if there are none. */
AWS_COMMON_API
void aws_mem_tracer_dump(struct aws_allocator *trace_allocator);

/** Bytes in outstanding blocks; 0 at AWS_MEMTRACE_NONE. */
AWS_COMMON_API
size_t aws_mem_tracer_bytes(struct aws_allocator *trace_allocator);

/** Number of outstanding blocks; 0 at AWS_MEMTRACE_NONE. */
AWS_COMMON_API
size_t aws_mem_tracer_count(struct aws_allocator *trace_allocator);

/* ---- Small-block allocator: pools small blocks, passes large ones on ------------------------- */

/**
 * Makes an allocator that takes pages from `allocator` and cuts small blocks out of them. The caller owns it;
 * `allocator` must outlive it. Returns NULL if its locks cannot be made.
 *
 * @param multi_threaded  false if only one thread at a time will use it
 */
AWS_COMMON_API
struct aws_allocator *aws_small_block_allocator_new(struct aws_allocator *allocator, bool multi_threaded);

/**
 * Destroys a small-block allocator and gives its pages back. All its blocks must have been released. NULL is ignored.
 */
AWS_COMMON_API
void aws_small_block_allocator_destroy(struct aws_allocator *sba_allocator);

/** Bytes in pooled blocks that are in use. */
AWS_COMMON_API
size_t aws_small_block_allocator_bytes_active(struct aws_allocator *sba_allocator);

/** Bytes of all pages that the pools hold. */
AWS_COMMON_API
size_t aws_small_block_allocator_bytes_reserved(struct aws_allocator *sba_allocator);

/** Size of a page, in bytes. */
AWS_COMMON_API
size_t aws_small_block_allocator_page_size(struct aws_allocator *sba_allocator);

/** Bytes of a page that blocks can use. */
AWS_COMMON_API
size_t aws_small_block_allocator_page_size_available(struct aws_allocator *sba_allocator);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ALLOCATOR_H */
