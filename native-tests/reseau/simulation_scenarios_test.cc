/* SPDX-License-Identifier: Apache-2.0 */
#include "support/connection_scenario.h"
#include "support/portable.h"
#include "support/reseau_peer.h"
#include "support/simulated_proxy.h"

#include <reseau/reseau.h>
#include <reseau/simulation.h>

#include <gtest/gtest.h>

#include <ctime>
#include <memory>
#include <string>

/*
 * Connections on a network with faults, for many seeds. RESEAU_SIMULATION_SEEDS=10000 runs more of them, and
 * RESEAU_SIMULATION_SEED=N one alone.
 */
TEST(ReseauScenarios, ConnectionsKeepTheirRules) {
    RunScenario(300, ScenarioOptions());
}

/* Says how fast that is; docs/simulation.md has the figures. */
TEST(ReseauScenarios, TenThousandSeeds) {
    clock_t began = clock();
    RunScenario(10000, ScenarioOptions(), 1000);
    double seconds = (double)(clock() - began) / CLOCKS_PER_SEC;
    printf("%.0f seeds per second of processor time\n", seconds > 0 ? 10000 / seconds : 0);
}

TEST(ReseauScenarios, NothingIsLeftBehind) {
    for (int i = 0; i < 2; ++i) {
        RunScenario(60, ScenarioOptions(), 5000);
    }
    size_t before = memory_in_use();
    RunScenario(60, ScenarioOptions(), 5000);
    /* What the tables of ids keep for later does not grow any more. */
    EXPECT_LT((double)memory_in_use() - (double)before, 4096.0);
    struct reseau_process_counters counters = {};
    counters.size = sizeof(counters);
    ASSERT_EQ(0, reseau_process_counters(&counters));
}

namespace {

std::string Named(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

/* TLS on both sides, whose options live as long as this. */
struct TlsScenario : ScenarioOptions {
    TlsScenario() : ca(Named("ca.crt")), certificate(Named("ed25519.crt")), key(Named("ed25519.key")) {
        client_tls.ca_file = ca.c_str();
        client_tls.server_name = "localhost";
        client_tls.no_resumption = 1;
        server_tls.certificate_file = certificate.c_str();
        server_tls.key_file = key.c_str();
        server_tls.no_resumption = 1;
        client = [this](World &world, struct reseau_options &options) {
            options.tls = &client_tls;
            options.tls_timeout_ms = 1 + world.Random(30000);
        };
        server = [this](World &world, struct reseau_options &options) {
            options.tls = &server_tls;
            options.tls_timeout_ms = 1 + world.Random(30000);
        };
        simulation.ignores_content = 1;
        is_exact = false;
    }

    std::string ca, certificate, key;
    struct reseau_tls_options client_tls = reseau_tls_options_default();
    struct reseau_tls_options server_tls = reseau_tls_options_default();
};

} // namespace

TEST(ReseauScenarios, ConnectionsWithTlsKeepTheirRules) {
    TlsScenario scenario;
    scenario.max_bytes = 40000;
    RunScenario(60, scenario);
}

TEST(ReseauScenarios, TlsIsTheSameBesideItsBytes) {
    TlsScenario scenario;
    for (uint64_t seed = 1; seed < 6; ++seed) {
        ConnectionScenario first(seed, scenario), second(seed, scenario);
        EXPECT_EQ("", first.Run());
        EXPECT_EQ("", second.Run());
        EXPECT_EQ(first.hash, second.hash) << seed;
    }
}

/* What only shows after days: timers far away, faults that come and go, a server that is ended and started again. */
TEST(ReseauScenarios, AYearOfConnections) {
    const int64_t year = 365LL * 24 * 3600 * 1000;
    ScenarioOptions options;
    options.max_connections = 200;
    options.fault_ms = options.spread_ms = year;
    options.limit_ms = 2 * year;
    options.restarts = 12;
    double began = (double)clock() / CLOCKS_PER_SEC;
    int64_t passed = 0, opened = 0;
    for (uint64_t seed = 1; seed <= 3; ++seed) {
        ConnectionScenario scenario(seed, options), again(seed, options);
        EXPECT_EQ("", scenario.Run()) << "seed " << seed;
        EXPECT_EQ("", again.Run()) << "seed " << seed;
        EXPECT_EQ(scenario.hash, again.hash) << "seed " << seed;
        passed += (int64_t)scenario.now;
        opened += scenario.opened;
    }
    double used = (double)clock() / CLOCKS_PER_SEC - began;
    EXPECT_GT(passed, year);
    EXPECT_GT(opened, 0);
    EXPECT_LT(used, 10.0); /* hundredths, where nothing slows it down */
}

TEST(ReseauScenarios, AServerThatStartsAgain) {
    ScenarioOptions options;
    options.restarts = 2;
    RunScenario(100, options);
}

/* ---- Names ---- */

TEST(ReseauScenarios, NamesWithAddressesThatDoNotAnswer) {
    ScenarioOptions options;
    options.target = "service";
    options.prepare = [](World &world) {
        reseau_id silent = world.Host("silent", "192.0.2.9");
        struct reseau_link nothing = LinkOf(0, 1);
        EXPECT_EQ(0, reseau_simulation_link(world.Id(), 0, silent, &nothing));
        const char *addresses[] = {
            "10.0.0.1", "fd00::1 10.0.0.1", "198.51.100.1 10.0.0.1", "192.0.2.9 fd00::1", "10.0.0.2 10.0.0.1"};
        EXPECT_EQ(0, reseau_simulation_name(world.Id(), "service", addresses[world.Random(5)]));
    };
    RunScenario(100, options);
}

/* ---- Proxies ---- */

TEST(ReseauScenarios, ConnectionsThroughProxiesKeepTheirRules) {
    std::unique_ptr<SimulatedProxy> proxy;
    ScenarioOptions options;
    options.prepare = [&proxy](World &world) { proxy = std::make_unique<SimulatedProxy>(world); };
    options.client = [](World &world, struct reseau_options &client) {
        client.proxy = world.Random(2) == 0 ? "socks5://proxy:1080" : "http://proxy:1080";
        client.proxy_timeout_ms = 1 + world.Random(30000);
    };
    options.is_cut = [&proxy] { return proxy->HasCut(); };
    options.is_exact = false; /* the proxy says something, too */
    RunScenario(100, options);
}
