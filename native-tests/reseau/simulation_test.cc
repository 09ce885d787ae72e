/* SPDX-License-Identifier: Apache-2.0 */
#include "support/capture_file.h"
#include "support/connection_scenario.h"
#include "support/environment.h"
#include "support/portable.h"
#include "support/reseau_peer.h"
#include "support/simulated_world.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>
#include <reseau/simulation.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace {

/* How a connect has ended, and when. */
struct Outcome {
    bool has_opened = false;
    double opened = 0;
    int closes = 0;
    double closed = 0;
    std::string received;
    struct reseau_close_info info = {};
};

Calls Recording(World &world, Outcome &outcome, std::function<void(reseau_id)> on_open = {}) {
    Calls calls;
    calls.on_open = [&world, &outcome, on_open](reseau_id connection) {
        outcome.has_opened = true;
        outcome.opened = world.Now();
        if (on_open) {
            on_open(connection);
        }
    };
    calls.on_data = [&outcome](reseau_id, const std::string &data) {
        outcome.received += data;
        return data.size();
    };
    calls.on_close = [&world, &outcome](reseau_id, const struct reseau_close_info &info) {
        outcome.closes++;
        outcome.closed = world.Now();
        outcome.info = info;
    };
    return calls;
}

/* Connects on a host, with options that may be changed before. */
void Connect(
    reseau_id host,
    World &world,
    Outcome &outcome,
    const std::string &to,
    uint16_t port,
    std::function<void(reseau_id)> on_open = {},
    std::function<void(struct reseau_options &)> change = {}) {
    struct reseau_options options = world.Options(Recording(world, outcome, on_open));
    if (change) {
        change(options);
    }
    World::On(host, [to, port, options] { EXPECT_GT(reseau_connect_start(to.c_str(), port, &options), 0); });
}

uint64_t HashOfARun(uint64_t seed, const char *trace = nullptr, const char *capture = nullptr) {
    World world(seed);
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    EXPECT_EQ(0, reseau_simulation_random_faults(world.Id(), 60000));
    if (trace != nullptr) {
        EXPECT_EQ(0, reseau_simulation_trace(world.Id(), trace));
    }
    if (capture != nullptr) {
        EXPECT_EQ(0, reseau_simulation_capture(world.Id(), capture));
    }
    world.Echo(server);
    std::vector<Outcome> outcomes(4);
    for (Outcome &outcome : outcomes) {
        Connect(
            client,
            world,
            outcome,
            "server",
            7,
            [&world](reseau_id connection) {
                std::string text = Pattern(1 + (size_t)world.Random(10000));
                EXPECT_EQ((int64_t)text.size(), Write(connection, text));
                reseau_end(connection);
            },
            [](struct reseau_options &options) { options.idle_timeout_ms = 60000; });
    }
    world.Run(3600000);
    EXPECT_EQ(0, reseau_simulation_note(world.Id(), "end"));
    if (trace != nullptr) {
        EXPECT_EQ(0, reseau_simulation_trace(world.Id(), nullptr));
    }
    if (capture != nullptr) {
        EXPECT_EQ(0, reseau_simulation_capture(world.Id(), nullptr));
    }
    return world.Hash();
}

#if !defined(_WIN32)

int CountThreads() {
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/task")) {
        (void)entry;
        ++count;
    }
    return count;
}

#endif

} // namespace

/* ---- Time ---- */

TEST(ReseauSimulation, ALinkTakesExactlyItsLatency) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Link(LinkOf(10000));
    world.Echo(server);
    Outcome outcome;
    double echoed = 0;
    Calls calls = Recording(world, outcome, [](reseau_id connection) { EXPECT_EQ(5, Write(connection, "hello")); });
    calls.on_data = [&](reseau_id, const std::string &data) {
        echoed = world.Now();
        return data.size();
    };
    struct reseau_options options = world.Options(calls);
    World::On(client, [&] { EXPECT_GT(reseau_connect_start("server", 7, &options), 0); });
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, world.Run(19));
    EXPECT_FALSE(outcome.has_opened);
    EXPECT_EQ(0, world.Run());
    EXPECT_NEAR(20, outcome.opened, 0.001) << "there and back";
    EXPECT_NEAR(40, echoed, 0.001) << "and the answer";
    EXPECT_EQ(0, outcome.closes);
}

TEST(ReseauSimulation, BandwidthIsWhatItIs) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    struct reseau_link link = LinkOf(0);
    link.bytes_per_second = 100000;
    world.Link(link);
    std::string received;
    double last = 0;
    Calls calls;
    calls.on_data = [&](reseau_id, const std::string &data) {
        received += data;
        last = world.Now();
        return data.size();
    };
    struct reseau_options sink = world.Options(calls);
    sink.loop = server;
    ASSERT_GT(reseau_listen("server", 80, &sink), 0);
    Outcome outcome;
    std::string sent = Pattern(500000);
    Connect(client, world, outcome, "server", 80, [&](reseau_id connection) {
        EXPECT_EQ((int64_t)sent.size(), Write(connection, sent));
    });
    EXPECT_EQ(0, world.Run());
    EXPECT_TRUE(sent == received);
    EXPECT_NEAR(5000, last, 1);
}

