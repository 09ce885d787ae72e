// SPDX-License-Identifier: Apache-2.0
// <aws/io/host_resolver.h>: the cases that every resolver of the contract has, under the names they have everywhere.
#include "support/host_resolver.h"

#if !defined(_WIN32)
#    include <arpa/inet.h>
#    include <dlfcn.h>
#    include <netdb.h>

// The names that these tests need beside those of every machine. Everything else goes to the system.
extern "C" int
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    using Function = int (*)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    static const auto system = (Function)dlsym(RTLD_NEXT, "getaddrinfo");
    static const std::map<std::string, std::vector<std::string>> names = {
        {"both.test", {"2001:db8::5", "192.0.2.5"}},
        {"also-both.test", {"2001:db8::6", "192.0.2.6"}},
        {"only4.test", {"192.0.2.4"}},
    };
    auto found = node == nullptr ? names.end() : names.find(node);
    if (found == names.end()) {
        return system(node, service, hints, result);
    }

    struct addrinfo **next = result;
    for (const std::string &address : found->second) {
        int code = system(address.c_str(), service, hints, next);
        if (code != 0) {
            return code;
        }
        next = &(*next)->ai_next;
    }
    return 0;
}
#endif

namespace {

const ScriptedNames::Answer kTwoOfEach = {"fd00::1", "fd00::2", "10.0.0.1", "10.0.0.2"};

struct aws_host_resolution_config SystemNames() {
    struct aws_host_resolution_config config = {};
    config.impl = aws_default_dns_resolve;
    config.max_ttl = 10;
    return config;
}

// Long enough for the resolver to look the name up again, which it does every second by default.
void AwaitNextLookUp(ScriptedNames *names) {
    int before = names->asked().Count();
    ASSERT_TRUE(names->asked().Wait(before + 2)) << "one look-up that began since is over when the next one begins";
}

} // namespace

#if !defined(_WIN32)
TEST_F(HostResolverTest, test_default_with_ipv6_lookup) {
    Resolution resolution;
    Resolve("both.test", SystemNames(), &resolution);
    EXPECT_EQ(0, resolution.error);
    EXPECT_EQ("both.test", resolution.host);
    EXPECT_EQ("2001:db8::5", resolution.ipv6);
    EXPECT_EQ("192.0.2.5", resolution.ipv4);
    EXPECT_EQ(1u, Count("both.test", AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A));
    EXPECT_EQ(1u, Count("both.test", AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA));
    EXPECT_EQ(2u, Count("both.test"));
    EXPECT_EQ(0u, Count("both.test", 0));
}
#endif

TEST_F(HostResolverTest, test_default_host_resolver_ipv6_address_variations) {
    const std::map<std::string, std::string> variations = {
        {"0:0::1", "::1"},
        {"::1", "::1"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"fd00:ec2:0:0:0:0:0:23", "fd00:ec2::23"},
    };
    for (const auto &variation : variations) {
        Resolution resolution;
        Resolve(variation.first, SystemNames(), &resolution);
        EXPECT_EQ(variation.second, resolution.ipv6);
        EXPECT_EQ("", resolution.ipv4);
    }
}

#if !defined(_WIN32)
TEST_F(HostResolverTest, test_default_with_ipv4_only_lookup) {
    Resolution resolution;
    Resolve("only4.test", SystemNames(), &resolution);
    EXPECT_EQ("192.0.2.4", resolution.ipv4);
    EXPECT_EQ("", resolution.ipv6);
}

TEST_F(HostResolverTest, test_default_with_multiple_lookups) {
    std::map<std::string, std::string> first;
    for (const char *host : {"both.test", "only4.test", "also-both.test"}) {
        Resolution resolution;
        Resolve(host, SystemNames(), &resolution);
        EXPECT_NE(std::this_thread::get_id(), resolution.thread);
        first[host] = resolution.ipv6 + resolution.ipv4;
    }
    for (const auto &host : first) {
        Resolution resolution;
        Resolve(host.first, SystemNames(), &resolution);
        EXPECT_EQ(std::this_thread::get_id(), resolution.thread) << "what is known is reported at once";
        EXPECT_EQ(host.second, resolution.ipv6 + resolution.ipv4);
    }
}
#endif

