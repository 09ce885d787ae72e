// SPDX-License-Identifier: Apache-2.0
// <aws/io/host_resolver.h>: failures, shutdown in every order, and what a caller can get wrong.
#include "support/fault.h"
#include "support/host_resolver.h"

#include <dlfcn.h>
#include <netdb.h>

static int s_lookup_code = 0;

extern "C" int
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    using Function = int (*)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    static const auto system = (Function)dlsym(RTLD_NEXT, "getaddrinfo");
    return s_lookup_code != 0 ? s_lookup_code : system(node, service, hints, result);
}

static Fault s_thread_fault;

extern "C" int
pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
    using Function = int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static const auto system = (Function)dlsym(RTLD_NEXT, "pthread_create");
    return s_thread_fault.ShouldFail() ? errno : system(thread, attributes, body, argument);
}

TEST_F(HostResolverTest, a_look_up_that_finds_nothing_fails) {
    ScriptedNames &names = Names({});
    Resolution resolution;
    Resolve("empty", names.Config(1), &resolution);
    EXPECT_EQ(AWS_IO_DNS_QUERY_FAILED, resolution.error);
}

TEST_F(HostResolverTest, the_error_of_a_look_up_is_reported) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    names.Fail(AWS_IO_DNS_INVALID_NAME);
    auto config = names.Config(30, 150);
    Resolution first;
    Resolve("host", config, &first);
    EXPECT_EQ(AWS_IO_DNS_INVALID_NAME, first.error);

    // Whoever asks again waits for the next look-up, and old addresses outlive a failing one.
    names.Fail(0);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    names.Fail(AWS_IO_DNS_QUERY_FAILED);
    int before = names.asked().Count();
    ASSERT_TRUE(names.asked().Wait(before + 2));
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
}

TEST_F(HostResolverTest, the_systems_failures_have_their_own_errors) {
    const std::map<int, int> errors = {
        {EAI_AGAIN, AWS_IO_DNS_QUERY_FAILED},
        {EAI_FAIL, AWS_IO_DNS_QUERY_FAILED},
        {EAI_NONAME, AWS_IO_DNS_INVALID_NAME},
        {EAI_SERVICE, AWS_IO_DNS_INVALID_NAME},
        {EAI_MEMORY, AWS_ERROR_OOM},
        {EAI_SYSTEM, AWS_ERROR_SYS_CALL_FAILURE},
        {EAI_FAMILY, AWS_ERROR_SYS_CALL_FAILURE},
    };
    struct aws_array_list found;
    aws_array_list_init_dynamic(&found, allocator_, 2, sizeof(struct aws_host_address));
    AwsString name(allocator_, "whatever");
    for (const auto &error : errors) {
        s_lookup_code = error.first;
        EXPECT_RAISES(error.second, aws_default_dns_resolve(allocator_, name, &found, nullptr));
    }
    s_lookup_code = 0;
    EXPECT_EQ(0u, aws_array_list_length(&found));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_default_dns_resolve(allocator_, nullptr, &found, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_default_dns_resolve(allocator_, name, nullptr, nullptr));
    aws_array_list_clean_up(&found);
}

TEST_F(HostResolverTest, localhost_comes_from_the_hosts_file) {
    struct aws_host_resolution_config config = aws_host_resolver_init_default_resolution_config();
    EXPECT_EQ(30u, config.max_ttl);
    EXPECT_EQ(1000000000u, config.resolve_frequency_ns);
    Resolution resolution;
    Resolve("localhost", config, &resolution);
    EXPECT_EQ(0, resolution.error);
    EXPECT_TRUE(resolution.ipv4 == "127.0.0.1" || resolution.ipv6 == "::1");
}

TEST_F(HostResolverTest, no_configuration_means_the_default_one) {
    Resolution first;
    AwsString name(allocator_, "127.0.0.1");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_resolve_host(resolver_, name, Resolution::Callback, nullptr, &first));
    ASSERT_TRUE(first.called.Wait());
    EXPECT_EQ("127.0.0.1", first.ipv4);
}