TEST(ReseauSimulation, AYearPassesInNoTime) {
    World world;
    reseau_id host = world.Host("host");
    int ticks = 0;
    const int64_t hour = 3600 * 1000;
    World::On(host, [&] {
        reseau_timer_start(
            0, hour, hour, [](reseau_id, void *state) { ++*(int *)state; }, &ticks);
    });
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, world.Run(365 * 24 * hour));
    EXPECT_EQ(365 * 24, ticks);
    EXPECT_EQ(365.0 * 24 * hour, world.Now());
}

TEST(ReseauSimulation, LimitsAreThoseOfItsClock) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Echo(server);
    Outcome outcome;
    Connect(client, world, outcome, "server", 7, {}, [](struct reseau_options &options) {
        options.idle_timeout_ms = 3600000;
    });
    EXPECT_EQ(0, world.Run());
    EXPECT_EQ(1, outcome.closes);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, outcome.info.error);
    EXPECT_EQ(RESEAU_PHASE_IDLE, outcome.info.phase);
    EXPECT_EQ(3600000.0, outcome.closed);
    EXPECT_EQ(3600000000000, outcome.info.duration_ns);
}

TEST(ReseauSimulation, ARunCanBeStopped) {
    World world;
    reseau_id host = world.Host("host");
    World::On(host, [&] {
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_run(world.Id(), 0));
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_step(world.Id()));
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_free(world.Id()));
        world.After(5, [&] { EXPECT_EQ(0, reseau_simulation_stop(world.Id())); });
        world.After(6, [] {});
    });
    EXPECT_EQ(1, world.Run());
    EXPECT_EQ(5, world.Now());
    EXPECT_EQ(1, reseau_simulation_step(world.Id()));
    EXPECT_EQ(6, world.Now());
    EXPECT_EQ(0, reseau_simulation_step(world.Id()));
}

/* ---- Sameness ---- */

TEST(ReseauSimulation, TheSameSeedGivesTheSameRun) {
    for (uint64_t seed = 0; seed < 20; ++seed) {
        uint64_t hash = HashOfARun(seed);
        EXPECT_EQ(hash, HashOfARun(seed)) << seed;
        EXPECT_NE(hash, HashOfARun(seed + 1)) << seed;
    }
}

#if !defined(_WIN32)

TEST(ReseauSimulation, AlsoInAnotherProcess) {
    if (getenv("RESEAU_TEST_PRINTS_HASH") != nullptr) {
        printf("hash %016llx\n", (unsigned long long)HashOfARun(5));
        return;
    }
    Variable prints("RESEAU_TEST_PRINTS_HASH", "1");
    std::string command = std::filesystem::read_symlink("/proc/self/exe").string() +
                          " --gtest_filter=ReseauSimulation.AlsoInAnotherProcess";
    FILE *output = popen(command.c_str(), "r");
    ASSERT_NE(nullptr, output);
    std::string text;
    char buffer[256];
    while (fgets(buffer, sizeof(buffer), output) != nullptr) {
        text += buffer;
    }
    EXPECT_EQ(0, pclose(output));
    snprintf(buffer, sizeof(buffer), "hash %016llx\n", (unsigned long long)HashOfARun(5));
    EXPECT_NE(std::string::npos, text.find(buffer)) << text << "here: " << buffer;
}

#endif

TEST(ReseauSimulation, TracesAndCapturesAreTheSameByteForByte) {
    TemporaryFile first_trace, second_trace, first_capture, second_capture;
    HashOfARun(3, first_trace.Path(), first_capture.Path());
    HashOfARun(3, second_trace.Path(), second_capture.Path());
    EXPECT_EQ(first_trace.Content(), second_trace.Content());
    EXPECT_TRUE(first_capture.Content() == second_capture.Content());
    EXPECT_NE(std::string::npos, first_trace.Content().find(" sent fd00::2.49152 > fd00::1.7 tcp syn seq 0 "));
    EXPECT_NE(std::string::npos, first_trace.Content().find(" note end\n"));
    EXPECT_NE(std::string::npos, first_trace.Content().find(" client runs\n"));
}

TEST(ReseauSimulation, HostsTakeTurnsIfAsked) {
    struct reseau_simulation_options options = {sizeof(options), 0, 1};
    std::string order;
    World world(9, &options);
    std::vector<reseau_id> hosts = {world.Host("a"), world.Host("b"), world.Host("c")};
    for (int round = 0; round < 3; ++round) {
        for (size_t i = 0; i < hosts.size(); ++i) {
            World::On(hosts[i], [&order, i] { order += (char)('a' + i); });
        }
        world.Run();
    }
    EXPECT_EQ("abcabcabc", order);
}

/* ---- What is not the system's ---- */

#if !defined(_WIN32)

TEST(ReseauSimulation, NoThreadAndNoDescriptorIsMade) {
    HashOfARun(1);
    int threads = CountThreads();
    int handles = open_handles();
    World world;
    world.Echo(world.Host("server"));
    reseau_id client = world.Host("client");
    Outcome outcome;
    Connect(client, world, outcome, "server", 7, [](reseau_id connection) { Write(connection, "x"); });
    world.Run();
    EXPECT_EQ("x", outcome.received);
    EXPECT_EQ(threads, CountThreads());
    EXPECT_EQ(handles, open_handles());
}

#endif

