/* SPDX-License-Identifier: Apache-2.0 */
/* RESEAU_USOCKET_POSIX_NAMES, in posix_names.c. */
#include <gtest/gtest.h>

extern "C" int posix_names_exchange(void);

TEST(UserNames, mean_the_functions_of_posix) {
    EXPECT_EQ(0, posix_names_exchange()) << "a line of posix_names.c";
}
