/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ATOMICS_H
#define AWS_COMMON_ATOMICS_H

/*
 * Atomic variables that hold a size_t or a pointer. They do not use the language's own atomics, because C, C++ and
 * other languages must agree on the layout. Unless a name ends in _explicit, the order is sequentially consistent.
 * A NULL variable is undefined behaviour: these functions must cost no more than the instruction.
 */

#include <aws/common/common.h>

#include <stdint.h>
#include <stdlib.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** One atomic value. Touch it through the functions below only, and treat it as one kind: integer or pointer. */
struct aws_atomic_var {
    /** The integer, or the pointer. Zero at first. */
    void *value;
};

/** The integer that stands for the value in atomic instructions. */
#if defined(_MSC_VER) && !defined(__clang__)
#    if defined(_WIN64)
typedef long long aws_atomic_impl_int_t;
#    else
typedef long aws_atomic_impl_int_t;
#    endif
#else
typedef size_t aws_atomic_impl_int_t;
#endif

/* The storage as a pointer and as an integer: not atomic by themselves. */
#define AWS_ATOMIC_VAR_PTRVAL(var) ((var)->value)
#define AWS_ATOMIC_VAR_INTVAL(var) (*(aws_atomic_impl_int_t *)(var))

/** Initialisers for static and automatic variables: an integer, or a pointer to an object. */
#define AWS_ATOMIC_INIT_INT(x)                                                                                         \
    { (void *)(uintptr_t)(x) }
#define AWS_ATOMIC_INIT_PTR(x)                                                                                         \
    { (void *)(x) }

/** How an atomic operation is ordered against other memory accesses; the meanings are those of C11. */
enum aws_memory_order {
    /** The operation itself is atomic; nothing is promised about others. */
    aws_memory_order_relaxed = 0,
    /** For loads: later accesses of this thread stay after it and see what the matching release published. */
    aws_memory_order_acquire = 2,
    /** For stores: earlier accesses of this thread stay before it. */
    aws_memory_order_release = 3,
    /** For operations that load and store: both of the above. */
    aws_memory_order_acq_rel = 4,
    /** As acq_rel, and all threads see all such operations in one order. */
    aws_memory_order_seq_cst = 5
};

AWS_EXTERN_C_BEGIN

/**
 * Gives a variable its first value. Not atomic: hand the variable to other threads afterwards, by something that orders
 * memory (starting a thread, a lock, a release store).
 */
AWS_STATIC_IMPL
void aws_atomic_init_int(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
void aws_atomic_init_ptr(volatile struct aws_atomic_var *var, void *p);

/** Reads the value. Order: relaxed, acquire or seq_cst. */
AWS_STATIC_IMPL
size_t aws_atomic_load_int_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
size_t aws_atomic_load_int(volatile const struct aws_atomic_var *var);
AWS_STATIC_IMPL
void *aws_atomic_load_ptr_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
void *aws_atomic_load_ptr(volatile const struct aws_atomic_var *var);

/** Replaces the value. Order: relaxed, release or seq_cst. */
AWS_STATIC_IMPL
void aws_atomic_store_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
void aws_atomic_store_int(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
void aws_atomic_store_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
void aws_atomic_store_ptr(volatile struct aws_atomic_var *var, void *p);

/** Replaces the value and returns the one that was there. */
AWS_STATIC_IMPL
size_t
aws_atomic_exchange_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
size_t aws_atomic_exchange_int(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
void *
aws_atomic_exchange_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order);
AWS_STATIC_IMPL
void *aws_atomic_exchange_ptr(volatile struct aws_atomic_var *var, void *p);

/**
 * If the value equals `*expected`, replaces it by `desired` and returns true. Otherwise stores the value in `*expected`
 * and returns false; it never fails for another reason. `order_failure` is the order of the load in that case: relaxed,
 * acquire or seq_cst, and no stronger than `order_success`.
 */
AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_int_explicit(
    volatile struct aws_atomic_var *var,
    size_t *expected,
    size_t desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure);
AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_int(volatile struct aws_atomic_var *var, size_t *expected, size_t desired);
AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_ptr_explicit(
    volatile struct aws_atomic_var *var,
    void **expected,
    void *desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure);
AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_ptr(volatile struct aws_atomic_var *var, void **expected, void *desired);

/** Combines the integer with `n` (plus, minus, or, and, exclusive or) and returns what it was before. Sums wrap. */
AWS_STATIC_IMPL
size_t aws_atomic_fetch_add_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_sub_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_or_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_and_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_xor_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_add(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_sub(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_or(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_and(volatile struct aws_atomic_var *var, size_t n);
AWS_STATIC_IMPL
size_t aws_atomic_fetch_xor(volatile struct aws_atomic_var *var, size_t n);

/** Orders the accesses around it as an atomic operation of that order would, without touching a variable. */
AWS_STATIC_IMPL
void aws_atomic_thread_fence(enum aws_memory_order order);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/atomics.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ATOMICS_H */
