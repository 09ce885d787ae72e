/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets over memory that two processes share; and that two ends of one process share. */
#include "usocket/either.h"

#include <atomic>
#include <csignal>
#include <random>
#if !defined(_WIN32)
#    include <sys/wait.h>
#endif

namespace {

int NewMemory() {
    int memory = system_memory_new();
    EXPECT_LE(0, memory);
    return memory;
}

struct reseau_transport *End(int memory) {
    struct reseau_transport *end = nullptr;
    int copy = system_handle_duplicate(memory);
    int error = reseau_transport_new_shared(copy, &end);
    EXPECT_EQ(0, error) << strerror(error);
    return end;
}

struct sockaddr_in Address(uint16_t port = 7) {
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(0x0a000001);
    return address;
}

int Bind(int socket, uint16_t port = 7) {
    struct sockaddr_in address = Address(port);
    return reseau_ubind(socket, reinterpret_cast<const struct sockaddr *>(&address), sizeof(address));
}

int Listen(struct reseau_transport *end, int backlog = 5) {
    int listener = reseau_usocket_on(end, AF_INET, SOCK_STREAM, IPPROTO_TCP);
    EXPECT_EQ(0, Bind(listener));
    EXPECT_EQ(0, reseau_ulisten(listener, backlog));
    return listener;
}

int TryConnect(int socket) {
    struct sockaddr_in address = Address();
    return reseau_uconnect(socket, reinterpret_cast<const struct sockaddr *>(&address), sizeof(address));
}

int Connect(struct reseau_transport *end) {
    int client = reseau_usocket_on(end, AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(0, TryConnect(client)) << strerror(errno);
    return client;
}

std::string Text(size_t length) {
    std::string text(length, '\0');
    for (size_t i = 0; i < length; ++i) {
        text[i] = static_cast<char>(i * 7 + (i >> 8));
    }
    return text;
}

std::string ReceiveToTheEnd(int descriptor) {
    std::vector<char> room(100000);
    std::string received;
    ssize_t count;
    while ((count = reseau_urecv(descriptor, room.data(), room.size(), 0)) > 0) {
        received.append(room.data(), static_cast<size_t>(count));
    }
    EXPECT_EQ(0, count) << strerror(errno);
    return received;
}

/* What comes back of what is sent; -1 if the connection ends by an error. */
ssize_t Echo(int client, const std::string &text) {
    std::string back;
    std::thread reader([&] {
        std::vector<char> room(100000);
        ssize_t count;
        while ((count = reseau_urecv(client, room.data(), room.size(), 0)) > 0) {
            back.append(room.data(), static_cast<size_t>(count));
        }
        if (count < 0) {
            EXPECT_EQ(ECONNRESET, errno) << strerror(errno);
        }
    });
    ssize_t sent = reseau_usend(client, text.data(), text.size(), MSG_NOSIGNAL);
    reseau_ushutdown(client, SHUT_WR);
    reader.join();
    EXPECT_EQ(0, text.compare(0, back.size(), back));
    return sent == static_cast<ssize_t>(text.size()) && back.size() == text.size() ? sent : -1;
}

/* Echoes whatever any connection brings, for ever. */
template <class Ready> [[noreturn]] void Serve(int memory, Ready ready) {
    struct reseau_transport *end = End(memory);
    int listener = Listen(end);
    ready();
    while (true) {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        std::thread([accepted] {
            std::vector<char> room(50000);
            ssize_t count;
            while ((count = reseau_urecv(accepted, room.data(), room.size(), 0)) > 0) {
                reseau_usend(accepted, room.data(), static_cast<size_t>(count), MSG_NOSIGNAL);
            }
            reseau_uclose(accepted);
        }).detach();
    }
}

#if defined(_WIN32)
/* A process that serves: this program, with the path of the file and the name of an event in its environment. */
const char *const kPath = "RESEAU_TEST_SHARED_PATH";
const char *const kEvent = "RESEAU_TEST_SHARED_EVENT";

[[maybe_unused]] const bool kServes = [] {
    char path[MAX_PATH] = "", event[MAX_PATH] = "";
    if (GetEnvironmentVariableA(kPath, path, MAX_PATH) == 0) {
        return false;
    }
    GetEnvironmentVariableA(kEvent, event, MAX_PATH);
    Serve(system_memory_at(path, OPEN_EXISTING), [&] { SetEvent(OpenEventA(EVENT_MODIFY_STATE, FALSE, event)); });
}();

class Server {
  public:
    explicit Server(int memory) {
        std::string event = "Local\\reseau-shared-test-" + std::to_string(_getpid());
        char program[MAX_PATH] = "";
        GetModuleFileNameA(nullptr, program, MAX_PATH);
        HANDLE ready = CreateEventA(nullptr, TRUE, FALSE, event.c_str());
        SetEnvironmentVariableA(kPath, system_path(memory).c_str());
        SetEnvironmentVariableA(kEvent, event.c_str());
        STARTUPINFOA start = {};
        start.cb = sizeof(start);
        PROCESS_INFORMATION made = {};
        EXPECT_TRUE(CreateProcessA(program, nullptr, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &start, &made));
        SetEnvironmentVariableA(kPath, nullptr);
        EXPECT_EQ(WAIT_OBJECT_0, WaitForSingleObject(ready, INFINITE));
        CloseHandle(ready);
        CloseHandle(made.hThread);
        process_ = made.hProcess;
    }

    void Kill() {
        TerminateProcess(process_, 1);
        WaitForSingleObject(process_, INFINITE);
        CloseHandle(process_);
        process_ = nullptr;
    }

    ~Server() {
        if (process_ != nullptr) {
            Kill();
        }
    }

  private:
    HANDLE process_ = nullptr;
};
#else
/* A process that serves. */
class Server {
  public:
    explicit Server(int memory) {
        int ready[2];
        EXPECT_EQ(0, pipe(ready));
        child_ = fork();
        if (child_ == 0) {
            Serve(memory, [&] { EXPECT_EQ(1, write(ready[1], "r", 1)); });
        }
        char byte;
        EXPECT_EQ(1, read(ready[0], &byte, 1));
        close(ready[0]);
        close(ready[1]);
    }

    void Kill() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
        child_ = -1;
    }

    ~Server() {
        if (child_ > 0) {
            Kill();
        }
    }

  private:
    pid_t child_;
};
#endif

class UserShared : public ::testing::Test {
  protected:
    ~UserShared() override {
        for (struct reseau_transport *end : ends_) {
            reseau_transport_release(end);
        }
        system_handle_close(memory_);
    }

