/* SPDX-License-Identifier: Apache-2.0 */
/*
 * <reseau/compat/libsock.h>: a program that was written for libsock, with the defects that libsock has as tests. The
 * functions that a program may define are defined here.
 */
#include "support/fork.h"
#include "support/lock.h"
#include "support/raw_socket.h"
#include "support/synchronisation.h"
#include "support/temporary_file.h"

#include "sock.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

static Lock closed_mutex;
static std::map<intptr_t, int> closed;
static std::atomic<int> touched{0};

extern "C" void sock_on_close(intptr_t uuid) {
    std::lock_guard<Lock> lock(closed_mutex);
    ++closed[uuid];
}

extern "C" void sock_touch(intptr_t) {
    ++touched;
}

namespace {

int Closed(intptr_t uuid) {
    std::lock_guard<Lock> lock(closed_mutex);
    return closed[uuid];
}

bool AwaitClosed(intptr_t uuid) {
    for (int i = 0; i < 6000 * TimeoutScale() && Closed(uuid) == 0; ++i) {
        usleep(10000);
    }
    return Closed(uuid) == 1;
}

bool AwaitReadable(intptr_t uuid) {
    struct pollfd descriptor = {sock_uuid2fd(uuid), POLLIN, 0};
    return poll(&descriptor, 1, 60000 * TimeoutScale()) == 1;
}

/* A port that nobody has. */
/* A socket that has a port, on which nobody listens. */
int Hold(std::string &port) {
    int holder = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    EXPECT_EQ(0, bind(holder, (struct sockaddr *)&address, length));
    EXPECT_EQ(0, getsockname(holder, (struct sockaddr *)&address, &length));
    port = std::to_string(ntohs(address.sin_port));
    return holder;
}

std::string FreePort() {
    std::string port;
    close(Hold(port));
    return port;
}

std::string ReadExactly(intptr_t uuid, size_t size) {
    std::string text;
    while (text.size() < size && AwaitReadable(uuid)) {
        char buffer[8192];
        ssize_t read = sock_read(uuid, buffer, std::min(sizeof(buffer), size - text.size()));
        if (read < 0) {
            break;
        }
        text.append(buffer, (size_t)read);
    }
    return text;
}

/* Until the peer's end, which closes it. */
std::string ReadAll(intptr_t uuid) {
    return ReadExactly(uuid, SIZE_MAX);
}

intptr_t Accept(intptr_t listener) {
    intptr_t accepted = -1;
    while (accepted == -1 && AwaitReadable(listener)) {
        accepted = sock_accept(listener);
        EXPECT_TRUE(accepted != -1 || errno == EAGAIN);
    }
    return accepted;
}

struct Pair {
    Pair() {
        std::string port;
        do {
            port = FreePort();
            listener = sock_listen("127.0.0.1", port.c_str());
        } while (listener == -1 && errno == EADDRINUSE);
        EXPECT_GT(listener, 0);
        client = sock_connect((char *)"127.0.0.1", &port[0]);
        EXPECT_GT(client, 0);
        server = Accept(listener);
        EXPECT_GT(server, 0);
    }
    ~Pair() {
        for (intptr_t uuid : {client, server, listener}) {
            sock_force_close(uuid);
            EXPECT_TRUE(AwaitClosed(uuid));
        }
    }
    intptr_t listener, client, server;
};

sock_write_info_s Packet(intptr_t uuid, const void *data, size_t length) {
    sock_write_info_s packet = {};
    packet.uuid = uuid;
    packet.buffer = data;
    packet.length = length;
    packet.dealloc = SOCK_DEALLOC_NOOP;
    return packet;
}

int FileOf(const TemporaryDirectory &directory, const std::string &content) {
    static int count = 0;
    std::string name = "file" + std::to_string(++count);
    directory.Write(name, content);
    return open(directory.Path(name).c_str(), O_RDONLY);
}

} // namespace

TEST(Libsock, AnEcho) {
    Pair pair;
    int before = touched;
    EXPECT_EQ(0, sock_write(pair.client, "hello", 5));
    EXPECT_EQ("hello", ReadExactly(pair.server, 5));
    EXPECT_EQ(0, sock_write(pair.server, "back", 4));
    EXPECT_EQ("back", ReadExactly(pair.client, 4));
    char byte;
    EXPECT_EQ(0, sock_read(pair.client, &byte, 1)) << "nothing now";
    EXPECT_GE(touched - before, 4);
    EXPECT_EQ(1, sock_isvalid(pair.client));
    EXPECT_EQ(0, sock_isclosed(pair.client));
    EXPECT_EQ(pair.client, sock_fd2uuid(sock_uuid2fd(pair.client)));
    EXPECT_EQ(0, sock_write(pair.client, "", 0));
}

