/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FUTURE_TYPES_H
#define RESEAU_TESTS_FUTURE_TYPES_H

/*
 * One future type of a program's own for each kind. future_types.c implements them; it is compiled as C99 and as C11,
 * and the test includes it as C++. PREFIX keeps the three apart.
 */

#include <aws/common/allocator.h>
#include <aws/io/future.h>

/* Something that a future may own. It counts how often it was ended. */
struct parcel {
    struct aws_allocator *alloc;
    int *ended;
};

/* A value that owns a parcel. */
struct crate {
    struct parcel *content;
    int weight;
};

/* A plain value whose size is no power of two. */
struct triple {
    char first[11];
    short second;
    long double third;
};

#define FUTURE_TYPES_DECLARATIONS(PREFIX)                                                                              \
    AWS_FUTURE_T_BY_VALUE_DECLARATION(PREFIX##_future_triple, struct triple, )                                         \
    AWS_FUTURE_T_BY_VALUE_WITH_CLEAN_UP_DECLARATION(PREFIX##_future_crate, struct crate, )                             \
    AWS_FUTURE_T_POINTER_DECLARATION(PREFIX##_future_borrowed, struct parcel, )                                        \
    AWS_FUTURE_T_POINTER_WITH_DESTROY_DECLARATION(PREFIX##_future_destroyed, struct parcel, )                          \
    AWS_FUTURE_T_POINTER_WITH_RELEASE_DECLARATION(PREFIX##_future_released, struct parcel, )

AWS_EXTERN_C_BEGIN

struct parcel *parcel_new(struct aws_allocator *alloc, int *ended);
void parcel_destroy(struct parcel *parcel);
struct parcel *parcel_release(struct parcel *parcel);
void crate_clean_up(struct crate *crate);

FUTURE_TYPES_DECLARATIONS(c99)
FUTURE_TYPES_DECLARATIONS(c11)
FUTURE_TYPES_DECLARATIONS(cpp)

AWS_EXTERN_C_END

#endif /* RESEAU_TESTS_FUTURE_TYPES_H */
