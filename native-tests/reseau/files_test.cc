/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/synchronisation.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

struct File {
    explicit File(const std::string &content) : path(directory.Path("file")) {
        int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
        EXPECT_EQ((ssize_t)content.size(), write(file, content.data(), content.size()));
        close(file);
    }
    ~File() {
        unlink(path.c_str());
    }
    TemporaryDirectory directory;
    std::string path;
};

} // namespace

TEST(ReseauFiles, AreSentInOrderWithOtherWrites) {
    std::string content = Pattern(3000000);
    File file(content);
    Pair pair;
    std::thread sender([&] {
        EXPECT_EQ(6, Write(pair.client, "before"));
        EXPECT_EQ((int64_t)content.size(), reseau_send_file(pair.client, file.path.c_str(), 0, -1));
        EXPECT_EQ(7, Write(pair.client, "between"));
        EXPECT_EQ(1000, reseau_send_file(pair.client, file.path.c_str(), 500, 1000));
        EXPECT_EQ(5, Write(pair.client, "after"));
        EXPECT_EQ(0, reseau_flush(pair.client));
        EXPECT_EQ(0, reseau_end(pair.client));
    });
    std::string all = ReadAll(pair.server);
    sender.join();
    EXPECT_TRUE(all == "before" + content + "between" + content.substr(500, 1000) + "after");
}

TEST(ReseauFiles, OneDescriptorToManyConnectionsAtOnce) {
    std::string content = Pattern(1000000);
    File file(content);
    int descriptor = open(file.path.c_str(), O_RDONLY);
    std::vector<std::unique_ptr<Pair>> pairs;
    for (int i = 0; i < 10; ++i) {
        pairs.emplace_back(new Pair());
        EXPECT_EQ(
            (int64_t)content.size(), reseau_send_descriptor(pairs.back()->client, descriptor, 0, -1, i == 9 ? 1 : 0));
    }
    EXPECT_EQ(-1, fcntl(descriptor, F_GETFD)) << "the last one has closed it";
    for (auto &pair : pairs) {
        EXPECT_TRUE(content == ReadExactly(pair->server, content.size()));
    }
}

TEST(ReseauFiles, WhatCannotBeSent) {
    File file("content");
    Pair pair;
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_send_file(pair.client, "/no/such/file", 0, -1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, "/", 0, -1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, nullptr, 0, -1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, file.path.c_str(), 8, -1));
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_send_file(pair.client, file.path.c_str(), 0, 8));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_descriptor(pair.client, -1, 0, -1, 0));
    EXPECT_EQ(0, reseau_send_file(pair.client, file.path.c_str(), 7, -1)) << "nothing is left there";
    EXPECT_EQ(7, reseau_send_file(pair.client, file.path.c_str(), 0, -1)) << "the connection goes on";
    EXPECT_EQ("content", ReadExactly(pair.server, 7));
}

TEST(ReseauFiles, OneThatEndsEarlyEndsTheConnection) {
    File file(std::string(50000000, 'f'));
    Recorder recorder;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    ASSERT_GT(client, 0);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_EQ(50000000, reseau_send_file(client, file.path.c_str(), 0, -1));
    ASSERT_EQ(0, truncate(file.path.c_str(), 1000));
    void *data = nullptr;
    int64_t length = reseau_read_all(server, &data, 100000000);
    reseau_free(data);
    EXPECT_LT(length, 50000000);
    ASSERT_TRUE(recorder.AwaitClosed());
    EXPECT_EQ(RESEAU_ERROR_FILE, recorder.Infos()[0].error);
    EXPECT_GT(recorder.Infos()[0].bytes_unsent, 0u);
    reseau_close(server);
    reseau_close(listener);
}

TEST(ReseauFiles, LengthsAndOffsetsAtTheirBounds) {
    File file("0123456789");
    Pair pair;
    const char *path = file.path.c_str();
    EXPECT_EQ(0, reseau_send_file(pair.client, path, 0, 0));
    EXPECT_EQ(0, reseau_send_file(pair.client, path, 10, -1));
    EXPECT_EQ(0, reseau_send_file(pair.client, path, 10, 0));
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_send_file(pair.client, path, 10, 1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, path, 11, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, path, UINT64_MAX, -1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, path, 0, -2));
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_send_file(pair.client, path, 0, INT64_MAX));
    EXPECT_EQ(0, reseau_flush(pair.client)) << "none of them is queued";
    EXPECT_EQ(1, reseau_send_file(pair.client, path, 9, -1));
    EXPECT_EQ("9", ReadExactly(pair.server, 1));
    int descriptor = open(path, O_RDONLY);
    EXPECT_EQ(0, reseau_send_descriptor(pair.client, descriptor, 10, -1, 1));
    EXPECT_EQ(-1, fcntl(descriptor, F_GETFD)) << "closed also where there is nothing to send";
}

