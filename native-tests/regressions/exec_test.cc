/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Descriptors that reach a program which some other thread starts meanwhile keep connections open, files undeletable
 * and ports taken. Everything that the library can hold open is opened here: none of it is there after exec.
 */
#include "support/bootstraps.h"
#include "support/loops.h"
#include "support/scripted_resolver.h"
#include "support/sockets.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/device_random.h>
#include <aws/common/file.h>
#include <aws/common/logging.h>
#include <aws/common/string.h>
#include <aws/io/pipe.h>
#include <aws/io/stream.h>
#include <aws/io/tls_channel_handler.h>

#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace {

using Descriptors = std::map<int, std::string>;

std::string TargetOf(const std::string &link) {
    char target[512];
    ssize_t length = readlink(link.c_str(), target, sizeof(target));
    return length > 0 ? std::string(target, (size_t)length) : std::string();
}

/* Open in this process. */
Descriptors Open() {
    Descriptors open;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        int fd = atoi(entry.path().filename().c_str());
        if (fcntl(fd, F_GETFD) >= 0) {
            open[fd] = TargetOf(entry.path().string());
        }
    }
    return open;
}

/* Of these, those that another program would have, as one that was started says. */
Descriptors OpenAfterExec(const Descriptors &descriptors) {
    int report[2];
    EXPECT_EQ(0, pipe2(report, O_CLOEXEC));
    const pid_t child = fork();
    if (child == 0) {
        dup2(report[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", "for f in /proc/$$/fd/*; do echo \"${f##*/}\"; done", nullptr);
        _exit(127);
    }
    close(report[1]);
    std::string text;
    char part[512];
    for (ssize_t count = 0; (count = read(report[0], part, sizeof(part))) > 0;) {
        text.append(part, (size_t)count);
    }
    close(report[0]);
    int status = 0;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    EXPECT_EQ(0, status);
    Descriptors still_open;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto found = descriptors.find(atoi(line.c_str()));
        if (found != descriptors.end() && found->first > STDERR_FILENO) {
            still_open.insert(*found);
        }
    }
    return still_open;
}

class Exec : public TracedIoTest {
  protected:
    void SetUp() override {
        TracedIoTest::SetUp();
        before_ = Open();
    }

    /* What has been opened since the test began, by descriptor. */
    Descriptors OpenedSince() {
        Descriptors opened = Open();
        for (const auto &descriptor : before_) {
            opened.erase(descriptor.first);
        }
        return opened;
    }

    void ExpectAllAreClosedByExec(size_t minimum) {
        Descriptors opened = OpenedSince();
        EXPECT_GE(opened.size(), minimum);
        for (const auto &descriptor : opened) {
            EXPECT_TRUE(fcntl(descriptor.first, F_GETFD) & FD_CLOEXEC) << descriptor.first << " " << descriptor.second;
        }
        for (const auto &descriptor : OpenAfterExec(opened)) {
            ADD_FAILURE() << "open after exec: " << descriptor.first << " " << descriptor.second;
        }
    }

    Descriptors before_;
};

} // namespace

