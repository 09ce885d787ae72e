/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_SCRIPTED_RESOLVER_H
#define RESEAU_TESTS_SCRIPTED_RESOLVER_H

#include "support/synchronisation.h"

#include <aws/common/array_list.h>
#include <aws/common/string.h>
#include <aws/io/host_resolver.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

/* An address for scripts: IPv6 when it has a colon. */
inline struct aws_host_address
ScriptedAddress(struct aws_allocator *allocator, const struct aws_string *host, const std::string &text) {
    struct aws_host_address address = {};
    address.allocator = allocator;
    address.host = aws_string_new_from_string(allocator, host);
    address.address = aws_string_new_from_c_str(allocator, text.c_str());
    address.record_type =
        text.find(':') != std::string::npos ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
    return address;
}

/* A resolver with a vtable of its own that gives every name the same answer, and notes the failures recorded with it.
 * It must outlive whatever holds it. */
class ScriptedResolver {
  public:
    ScriptedResolver(struct aws_allocator *allocator, std::vector<std::string> answer)
        : addresses(std::move(answer)), allocator_(allocator) {
        static struct aws_host_resolver_vtable vtable = {};
        vtable.destroy = [](struct aws_host_resolver *) {};
        vtable.resolve_host = OnResolve;
        vtable.record_connection_failure = OnFailure;
        resolver_.allocator = allocator;
        resolver_.impl = this;
        resolver_.vtable = &vtable;
        aws_ref_count_init(
            &resolver_.ref_count, this, [](void *self) { static_cast<ScriptedResolver *>(self)->released_.Raise(); });
    }

    ~ScriptedResolver() {
        for (auto &thread : threads_) {
            thread.join();
        }
        aws_host_resolver_release(&resolver_);
        if (!released_.Wait()) {
            abort();
        }
    }

    ScriptedResolver(const ScriptedResolver &) = delete;
    ScriptedResolver &operator=(const ScriptedResolver &) = delete;

    std::vector<std::string> addresses;
    /* Given by the callback in place of addresses. */
    int error = 0;
    /* Raised by the call, which then fails. */
    int refusal = 0;
    /* Whether the answer comes on a thread of its own, or inside the call. */
    bool on_thread = false;
    std::function<void()> on_failure;

    struct aws_host_resolver *get() {
        return &resolver_;
    }

    std::vector<std::string> Failures() {
        return monitor_.Read([this] { return failures_; });
    }

  private:
    static int OnResolve(
        struct aws_host_resolver *resolver,
        const struct aws_string *host_name,
        aws_on_host_resolved_result_fn *callback,
        const struct aws_host_resolution_config *,
        void *user_data) {
        auto *self = static_cast<ScriptedResolver *>(resolver->impl);
        if (self->refusal != 0) {
            return aws_raise_error(self->refusal);
        }
        if (!self->on_thread) {
            self->Answer(host_name, callback, user_data);
            return AWS_OP_SUCCESS;
        }
        struct aws_string *copy = aws_string_new_from_string(self->allocator_, host_name);
        self->threads_.emplace_back([=] {
            self->Answer(copy, callback, user_data);
            aws_string_destroy(copy);
        });
        return AWS_OP_SUCCESS;
    }

    void Answer(const struct aws_string *host_name, aws_on_host_resolved_result_fn *callback, void *user_data) {
        if (error != 0) {
            callback(&resolver_, host_name, error, nullptr, user_data);
            return;
        }
        std::vector<struct aws_host_address> list;
        for (const std::string &text : addresses) {
            list.push_back(ScriptedAddress(allocator_, host_name, text));
        }
        struct aws_array_list answer = {};
        answer.item_size = sizeof(struct aws_host_address);
        answer.length = list.size();
        answer.current_size = list.size() * answer.item_size;
        answer.data = list.data();
        callback(&resolver_, host_name, AWS_ERROR_SUCCESS, &answer, user_data);
        for (auto &address : list) {
            aws_host_address_clean_up(&address);
        }
    }

    static int OnFailure(struct aws_host_resolver *resolver, const struct aws_host_address *address) {
        auto *self = static_cast<ScriptedResolver *>(resolver->impl);
        if (self->on_failure) {
            self->on_failure();
        }
        self->monitor_.Change([&] { self->failures_.push_back(aws_string_c_str(address->address)); });
        return AWS_OP_SUCCESS;
    }

    struct aws_allocator *allocator_;
    struct aws_host_resolver resolver_ = {};
    std::vector<std::thread> threads_;
    Monitor monitor_;
    std::vector<std::string> failures_;
    Signal released_;
};

#endif /* RESEAU_TESTS_SCRIPTED_RESOLVER_H */