TEST(ReseauFiles, WhatGrowsMeanwhileIsNotSent) {
    File file(std::string(20000000, 'a'));
    Pair pair;
    ASSERT_EQ(20000000, reseau_send_file(pair.client, file.path.c_str(), 0, -1));
    int more = open(file.path.c_str(), O_WRONLY | O_APPEND);
    ASSERT_EQ(5, write(more, "bbbbb", 5));
    close(more);
    ASSERT_EQ(0, reseau_end(pair.client));
    EXPECT_TRUE(std::string(20000000, 'a') == ReadAll(pair.server));
}

TEST(ReseauFiles, APipeIsRefusedWithoutWaiting) {
    TemporaryDirectory directory;
    Pair pair;
    ASSERT_EQ(0, mkfifo(directory.Path("pipe").c_str(), 0600));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_send_file(pair.client, directory.Path("pipe").c_str(), 0, -1));
}

static std::atomic<int> broken_pipes{0};

TEST(ReseauFiles, APeerThatIsGoneRaisesNoSignal) {
    struct sigaction action = {}, before;
    action.sa_handler = [](int) { ++broken_pipes; };
    ASSERT_EQ(0, sigaction(SIGPIPE, &action, &before));
    File file(std::string(30000000, 'f'));
    for (int i = 0; i < 20; ++i) {
        int ends[2];
        ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        Recorder recorder;
        reseau_id connection = reseau_adopt(ends[0], 0, &recorder.options);
        ASSERT_GT(connection, 0);
        ASSERT_EQ(30000000, reseau_send_file(connection, file.path.c_str(), 0, -1));
        close(ends[1]);
        ASSERT_TRUE(recorder.AwaitClosed());
    }
    EXPECT_EQ(0, broken_pipes);
    sigaction(SIGPIPE, &before, nullptr);
}

/* What others send to the process comes to the thread that sends a file, which holds such signals back for a moment. */
TEST(ReseauFiles, ASignalOfOthersIsNotLost) {
    struct sigaction action = {}, before;
    action.sa_handler = [](int) { ++broken_pipes; };
    ASSERT_EQ(0, sigaction(SIGPIPE, &action, &before));
    broken_pipes = 0;
    File file(std::string(4 << 20, 'f'));
    reseau_id loop = reseau_loop_new();
    std::thread runner([&] { reseau_loop_run(loop, RESEAU_FOREVER); });
    sigset_t held, unheld;
    sigemptyset(&held);
    sigaddset(&held, SIGPIPE);
    ASSERT_EQ(0, pthread_sigmask(SIG_BLOCK, &held, &unheld));
    int ends[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    struct reseau_options options = reseau_options_default();
    options.loop = loop;
    options.on_close = [](reseau_id, const struct reseau_close_info *, void *) {};
    reseau_id connection = reseau_adopt(ends[0], 0, &options);
    std::thread reader([&] {
        static char nowhere[1 << 16];
        while (read(ends[1], nowhere, sizeof(nowhere)) > 0) {
        }
    });
    std::atomic<bool> runs{true};
    std::thread sender([&] {
        while (runs && reseau_send_file(connection, file.path.c_str(), 0, -1) > 0) {
            reseau_flush(connection);
        }
    });
    for (int i = 1; i <= 500 && !HasFailure(); ++i) {
        ASSERT_EQ(0, kill(getpid(), SIGPIPE));
        const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10 * TimeoutScale());
        while (broken_pipes < i && std::chrono::steady_clock::now() < limit) {
            std::this_thread::yield();
        }
        EXPECT_EQ(i, broken_pipes);
    }
    runs = false;
    sender.join();
    EXPECT_EQ(0, reseau_close(connection));
    EXPECT_EQ(0, reseau_wait_closed(connection, 60000));
    reader.join();
    close(ends[1]);
    EXPECT_EQ(0, reseau_loop_stop(loop));
    runner.join();
    EXPECT_EQ(0, reseau_close(loop));
    pthread_sigmask(SIG_SETMASK, &unheld, nullptr);
    sigaction(SIGPIPE, &before, nullptr);
}

