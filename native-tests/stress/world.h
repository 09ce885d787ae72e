/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_WORLD_H
#define RESEAU_STRESS_WORLD_H

#include "stress/random.h"
#include "support/lock.h"

#include <aws/common/thread.h>
#include <aws/io/channel.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/socket.h>

#include <atomic>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

/* What the seed of the running round is, for whoever reports a failure. */
inline std::atomic<uint64_t> g_round_seed{0};

[[noreturn]] inline void Fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    std::fprintf(stderr, "FAILED: ");
    std::vfprintf(stderr, format, arguments);
    va_end(arguments);
    std::fprintf(stderr, "\nReplay with: --seed %llu\n", (unsigned long long)g_round_seed.load());
    std::fflush(stderr);
    std::abort();
}

#define CHECK(condition, ...)                                                                                          \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            Fail(__VA_ARGS__);                                                                                         \
        }                                                                                                              \
    } while (0)

/* What both ends of a connection agree on: the first bytes of the client's stream. */
enum Mode : uint32_t {
    /* The client sends so many bytes and ends the connection when they are written. */
    kUpload,
    /* The server does. */
    kDownload,
    /* The server sends back what it gets; the client ends the connection when it has it all. */
    kEcho,
    /* Both send; anybody ends it at any time. */
    kChaos,
};

struct Header {
    uint64_t id;
    uint32_t mode;
    uint32_t length;
};

/* The byte at an offset of a stream: a lost, doubled or swapped buffer shows. */
inline uint8_t PatternAt(uint64_t stream, uint64_t offset) {
    return (uint8_t)(((offset + 1) * (stream | 1) * 0x9E3779B97F4A7C15u) >> 53);
}

inline uint64_t DownStream(uint64_t id) {
    return id ^ 0x5555555555555555u;
}

class End;
struct LoopWork;

enum Family { kIPv4, kIPv6, kUnix, kFamilies };

class World;

struct Listener {
    World *world = nullptr;
    struct aws_socket *socket = nullptr;
    struct aws_socket_endpoint endpoint = {};
    enum aws_socket_domain domain = AWS_SOCKET_IPV4;
    std::atomic<int> set_ups{0};
    std::atomic<int> destroys{0};
    std::atomic<int> live{0};
};

/* Everything of one round. Objects that callbacks touch stay until its end, so that a late callback is seen. */
class World {
  public:
    struct aws_allocator *allocator = nullptr;
    struct aws_event_loop_group *group = nullptr;
    struct aws_host_resolver *resolver = nullptr;
    struct aws_client_bootstrap *client = nullptr;
    struct aws_server_bootstrap *server = nullptr;
    struct aws_host_resolution_config names = {};
    Listener listeners[kFamilies];
    bool is_back_pressured[kFamilies] = {};
    uint64_t seed = 0;

    std::atomic<bool> is_ending{false};
    std::atomic<uint64_t> next_id{1};
    std::atomic<int> open_ends{0};
    std::atomic<int> open_calls{0};
    std::atomic<int> group_ends{0}, resolver_ends{0}, client_ends{0};
    std::atomic<uint64_t> connections{0}, bytes{0}, tasks{0}, resolutions{0}, failed_set_ups{0}, pipes{0};

    Lock mutex;
    std::vector<std::unique_ptr<End>> ends;
    std::vector<std::unique_ptr<LoopWork>> works;
    std::map<struct aws_channel *, End *> accepted;
    /* What peers without the library have sent in full: from the connection to the number of bytes. */
    std::map<uint64_t, uint64_t> raw_uploads;

    struct aws_event_loop *AnyLoop(Random &random) {
        return aws_event_loop_group_get_loop_at(group, random.Below(aws_event_loop_group_get_loop_count(group)));
    }

    End *AnyEnd(Random &random) {
        std::lock_guard<Lock> lock(mutex);
        /* The last ones are the likeliest to be alive. */
        size_t window = ends.size() < 24 ? ends.size() : 24;
        return window == 0 ? nullptr : ends[ends.size() - 1 - random.Below(window)].get();
    }
};

template <class Predicate> bool Eventually(Predicate predicate, int seconds) {
    auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (!predicate()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

#endif /* RESEAU_STRESS_WORLD_H */