TEST(Libsock, ThePeersAddress) {
    Pair pair;
    sock_peer_addr_s address = sock_peer_addr(pair.server);
    ASSERT_NE(nullptr, address.addr);
    EXPECT_EQ(sizeof(struct sockaddr_in), address.addrlen);
    EXPECT_EQ(htonl(INADDR_LOOPBACK), ((struct sockaddr_in *)address.addr)->sin_addr.s_addr);
    EXPECT_NE(0, ((struct sockaddr_in *)address.addr)->sin_port);
    EXPECT_EQ(nullptr, sock_peer_addr(pair.listener).addr);
    EXPECT_EQ(nullptr, sock_peer_addr(-1).addr);
}

TEST(Libsock, ACloseComesBehindWhatIsQueuedAndIsReportedOnce) {
    Pair pair;
    std::string text(5000000, 'q');
    EXPECT_EQ(0, sock_write(pair.client, text.data(), text.size()));
    EXPECT_EQ(1u, sock_pending(pair.client));
    sock_close(pair.client);
    EXPECT_EQ(1, sock_isclosed(pair.client));
    EXPECT_EQ(-1, sock_write(pair.client, "x", 1));
    EXPECT_TRUE(text == ReadAll(pair.server));
    EXPECT_TRUE(AwaitClosed(pair.client));
    EXPECT_TRUE(AwaitClosed(pair.server));
    EXPECT_EQ(0, sock_isvalid(pair.client));
    EXPECT_EQ(-1, sock_flush(pair.client));
}

TEST(Libsock, MemoryIsFreedExactlyOnce) {
    Pair pair;
    static std::atomic<int> freed;
    freed = 0;
    auto destroy = [](void *) { ++freed; };
    static const char text[] = "..owned";
    sock_write_info_s packet = Packet(pair.client, text, 5);
    packet.offset = 2;
    packet.dealloc = destroy;
    EXPECT_EQ(0, sock_write2_fn(packet));
    EXPECT_EQ("owned", ReadExactly(pair.server, 5));
    while (freed == 0) {
        std::this_thread::yield();
    }
    packet.uuid = -1;
    EXPECT_EQ(-1, sock_write2_fn(packet)) << "also when it fails";
    packet.uuid = pair.client;
    packet.length = 0;
    EXPECT_EQ(0, sock_write2_fn(packet)) << "and when there is nothing";
    sock_force_close(pair.client);
    packet.length = 5;
    EXPECT_EQ(-1, sock_write2_fn(packet));
    EXPECT_EQ(4, freed);
}

TEST(Libsock, UrgentPacketsGoBeforeOthers) {
    Pair pair;
    std::string text(15000000, 'q'); // more than the system takes while nobody reads
    EXPECT_EQ(0, sock_write2_fn(Packet(pair.client, text.data(), text.size())));
    EXPECT_EQ(0, sock_write(pair.client, "later", 5));
    sock_write_info_s packet = Packet(pair.client, "urgent", 6);
    packet.urgent = 1;
    EXPECT_EQ(0, sock_write2_fn(packet));
    std::string all = ReadExactly(pair.server, text.size() + 11);
    EXPECT_EQ(text.size() + 11, all.size());
    EXPECT_LT(all.find("urgent"), all.find("later"));
}