TEST(ReseauSimulation, WhatBlocksIsRefused) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Echo(server);
    struct reseau_options here = reseau_options_default();
    here.loop = client;
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_connect("server", 7, &here));
    reseau_id connection = reseau_connect_start("server", 7, &here);
    ASSERT_GT(connection, 0);
    world.Run();
    char byte;
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_read(connection, &byte, 1));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_try_read(connection, &byte, 1));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_flush(connection));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_wait_closed(connection, 1000));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_detach(connection));
    EXPECT_EQ(1, Write(connection, "x"));
    world.Run();
    EXPECT_EQ(1, reseau_try_read(connection, &byte, 1));
    here.loop = server;
    reseau_id listener = reseau_listen("server", 80, &here);
    ASSERT_GT(listener, 0);
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_accept(listener, 1000));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, reseau_accept(listener, 0));
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.loop = client;
    reseau_id socket = reseau_datagram_bind("*", 0, &options);
    ASSERT_GT(socket, 0) << reseau_error_name(socket);
    struct reseau_datagram datagram = {};
    datagram.data = &byte;
    datagram.capacity = 1;
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, reseau_datagram_receive(socket, &datagram, 1000));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_datagram_receive(socket, &datagram, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_run(client, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_loop_stop(client));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_close(world.Id()));
    EXPECT_EQ(0, reseau_close(connection));
}

TEST(ReseauSimulation, WhatIsTheSystemsIsRefused) {
    World world;
    reseau_id host = world.Host("host");
    struct reseau_options here = reseau_options_default();
    here.loop = host;
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_connect_path_start("/tmp/reseau-nobody", &here));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_listen_path("/tmp/reseau-nobody", &here));
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_adopt(0, 0, &here));
    EXPECT_EQ(
        RESEAU_ERROR_UNSUPPORTED,
        reseau_watch(
            host, 0, RESEAU_READABLE, [](reseau_id, int, void *) {}, nullptr));
    struct reseau_file_options file = {};
    file.size = sizeof(file);
    file.loop = host;
    EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_file_open("/dev/null", RESEAU_FILE_READ, &file));
    int calls = 0;
    World::On(host, [&] {
        EXPECT_EQ(host, reseau_loop_current());
        EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_connect_path_start("/tmp/reseau-nobody", nullptr));
        EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_interface_addresses(0, 0, nullptr, 0));
        struct reseau_ip ip;
        char name[64];
        EXPECT_EQ(0, reseau_ip_parse("10.0.0.1", &ip));
        EXPECT_EQ(RESEAU_ERROR_UNSUPPORTED, reseau_resolve_reverse(&ip, name, sizeof(name), nullptr));
        EXPECT_EQ(
            RESEAU_ERROR_UNSUPPORTED,
            reseau_watch(
                0, 0, RESEAU_READABLE, [](reseau_id, int, void *) {}, nullptr));
        ++calls;
    });
    world.Run();
    EXPECT_EQ(1, calls);
}

TEST(ReseauSimulation, ItBelongsToItsThread) {
    World world;
    std::thread other([&] {
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_run(world.Id(), 0));
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_free(world.Id()));
        EXPECT_EQ(RESEAU_ERROR_BUSY, reseau_simulation_now(world.Id()));
        EXPECT_EQ(0u, reseau_simulation_hash(world.Id()));
    });
    other.join();
}

/* ---- Hosts, names, addresses ---- */

TEST(ReseauSimulation, NamesAreItsOwn) {
    World world;
    reseau_id server = world.Host("server.example", "192.0.2.1 2001:db8::1");
    reseau_id client = world.Host("client");
    ASSERT_EQ(0, reseau_simulation_name(world.Id(), "WWW.example", "192.0.2.1"));
    world.Echo(server);
    Outcome by_name, by_alias, by_address, by_ipv6, nobody, gone;
    Connect(client, world, by_name, "SERVER.example.", 7);
    Connect(client, world, by_alias, "www.example", 7);
    Connect(client, world, by_address, "192.0.2.1", 7);
    Connect(client, world, by_ipv6, "[2001:db8::1]", 7);
    Connect(client, world, nobody, "nobody.example", 7);
    world.Run();
    EXPECT_TRUE(by_name.has_opened && by_alias.has_opened && by_address.has_opened && by_ipv6.has_opened);
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, nobody.info.error);
    EXPECT_EQ(RESEAU_PHASE_NAMES, nobody.info.phase);
    ASSERT_EQ(0, reseau_simulation_name(world.Id(), "www.example", nullptr));
    Connect(client, world, gone, "www.example", 7);
    World::On(client, [] {
        struct reseau_ip ips[4];
        EXPECT_EQ(2, reseau_resolve("server.example", 0, ips, 4, nullptr));
        EXPECT_EQ(1, reseau_resolve("server.example", 6, ips, 4, nullptr));
        EXPECT_EQ(6, ips[0].family);
        EXPECT_EQ(2, reseau_resolve("localhost", 0, ips, 4, nullptr));
        EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, reseau_resolve("www.example", 0, ips, 4, nullptr));
    });
    world.Run();
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, gone.info.error);
}