TEST_F(HostResolverTest, test_resolver_ipv4_address_lookup) {
    Resolution resolution;
    Resolve("127.0.0.1", SystemNames(), &resolution);
    EXPECT_EQ("127.0.0.1", resolution.ipv4);
    EXPECT_EQ("", resolution.ipv6);
}

TEST_F(HostResolverTest, test_resolver_ipv6_address_lookup) {
    Resolution resolution;
    Resolve("::1", SystemNames(), &resolution);
    EXPECT_EQ("::1", resolution.ipv6);
    EXPECT_EQ("", resolution.ipv4);
}

TEST_F(HostResolverTest, test_resolver_purge_host_cache) {
    for (int round = 0; round < 2; ++round) {
        Resolution resolution;
        Resolve("127.0.0.1", SystemNames(), &resolution);
        EXPECT_EQ("127.0.0.1", resolution.ipv4);
        EXPECT_EQ(1u, Count("127.0.0.1"));
        // The second purge finds nothing and says so all the same.
        for (int purge = 0; purge < 2; ++purge) {
            Signal purged;
            ASSERT_EQ(AWS_OP_SUCCESS, PurgeHost("127.0.0.1", &purged));
            EXPECT_TRUE(purged.Wait());
            EXPECT_EQ(0u, Count("127.0.0.1"));
        }
    }
}

TEST_F(HostResolverTest, test_resolver_purge_cache) {
    for (int round = 0; round < 2; ++round) {
        for (const char *host : {"127.0.0.1", "127.0.0.2"}) {
            Resolution resolution;
            Resolve(host, SystemNames(), &resolution);
            EXPECT_EQ(host, resolution.ipv4);
            EXPECT_EQ(1u, Count(host));
        }
        for (int purge = 0; purge < 2; ++purge) {
            Signal purged;
            ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_purge_cache_with_callback(resolver_, Raise, &purged));
            EXPECT_TRUE(purged.Wait());
            EXPECT_EQ(0u, Count("127.0.0.1"));
            EXPECT_EQ(0u, Count("127.0.0.2"));
        }
    }
}

TEST_F(HostResolverTest, test_resolver_ttls) {
    ManualClock::Set(0);
    MakeResolver(ManualClock::Read);
    ScriptedNames &names = Names({{"fd00::1", "10.0.0.1"}, {"fd00::2", "10.0.0.2"}});
    names.FailAfter(2, AWS_IO_DNS_QUERY_FAILED);
    auto config = names.Config(2, 200);
    Resolution first;
    Resolve("host", config, &first);
    EXPECT_EQ("fd00::1", first.ipv6);
    EXPECT_EQ("10.0.0.1", first.ipv4);

    // The second address comes at 1.5 s and then lives until 3.5 s. The one used least recently comes first.
    ManualClock::Set(1500);
    AwaitNextLookUp(&names);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    EXPECT_EQ("10.0.0.2", NextIPv4("host", config));

    ManualClock::Set(2001);
    AwaitNextLookUp(&names);
    EXPECT_EQ("10.0.0.2", NextIPv4("host", config));
    EXPECT_EQ("10.0.0.2", NextIPv4("host", config)) << "the first one has expired";

    ManualClock::Set(4000);
    AwaitNextLookUp(&names);
    Resolution last;
    Resolve("host", config, &last);
    EXPECT_EQ("10.0.0.2", last.ipv4) << "an old address is better than none";
    EXPECT_EQ("fd00::2", last.ipv6);
}

