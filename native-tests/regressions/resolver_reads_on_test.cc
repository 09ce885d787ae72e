/* SPDX-License-Identifier: Apache-2.0 */
#include "support/bootstraps.h"
#include "support/guarded_allocator.h"
#include "support/traced_test.h"

#include <aws/common/string.h>
#include <aws/io/host_resolver.h>

/*
 * A resolver of the program's own may answer inside the call, and read the name that it was given until it returns. The
 * race that the answer starts is run on another thread, and the name went with it. Found by reading.
 */
class ResolverReadsOn : public TracedIoTest {};

namespace {

/* Answers at once, and returns when the connection has been set up. */
struct SlowToReturn {
    struct aws_host_resolver resolver = {};
    struct aws_host_resolver_vtable vtable = {};
    Side *side = nullptr;
    int error = 0;
    std::string read;
    Signal released;

    SlowToReturn() {
        vtable.destroy = [](struct aws_host_resolver *) {};
        vtable.resolve_host = Resolve;
        vtable.record_connection_failure = [](struct aws_host_resolver *, const struct aws_host_address *) {
            return AWS_OP_SUCCESS;
        };
        resolver.allocator = aws_default_allocator();
        resolver.vtable = &vtable;
        resolver.impl = this;
        aws_ref_count_init(
            &resolver.ref_count, this, [](void *self) { static_cast<SlowToReturn *>(self)->released.Raise(); });
    }

    static int Resolve(
        struct aws_host_resolver *resolver,
        const struct aws_string *name,
        aws_on_host_resolved_result_fn *callback,
        const struct aws_host_resolution_config *,
        void *user_data) {
        auto *self = static_cast<SlowToReturn *>(resolver->impl);
        struct aws_host_address address = {};
        address.allocator = resolver->allocator;
        address.host = aws_string_new_from_string(resolver->allocator, name);
        address.address = aws_string_new_from_c_str(resolver->allocator, "127.0.0.1");
        struct aws_array_list list = {};
        list.item_size = list.current_size = sizeof(address);
        list.length = 1;
        list.data = &address;
        callback(resolver, name, self->error, self->error != 0 ? nullptr : &list, user_data);
        aws_host_address_clean_up(&address);
        EXPECT_TRUE(self->side->AwaitSetUp());
        self->read = aws_string_c_str(name);
        return AWS_OP_SUCCESS;
    }
};

} // namespace

TEST_F(ResolverReadsOn, UntilItReturns) {
    for (int error : {0, (int)AWS_IO_DNS_QUERY_FAILED}) {
        LoopGroup group(allocator_);
        Server server(allocator_, group.get(), AWS_SOCKET_IPV4);
        ASSERT_TRUE(server.Listen());
        SlowToReturn slow;
        slow.error = error;
        {
            Client client(GuardedAllocator::Get(), group.get(), &slow.resolver);
            Side side(allocator_);
            slow.side = &side;
            auto options = client.OptionsFor(side, server.socket_options, "some name", server.endpoint.port);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_client_bootstrap_new_socket_channel(&options));
            EXPECT_EQ("some name", slow.read);
            EXPECT_EQ(error, side.set_up_error);
            if (error == 0) {
                aws_channel_shutdown(side.channel, 0);
                ASSERT_TRUE(side.AwaitShutDown());
            }
            client.Release();
            EXPECT_TRUE(client.gone.Wait());
        }
        aws_host_resolver_release(&slow.resolver);
        EXPECT_TRUE(slow.released.Wait());
    }
}