TEST(ReseauSimulation, AddressesAreThoseOfTheHost) {
    World world;
    reseau_id a = world.Host("a", "192.0.2.1 2001:db8::1");
    reseau_id b = world.Host("b", "192.0.2.2");
    struct reseau_options options = world.Options({});
    options.loop = a;
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE, reseau_listen("192.0.2.2", 80, &options));
    EXPECT_GT(reseau_listen("192.0.2.1", 80, &options), 0);
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_listen("192.0.2.1", 80, &options));
    EXPECT_GT(reseau_listen("2001:db8::1", 80, &options), 0);
    EXPECT_GT(reseau_listen(nullptr, 81, &options), 0) << "loopback";
    options.loop = b;
    EXPECT_GT(reseau_listen("192.0.2.2", 80, &options), 0) << "another host's port 80";
    Outcome loopback, other, none, unknown, no_ipv6;
    std::string local, peer;
    Connect(a, world, loopback, "127.0.0.1", 81);
    Connect(b, world, other, "192.0.2.1", 80, [&](reseau_id connection) {
        struct reseau_address address;
        EXPECT_EQ(0, reseau_local_address(connection, &address));
        local = address.text;
        EXPECT_EQ(0, reseau_peer_address(connection, &address));
        peer = address.text + (":" + std::to_string(address.port));
    });
    Connect(b, world, none, "127.0.0.1", 81);
    Connect(b, world, unknown, "198.51.100.1", 80);
    Connect(b, world, no_ipv6, "2001:db8::1", 80);
    world.Run();
    EXPECT_TRUE(loopback.has_opened && other.has_opened);
    EXPECT_EQ("192.0.2.2", local);
    EXPECT_EQ("192.0.2.1:80", peer);
    EXPECT_EQ(RESEAU_ERROR_REFUSED, none.info.error);
    EXPECT_EQ(RESEAU_ERROR_UNREACHABLE, unknown.info.error);
    EXPECT_EQ(RESEAU_ERROR_UNREACHABLE, no_ipv6.info.error);
}

TEST(ReseauSimulation, ArgumentsThatCannotBe) {
    World world;
    reseau_id host = world.Host("host", "192.0.2.1");
    EXPECT_EQ(RESEAU_ERROR_EXISTS, reseau_simulation_host(world.Id(), "HOST", "192.0.2.2"));
    EXPECT_EQ(RESEAU_ERROR_ADDRESS_IN_USE, reseau_simulation_host(world.Id(), "other", "192.0.2.3 192.0.2.1"));
    for (const char *addresses : {"", " ", "garbage", "192.0.2.9,192.0.2.10", "127.0.0.2", "1 2 3", "fe80::1%1"}) {
        EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(world.Id(), "other", addresses)) << addresses;
    }
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(world.Id(), "", nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(world.Id(), "192.0.2.7", nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(world.Id(), std::string(300, 'x').c_str(), nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_host(world.Id(), nullptr, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_run(world.Id(), -2));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_note(world.Id(), nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_random_faults(world.Id(), -1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_seeds(0, 1, nullptr, nullptr, nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_simulation_run(77, 0));
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_simulation_run(host, 0));
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_simulation_trace(world.Id(), "/nowhere/at/all"));
    EXPECT_EQ(RESEAU_ERROR_FILE, reseau_simulation_capture(world.Id(), "/nowhere/at/all"));
    struct reseau_link link = LinkOf(0);
    for (double odds : {-0.1, 1.1, (double)NAN}) {
        link.loss = odds;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_link(world.Id(), 0, 0, &link)) << odds;
    }
    link = LinkOf(-1);
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_link(world.Id(), 0, 0, &link));
    link = LinkOf(1);
    link.size = 3;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_link(world.Id(), 0, 0, &link));
    link = LinkOf(1);
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_simulation_link(world.Id(), world.Id(), 0, &link));
    World other;
    reseau_id elsewhere = other.Host("elsewhere");
    EXPECT_EQ(RESEAU_ERROR_WRONG_KIND, reseau_simulation_link(world.Id(), elsewhere, 0, &link));
    struct reseau_faults faults = NoFaults();
    faults.no_name = 2;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_simulation_faults(world.Id(), 0, &faults));
    EXPECT_EQ(0, reseau_simulation_faults(world.Id(), host, nullptr));
    EXPECT_EQ(0, reseau_simulation_link(world.Id(), 0, 0, nullptr));
}

/* ---- Faults ---- */

TEST(ReseauSimulation, APartitionHoldsAStreamUpUntilItHeals) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Echo(server);
    Outcome outcome;
    reseau_id connection = 0;
    Connect(client, world, outcome, "server", 7, [&](reseau_id id) { connection = id; });
    world.Run();
    ASSERT_EQ(0, reseau_simulation_partition(world.Id(), client, server));
    ASSERT_EQ(5, Write(connection, "hello"));
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, world.Run(60000));
    EXPECT_EQ("", outcome.received);
    ASSERT_EQ(0, reseau_simulation_heal(world.Id(), client, 0));
    EXPECT_EQ(0, world.Run());
    EXPECT_EQ("hello", outcome.received);
    EXPECT_GT(world.Now(), 60000);
    EXPECT_LT(world.Now(), 180000);
}

TEST(ReseauSimulation, APartitionThatLastsEndsAStream) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Echo(server);
    Outcome outcome, later;
    reseau_id connection = 0;
    Connect(client, world, outcome, "server", 7, [&](reseau_id id) { connection = id; });
    world.Run();
    ASSERT_EQ(0, reseau_simulation_partition(world.Id(), 0, 0));
    ASSERT_EQ(5, Write(connection, "hello"));
    double start = world.Now();
    Connect(client, world, later, "server", 7, {}, [](struct reseau_options &options) { options.family = 4; });
    EXPECT_EQ(0, world.Run());
    EXPECT_EQ(1, outcome.closes);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, outcome.info.error);
    EXPECT_GE(outcome.closed - start, 15 * 60000);
    EXPECT_LE(outcome.closed - start, 16 * 60000);
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, later.info.error);
    EXPECT_EQ(RESEAU_PHASE_CONNECT, later.info.phase);
    EXPECT_EQ(10000, later.closed - start) << "the limit of an attempt";
}