// What the program's own look-up wrote comes back as it was, be it an address or not, and failures are found by it.
TEST_F(HostResolverTest, texts_of_the_programs_look_up_stay_as_they_are) {
    ScriptedNames &names = Names({{"0:0::0:1", "an address of sorts"}});
    auto config = names.Config(30, 150);
    Resolution resolution;
    Resolve("host", config, &resolution);
    EXPECT_EQ("0:0::0:1", resolution.ipv6);
    EXPECT_EQ("an address of sorts", resolution.ipv4);
    RecordFailure("host", "an address of sorts");
    EXPECT_EQ(0u, Count("host", AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A));
    EXPECT_EQ(1u, Count("host", AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA));
}

// The system's addresses are kept in binary: any spelling finds them.
TEST_F(HostResolverTest, a_failure_is_found_in_any_spelling) {
    Resolution resolution;
    Resolve("::1", aws_host_resolver_init_default_resolution_config(), &resolution);
    EXPECT_EQ("::1", resolution.ipv6);
    RecordFailure("::1", "0:0:0:0:0:0:0:1");
    EXPECT_EQ(0u, Count("::1"));
}

// A failed address leaves the list of failures by its age alone, while the name service names it all the time, also
// when every address of the family failed.
TEST_F(HostResolverTest, a_failure_is_forgotten_by_age) {
    ManualClock::Set(1000);
    MakeResolver(ManualClock::Read);
    ScriptedNames &names = Names({{"10.0.0.1", "10.0.0.2"}});
    auto config = names.Config(2, 150);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");
    EXPECT_EQ(1u, Count("host"));
    for (int time = 0; time < 3; ++time) {
        EXPECT_EQ("10.0.0.2", NextIPv4("host", config));
    }

    ManualClock::Set(2500);
    int before = names.asked().Count();
    ASSERT_TRUE(names.asked().Wait(before + 2));
    EXPECT_EQ(1u, Count("host")) << "not old enough yet";
    EXPECT_EQ("10.0.0.2", NextIPv4("host", config));

    // The next look-up finds it as a new address without failures.
    ManualClock::Set(3000);
    before = names.asked().Count();
    ASSERT_TRUE(names.asked().Wait(before + 3));
    EXPECT_EQ(2u, Count("host"));
}

// Also by a look-up that names it again, when there is no other: who waits gets it, and no error.
TEST_F(HostResolverTest, a_failure_that_is_old_enough_is_no_reason_for_an_error) {
    ManualClock::Set(1000);
    MakeResolver(ManualClock::Read);
    ScriptedNames &names = Names({{"10.0.0.1"}});
    auto config = names.Config(2, 60000);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");
    EXPECT_EQ(0u, Count("host"));

    ManualClock::Set(3000);
    Resolution resolution;
    Resolve("host", config, &resolution);
    EXPECT_EQ(0, resolution.error);
    EXPECT_EQ("10.0.0.1", resolution.ipv4);
    EXPECT_EQ(0u, resolution.ipv4_failures);
}

TEST_F(HostResolverTest, failures_are_counted) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    auto config = names.Config(30, 150);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    RecordFailure("host", "10.0.0.1");
    RecordFailure("host", "10.0.0.1");
    EXPECT_EQ(0u, Count("host"));
    Resolution resolution;
    Resolve("host", config, &resolution);
    EXPECT_EQ("10.0.0.1", resolution.ipv4);
    EXPECT_EQ(2u, resolution.ipv4_failures);
    RecordFailure("host", "10.9.9.9");
    RecordFailure("nobody", "10.0.0.1");
    EXPECT_EQ(1u, Count("host"));
}

TEST_F(HostResolverTest, a_purge_ends_a_long_sleep) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    EXPECT_EQ("10.0.0.1", NextIPv4("host", names.Config(600, 600000)));
    EXPECT_EQ("10.0.0.1", NextIPv4("other", names.Config(600, 600000)));
    Signal purged;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_purge_cache_with_callback(resolver_, Raise, &purged));
    EXPECT_TRUE(purged.Wait());
    ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_purge_cache(resolver_));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_host_resolver_purge_cache_with_callback(resolver_, nullptr, nullptr));
    ASSERT_EQ(AWS_OP_SUCCESS, PurgeHost("host", nullptr));
}

