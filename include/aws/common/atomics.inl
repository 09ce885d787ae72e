/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ATOMICS_INL
#define AWS_COMMON_ATOMICS_INL

#include <aws/common/atomics.h>

/* The compiler's part: all functions that take an order. */
#if defined(__GNUC__) || defined(__clang__)
#    include <aws/common/atomics_gnu.inl>
#elif defined(_MSC_VER)
#    include <aws/common/atomics_msvc.inl>
#else
#    error "no atomic operations are known for this compiler"
#endif

/** Says that aws_atomic_thread_fence() is there; it always is. */
#define AWS_ATOMICS_HAVE_THREAD_FENCE

AWS_EXTERN_C_BEGIN

AWS_STATIC_IMPL
void aws_atomic_init_int(volatile struct aws_atomic_var *var, size_t n) {
    var->value = (void *)(uintptr_t)n;
}

AWS_STATIC_IMPL
void aws_atomic_init_ptr(volatile struct aws_atomic_var *var, void *p) {
    var->value = p;
}

AWS_STATIC_IMPL
size_t aws_atomic_load_int(volatile const struct aws_atomic_var *var) {
    return aws_atomic_load_int_explicit(var, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
void *aws_atomic_load_ptr(volatile const struct aws_atomic_var *var) {
    return aws_atomic_load_ptr_explicit(var, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
void aws_atomic_store_int(volatile struct aws_atomic_var *var, size_t n) {
    aws_atomic_store_int_explicit(var, n, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
void aws_atomic_store_ptr(volatile struct aws_atomic_var *var, void *p) {
    aws_atomic_store_ptr_explicit(var, p, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
size_t aws_atomic_exchange_int(volatile struct aws_atomic_var *var, size_t n) {
    return aws_atomic_exchange_int_explicit(var, n, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
void *aws_atomic_exchange_ptr(volatile struct aws_atomic_var *var, void *p) {
    return aws_atomic_exchange_ptr_explicit(var, p, aws_memory_order_seq_cst);
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_int(volatile struct aws_atomic_var *var, size_t *expected, size_t desired) {
    const enum aws_memory_order order = aws_memory_order_seq_cst;
    return aws_atomic_compare_exchange_int_explicit(var, expected, desired, order, order);
}

AWS_STATIC_IMPL
bool aws_atomic_compare_exchange_ptr(volatile struct aws_atomic_var *var, void **expected, void *desired) {
    const enum aws_memory_order order = aws_memory_order_seq_cst;
    return aws_atomic_compare_exchange_ptr_explicit(var, expected, desired, order, order);
}

#define AWS_PRIV_DEFINE_FETCH(op)                                                                                      \
    AWS_STATIC_IMPL                                                                                                    \
    size_t aws_atomic_fetch_##op(volatile struct aws_atomic_var *var, size_t n) {                                      \
        return aws_atomic_fetch_##op##_explicit(var, n, aws_memory_order_seq_cst);                                     \
    }

AWS_PRIV_DEFINE_FETCH(add)
AWS_PRIV_DEFINE_FETCH(sub)
AWS_PRIV_DEFINE_FETCH(or)
AWS_PRIV_DEFINE_FETCH(and)
AWS_PRIV_DEFINE_FETCH(xor)

#undef AWS_PRIV_DEFINE_FETCH

AWS_EXTERN_C_END

#endif /* AWS_COMMON_ATOMICS_INL */
