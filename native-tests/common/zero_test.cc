/* SPDX-License-Identifier: Apache-2.0 */
#include <aws/common/zero.h>

#include <gtest/gtest.h>

#include <string>

TEST(Zero, WipesExactlyTheGivenRange) {
    for (size_t size : {0u, 1u, 7u, 8u, 100u, 5000u}) {
        std::string memory(size + 2, 'x');
        aws_secure_zero(&memory[1], size);
        EXPECT_EQ("x" + std::string(size, '\0') + "x", memory);
    }
    aws_secure_zero(nullptr, 0);
}