TEST_F(HostResolverTest, test_resolver_connect_failure_recording) {
    ScriptedNames &names = Names({kTwoOfEach});
    auto config = names.Config(30, 200);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    EXPECT_EQ("10.0.0.2", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");
    RecordFailure("host", "fd00::1");
    for (int time = 0; time < 3; ++time) {
        Resolution resolution;
        Resolve("host", config, &resolution);
        EXPECT_EQ("10.0.0.2", resolution.ipv4);
        EXPECT_EQ("fd00::2", resolution.ipv6);
    }

    // When all have failed, the one that failed first is tried again, and it stays when the name is looked up again.
    RecordFailure("host", "10.0.0.2");
    RecordFailure("host", "fd00::2");
    for (int time = 0; time < 2; ++time) {
        Resolution resolution;
        Resolve("host", config, &resolution);
        EXPECT_EQ("10.0.0.1", resolution.ipv4);
        EXPECT_EQ("fd00::1", resolution.ipv6);
        EXPECT_EQ(1u, resolution.ipv4_failures);
        AwaitNextLookUp(&names);
    }
}

TEST_F(HostResolverTest, test_resolver_ttl_refreshes_on_resolve) {
    ScriptedNames &names = Names({kTwoOfEach});
    auto config = names.Config(30, 200);
    Resolution before[2];
    Resolve("host", config, &before[0]);
    Resolve("host", config, &before[1]);
    EXPECT_EQ("10.0.0.1", before[0].ipv4);
    EXPECT_EQ("10.0.0.2", before[1].ipv4);
    AwaitNextLookUp(&names);
    for (int i = 0; i < 2; ++i) {
        /* A look-up restarts the rotation, so one that comes between may give the same address twice. */
        Resolution after;
        do {
            Resolve("host", config, &after);
        } while (after.ipv4 != before[i].ipv4);
        EXPECT_EQ(before[i].ipv6, after.ipv6);
        EXPECT_LT(before[i].ipv4_expiry, after.ipv4_expiry);
        EXPECT_LT(before[i].ipv6_expiry, after.ipv6_expiry);
    }
}

TEST_F(HostResolverTest, test_resolver_bad_list_expires_eventually) {
    ScriptedNames &names = Names({{"10.0.0.1", "10.0.0.2"}});
    auto config = names.Config(1, 200);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");

    int times_the_other = 0;
    auto begin = std::chrono::steady_clock::now();
    while (NextIPv4("host", config) != "10.0.0.1") {
        ++times_the_other;
        ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << "it never comes back";
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_GT(times_the_other, 5);
}

TEST_F(HostResolverTest, test_resolver_low_frequency_starvation) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    auto config = names.Config(30, 120000);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");

    auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    auto waited = std::chrono::steady_clock::now() - begin;
    EXPECT_GT(waited, std::chrono::milliseconds(50)) << "not at once, or look-ups could become a flood";
    EXPECT_LT(waited, std::chrono::seconds(10)) << "but long before the next regular look-up";
}

// A name that moved from both families to one: connecting to the address that nobody names any more would fail for
// ever.
TEST_F(HostResolverTest, a_family_that_is_not_named_any_more_expires_to_the_last_address) {
    ManualClock::Set(0);
    MakeResolver(ManualClock::Read);
    ScriptedNames &names = Names({{"fd00::1", "10.0.0.1"}});
    auto config = names.Config(2, 200);
    Resolution first;
    Resolve("host", config, &first);
    EXPECT_EQ("fd00::1", first.ipv6);
    AwaitNextLookUp(&names);
    names.Set({{"10.0.0.1"}});
    ManualClock::Set(1500);
    AwaitNextLookUp(&names);
    Resolution before;
    Resolve("host", config, &before);
    EXPECT_EQ("fd00::1", before.ipv6) << "its time is not over";

    ManualClock::Set(2500);
    AwaitNextLookUp(&names);
    Resolution after;
    Resolve("host", config, &after);
    EXPECT_EQ("", after.ipv6);
    EXPECT_EQ("10.0.0.1", after.ipv4);

    // Without an answer, the last address of a family stays, however old.
    names.Fail(AWS_IO_DNS_QUERY_FAILED);
    ManualClock::Set(3500);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    ManualClock::Set(5000);
    AwaitNextLookUp(&names);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
}