// The thread of a purged host is still busy when the same host is asked for again: two threads for one name. The old
// one must not take the new one out of the table, or nobody would ever end that.
TEST_F(HostResolverTest, a_host_purged_while_it_is_looked_up_can_be_asked_for_again) {
    ScriptedNames &slow = Names({{"10.0.0.1"}});
    ScriptedNames &fast = Names({{"10.0.0.2"}});
    slow.HoldBack();
    Resolution removed;
    ASSERT_EQ(AWS_OP_SUCCESS, Ask("host", slow.Config(600, 600000), &removed));
    ASSERT_TRUE(slow.asked().Wait());
    Signal purged;
    ASSERT_EQ(AWS_OP_SUCCESS, PurgeHost("host", &purged));
    EXPECT_EQ("10.0.0.2", NextIPv4("host", fast.Config(600, 600000)));
    EXPECT_EQ(0, purged.Count());

    slow.ReleaseHold();
    EXPECT_TRUE(purged.Wait());
    EXPECT_EQ(1, removed.called.Count()) << "a request from before the purge completes before its end";
    EXPECT_EQ(1u, Count("host"));
    EXPECT_EQ("10.0.0.2", NextIPv4("host", fast.Config(600, 600000)));
}

TEST_F(HostResolverTest, requests_that_wait_at_the_end_get_an_error) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    names.HoldBack();
    Resolution resolutions[3];
    for (Resolution &resolution : resolutions) {
        ASSERT_EQ(AWS_OP_SUCCESS, Ask("host", names.Config(30), &resolution));
    }
    ASSERT_TRUE(names.asked().Wait());
    aws_host_resolver_release(resolver_);
    resolver_ = nullptr;
    EXPECT_EQ(0, gone_.Count());
    names.ReleaseHold();
    EXPECT_TRUE(gone_.Wait());
    for (Resolution &resolution : resolutions) {
        EXPECT_EQ(1, resolution.called.Count());
    }
}

namespace {

// Asks again, and lets the resolver go, inside its callback.
struct Reentrant {
    struct aws_host_resolver *resolver;
    struct aws_host_resolution_config config;
    int depth = 0;
    Signal called;

    static void Callback(
        struct aws_host_resolver *resolver,
        const struct aws_string *host,
        int error,
        const struct aws_array_list *,
        void *user_data) {
        auto *self = static_cast<Reentrant *>(user_data);
        EXPECT_EQ(0, error);
        EXPECT_GT(
            aws_host_resolver_get_host_address_count(resolver, host, AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A), 0u);
        if (++self->depth < 3) {
            aws_host_resolver_resolve_host(resolver, host, Callback, &self->config, self);
        } else {
            aws_host_resolver_purge_cache(resolver);
            aws_host_resolver_release(self->resolver);
        }
        self->called.Raise();
    }
};

} // namespace

TEST_F(HostResolverTest, callbacks_run_under_no_lock) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    Reentrant reentrant = {resolver_, names.Config(30), 0, {}};
    AwsString name(allocator_, "host");
    aws_host_resolver_acquire(resolver_);
    ASSERT_EQ(
        AWS_OP_SUCCESS,
        aws_host_resolver_resolve_host(resolver_, name, Reentrant::Callback, &reentrant.config, &reentrant));
    ASSERT_TRUE(reentrant.called.Wait(3));
    EXPECT_EQ(0, gone_.Count());
    ReleaseResolver();
}

TEST_F(HostResolverTest, an_idle_host_loses_its_thread_and_its_addresses) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    auto config = names.Config(1, 150);
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
    auto begin = std::chrono::steady_clock::now();
    while (Count("host") != 0) {
        ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ("10.0.0.1", NextIPv4("host", config));
}

TEST_F(HostResolverTest, a_thread_that_cannot_be_started_is_an_error_and_no_more) {
    ScriptedNames &names = Names({{"10.0.0.1"}});
    Resolution never;
    const int also_with_a_smaller_stack = 2;
    s_thread_fault.Fail(EAGAIN, also_with_a_smaller_stack);
    EXPECT_RAISES(AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE, Ask("host", names.Config(30), &never));
    EXPECT_EQ(0u, Count("host"));
    EXPECT_EQ("10.0.0.1", NextIPv4("host", names.Config(30)));
    EXPECT_EQ(0, never.called.Count());
}

