/* SPDX-License-Identifier: Apache-2.0 */
/* The library as a module: it stays, it ends with the process, and its variables are seen from outside. */
#include "support/portable.h"
#include "support/synchronisation.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/command_line_parser.h>
#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/event_loop.h>

#include <string>

/* Threads of the runtime live in it, so it must not go. */
TEST(LibraryTest, CannotBeUnloaded) {
    TemporaryDirectory directory;
    char original[MAX_PATH];
    ASSERT_NE(0u, GetModuleFileNameA(GetModuleHandleA("reseau.dll"), original, sizeof(original)));
    const std::string copy = directory.Path("reseau-copy.dll");
    ASSERT_TRUE(CopyFileA(original, copy.c_str(), TRUE));

    HMODULE module = LoadLibraryA(copy.c_str());
    ASSERT_NE(nullptr, module);
    using Function = struct aws_allocator *(*)();
    auto default_allocator = (Function)(void *)GetProcAddress(module, "aws_default_allocator");
    ASSERT_NE(nullptr, default_allocator);
    EXPECT_NE(nullptr, default_allocator());
    for (int i = 0; i < 3; ++i) {
        FreeLibrary(module);
    }
    EXPECT_EQ(module, GetModuleHandleA("reseau-copy.dll"));
    EXPECT_NE(nullptr, default_allocator());
}

TEST(LibraryTest, ItsVariablesAreTheProgramsToo) {
    EXPECT_EQ(16u * 1024, g_aws_channel_max_fragment_size);
    EXPECT_EQ(1, aws_cli_optind);
    const struct aws_cli_option options[] = {{"all", AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 'a'}, {}};
    char program[] = "program", option[] = "-a", argument[] = "word";
    char *arguments[] = {program, option, argument};
    EXPECT_EQ('a', aws_cli_getopt_long(2, arguments, "a", options, nullptr));
    EXPECT_EQ(2, aws_cli_optind);
    aws_cli_reset_state();
}

static void LeaveWithAllAlive() {
    struct aws_allocator *allocator = aws_default_allocator();
    aws_io_library_init(allocator);
    struct aws_event_loop_group_options group_options = {};
    group_options.loop_count = 2;
    if (aws_event_loop_group_new(allocator, &group_options) == nullptr) {
        exit(1);
    }
    static Signal running;
    struct aws_thread_options options = *aws_default_thread_options();
    options.join_strategy = AWS_TJS_MANAGED;
    struct aws_thread thread;
    aws_thread_init(&thread, allocator);
    auto sleep = [](void *) {
        running.Raise();
        aws_thread_current_sleep(UINT64_MAX);
    };
    if (aws_thread_launch(&thread, sleep, nullptr, &options) != AWS_OP_SUCCESS || !running.Wait()) {
        exit(2);
    }
    exit(7);
}

TEST(LibraryDeathTest, TheExitStatusIsThePrograms) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(LeaveWithAllAlive(), ::testing::ExitedWithCode(7), "");
}
