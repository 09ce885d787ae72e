/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_NAMES_H
#define RESEAU_STRESS_NAMES_H

#include "stress/world.h"

#include <aws/common/array_list.h>
#include <aws/common/string.h>

#include <cstring>

/* A name service that is slow, forgetful and at times wrong; and the things to do to a resolver that has it. */
class Names {
  public:
    static int
    LookUp(struct aws_allocator *allocator, const struct aws_string *host, struct aws_array_list *output, void *world) {
        Random &random = ThreadsRandom(static_cast<World *>(world)->seed);
        const char *name = aws_string_c_str(host);
        bool is_literal = strchr(name, ':') != nullptr || (name[0] >= '0' && name[0] <= '9');
        if (is_literal) {
            Append(allocator, host, output, name);
            return AWS_OP_SUCCESS;
        }
        if (random.Chance(30)) {
            aws_thread_current_sleep(random.Below(10000000));
        }
        switch (random.Below(8)) {
        case 0:
            return aws_raise_error(AWS_IO_DNS_QUERY_FAILED);
        case 1:
            return AWS_OP_SUCCESS;
        case 2:
            Append(allocator, host, output, "127.0.0.2");
            break;
        default:
            break;
        }
        Append(allocator, host, output, "127.0.0.1");
        if (random.Chance(50)) {
            Append(allocator, host, output, "::1");
        }
        return AWS_OP_SUCCESS;
    }

    static std::string Any(Random &random) {
        return "host" + std::to_string(random.Below(6)) + ".test";
    }

    static void Resolve(World *world, Random &random) {
        struct aws_string *name = aws_string_new_from_c_str(world->allocator, Any(random).c_str());
        Call *call = new Call{world, {0}};
        world->open_calls++;
        world->resolutions++;
        if (aws_host_resolver_resolve_host(world->resolver, name, OnResolved, &world->names, call) != AWS_OP_SUCCESS) {
            Fail("a resolver refused a request: %s", aws_error_name(aws_last_error()));
        }
        aws_string_destroy(name);
    }

    static void Purge(World *world, Random &random) {
        world->open_calls++;
        Call *call = new Call{world, {0}};
        if (random.Chance(30)) {
            aws_host_resolver_purge_cache_with_callback(world->resolver, OnPurged, call);
            return;
        }
        struct aws_string *name = aws_string_new_from_c_str(world->allocator, Any(random).c_str());
        struct aws_host_resolver_purge_host_options options = {};
        options.host = name;
        options.on_host_purge_complete_callback = OnPurged;
        options.user_data = call;
        CHECK(aws_host_resolver_purge_host_cache(world->resolver, &options) == AWS_OP_SUCCESS, "no purge");
        aws_string_destroy(name);
    }

    static void RecordFailure(World *world, Random &random) {
        struct aws_host_address address = {};
        struct aws_string *name = aws_string_new_from_c_str(world->allocator, Any(random).c_str());
        struct aws_string *text = aws_string_new_from_c_str(world->allocator, random.Chance(50) ? "127.0.0.1" : "::1");
        address.allocator = world->allocator;
        address.host = name;
        address.address = text;
        address.record_type =
            strchr(aws_string_c_str(text), ':') != nullptr ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
        aws_host_resolver_record_connection_failure(world->resolver, &address);
        aws_host_resolver_get_host_address_count(world->resolver, name, AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A);
        aws_string_destroy(name);
        aws_string_destroy(text);
    }

  private:
    struct Call {
        World *world;
        std::atomic<int> answers;
    };

    static Random &ThreadsRandom(uint64_t seed) {
        thread_local Random random(seed);
        return random;
    }

    static void Append(
        struct aws_allocator *allocator,
        const struct aws_string *host,
        struct aws_array_list *output,
        const char *text) {
        struct aws_host_address address = {};
        address.allocator = allocator;
        address.host = aws_string_new_from_string(allocator, host);
        address.address = aws_string_new_from_c_str(allocator, text);
        address.record_type = strchr(text, ':') != nullptr ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
        CHECK(aws_array_list_push_back(output, &address) == AWS_OP_SUCCESS, "no room for an address");
    }

    static void End(Call *call) {
        CHECK(call->answers++ == 0, "a request was answered twice");
        World *world = call->world;
        delete call;
        world->open_calls--;
    }

    static void OnResolved(
        struct aws_host_resolver *,
        const struct aws_string *host,
        int error,
        const struct aws_array_list *addresses,
        void *call) {
        CHECK((error == AWS_ERROR_SUCCESS) == (addresses != nullptr), "an answer with and without an error");
        CHECK(strncmp(aws_string_c_str(host), "host", 4) == 0, "an answer for another name");
        End(static_cast<Call *>(call));
    }

    static void OnPurged(void *call) {
        End(static_cast<Call *>(call));
    }
};

#endif /* RESEAU_STRESS_NAMES_H */
