/* SPDX-License-Identifier: Apache-2.0 */
/* <aws/common/process.h>, with commands of Windows's shell. */
#include "support/portable.h"
#include "support/traced_test.h"

#include <aws/common/process.h>
#include <aws/common/string.h>

#include <string>

class ProcessTest : public TracedTest {
  protected:
    /* Runs a command; "(none)" stands for no output. */
    std::string Run(const char *command, int *status) {
        struct aws_run_command_options options = {command};
        struct aws_run_command_result result;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_run_command_result_init(allocator_, &result));
        EXPECT_EQ(AWS_OP_SUCCESS, aws_run_command(allocator_, &options, &result));
        *status = result.ret_code;
        std::string output =
            result.std_out == nullptr ? "(none)" : std::string(aws_string_c_str(result.std_out), result.std_out->len);
        aws_run_command_result_cleanup(&result);
        return output;
    }
};

TEST_F(ProcessTest, TakesTheOutputOfACommand) {
    int status = -1;
    EXPECT_EQ("hello, world", Run("echo   hello, world", &status));
    EXPECT_EQ(0, status);
    EXPECT_EQ("one\ntwo", Run("echo one& echo two", &status));
    EXPECT_EQ("(none)", Run("rem", &status));
}

TEST_F(ProcessTest, ReportsTheExitStatus) {
    int status = -1;
    Run("exit 3", &status);
    EXPECT_EQ(3, status);
    Run("command-that-does-not-exist 2>nul", &status);
    EXPECT_NE(0, status);
}

TEST_F(ProcessTest, RefusesWhatItCannotUse) {
    struct aws_run_command_options options = {nullptr};
    struct aws_run_command_result result;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command_result_init(allocator_, nullptr));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_run_command_result_init(allocator_, &result));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command(allocator_, &options, &result));
    aws_run_command_result_cleanup(&result);
}

TEST_F(ProcessTest, ReturnsItsOwnId) {
    EXPECT_EQ((int)GetCurrentProcessId(), aws_get_pid());
}

/* The bound is the system's, and nobody changes it. */
TEST_F(ProcessTest, TheLimitOfHandlesStands) {
    size_t limit = aws_get_hard_limit_io_handles();
    EXPECT_EQ(limit, aws_get_soft_limit_io_handles());
    EXPECT_EQ(AWS_OP_SUCCESS, aws_set_soft_limit_io_handles(limit));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_set_soft_limit_io_handles(limit - 1));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_set_soft_limit_io_handles(limit + 1));
}
