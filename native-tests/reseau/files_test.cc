/* SPDX-License-Identifier: Apache-2.0 */
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

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