TEST_F(HostResolverTest, many_threads_ask_purge_and_report_at_once) {
    ScriptedNames &names = Names({{"10.0.0.1", "10.0.0.2", "fd00::1"}, {"10.0.0.3"}});
    auto config = names.Config(1, 100);
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            for (int round = 0; round < 100; ++round) {
                std::string host = "host" + std::to_string((round + number) % 3);
                Resolution resolution;
                ASSERT_EQ(AWS_OP_SUCCESS, Ask(host, config, &resolution));
                ASSERT_TRUE(resolution.called.Wait());
                ASSERT_EQ(1, resolution.called.Count());
                if (round % 7 == 0) {
                    PurgeHost(host, nullptr);
                } else if (round % 5 == 0) {
                    RecordFailure(host, "10.0.0.1");
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST_F(HostResolverTest, bad_arguments_change_nothing) {
    struct aws_host_resolver_default_options options = {};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_new_default(allocator_, nullptr));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_new_default(allocator_, &options));
    EXPECT_EQ(nullptr, aws_host_resolver_acquire(nullptr));
    aws_host_resolver_release(nullptr);

    ScriptedNames &names = Names({{"10.0.0.1"}});
    auto config = names.Config(30);
    AwsString name(allocator_, "host");
    Resolution never;
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_host_resolver_resolve_host(nullptr, name, Resolution::Callback, &config, &never));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT,
        aws_host_resolver_resolve_host(resolver_, nullptr, Resolution::Callback, &config, &never));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_resolve_host(resolver_, name, nullptr, &config, &never));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_purge_cache(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_purge_host_cache(resolver_, nullptr));
    struct aws_host_resolver_purge_host_options nobody = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_purge_host_cache(resolver_, &nobody));
    struct aws_host_address empty = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_record_connection_failure(resolver_, &empty));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_resolver_record_connection_failure(resolver_, nullptr));
    EXPECT_EQ(0u, aws_host_resolver_get_host_address_count(nullptr, name, 3));
    EXPECT_EQ(0u, aws_host_resolver_get_host_address_count(resolver_, nullptr, 3));
    EXPECT_EQ(0, names.asked().Count());
}

TEST_F(HostResolverTest, the_programs_own_resolver_is_called_through_its_table) {
    static int s_calls;
    s_calls = 0;
    struct aws_host_resolver_vtable table = {};
    table.purge_cache = [](struct aws_host_resolver *) {
        ++s_calls;
        return AWS_OP_SUCCESS;
    };
    table.get_host_address_count = [](struct aws_host_resolver *, const struct aws_string *, uint32_t flags) {
        ++s_calls;
        return (size_t)flags * 7;
    };
    struct aws_host_resolver own = {};
    own.vtable = &table;
    AwsString name(allocator_, "host");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_host_resolver_purge_cache(&own));
    EXPECT_EQ(21u, aws_host_resolver_get_host_address_count(&own, name, 3));
    EXPECT_EQ(2, s_calls);
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_host_resolver_purge_cache_with_callback(&own, Raise, nullptr));
    struct aws_host_resolver_purge_host_options options = {};
    EXPECT_RAISES(AWS_ERROR_UNSUPPORTED_OPERATION, aws_host_resolver_purge_host_cache(&own, &options));
}

TEST_F(HostResolverTest, addresses_are_copied_moved_and_cleaned_up) {
    struct aws_host_address address = {};
    address.allocator = allocator_;
    address.host = aws_string_new_from_c_str(allocator_, "host");
    address.address = aws_string_new_from_c_str(allocator_, "10.0.0.1");
    address.expiry = 42;
    address.use_count = 3;
    address.connection_failure_count = 2;
    struct aws_host_address copy;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_host_address_copy(&address, &copy));
    EXPECT_NE(address.host, copy.host);
    EXPECT_STREQ("10.0.0.1", aws_string_c_str(copy.address));
    EXPECT_EQ(42u, copy.expiry);
    EXPECT_EQ(3u, copy.use_count);
    EXPECT_EQ(2u, copy.connection_failure_count);

    struct aws_host_address moved;
    aws_host_address_move(&address, &moved);
    EXPECT_EQ(nullptr, address.host);
    EXPECT_EQ(nullptr, address.address);
    EXPECT_STREQ("host", aws_string_c_str(moved.host));
    aws_host_address_clean_up(&address);
    aws_host_address_clean_up(&moved);
    aws_host_address_clean_up(&moved);
    aws_host_address_clean_up(&copy);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_host_address_copy(nullptr, &copy));
}
