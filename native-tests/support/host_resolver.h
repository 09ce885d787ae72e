/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_HOST_RESOLVER_H
#define RESEAU_TESTS_HOST_RESOLVER_H

#include <aws/common/array_list.h>
#include <aws/common/string.h>
#include <aws/io/host_resolver.h>

#include "support/aws_string.h"
#include "support/lock.h"
#include "support/manual_clock.h"
#include "support/sockets.h"

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

/* The answer to one request for a host. */
struct Resolution {
    Signal called;
    int error = -1;
    std::string ipv4;
    std::string ipv6;
    std::string host;
    uint64_t ipv4_expiry = 0;
    uint64_t ipv6_expiry = 0;
    size_t ipv4_failures = 0;
    std::thread::id thread;

    static void Callback(
        struct aws_host_resolver *,
        const struct aws_string *host,
        int error,
        const struct aws_array_list *addresses,
        void *user_data) {
        auto *self = static_cast<Resolution *>(user_data);
        self->error = error;
        self->host = aws_string_c_str(host);
        self->thread = std::this_thread::get_id();
        EXPECT_EQ(error != 0, addresses == nullptr);
        for (size_t i = 0; addresses != nullptr && i < aws_array_list_length(addresses); ++i) {
            struct aws_host_address *address = nullptr;
            aws_array_list_get_at_ptr(addresses, (void **)&address, i);
            EXPECT_STREQ(self->host.c_str(), aws_string_c_str(address->host));
            self->Take(*address);
        }
        self->called.Raise();
    }

  private:
    void Take(const struct aws_host_address &address) {
        if (address.record_type == AWS_ADDRESS_RECORD_TYPE_AAAA) {
            ipv6 = aws_string_c_str(address.address);
            ipv6_expiry = address.expiry;
        } else {
            ipv4 = aws_string_c_str(address.address);
            ipv4_expiry = address.expiry;
            ipv4_failures = address.connection_failure_count;
        }
    }
};

/*
 * A name service in the hands of the test: it answers one script after the other, round and round. An address with a
 * colon is of IPv6.
 */
class ScriptedNames {
  public:
    using Answer = std::vector<std::string>;

    ScriptedNames(std::initializer_list<Answer> answers) : answers_(answers) {
    }

    void Set(std::initializer_list<Answer> answers) {
        std::lock_guard<Lock> lock(mutex_);
        answers_ = answers;
        next_ = 0;
    }

    /* From now on look-ups fail with this error; 0 ends that. */
    void Fail(int error) {
        std::lock_guard<Lock> lock(mutex_);
        error_ = error;
    }

    /* After so many answers, look-ups fail. */
    void FailAfter(int answers, int error) {
        std::lock_guard<Lock> lock(mutex_);
        left_ = answers;
        error_when_none_left_ = error;
    }

    Signal &asked() {
        return asked_;
    }

    /* While held back, look-ups block. */
    void HoldBack() {
        held_.lock();
    }
    void ReleaseHold() {
        held_.unlock();
    }

    struct aws_host_resolution_config Config(size_t ttl, uint64_t frequency_ms = 0) {
        struct aws_host_resolution_config config = {};
        config.impl = LookUp;
        config.impl_data = this;
        config.max_ttl = ttl;
        config.resolve_frequency_ns = frequency_ms * 1000000;
        return config;
    }

  private:
    static int LookUp(
        struct aws_allocator *allocator,
        const struct aws_string *host,
        struct aws_array_list *output,
        void *user_data) {
        auto *self = static_cast<ScriptedNames *>(user_data);
        self->asked_.Raise();
        std::lock_guard<Lock> held(self->held_);
        std::lock_guard<Lock> lock(self->mutex_);
        if (self->left_ == 0) {
            return aws_raise_error(self->error_when_none_left_);
        }
        if (self->error_ != 0) {
            return aws_raise_error(self->error_);
        }
        --self->left_;
        if (self->answers_.empty()) {
            return AWS_OP_SUCCESS;
        }
        for (const std::string &text : self->answers_[self->next_]) {
            struct aws_host_address address = {};
            address.allocator = allocator;
            address.host = aws_string_new_from_string(allocator, host);
            address.address = aws_string_new_from_c_str(allocator, text.c_str());
            bool is_ipv6 = text.find(':') != std::string::npos;
            address.record_type = is_ipv6 ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
            EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_push_back(output, &address));
        }
        self->next_ = (self->next_ + 1) % self->answers_.size();
        return AWS_OP_SUCCESS;
    }

    Lock held_;
    Lock mutex_;
    std::vector<Answer> answers_;
    size_t next_ = 0;
    int error_ = 0;
    int left_ = -1;
    int error_when_none_left_ = AWS_IO_DNS_QUERY_FAILED;
    Signal asked_;
};