TEST(ReseauSimulation, ResetsReachBothEnds) {
    World world;
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    Outcome outcome, accepted;
    struct reseau_options options = world.Options(Recording(world, accepted));
    options.loop = server;
    ASSERT_GT(reseau_listen("*", 7, &options), 0);
    Connect(client, world, outcome, "server", 7);
    world.Run();
    EXPECT_EQ(0, reseau_simulation_reset(world.Id(), client, client));
    EXPECT_EQ(1, reseau_simulation_reset(world.Id(), client, server));
    EXPECT_EQ(0, reseau_simulation_reset(world.Id(), 0, 0));
    world.Run();
    for (const Outcome *end : {&outcome, &accepted}) {
        EXPECT_EQ(1, end->closes);
        EXPECT_EQ(RESEAU_ERROR_RESET, end->info.error);
        EXPECT_EQ(RESEAU_CLOSED_BY_PEER, end->info.closed_by);
    }
}

TEST(ReseauSimulation, ARecordCountsWhatWasTakenOfAWriteThatDoesNotEnd) {
    for (bool is_reset : {false, true}) {
        World world;
        reseau_id server = world.Host("server");
        reseau_id client = world.Host("client");
        Outcome outcome, accepted;
        struct reseau_options options =
            world.Options(Recording(world, accepted, [](reseau_id connection) { reseau_pause(connection); }));
        options.loop = server;
        ASSERT_GT(reseau_listen("*", 7, &options), 0);
        reseau_id connection = 0;
        std::string sent = Pattern(500000);
        Connect(client, world, outcome, "server", 7, [&](reseau_id id) {
            connection = id;
            EXPECT_EQ((int64_t)sent.size(), Write(id, sent));
        });
        world.Run();
        EXPECT_EQ(is_reset ? 1 : 0, is_reset ? reseau_simulation_reset(world.Id(), 0, 0) : reseau_abort(connection));
        world.Run();
        ASSERT_EQ(1, outcome.closes);
        EXPECT_GE(outcome.info.bytes_written, 65536u) << "what the other side has room for";
        EXPECT_LT(outcome.info.bytes_written, sent.size());
        EXPECT_EQ(sent.size(), outcome.info.bytes_written + outcome.info.bytes_unsent);
    }
}

TEST(ReseauSimulation, ShortReadsAndWritesLoseNothing) {
    World world(4);
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    struct reseau_faults faults = NoFaults();
    faults.short_io = 0.9;
    faults.buffer_bytes = 700;
    ASSERT_EQ(0, reseau_simulation_faults(world.Id(), 0, &faults));
    world.Echo(server);
    Outcome outcome;
    std::string sent = Pattern(100000);
    Connect(client, world, outcome, "server", 7, [&](reseau_id connection) {
        EXPECT_EQ((int64_t)sent.size(), Write(connection, sent));
        EXPECT_EQ(0, reseau_end(connection));
    });
    world.Run();
    EXPECT_TRUE(sent == outcome.received);
    EXPECT_EQ(1, outcome.closes);
    EXPECT_EQ(0, outcome.info.error);
    EXPECT_EQ(sent.size(), outcome.info.bytes_read);
    EXPECT_EQ(sent.size(), outcome.info.bytes_written);
}

TEST(ReseauSimulation, FaultsOfHostsAreWhatProgramsSee) {
    struct Case {
        double reseau_faults::*odds;
        int error;
    };
    for (const Case &one :
         {Case{&reseau_faults::no_socket, RESEAU_ERROR_TOO_MANY_FILES},
          Case{&reseau_faults::no_name, RESEAU_ERROR_NAME_TRY_AGAIN}}) {
        World world;
        world.Echo(world.Host("server"));
        reseau_id client = world.Host("client");
        struct reseau_faults faults = NoFaults();
        faults.*one.odds = 1;
        ASSERT_EQ(0, reseau_simulation_faults(world.Id(), client, &faults));
        Outcome outcome;
        Connect(client, world, outcome, "server", 7);
        world.Run();
        EXPECT_EQ(one.error, outcome.info.error) << reseau_error_name(outcome.info.error);
    }
    int refused = 0, silent = 0;
    for (uint64_t seed = 0; seed < 20; ++seed) {
        World world(seed);
        reseau_id server = world.Host("server");
        reseau_id client = world.Host("client");
        world.Echo(server);
        struct reseau_faults faults = NoFaults();
        faults.no_connect = 1;
        ASSERT_EQ(0, reseau_simulation_faults(world.Id(), server, &faults));
        Outcome outcome;
        Connect(client, world, outcome, "server", 7, {}, [](struct reseau_options &options) { options.family = 4; });
        world.Run();
        refused += outcome.info.error == RESEAU_ERROR_REFUSED;
        silent += outcome.info.error == RESEAU_ERROR_TIMED_OUT;
    }
    EXPECT_EQ(20, refused + silent);
    EXPECT_GT(refused, 0);
}

