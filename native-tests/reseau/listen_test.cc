/* SPDX-License-Identifier: Apache-2.0 */
#include "support/raw_socket.h"
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <sys/stat.h>

#include <string>
#include <thread>
#include <vector>

TEST(ReseauListen, IsOnTheLoopbackAddressUnlessItIsAskedForAnother) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    struct reseau_address address;
    ASSERT_EQ(0, reseau_local_address(listener, &address));
    EXPECT_STREQ("127.0.0.1", address.text);
    EXPECT_EQ(4, address.family);
    EXPECT_NE(0, address.port);
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_peer_address(listener, &address));
    reseau_close(listener);
}

TEST(ReseauListen, DistinguishesWhyItCannot) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen(nullptr, PortOf(listener), nullptr));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_listen("192.0.2.1", 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_listen("", 0, nullptr));
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, reseau_listen("no-such-host.invalid", 0, nullptr));
    reseau_id by_name = reseau_listen("localhost", 0, nullptr);
    EXPECT_GT(by_name, 0) << reseau_error_name(by_name);
    reseau_close(by_name);
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_listen_path(nullptr, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_listen_path(std::string(200, 'p').c_str(), nullptr));
    reseau_close(listener);
}

TEST(ReseauListen, APathWithoutItsFolderIsNotFound) {
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_listen_path("/no/such/directory/socket", nullptr));
}

TEST(ReseauListen, AnyWalksUpToTheFirstFreePort) {
    reseau_id first = reseau_listen(nullptr, 0, nullptr);
    uint16_t port = PortOf(first);
    reseau_id second = reseau_listen_any(nullptr, port, nullptr);
    ASSERT_GT(second, 0) << reseau_error_name(second);
    EXPECT_GT(PortOf(second), port);
    reseau_close(first);
    reseau_close(second);
}

TEST(ReseauListen, SeveralShareAPortIfAllAskForIt) {
    struct reseau_options options = reseau_options_default();
    options.reuse_port = 1;
#if defined(_WIN32)
    /* One of them would get all connections. */
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_listen(nullptr, 0, &options));
#else
    reseau_id first = reseau_listen(nullptr, 0, &options);
    reseau_id second = reseau_listen(nullptr, PortOf(first), &options);
    EXPECT_GT(second, 0) << reseau_error_name(second);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen(nullptr, PortOf(first), nullptr));
    reseau_close(first);
    reseau_close(second);
#endif
}

TEST(ReseauListen, AcceptHasALimitAndEndsWithTheListener) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 0));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 10));
    int64_t result = 0;
    std::thread acceptor([&] { result = reseau_accept(listener, RESEAU_FOREVER); });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(0, reseau_close(listener));
    acceptor.join();
    EXPECT_TRUE(result == RESEAU_ERROR_CANCELED || result == RESEAU_ERROR_BAD_ID) << reseau_error_name(result);
    EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
}

TEST(ReseauListen, ConnectionsLiveByTheCallbacksOfTheListener) {
    Recorder recorder;
    recorder.on_data = [](reseau_id id, const char *data, size_t length) {
        return reseau_write(id, data, length) < 0 ? (size_t)0 : length;
    };
    reseau_id listener = recorder.Listen();
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_accept(listener, 0));
    std::vector<reseau_id> clients;
    for (int i = 0; i < 50; ++i) {
        clients.push_back(reseau_connect("127.0.0.1", PortOf(listener), nullptr));
        ASSERT_GT(clients.back(), 0);
        ASSERT_EQ(10, Write(clients.back(), "0123456789"));
    }
    for (reseau_id client : clients) {
        EXPECT_EQ("0123456789", ReadExactly(client, 10));
        reseau_close(client);
    }
    EXPECT_TRUE(recorder.AwaitClosed(50));
    EXPECT_EQ(50, recorder.Opened());
    reseau_close(listener);
    EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
}

TEST(ReseauListen, ConnectionsOutliveTheirListener) {
    Pair pair;
    EXPECT_EQ(0, reseau_close(pair.listener));
    EXPECT_EQ(0, reseau_wait_closed(pair.listener, 60000));
    ASSERT_EQ(5, Write(pair.client, "after"));
    EXPECT_EQ("after", ReadExactly(pair.server, 5));
}

TEST(ReseauListen, ThoseThatNobodyHasAcceptedEndWithIt) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    ASSERT_GT(client, 0);
    EXPECT_EQ(0, reseau_close(listener));
    char byte;
    int64_t result = reseau_read(client, &byte, 1);
    EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_RESET) << reseau_error_name(result);
    reseau_close(client);
}

