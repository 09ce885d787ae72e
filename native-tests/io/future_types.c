/* SPDX-License-Identifier: Apache-2.0 */
#include "io/future_types.h"

/* Given by the build for C; the C++ test sets it before it includes this file. */
#ifndef FUTURE_TYPES_PREFIX
#    error "define FUTURE_TYPES_PREFIX"
#endif

#define FUTURE_TYPES_IMPLEMENTATIONS(PREFIX)                                                                           \
    AWS_FUTURE_T_BY_VALUE_IMPLEMENTATION(PREFIX##_future_triple, struct triple)                                        \
    AWS_FUTURE_T_BY_VALUE_WITH_CLEAN_UP_IMPLEMENTATION(PREFIX##_future_crate, struct crate, crate_clean_up)            \
    AWS_FUTURE_T_POINTER_IMPLEMENTATION(PREFIX##_future_borrowed, struct parcel)                                       \
    AWS_FUTURE_T_POINTER_WITH_DESTROY_IMPLEMENTATION(PREFIX##_future_destroyed, struct parcel, parcel_destroy)         \
    AWS_FUTURE_T_POINTER_WITH_RELEASE_IMPLEMENTATION(PREFIX##_future_released, struct parcel, parcel_release)

/* So that the prefix is expanded before it is glued to the names. */
#define FUTURE_TYPES_EXPAND(PREFIX) FUTURE_TYPES_IMPLEMENTATIONS(PREFIX)

FUTURE_TYPES_EXPAND(FUTURE_TYPES_PREFIX)