TEST(Libsock, FilesAreSentAndClosed) {
    Pair pair;
    TemporaryDirectory directory;
    std::string content(1000000, 'f');
    EXPECT_EQ(0, sock_write(pair.client, "<", 1));
    EXPECT_EQ(0, sock_sendfile(pair.client, FileOf(directory, content), 10, 1u << 30)) << "up to its end";
    int file = FileOf(directory, content);
    sock_write_info_s packet = {};
    packet.uuid = pair.client;
    packet.data_fd = file;
    packet.is_fd = 1;
    packet.length = 5;
    packet.close = SOCK_CLOSE_NOOP;
    EXPECT_EQ(0, sock_write2_fn(packet));
    EXPECT_EQ(0, sock_write(pair.client, ">", 1));
    EXPECT_TRUE("<" + content.substr(10) + content.substr(0, 5) + ">" == ReadExactly(pair.server, 999997));
    EXPECT_GE(fcntl(file, F_GETFD), 0) << "still the caller's";

    /* By a pointer; and what cannot be sent. */
    static std::atomic<int> freed;
    freed = 0;
    packet.buffer = &file;
    packet.is_fd = 0;
    packet.is_pfd = 1;
    packet.dealloc = [](void *at) {
        close(*(int *)at);
        ++freed;
    };
    EXPECT_EQ(0, sock_write2_fn(packet));
    EXPECT_EQ("fffff", ReadExactly(pair.server, 5));
    EXPECT_EQ(1, freed);
    EXPECT_EQ(-1, sock_sendfile(pair.client, open("/dev/null", O_RDONLY), 0, 5));
    EXPECT_EQ(0, sock_sendfile(pair.client, FileOf(directory, content), 2000000, 5)) << "nothing is there";
    EXPECT_EQ(-1, sock_sendfile(-1, FileOf(directory, content), 0, 5));
}

TEST(Libsock, ADescriptorMadeElsewhereAndTakenOut) {
    int ends[2];
    ASSERT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    intptr_t uuid = sock_open(ends[0]);
    ASSERT_GT(uuid, 0);
    EXPECT_EQ(uuid, sock_fd2uuid(ends[0]));
    EXPECT_EQ(3, write(ends[1], "abc", 3));
    EXPECT_EQ("abc", ReadExactly(uuid, 3));
    int taken = sock_hijack(uuid);
    ASSERT_GE(taken, 0);
    EXPECT_EQ(0, sock_isvalid(uuid));
    EXPECT_EQ(-1, sock_fd2uuid(ends[0]));
    EXPECT_EQ(2, write(taken, "me", 2));
    char buffer[2];
    EXPECT_EQ(2, read(ends[1], buffer, 2));
    EXPECT_EQ(0, Closed(uuid)) << "not a close";
    EXPECT_EQ(-1, sock_hijack(uuid));
    close(taken);
    close(ends[1]);
    EXPECT_EQ(-1, sock_open(-1));
}

/* ---- libsock's defects ---- */

TEST(LibsockDefects, AnIdIsNotValidAgainAfter256Uses) {
    std::string port;
    intptr_t listener;
    do {
        port = FreePort();
        listener = sock_listen("127.0.0.1", port.c_str());
    } while (listener == -1);
    intptr_t first = sock_connect((char *)"127.0.0.1", &port[0]);
    sock_force_close(Accept(listener));
    sock_force_close(first);
    ASSERT_TRUE(AwaitClosed(first));
    for (int i = 0; i < 600; ++i) {
        intptr_t client = sock_connect((char *)"127.0.0.1", &port[0]);
        ASSERT_NE(first, client);
        intptr_t server = Accept(listener);
        ASSERT_EQ(0, sock_isvalid(first));
        ASSERT_EQ(-1, sock_write(first, "wrong", 5));
        ASSERT_EQ(0, sock_write(client, "right", 5));
        ASSERT_EQ("right", ReadExactly(server, 5));
        sock_force_close(client);
        sock_force_close(server);
        ASSERT_TRUE(AwaitClosed(client));
    }
    sock_close(listener);
    EXPECT_EQ(1, Closed(listener));
}

TEST(LibsockDefects, AStaleIdIsHarmlessWhileThreadsUseIt) {
    for (int round = 0; round < 20; ++round) {
        Pair pair;
        std::atomic<bool> stop{false};
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t) {
            threads.emplace_back([&] {
                char buffer[64];
                while (!stop) {
                    sock_write(pair.client, "x", 1);
                    sock_read(pair.client, buffer, sizeof(buffer));
                    sock_flush(pair.client);
                    sock_pending(pair.client);
                    sock_peer_addr(pair.client);
                }
            });
        }
        ReadExactly(pair.server, 100);
        sock_force_close(pair.client);
        EXPECT_TRUE(AwaitClosed(pair.client));
        stop = true;
        for (std::thread &thread : threads) {
            thread.join();
        }
    }
}