TEST(ReseauSimulation, LookingANameUpTakesTime) {
    World world;
    reseau_id client = world.Host("client");
    world.Echo(world.Host("server"));
    struct reseau_faults faults = NoFaults();
    faults.name_ms = 1000;
    ASSERT_EQ(0, reseau_simulation_faults(world.Id(), client, &faults));
    Outcome outcome, limited;
    Connect(client, world, outcome, "server", 7);
    world.Run();
    EXPECT_GT(outcome.opened, 0);
    EXPECT_LT(outcome.opened, 1001);
    faults.name_ms = 1000000000;
    ASSERT_EQ(0, reseau_simulation_faults(world.Id(), client, &faults));
    Connect(
        client, world, limited, "server", 7, {}, [](struct reseau_options &options) { options.names_timeout_ms = 50; });
    world.Run();
    EXPECT_EQ(RESEAU_ERROR_TIMED_OUT, limited.info.error);
    EXPECT_EQ(RESEAU_PHASE_NAMES, limited.info.phase);
}

TEST(ReseauSimulation, PeersSeeAHostBeingKilledButNotItsPowerBeingCut) {
    for (bool is_power_cut : {false, true}) {
        World world;
        reseau_id server = world.Host("server", "192.0.2.1");
        reseau_id client = world.Host("client");
        Outcome outcome, accepted, again;
        struct reseau_options options = world.Options(Recording(world, accepted));
        options.loop = server;
        ASSERT_GT(reseau_listen("*", 7, &options), 0);
        reseau_id connection = 0;
        Connect(client, world, outcome, "server", 7, [&](reseau_id id) { connection = id; });
        world.Run();
        EXPECT_EQ(0, is_power_cut ? reseau_abort(server) : reseau_close(server));
        EXPECT_EQ(1, accepted.closes);
        EXPECT_EQ(RESEAU_ERROR_LOOP_ENDED, accepted.info.error);
        EXPECT_EQ(
            RESEAU_ERROR_BAD_ID,
            reseau_post(
                server, [](void *, int) {}, nullptr));
        world.Run();
        EXPECT_EQ(is_power_cut ? 0 : 1, outcome.closes);
        if (is_power_cut) {
            /* It has started again, and knows nothing of the connection. */
            server = world.Host("server", "192.0.2.1");
            world.Echo(server);
            EXPECT_EQ(1, Write(connection, "x"));
            Connect(client, world, again, "server", 7, [](reseau_id id) { Write(id, "again"); });
            world.Run();
            EXPECT_EQ(1, outcome.closes);
            EXPECT_EQ(RESEAU_ERROR_RESET, outcome.info.error);
            EXPECT_EQ("again", again.received);
        }
    }
}

TEST(ReseauSimulation, AHostCanEndItself) {
    World world;
    reseau_id host = world.Host("host");
    bool is_late = false;
    World::On(host, [&] {
        world.After(1, [&] { is_late = true; });
        EXPECT_EQ(0, reseau_close(host));
        EXPECT_EQ(0, reseau_close(host));
    });
    world.Run();
    EXPECT_FALSE(is_late);
    EXPECT_EQ(RESEAU_ERROR_BAD_ID, reseau_close(host));
    EXPECT_EQ(0, reseau_wait_closed(host, 0));
}

/* ---- Datagrams ---- */

namespace {

/* What came of a thousand datagrams, in order. */
std::vector<int> SendThousand(uint64_t seed, const struct reseau_link &link) {
    World world(seed);
    reseau_id server = world.Host("server");
    reseau_id client = world.Host("client");
    world.Link(link);
    std::vector<int> numbers;
    Calls calls;
    calls.on_datagram = [&](reseau_id, const struct reseau_datagram &datagram) {
        EXPECT_EQ(sizeof(int), datagram.length);
        int number;
        memcpy(&number, datagram.data, sizeof(number));
        numbers.push_back(number);
        EXPECT_EQ(4, datagram.ip.family);
        EXPECT_NE(0, datagram.port);
    };
    struct reseau_datagram_options options = world.DatagramOptions(calls);
    options.loop = server;
    EXPECT_GT(reseau_datagram_bind("*", 53, &options), 0);
    World::On(client, [&world] {
        struct reseau_datagram_options own = reseau_datagram_options_default();
        reseau_id socket = reseau_datagram_connect("10.0.0.1", 53, &own);
        EXPECT_GT(socket, 0) << reseau_error_name(socket);
        for (int i = 0; i < 1000; ++i) {
            world.After(i, [socket, i] { EXPECT_EQ(4, reseau_datagram_send(socket, &i, 4, nullptr, 0)); });
        }
    });
    world.Run();
    return numbers;
}

} // namespace

TEST(ReseauSimulation, DatagramsArriveInOrderOnAGoodLink) {
    std::vector<int> numbers = SendThousand(1, LinkOf(5000));
    ASSERT_EQ(1000u, numbers.size());
    for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(i, numbers[(size_t)i]);
    }
}

TEST(ReseauSimulation, DatagramsAreLostDoubledAndReorderedAsOften) {
    struct reseau_link link = LinkOf(5000, 0.2);
    EXPECT_NEAR(800, SendThousand(1, link).size(), 60);
    link = LinkOf(5000);
    link.duplication = 0.2;
    EXPECT_NEAR(1200, SendThousand(1, link).size(), 60);
    link = LinkOf(5000);
    link.reordering = 0.2;
    std::vector<int> numbers = SendThousand(1, link);
    ASSERT_EQ(1000u, numbers.size());
    int overtaken = 0;
    for (size_t i = 1; i < numbers.size(); ++i) {
        overtaken += numbers[i] < numbers[i - 1];
    }
    EXPECT_GT(overtaken, 50);
}

