/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TESTING_CHANNEL_H
#define RESEAU_TESTS_TESTING_CHANNEL_H

/* The testing channel for C++ tests. Its header brings the C harness, whose macros bear the names of GoogleTest's:
 * those of GoogleTest are put aside meanwhile. */
#include <gtest/gtest.h>

#pragma push_macro("FAIL")
#pragma push_macro("ASSERT_TRUE")
#pragma push_macro("ASSERT_FALSE")
#undef FAIL
#undef ASSERT_TRUE
#undef ASSERT_FALSE

#include <aws/testing/io_testing_channel.h>

#undef SUCCESS
#pragma pop_macro("FAIL")
#pragma pop_macro("ASSERT_TRUE")
#pragma pop_macro("ASSERT_FALSE")

#endif /* RESEAU_TESTS_TESTING_CHANNEL_H */
