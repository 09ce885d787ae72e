/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ATOMICS_MSVC_INL
#define AWS_COMMON_ATOMICS_MSVC_INL

/*
 * Atomic operations for MSVC. Interlocked functions without a suffix are full barriers on x86, x64 and ARM64, so they
 * serve every order. Plain loads and stores are atomic for aligned words and get fences as their order demands.
 */

#include <aws/common/atomics.h>

#include <intrin.h>

AWS_EXTERN_C_BEGIN

#if defined(_WIN64)
#    define AWS_PRIV_INTERLOCKED(op) _Interlocked##op##64
#else
#    define AWS_PRIV_INTERLOCKED(op) _Interlocked##op
#endif

#define AWS_PRIV_INT(var) ((volatile aws_atomic_impl_int_t *)(var))

/* On x86 and x64 the hardware keeps loads before loads and stores before stores; only the compiler must be held. */
#if defined(_M_ARM64)
#    define AWS_PRIV_FENCE() __dmb(_ARM64_BARRIER_ISH)
#else
#    define AWS_PRIV_FENCE() _ReadWriteBarrier()
#endif

AWS_STATIC_IMPL
void aws_atomic_thread_fence(enum aws_memory_order order) {
    if (order == aws_memory_order_seq_cst) {
#if defined(_M_ARM64)
        AWS_PRIV_FENCE();
#else
        /* Any locked instruction keeps a store before a later load. */
        volatile long scratch = 0;
        _InterlockedOr(&scratch, 0);
#endif
    } else if (order != aws_memory_order_relaxed) {
        AWS_PRIV_FENCE();
    }
}

AWS_STATIC_IMPL
void *aws_atomic_load_ptr_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order) {
    /* The fence in front keeps a sequentially consistent load behind an earlier exchange on ARM64. */
    if (memory_order == aws_memory_order_seq_cst) {
        AWS_PRIV_FENCE();
    }
    void *result = var->value;
    if (memory_order != aws_memory_order_relaxed) {
        AWS_PRIV_FENCE();
    }
    return result;
}

AWS_STATIC_IMPL
size_t aws_atomic_load_int_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order) {
    return (size_t)(uintptr_t)aws_atomic_load_ptr_explicit(var, memory_order);
}

AWS_STATIC_IMPL
void *
aws_atomic_exchange_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order) {

    (void)memory_order;
    return _InterlockedExchangePointer(&var->value, p);
}

AWS_STATIC_IMPL
size_t
aws_atomic_exchange_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order) {

    return (size_t)(uintptr_t)aws_atomic_exchange_ptr_explicit(var, (void *)(uintptr_t)n, memory_order);
}

AWS_STATIC_IMPL
void aws_atomic_store_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order) {
    if (memory_order == aws_memory_order_relaxed) {
        var->value = p;
    } else if (memory_order == aws_memory_order_release) {
        AWS_PRIV_FENCE();
        var->value = p;
    } else {
        (void)_InterlockedExchangePointer(&var->value, p);
    }
}

AWS_STATIC_IMPL
void aws_atomic_store_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order) {
    aws_atomic_store_ptr_explicit(var, (void *)(uintptr_t)n, memory_order);
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_ptr_explicit(
    volatile struct aws_atomic_var *var,
    void **expected,
    void *desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure) {

    (void)order_success;
    (void)order_failure;
    void *found = _InterlockedCompareExchangePointer(&var->value, desired, *expected);
    const bool exchanged = found == *expected;
    *expected = found;
    return exchanged;
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_int_explicit(
    volatile struct aws_atomic_var *var,
    size_t *expected,
    size_t desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure) {

    void *found = (void *)(uintptr_t)*expected;
    const bool exchanged =
        aws_atomic_compare_exchange_ptr_explicit(var, &found, (void *)(uintptr_t)desired, order_success, order_failure);
    *expected = (size_t)(uintptr_t)found;
    return exchanged;
}

#define AWS_PRIV_DEFINE_FETCH(name, op, operand)                                                                       \
    AWS_STATIC_IMPL                                                                                                    \
    size_t aws_atomic_fetch_##name##_explicit(                                                                         \
        volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order) {                                  \
                                                                                                                       \
        (void)order;                                                                                                   \
        return (size_t)AWS_PRIV_INTERLOCKED(op)(AWS_PRIV_INT(var), (aws_atomic_impl_int_t)(operand));                  \
    }

AWS_PRIV_DEFINE_FETCH(add, ExchangeAdd, n)
AWS_PRIV_DEFINE_FETCH(sub, ExchangeAdd, (size_t)0 - n)
AWS_PRIV_DEFINE_FETCH(or, Or, n)
AWS_PRIV_DEFINE_FETCH(and, And, n)
AWS_PRIV_DEFINE_FETCH(xor, Xor, n)

#undef AWS_PRIV_DEFINE_FETCH
#undef AWS_PRIV_FENCE
#undef AWS_PRIV_INT
#undef AWS_PRIV_INTERLOCKED

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ATOMICS_MSVC_INL */