TEST(ReseauSimulation, APortThatNobodyHasIsReportedToAConnectedSocket) {
    World world;
    world.Host("server");
    reseau_id client = world.Host("client");
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.loop = client;
    reseau_id socket = reseau_datagram_connect("server", 53, &options);
    ASSERT_GT(socket, 0) << reseau_error_name(socket);
    EXPECT_EQ(1, reseau_datagram_send(socket, "x", 1, nullptr, 0));
    world.Run();
    char byte;
    struct reseau_datagram datagram = {};
    datagram.data = &byte;
    datagram.capacity = 1;
    EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_datagram_receive(socket, &datagram, 0));
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK, reseau_datagram_receive(socket, &datagram, 0));
    std::string large(65508, 'x');
    EXPECT_EQ(RESEAU_ERROR_TOO_LARGE, reseau_datagram_send(socket, large.data(), large.size(), nullptr, 0));
    struct reseau_ip nowhere;
    ASSERT_EQ(0, reseau_ip_parse("198.51.100.1", &nowhere));
    EXPECT_EQ(RESEAU_ERROR_UNREACHABLE, reseau_datagram_send(socket, "x", 1, &nowhere, 53));
}

/* ---- Seeing ---- */

namespace {

/* What one side of a connection has sent: each byte once and in order, for a stream sees loss as delay. */
struct SentStream {
    void Add(const CapturedPacket &packet) {
        if ((packet.flags & CapturedPacket::SYN) != 0) {
            if (has_begun && first != packet.sequence) {
                fault = "two beginnings";
            }
            has_begun = true;
            first = packet.sequence;
        } else if (!packet.data.empty()) { /* the number of others may be of any time */
            uint32_t offset = packet.sequence - first - 1;
            if (!has_begun || offset != bytes.size()) {
                fault = "bytes that are not the next ones";
            }
            bytes += packet.data;
        }
    }

    bool has_begun = false;
    uint32_t first = 0;
    std::string bytes;
    std::string fault;
};

} // namespace

TEST(ReseauSimulation, CapturesAreWholeFiles) {
    TemporaryFile file;
    {
        World world;
        reseau_id server = world.Host("server");
        reseau_id client = world.Host("client");
        ASSERT_EQ(0, reseau_simulation_capture(world.Id(), file.Path()));
        world.Echo(server);
        Outcome outcome;
        Connect(client, world, outcome, "10.0.0.1", 7, [](reseau_id connection) { Write(connection, "hello"); });
        Connect(client, world, outcome, "fd00::1", 7, [](reseau_id connection) { Write(connection, "hello"); });
        World::On(client, [] {
            reseau_id socket = reseau_datagram_connect("10.0.0.1", 53, nullptr);
            EXPECT_EQ(3, reseau_datagram_send(socket, "udp", 3, nullptr, 0));
        });
        world.Run();
        ASSERT_EQ(0, reseau_simulation_capture(world.Id(), nullptr));
    }
    CaptureFile capture(file.Path());
    std::map<int, int> protocols;
    std::map<size_t, int> sizes;
    for (const CapturedPacket &packet : capture.packets) {
        protocols[packet.protocol]++;
        sizes[packet.data.size()]++;
    }
    EXPECT_TRUE(capture.has_statistics);
    EXPECT_EQ(capture.packets.size(), capture.received);
    EXPECT_EQ(0u, capture.dropped);
    EXPECT_EQ(8, protocols[CapturedPacket::TCP]) << "twice: a question, an answer, hello, hello";
    EXPECT_EQ(1, protocols[CapturedPacket::UDP]);
    EXPECT_EQ((std::map<size_t, int>{{0, 4}, {3, 1}, {5, 4}}), sizes);
}

/* Every packet is well formed, and each direction of a connection is one stream. */
TEST(ReseauSimulation, CapturesOfABadNetworkHaveWholeStreams) {
    const uint64_t beginning = 946684800ULL * 1000000000;
    size_t bytes = 0;
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        TemporaryFile file;
        HashOfARun(seed, nullptr, file.Path());
        CaptureFile capture(file.Path());
        EXPECT_EQ(capture.packets.size(), capture.received) << seed;
        uint64_t time = beginning;
        std::map<std::string, SentStream> streams;
        for (const CapturedPacket &packet : capture.packets) {
            EXPECT_LE(time, packet.time) << seed;
            time = packet.time;
            EXPECT_EQ(packet.whole, packet.data.size()) << "nothing is left out";
            EXPECT_LE(time, beginning + 3600ULL * 1000000000) << "the run's hour";
            std::string name = packet.from + "." + std::to_string(packet.from_port) + ">" + packet.to + "." +
                               std::to_string(packet.to_port);
            streams[name].Add(packet);
        }
        for (auto &[name, stream] : streams) {
            EXPECT_EQ("", stream.fault) << "seed " << seed << " " << name;
            bytes += stream.bytes.size();
        }
    }
    EXPECT_GT(bytes, 100000u);
}

/* ---- Seeds ---- */

