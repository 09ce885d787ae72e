/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/command_line_parser.h>

#include <string>
#include <vector>

namespace {

const struct aws_cli_option s_options[] = {
    {"apple", AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 'a'},
    {"beans", AWS_CLI_OPTIONS_REQUIRED_ARGUMENT, nullptr, 'b'},
    {nullptr, AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 'c'},
    {"date", AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 0},
    {nullptr, AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 0},
};

class CommandLine : public TracedTest {
  protected:
    void SetUp() override {
        TracedTest::SetUp();
        aws_cli_reset_state();
    }

    void Arguments(std::vector<std::string> arguments) {
        arguments_ = std::move(arguments);
        arguments_.insert(arguments_.begin(), "program");
        argv_.clear();
        for (std::string &argument : arguments_) {
            argv_.push_back(&argument[0]);
        }
        argv_.push_back(nullptr);
    }

    int Next(const char *letters = "ab:c") {
        index_ = -1;
        return aws_cli_getopt_long((int)arguments_.size(), argv_.data(), letters, s_options, &index_);
    }

    std::vector<std::string> arguments_;
    std::vector<char *> argv_;
    int index_ = -1;
};

TEST_F(CommandLine, short_argument_parse) {
    Arguments({"-a", "-b", "pinto", "-c"});
    EXPECT_EQ('a', Next());
    EXPECT_EQ(0, index_);
    EXPECT_EQ(nullptr, aws_cli_optarg);
    EXPECT_EQ(2, aws_cli_optind);
    EXPECT_EQ('b', Next());
    EXPECT_EQ(1, index_);
    EXPECT_STREQ("pinto", aws_cli_optarg);
    EXPECT_EQ(4, aws_cli_optind);
    EXPECT_EQ('c', Next());
    EXPECT_EQ(nullptr, aws_cli_optarg);
    EXPECT_EQ(2, index_);
    EXPECT_EQ(-1, Next());
}

TEST_F(CommandLine, long_argument_parse) {
    Arguments({"--beans", "pinto", "--apple"});
    EXPECT_EQ('b', Next());
    EXPECT_STREQ("pinto", aws_cli_optarg);
    EXPECT_EQ('a', Next());
    EXPECT_EQ(nullptr, aws_cli_optarg);
    EXPECT_EQ(-1, Next());
}

TEST_F(CommandLine, unqualified_argument_parse) {
    Arguments({"-a", "first", "--beans", "pinto", "second"});
    EXPECT_EQ('a', Next());
    EXPECT_EQ(nullptr, aws_cli_positional_arg);
    EXPECT_EQ(2, Next());
    EXPECT_STREQ("first", aws_cli_positional_arg);
    EXPECT_EQ('b', Next());
    EXPECT_EQ(nullptr, aws_cli_positional_arg);
    EXPECT_EQ(2, Next());
    EXPECT_STREQ("second", aws_cli_positional_arg);
    EXPECT_EQ(-1, Next());
}

TEST_F(CommandLine, unknown_argument_parse) {
    Arguments({"-x", "its", "--why", "-a", "thing", "--beans"});
    EXPECT_EQ('?', Next());
    EXPECT_EQ('?', Next()); /* it may belong to the unknown one */
    EXPECT_EQ(nullptr, aws_cli_positional_arg);
    EXPECT_EQ('?', Next());
    EXPECT_EQ('a', Next());
    EXPECT_EQ(2, Next());
    EXPECT_EQ('?', Next()); /* lacks its argument */
    EXPECT_EQ(-1, Next());
}

TEST_F(CommandLine, an_option_must_be_in_both_lists) {
    Arguments({"-a", "-b", "-c"});
    EXPECT_EQ('?', Next("b"));
    EXPECT_EQ('b', Next("b"));
    EXPECT_EQ('?', Next("b"));
    EXPECT_EQ(-1, Next("b"));
}

TEST_F(CommandLine, an_option_may_have_a_name_only) {
    Arguments({"--date"});
    EXPECT_EQ(0, Next());
    EXPECT_EQ(3, index_);
}

TEST_F(CommandLine, a_single_hyphen_is_an_unknown_option) {
    Arguments({"-", "--"});
    EXPECT_EQ('?', Next());
    EXPECT_EQ('?', Next());
    EXPECT_EQ(-1, Next());
}

TEST_F(CommandLine, it_can_be_used_again) {
    for (int i = 0; i < 2; i++) {
        Arguments({"one"});
        EXPECT_EQ(2, Next());
        EXPECT_EQ(-1, Next());
        aws_cli_reset_state();
        EXPECT_EQ(1, aws_cli_optind);
        EXPECT_EQ(nullptr, aws_cli_positional_arg);
    }
}

TEST_F(CommandLine, nothing_has_no_options) {
    Arguments({"-a"});
    EXPECT_EQ(-1, aws_cli_getopt_long(2, nullptr, "a", s_options, nullptr));
    EXPECT_EQ(-1, aws_cli_getopt_long(2, argv_.data(), nullptr, s_options, nullptr));
    EXPECT_EQ(-1, aws_cli_getopt_long(2, argv_.data(), "a", nullptr, nullptr));
    aws_cli_optind = -1;
    EXPECT_EQ(-1, Next());
    aws_cli_optind = 1;
    EXPECT_EQ('a', aws_cli_getopt_long(2, argv_.data(), "a", s_options, nullptr));
}

struct Call {
    int argc;
    std::string first;
    std::string name;
};

int Command(int argc, char *const argv[], const char *command_name, void *user_data) {
    *static_cast<Call *>(user_data) = {argc, argv[0], command_name};
    return 7;
}

TEST_F(CommandLine, test_command_dispatch) {
    struct aws_cli_subcommand_dispatch table[] = {{nullptr, "other"}, {Command, "command"}};
    Call call = {};
    Arguments({"COMMAND", "-a"});
    EXPECT_EQ(7, aws_cli_dispatch_on_subcommand(3, argv_.data(), table, 2, &call));
    EXPECT_EQ(2, call.argc);
    EXPECT_EQ("COMMAND", call.first);
    EXPECT_EQ("COMMAND", call.name);

    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cli_dispatch_on_subcommand(1, argv_.data(), table, 2, &call));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_cli_dispatch_on_subcommand(3, nullptr, table, 2, &call));
    EXPECT_RAISES(AWS_ERROR_UNIMPLEMENTED, aws_cli_dispatch_on_subcommand(3, argv_.data(), table, 1, &call));
    EXPECT_RAISES(AWS_ERROR_UNIMPLEMENTED, aws_cli_dispatch_on_subcommand(3, argv_.data(), nullptr, 0, &call));
}

} // namespace
