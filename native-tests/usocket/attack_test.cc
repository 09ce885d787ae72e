/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that do whatever there is to do to sockets, their own and each other's, by a seed: over memory, over memory
 * that two ends share, and over a wire. What must hold: nobody crashes or waits for ever, no byte reaches a socket that
 * it was not sent to, and nothing is left at the end. RESEAU_USOCKET_SEED=N runs one seed alone, RESEAU_USOCKET_SEEDS=N
 * as many.
 */
#include "support/counted_blocks.h"
#include "support/lock.h"
#include "support/portable.h"
#include "usocket/either.h"

#include <array>
#include <memory>
#include <random>

namespace {

constexpr int kThreads = 4;
constexpr int kSteps = 400;
constexpr size_t kSlots = 24;
constexpr uint16_t kPorts = 3;

/* Each message and each part of a stream names its connection in each byte: that of its end, which both ends know. */
struct Slot {
    int descriptor;
    uint8_t mark; /* 0: not known, anything may come */
};

struct Transports {
    explicit Transports(const std::string &kind) {
        if (kind == "Shared") {
            int memory = system_memory_new();
            EXPECT_EQ(0, reseau_transport_new_shared(system_handle_duplicate(memory), &ends[0]));
            EXPECT_EQ(0, reseau_transport_new_shared(memory, &ends[1]));
        } else if (kind == "Wire") {
            int pair[2] = {-1, -1};
            EXPECT_EQ(0, system_pair(SOCK_DGRAM, pair));
            EXPECT_EQ(0, reseau_transport_new_wire(pair[0], RESEAU_WIRE_DATAGRAMS, &ends[0]));
            EXPECT_EQ(0, reseau_transport_new_wire(pair[1], RESEAU_WIRE_DATAGRAMS, &ends[1]));
        }
    }

    ~Transports() {
        for (struct reseau_transport *end : ends) {
            if (end != nullptr) {
                EXPECT_EQ(0, reseau_transport_await_drained(end, 60000));
            }
        }
        for (struct reseau_transport *end : ends) {
            if (end != nullptr) {
                reseau_transport_release(end);
            }
        }
    }

    int Socket(unsigned which, int type) const {
        struct reseau_transport *end = ends[which % 2];
        int protocol = type == SOCK_STREAM ? IPPROTO_TCP : 0;
        return end == nullptr ? reseau_usocket(AF_INET, type, protocol)
                              : reseau_usocket_on(end, AF_INET, type, protocol);
    }

    struct reseau_transport *ends[2] = {nullptr, nullptr};
};

class Attack {
  public:
    Attack(const std::string &kind, uint64_t seed) : transports_(kind), seed_(seed) {
        for (Slot &slot : slots_) {
            slot = {-1, 0};
        }
    }

    void Run() {
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([this, i] { OneThread(static_cast<unsigned>(i)); });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        for (Slot &slot : slots_) {
            if (slot.descriptor >= 0) {
                reseau_uclose(slot.descriptor);
            }
        }
    }

    std::string fault;

  private:
    using Random = std::minstd_rand;

    Slot Pick(Random &random) {
        std::lock_guard<Lock> hold(lock_);
        return slots_[random() % kSlots];
    }

    /* What was there is closed, whoever is using it. */
    void Put(Random &random, int descriptor, uint8_t mark) {
        if (descriptor < 0) {
            return;
        }
        int before;
        {
            std::lock_guard<Lock> hold(lock_);
            Slot &slot = slots_[random() % kSlots];
            before = slot.descriptor;
            slot = {descriptor, mark};
        }
        if (before >= 0) {
            reseau_uclose(before);
        }
    }

    void Close(Random &random) {
        int descriptor;
        {
            std::lock_guard<Lock> hold(lock_);
            Slot &slot = slots_[random() % kSlots];
            descriptor = slot.descriptor;
            slot = {-1, 0};
        }
        if (descriptor >= 0) {
            reseau_uclose(descriptor);
        }
    }

