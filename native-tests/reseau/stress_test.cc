/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many connections with mixed traffic and random closes, by seed. RESEAU_STRESS_SECONDS and RESEAU_STRESS_CONNECTIONS
 * make it longer; RESEAU_STRESS_SEED repeats one.
 */
#include "support/portable.h"
#include "support/reseau_peer.h"
#include "support/socket_pair.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#if !defined(_WIN32)
#    include <sys/resource.h>
#    include <sys/wait.h>
#    include <unistd.h>
#endif

namespace {

int Setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text == nullptr ? otherwise : atoi(text);
}

/* What a machine that is busy with something else may need until anything is echoed. */
constexpr auto kMore = std::chrono::seconds(60);

/* Every connection must open at most once and close exactly once; what it sends back is what it was sent. */
struct World {
    std::atomic<long> opened{0}, closed{0}, echoed{0}, wrong{0};

    static size_t Echo(reseau_id id, const void *data, size_t length, void *) {
        return reseau_write(id, data, length) < 0 ? 0 : length;
    }
    /* Each client writes its own id only. */
    static size_t Check(reseau_id id, const void *data, size_t length, void *state) {
        World *world = static_cast<World *>(state);
        size_t whole = length / sizeof(id);
        for (size_t i = 0; i < whole; ++i) {
            reseau_id one;
            memcpy(&one, (const char *)data + i * sizeof(id), sizeof(id));
            world->wrong += one != id;
        }
        world->echoed += (long)whole;
        return whole * sizeof(id);
    }
    static void Open(reseau_id, void *state) {
        ++static_cast<World *>(state)->opened;
    }
    static void Close(reseau_id, const struct reseau_close_info *, void *state) {
        ++static_cast<World *>(state)->closed;
    }
};

/*
 * Who echoes: this process, or, if it has not handles enough for both ends of so many connections, a child, which is
 * made before the library has made anything.
 */
class Server {
  public:
    Server(const struct reseau_options &options, size_t connections) {
#if !defined(_WIN32)
        constexpr size_t kOthers = 100;
        struct rlimit limit = {};
        getrlimit(RLIMIT_NOFILE, &limit);
        if (2 * connections + kOthers > limit.rlim_cur) {
            Fork(options);
            return;
        }
#endif
        listener_ = reseau_listen(nullptr, 0, &options);
        port_ = PortOf(listener_);
    }

    uint16_t Port() const {
        return port_;
    }

    void Stop() {
#if !defined(_WIN32)
        if (child_ > 0) {
            int status = -1;
            close(end_);
            EXPECT_EQ(child_, waitpid(child_, &status, 0));
            EXPECT_EQ(0, status);
            return;
        }
#endif
        reseau_close(listener_);
        EXPECT_EQ(0, reseau_wait_closed(listener_, 60000));
    }

  private:
#if !defined(_WIN32)
    void Fork(const struct reseau_options &options) {
        int ours[2], childs[2];
        ASSERT_EQ(0, pipe(ours));
        ASSERT_EQ(0, pipe(childs));
        child_ = fork();
        ASSERT_GE(child_, 0);
        close(ours[child_ == 0]);
        close(childs[child_ != 0]);
        if (child_ == 0) {
            _exit(Serve(options, childs[1], ours[0]));
        }
        end_ = ours[1];
        ASSERT_EQ((ssize_t)sizeof(port_), read(childs[0], &port_, sizeof(port_)));
        close(childs[0]);
    }

    /* Until the parent closes its end. */
    static int Serve(const struct reseau_options &options, int port_to, int until) {
        reseau_id listener = reseau_listen(nullptr, 0, &options);
        uint16_t port = PortOf(listener);
        bool is_reported = write(port_to, &port, sizeof(port)) == (ssize_t)sizeof(port);
        char nothing;
        while (read(until, &nothing, 1) > 0) {
        }
        reseau_close(listener);
        return is_reported && reseau_wait_closed(listener, 60000) == 0 ? 0 : 1;
    }

    pid_t child_ = 0;
    int end_ = -1;
#endif
    reseau_id listener_ = 0;
    uint16_t port_ = 0;
};

void Talk(reseau_id id, std::mt19937 &random) {
    std::vector<reseau_id> ids(1 + random() % 500, id);
    reseau_write(id, ids.data(), ids.size() * sizeof(id));
}

} // namespace