TEST_F(Exec, closes_loops_pipes_and_sockets) {
    LoopGroup loops(allocator_, 2);
    struct aws_pipe_read_end read_end;
    struct aws_pipe_write_end write_end;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_init(&read_end, loops.loop(0), &write_end, loops.loop(1), allocator_));
    {
        ScriptedResolver resolver(allocator_, {"127.0.0.1"});
        Server server(allocator_, loops.get(), AWS_SOCKET_IPV4);
        Server unix_server(allocator_, loops.get(), AWS_SOCKET_LOCAL);
        ASSERT_TRUE(server.Listen());
        ASSERT_TRUE(unix_server.Listen());
        Client client(allocator_, loops.get(), resolver.get());
        Side side(allocator_), unix_side(allocator_);
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(side, server));
        ASSERT_EQ(AWS_OP_SUCCESS, client.Connect(unix_side, unix_server));
        ASSERT_TRUE(side.AwaitSetUp());
        ASSERT_TRUE(unix_side.AwaitSetUp());
        ASSERT_NE(nullptr, server.AwaitSide());
        ASSERT_NE(nullptr, unix_server.AwaitSide());
        OwnedSocket datagrams(allocator_, SocketOptions(AWS_SOCKET_IPV4, AWS_SOCKET_DGRAM));
        OwnedSocket unix_datagrams(allocator_, SocketOptions(AWS_SOCKET_LOCAL, AWS_SOCKET_DGRAM));

        /* An epoll and an eventfd of each loop, two ends of a pipe, two listeners, four ends of connections, two more.
         */
        ExpectAllAreClosedByExec(4 + 2 + 2 + 4 + 2);
        aws_channel_shutdown(side.channel, AWS_ERROR_SUCCESS);
        aws_channel_shutdown(unix_side.channel, AWS_ERROR_SUCCESS);
        EXPECT_TRUE(side.AwaitShutDown());
        EXPECT_TRUE(unix_side.AwaitShutDown());
    }
    RunOnLoop(loops.loop(0), [&] { aws_pipe_clean_up_read_end(&read_end); });
    RunOnLoop(loops.loop(1), [&] { aws_pipe_clean_up_write_end(&write_end); });
}

TEST_F(Exec, closes_files_and_directories) {
    TemporaryDirectory directory;
    directory.Write("data", "text");
    const std::string data = directory.Path("data");
    const std::string path = directory.Path();

    std::vector<FILE *> files;
    for (const char *mode : {"r", "rb", "r+", "w", "wb", "a+", "rb+", "re", "r,ccs=UTF-8"}) {
        files.push_back(aws_fopen((mode[0] == 'w' ? directory.Path("written") : data).c_str(), mode));
        ASSERT_NE(nullptr, files.back()) << mode;
    }
    struct aws_input_stream *stream = aws_input_stream_new_from_file(allocator_, data.c_str());
    ASSERT_NE(nullptr, stream);
    struct aws_string *directory_name = aws_string_new_from_c_str(allocator_, path.c_str());
    struct aws_directory_iterator *iterator = aws_directory_entry_iterator_new(allocator_, directory_name);
    ASSERT_NE(nullptr, iterator);

    ExpectAllAreClosedByExec(files.size() + 1);
    aws_directory_entry_iterator_destroy(iterator);
    aws_string_destroy(directory_name);
    aws_input_stream_release(stream);
    for (FILE *file : files) {
        fclose(file);
    }
    std::string text;
    std::ifstream(data) >> text;
    EXPECT_EQ("text", text) << "reading and appending modes mean what they did";
}

TEST_F(Exec, closes_files_of_loggers) {
    TemporaryDirectory directory;
    const std::string names[] = {directory.Path("standard"), directory.Path("noalloc")};
    struct aws_logger standard = {}, noalloc = {};
    struct aws_logger_standard_options options = {};
    options.level = AWS_LL_INFO;
    options.filename = names[0].c_str();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&standard, allocator_, &options));
    options.filename = names[1].c_str();
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&noalloc, allocator_, &options));
    ExpectAllAreClosedByExec(2);
    aws_logger_clean_up(&standard);
    aws_logger_clean_up(&noalloc);
}

/* The key log stays open once it has been opened; trust stores and certificates are read at once. */
TEST_F(Exec, closes_what_tls_opens) {
    TemporaryDirectory directory;
    const std::string key_log = directory.Path("keys");
    setenv("SSLKEYLOGFILE", key_log.c_str(), 1);
    struct aws_tls_ctx_options options;
    aws_tls_ctx_options_init_default_client(&options, allocator_);
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator_, &options);
    aws_tls_ctx_options_clean_up(&options);
    unsetenv("SSLKEYLOGFILE");
    uint64_t random = 0;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_device_random_u64(&random));
    ExpectAllAreClosedByExec(0);
    aws_tls_ctx_release(context);
}
