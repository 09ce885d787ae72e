/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/assert.h>
#include <aws/common/logging.h>

namespace {

TEST(CommonLibrary, NamesAreThereFromTheFirstStartToTheLastEnd) {
    EXPECT_STREQ("Unknown Error Code", aws_error_name(AWS_ERROR_OOM));
    aws_common_library_init(aws_default_allocator());
    aws_common_library_init(aws_default_allocator());
    EXPECT_STREQ("AWS_ERROR_OOM", aws_error_name(AWS_ERROR_OOM));
    EXPECT_STREQ("task-scheduler", aws_log_subject_name(AWS_LS_COMMON_TASK_SCHEDULER));
    EXPECT_STREQ("cbor", aws_log_subject_name(AWS_LS_COMMON_CBOR));
    aws_common_fatal_assert_library_initialized();

    aws_common_library_clean_up();
    EXPECT_STREQ("AWS_ERROR_OOM", aws_error_name(AWS_ERROR_OOM));
    aws_common_library_clean_up();
    EXPECT_STREQ("Unknown Error Code", aws_error_name(AWS_ERROR_OOM));

    aws_common_library_clean_up();
    aws_common_library_init(aws_default_allocator());
    EXPECT_STREQ("AWS_ERROR_OOM", aws_error_name(AWS_ERROR_OOM)) << "an end too many counts for nothing";
    aws_common_library_clean_up();
}

TEST(CommonLibraryDeathTest, AssertsStopTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(aws_common_fatal_assert_library_initialized(), "aws_common_library_init");
    EXPECT_DEATH(aws_fatal_assert("x > 0", "somewhere.c", 42), "x > 0.*somewhere.c:42");
    EXPECT_DEATH(AWS_FATAL_ASSERT(1 == 2), "1 == 2");
}

} // namespace