/* A peer that takes everything at once must not have the loop for itself. */
TEST(ReseauFiles, OthersOnTheLoopHaveTheirTurn) {
    File file(std::string(64 << 20, 'f'));
    reseau_id loop = reseau_loop_new();
    std::thread runner([&] { reseau_loop_run(loop, RESEAU_FOREVER); });
    struct reseau_options options = reseau_options_default();
    options.loop = loop;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &options);
    reseau_id server = reseau_accept(listener, 60000);
    std::thread reader([&] {
        std::vector<char> buffer(1 << 20);
        while (reseau_read(server, buffer.data(), buffer.size()) > 0) {
        }
    });
    for (int i = 0; i < 20; ++i) {
        ASSERT_EQ(64 << 20, reseau_send_file(client, file.path.c_str(), 0, -1));
    }
    int64_t pending;
    int turns = 0;
    while ((pending = reseau_pending(client)) > 0) {
        Signal turn;
        ASSERT_EQ(
            0,
            reseau_post(
                loop, [](void *state, int) { static_cast<Signal *>(state)->Raise(); }, &turn));
        ASSERT_TRUE(turn.Wait());
        ++turns;
    }
    EXPECT_GT(turns, 20) << "more than once for each file";
    for (reseau_id id : {client, server, listener}) {
        reseau_abort(id);
        EXPECT_EQ(0, reseau_wait_closed(id, 60000));
    }
    reader.join();
    reseau_loop_stop(loop);
    runner.join();
    reseau_close(loop);
}

TEST(ReseauAdopt, ADescriptorMadeElsewhere) {
    int ends[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    reseau_id first = reseau_adopt(ends[0], 0, nullptr);
    reseau_id second = reseau_adopt(ends[1], 1, nullptr);
    ASSERT_GT(first, 0) << reseau_error_name(first);
    ASSERT_GT(second, 0) << reseau_error_name(second);
    ASSERT_EQ(4, Write(first, "pair"));
    EXPECT_EQ("pair", ReadExactly(second, 4));
    reseau_close(first);
    EXPECT_EQ("", ReadAll(second));
    reseau_close(second);
}

TEST(ReseauAdopt, WhatIsNoConnectedStream) {
    int datagram = socket(AF_INET, SOCK_DGRAM, 0);
    int unconnected = socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_adopt(-1, 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_adopt(datagram, 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_adopt(unconnected, 0, nullptr));
    EXPECT_EQ(0, close(datagram)) << "still the caller's";
    EXPECT_EQ(0, close(unconnected));
}

TEST(ReseauDetach, TakesTheDescriptorOutWithoutAnEvent) {
    Recorder recorder;
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), &recorder.options);
    reseau_id server = reseau_accept(listener, 60000);
    int descriptor = reseau_detach(client);
    ASSERT_GE(descriptor, 0) << reseau_error_name(descriptor);
    EXPECT_EQ(0, reseau_wait_closed(client, 60000));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_detach(client));
    EXPECT_EQ(4, write(descriptor, "mine", 4));
    EXPECT_EQ("mine", ReadExactly(server, 4));
    EXPECT_EQ(0u, recorder.Infos().size());
    close(descriptor);
    reseau_close(server);
    reseau_close(listener);
}

/* As Julia's programs do with their sockets. */
TEST(ReseauDetach, TheDescriptorServesAsAnotherProgramsInput) {
    Pair pair;
    int descriptor = reseau_detach(pair.client);
    ASSERT_GE(descriptor, 0) << reseau_error_name(descriptor);
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
    int output[2];
    ASSERT_EQ(0, pipe(output));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, descriptor, 0);
    posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    posix_spawn_file_actions_addclose(&actions, output[0]);
    const char *arguments[] = {"cat", nullptr};
    pid_t child = 0;
    ASSERT_EQ(0, posix_spawnp(&child, "cat", &actions, nullptr, (char **)arguments, environ));
    posix_spawn_file_actions_destroy(&actions);
    close(descriptor);
    close(output[1]);
    EXPECT_EQ(5, Write(pair.server, "hello"));
    EXPECT_EQ(0, reseau_end(pair.server));
    std::string read_by_child;
    char buffer[16];
    for (ssize_t count; (count = read(output[0], buffer, sizeof(buffer))) > 0;) {
        read_by_child.append(buffer, (size_t)count);
    }
    close(output[0]);
    EXPECT_EQ("hello", read_by_child);
    int status = -1;
    EXPECT_EQ(child, waitpid(child, &status, 0));
    EXPECT_EQ(0, status);
}

TEST(ReseauDetach, NotWithBytesOnTheirWay) {
    Pair pair;
    ASSERT_EQ(4, Write(pair.client, "some"));
    while (reseau_available(pair.server) < 4) {
        std::this_thread::yield();
    }
    EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_detach(pair.server));
    EXPECT_EQ("some", ReadExactly(pair.server, 4));
    int descriptor = reseau_detach(pair.server);
    EXPECT_GE(descriptor, 0) << reseau_error_name(descriptor);
    close(descriptor);
}

/* Each gets an answer of its own: a zero would be a descriptor. */
TEST(ReseauDetach, TwoAtATime) {
    Pair pair;
    ASSERT_EQ(4, Write(pair.client, "some"));
    while (reseau_available(pair.server) < 4) {
        std::this_thread::yield();
    }
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 1000 && !testing::Test::HasFailure(); ++round) {
                EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_detach(pair.server));
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}
