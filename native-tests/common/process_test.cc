/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/process.h>
#include <aws/common/string.h>

#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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
        EXPECT_EQ(nullptr, result.std_err);
        aws_run_command_result_cleanup(&result);
        return output;
    }
};

TEST_F(ProcessTest, TakesTheOutputOfACommand) {
    int status = -1;
    EXPECT_EQ("hello, world", Run("echo '  hello, world  '", &status));
    EXPECT_EQ(0, status);
    EXPECT_EQ("one\ntwo", Run("printf '\\n one\\ntwo\\t\\n\\n'", &status));
    EXPECT_EQ(std::string("a\0b", 3), Run("printf 'a\\000b'", &status)) << "also a zero byte";
    EXPECT_EQ("(none)", Run("true", &status));
    EXPECT_EQ("(none)", Run("printf ' \\n\\t'", &status));
}

TEST_F(ProcessTest, TakesMuchOutput) {
    int status = -1;
    std::string output = Run("head -c 1000000 /dev/zero | tr '\\000' x", &status);
    EXPECT_EQ(std::string(1000000, 'x'), output);
}

TEST_F(ProcessTest, ReportsTheExitStatus) {
    int status = -1;
    EXPECT_EQ("out", Run("echo out; exit 3", &status));
    EXPECT_EQ(3, WEXITSTATUS(status));
    Run("command-that-does-not-exist 2>/dev/null", &status);
    EXPECT_EQ(127, WEXITSTATUS(status));
}

TEST_F(ProcessTest, LeavesNoFileOpen) {
    int status = -1;
    int before = dup(0);
    close(before);
    for (int i = 0; i < 10; ++i) {
        Run("true", &status);
    }
    int after = dup(0);
    close(after);
    EXPECT_EQ(before, after);
}

TEST_F(ProcessTest, RefusesWhatItCannotUse) {
    struct aws_run_command_options options = {nullptr};
    struct aws_run_command_result result;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command_result_init(allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command_result_init(nullptr, &result));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_run_command_result_init(allocator_, &result));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command(allocator_, &options, &result));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command(allocator_, nullptr, &result));
    options.command = "true";
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command(nullptr, &options, &result));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_run_command(allocator_, &options, nullptr));
    aws_run_command_result_cleanup(&result);
    aws_run_command_result_cleanup(&result);
    aws_run_command_result_cleanup(nullptr);
}

TEST_F(ProcessTest, ReturnsItsOwnId) {
    EXPECT_EQ((int)getpid(), aws_get_pid());
}

TEST_F(ProcessTest, ReadsAndSetsTheLimitOfOpenFiles) {
    struct rlimit limit;
    ASSERT_EQ(0, getrlimit(RLIMIT_NOFILE, &limit));
    EXPECT_EQ((size_t)limit.rlim_cur, aws_get_soft_limit_io_handles());
    EXPECT_EQ((size_t)limit.rlim_max, aws_get_hard_limit_io_handles());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_set_soft_limit_io_handles((size_t)limit.rlim_cur - 1));
    EXPECT_EQ((size_t)limit.rlim_cur - 1, aws_get_soft_limit_io_handles());
    EXPECT_EQ((size_t)limit.rlim_max, aws_get_hard_limit_io_handles());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_set_soft_limit_io_handles((size_t)limit.rlim_cur));
    if (limit.rlim_max != RLIM_INFINITY) {
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_set_soft_limit_io_handles((size_t)limit.rlim_max + 1));
    }
}