TEST(ReseauListen, ALimitOfConnectionsLetsMoreWait) {
    struct reseau_options options = reseau_options_default();
    options.max_connections = 2;
    reseau_id listener = reseau_listen(nullptr, 0, &options);
    std::vector<reseau_id> clients, servers;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(reseau_connect("127.0.0.1", PortOf(listener), nullptr));
    }
    servers.push_back(reseau_accept(listener, 60000));
    servers.push_back(reseau_accept(listener, 60000));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 50));
    reseau_close(servers[0]);
    servers.push_back(reseau_accept(listener, 60000));
    EXPECT_GT(servers[2], 0) << reseau_error_name(servers[2]);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 20));
    for (reseau_id id : clients) {
        reseau_close(id);
    }
    for (reseau_id id : servers) {
        reseau_close(id);
    }
    reseau_close(listener);
}

TEST(ReseauListen, PausesAndGoesOn) {
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_EQ(0, reseau_pause(listener));
    /* Another connection shows that the pause has been reached: it is behind it on the loop. */
    reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
    int64_t early = reseau_accept(listener, 30);
    ASSERT_EQ(0, reseau_resume(listener));
    int64_t server = early > 0 ? early : reseau_accept(listener, 60000);
    EXPECT_GT(server, 0) << reseau_error_name(server);
    reseau_close(server);
    reseau_close(client);
    reseau_close(listener);
}

#if !defined(_WIN32)
TEST(ReseauListen, PathsAreServedAndTakenOver) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    struct reseau_options options = reseau_options_default();
    options.path_mode = 0640;
    reseau_id listener = reseau_listen_path(path.c_str(), &options);
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    struct stat status;
    ASSERT_EQ(0, stat(path.c_str(), &status));
    EXPECT_EQ(0640u, status.st_mode & 0777u);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen_path(path.c_str(), nullptr));
    for (int i = 0; i < 3; ++i) {
        reseau_id client = reseau_connect_path(path.c_str(), nullptr);
        ASSERT_GT(client, 0) << reseau_error_name(client);
        reseau_id server = reseau_accept(listener, 60000);
        ASSERT_EQ(5, Write(client, "local"));
        EXPECT_EQ("local", ReadExactly(server, 5));
        struct reseau_address address;
        EXPECT_EQ(0, reseau_peer_address(client, &address));
        EXPECT_EQ(path, address.text);
        EXPECT_EQ(0, address.family);
        reseau_close(client);
        reseau_close(server);
    }
    EXPECT_EQ(0, reseau_close(listener));
    EXPECT_EQ(0, reseau_wait_closed(listener, 60000));
    EXPECT_NE(0, stat(path.c_str(), &status)) << "the path goes with the listener";
    EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_connect_path(path.c_str(), nullptr));

    /* What a process that is no more has left behind. */
    int stale = socket(AF_UNIX, SOCK_STREAM, 0);
    SocketName name = SocketName::Unix(path);
    ASSERT_EQ(0, bind(stale, name.get(), name.Size()));
    close(stale);
    EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_connect_path(path.c_str(), nullptr));
    listener = reseau_listen_path(path.c_str(), nullptr);
    EXPECT_GT(listener, 0) << reseau_error_name(listener);
    ASSERT_EQ(0, stat(path.c_str(), &status));
    EXPECT_EQ(0600u, status.st_mode & 0777u);
    reseau_close(listener);
}

TEST(ReseauListen, AFileThatIsNoSocketIsLeftAlone) {
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    FILE *file = fopen(path.c_str(), "w");
    fclose(file);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen_path(path.c_str(), nullptr));
    struct stat status;
    EXPECT_EQ(0, stat(path.c_str(), &status));
    unlink(path.c_str());
}

TEST(ReseauListen, AbstractNames) {
    std::string name = "@reseau-test-" + std::to_string(getpid());
    reseau_id listener = reseau_listen_path(name.c_str(), nullptr);
    ASSERT_GT(listener, 0) << reseau_error_name(listener);
    reseau_id client = reseau_connect_path(name.c_str(), nullptr);
    ASSERT_GT(client, 0) << reseau_error_name(client);
    struct reseau_address address;
    EXPECT_EQ(0, reseau_peer_address(client, &address));
    EXPECT_EQ(name, address.text);
    reseau_id server = reseau_accept(listener, 60000);
    ASSERT_EQ(8, Write(client, "abstract"));
    EXPECT_EQ("abstract", ReadExactly(server, 8));
    reseau_close(client);
    reseau_close(server);
    reseau_close(listener);
}
#endif