TEST(LibsockDefects, ConnectNeitherBlocksNorTakesOnlyTheFirstAddress) {
    std::string port;
    intptr_t listener;
    do {
        port = FreePort();
        listener = sock_listen("127.0.0.1", port.c_str());
    } while (listener == -1);

    /* "localhost" is ::1 first where there is IPv6, and nobody listens there. */
    intptr_t client = sock_connect((char *)"localhost", &port[0]);
    ASSERT_GT(client, 0);
    EXPECT_EQ(0, sock_write(client, "early", 5)) << "before it is connected";
    intptr_t server = Accept(listener);
    EXPECT_EQ("early", ReadExactly(server, 5));
    for (intptr_t uuid : {client, server, listener}) {
        sock_force_close(uuid);
        EXPECT_TRUE(AwaitClosed(uuid));
    }
    int holder = Hold(port);
    client = sock_connect((char *)"127.0.0.1", &port[0]);
    ASSERT_GT(client, 0);
    EXPECT_TRUE(AwaitClosed(client)) << "nobody listens there";
    close(holder);
}

TEST(LibsockDefects, AUnixPathInUseIsNotTakenAwayAndIsForItsOwner) {
    TemporaryDirectory directory;
    std::string path = directory.Path("socket");
    intptr_t listener = sock_listen(path.c_str(), nullptr);
    ASSERT_GT(listener, 0);
    struct stat status;
    ASSERT_EQ(0, stat(path.c_str(), &status));
    EXPECT_EQ(0u, status.st_mode & 077);
    EXPECT_EQ(-1, sock_listen(path.c_str(), "0"));
    EXPECT_EQ(EADDRINUSE, errno);
    intptr_t client = sock_connect(&path[0], nullptr);
    intptr_t server = Accept(listener);
    EXPECT_EQ(0, sock_write(client, "path", 4));
    EXPECT_EQ("path", ReadExactly(server, 4));
    EXPECT_EQ(nullptr, sock_peer_addr(server).addr);
    for (intptr_t uuid : {client, server, listener}) {
        sock_force_close(uuid);
        EXPECT_TRUE(AwaitClosed(uuid));
    }
    EXPECT_EQ(-1, sock_listen(nullptr, nullptr));
    EXPECT_EQ(-1, sock_listen("127.0.0.1", "no such service"));
}

TEST(LibsockDefects, Descriptor0IsOneLikeOthers) {
    EXPECT_EQ(0, InChild([] {
                  int ends[2];
                  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || dup2(ends[0], 0) != 0) {
                      return 1;
                  }
                  close(ends[0]);
                  intptr_t uuid = sock_open(0);
                  if (uuid <= 0 || sock_fd2uuid(0) != uuid || write(ends[1], "zero", 4) != 4) {
                      return 2;
                  }
                  if (ReadExactly(uuid, 4) != "zero") {
                      return 3;
                  }
                  return sock_hijack(uuid) == 0 ? 0 : 4;
              }));
}

TEST(LibsockDefects, TheQueueIsBounded) {
    Pair pair;
    std::string text(1 << 20, 'q');
    int accepted = 0;
    while (accepted < 100 && sock_write(pair.client, text.data(), text.size()) == 0) {
        ++accepted;
    }
    EXPECT_GE(accepted, 15);
    EXPECT_LT(accepted, 60) << "with what the system takes";
    EXPECT_TRUE(AwaitClosed(pair.client)) << "a peer that does not read";
}

TEST(LibsockDefects, ACloseHasAReason) {
    Pair pair;
    struct reseau_close_info info;
    sock_force_close(pair.server);
    EXPECT_TRUE(AwaitClosed(pair.server));
    EXPECT_EQ(0, sock_close_info(pair.server, &info));
    EXPECT_EQ(RESEAU_CLOSED_BY_LOCAL, info.closed_by);
    ReadAll(pair.client);
    EXPECT_TRUE(AwaitClosed(pair.client));
    EXPECT_EQ(0, sock_close_info(pair.client, &info));
    EXPECT_NE(RESEAU_CLOSED_BY_NOBODY, info.closed_by);
    EXPECT_EQ(-1, sock_close_info(-1, &info));
}

/* ---- Hooks ---- */

namespace {

/* What is sent is another alphabet, a piece at a time; each function calls the library. */
struct Cipher {
    std::atomic<int> flushes{0};
    std::atomic<int> closes{0};
    std::atomic<bool> would_block{false};

