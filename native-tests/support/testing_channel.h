/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TESTING_CHANNEL_H
#define RESEAU_TESTS_TESTING_CHANNEL_H

/* The testing channel for C++ tests. Its header brings the C harness, whose macros bear the names of GoogleTest's; they
 * go before GoogleTest comes. Include this first. */
#if defined(GTEST_INCLUDE_GTEST_GTEST_H_) || defined(GOOGLETEST_INCLUDE_GTEST_GTEST_H_)
#    error "include support/testing_channel.h before gtest/gtest.h"
#endif

#include <aws/testing/io_testing_channel.h>

#undef FAIL
#undef SUCCESS
#undef ASSERT_TRUE
#undef ASSERT_FALSE

#endif /* RESEAU_TESTS_TESTING_CHANNEL_H */
