/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ATOMICS_GNU_INL
#define AWS_COMMON_ATOMICS_GNU_INL

/* Atomic operations for gcc and clang. */

#include <aws/common/atomics.h>

AWS_EXTERN_C_BEGIN

/* The orders are numbered as the compiler numbers its own, so that translating costs nothing. */
AWS_STATIC_ASSERT((int)aws_memory_order_relaxed == __ATOMIC_RELAXED);
AWS_STATIC_ASSERT((int)aws_memory_order_acquire == __ATOMIC_ACQUIRE);
AWS_STATIC_ASSERT((int)aws_memory_order_release == __ATOMIC_RELEASE);
AWS_STATIC_ASSERT((int)aws_memory_order_acq_rel == __ATOMIC_ACQ_REL);
AWS_STATIC_ASSERT((int)aws_memory_order_seq_cst == __ATOMIC_SEQ_CST);

/* An integer that may look at storage that was declared as a pointer. */
typedef aws_atomic_impl_int_t __attribute__((may_alias)) aws_atomic_priv_int_t;

#define AWS_PRIV_INT(var) ((volatile aws_atomic_priv_int_t *)(var))
#define AWS_PRIV_CONST_INT(var) ((const volatile aws_atomic_priv_int_t *)(var))

static inline int aws_atomic_priv_xlate_order(enum aws_memory_order order) {
    if (AWS_UNLIKELY(order > aws_memory_order_seq_cst || (int)order == __ATOMIC_CONSUME)) {
        abort(); /* Not an order: there is no weaker choice that would be safe. */
    }
    return (int)order;
}

AWS_STATIC_IMPL
size_t aws_atomic_load_int_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order) {
    return __atomic_load_n(AWS_PRIV_CONST_INT(var), aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
void *aws_atomic_load_ptr_explicit(volatile const struct aws_atomic_var *var, enum aws_memory_order memory_order) {
    return __atomic_load_n(&var->value, aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
void aws_atomic_store_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order) {
    __atomic_store_n(AWS_PRIV_INT(var), n, aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
void aws_atomic_store_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order) {
    __atomic_store_n(&var->value, p, aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
size_t
aws_atomic_exchange_int_explicit(volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order memory_order) {

    return __atomic_exchange_n(AWS_PRIV_INT(var), n, aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
void *
aws_atomic_exchange_ptr_explicit(volatile struct aws_atomic_var *var, void *p, enum aws_memory_order memory_order) {

    return __atomic_exchange_n(&var->value, p, aws_atomic_priv_xlate_order(memory_order));
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_int_explicit(
    volatile struct aws_atomic_var *var,
    size_t *expected,
    size_t desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure) {

    const int success = aws_atomic_priv_xlate_order(order_success);
    const int failure = aws_atomic_priv_xlate_order(order_failure);
    aws_atomic_priv_int_t found = *expected;
    const bool exchanged = __atomic_compare_exchange_n(AWS_PRIV_INT(var), &found, desired, false, success, failure);
    *expected = found;
    return exchanged;
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_ptr_explicit(
    volatile struct aws_atomic_var *var,
    void **expected,
    void *desired,
    enum aws_memory_order order_success,
    enum aws_memory_order order_failure) {

    const int success = aws_atomic_priv_xlate_order(order_success);
    const int failure = aws_atomic_priv_xlate_order(order_failure);
    return __atomic_compare_exchange_n(&var->value, expected, desired, false, success, failure);
}

#define AWS_PRIV_DEFINE_FETCH(op)                                                                                      \
    AWS_STATIC_IMPL                                                                                                    \
    size_t aws_atomic_fetch_##op##_explicit(                                                                           \
        volatile struct aws_atomic_var *var, size_t n, enum aws_memory_order order) {                                  \
                                                                                                                       \
        return __atomic_fetch_##op(AWS_PRIV_INT(var), n, aws_atomic_priv_xlate_order(order));                          \
    }

AWS_PRIV_DEFINE_FETCH(add)
AWS_PRIV_DEFINE_FETCH(sub)
AWS_PRIV_DEFINE_FETCH(or)
AWS_PRIV_DEFINE_FETCH(and)
AWS_PRIV_DEFINE_FETCH(xor)

#undef AWS_PRIV_DEFINE_FETCH
#undef AWS_PRIV_INT
#undef AWS_PRIV_CONST_INT

AWS_STATIC_IMPL
void aws_atomic_thread_fence(enum aws_memory_order order) {
    __atomic_thread_fence(aws_atomic_priv_xlate_order(order));
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ATOMICS_GNU_INL */