    static struct sockaddr_in Address(Random &random) {
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(7 + random() % kPorts));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    int NewSocket(Random &random, int type) {
        int descriptor = transports_.Socket(random(), type);
        if (descriptor >= 0) {
            reseau_ufcntl(descriptor, F_SETFL, O_NONBLOCK);
        }
        return descriptor;
    }

    /* Both ends have the mark; nobody else has it, since no more pairs than marks are made. */
    void NewPair(Random &random) {
        static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
        unsigned number = 1 + pairs_.fetch_add(1);
        int ends[2] = {-1, -1};
        if (number >= sent_.size()) {
            return;
        }
        if (number % 2 == 0) {
            reseau_usocketpair(AF_UNIX, types[random() % 3] | SOCK_NONBLOCK, 0, ends);
        } else {
            NewConnection(static_cast<uint16_t>(1000 + number), ends);
        }
        Put(random, ends[0], static_cast<uint8_t>(number));
        Put(random, ends[1], static_cast<uint8_t>(number));
    }

    /* Over the transport, at a port that nobody else uses. */
    void NewConnection(uint16_t port, int ends[2]) {
        struct sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const struct sockaddr *any = reinterpret_cast<const struct sockaddr *>(&address);
        int listener = transports_.Socket(0, SOCK_STREAM);
        ends[1] = transports_.Socket(1, SOCK_STREAM);
        if (reseau_ubind(listener, any, sizeof(address)) == 0 && reseau_ulisten(listener, 1) == 0 &&
            reseau_uconnect(ends[1], any, sizeof(address)) == 0) {
            ends[0] = reseau_uaccept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        } else {
            Fault(std::string("no connection: ") + strerror(errno));
        }
        reseau_ufcntl(ends[1], F_SETFL, O_NONBLOCK);
        reseau_uclose(listener);
    }

    void Send(const Slot &slot, Random &random) {
        char bytes[3000];
        memset(bytes, slot.mark, sizeof(bytes));
        size_t length = random() % 4 == 0 ? random() % sizeof(bytes) : random() % 50;
        if (slot.mark == 0) {
            return;
        }
        ssize_t sent = random() % 2 == 0 ? reseau_usend(slot.descriptor, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT)
                                         : SendInParts(slot.descriptor, bytes, length);
        if (sent > 0) {
            sent_[slot.mark] += static_cast<size_t>(sent);
        }
    }