TEST(ReseauStress, MixedTrafficAndRandomCloses) {
    allow_many_handles();
    unsigned seed = (unsigned)Setting("RESEAU_STRESS_SEED", (int)std::random_device{}() & 0xffff);
    printf("RESEAU_STRESS_SEED=%u\n", seed);
    size_t count = (size_t)Setting("RESEAU_STRESS_CONNECTIONS", 500);
    auto time = std::chrono::seconds(Setting("RESEAU_STRESS_SECONDS", 3));
    World world;
    struct reseau_options server = reseau_options_default(), client = reseau_options_default();
    server.on_data = World::Echo;
    client.on_open = World::Open;
    client.on_data = World::Check;
    client.on_close = World::Close;
    client.state = &world;
    Server echo(server, count);
    uint16_t port = echo.Port();
    std::atomic<long> made{0};
    std::vector<std::thread> threads;
    auto begin = std::chrono::steady_clock::now();
    for (unsigned t = 0; t < 3; ++t) {
        threads.emplace_back([&, t] {
            std::mt19937 random(seed + t);
            std::vector<reseau_id> ids(count / 3, 0);
            while (std::chrono::steady_clock::now() - begin < (world.echoed > 1000 ? time : time + kMore)) {
                reseau_id &id = ids[random() % ids.size()];
                switch (random() % 64) {
                case 0:
                    reseau_close(id);
                    id = 0;
                    break;
                case 1:
                    reseau_abort(id);
                    break;
                case 2:
                    reseau_end(id);
                    break;
                case 3:
                    reseau_pause(id);
                    break;
                case 4:
                case 5:
                    reseau_resume(id);
                    break;
                default:
                    if (reseau_available(id) < 0) {
                        id = reseau_connect_start("127.0.0.1", port, &client);
                        ASSERT_GT(id, 0) << reseau_error_name(id);
                        ++made;
                    }
                    Talk(id, random);
#if defined(_WIN32)
                    /* A shorter pause is none, and the loops get no processor. */
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
#else
                    std::this_thread::sleep_for(std::chrono::microseconds(random() % 50));
#endif
                }
            }
            for (reseau_id id : ids) {
                reseau_close(id);
                reseau_resume(id);
            }
            for (reseau_id id : ids) {
                if (reseau_wait_closed(id, 1000) == RESEAU_ERROR_TIMED_OUT) {
                    reseau_abort(id);
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    auto end = std::chrono::steady_clock::now();
    while (world.closed < made && std::chrono::steady_clock::now() - end < std::chrono::seconds(60)) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(made, world.closed);
    EXPECT_LE(world.opened, made);
    EXPECT_EQ(0, world.wrong);
    EXPECT_GT(world.echoed, 1000);
    printf("%ld connections, %ld messages\n", made.load(), world.echoed.load());
    echo.Stop();
}

TEST(ReseauStress, NothingStaysBehindOfConnectionsThatAreGone) {
    auto rounds = [](int count) {
        reseau_id listener = reseau_listen(nullptr, 0, nullptr);
        for (int i = 0; i < count; ++i) {
            reseau_id client = reseau_connect("127.0.0.1", PortOf(listener), nullptr);
            reseau_id server = reseau_accept(listener, 60000);
            ASSERT_GT(server, 0);
            Write(client, "some bytes");
            i % 2 == 0 ? ReadExactly(server, 10) : std::string();
            i % 3 == 0 ? reseau_abort(client) : reseau_close(client);
            i % 5 == 0 ? reseau_abort(server) : reseau_close(server);
            ASSERT_EQ(0, reseau_wait_closed(client, 60000));
            ASSERT_EQ(0, reseau_wait_closed(server, 60000));
        }
        reseau_close(listener);
        ASSERT_EQ(0, reseau_wait_closed(listener, 60000));
    };
    /* More than there are slots that wait to be used again. */
    rounds(1500);
    std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    size_t bytes = memory_in_use();
    int descriptors = open_handles();
    rounds(1500);
    /* What lingers has gone after a second of the loops. */
    auto end = std::chrono::steady_clock::now() + kMore;
    do {
        std::this_thread::sleep_for(std::chrono::milliseconds(1200));
    } while ((open_handles() > descriptors || memory_in_use() >= bytes + 20000) &&
             std::chrono::steady_clock::now() < end);
    EXPECT_LE(open_handles(), descriptors);
    EXPECT_LT(memory_in_use(), bytes + 20000);
}