    static ssize_t Read(intptr_t uuid, void *udata, void *buffer, size_t count) {
        EXPECT_EQ(1, sock_isvalid(uuid)) << "hooks may call the library";
        EXPECT_EQ(udata, sock_rw_udata(uuid));
        ssize_t read = SOCK_DEFAULT_HOOKS.read(uuid, nullptr, buffer, count);
        for (ssize_t i = 0; i < read; ++i) {
            ((char *)buffer)[i] ^= 0x20;
        }
        return read;
    }

    static ssize_t Write(intptr_t uuid, void *udata, const void *data, size_t count) {
        sock_pending(uuid);
        if (static_cast<Cipher *>(udata)->would_block) {
            errno = EAGAIN;
            return -1;
        }
        std::string text((const char *)data, std::min(count, (size_t)1000));
        for (char &letter : text) {
            letter ^= 0x20;
        }
        return SOCK_DEFAULT_HOOKS.write(uuid, nullptr, text.data(), text.size());
    }

    static ssize_t Flush(intptr_t uuid, void *udata) {
        ++static_cast<Cipher *>(udata)->flushes;
        sock_isclosed(uuid);
        return 0;
    }

    static void Close(intptr_t uuid, sock_rw_hook_s *, void *udata) {
        sock_isvalid(uuid);
        ++static_cast<Cipher *>(udata)->closes;
    }
};

sock_rw_hook_s cipher_hooks = {Cipher::Read, Cipher::Write, Cipher::Flush, Cipher::Close};

} // namespace

TEST(LibsockHooks, StandBetweenAndMayCallTheLibrary) {
    Cipher client, server;
    {
        Pair pair;
        EXPECT_EQ(&SOCK_DEFAULT_HOOKS, sock_rw_hook_get(pair.client));
        EXPECT_EQ(0, sock_rw_hook_set(pair.client, &cipher_hooks, &client));
        EXPECT_EQ(&cipher_hooks, sock_rw_hook_get(pair.client));
        EXPECT_EQ(0, sock_write(pair.client, "hidden", 6));
        EXPECT_EQ("HIDDEN", ReadExactly(pair.server, 6));
        EXPECT_EQ(0, sock_rw_hook_set(pair.server, &cipher_hooks, &server));
        std::string text(300000, 'p');
        TemporaryDirectory directory;
        EXPECT_EQ(0, sock_write(pair.client, text.data(), text.size()));
        EXPECT_EQ(0, sock_sendfile(pair.client, FileOf(directory, "file"), 0, 4));
        EXPECT_TRUE(text + "file" == ReadExactly(pair.server, text.size() + 4));
        EXPECT_GT(client.flushes, 0);

        client.would_block = true;
        EXPECT_EQ(0, sock_write(pair.client, "later", 5));
        EXPECT_EQ(1, sock_flush(pair.client));
        EXPECT_EQ(1u, sock_pending(pair.client));
        sock_close(pair.client);
        EXPECT_EQ(1, sock_isvalid(pair.client)) << "until the hooks have sent it";
        client.would_block = false;
        sock_flush_all();
        EXPECT_EQ("later", ReadAll(pair.server));
        EXPECT_EQ(-1, sock_rw_hook_set(-1, &cipher_hooks, nullptr));
    }
    EXPECT_EQ(1, client.closes);
    EXPECT_EQ(1, server.closes);
}

/* ---- The process ---- */

TEST(LibsockProcess, AChildForgetsWhatIsItsParents) {
    Pair pair;
    EXPECT_EQ(0, InChild([&] {
                  sock_on_fork();
                  return sock_isvalid(pair.client) == 0 && sock_write(pair.client, "x", 1) == -1 ? 0 : 1;
              }));
    EXPECT_EQ(0, sock_write(pair.client, "mine", 4));
    EXPECT_EQ("mine", ReadExactly(pair.server, 4));
}

TEST(LibsockProcess, LimitsAndFlags) {
    EXPECT_GT(sock_max_capacity(), 0);
    int ends[2];
    ASSERT_EQ(0, pipe(ends));
    EXPECT_EQ(0, sock_set_non_block(ends[0]));
    EXPECT_NE(0, fcntl(ends[0], F_GETFL) & O_NONBLOCK);
    EXPECT_EQ(-1, sock_set_non_block(-1));
    close(ends[0]);
    close(ends[1]);
}