    void BothHere() {
        ends_ = {End(memory_), End(memory_)};
    }

    int memory_ = NewMemory();
    std::vector<struct reseau_transport *> ends_;
};

TEST_F(UserShared, carries_a_file_whole_both_ways) {
    BothHere();
    int listener = Listen(ends_[1]);
    std::string text = Text(5000000);
    std::thread server([&] {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        std::vector<char> room(30000);
        ssize_t count;
        while ((count = reseau_urecv(accepted, room.data(), room.size(), 0)) > 0) {
            EXPECT_EQ(count, reseau_usend(accepted, room.data(), static_cast<size_t>(count), 0));
        }
        reseau_uclose(accepted);
    });
    int client = Connect(ends_[0]);
    EXPECT_EQ(5000000, Echo(client, text));
    server.join();
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_F(UserShared, what_was_sent_before_a_close_arrives) {
    BothHere();
    int listener = Listen(ends_[1]);
    for (int i = 0; i < 100; ++i) {
        int client = Connect(ends_[0]);
        std::string text = Text(static_cast<size_t>(5000 + i));
        EXPECT_EQ(static_cast<ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
        reseau_uclose(client);
        EXPECT_EQ(0, reseau_transport_await_drained(ends_[0], 60000));
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_TRUE(text == ReceiveToTheEnd(accepted));
        reseau_uclose(accepted);
    }
    reseau_uclose(listener);
}

TEST_F(UserShared, nobody_listens) {
    BothHere();
    int client = reseau_usocket_on(ends_[0], AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(ECONNREFUSED, TryConnect(client));
    reseau_uclose(client);
}

TEST_F(UserShared, nobody_is_at_the_other_end) {
    ends_ = {End(memory_)};
    int client = reseau_usocket_on(ends_[0], AF_INET, SOCK_STREAM, 0);
    EXPECT_FAILS(ECONNREFUSED, TryConnect(client));
    reseau_uclose(client);
}

TEST_F(UserShared, there_is_no_third_end) {
    BothHere();
    struct reseau_transport *third = nullptr;
    int copy = system_handle_duplicate(memory_);
    EXPECT_EQ(EBUSY, reseau_transport_new_shared(copy, &third));
    EXPECT_EQ(nullptr, third);
    EXPECT_EQ(0, system_handle_close(copy));
}

TEST_F(UserShared, what_is_no_file_is_refused) {
    struct reseau_transport *end = nullptr;
    EXPECT_EQ(EINVAL, reseau_transport_new_shared(memory_, nullptr));
    EXPECT_NE(0, reseau_transport_new_shared(-1, &end));
    int ends[2];
    ASSERT_EQ(0, system_pair(SOCK_STREAM, ends));
    EXPECT_NE(0, reseau_transport_new_shared(ends[0], &end));
    EXPECT_EQ(nullptr, end);
    EXPECT_EQ(0, system_close(ends[0]));
    EXPECT_EQ(0, system_close(ends[1]));
}

TEST_F(UserShared, both_ends_know_both_names) {
    BothHere();
    int listener = Listen(ends_[1]), client = Connect(ends_[0]);
    struct sockaddr_in from = {}, own = {}, peer = {}, address = Address();
    socklen_t length = sizeof(from);
    int accepted = reseau_uaccept(listener, reinterpret_cast<struct sockaddr *>(&from), &length);
    EXPECT_EQ(0, reseau_ugetsockname(client, reinterpret_cast<struct sockaddr *>(&own), &length));
    EXPECT_EQ(0, reseau_ugetpeername(client, reinterpret_cast<struct sockaddr *>(&peer), &length));
    EXPECT_EQ(0, memcmp(&from, &own, sizeof(from)));
    EXPECT_EQ(0, memcmp(&peer, &address, sizeof(peer)));
    EXPECT_NE(0, own.sin_port);
    for (int one : {listener, client, accepted}) {
        reseau_uclose(one);
    }
}

TEST_F(UserShared, a_reader_that_waits_slows_the_sender_down) {
    BothHere();
    int listener = Listen(ends_[1]), client = Connect(ends_[0]);
    int accepted = reseau_uaccept(listener, nullptr, nullptr), size = 8192;
    // What may be sent already is kept, though there is no room for it any more.
    ASSERT_EQ(0, reseau_usetsockopt(accepted, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)));
    std::string block(10000, 'x');
    size_t sent = 0;
    ssize_t count;
    while ((count = reseau_usend(client, block.data(), block.size(), MSG_DONTWAIT)) > 0) {
        sent += static_cast<size_t>(count);
    }
    EXPECT_EQ(EAGAIN, errno);
    EXPECT_GT(2000000u, sent);
    struct pollfd one = PollOf(client, POLLOUT);
    EXPECT_EQ(0, reseau_upoll(&one, 1, 0));
    std::thread rest([&] {
        EXPECT_EQ(1, reseau_upoll(&one, 1, -1));
        EXPECT_EQ(100000, reseau_usend(client, std::string(100000, 'x').data(), 100000, 0));
        EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    });
    EXPECT_EQ(std::string(sent + 100000, 'x'), ReceiveToTheEnd(accepted));
    rest.join();
    for (int socket : {listener, client, accepted}) {
        reseau_uclose(socket);
    }
}

TEST_F(UserShared, one_reader_that_waits_does_not_stop_the_others) {
    BothHere();
    int listener = Listen(ends_[1]), lazy = Connect(ends_[0]), client = Connect(ends_[0]);
    int first = reseau_uaccept(listener, nullptr, nullptr), second = reseau_uaccept(listener, nullptr, nullptr);
    std::string block(100000, 'x');
    while (reseau_usend(lazy, block.data(), block.size(), MSG_DONTWAIT) > 0) {
    }
    std::string text = Text(3000000);
    std::thread sender([&] {
        EXPECT_EQ(3000000, reseau_usend(client, text.data(), text.size(), 0));
        EXPECT_EQ(0, reseau_ushutdown(client, SHUT_WR));
    });
    EXPECT_TRUE(text == ReceiveToTheEnd(second));
    sender.join();
    for (int socket : {listener, lazy, client, first, second}) {
        reseau_uclose(socket);
    }
}

TEST_F(UserShared, data_that_is_not_read_resets_the_connection) {
    BothHere();
    int listener = Listen(ends_[1]), client = Connect(ends_[0]);
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    EXPECT_EQ(6, reseau_usend(client, "unread", 6, 0));
    struct pollfd one = PollOf(accepted, POLLIN);
    EXPECT_EQ(1, reseau_upoll(&one, 1, -1));
    reseau_uclose(accepted);
    char room[1];
    EXPECT_FAILS(ECONNRESET, reseau_urecv(client, room, 1, 0));
    reseau_uclose(client);
    reseau_uclose(listener);
}

TEST_F(UserShared, a_full_listener_takes_the_next_when_it_has_room) {
    BothHere();
    int listener = Listen(ends_[1], 1);
    std::vector<std::thread> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back([&] {
            int client = Connect(ends_[0]);
            EXPECT_EQ("hello", ReceiveToTheEnd(client));
            reseau_uclose(client);
        });
    }
    for (int i = 0; i < 5; ++i) {
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        EXPECT_EQ(5, reseau_usend(accepted, "hello", 5, 0));
        reseau_uclose(accepted);
    }
    for (std::thread &client : clients) {
        client.join();
    }
    reseau_uclose(listener);
}

TEST_F(UserShared, who_waits_for_a_listener_that_closes_is_refused) {
    BothHere();
    int listener = Listen(ends_[1], 1);
    int first = Connect(ends_[0]), second = reseau_usocket_on(ends_[0], AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    EXPECT_FAILS(EINPROGRESS, TryConnect(second));
    reseau_uclose(listener);
    struct pollfd one = PollOf(second, POLLOUT);
    EXPECT_EQ(1, reseau_upoll(&one, 1, -1));
    int error = 0;
    socklen_t length = sizeof(error);
    EXPECT_EQ(0, reseau_ugetsockopt(second, SOL_SOCKET, SO_ERROR, &error, &length));
    EXPECT_TRUE(error == ECONNREFUSED || error == ECONNRESET) << strerror(error);
    reseau_uclose(first);
    reseau_uclose(second);
}

TEST_F(UserShared, datagrams_arrive_whole) {
    BothHere();
    int receiver = reseau_usocket_on(ends_[1], AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    int sender = reseau_usocket_on(ends_[0], AF_INET, SOCK_DGRAM, 0);
    ASSERT_EQ(0, Bind(receiver));
    struct sockaddr_in address = Address();
    std::vector<char> room(70000);
    for (int i = 0; i < 300; ++i) {
        // Of any length, so that they go over the ring's end at any place.
        std::string text = Text(static_cast<size_t>(i * 7919 % 65508));
        EXPECT_EQ(
            static_cast<ssize_t>(text.size()),
            reseau_usendto(
                sender, text.data(), text.size(), 0, reinterpret_cast<struct sockaddr *>(&address), sizeof(address)));
        struct sockaddr_in from = {};
        socklen_t length = sizeof(from);
        ASSERT_EQ(
            static_cast<ssize_t>(text.size()),
            reseau_urecvfrom(
                receiver, room.data(), room.size(), 0, reinterpret_cast<struct sockaddr *>(&from), &length));
        EXPECT_TRUE(text == std::string(room.data(), text.size()));
        EXPECT_NE(0, from.sin_port);
    }
    reseau_uclose(sender);
    reseau_uclose(receiver);
}

TEST_F(UserShared, two_processes_talk) {
    Server server(memory_);
    ends_ = {End(memory_)};
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i) {
        clients.emplace_back([&, i] {
            int client = Connect(ends_[0]);
            EXPECT_EQ(1000000 + i, Echo(client, Text(static_cast<size_t>(1000000 + i))));
            reseau_uclose(client);
        });
    }
    for (std::thread &client : clients) {
        client.join();
    }
}

TEST_F(UserShared, a_process_may_be_killed_at_any_time) {
    std::mt19937 random(7);
    std::string text = Text(300000);
    for (int i = 0; i < 15; ++i) {
        Server server(memory_);
        if (ends_.empty()) {
            ends_ = {End(memory_)};
        }
        // The death of the one before may not be known yet, but whoever is there now answers.
        int idle = Connect(ends_[0]), client = Connect(ends_[0]);
        std::thread killer([&, after = random() % 3000] {
            std::this_thread::sleep_for(std::chrono::microseconds(after));
            server.Kill();
        });
        while (client >= 0 && Echo(client, text) > 0) {
            reseau_uclose(client);
            client = reseau_usocket_on(ends_[0], AF_INET, SOCK_STREAM, 0);
            if (TryConnect(client) != 0) {
                EXPECT_TRUE(errno == ECONNREFUSED || errno == ECONNRESET) << strerror(errno);
                break;
            }
        }
        killer.join();
        char byte;
        EXPECT_FAILS(ECONNRESET, reseau_urecv(idle, &byte, 1, 0));
        reseau_uclose(idle);
        reseau_uclose(client);
    }
}

TEST_F(UserShared, a_peer_that_writes_garbage_is_cut_off) {
    std::mt19937 random(11);
    const size_t size = 4096 + 2 * (1 << 20);
#if defined(_WIN32)
    const int rounds = 20;
#else
    const int rounds = 200;
#endif
    for (int i = 0; i < rounds; ++i) {
        int memory = NewMemory();
        struct reseau_transport *end = End(memory);
        struct reseau_transport *other = End(memory);
        int listener = Listen(end), client = Connect(other);
        int accepted = reseau_uaccept(listener, nullptr, nullptr);
        void *mapped = system_map(memory, size);
        ASSERT_NE(nullptr, mapped);
        unsigned char *bytes = static_cast<unsigned char *>(mapped);
        reseau_usend(client, Text(50000).data(), 50000, MSG_DONTWAIT);
        // Positions and frames of both ends, and then bells.
        for (int k = 0; k < 40; ++k) {
            size_t at = random() % 3 == 0 ? 1024 + random() % 1024 : 4096 + random() % 2000 + random() % 2 * (1 << 20);
            bytes[at] = static_cast<unsigned char>(random());
            reseau_usend(client, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
            char room[100];
            reseau_urecv(accepted, room, sizeof(room), MSG_DONTWAIT);
            reseau_usend(accepted, "y", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
        }
        for (int one : {accepted, client, listener}) {
            reseau_uclose(one);
        }
        reseau_transport_release(other);
        reseau_transport_release(end);
        system_unmap(mapped, size);
        system_handle_close(memory);
    }
}

/* The other end of the file, as a process has it that keeps to nothing. */
class RawEnd {
  public:
    explicit RawEnd(int memory) {
        descriptor_ = system_open_again(memory);
        EXPECT_TRUE(system_lock(descriptor_, 1));
        void *mapped = system_map(descriptor_, Size);
        EXPECT_NE(nullptr, mapped);
        bytes_ = static_cast<unsigned char *>(mapped);
    }
    ~RawEnd() {
        system_unmap(bytes_, Size);
        system_handle_close(descriptor_);
    }

    /* A frame of 64 bytes. False if the other end does not read any more. */
    bool Put(const unsigned char (&frame)[64]) {
        for (int i = 0; Word(1024)[16] + Ring < written_ + sizeof(frame); ++i) {
            if (i == 1000) {
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        memcpy(bytes_ + 4096 + Ring + written_ % Ring, frame, sizeof(frame));
        written_ += sizeof(frame);
        Word(1024 + 512)->store(written_);
        return true;
    }

  private:
    static constexpr size_t Ring = 1 << 20, Size = 4096 + 2 * Ring;
    std::atomic<uint64_t> *Word(size_t at) {
        return reinterpret_cast<std::atomic<uint64_t> *>(bytes_ + at);
    }

    int descriptor_;
    unsigned char *bytes_;
    uint64_t written_ = 0;
};

TEST_F(UserShared, a_peer_that_reads_no_answers_is_cut_off) {
    ends_ = {End(memory_)};
    RawEnd raw(memory_);
    unsigned char frame[64] = {};
    uint32_t *words = reinterpret_cast<uint32_t *>(frame);
    words[0] = 2; // Open
    words[1] = 2 * (1 + sizeof(struct sockaddr_in));
    words[3] = 1;
    struct sockaddr_in to = Address(9);
    frame[24] = frame[41] = sizeof(to);
    memcpy(frame + 25, &to, sizeof(to));
    memcpy(frame + 42, &to, sizeof(to));
    int taken = 0;
    while (taken < 100000 && raw.Put(frame)) {
        ++taken;
    }
    EXPECT_LT(taken, 100000);
}

TEST_F(UserShared, who_holds_the_making_of_an_end_up_is_not_waited_for) {
    int holder = system_open_again(memory_);
    ASSERT_LE(0, holder);
    ASSERT_TRUE(system_lock(holder, 2));
    int copy = system_handle_duplicate(memory_);
    struct reseau_transport *end = nullptr;
    EXPECT_EQ(EBUSY, reseau_transport_new_shared(copy, &end));
    system_handle_close(holder);
    EXPECT_EQ(0, reseau_transport_new_shared(copy, &end));
    ends_ = {end};
}

} // namespace