TEST(ReseauSimulation, SeedsAreRunUntilOneFails) {
    std::vector<uint64_t> seen;
    auto scenario = [](uint64_t seed, void *state) {
        static_cast<std::vector<uint64_t> *>(state)->push_back(seed);
        return seed == 12 ? -7 : 0;
    };
    Variable seed("RESEAU_SIMULATION_SEED"), seeds("RESEAU_SIMULATION_SEEDS");
    uint64_t failed = 0;
    testing::internal::CaptureStderr();
    EXPECT_EQ(-7, reseau_simulation_seeds(10, 100, scenario, &seen, &failed));
    EXPECT_EQ(
        "simulation: seed 12 has failed (-7); again: RESEAU_SIMULATION_SEED=12\n",
        testing::internal::GetCapturedStderr());
    EXPECT_EQ(12u, failed);
    EXPECT_EQ((std::vector<uint64_t>{10, 11, 12}), seen);
    seen.clear();
    seeds.Set("2");
    EXPECT_EQ(0, reseau_simulation_seeds(20, 100, scenario, &seen, nullptr));
    EXPECT_EQ((std::vector<uint64_t>{20, 21}), seen);
    seen.clear();
    seed.Set("18446744073709551615");
    EXPECT_EQ(0, reseau_simulation_seeds(20, 100, scenario, &seen, nullptr));
    EXPECT_EQ((std::vector<uint64_t>{18446744073709551615u}), seen);
    seen.clear();
    seed.Set("12x");
    EXPECT_EQ(0, reseau_simulation_seeds(20, 100, scenario, &seen, nullptr));
    EXPECT_EQ(2u, seen.size()) << "what is no number is none";
}

/*
 * The same runs in every build of this version, on every processor and system. What the network decides may change from
 * one version to the next, and this table with it: RESEAU_TEST_SHOW_HASHES=1 prints a new one.
 */
TEST(ReseauSimulation, HashesAreTheSameEverywhere) {
    struct Golden {
        const char *name;
        uint64_t seed;
        uint64_t hash;
    };
    static const Golden golden[] = {
        {"plain", 1, 0x281b807d5ca7dde3ULL},
        {"plain", 2, 0x973f9710ef433320ULL},
        {"plain", 1000, 0x03cc04feb12dfa6aULL},
        {"plain", 123456789, 0x88bcf7b4a5c5f9efULL},
        {"restarts", 7, 0x77bb1a55faa37cc0ULL},
        {"restarts", 8, 0xa4a76b98b6ae51f2ULL},
        {"year", 3, 0xeeddb6c133cca442ULL},
    };
    for (const Golden &one : golden) {
        ScenarioOptions options;
        if (strcmp(one.name, "restarts") == 0) {
            options.restarts = 2;
        }
        if (strcmp(one.name, "year") == 0) {
            options.max_connections = 50;
            options.fault_ms = options.spread_ms = 365LL * 24 * 3600 * 1000;
            options.limit_ms = 2 * options.fault_ms;
        }
        ConnectionScenario scenario(one.seed, options);
        EXPECT_EQ("", scenario.Run()) << one.name << " " << one.seed;
        EXPECT_EQ(one.hash, scenario.hash) << one.name << " " << one.seed;
        if (getenv("RESEAU_TEST_SHOW_HASHES") != nullptr) {
            printf(
                "        {\"%s\", %llu, 0x%016llxULL},\n",
                one.name,
                (unsigned long long)one.seed,
                (unsigned long long)scenario.hash);
        }
    }
}

/* This run is in tests/Simulations/SimulationHashTests.cs as well, under the just-in-time compiler. */
TEST(ReseauSimulation, APlainEchoHasTheHashOfManagedTests) {
    const uint64_t golden[][2] = {
        {1, 3744850695195378965ULL}, {2, 4372563002872754629ULL}, {77, 10517969286358359460ULL}};
    for (auto &[seed, expected] : golden) {
        reseau_id simulation = reseau_simulation_new(seed, nullptr);
        reseau_id server = reseau_simulation_host(simulation, "server", nullptr);
        reseau_id client = reseau_simulation_host(simulation, "client", nullptr);
        ASSERT_EQ(0, reseau_simulation_random_faults(simulation, 60000));
        auto begin_server = [](void *, int) {
            struct reseau_options options = {};
            options.size = sizeof(options);
            options.on_data = [](reseau_id connection, const void *data, size_t length, void *) -> size_t {
                return reseau_write(connection, data, length) < 0 ? 0 : length;
            };
            reseau_listen("*", 80, &options);
        };
        auto begin_client = [](void *, int) {
            struct reseau_options options = {};
            options.size = sizeof(options);
            options.on_open = [](reseau_id connection, void *) {
                char bytes[20000];
                for (size_t i = 0; i < sizeof(bytes); ++i) {
                    bytes[i] = (char)(i * 7);
                }
                reseau_write(connection, bytes, sizeof(bytes));
            };
            options.on_data = [](reseau_id, const void *, size_t length, void *) -> size_t { return length; };
            options.connect_timeout_ms = options.idle_timeout_ms = 30000;
            reseau_connect_start("server", 80, &options);
        };
        ASSERT_EQ(0, reseau_post(server, begin_server, nullptr));
        ASSERT_EQ(0, reseau_post(client, begin_client, nullptr));
        reseau_simulation_run(simulation, 3600000);
        EXPECT_EQ(expected, reseau_simulation_hash(simulation)) << "seed " << seed;
        EXPECT_EQ(0, reseau_simulation_free(simulation));
    }
}