/* A default resolver over a loop group, and how to ask it. */
class HostResolverTest : public SocketTest {
  protected:
    void SetUp() override {
        SocketTest::SetUp();
        MakeResolver(nullptr);
    }

    void TearDown() override {
        ReleaseResolver();
        SocketTest::TearDown();
    }

    /* They live until the resolver is gone, since its threads ask them. */
    ScriptedNames &Names(std::initializer_list<ScriptedNames::Answer> answers) {
        names_.push_back(std::make_unique<ScriptedNames>(answers));
        return *names_.back();
    }

    void MakeResolver(aws_io_clock_fn *clock) {
        ReleaseResolver();
        struct aws_shutdown_callback_options shutdown = {};
        shutdown.shutdown_callback_fn = OnShutdown;
        shutdown.shutdown_callback_user_data = this;
        struct aws_host_resolver_default_options options = {};
        options.el_group = group_;
        options.max_entries = 10;
        options.shutdown_options = &shutdown;
        options.system_clock_override_fn = clock;
        resolver_ = aws_host_resolver_new_default(allocator_, &options);
        ASSERT_NE(nullptr, resolver_);
        ++made_;
    }

    /* Returns when the resolver has said that it is gone, once. */
    void ReleaseResolver() {
        if (resolver_ != nullptr) {
            aws_host_resolver_release(resolver_);
            resolver_ = nullptr;
            EXPECT_TRUE(gone_.Wait(made_));
            EXPECT_EQ(made_, gone_.Count());
        }
    }

    int Ask(const std::string &host, const struct aws_host_resolution_config &config, Resolution *resolution) {
        AwsString name(allocator_, host);
        return aws_host_resolver_resolve_host(resolver_, name, Resolution::Callback, &config, resolution);
    }

    void Resolve(const std::string &host, const struct aws_host_resolution_config &config, Resolution *resolution) {
        ASSERT_EQ(AWS_OP_SUCCESS, Ask(host, config, resolution));
        ASSERT_TRUE(resolution->called.Wait());
    }

    /* The IPv4 address that the resolver gives now. */
    std::string NextIPv4(const std::string &host, const struct aws_host_resolution_config &config) {
        Resolution resolution;
        EXPECT_EQ(AWS_OP_SUCCESS, Ask(host, config, &resolution));
        EXPECT_TRUE(resolution.called.Wait());
        return resolution.error == 0 ? resolution.ipv4 : "";
    }

    void RecordFailure(const std::string &host, const std::string &address) {
        AwsString host_string(allocator_, host);
        AwsString address_string(allocator_, address);
        struct aws_host_address failed = {};
        failed.allocator = allocator_;
        failed.host = host_string;
        failed.address = address_string;
        bool is_ipv6 = address.find(':') != std::string::npos;
        failed.record_type = is_ipv6 ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_host_resolver_record_connection_failure(resolver_, &failed));
    }

    size_t Count(
        const std::string &host,
        uint32_t flags = AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A | AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA) {
        AwsString name(allocator_, host);
        return aws_host_resolver_get_host_address_count(resolver_, name, flags);
    }

    int PurgeHost(const std::string &host, Signal *done) {
        AwsString name(allocator_, host);
        struct aws_host_resolver_purge_host_options options = {};
        options.host = name;
        options.on_host_purge_complete_callback = done == nullptr ? nullptr : Raise;
        options.user_data = done;
        return aws_host_resolver_purge_host_cache(resolver_, &options);
    }

    static void Raise(void *signal) {
        static_cast<Signal *>(signal)->Raise();
    }

    struct aws_host_resolver *resolver_ = nullptr;
    Signal gone_;

  private:
    static void OnShutdown(void *self) {
        static_cast<HostResolverTest *>(self)->gone_.Raise();
    }

    int made_ = 0;
    std::vector<std::unique_ptr<ScriptedNames>> names_;
};

#endif /* RESEAU_TESTS_HOST_RESOLVER_H */
