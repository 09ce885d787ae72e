/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/traced_test.h"

#include <aws/common/environment.h>
#include <aws/common/string.h>

#include <cstdlib>

class EnvironmentTest : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        name_ = aws_string_new_from_c_str(allocator_, "RESEAU_TEST_VARIABLE");
        value_ = aws_string_new_from_c_str(allocator_, "the value");
        empty_ = aws_string_new_from_c_str(allocator_, "");
        unsetenv(aws_string_c_str(name_));
    }

    void TearDown() override {
        unsetenv(aws_string_c_str(name_));
        aws_string_destroy(name_);
        aws_string_destroy(value_);
        aws_string_destroy(empty_);
        TracedTest::TearDown();
    }

    struct aws_string *name_ = nullptr;
    struct aws_string *value_ = nullptr;
    struct aws_string *empty_ = nullptr;
};

TEST_F(EnvironmentTest, SetsGetsAndUnsets) {
    struct aws_string *found = value_;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_get_environment_value(allocator_, name_, &found));
    EXPECT_EQ(nullptr, found) << "not set is no failure";
    EXPECT_EQ(nullptr, aws_get_env(allocator_, aws_string_c_str(name_)));

    ASSERT_EQ(AWS_OP_SUCCESS, aws_set_environment_value(name_, value_));
    EXPECT_STREQ("the value", getenv(aws_string_c_str(name_)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_get_environment_value(allocator_, name_, &found));
    EXPECT_TRUE(aws_string_eq(value_, found));
    aws_string_destroy(found);
    found = aws_get_env_nonempty(allocator_, aws_string_c_str(name_));
    EXPECT_TRUE(aws_string_eq(value_, found));
    aws_string_destroy(found);

    ASSERT_EQ(AWS_OP_SUCCESS, aws_unset_environment_value(name_));
    EXPECT_EQ(nullptr, getenv(aws_string_c_str(name_)));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_unset_environment_value(name_)) << "not set is no failure";
}

TEST_F(EnvironmentTest, DistinguishesEmptyFromNotSet) {
    ASSERT_EQ(AWS_OP_SUCCESS, aws_set_environment_value(name_, empty_));
    struct aws_string *found = aws_get_env(allocator_, aws_string_c_str(name_));
    ASSERT_NE(nullptr, found);
    EXPECT_EQ(0u, found->len);
    aws_string_destroy(found);
    EXPECT_EQ(nullptr, aws_get_env_nonempty(allocator_, aws_string_c_str(name_)));
}

TEST_F(EnvironmentTest, RefusesNamesThatCannotBe) {
    struct aws_string *equals = aws_string_new_from_c_str(allocator_, "A=B");
    EXPECT_RAISES(AWS_ERROR_ENVIRONMENT_SET, aws_set_environment_value(equals, value_));
    EXPECT_RAISES(AWS_ERROR_ENVIRONMENT_SET, aws_set_environment_value(empty_, value_));
    EXPECT_RAISES(AWS_ERROR_ENVIRONMENT_UNSET, aws_unset_environment_value(equals));
    aws_string_destroy(equals);
}

TEST_F(EnvironmentTest, NullIsRefused) {
    struct aws_string *found = value_;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_get_environment_value(allocator_, nullptr, &found));
    EXPECT_EQ(nullptr, found);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_get_environment_value(allocator_, name_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_set_environment_value(nullptr, value_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_set_environment_value(name_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_unset_environment_value(nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_get_env(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_get_env_nonempty(nullptr, "X"));
}