    static ssize_t SendInParts(int descriptor, char *bytes, size_t length) {
        struct iovec parts[3] = {{bytes, length / 2}, {bytes, 0}, {bytes, length - length / 2}};
        struct msghdr message = {};
        message.msg_iov = parts;
        message.msg_iovlen = 3;
        return reseau_usendmsg(descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    }

    void Receive(const Slot &slot, Random &random) {
        char bytes[3000];
        int flags = MSG_DONTWAIT | (random() % 4 == 0 ? MSG_PEEK : 0);
        ssize_t count = reseau_urecv(slot.descriptor, bytes, 1 + random() % sizeof(bytes), flags);
        for (ssize_t i = 0; i < count; ++i) {
            if (slot.mark != 0 && static_cast<uint8_t>(bytes[i]) != slot.mark) {
                Fault("a byte of another connection");
                return;
            }
        }
        if (count > 0 && (flags & MSG_PEEK) == 0) {
            received_[slot.mark] += static_cast<size_t>(count);
        }
    }

    void Wait(Random &random) {
        struct pollfd waits[3];
        for (auto &wait : waits) {
            wait = {};
            wait.fd = Pick(random).descriptor;
            wait.events = static_cast<short>(random() % 2 == 0 ? POLLIN : POLLIN | POLLOUT);
        }
        reseau_upoll(waits, 3, static_cast<int>(random() % 2));
    }

    void Watch(Random &random) {
        struct epoll_event event = {};
        event.events = EPOLLIN | EPOLLOUT | (random() % 2 == 0 ? EPOLLET : 0);
        int set = Pick(random).descriptor, member = Pick(random).descriptor;
        static const int calls[] = {EPOLL_CTL_ADD, EPOLL_CTL_MOD, EPOLL_CTL_DEL};
        reseau_uepoll_ctl(set, calls[random() % 3], member, &event);
        struct epoll_event events[4];
        int count = reseau_uepoll_wait(set, events, 4, static_cast<int>(random() % 2));
        if (count > 4) {
            Fault("more events than there is room for");
        }
    }

    void Options(const Slot &slot, Random &random) {
        int value = static_cast<int>(random() % 100000);
        static const int options[] = {SO_RCVBUF, SO_SNDBUF, SO_RCVLOWAT, SO_REUSEADDR, SO_KEEPALIVE};
        reseau_usetsockopt(slot.descriptor, SOL_SOCKET, options[random() % 5], &value, sizeof(value));
        if (random() % 8 == 0) {
            struct linger linger = {};
            linger.l_onoff = 1;
            reseau_usetsockopt(slot.descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
        }
        socklen_t length = sizeof(value);
        reseau_ugetsockopt(slot.descriptor, SOL_SOCKET, SO_ERROR, &value, &length);
    }

    void Listen(Random &random) {
        int listener = NewSocket(random, SOCK_STREAM);
        struct sockaddr_in address = Address(random);
        reseau_ubind(listener, reinterpret_cast<const struct sockaddr *>(&address), sizeof(address));
        reseau_ulisten(listener, static_cast<int>(random() % 5));
        Put(random, listener, 0);
    }

    void Connect(Random &random) {
        int client = NewSocket(random, random() % 4 == 0 ? SOCK_DGRAM : SOCK_STREAM);
        struct sockaddr_in address = Address(random);
        reseau_uconnect(client, reinterpret_cast<const struct sockaddr *>(&address), sizeof(address));
        Put(random, client, 0);
    }

    void Step(Random &random) {
        Slot slot = Pick(random);
        struct sockaddr_in address = Address(random);
        char bytes[64] = {};
        switch (random() % 18) {
        case 0:
        case 1:
            NewPair(random);
            break;
        case 2:
            Listen(random);
            break;
        case 3:
            Connect(random);
            break;
        case 4:
            Put(random, reseau_uaccept4(slot.descriptor, nullptr, nullptr, SOCK_NONBLOCK), 0);
            break;
        case 5:
            Close(random);
            break;
        case 6: {
            int copy = reseau_udup(slot.descriptor);
            Put(random, copy, slot.mark);
            break;
        }
        case 7:
            reseau_ushutdown(slot.descriptor, static_cast<int>(random() % 3));
            break;
        case 8:
            Options(slot, random);
            break;
        case 9:
            Wait(random);
            break;
        case 10:
            Watch(random);
            break;
        case 11:
            if (random() % 4 == 0) {
                Put(random, reseau_uepoll_create1(0), 0);
            }
            break;
        case 12: /* of sockets without a mark, to and from anybody */
            if (slot.mark == 0) {
                reseau_usendto(
                    slot.descriptor,
                    bytes,
                    sizeof(bytes),
                    MSG_NOSIGNAL | MSG_DONTWAIT,
                    reinterpret_cast<const struct sockaddr *>(&address),
                    sizeof(address));
            }
            break;
        case 13:
        case 14:
        case 15:
            Send(slot, random);
            break;
        default:
            Receive(slot, random);
            break;
        }
    }

    void OneThread(unsigned number) {
        Random random(static_cast<unsigned>(seed_ * 31 + number + 1));
        for (int i = 0; i < kSteps; ++i) {
            Step(random);
        }
    }

    void Fault(const std::string &text) {
        std::lock_guard<Lock> hold(lock_);
        fault = text;
    }

  public:
    /* No more came than was sent, of any pair. */
    std::string Account() {
        for (size_t mark = 1; mark < received_.size(); ++mark) {
            if (received_[mark] > sent_[mark]) {
                fault = "more has come than was sent";
            }
        }
        return fault;
    }

  private:
    Transports transports_;
    const uint64_t seed_;
    Lock lock_;
    std::array<Slot, kSlots> slots_;
    std::atomic<unsigned> pairs_{0};
    std::array<std::atomic<size_t>, 256> sent_{};
    std::array<std::atomic<size_t>, 256> received_{};
};

uint64_t NumberOf(const char *variable, uint64_t other) {
    const char *value = getenv(variable);
    return value == nullptr ? other : strtoull(value, nullptr, 10);
}

#if defined(RESEAU_TEST_COUNTS_BLOCKS)
/* The table of descriptors grows by a block when more of them are open at once than ever before. */
constexpr long kSlack = 4;

long Left() {
    return library_blocks();
}
#else
/* Bytes; what the C library keeps for threads is among them. */
constexpr long kSlack = 148 * 1024;

long Left() {
    return static_cast<long>(memory_in_use());
}
#endif

class SocketsUnderAttack : public ::testing::TestWithParam<std::string> {};

TEST_P(SocketsUnderAttack, KeepTheirBytesApart) {
    uint64_t first = NumberOf("RESEAU_USOCKET_SEED", 0);
    uint64_t last = first != 0 ? first : NumberOf("RESEAU_USOCKET_SEEDS", 20);
    long early = 0;
    for (uint64_t seed = first != 0 ? first : 1; seed <= last; ++seed) {
        auto attack = std::make_unique<Attack>(GetParam(), seed);
        attack->Run();
        ASSERT_EQ("", attack->Account()) << "again: RESEAU_USOCKET_SEED=" << seed;
        attack.reset();
        if (seed == (last + 1) / 2) {
            early = Left();
        }
    }
    /* A transport's thread ends some time after its last reference, and nothing reports that. */
    auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (first == 0 && Left() > early + kSlack && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (first == 0) {
        EXPECT_LE(Left(), early + kSlack) << "something is left";
    }
}

/* Whoever closes all numbers meets those that accept() has made and not returned yet. */
TEST(AcceptUnderAttack, SurvivesWhoClosesNumbersThatNobodyHasBeenGiven) {
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const struct sockaddr *any = reinterpret_cast<const struct sockaddr *>(&address);
    socklen_t length = sizeof(address);
    int listener = reseau_usocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ASSERT_EQ(0, reseau_ubind(listener, any, sizeof(address)));
    ASSERT_EQ(0, reseau_ulisten(listener, 4));
    ASSERT_EQ(0, reseau_ugetsockname(listener, reinterpret_cast<struct sockaddr *>(&address), &length));
    /* Numbers that were closed rest: the next ones are new. */
    std::atomic<int> next{listener + 1};
    std::atomic<bool> is_over{false};
    std::thread closer([&] {
        while (!is_over) {
            int first = next;
            for (int number = first; number < first + 4; ++number) {
                reseau_uclose(number);
            }
        }
    });
    int accepted = 0;
    for (int round = 0; round < 450; ++round) {
        int client = reseau_usocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        next = client + 1;
        reseau_uconnect(client, any, sizeof(address));
        struct sockaddr_in peer = {};
        socklen_t peer_length = sizeof(peer);
        int server = reseau_uaccept(listener, reinterpret_cast<struct sockaddr *>(&peer), &peer_length);
        accepted += server >= 0;
        reseau_uclose(server);
        reseau_uclose(client);
    }
    is_over = true;
    closer.join();
    reseau_uclose(listener);
    EXPECT_GT(accepted, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Transports,
    SocketsUnderAttack,
    ::testing::Values("Memory", "Shared", "Wire"),
    [](const ::testing::TestParamInfo<std::string> &info) { return info.param; });

} // namespace
